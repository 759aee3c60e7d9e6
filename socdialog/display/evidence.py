"""Number the evidence of a page: each distinct set of rows once, each source once, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from socdialog.display.parts import Evidence, Section, values


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source gave for one row."""

    row_id: str
    source_id: str
    says: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a page cites it."""

    source_id: str
    publisher: str
    title: str | None
    url: str | None
    published: str | None
    language: str | None
    voice: str


@dataclass(frozen=True, slots=True)
class EvidenceBook:
    """The numbered evidence of one page.

    Parameters
    ----------
    numbers
        Number of each distinct set of rows, in the order a reader meets them.
    sources, places
        The sources behind them in the order a reader meets them, and the number of each (the first is 1).
    statements
        What the sources gave for each row.
    """

    numbers: Mapping[Evidence, int]
    sources: tuple[Source, ...]
    places: Mapping[str, int]
    statements: Mapping[str, tuple[Statement, ...]]

    def behind(self, evidence: Evidence) -> tuple[Statement, ...]:
        """Return what the sources gave for a set of rows, by source, each once."""
        found = {statement for row_id in evidence for statement in self.statements.get(row_id, ())}
        return tuple(sorted(found, key=lambda one: (self.places[one.source_id], one.says, one.row_id)))

    def voices(self, evidence: Evidence) -> int:
        """Return the number of independent voices behind a set of rows: copies and one publisher's texts are one."""
        told = (statement.source_id for row_id in evidence for statement in self.statements.get(row_id, ()))
        return len({self.sources[self.places[source_id] - 1].voice for source_id in told})


def number_evidence(sections: Iterable[Section], *, evidence: pl.DataFrame, citations: pl.DataFrame) -> EvidenceBook:
    """Number every set of rows that `sections` rest on, and every source behind them.

    Parameters
    ----------
    sections
        All sections of a page, in reading order.
    evidence, citations
        The clean tables of these names.

    Raises
    ------
    ValueError
        When a value rests on a row that no source stands behind.
    """
    numbers: dict[Evidence, int] = {}
    for section in sections:
        for value in values(section.parts):
            if value.evidence and value.evidence not in numbers:
                numbers[value.evidence] = len(numbers) + 1
    rows = {row_id for group in numbers for row_id in group}
    found = evidence.filter(pl.col("row_id").is_in(rows)).sort("row_id", "source_id")
    statements: dict[str, tuple[Statement, ...]] = {}
    for row_id, source_id, says in found.select("row_id", "source_id", "says").iter_rows():
        statements[row_id] = (*statements.get(row_id, ()), Statement(row_id, source_id, says))
    unbacked = sorted(rows - set(statements))
    if unbacked:
        raise ValueError(f"no source stands behind {len(unbacked)} row(s), such as {unbacked[0]}")
    sources = _cited(numbers, statements, citations)
    places = {source.source_id: place for place, source in enumerate(sources, start=1)}
    return EvidenceBook(numbers, sources, places, statements)


def _cited(
    numbers: Mapping[Evidence, int], statements: Mapping[str, tuple[Statement, ...]], citations: pl.DataFrame
) -> tuple[Source, ...]:
    known = {row["source_id"]: row for row in citations.iter_rows(named=True)}
    order: dict[str, None] = {}
    for group in numbers:
        for row_id in group:
            order.update(dict.fromkeys(statement.source_id for statement in statements[row_id]))
    return tuple(
        Source(
            source_id=source_id,
            publisher=known[source_id]["publisher"],
            title=known[source_id]["title"],
            url=known[source_id]["url"],
            published=known[source_id]["published"],
            language=known[source_id]["language"],
            voice=_voice(source_id, known),
        )
        for source_id in order
    )


def _voice(source_id: str, known: Mapping[str, dict[str, object]]) -> str:
    """Return whose voice a source is: the publisher of the text it copies, or its own."""
    seen = {source_id}
    while (original := known[source_id]["copy_of"]) is not None and original in known and original not in seen:
        source_id = str(original)
        seen.add(source_id)
    return str(known[source_id]["publisher"]).casefold()
