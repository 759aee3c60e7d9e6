"""A scale plot as a drawing for a file: the marks that the page places next to each name, and their values in words."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import Any

from socdialog.display.chart_sizes import LABELS, MARGIN, SUBTITLE, TITLE, WIDTH
from socdialog.display.parts import ScalePlot, plain
from socdialog.display.theme import COLOURS

#: Height of a row, of a bar in it, and the distance of the words on the right.
_ROW, _BAR, _BESIDE = 24, 10, 12


def scale_chart(part: ScalePlot) -> dict[str, Any]:
    """Return the chart of a scale plot: a dot for a value, a bar for a span; of hollow ones the dashed edge.

    It is a specification of Vega-Lite: what renders pages draws it, and does without the library that makes others.
    """
    marks = [
        {"label": plain((row.label,)), "low": mark.low, "high": mark.high, "hollow": mark.hollow}
        for row in part.rows
        for mark in row.marks
    ]
    words = [{"label": plain((row.label,)), "value": plain(row.value)} for row in part.rows]
    axis = {"values": list(part.ticks), "labelExpr": _tick_words(part)}
    scale = {"domain": [part.ticks[0], part.ticks[-1]], "nice": False}
    names = {"grid": False, "ticks": False, "labelLimit": LABELS, "minExtent": MARGIN}
    label = {"field": "label", "type": "nominal", "title": None, "sort": None, "axis": names}
    low = {"field": "low", "type": "quantitative", "title": None, "scale": scale, "axis": axis}
    placed = {
        "x": low,
        "y": label,
        "fillOpacity": _of_hollow(0, otherwise=0.9),
        "strokeDash": _of_hollow([4, 3], otherwise=[1, 0]),
    }
    edge = {"stroke": COLOURS[0], "strokeWidth": 1.5, "opacity": 1}
    dots = {"mark": {"type": "point", "filled": True, **edge}, "encoding": placed}
    bars = {"mark": {"type": "bar", "height": _BAR, **edge}, "encoding": {**placed, "x2": {"field": "high"}}}
    beside = {"x": {"value": "width"}, "y": label, "text": {"field": "value", "type": "nominal"}}
    values = {"mark": {"type": "text", "align": "left", "dx": _BESIDE}, "encoding": beside}
    return {
        "title": {"text": wrap(part.title, TITLE), "subtitle": wrap(part.subtitle, SUBTITLE)},
        "width": WIDTH,
        "height": {"step": _ROW},
        "datasets": {"marks": marks, "words": words},
        "layer": [
            {"data": {"name": "marks"}, "transform": [{"filter": "datum.high === null"}], **dots},
            {"data": {"name": "marks"}, "transform": [{"filter": "datum.high !== null"}], **bars},
            {"data": {"name": "words"}, **values},
        ],
    }


def _tick_words(part: ScalePlot) -> str:
    """Return the expression that gives each tick its words."""
    named = dict(zip(part.ticks, part.tick_words, strict=True))
    return "".join(f"datum.value === {tick} ? {json.dumps(word)} : " for tick, word in named.items()) + "''"


def _of_hollow(value: object, *, otherwise: object) -> dict[str, object]:
    return {"condition": {"test": "datum.hollow", "value": value}, "value": otherwise}
