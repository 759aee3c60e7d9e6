"""What charts are made of: axes, labels next to lines, titles. A page draws each as wide as its text and as a phone."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from statistics import fmean
from textwrap import wrap
from typing import Any

import altair as alt
import polars as pl

from socdialog.display.chart_sizes import HEIGHT, LABELS, MARGIN, SUBTITLE, TITLE, WIDTH
from socdialog.display.theme import COLOURS, INK

#: Letters in a line of a label of a bar, and of a label of a line.
LETTERS, _NAME = 24, 16
#: Width of a letter of a label in a wide font, in pixels.
_LETTER = 6.6
#: Height of a line of a label.
_LEADING = 14
#: Space between the names of two lines.
_BETWEEN = 5
#: Lines differ in their dashes too.
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
#: Distances between marks of an axis, times a power of ten.
_STEPS = (1, 2, 2.5, 5, 10)


def titled(
    layers: Sequence[alt.Chart | alt.LayerChart],
    title: str,
    subtitle: str,
    *,
    width: int = WIDTH,
    height: int | alt.Step = HEIGHT,
) -> alt.LayerChart:
    """Put layers into one chart under a title that is broken into lines that fit."""
    words = title_of(title, subtitle)
    return alt.LayerChart(layer=list(layers), title=words, width=width, height=height)


def title_of(title: str, subtitle: str) -> alt.TitleParams:
    """Return a title and a subtitle, broken into lines that fit."""
    return alt.TitleParams(wrap(title, TITLE), subtitle=wrap(subtitle, SUBTITLE))


def data_of(frame: pl.DataFrame) -> alt.InlineData:
    """Return a frame as the data of a chart."""
    rows: Sequence[dict[str, object]] = frame.to_dicts()
    return alt.InlineData(values=list(rows))


def tooltip(frame: pl.DataFrame, *names: str) -> list[alt.Tooltip]:
    """Return what a mark says when it is pointed at: these columns of its row."""
    return [alt.Tooltip(name, type="quantitative" if frame.schema[name].is_numeric() else "nominal") for name in names]


def years_axis(field: str, first: int, last: int, **look: Any) -> alt.X:
    """Name whole years below, from the first to the last; of names that would touch, every other one is left out."""
    usual = {"tickCount": min(8, max(1, last - first)), "labelFlush": False, "labelOverlap": True, "labelSeparation": 8}
    axis = alt.Axis(format="d", tickMinStep=1, **{**usual, **look})
    return alt.X(field, title=None, scale=alt.Scale(domain=[first, last], nice=False), axis=axis)


def labels_axis(names: Iterable[str] = (), **broken: Any) -> alt.Y:
    """Name horizontal bars next to them; `names` that are broken into lines have the room of their longest line."""
    # The renderer measures names of several lines too narrow.
    longest = max((len(line) for name in names for line in name.splitlines()), default=0)
    room = max(MARGIN, round(longest * _LETTER))
    axis = alt.Axis(grid=False, ticks=False, labelLimit=LABELS, minExtent=room, **broken)
    return alt.Y("label:N", title=None, sort=None, axis=axis)


def ends(frame: pl.DataFrame, first: str, last: str) -> tuple[int, int]:
    """Return the first and the last year of a frame; zeros for an empty one."""
    low, high = frame.select(pl.col(first).min(), pl.col(last).max().alias("high")).row(0)
    return int(low or 0), int(high or 0)


def rounded_domain(values: pl.Series, *, zero: bool) -> tuple[float, float]:
    """Return where an axis begins and ends: at round numbers that hold all values.

    Examples
    --------
    >>> rounded_domain(pl.Series([37.6, 49.2]), zero=True)
    (0.0, 50.0)
    """
    known = [float(value) for value in values.drop_nulls()]
    low, high = min(known, default=0.0), max(known, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    span = high - low or abs(high) or 1.0
    size = 10 ** math.floor(math.log10(span / 5))
    step = next(one * size for one in _STEPS if one * size >= span / 5 * (1 - 1e-9))
    first, last = math.floor(round(low / step, 9)) * step, math.ceil(round(high / step, 9)) * step
    return (float(f"{first:.9g}"), float(f"{last if last > first else first + step:.9g}"))


def labels_at_end(ends: Mapping[str, float], domain: tuple[float, float], *, height: int = HEIGHT) -> alt.Axis:
    """Return the names of lines as an axis on the right, each next to its last value and none on another.

    Parameters
    ----------
    ends
        The last value of each line by its name, in the order of their colours.
    domain
        Where the axis of values begins and ends.
    height
        Height of the chart.
    """
    names = {name: _in_lines(name) for name in ends}
    line = _LEADING * (domain[1] - domain[0]) / height
    sizes = {name: len(lines) * line for name, lines in names.items()}
    gap = _BETWEEN * line / _LEADING
    middles = apart(ends, {name: size + gap for name, size in sizes.items()}, within=domain)
    # An axis places the first line of a label at its value, and the others below.
    places = {name: round(middle + (sizes[name] - line) / 2, 6) for name, middle in middles.items()}
    text = "".join(f"datum.value === {place} ? {json.dumps(names[name])} : " for name, place in places.items())
    colours = dict(zip(ends, COLOURS, strict=False))
    conditions = [{"test": f"datum.value === {place}", "value": colours[name]} for name, place in places.items()]
    return alt.Axis(
        orient="right",
        values=list(places.values()),
        labelExpr=text + "''",
        labelColor={"condition": conditions, "value": INK},
        labelLineHeight=_LEADING,
        labelPadding=6,
        labelOverlap=False,
        grid=False,
        ticks=False,
        domain=False,
        title=None,
    )


def height_for(names: Iterable[str]) -> int:
    """Return the height of a chart whose lines are named at their end: the usual one, or more where names need it."""
    return max(HEIGHT, sum(len(_in_lines(name)) * _LEADING + _BETWEEN for name in names))


def _in_lines(name: str) -> list[str]:
    return wrap(name, _NAME) or [name]


def apart(values: Mapping[str, float], sizes: Mapping[str, float], *, within: tuple[float, float]) -> dict[str, float]:
    """Return the middles of labels, as near to their values as they fit one above the other.

    Labels that would overlap are placed around the mean of their values (isotonic regression; Barlow and others 1972).

    Examples
    --------
    >>> apart({"a": 5.0, "b": 5.0, "c": 1.0}, {"a": 2.0, "b": 2.0, "c": 2.0}, within=(0, 10))
    {'c': 1.0, 'a': 4.0, 'b': 6.0}
    """
    ordered = sorted(values, key=lambda name: values[name])
    below = dict(zip(ordered, accumulate((sizes[name] for name in ordered), initial=0.0), strict=False))
    # Where the lowest label would begin, if each were at its own value.
    begins = {name: values[name] - sizes[name] / 2 - below[name] for name in ordered}
    groups: list[list[float]] = []
    for name in ordered:
        groups.append([begins[name]])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    fitted = [fmean(group) for group in groups for _ in group]
    most = max(within[0], within[1] - sum(sizes.values()))
    placed = zip(ordered, (min(max(one, within[0]), most) for one in fitted), strict=True)
    return {name: round(begin + below[name] + sizes[name] / 2, 6) for name, begin in placed}
