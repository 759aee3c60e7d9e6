"""Amounts that hold from a day on, such as minimum wages, as steps."""

from __future__ import annotations

from datetime import date

import altair as alt
import polars as pl

from socdialog.display.chart_parts import DASHES, data_of, height_for, labels_at_end, rounded_domain, titled, years_axis
from socdialog.display.chart_sizes import HEIGHT
from socdialog.display.theme import COLOURS

#: Labels of years have room between them on a phone too.
_APART = {"labelOverlap": "greedy", "labelSeparation": 8}


def steps(frame: pl.DataFrame, *, title: str, subtitle: str) -> alt.LayerChart:
    """Draw amounts as steps, each from its first day to that of the next; the last one found is a point.

    Parameters
    ----------
    frame
        Columns ``start`` (date), ``value`` and ``line`` (name of the series, in the order of their colours).
    title, subtitle
        The finding; unit, years and source.

    Returns
    -------
    altair.LayerChart
        Lines and points; several lines are named next to their last value.
    """
    names = frame.get_column("line").unique(maintain_order=True).to_list()
    data = frame.select(
        pl.col("start").map_elements(decimal_year, return_dtype=pl.Float64).alias("at"), "value", "line"
    ).sort(pl.col("line").cast(pl.Enum(names)), "at", "value")
    low, high = data.select(pl.col("at").min(), pl.col("at").max().alias("high")).row(0)
    domain = rounded_domain(data.get_column("value"), zero=True)
    last = dict(data.group_by("line", maintain_order=True).agg(pl.col("value").last()).iter_rows())
    scale = alt.Scale(domain=list(domain), nice=False)
    colours = alt.Scale(domain=names, range=list(COLOURS[: len(names)]))
    dashes = alt.Scale(domain=names, range=[DASHES[at % len(DASHES)] for at in range(len(names))])
    base = alt.Chart(data_of(data)).encode(
        x=years_axis("at:Q", int(low), max(-int(-high // 1), int(low) + 1), grid=False, **_APART),
        color=alt.Color("line:N", scale=colours, legend=None),
    )
    lines = base.mark_line(interpolate="step-after").encode(
        y=alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=5, format=",d")),
        strokeDash=alt.StrokeDash("line:N", scale=dashes, legend=None),
    )
    height = height_for(last) if len(names) > 1 else HEIGHT
    beside = labels_at_end(last, domain, height=height) if len(names) > 1 else None
    points = base.mark_point(filled=True, opacity=1, size=30).encode(y=alt.Y("value:Q", scale=scale, axis=beside))
    chart: alt.LayerChart = titled([lines, points], title, subtitle, height=height).resolve_axis(y="independent")
    return chart


def decimal_year(day: date) -> float:
    """Return a day as a year with decimals.

    Examples
    --------
    >>> decimal_year(date(2024, 1, 1)), decimal_year(date(2023, 7, 2))
    (2024.0, 2023.498630137)
    """
    begin, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - begin).days / (end - begin).days, 9)
