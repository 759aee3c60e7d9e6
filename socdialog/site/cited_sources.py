"""Sources as pages cite them: title as a link, publisher, date, language, and what each states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.language_tags import LanguageTags
from socdialog.display.messages import words
from socdialog.display.statements import Statement, told_together
from socdialog.intake.addresses import host
from socdialog.intake.evidence import is_series

#: Statements of these tables are one line, by this message, and not one for each row.
_JOINED = {"actors": "source.organisations_named"}


class CitedSource(NamedTuple):
    """A source as a page cites it; None where it states nothing of the kind.

    Parameters
    ----------
    source_id, title, url, publisher, published
        As in the clean table ``citations``.
    language
        The name of its language.
    tag
        The language of its title, as HTML names languages.
    kind
        What kind of publisher speaks.
    repeats
        The publisher of the source that it repeats.
    """

    source_id: str
    title: str | None
    url: str | None
    publisher: str
    published: str | None
    language: str | None
    tag: str | None
    kind: str | None
    repeats: str | None

    @property
    def text(self) -> str:
        """What the link to it says: its title; without one, what it is."""
        if self.title:
            return self.title
        if self.url is None or is_series(self.source_id):
            # Only a text that was read and coded has a language; others are registers.
            return words("source.untitled") if self.language else self.publisher
        site = host(self.url)
        return words("source.website" if site == self.publisher else "source.page", publisher=site)

    @property
    def named(self) -> bool:
        """Whether what the link says names the publisher already."""
        return self.title is None and self.text in {self.publisher, words("source.website", publisher=self.publisher)}


def cited_sources(citations: pl.DataFrame) -> dict[str, CitedSource]:
    """Return the sources of ``citations`` by id."""
    rows = list(citations.iter_rows(named=True))
    publishers = {row["source_id"]: row["publisher"] for row in rows}
    tag = LanguageTags((row["title"], row["language"]) for row in rows)
    return {
        row["source_id"]: CitedSource(
            row["source_id"],
            row["title"],
            row["url"],
            row["publisher"],
            row["published"],
            wording.label("languages", row["language"]) or None,
            tag(row["title"], row["language"]),
            wording.label("source_kinds", row["kind"]) or None,
            publishers.get(row["copy_of"]),
        )
        for row in rows
    }


def states(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Write what one source states, each once: the organisations that it names in one line."""
    by_table: defaultdict[str, dict[Statement, None]] = defaultdict(dict)
    for one in statements:
        by_table[one.table][one] = None
    lines: list[str] = []
    for table, found in by_table.items():
        if table in _JOINED:
            lines.append(words(_JOINED[table], names="; ".join(told_together(found, cldr.joined))))
        else:
            lines += told_together(found)
    return tuple(lines)
