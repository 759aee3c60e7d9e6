"""General agreements of all countries on one axis of time, each for the period that it was concluded for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from socdialog.codebook import cldr
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.display.parts import Mark, Part, ScalePlot, ScaleRow, Value
from socdialog.metrics import institutions as metric
from socdialog.profiles.agreement_spans import placed
from socdialog.profiles.comparison.countries import linked, without
from socdialog.profiles.context import ProfileContext

_TICKS = 4
#: Days of a year, on average.
_YEAR = 365.2425


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show when a general agreement was in place, country by country."""
    found = metric.national_agreements(context["institutions"]).filter(
        pl.col("country").is_in(context.countries) & (pl.col("date").is_not_null() | pl.col("period_end").is_not_null())
    )
    if found.height == 0:
        yield context.no_data(words("comparison.agreements"))
        return
    spans = placed(found)
    low, high = spans["start"].min(), spans["end"].max()
    assert isinstance(low, date)
    assert isinstance(high, date)
    ticks = _ticks(low.year, max(high, context.as_of).year + 1)
    shown = {country: spans.filter(pl.col("country") == country) for country in context.by_name}
    none = {country: "no_agreement" for country, frame in shown.items() if frame.height == 0}
    hollow = spans.filter(~pl.col("certain")).height
    note = (
        words("comparison.dashed") if hollow else "",
        without(context, none),
    )
    yield ScalePlot(
        "agreements",
        words("comparison.agreements_title", first=str(low.year), last=str(high.year)),
        words("comparison.agreements_subtitle"),
        (words("comparison.country"), words("comparison.agreements_value")),
        ticks,
        tuple(str(int(tick)) for tick in ticks),
        tuple(_row(context, country, frame) for country, frame in shown.items() if frame.height),
        (" ".join(part for part in note if part),),
    )


def _row(context: ProfileContext, country: str, frame: pl.DataFrame) -> ScaleRow:
    marks = tuple(map(_mark, frame.iter_rows(named=True)))
    return ScaleRow(linked(context, country, "general-agreements"), marks, (_latest(country, frame),))


def _ticks(first: int, last: int) -> tuple[float, ...]:
    """Return years at equal distances, the last one at or after `last`."""
    step = max(1, -(-(last - first) // _TICKS))
    return tuple(float(first + step * place) for place in range(_TICKS + 1))


def _mark(row: dict[str, date | str | None]) -> Mark:
    start, end = row["start"], row["end"]
    assert isinstance(start, date)
    assert isinstance(end, date)
    return Mark(_as_year(start), _as_year(end), hollow=not row["certain"])


def _as_year(day: date) -> float:
    return round(day.year + (day - date(day.year, 1, 1)).days / _YEAR, 3)


def _latest(country: str, frame: pl.DataFrame) -> Value:
    """Say until when the latest agreement runs, as a link to the profile."""
    row = frame.sort("end", "row_id").row(-1, named=True)
    until = row["period_end"]
    key = "comparison.until" if until else "comparison.end_not_stated"
    text = words(key, date=cldr.date(until)) if until else words(key)
    return Value(text, to=f"{profile_page(country)}#general-agreements")
