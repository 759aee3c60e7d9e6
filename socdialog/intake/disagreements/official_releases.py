"""Official series: releases that disagree on the same years, and totals against their classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from socdialog.intake.disagreements.figure_bounds import Interval, allowed, total_of
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.rules import Classes, Rules
from socdialog.intake.disagreements.statements import amount, rounded

Row = dict[str, Any]


def releases(country_years: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Find series of which two releases differ beyond rounding; one finding for each country and indicator."""
    told = country_years.filter(pl.col("value").is_not_null()).sort("row_id")
    cell = ["country", "indicator", "unit", "classification", "year"]
    shared = told.filter(pl.struct("source", "vintage").n_unique().over(cell) > 1)
    found: dict[tuple[str, str], list[list[Row]]] = defaultdict(list)
    for group in shared.partition_by(cell, maintain_order=True):
        rows = group.rows(named=True)
        found[rows[0]["country"], rows[0]["indicator"]].append(list(rows))
    for (country, indicator), cells in sorted(found.items()):
        differing = [rows for rows in cells if not _rounded_alike(rows, rules)]
        if differing:
            yield _of_releases(country, indicator, cells, differing)


def _bounds(row: Row, rules: Rules) -> Interval:
    """Return what a value of a series allows; ends of rounding that only touch are forgiven later."""
    return allowed(row["value"], rounded=rounded(row["unit"], rules=rules))


def _rounded_alike(rows: Sequence[Row], rules: Rules) -> bool:
    bounds = [_bounds(row, rules) for row in rows]
    return all(one.adjoins(other) for position, one in enumerate(bounds) for other in bounds[position + 1 :])


def _spread(rows: Sequence[Row]) -> float:
    values: list[float] = [row["value"] for row in rows]
    return max(values) - min(values)


def _of_releases(
    country: str, indicator: str, cells: Sequence[Sequence[Row]], differing: Sequence[Sequence[Row]]
) -> Finding:
    widest = max(differing, key=lambda rows: (_spread(rows), rows[0]["year"]))
    names = list(dict.fromkeys(_release(row) for rows in differing for row in rows))
    years = sorted({rows[0]["year"] for rows in differing})
    by_value: dict[float, list[str]] = {}
    for row in widest:
        by_value.setdefault(row["value"], []).append(_release(row))
    return Finding(
        "releases",
        tuple(row["row_id"] for rows in differing for row in rows),
        {
            "releases": names,
            "differing": len(differing),
            "shared": len(cells),
            "years": {"start": str(years[0]), "end": str(years[-1])},
            "year": str(widest[0]["year"]),
            # Releases may carry ten digits behind the point; two are enough to compare.
            "amounts": [amount(round(value, 2), beside=sources) for value, sources in by_value.items()],
        },
        indicator=indicator,
        country=country,
        difference=round(_spread(widest), 6),
    )


def _release(row: Row) -> str:
    source, vintage = row["source"], row["vintage"]
    return source if vintage in source else f"{source} {vintage}"


def totals(country_years: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Find years in which classes exceed their total, or do not make it up where all classes are always there."""
    told = country_years.filter(
        pl.col("value").is_not_null()
        & pl.col("unit").is_in(sorted(rules.additive_units))
        & pl.col("classification").is_not_null()
    ).sort("row_id")
    cell = ["country", "indicator", "unit", "source", "vintage", "year"]
    for group in told.partition_by(cell, maintain_order=True):
        rows = {row["classification"]: row for row in group.iter_rows(named=True)}
        for classes in rules.classes:
            total = rows.get(classes.total)
            members = [row for name, row in rows.items() if _belongs(name, classes)]
            if total is None or not members:
                continue
            complete = classes.complete and len(members) == len(classes.parts)
            made = total_of(_bounds(row, rules) for row in members)
            if made.adjoins(_bounds(total, rules)) or (made.high < _bounds(total, rules).low and not complete):
                continue
            yield _of_total(total, members)


def _belongs(name: str, classes: Classes) -> bool:
    return name != classes.total and (
        name in classes.parts
        or bool(classes.prefix and name.startswith(classes.prefix) and not name.endswith("_TOTAL"))
    )


def _of_total(total: Row, members: Sequence[Row]) -> Finding:
    made = sum(row["value"] for row in members)
    return Finding(
        "class_total",
        tuple(row["row_id"] for row in (total, *members)),
        {
            "year": str(total["year"]),
            "classes": [row["classification"] for row in members],
            "right": round(made, 6),
            "total": total["value"],
            "release": _release(total),
        },
        indicator=total["indicator"],
        country=total["country"],
        difference=round(total["value"] - made, 6),
    )
