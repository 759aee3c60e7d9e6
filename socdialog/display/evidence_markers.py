"""Number the evidence of a page: each source once, and each set of several sources once, in reading order.

A value that rests on one source bears the number of that source; a value that rests on several bears
the number of the set, which lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

import polars as pl

from socdialog.display.parts import Evidence, Section, values
from socdialog.display.statements import Statement
from socdialog.independent_sources import voices

#: A set of rows told by more sources than this names them by number only; what each told stands with it.
LISTED = 2


class Given(NamedTuple):
    """What one source gave for one row."""

    row_id: str
    source_id: str
    statement: Statement


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


class Marker(NamedTuple):
    """What stands beside a value and leads to its evidence."""

    text: str
    target: str
    voices: int


@dataclass(frozen=True, slots=True)
class EvidenceBook:
    """The numbered evidence of one page.

    Parameters
    ----------
    groups
        The distinct sets of rows that rest on several sources, in the order a reader meets them; the first is E1.
    rows
        The rows behind each value or bundle of values.
    numbers
        Number of the group of each of these that rests on several sources.
    sources, places
        The sources in the order a reader meets them, and the number of each (the first is 1).
    statements
        What the sources gave for each row.
    """

    groups: tuple[Evidence, ...]
    rows: Mapping[Evidence | str, Evidence]
    numbers: Mapping[Evidence | str, int]
    sources: tuple[Source, ...]
    places: Mapping[str, int]
    statements: Mapping[str, tuple[Given, ...]]

    def marker(self, key: Evidence | str) -> Marker:
        """Return the marker of a set of rows, or of a bundle."""
        told = {one.source_id for row_id in self.rows[key] for one in self.statements[row_id]}
        voices = len({self.sources[self.places[source_id] - 1].voice for source_id in told})
        if key in self.numbers:
            return Marker(f"E{self.numbers[key]}", f"e{self.numbers[key]}", voices)
        place = self.places[next(iter(told))]
        return Marker(str(place), f"s{place}", voices)

    def behind(self, evidence: Evidence) -> tuple[Given, ...]:
        """Return what the sources gave for a set of rows, by source, in the order of the rows."""
        found = dict.fromkeys(one for row_id in evidence for one in self.statements.get(row_id, ()))
        return tuple(sorted(found, key=lambda one: self.places[one.source_id]))

    def given_by(self, place: int) -> Evidence:
        """Return the rows of the page that the source of this number gave."""
        source_id = self.sources[place - 1].source_id
        return tuple(
            row_id for row_id, told in self.statements.items() if any(one.source_id == source_id for one in told)
        )


def number_evidence(sections: Iterable[Section], *, evidence: pl.DataFrame, citations: pl.DataFrame) -> EvidenceBook:
    """Give a number to every set of rows that `sections` rest on, and to every source behind them.

    Parameters
    ----------
    sections
        All sections of a page, in reading order.
    evidence
        What sources state in the rows that `sections` rest on; see `socdialog.intake.evidence.build_evidence`.
    citations
        The clean table of this name.

    Raises
    ------
    ValueError
        When a value rests on a row that no source stands behind.
    """
    found: dict[Evidence | str, dict[str, None]] = {}
    for section in sections:
        for value in values(section.parts):
            if value.evidence:
                found.setdefault(value.bundle or value.evidence, {}).update(dict.fromkeys(value.evidence))
    rows = {key: tuple(group) for key, group in found.items()}
    statements = _statements({row_id for group in rows.values() for row_id in group}, evidence)
    groups, numbers = _grouped(rows, statements)
    sources = _cited(rows.values(), statements, citations)
    places = {source.source_id: place for place, source in enumerate(sources, start=1)}
    return EvidenceBook(groups, rows, numbers, sources, places, statements)


def _grouped(
    rows: Mapping[Evidence | str, Evidence], statements: Mapping[str, tuple[Given, ...]]
) -> tuple[tuple[Evidence, ...], dict[Evidence | str, int]]:
    """Give a number to the sets that rest on several sources; sets that read the same share one."""
    read: dict[object, int] = {}
    numbers: dict[Evidence | str, int] = {}
    merged: list[dict[str, None]] = []
    for key, group in rows.items():
        told = dict.fromkeys((one.source_id, one.statement) for row_id in group for one in statements[row_id])
        sources = frozenset(source_id for source_id, _ in told)
        if len(sources) > 1:
            number = read.setdefault(sources if len(sources) > LISTED else tuple(told), len(merged) + 1)
            if number > len(merged):
                merged.append({})
            merged[number - 1].update(dict.fromkeys(group))
            numbers[key] = number
    return tuple(tuple(group) for group in merged), numbers


def _statements(rows: set[str], evidence: pl.DataFrame) -> dict[str, tuple[Given, ...]]:
    statements: dict[str, tuple[Given, ...]] = {}
    for row in evidence.sort("row_id", "source_id").iter_rows(named=True):
        given = Given(row["row_id"], row["source_id"], Statement.of(row))
        statements[given.row_id] = (*statements.get(given.row_id, ()), given)
    unbacked = sorted(rows - set(statements))
    if unbacked:
        raise ValueError(f"no source stands behind {len(unbacked)} row(s), such as {unbacked[0]}")
    return statements


def _cited(
    groups: Iterable[Evidence], statements: Mapping[str, tuple[Given, ...]], citations: pl.DataFrame
) -> tuple[Source, ...]:
    known = {row["source_id"]: row for row in citations.iter_rows(named=True)}
    met: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        for source_id in dict.fromkeys(told.source_id for row_id in group for told in statements[row_id]):
            met.setdefault(source_id, []).append(place)
    # Sources that a reader meets at once are ordered by where they are met next: those of a later set then
    # follow each other, and its numbers fold into few ranges.
    order = sorted(met, key=lambda source_id: met[source_id])
    own = dict(voices(citations).iter_rows())
    shown = [name.name for name in fields(Source) if name.name != "voice"]
    return tuple(Source(**{name: known[one][name] for name in shown}, voice=own[one]) for one in order)
