"""Official values that two sources, or two releases, give differently: wages, totals of ratifications, series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.comparison import compare
from socdialog.intake.disagreements.figure_bounds import allowed, total_of
from socdialog.intake.disagreements.findings import Finding, distinct
from socdialog.intake.disagreements.rules import Classes, Rules
from socdialog.intake.disagreements.statements import Statement, amount, by_key, published, rounded_units
from socdialog.intake.official_snapshots import annual
from socdialog.schemas.repeated_texts import AT_ONCE, as_text

Row = dict[str, Any]
_SERIES = ["country", "indicator", "unit", "classification", "source", "vintage"]
#: Of a sum of rounded numbers, the part by which floating point may be wrong.
_SLACK = 1e-6


def wage_floors(minimum_wages: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Find rates that differ for one country, first day, currency, period of pay and group."""
    dated = minimum_wages.filter(pl.col("from").is_not_null()).sort("row_id")
    for cell, frame in dated.group_by("country", "from", "currency", "per", "scope", maintain_order=True):
        country, since, currency, per, _ = (str(part) for part in cell)
        rates = [
            Statement(
                row_id=row["row_id"],
                indicator="minimum_wage",
                value=row["value"],
                bounds=allowed(row["value"]),
                country=country,
                currency=currency,
                start=row["from_first"],
            )
            for row in frame.iter_rows(named=True)
        ]
        clashing = _clashing(rates, rules)
        if clashing:
            yield _finding(
                "wage_floor",
                clashing,
                {
                    "amounts": [rate.amount for rate in clashing],
                    "per": wording.label("wage_periods", per),
                    "since": since,
                },
            )


def _clashing(values: Sequence[Statement], rules: Rules, *, verdict: str = "contradict") -> list[Statement]:
    """Return the values of which the engine gives a verdict on a pair, by size."""
    found = {
        statement.row_id: statement
        for pair in combinations(values, 2)
        if compare(*pair, rules=rules).verdict == verdict
        for statement in pair
    }
    return sorted(found.values(), key=lambda statement: (statement.value, statement.row_id))


def _finding(
    check: str,
    statements: Sequence[Statement],
    details: Mapping[str, object],
    *,
    dimension: str = "value",
    more: Iterable[str] = (),
) -> Finding:
    values = [one.value for one in statements]
    return Finding(
        check,
        tuple(sorted([*(one.row_id for one in statements), *more])),
        details,
        indicator=statements[0].indicator,
        country=statements[0].country,
        report_ids=tuple(sorted({one.report_id for one in statements if one.report_id})),
        figures=tuple(sorted(one.key for one in statements if one.report_id)),
        difference=max(values) - min(values) if len(values) > 1 else None,
        dimension=dimension,
    )


def ratification_counts(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find reported totals that differ for one date, fall, or hold fewer than the ratifications known here."""
    moments = published(tables)
    counts = [
        Statement(
            row_id=row["row_id"],
            indicator=rules.ratified,
            value=float(row["count"]),
            bounds=allowed(float(row["count"])),
            country=row["country"],
            start=row["as_of_first"],
            end=row["as_of_last"],
            beside=(row["as_of"], wording.label("source_kinds", row["source_kind"]).lower()),
        )
        for row in tables["ratification_counts"].sort("row_id").iter_rows(named=True)
    ]
    for statement in figures:
        if (
            statement.indicator == rules.ratified
            and statement.country
            and not statement.scope
            and statement.qualifier == "exact"
        ):
            first, last = moments.get(statement.report_id, (None, None))
            # A total of ratifications is the country's, whoever reports it and in whatever event.
            counts.append(
                replace(statement, start=first, end=last, event_id="", organisation="", body=frozenset(), scope=())
            )
    known = tables["ratifications"].filter(pl.col("ratified_on").is_not_null()).sort("row_id")
    for country, totals in sorted(by_key(counts, lambda statement: statement.country).items()):
        yield from _counts_of(totals, known.filter(pl.col("country") == country), rules=rules)


def _counts_of(counts: Sequence[Statement], known: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    undated: dict[str, Statement] = {}
    dated = {total.value for total in counts if total.start is not None}
    for one, other in combinations(counts, 2):
        if one.value == other.value:
            continue
        early, late = sorted((one, other), key=lambda total: (str(total.end), str(total.start)))
        row = compare(one, other, rules=rules)
        if row.verdict == "contradict":
            yield _totals("counts_of_one_date", [early, late])
        elif row.dimension == "moment" and None in {one.start, other.start}:
            if not all(total.start is not None or total.value in dated for total in (one, other)):
                undated |= {one.row_id: one, other.row_id: other}
        elif row.dimension == "moment" and late.value < early.value:
            yield _totals("count_falls", [early, late])
    if undated:
        yield _totals("undated_counts", list(undated.values()), dimension="moment")
    for total in (total for total in counts if total.start is not None):
        held = known.filter(pl.col("ratified_on_last") <= total.start).get_column("row_id").to_list()
        if len(held) > total.value:
            yield _totals("count_below_known", [total], more=held, known=len(held))


def _totals(
    check: str, totals: Sequence[Statement], *, dimension: str = "value", more: Iterable[str] = (), **details: object
) -> Finding:
    return _finding(
        check, totals, {"amounts": [total.amount for total in totals], **details}, dimension=dimension, more=more
    )


def official_series(country_years: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Compare the values of each country with one another, some countries at a time: official tables are long."""
    known = country_years.select(*_SERIES, "year", "value", "row_id", "best_source", "freq")
    known = annual(known.filter(pl.col("value").is_not_null()))
    for countries in _some_at_a_time(known.get_column("country")):
        values = as_text(known.filter(pl.col("country").is_in(countries)))
        yield from releases(values, rules=rules)
        yield from class_totals(values, rules=rules)


def _some_at_a_time(of_rows: pl.Series) -> Iterator[list[str]]:
    """Yield all countries of rows, so many at a time as have `AT_ONCE` rows together; at least one."""
    rows, some = 0, list[str]()
    for country, count in of_rows.cast(pl.String).value_counts().sort("country").iter_rows():
        if some and rows + count > AT_ONCE:
            yield some
            rows, some = 0, []
        rows, some = rows + count, [*some, country]
    if some:
        yield some


def releases(country_years: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Find series that two releases give differently; one finding for each country and indicator."""
    published = country_years.filter(pl.col("value").is_not_null())
    cell = ["country", "indicator", "unit", "classification", "year"]
    about = ["country", "indicator"]
    several = published.select(*about, "source", "vintage").unique().group_by(about).len()
    published = published.join(several.filter(pl.col("len") > 1), on=about, how="semi")
    shared = published.filter(pl.struct("source", "vintage").n_unique().over(cell) > 1)
    differing = shared.filter(pl.col("value").n_unique().over(cell) > 1).sort("row_id")
    steps = _steps(published.join(differing, on=_SERIES, how="semi", nulls_equal=True), rules)
    found: dict[tuple[str, str], list[list[Row]]] = defaultdict(list)
    for group in differing.partition_by(cell, maintain_order=True):
        rows = group.rows(named=True)
        found[rows[0]["country"], rows[0]["indicator"]].append(list(rows))
    cells = shared.group_by("country", "indicator").agg(cells=pl.struct(cell).n_unique())
    shared_by = {(country, indicator): many for country, indicator, many in cells.iter_rows()}
    for series, values in sorted(found.items()):
        revised = [
            rows for rows in values if _clashing([_of_series(row, steps) for row in rows], rules, verdict="revision")
        ]
        if revised:
            yield _of_releases(*series, shared_by[series], revised)


def _steps(published: pl.DataFrame, rules: Rules) -> dict[tuple[object, ...], float]:
    """Return the unit of the last printed digit of each series that is rounded: a 5 among 5.1 and 4.9 is 5.0."""
    digits, rounded = published.group_by(_SERIES).agg(digits=_digits().max()), rounded_units(rules)
    return {
        tuple(row[name] for name in _SERIES): 10.0 ** -row["digits"]
        for row in digits.iter_rows(named=True)
        if row["unit"] in rounded
    }


def _digits() -> pl.Expr:
    """Return how many digits each value has behind its point, in the shortest text that gives the number."""
    text = pl.col("value").cast(pl.String)
    behind = text.str.extract(r"\.(\d*?)0*(?:e|$)").str.len_chars().fill_null(0).cast(pl.Int64)
    smaller = text.str.extract(r"e-(\d+)$").cast(pl.Int64)
    larger = text.str.contains(r"e\d")
    return pl.when(larger).then(0).otherwise(behind + smaller.fill_null(0))


def _of_series(row: Row, steps: Mapping[tuple[object, ...], float]) -> Statement:
    last_digit = steps.get(tuple(row[name] for name in _SERIES))
    return Statement(
        row_id=row["row_id"],
        value=row["value"],
        indicator=row["indicator"],
        country=row["country"],
        unit=row["unit"],
        bounds=allowed(row["value"], rounded=last_digit is not None, last_digit=last_digit),
        start=date(row["year"], 1, 1),
        end=date(row["year"], 12, 31),
        release=_release(row),
    )


def _spread(rows: Sequence[Row]) -> float:
    values: list[float] = [row["value"] for row in rows]
    return max(values) - min(values)


def _of_releases(country: str, indicator: str, shared: int, differing: Sequence[Sequence[Row]]) -> Finding:
    widest = max(differing, key=lambda rows: (_spread(rows), rows[0]["year"]))
    years = sorted({rows[0]["year"] for rows in differing})
    by_value: dict[float, list[str]] = {}
    for row in widest:
        by_value.setdefault(row["value"], []).append(_release(row))
    return Finding(
        "releases",
        tuple(row["row_id"] for rows in differing for row in rows),
        {
            "releases": list(dict.fromkeys(_release(row) for rows in differing for row in rows)),
            "differing": len(differing),
            "shared": shared,
            "years": {"start": str(years[0]), "end": str(years[-1])},
            "year": str(widest[0]["year"]),
            # Releases may carry ten digits behind the point; two are enough to compare.
            "amounts": distinct(amount(round(value, 2), beside=sources) for value, sources in by_value.items()),
        },
        indicator=indicator,
        country=country,
        difference=round(_spread(widest), 6),
        dimension="release",
    )


def _release(row: Row) -> str:
    source, vintage = row["source"], row["vintage"]
    return source if vintage in source else f"{source} {vintage}"


def class_totals(country_years: pl.DataFrame, *, rules: Rules) -> Iterator[Finding]:
    """Find years in which classes exceed their total, or do not make it up where all classes are always there."""
    published = country_years.filter(
        pl.col("value").is_not_null()
        & pl.col("unit").is_in(sorted(rules.additive_units))
        & pl.col("classification").is_not_null()
    )
    cell = ["country", "indicator", "unit", "source", "vintage", "year"]
    held = set(published.get_column("classification").unique())
    totals = [classes for classes in rules.classes if classes.total in held]
    if not totals:
        return
    doubtful = pl.concat([_differing_cells(published, classes, cell, rules) for classes in totals])
    published = published.join(doubtful, on=cell, how="semi").sort("row_id")
    steps = _steps(country_years.join(published, on=_SERIES, how="semi", nulls_equal=True), rules)
    for group in published.partition_by(cell, maintain_order=True):
        rows = {row["classification"]: row for row in group.iter_rows(named=True)}
        for classes in totals:
            total = rows.get(classes.total)
            members = [row for name, row in rows.items() if _belongs(name, classes)]
            if total is None or not members:
                continue
            complete = classes.complete and len(members) == len(classes.parts)
            made = total_of(_of_series(row, steps).bounds for row in members)
            whole = _of_series(total, steps).bounds
            if made.adjoins(whole) or (made.high < whole.low and not complete):
                continue
            yield _of_total(total, members)


def _differing_cells(published: pl.DataFrame, classes: Classes, cell: Sequence[str], rules: Rules) -> pl.DataFrame:
    """Return the years whose classes and total may differ by more than their rounding: few, looked at one by one."""
    name = pl.col("classification")
    named = name.is_in(classes.parts)
    if classes.prefix:
        named |= name.str.starts_with(classes.prefix) & ~name.str.ends_with("_TOTAL")
    totals = published.filter(name == classes.total)
    members = published.filter(named & (name != classes.total)).join(totals, on=cell, how="semi")
    finest = pl.lit(10.0).pow(-_digits().max().over(_SERIES))
    half = pl.when(pl.col("unit").is_in(sorted(rounded_units(rules)))).then(finest / 2).otherwise(0.0).alias("half")
    sums = members.with_columns(half).group_by(cell).agg(made=pl.col("value").sum(), made_half=pl.col("half").sum())
    both = totals.with_columns(half).join(sums, on=cell)
    near = (pl.col("made") - pl.col("value")).abs() <= (pl.col("half") + pl.col("made_half")) * (1 - _SLACK)
    return both.filter(~near).select(cell)


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
