"""Rules about references: each must resolve, and says which known one is nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

import polars as pl

from socdialog import codebook
from socdialog.advice import LISTED, advice
from socdialog.codebook import Column
from socdialog.codebook.other_writings import meant
from socdialog.intake.checks.rule_context import CheckContext, Finding
from socdialog.intake.names.name_decisions import NOBODY
from socdialog.intake.nothing import nothing_message

#: How similar a reference and a broken cell must be for the reference to be taken as one to that cell.
_ALIKE = 0.85


def unresolved_reference(context: CheckContext) -> Iterator[Finding]:
    """Report when a reference resolves to nothing.

    A reference to a row that is itself broken or lost is not reported: fixing that row fixes it.
    A missing value is one line, at its first place, however many rows use it; where the table it
    should be in has one entry that nothing refers to and that is spelt alike, that entry is named.
    """
    by_target: dict[str, list[tuple[str, Column]]] = defaultdict(list)
    for table, column, _ in context.columns("ref", "refs"):
        assert column.of is not None
        by_target[column.of].append((table, column))
    for target, columns in by_target.items():
        name, key = target.split(".")
        file = codebook.tables()[name].file
        if not context.has(name, key) and not codebook.tables()[name].optional:
            continue  # the table itself could not be read
        known = context.frame(name, key)
        ids = set(known.get_column(key).drop_nulls())
        values = {
            value
            for table, column in columns
            for value in _referred(context.cells(table), column).get_column("value").unique().to_list()
        }
        missing = _own_fault(context, name, key, values - ids)
        if not missing:
            continue
        unused = ids - values
        for value in sorted(missing):
            places = [
                (table, column.name, line)
                for table, column in columns
                for line in _referred(context.tables[table], column, "raw_line")
                .filter(pl.col("value") == value)
                .get_column("raw_line")
                .sort()
                .to_list()
            ]
            if len(places) > 1 and len(unused) == 1 and get_close_matches(value, unused):
                entry = next(iter(unused))
                line = known.filter(pl.col(key) == entry).get_column("raw_line")[0]
                message = (
                    f"{entry!r} is used nowhere, and {len(places)} rows use {value!r}, which is missing; correct it"
                )
                yield Finding(name, line, key, message)
                continue
            required = any(column.required for _, column in columns)
            nothing = nothing_message(value, required=required)
            fix = advice(value, ids, meant(target, value)) or f"{_elsewhere(target, value)}{_listed(ids)}"
            table, column_name, line = places[0]
            yield Finding(table, line, column_name, f"{nothing or f'{value!r} is not in {file}; {fix}'}{_more(places)}")


def _listed(ids: set[str]) -> str:
    """Return how to fix an unclear reference: a short list is printed in full."""
    if len(ids) > LISTED or not ids:
        return "add it there, or correct it here"
    return f"add it there, or write one of {', '.join(sorted(ids))}"


def _elsewhere(target: str, value: str) -> str:
    """Return the code that a spelling means and that the table does not have."""
    codes = meant(target, value)
    return f"it means {codes[0]}, which is not there either; " if len(codes) == 1 and codes[0] != value else ""


def _referred(frame: pl.DataFrame, column: Column, *also: str) -> pl.DataFrame:
    """Return what the cells of a column refer to, one row for each reference."""
    cells = frame.select(*also, pl.col(column.name).alias("value")).drop_nulls()
    if column.type == "refs":
        cells = cells.with_columns(pl.col("value").str.split(";")).explode("value", empty_as_null=True)
    return cells


def _more(places: list[tuple[str, str, int]]) -> str:
    """Say where else a value stands."""
    if len(places) == 1:
        return ""
    others = [f"{codebook.tables()[table].file}:{line}" for table, _, line in places[1:4]]
    rest = f" and {len(places) - 4} more" if len(places) > 4 else ""  # noqa: PLR2004 - the first and three others
    return f" (so too {', '.join(others)}{rest})"


def _own_fault(context: CheckContext, table: str, key: str, missing: set[str]) -> set[str]:
    """Return those of `missing` that no broken, lost or doubled row of the target table can explain."""
    if not missing:
        return missing
    lost = "\n".join(context.lost.get(table, ()))
    read = context.read.get(table)
    lines = [line for line, columns in context.wrong.get(table, ()) if key in columns.split(", ")]
    broken: list[str | None] = []
    if read is not None and key in read.columns and lines:
        broken = read.filter(pl.col("raw_line").is_in(lines)).get_column(key).to_list()
    damaged = [value for value in broken if value is not None]
    left = {
        value
        for value in missing
        if not (lost and value in lost) and not get_close_matches(value, damaged, n=1, cutoff=_ALIKE)
    }
    doubled = {line for line, columns in context.wrong.get(table, ()) if columns == key}
    return set() if len(left) <= len(doubled) else left


def unknown_place(context: CheckContext) -> Iterator[Finding]:
    """Report when a place of a report is not in the registry of places of its country."""
    reports = context.frame("reports", "place", "venue_country", "countries")
    names = _place_names(context)
    if names is None or context.lost.get("places"):
        return
    known: dict[str, set[str]] = defaultdict(set)
    for country, name, _ in names.iter_rows():
        known[country].add(name)
    missing: dict[tuple[str, str], list[tuple[str, str, int]]] = defaultdict(list)
    placed = reports.filter(pl.col("place").is_not_null())
    for line, place, venue, countries in placed.select("raw_line", "place", "venue_country", "countries").iter_rows():
        where = venue or countries or ""
        if not any(place in known[country] for country in where.split(";")):
            missing[place, where].append(("reports", "place", line))
    for (place, where), places in missing.items():
        allowed = set().union(*(known[country] for country in where.split(";")))
        elsewhere = sorted(country for country, names_there in known.items() if place in names_there)
        fix = advice(place, allowed) or "add it to registry/places.csv as a row or a variant"
        if (nothing := nothing_message(place)) is not None:
            yield Finding("reports", places[0][2], "place", f"{nothing}{_more(places)}")
            continue
        if elsewhere:
            fix = f"it is one of {' and '.join(elsewhere)}; correct the place or the country"
        message = f"{place!r} is not a place of {where.replace(';', ' or ') or 'any country'}; {fix}{_more(places)}"
        yield Finding("reports", places[0][2], "place", message)


def _place_names(context: CheckContext) -> pl.DataFrame | None:
    """Return country, name and line of every spelling of a place; None if the registry is broken."""
    needed = ("country", "name", "variants")
    if not context.has("places", *needed) or any(column in needed for _, column in context.wrong.get("places", ())):
        return None
    places = context.tables["places"]
    variants = places.filter(pl.col("variants").is_not_null()).select(
        "country", pl.col("variants").str.split(";").alias("name"), "raw_line"
    )
    return pl.concat(
        [places.select("country", "name", "raw_line"), variants.explode("name", empty_as_null=True)]
    ).drop_nulls()


def duplicate_place_spelling(context: CheckContext) -> Iterator[Finding]:
    """Report when a spelling means two places of one country."""
    names = _place_names(context)
    if names is None:
        return
    again = names.with_columns(pl.col("raw_line").min().over("country", "name").alias("first")).filter(
        pl.col("name").is_duplicated().over("country"), pl.col("raw_line") > pl.col("first")
    )
    for country, name, line, first in again.sort("raw_line").iter_rows():
        column = "name" if name in _names(context, line) else "variants"
        yield Finding(
            "places",
            line,
            column,
            f"{name!r} is already a spelling of the place in line {first} ({country}); give each spelling to one place",
        )


def _names(context: CheckContext, line: int) -> list[str]:
    return context.tables["places"].filter(pl.col("raw_line") == line).get_column("name").to_list()


def name_decision_unresolved(context: CheckContext) -> Iterator[Finding]:
    """Report when a decision on a name means neither a registered organisation nor a person, nor no one."""
    registered = (("organisations", "org_id"), ("persons", "person_id"))
    if not all(context.has(table, column) for table, column in registered):
        return
    decisions = context.frame("name_decisions", "means")
    known = {NOBODY, *(one for table, column in registered for one in context.tables[table][column].drop_nulls())}
    for line, means in decisions.filter(~pl.col("means").is_in(list(known))).select("raw_line", "means").iter_rows():
        fix = advice(means, known) or "write an org_id, a person_id or none"
        yield Finding("name_decisions", line, "means", f"{means!r} is not registered; {fix}")
