"""Number the evidence of a page: each source once, in reading order; markers show the numbers of their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

import polars as pl

from socdialog.display.markers import Key, keys
from socdialog.display.messages import words
from socdialog.display.parts import STRICT, Evidence, Section, values
from socdialog.display.statements import Statement, told_together
from socdialog.independent_sources import source_groups

#: A marker names up to this many sources; one of more says how many there are.
NAMED = 3
#: The clean table whose rows state nothing but the titles of sources, which references print already.
TITLES = "sources"


class Given(NamedTuple):
    """What one source states in one row."""

    row_id: str
    source_id: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Source:
    """A source as a page cites it."""

    __pydantic_config__ = STRICT

    source_id: str
    publisher: str
    title: str | None
    url: str | None
    published: str | None
    language: str | None
    voice: str


class Marker(NamedTuple):
    """What is shown next to a value and leads to its sources.

    Parameters
    ----------
    text
        The numbers of the sources, or how many there are.
    target
        Id of the place on the page where they are listed.
    notes
        Numbers of what the sources state about this value.
    voices
        How many independent sources there are.
    """

    text: str
    target: str
    notes: tuple[int, ...]
    voices: int


class Note(NamedTuple):
    """What a source states under one heading, with its number on the page."""

    number: int
    text: str


@dataclass(frozen=True)
class EvidenceBook:
    """The numbered evidence of one page.

    Parameters
    ----------
    rows
        The rows behind each marker, by key, in the order a reader meets them.
    sources, places
        The sources in the order a reader meets them, and the number of each (the first is 1).
    statements
        What the sources state in each row.
    open
        How many sources are cited outside folded parts: the first so many.
    """

    rows: Mapping[Key, Evidence]
    sources: tuple[Source, ...]
    places: Mapping[str, int]
    statements: Mapping[str, tuple[Given, ...]]
    open: int

    @cached_property
    def notes(self) -> Mapping[int, tuple[Note, ...]]:
        """What each source states in the rows of the page, by the number of the source."""
        number = 0
        found: dict[int, tuple[Note, ...]] = {}
        for place, by_heading in self._headings.items():
            lines = told_together(one for told in by_heading.values() for one in told)
            found[place] = tuple(Note(number + i, line) for i, line in enumerate(lines, start=1))
            number += len(lines)
        return found

    @cached_property
    def sets(self) -> Mapping[tuple[int, ...], int]:
        """The sets of more sources than a marker names, each with its number."""
        found: dict[tuple[int, ...], int] = {}
        for key in self.rows:
            places = self.of(key)
            if len(places) > NAMED:
                found.setdefault(places, len(found) + 1)
        return found

    def of(self, key: Key) -> tuple[int, ...]:
        """Return the numbers of the sources of a marker."""
        sources = {one.source_id for row_id in self.rows[key] for one in self.statements[row_id]}
        return tuple(sorted(self.places[source_id] for source_id in sources))

    def marker(self, key: Key) -> Marker:
        """Return the marker of a set of rows, or of a bundle."""
        places = self.of(key)
        voices = len({self.sources[place - 1].voice for place in places})
        if len(places) > NAMED:
            return Marker(
                words("source.several", n=len(places)), f"set-{self.sets[places]}", self._notes_of(key), voices
            )
        return Marker(", ".join(map(str, places)), f"s{places[0]}", self._notes_of(key), voices)

    def number(self, key: Key) -> int:
        """Return the number of a marker on the page: the first is 1."""
        return self._numbers[key]

    def first(self, place: int) -> int | None:
        """Return the number of the first marker that leads to a source."""
        return self._first.get(place)

    @cached_property
    def returned_to(self) -> frozenset[int]:
        """The markers that a reference leads back to, by their numbers."""
        return frozenset(self._first.values())

    def behind(self, evidence: Evidence) -> tuple[Given, ...]:
        """Return what the sources state in a set of rows, by source, in the order of the rows."""
        found = dict.fromkeys(one for row_id in evidence for one in self.statements.get(row_id, ()))
        return tuple(sorted(found, key=lambda one: self.places[one.source_id]))

    def given_by(self, place: int) -> Evidence:
        """Return the rows of the page that the source of this number states."""
        source_id = self.sources[place - 1].source_id
        return tuple(
            row_id for row_id, told in self.statements.items() if any(one.source_id == source_id for one in told)
        )

    @cached_property
    def _numbers(self) -> Mapping[Key, int]:
        return {key: place for place, key in enumerate(self.rows, start=1)}

    @cached_property
    def _first(self) -> Mapping[int, int]:
        found: dict[int, int] = {}
        for key, number in self._numbers.items():
            for place in self.of(key):
                found.setdefault(place, number)
        return found

    @cached_property
    def _headings(self) -> Mapping[int, Mapping[str, list[Statement]]]:
        """What each source states by heading: several values of one series are one line."""
        found: dict[int, dict[str, list[Statement]]] = {place: {} for place in self.places.values()}
        for evidence in self.rows.values():
            for one in self.behind(evidence):
                if one.statement.table == TITLES:
                    continue
                told = found[self.places[one.source_id]].setdefault(one.statement.heading, [])
                if one.statement not in told:
                    told.append(one.statement)
        return found

    def _notes_of(self, key: Key) -> tuple[int, ...]:
        numbers: dict[int, None] = {}
        for one in self.behind(self.rows[key]):
            place = self.places[one.source_id]
            if one.statement.table != TITLES:
                at = list(self._headings[place]).index(one.statement.heading)
                numbers[self.notes[place][at].number] = None
        return tuple(sorted(numbers))


def number_evidence(sections: Iterable[Section], *, evidence: pl.DataFrame, citations: pl.DataFrame) -> EvidenceBook:
    """Give a number to every source of what `sections` show.

    Parameters
    ----------
    sections
        All sections of a page, in reading order.
    evidence
        What sources state in the rows that `sections` are based on; see `socdialog.intake.evidence.build_evidence`.
    citations
        The clean table of this name.

    Raises
    ------
    ValueError
        When a value is based on a row that has no source.
    """
    given = (Given(row["row_id"], row["source_id"], Statement.of(row)) for row in evidence.iter_rows(named=True))
    wanted = citations.filter(pl.col("source_id").is_in(evidence.get_column("source_id").implode()))
    cited = wanted.join(source_groups(citations), on="source_id").select(field.name for field in fields(Source))
    return numbered(sections, given, (Source(*row) for row in cited.iter_rows()))


def numbered(sections: Iterable[Section], given: Iterable[Given], sources: Iterable[Source]) -> EvidenceBook:
    """Give the same numbers from what sources state, and the sources, as data.

    Raises
    ------
    ValueError
        When a value is based on a row that has no source, or a statement names a source that is not among them.
    """
    sections = tuple(sections)
    bundles: dict[str, dict[str, None]] = {}
    for section in sections:
        for value in values(section.parts):
            if value.bundle and not value.to:
                bundles.setdefault(value.bundle, {}).update(dict.fromkeys(value.evidence))
    parts = [part for section in sections for part in section.parts]
    # What is open is numbered first, so that the references that a reader sees begin with 1 and have no gaps.
    first = dict.fromkeys(key for part in parts for key in keys(part, folded=False))
    met = first | dict.fromkeys(key for part in parts for key in keys(part))
    rows = {key: tuple(bundles.get(key, ())) if isinstance(key, str) else key for key in met}
    rows = {key: evidence for key, evidence in rows.items() if evidence}
    statements: dict[str, tuple[Given, ...]] = {}
    for one in sorted(given, key=lambda one: (one.row_id, one.source_id)):
        statements[one.row_id] = (*statements.get(one.row_id, ()), one)
    unbacked = sorted({row_id for evidence in rows.values() for row_id in evidence} - set(statements))
    if unbacked:
        raise ValueError(f"{len(unbacked)} rows have no source, such as {unbacked[0]}")
    cited = _in_order(rows.values(), statements, {source.source_id: source for source in sources})
    places = {source.source_id: place for place, source in enumerate(cited, start=1)}
    shown = (one.source_id for key in first if key in rows for row in rows[key] for one in statements[row])
    return EvidenceBook(rows, cited, places, statements, len(set(shown)))


def _in_order(
    groups: Iterable[Evidence], statements: Mapping[str, tuple[Given, ...]], known: Mapping[str, Source]
) -> tuple[Source, ...]:
    """Return the sources behind sets of rows in the order in which a reader meets them."""
    met: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        for source_id in dict.fromkeys(told.source_id for row_id in group for told in statements[row_id]):
            met.setdefault(source_id, []).append(place)
    unknown = sorted(set(met) - set(known))
    if unknown:
        raise ValueError(f"no source has the ID {unknown[0]}")
    # Sources that a reader meets at once are ordered by where they are met next: those of a later set then
    # follow each other.
    return tuple(known[source_id] for source_id in sorted(met, key=lambda source_id: met[source_id]))
