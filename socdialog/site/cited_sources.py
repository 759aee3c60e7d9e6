"""Sources as pages cite them: title as a link, publisher, date, language, and what each states."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.statements import Statement, told_together
from socdialog.intake.addresses import host

#: Statements of these tables are one line, and not one for each row.
_JOINED = {"actors": "Organisations named"}


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
        if self.url is None or self.publisher != host(self.url):
            # Only a text that was read and coded has a language; others are registers and series.
            return "Untitled page" if self.language else self.publisher
        return f"{self.publisher} (website)"

    @property
    def named(self) -> bool:
        """Whether what the link says names the publisher already."""
        return self.title is None and self.text.startswith(self.publisher)


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
        words = told_together(found)
        joined = "; ".join(words).replace(" | ", " and ")
        lines += [f"{_JOINED[table]}: {joined}"] if table in _JOINED else words
    return tuple(lines)


class LanguageTags:
    """Say in which language a text is, as HTML names languages.

    A text that a source prints is in the language of the source where that language is written in the script of the
    text, as the titles of the sources show; otherwise only the script is known (``und-Geor``).

    Parameters
    ----------
    titles
        Texts, each with the code of the language of its source.

    Examples
    --------
    >>> tag = LanguageTags([("Профсоюз", "ru"), ("A union", "en")])
    >>> tag("Федерация", "ru"), tag("Федерация", "en"), tag("A federation", "en"), tag("12", "ru")
    ('ru', 'und-Cyrl', 'en', None)
    """

    def __init__(self, titles: Iterable[tuple[str | None, str | None]]) -> None:
        self._scripts: defaultdict[str, set[str]] = defaultdict(set)
        for text, language in titles:
            if text and language and (script := script_of(text)):
                self._scripts[language].add(script)

    def __call__(self, text: str | None, language: str | None) -> str | None:
        """Return the tag of a text that a source in `language` prints; None for a text without letters."""
        script = script_of(text or "")
        if script is None:
            return None
        return language if language and script in self._scripts[language] else f"und-{script}"


@lru_cache(maxsize=10_000)
def script_of(text: str) -> str | None:
    """Return the ISO 15924 code of the script of most letters of `text`; None without a letter of a known script."""
    found = Counter(code for sign in text if (code := _script(sign)))
    return min(found, key=lambda code: (-found[code], code), default=None)


@cache
def _script(sign: str) -> str | None:
    """Return the script of a letter, which its name in Unicode begins with."""
    name = unicodedata.name(sign, "").split(" ")[0].lower() if sign.isalpha() else ""
    return _scripts().get(name)


@cache
def _scripts() -> Mapping[str, str]:
    """Return the ISO 15924 codes by the names with which Unicode begins those of letters."""
    codes = {code: str(term.more["iso15924"]) for code, term in codebook.vocabulary("scripts").items()}
    return {**codes, "cjk": codes["chinese"]}
