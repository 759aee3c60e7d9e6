"""Number the evidence of a page: each source once, and each set of several sources once, in reading order.

A value that rests on one source bears the number of that source; a value that rests on several bears
the number of the set, which lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import NamedTuple

import polars as pl

from socdialog.display.parts import STRICT, Evidence, Section, values
from socdialog.display.statements import Statement
from socdialog.independent_sources import source_groups

#: A set of rows told by more sources than this names them by number only; what each told stands with it.
LISTED = 2
#: The clean table whose rows say nothing but the titles of sources, which stand with these already.
TITLES = "sources"


class Given(NamedTuple):
    """What one source gave for one row."""

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
    given = (Given(row["row_id"], row["source_id"], Statement.of(row)) for row in evidence.iter_rows(named=True))
    wanted = citations.filter(pl.col("source_id").is_in(evidence.get_column("source_id").implode()))
    cited = wanted.join(source_groups(citations), on="source_id").select(field.name for field in fields(Source))
    return numbered(sections, given, (Source(*row) for row in cited.iter_rows()))


def numbered(sections: Iterable[Section], given: Iterable[Given], sources: Iterable[Source]) -> EvidenceBook:
    """Give the same numbers from what sources gave, and the sources, as data.

    Raises
    ------
    ValueError
        When a value rests on a row that no source stands behind, or a statement on a source that is not among them.
    """
    found: dict[Evidence | str, dict[str, None]] = {}
    for section in sections:
        for value in values(section.parts):
            if value.evidence:
                found.setdefault(value.bundle or value.evidence, {}).update(dict.fromkeys(value.evidence))
    rows = {key: tuple(group) for key, group in found.items()}
    statements: dict[str, tuple[Given, ...]] = {}
    for one in sorted(given, key=lambda one: (one.row_id, one.source_id)):
        statements[one.row_id] = (*statements.get(one.row_id, ()), one)
    unbacked = sorted({row_id for group in rows.values() for row_id in group} - set(statements))
    if unbacked:
        raise ValueError(f"no source stands behind {len(unbacked)} row(s), such as {unbacked[0]}")
    groups, numbers = _grouped(rows, statements)
    cited = _in_order(rows.values(), statements, {source.source_id: source for source in sources})
    places = {source.source_id: place for place, source in enumerate(cited, start=1)}
    return EvidenceBook(groups, rows, numbers, cited, places, statements)


def _grouped(
    rows: Mapping[Evidence | str, Evidence], statements: Mapping[str, tuple[Given, ...]]
) -> tuple[tuple[Evidence, ...], dict[Evidence | str, int]]:
    """Give a number to the sets that rest on several sources; sets that read the same share one.

    A set of many sources reads by these alone, and so does one of few of which each statement is printed with its
    source in any case, where a set of one source or of many leads.
    """
    told = {
        key: dict.fromkeys((one.source_id, one.statement) for row_id in group for one in statements[row_id])
        for key, group in rows.items()
    }
    sources = {key: frozenset(source_id for source_id, _ in given) for key, given in told.items()}
    printed = {given for key, every in told.items() if not 1 < len(sources[key]) <= LISTED for given in every}
    read: dict[object, int] = {}
    numbers: dict[Evidence | str, int] = {}
    merged: list[dict[str, None]] = []
    for key, group in rows.items():
        if len(sources[key]) == 1:
            continue
        apart = tuple(given for given in told[key] if given not in printed and given[1].table != TITLES)
        number = read.setdefault((sources[key], tuple(told[key]) if apart else ()), len(merged) + 1)
        if number > len(merged):
            merged.append({})
        merged[number - 1].update(dict.fromkeys(group))
        numbers[key] = number
    return tuple(tuple(group) for group in merged), numbers


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
        raise ValueError(f"no source has the id {unknown[0]}")
    # Sources that a reader meets at once are ordered by where they are met next: those of a later set then
    # follow each other, and its numbers fold into few ranges.
    return tuple(known[source_id] for source_id in sorted(met, key=lambda source_id: met[source_id]))
