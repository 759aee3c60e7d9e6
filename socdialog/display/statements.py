"""What a source states, in words: a heading that several statements may share, and what each adds to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display import prose, release_words
from socdialog.display.convention_names import in_sentence
from socdialog.display.messages import words

#: The full stop of a sentence; those of abbreviations, as in names of companies, follow fewer small letters.
_STOP = re.compile(r"(?<=[a-z]{4})\.$")


class Statement(NamedTuple):
    """What one source states of one row: the parts of a statement; see the table ``evidence``."""

    table: str
    subject: str | None = None
    about: str | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    currency: str | None = None
    qualifier: str | None = None
    status: str | None = None
    scope: tuple[str, ...] = ()
    since: str | None = None
    law_on: str | None = None
    period: str | None = None
    period_end: str | None = None
    release: str | None = None
    claimed_by: str | None = None
    address: str | None = None
    accessed: str | None = None

    @classmethod
    def of(cls, row: Mapping[str, object]) -> Statement:
        """Return the statement of a row of evidence."""
        return cls(**{part: row.get(part) for part in cls._fields} | {"scope": tuple(row["scope"] or ())})  # type: ignore[arg-type]

    @property
    def heading(self) -> str:
        """What it is about: the series and its release, or else the subject."""
        subject = self._named("subject", self.subject) or codebook.tables()[self.table].title
        subject = wording.figure_words(subject) if self.table == "figures" else subject
        subject = subject[:1].upper() + subject[1:]
        if self.release is not None:
            groups = (prose.in_sentence(wording.label("classifications", code)) for code in self.scope)
            series = _beside(subject, groups)
            return words("statement.series", series=series, release=release_words.release(self.release))
        about = self._named("about", self.about)
        # A body whose name is its acronym is named once.
        return _beside(subject, () if about == subject else (about,))

    @property
    def details(self) -> str:
        """What it states of that: value, status, scope, time and claimant; empty where it only names it."""
        written = wording.figure_period if self.table == "figures" else wording.period
        when = written(self.period, self.period_end)
        if self.release is not None:
            return ": ".join(part for part in (when, self._amount) if part)
        parts = (
            self._amount,
            (self.status or "").lower(),
            *self.scope,
            self.since and words("statement.since", date=cldr.date(self.since)),
            self.law_on and words("statement.law_on", date=cldr.date(self.law_on)),
            when,
            self.claimed_by and words("statement.according_to", claimant=self.claimed_by),
            self.address and words("statement.at", address=self.address),
            self.accessed and words("statement.accessed", date=cldr.date(self.accessed)),
        )
        return "; ".join(_STOP.sub("", part) for part in parts if part)

    def _named(self, part: str, text: str | None) -> str | None:
        """Return a part as readers know it: a convention by its number."""
        spec = codebook.tables()[self.table]
        refers = {spec.every_column[name].of for name in spec.states.get(part, ())}
        return in_sentence(text) if text and "conventions.convention" in refers else text

    @property
    def _amount(self) -> str:
        if self.value is None:
            # A series has a value for each period, or none was published; other statements may need none.
            return words("statement.not_published") if self.release is not None else ""
        return wording.quantity(
            self.value, self.unit, high=self.value_high, qualifier=self.qualifier, currency=self.currency
        )

    @property
    def rounded(self) -> Statement:
        """The same with at most two digits behind the point, which are enough to compare: releases may carry ten."""
        return self if self.value is None else self._replace(value=round(self.value, 2))

    @property
    def words(self) -> str:
        """The whole statement by itself."""
        return told_together((self,))[0]


def told_together(
    statements: Iterable[Statement], join: Callable[[Iterable[str]], str] = " | ".join
) -> tuple[str, ...]:
    """Write statements, those of one heading in one line: a series by period, others in order, joined by `join`."""
    found: dict[str, dict[Statement, None]] = {}
    for one in statements:
        found.setdefault(one.heading, {})[one] = None
    return tuple(_line(heading, list(told), join) for heading, told in found.items())


def _line(heading: str, told: Sequence[Statement], join: Callable[[Iterable[str]], str]) -> str:
    """Write what is stated under one heading; the unit that several values of a series share is written once."""
    if told[0].release is None:
        details = list(dict.fromkeys(one.details for one in told))
        # A provision of law is a sentence of its own.
        return heading + (f"{'' if heading.endswith('.') else ':'} {join(details)}" if any(details) else "")
    units = {one.unit for one in told}
    short = _short(next(iter(units))) if len(told) > 1 and len(units) == 1 else ""
    if short:
        heading, told = f"{heading}, {short}", [one._replace(unit=None) for one in told]
    return f"{heading}: {'; '.join(sorted({one.details for one in told}))}"


def _short(unit: str | None) -> str:
    term = None if unit is None else codebook.known_terms("units").get(unit)
    return "" if term is None else str(term.more.get("short", ""))


def side_by_side(evidence: pl.DataFrame, rows: Iterable[str], citations: pl.DataFrame) -> tuple[str, ...]:
    """Write what sources state in some rows of `evidence`, each once with its publisher; a series in one line."""
    publishers = citations.select("source_id", "publisher")
    found = evidence.filter(pl.col("row_id").is_in(list(rows))).join(publishers, on="source_id", how="left")
    lines: dict[str, None] = {}
    for (publisher,), told in found.sort("row_id", "source_id").group_by("publisher", maintain_order=True):
        statements = [Statement.of(row) for row in told.iter_rows(named=True)]
        series = told_together(one.rounded for one in statements if one.release is not None)
        others = (one.words for one in statements if one.release is None)
        lines |= dict.fromkeys(_beside(line, (str(publisher),)) for line in (*series, *others))
    return tuple(lines)


def _beside(subject: str, more: Iterable[str | None]) -> str:
    told = "; ".join(one for one in more if one)
    return f"{subject} ({told})" if told else subject
