"""Rules about reported figures and the registry of countries: units, currencies, ranges, ISO codes."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.intake.checks.rule_context import CheckContext, Finding, term_attribute, terms_with


def wrong_unit(context: CheckContext) -> Iterator[Finding]:
    """Report when a figure has a unit that its indicator does not have."""
    for table, catalogue in (("figures", "indicators_reported"), ("country_years", "indicators")):
        frame, indicators = context.frame(table, "indicator", "unit"), context.frame(catalogue, "indicator", "unit")
        if frame is None or indicators is None:
            continue
        due = (
            indicators.filter(pl.col("unit").is_not_null())
            .select("indicator", pl.col("unit").alias("due"))
            .unique("indicator", keep="first")
        )
        pairs = context.together(table, "indicator", "unit").join(due, on="indicator")
        if pairs.filter(pl.col("unit") != pl.col("due")).is_empty():
            continue
        every = frame.select("indicator", "unit", "raw_line").join(due, on="indicator")
        rows = every.filter(pl.col("unit") != pl.col("due"))
        for indicator, line in all_wrong(every, rows, indicators):
            units = " or ".join(map(repr, rows.filter(pl.col("indicator") == indicator)["unit"].unique().sort()))
            yield Finding(catalogue, line, "unit", f"no row of {indicator!r} has this unit; they have {units}")
            rows = rows.filter(pl.col("indicator") != indicator)
        for line, indicator, unit, right in (
            rows.sort("raw_line").select("raw_line", "indicator", "unit", "due").iter_rows()
        ):
            yield Finding(
                table,
                line,
                "unit",
                f"{unit!r} is not the unit of {indicator!r}; write {right!r}, or use another indicator",
            )


def all_wrong(every: pl.DataFrame, wrong: pl.DataFrame, catalogue: pl.DataFrame) -> list[tuple[str, int]]:
    """Return indicators of which all of several rows are wrong, with their line in the catalogue: it is at fault."""
    counts = every.group_by("indicator").len("rows").join(wrong.group_by("indicator").len("wrong"), on="indicator")
    faulty = counts.filter(pl.col("rows") > 1, pl.col("rows") == pl.col("wrong"))
    return faulty.join(catalogue, on="indicator").sort("raw_line").select("indicator", "raw_line").rows()


def wrong_currency(context: CheckContext) -> Iterator[Finding]:
    """Report when money has no currency, or something else has one."""
    figures = context.frame("figures", "unit", "currency")
    if figures is None:
        return
    wrong = {line for line, column in context.wrong.get("figures", ()) if column == "currency"}
    money = pl.col("unit").is_in(terms_with("units", "family", "money"))
    rows = figures.filter(
        pl.col("unit").is_not_null(), money == pl.col("currency").is_null(), ~pl.col("raw_line").is_in(list(wrong))
    )
    for line, unit, currency in rows.select("raw_line", "unit", "currency").iter_rows():
        if currency is None:
            yield Finding(
                "figures", line, "currency", f"is empty, but {unit!r} is money; write the currency (ISO 4217)"
            )
        else:
            yield Finding(
                "figures",
                line,
                "currency",
                f"{currency!r} stands with {unit!r}, which is not money; leave it empty or mend the unit",
            )


def high_below_value(context: CheckContext) -> Iterator[Finding]:
    """Report when the high end of a range lies below its low end."""
    figures = context.frame("figures", "value", "value_high")
    if figures is None:
        return
    rows = figures.filter(pl.col("value_high").cast(pl.Float64) < pl.col("value").cast(pl.Float64))
    for line, low, high in rows.select("raw_line", "value", "value_high").iter_rows():
        yield Finding(
            "figures",
            line,
            "value_high",
            f"{high} is below value {low}; value is the low end of a range, value_high the high end",
        )


def range_without_ends(context: CheckContext) -> Iterator[Finding]:
    """Report when a range has no high end, or a value that is no range has one."""
    figures = context.frame("figures", "value", "value_high", "qualifier")
    if figures is None:
        return
    wrong = {line for line, column in context.wrong.get("figures", ()) if column == "value_high"}
    ranges = terms_with("qualifiers", "needs_high")
    rows = figures.filter(
        pl.col("qualifier").is_not_null(),
        pl.col("qualifier").is_in(ranges) == pl.col("value_high").is_null(),
        ~pl.col("raw_line").is_in(list(wrong)),
    )
    for line, high, qualifier in rows.select("raw_line", "value_high", "qualifier").iter_rows():
        if high is None:
            yield Finding(
                "figures", line, "value_high", f"is empty, but the qualifier is {qualifier!r}; write the high end"
            )
        else:
            yield Finding(
                "figures",
                line,
                "value_high",
                f"{high} stands with the qualifier {qualifier!r}; only {' or '.join(map(repr, ranges))} has a high end",
            )


def figure_out_of_range(context: CheckContext) -> Iterator[Finding]:
    """Report when a reported figure lies out of the range that the kind of its indicator allows."""
    figures, indicators = (
        context.frame("figures", "indicator", "value"),
        context.frame("indicators_reported", "indicator", "kind"),
    )
    if figures is None or indicators is None:
        return
    kinds = {name: _kind(name, kind) for name, kind in indicators.select("indicator", "kind").drop_nulls().iter_rows()}
    rows = figures.with_columns(
        pl.col("indicator")
        .replace_strict(list(kinds), list(kinds.values()), default=None, return_dtype=pl.String)
        .alias("kind")
    )
    for column in ("value", "value_high"):
        if column not in rows.columns:
            continue
        number = pl.col(column).cast(pl.Float64)
        for kind in sorted(set(kinds.values())):
            low, high, whole = (term_attribute("indicator_kinds", kind, name) for name in ("min", "max", "whole"))
            bad = pl.lit(value=False)
            if isinstance(low, (int, float)):
                bad = bad | (number < low)
            if isinstance(high, (int, float)):
                bad = bad | (number > high)
            if whole:
                bad = bad | (number.floor() != number)
            for line, value, indicator in (
                rows.filter(pl.col("kind") == kind, bad).select("raw_line", column, "indicator").iter_rows()
            ):
                must = _must(low, high, whole=bool(whole))
                label = codebook.vocabulary("indicator_kinds")[kind].label.lower()
                yield Finding(
                    "figures", line, column, f"{value} is out of the range of {indicator!r} ({label}): {must}"
                )


def _kind(indicator: str, kind: str) -> str:
    """Return the kind whose range an indicator has: its own, or the one its name ends with."""
    named = term_attribute("indicator_kinds", kind, "named")
    if isinstance(named, dict):
        for ending, other in named.items():
            if indicator.endswith(ending):
                return str(other)
    return kind


def _must(low: object, high: object, *, whole: bool) -> str:
    what = "a whole number" if whole else "a number"
    if low is not None and high is not None:
        return f"{what} from {low} to {high}"
    if low is not None:
        return f"{what} of at least {low}"
    return what if high is None else f"{what} of at most {high}"


def wrong_iso(context: CheckContext) -> Iterator[Finding]:
    """Report when the two-letter or the numeric code of a country is not the one of ISO 3166-1."""
    countries = context.frame("countries", "country")
    if countries is None:
        return
    for row in countries.filter(pl.col("country").is_not_null()).iter_rows(named=True):
        for column in ("iso2", "m49"):
            due, given = term_attribute("iso_countries", row["country"], column), row.get(column)
            if given is not None and due is not None and given != str(due):
                yield Finding(
                    "countries", row["raw_line"], column, f"{given!r} is not the code of {row['country']}; write {due}"
                )


def dated_though_not_ratified(context: CheckContext) -> Iterator[Finding]:
    """Report when a convention said not to be ratified has a date of ratification."""
    rows = context.frame("ratifications", "status", "ratified_on")
    if rows is None:
        return
    unregistered = terms_with("ratification_statuses", "registered", value=False)
    for line, status, day in (
        rows.filter(pl.col("status").is_in(unregistered), pl.col("ratified_on").is_not_null())
        .select("raw_line", "status", "ratified_on")
        .iter_rows()
    ):
        yield Finding(
            "ratifications", line, "ratified_on", f"{day!r} stands with the status {status!r}; mend one of the two"
        )
