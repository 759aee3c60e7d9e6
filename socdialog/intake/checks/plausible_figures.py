"""Rules about implausible figures: money of another time, actions without participants, too many people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import polars as pl

from socdialog.codebook.attributes import attributes, codes_with
from socdialog.codebook.money import currency_use, tender
from socdialog.intake.checks.rule_context import CheckContext, Finding, each

#: What figures are shown with that count the people of an action (see the catalogue of reported figures).
_TAKING_PART = ("strike_workers", "dispute_workers", "reach")
#: So many people live in the largest country, and no organisation has more members.
_MOST_PEOPLE = 1_500_000_000
#: So many times the largest number of people that a series gives of a country is a slip of a digit.
_TIMES = 3
#: Nines that fill a field are no count.
_NINES = r"^9{5,}(\.0+)?$"


def money_out_of_use(context: CheckContext) -> Iterator[Finding]:
    """Report when money is of a time in which its currency was not in use."""
    for table, column in (("minimum_wages", "from"), ("figures", "period_start")):
        rows = context.frame(table, "currency", column)
        if table == "figures":
            reports = context.frame("reports", "report_id", "start_date", "countries")
            reports = reports.select("report_id", "start_date", "countries").unique("report_id", keep="first")
            rows = context.frame(table, "currency", column, "report_id").join(reports, on="report_id", how="left")
            rows = rows.with_columns(pl.coalesce(column, "start_date").alias(column))
        where = pl.coalesce(*(pl.col(name) for name in ("country", "countries") if name in rows.columns), pl.lit(""))
        stated = rows.filter(pl.col("currency").is_not_null(), pl.col(column).is_not_null())
        for line, currency, day, countries in stated.select("raw_line", "currency", column, where).iter_rows():
            use, year = currency_use().get(currency), int(day[:4])
            if use is None or use.covers(year):
                continue
            when = f"not before {use.since}" if use.since and year < use.since else f"until {use.until}"
            then = " or ".join(tender(countries.split(";"), year))
            fix = f"write {then} if the amount is in that currency" if then else "check the currency and the date"
            yield Finding(
                table, line, "currency", f"{currency!r} was in use {when}, but the amount is for {year}; {fix}"
            )


def no_participants(context: CheckContext) -> Iterator[Finding]:
    """Report when an action of a dispute is reported with no participants."""
    catalogue = context.frame("indicators_reported", "indicator", "shown_with")
    counts = catalogue.filter(pl.col("shown_with").is_in(_TAKING_PART)).get_column("indicator").to_list()
    if not context.has("indicators_reported", "shown_with"):
        # A study that says nothing of uses has those of the package's catalogue.
        uses = attributes("shown_with", "indicators")
        counts = [code for use in _TAKING_PART for code in cast("list[str]", uses.get(use) or [])]
    reports = context.frame("reports", "report_id", "kind", "status").select("report_id", "kind", "status")
    figures = context.frame("figures", "report_id", "indicator", "value")
    rows = figures.join(reports.unique("report_id", keep="first"), on="report_id").filter(
        pl.col("indicator").is_in(counts),
        pl.col("value").cast(pl.Float64) == 0,
        pl.col("kind").is_in(codes_with("event_kinds", "dispute_stage", "action")),
        pl.col("status").is_in(codes_with("event_statuses", "happened")),
    )
    message = "{value} {indicator} in a {kind} that took place; delete the line if the number is not stated"
    yield from each("figures", rows.sort("raw_line"), "value", message)


def more_people_than_there_are(context: CheckContext) -> Iterator[Finding]:
    """Report when a figure counts more people than a country has, or is a row of nines."""
    scale = {unit: factor for unit, factor in attributes("units", "scale").items() if isinstance(factor, (int, float))}
    of_persons = codes_with("units", "family", "persons")
    series = context.frame("country_years", "country", "unit", "value").filter(pl.col("unit").is_in(of_persons))
    people = pl.col("value").cast(pl.Float64) * pl.col("unit").replace_strict(
        scale, default=None, return_dtype=pl.Float64
    )
    most = dict(series.group_by("country").agg(people.max()).drop_nulls().iter_rows())
    figures = context.frame("figures", "value", "unit", "country").filter(pl.col("unit").is_in(of_persons))
    number = pl.col("value").cast(pl.Float64) * pl.col("unit").replace_strict(
        scale, default=None, return_dtype=pl.Float64
    )
    limits = {one: top * _TIMES for one, top in most.items()}
    limit = pl.col("country").replace_strict(limits, default=_MOST_PEOPLE, return_dtype=pl.Float64)
    is_nines = pl.col("value").str.contains(_NINES)
    rows = figures.filter((number > pl.min_horizontal(limit, _MOST_PEOPLE)) | is_nines)
    message = "{value} {unit} exceeds the population; check the number and its unit"
    yield from each("figures", rows, "value", message)
