"""Charts. Each takes a tidy frame and keyword options, and returns an altair chart; gaps stay gaps.

They are drawn as wide as a phone shows them without scrolling; wider screens show them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import altair as alt
import polars as pl

from socdialog.display.chart_output import show_offline
from socdialog.display.theme import COLOURS, QUIET

__all__ = ["bars", "by_year", "series", "spans"]
__dir__ = __all__.copy

show_offline()

#: Width of the plot, and of the labels beside horizontal bars.
_WIDTH, _LABELS = 400, 170
#: Least width of the labels, so that a title fits above.
_MARGIN = 120
#: Letters in a line of a title and of a subtitle.
_TITLE, _SUBTITLE = 54, 68
#: Letters in a line of a label that is broken.
_LINE = 24


def by_year(
    frame: pl.DataFrame,
    *,
    title: str,
    subtitle: str,
    value: str = "value",
    axis: str = "events found",
    begins: tuple[int, str] | None = None,
) -> alt.LayerChart:
    """Draw bars of counts by year.

    Parameters
    ----------
    frame
        Columns ``year`` and `value`; a year without a row stays empty on the axis, which is not zero.
    title, subtitle
        The finding; unit, years and source.
    value, axis
        Column of the counts, and what they count.
    begins
        A year to mark, and the words for it, such as that in which a source begins.

    Returns
    -------
    altair.LayerChart
        The bars, and the mark where one is asked for.
    """
    data = frame.select("year", pl.col(value).alias("value")).drop_nulls("year").sort("year")
    low, high = _ends(data, "year", "year")
    years = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=list(range(low, high + 1))),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False),
    )
    bars = (
        alt.Chart(_rows(data))
        .mark_bar()
        .encode(x=years, y=alt.Y("value:Q", title=axis, axis=alt.Axis(tickMinStep=1, tickCount=5, format="d")))
    )
    layers = [bars]
    if begins is not None and low <= begins[0] <= high:
        mark = alt.Chart(_rows(pl.DataFrame({"year": [begins[0]], "words": [begins[1]]}))).encode(x=years)
        left = begins[0] > (low + high) / 2
        layers += [
            mark.mark_rule(strokeDash=[3, 3], color=QUIET),
            mark.mark_text(
                align="right" if left else "left", dx=-4 if left else 4, dy=8, color=QUIET, fontSize=11
            ).encode(text="words:N", y=alt.value(0)),
        ]
    return _titled(layers, title, subtitle, height=180)


def bars(
    frame: pl.DataFrame, *, title: str, subtitle: str, label: str, value: str = "value", axis: str = "events found"
) -> alt.LayerChart:
    """Draw horizontal bars, one a label, with the value written beside each.

    Parameters
    ----------
    frame
        Columns `label` and `value`, in the order to be drawn.
    title, subtitle
        The finding; unit, years and source.
    label, value, axis
        Names of the columns, and what is counted.

    Returns
    -------
    altair.LayerChart
        The bars and their values; there is no axis of values, as each is written.
    """
    data = frame.select(pl.col(label).alias("label"), pl.col(value).alias("value"))
    base = alt.Chart(_rows(data)).encode(
        x=alt.X("value:Q", title=axis, axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False)),
        y=_labels(),
    )
    layers = [base.mark_bar(), base.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format="d"))]
    return _titled(layers, title, subtitle, width=_WIDTH - _LABELS + 60, height=alt.Step(20))


def series(frame: pl.DataFrame, *, title: str, subtitle: str, axis: str, zero: bool = True) -> alt.LayerChart:
    """Draw official values by year as lines, one a release; a missing year breaks the line.

    Parameters
    ----------
    frame
        Columns ``year``, ``value`` and ``release``; releases are never joined into one line.
    title, subtitle
        The finding; unit, years and source.
    axis
        What is measured, with its unit.
    zero
        Whether the axis begins at zero.

    Returns
    -------
    altair.LayerChart
        Lines and points; releases differ in colour and in shape.
    """
    data = _runs(frame.select("year", "value", "release").drop_nulls("value").sort("release", "year"))
    low, high = _ends(data, "year", "year")
    releases = data.get_column("release").unique().sort().to_list()
    columns = 2 if all(len(release) <= _LINE for release in releases) else 1
    legend = None if len(releases) == 1 else alt.Legend(columns=columns)
    # Only scales that name the same domain share one legend of colour and shape.
    named = alt.Scale(domain=releases)
    base = alt.Chart(_rows(data)).encode(
        x=_years("year:Q", low, max(high, low + 1), tickCount=8, grid=False),
        y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=zero), axis=alt.Axis(tickCount=5)),
        color=alt.Color("release:N", title="release", scale=named, legend=legend),
    )
    lines = base.mark_line().encode(detail="run:N")
    points = base.mark_point(filled=True, size=40).encode(
        shape=alt.Shape("release:N", title="release", scale=named, legend=legend)
    )
    return _titled([lines, points], title, subtitle, height=180)


def spans(frame: pl.DataFrame, *, title: str, subtitle: str) -> alt.LayerChart:
    """Draw bars from a first to a last year, one a label; a gap between them is a gap.

    Parameters
    ----------
    frame
        Columns ``label``, ``start`` and ``end`` (years, both included), and ``certain`` (false where
        one end is not stated).
    title, subtitle
        The finding; years and source.

    Returns
    -------
    altair.LayerChart
        The bars; those with an end that is not stated are pale and dashed.
    """
    # Names differ at their end, which a cut label would hide; they are broken into lines instead.
    lines = pl.Series("label", ["\n".join(wrap(label, _LINE)) for label in frame.get_column("label")], dtype=pl.String)
    data = frame.select(lines, "start", (pl.col("end") + 1).alias("end"), "certain")
    most = max((label.count("\n") + 1 for label in lines), default=1)
    low, high = _ends(data, "start", "end")
    drawn = (
        alt.Chart(_rows(data))
        .mark_bar(height=12, stroke=COLOURS[0], strokeWidth=1.5)
        .encode(
            x=_years("start:Q", low, high, tickCount=6),
            x2="end:Q",
            y=_labels(labelLineHeight=13, labelExpr="split(datum.label, '\\n')"),
            fillOpacity=alt.condition("datum.certain", alt.value(0.9), alt.value(0.15)),
            strokeDash=alt.condition("datum.certain", alt.value([1, 0]), alt.value([4, 3])),
        )
    )
    return _titled([drawn], title, subtitle, width=_WIDTH - _LABELS + 60, height=alt.Step(14 + 13 * most))


def _titled(
    layers: Sequence[alt.Chart], title: str, subtitle: str, *, width: int = _WIDTH, height: int | alt.Step
) -> alt.LayerChart:
    """Put layers into one chart under a title that is broken into lines that fit."""
    words = alt.TitleParams(wrap(title, _TITLE), subtitle=wrap(subtitle, _SUBTITLE))
    return alt.LayerChart(layer=list(layers), title=words, width=width, height=height)


def _years(field: str, first: int, last: int, **look: Any) -> alt.X:
    """Name whole years below, from the first to the last."""
    axis = alt.Axis(format="d", tickMinStep=1, **look)
    return alt.X(field, title=None, scale=alt.Scale(domain=[first, last], nice=False), axis=axis)


def _labels(**broken: Any) -> alt.Y:
    """Name horizontal bars beside them; names may be `broken` into lines."""
    axis = alt.Axis(grid=False, ticks=False, labelLimit=_LABELS, minExtent=_MARGIN, **broken)
    return alt.Y("label:N", title=None, sort=None, axis=axis)


def _ends(data: pl.DataFrame, first: str, last: str) -> tuple[int, int]:
    """Return the first and the last year of a frame; zeros for an empty one."""
    low, high = data.select(pl.col(first).min(), pl.col(last).max().alias("high")).row(0)
    return int(low or 0), int(high or 0)


def _runs(data: pl.DataFrame) -> pl.DataFrame:
    """Name each run of consecutive years of one release, so that a missing year breaks the line."""
    starts = (pl.col("year") - pl.col("year").shift(1).over("release")).fill_null(0) != 1
    return data.with_columns(run=pl.col("release") + " " + starts.cum_sum().over("release").cast(pl.String))


def _rows(data: pl.DataFrame) -> alt.InlineData:
    rows: Sequence[dict[str, object]] = data.to_dicts()
    return alt.InlineData(values=list(rows))
