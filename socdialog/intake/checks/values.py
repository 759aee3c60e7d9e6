"""Rules about reported figures and the registry of countries: units, currencies, ranges, ISO codes."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import attribute, codes_with
from socdialog.intake.checks.rule_context import (
    CheckContext,
    Finding,
    each,
    is_within,
    must_be,
)


def wrong_unit(context: CheckContext) -> Iterator[Finding]:
    """Report when a figure has a unit that its indicator does not have."""
    for table, catalogue in (("figures", "indicators_reported"), ("country_years", "indicators")):
        if not context.has(table, "indicator", "unit"):
            continue
        indicators = context.frame(catalogue, "indicator", "unit")
        due = (
            indicators.filter(pl.col("unit").is_not_null())
            .select("indicator", pl.col("unit").alias("due"))
            .unique("indicator", keep="first")
        )
        pairs = context.together(table, "indicator", "unit").join(due, on="indicator")
        if pairs.filter(pl.col("unit") != pl.col("due")).is_empty():
            continue
        every = context.tables[table].select("indicator", "unit", "raw_line").join(due, on="indicator")
        rows = every.filter(pl.col("unit") != pl.col("due"))
        for indicator, line in _all_wrong(every, rows, indicators):
            units = " or ".join(map(repr, rows.filter(pl.col("indicator") == indicator)["unit"].unique().sort()))
            yield Finding(catalogue, line, "unit", f"no row of {indicator!r} has this unit; they have {units}")
            rows = rows.filter(pl.col("indicator") != indicator)
        message = "{unit!r} is not the unit of {indicator!r}; write {due!r}, or use another indicator"
        yield from each(table, rows.sort("raw_line"), "unit", message)


def _all_wrong(every: pl.DataFrame, wrong: pl.DataFrame, catalogue: pl.DataFrame) -> list[tuple[str, int]]:
    """Return indicators of which all of several rows are wrong, with their line in the catalogue: it is at fault."""
    counts = every.group_by("indicator").len("rows").join(wrong.group_by("indicator").len("wrong"), on="indicator")
    faulty = counts.filter(pl.col("rows") > 1, pl.col("rows") == pl.col("wrong"))
    return faulty.join(catalogue, on="indicator").sort("raw_line").select("indicator", "raw_line").rows()


def wrong_currency(context: CheckContext) -> Iterator[Finding]:
    """Report when money has no currency, or something else has one."""
    money, has_none = pl.col("unit").is_in(codes_with("units", "family", "money")), pl.col("currency").is_null()
    figures = context.rows_right_in("figures", "currency", "unit").filter(pl.col("unit").is_not_null())
    missing = "is empty, but {unit!r} is money; write the currency (ISO 4217)"
    surplus = "{currency!r} is given with {unit!r}, which is not a unit of money; leave it empty or correct the unit"
    yield from each("figures", figures.filter(money, has_none), "currency", missing)
    yield from each("figures", figures.filter(~money, ~has_none), "currency", surplus)


def high_below_value(context: CheckContext) -> Iterator[Finding]:
    """Report when the high end of a range lies below its low end."""
    figures = context.frame("figures", "value", "value_high")
    rows = figures.filter(pl.col("value_high").cast(pl.Float64) < pl.col("value").cast(pl.Float64))
    message = "{value_high} is below value {value}; value is the low end of a range, value_high the high end"
    yield from each("figures", rows, "value_high", message)


def range_without_ends(context: CheckContext) -> Iterator[Finding]:
    """Report when a range has no high end, or a value that is not a range has one."""
    ranges = codes_with("qualifiers", "needs_high")
    is_range, has_none = pl.col("qualifier").is_in(ranges), pl.col("value_high").is_null()
    figures = context.rows_right_in("figures", "value_high", "value", "qualifier")
    missing = "is empty, but the qualifier is {qualifier!r}; write the high end"
    named = " or ".join(map(repr, ranges))
    surplus = f"{{value_high}} is given with the qualifier {{qualifier!r}}; only {named} has a high end"
    yield from each("figures", figures.filter(is_range, has_none), "value_high", missing)
    yield from each("figures", figures.filter(~is_range, ~has_none), "value_high", surplus)


def figure_out_of_range(context: CheckContext) -> Iterator[Finding]:
    """Report when a reported figure lies out of the range that the kind of its indicator allows."""
    figures = context.frame("figures", "indicator", "value")
    indicators = context.frame("indicators_reported", "indicator", "kind").select("indicator", "kind").drop_nulls()
    kinds = {name: _kind(name, kind) for name, kind in indicators.iter_rows()}
    for column in [name for name in ("value", "value_high") if name in figures.columns]:
        number = pl.col(column).cast(pl.Float64)
        for kind in sorted(set(kinds.values())):
            low, high, whole = (attribute("indicator_kinds", kind, name) for name in ("min", "max", "whole"))
            wrong = ~is_within(number, low, high)
            if whole:
                wrong |= number.floor() != number
            of_kind = pl.col("indicator").is_in([name for name, its_kind in kinds.items() if its_kind == kind])
            label = codebook.vocabulary("indicator_kinds")[kind].label.lower()
            must = f"{'a whole number' if whole else 'a number'} {must_be(low, high)}".strip()
            message = f"{{{column}}} is out of the range of {{indicator!r}} ({label}): {must}{{thousands}}"
            rows = figures.filter(of_kind, wrong).with_columns(thousands=_thousands(column))
            yield from each("figures", rows, column, message)


def _thousands(column: str) -> pl.Expr:
    """Say what a number with three digits behind its point may be; empty for any other."""
    whole = pl.col(column).str.replace(".", "", literal=True)
    may = pl.col(column).str.contains(r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$")
    return pl.when(may).then(pl.format("; write {} if the point separates thousands", whole)).otherwise(pl.lit(""))


def _kind(indicator: str, kind: str) -> str:
    """Return the kind whose range an indicator has: its own, or the one its name ends with."""
    named = attribute("indicator_kinds", kind, "named")
    endings = named.items() if isinstance(named, dict) else ()
    return next((str(other) for ending, other in endings if indicator.endswith(ending)), kind)


def wrong_iso(context: CheckContext) -> Iterator[Finding]:
    """Report when the two-letter or the numeric code of a country is not the one of ISO 3166-1."""
    for column in ("iso2", "m49"):
        rows = context.rows_right_in("countries", column, "country").filter(pl.col("country").is_not_null())
        for country, given, line in rows.select("country", column, "raw_line").iter_rows():
            due = attribute("iso_countries", country, column)
            if due is not None and given != str(due):
                problem = "is empty" if given is None else f"{given!r} is not the code of {country}"
                yield Finding("countries", line, column, f"{problem}; write {due}")


def dated_though_not_ratified(context: CheckContext) -> Iterator[Finding]:
    """Report when a convention said not to be ratified has a date of ratification."""
    rows = context.frame("ratifications", "status", "ratified_on").filter(
        pl.col("status").is_in(codes_with("ratification_statuses", "registered", value=False)),
        pl.col("ratified_on").is_not_null(),
    )
    message = "{ratified_on!r} is given with the status {status!r}; correct one of them"
    yield from each("ratifications", rows, "ratified_on", message)
