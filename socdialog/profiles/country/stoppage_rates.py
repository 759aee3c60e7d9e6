"""Rates of strikes and lockouts by year, where the study is a register or a sample: a selection of sources has none."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import cldr
from socdialog.display.messages import say, words
from socdialog.display.parts import Part, Span, Value, small_print
from socdialog.intake.disputes import build_disputes
from socdialog.metrics import disputes as metric
from socdialog.metrics.disputes import Counted
from socdialog.profiles.context import ProfileContext, coverage
from socdialog.profiles.listing import DASH, Row, listed, own

_COUNTED: tuple[Counted, ...] = ("workers", "days_not_worked")
_OF = 1000


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show workers involved and days not worked per 1,000 employees, each year with what is known of it."""
    if not context.represents:
        return
    tables = {name: context[name] for name in ("events", "figures")}
    disputes = build_disputes(tables).filter(pl.col("country") == context.countries[0])
    stated = [name for name in _COUNTED if disputes.get_column(f"{name}_low").count()]
    if not stated:
        return
    series = context.rows_for("country_years").filter(pl.col("value").is_not_null(), pl.col("classification").is_null())
    below = context["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator")
    indicator = next((code for code in below if code in set(series.get_column("indicator"))), None)
    if indicator is None:
        yield context.no_data(words("rates.employees"))
        yield small_print(words("rates.no_rates"))
        return
    publisher = series.filter(pl.col("indicator") == indicator).get_column("source").sort()[0]
    for name in stated:
        found = metric.rates_by_year(disputes, series, employees=indicator, of=name, source=publisher).frame
        yield _table(context, name, found, context.called("indicators", indicator, "label"))


def _table(context: ProfileContext, name: Counted, found: pl.DataFrame, label: str) -> Part:
    what = words(f"rates.{name}")
    denominators = found.get_column("denominator").drop_nulls().unique().sort().to_list()
    every = pl.DataFrame({"row_id": found.get_column("evidence").explode().unique().sort()})
    stoppages = every.filter(~pl.col("row_id").str.starts_with("country_years"))
    return listed(
        f"rates-{name.replace('_', '-')}",
        words("rates.caption", what=what, country=context.in_prose),
        found.sort("year", descending=True),
        {
            words("rates.year"): lambda row: str(row["year"]),
            f"#{what[:1].upper()}{what[1:]}": lambda row: _number(row["counted"], row),
            words("rates.known"): lambda row: Value(
                words("rates.known_of", known=str(row["known"]), all=str(row["n"])), own(row)
            ),
            words("rates.rate"): lambda row: _number(row["value"], row),
            words("rates.low"): lambda row: _number(row["low"], row),
            words("rates.high"): lambda row: _number(row["high"], row),
        },
        note=say(
            "rates.note",
            label=label,
            denominators="; ".join(denominators) or words("rates.no_denominator"),
            known=coverage(float(found.get_column("known").sum()), stoppages),
        ),
    )


def _number(value: float | None, row: Row) -> Span:
    if value is None:
        return DASH
    return Value(cldr.number(round(value, 0 if value >= _OF else 2 if value >= 1 else 4)), own(row))
