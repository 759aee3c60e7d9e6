"""Rates of strikes and lockouts by year, where the study is a register or a sample: a selection of texts has none."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import cldr
from socdialog.display.parts import Part, Span, Value, sentence
from socdialog.intake.disputes import build_disputes
from socdialog.metrics import disputes as metric
from socdialog.metrics.disputes import Counted
from socdialog.profiles.context import ProfileContext, coverage
from socdialog.profiles.listing import DASH, Row, absence, own

_COUNTED: dict[Counted, str] = {"workers": "workers involved", "days_not_worked": "days not worked"}
_OF = 1000
_NOTE = (
    " strikes and lockouts; the rate is of these alone. From and to: the bounds of all claims; there is an upper bound "
    "only where each has one. A dash is not zero."
)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show workers involved and days not worked per 1,000 employees, each year with what is known of it."""
    if not context.represents:
        return
    tables = {name: context[name] for name in ("events", "figures")}
    disputes = build_disputes(tables).filter(pl.col("country") == context.countries[0])
    told: list[Counted] = [name for name in _COUNTED if disputes.get_column(f"{name}_low").count()]
    if not told:
        return
    series = context.rows_for("country_years").filter(pl.col("value").is_not_null(), pl.col("classification").is_null())
    below = context["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator")
    indicator = next((code for code in below if code in set(series.get_column("indicator"))), None)
    if indicator is None:
        yield sentence(
            "Rates per 1,000 employees: ", absence("not known here"), ", as the study has no series of employees."
        )
        return
    publisher = series.filter(pl.col("indicator") == indicator).get_column("source").sort()[0]
    for name in told:
        found = metric.rates_by_year(disputes, series, employees=indicator, of=name, source=publisher).frame
        yield _table(context, name, found, context.called("indicators", indicator, "label"))


def _table(context: ProfileContext, name: Counted, found: pl.DataFrame, label: str) -> Part:
    what = _COUNTED[name]
    denominators = found.get_column("denominator").drop_nulls().unique().sort().to_list()
    every = pl.DataFrame({"row_id": found.get_column("evidence").explode().unique().sort()})
    stoppages = every.filter(~pl.col("row_id").str.starts_with("country_years"))
    return context.listing(
        f"rates-{name.replace('_', '-')}",
        f"{what} in strikes and lockouts, per 1,000 employees, by year of beginning",
        found.sort("year", descending=True),
        {
            "year": lambda row: str(row["year"]),
            f"#{what}": lambda row: _number(row["counted"], row),
            "#known of": lambda row: Value(f"{row['known']} of {row['n']}", own(row)),
            "#per 1,000 employees": lambda row: _number(row["value"], row),
            "#from": lambda row: _number(row["low"], row),
            "#to": lambda row: _number(row["high"], row),
        },
        note=(
            f"Denominator: {label} ({'; '.join(denominators) or 'no value for these years'}). Number known for ",
            coverage(float(found.get_column("known").sum()), stoppages),
            _NOTE,
        ),
    )


def _number(value: float | None, row: Row) -> Span:
    if value is None:
        return DASH
    return Value(cldr.number(round(value, 0 if value >= _OF else 2 if value >= 1 else 4)), own(row))
