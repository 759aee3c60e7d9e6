"""A scale plot as a drawing for a file: the marks that the page places next to each name, and their values in words."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import polars as pl

from socdialog.display.chart_output import show_offline
from socdialog.display.chart_parts import WIDTH, data_of, labels_axis, titled
from socdialog.display.parts import ScalePlot, plain
from socdialog.display.theme import COLOURS

show_offline()

#: Height of a row, of a bar in it, and the distance of the words on the right.
_ROW, _BAR, _BESIDE = 24, 10, 12


def scale_chart(part: ScalePlot) -> alt.LayerChart:
    """Return the chart of a scale plot: a dot for a value, a bar for a span; of hollow ones the dashed edge."""
    marks = pl.DataFrame(
        [
            {"label": plain((row.label,)), "low": mark.low, "high": mark.high, "hollow": mark.hollow}
            for row in part.rows
            for mark in row.marks
        ],
        schema={"label": pl.String, "low": pl.Float64, "high": pl.Float64, "hollow": pl.Boolean},
    )
    words = pl.DataFrame(
        [{"label": plain((row.label,)), "value": plain(row.value)} for row in part.rows],
        schema={"label": pl.String, "value": pl.String},
    )
    named = dict(zip(part.ticks, part.tick_words, strict=True))
    text = "".join(f"datum.value === {tick} ? {json.dumps(word)} : " for tick, word in named.items())
    axis = alt.Axis(values=list(part.ticks), labelExpr=f"{text}''")
    scale = alt.Scale(domain=[part.ticks[0], part.ticks[-1]], nice=False)
    edge: dict[str, Any] = {"stroke": COLOURS[0], "strokeWidth": 1.5, "opacity": 1}
    look: dict[str, Any] = {
        "fillOpacity": alt.condition("datum.hollow", alt.value(0), alt.value(0.9)),
        "strokeDash": alt.condition("datum.hollow", alt.value([4, 3]), alt.value([1, 0])),
    }
    base = alt.Chart(data_of(marks)).encode(
        x=alt.X("low:Q", title=None, scale=scale, axis=axis), y=labels_axis(), **look
    )
    dots = base.transform_filter("datum.high === null").mark_point(filled=True, **edge)
    bars = base.transform_filter("datum.high !== null").mark_bar(height=_BAR, **edge).encode(x2="high:Q")
    values = alt.Chart(data_of(words)).mark_text(align="left", dx=_BESIDE)
    values = values.encode(x=alt.value("width"), y=labels_axis(), text="value:N")
    return titled([dots, bars, values], part.title, part.subtitle, width=WIDTH, height=alt.Step(_ROW))
