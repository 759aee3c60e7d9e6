"""Charts. Each takes a tidy frame and keyword options, and returns an altair chart; gaps stay gaps.

They are drawn as wide as a phone shows them without scrolling; wider screens show them as they are.
"""

from __future__ import annotations

from importlib import import_module
from textwrap import wrap
from typing import TYPE_CHECKING

import altair as alt
import polars as pl

from socdialog.display import messages
from socdialog.display.chart_inputs import chart_frame, names_of, refuse_several, titles
from socdialog.display.chart_output import show_offline
from socdialog.display.chart_parts import (
    DASHES,
    LETTERS,
    data_of,
    ends,
    height_for,
    labels_at_end,
    labels_axis,
    rounded_domain,
    titled,
    years_axis,
)
from socdialog.display.chart_sizes import HEIGHT, LABELS, WIDTH
from socdialog.display.theme import COLOURS, QUIET
from socdialog.inputs import Frame, yes_or_no

if TYPE_CHECKING:
    from socdialog.display.claim_charts import dots
    from socdialog.display.relation_charts import matrix, network
    from socdialog.display.time_charts import lines, timeline

__all__ = ["bars", "by_year", "dots", "lines", "matrix", "network", "series", "spans", "timeline"]
__dir__ = __all__.copy

#: Where the charts are that are drawn of these, or of the same parts.
_HOMES = {
    "dots": "claim_charts",
    "lines": "time_charts",
    "matrix": "relation_charts",
    "network": "relation_charts",
    "timeline": "time_charts",
}

show_offline()

_APART_HINT = "choose one classification or source, or name in by= what tells the lines apart (sd.charts.lines)"


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(f"socdialog.display.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; charts: {', '.join(__all__)}")


def by_year(
    frame: Frame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    value: str = "value",
    group: str | None = None,
    axis: str | None = None,
    begins: tuple[int, str] | None = None,
) -> alt.LayerChart:
    """Draw bars of counts by year.

    Parameters
    ----------
    frame
        Columns ``year`` and `value`; a year without a row stays empty on the axis, which is not zero.
    title, subtitle
        The finding; unit, years and source. Default: those of a result.
    value, axis
        Column of the counts, and what they count; None = reported events.
    group
        Column of groups, which are drawn one on the other in the order in which they first appear.
    begins
        A year to mark, and the words for it, such as that in which a source begins.

    Returns
    -------
    altair.LayerChart
        The bars, and the mark where one is asked for.

    Raises
    ------
    UsageError
        For a table that lacks a column, or several values in one year.

    Examples
    --------
    >>> _ = by_year(pl.DataFrame({"year": [2019, 2021], "value": [2, 3]}), title="Events by year")
    """
    words = titles(frame, title, subtitle)
    rows = chart_frame(frame, "year", value, *([] if group is None else [group]))
    refuse_several(rows.drop_nulls("year"), ["year", *([group] if group else [])], value, mark="bar")
    chosen = ["year", pl.col(value).alias("value"), *([pl.col(group).alias("group")] if group else [])]
    data = rows.select(chosen).drop_nulls("year")
    if group is not None:
        groups = data.get_column("group").unique(maintain_order=True).to_list()
        data = data.with_columns(place=pl.col("group").cast(pl.Enum(groups)).to_physical())
    low, high = ends(data, "year", "year")
    years = alt.X(
        "year:O",
        title=None,
        scale=alt.Scale(domain=list(range(low, high + 1))),
        axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False),
    )
    counts = alt.Y("value:Q", title=_counted(axis), axis=alt.Axis(tickMinStep=1, tickCount=5, format="d"))
    bars = alt.Chart(data_of(data.sort("year", maintain_order=True))).mark_bar().encode(x=years, y=counts)
    if group is not None:
        colours = alt.Scale(domain=groups, range=list(COLOURS[: len(groups)]))
        legend = alt.Legend(direction="horizontal", columns=4, columnPadding=16)
        colour = alt.Color("group:N", title=None, scale=colours, legend=legend)
        bars = bars.encode(color=colour, order=alt.Order("place:Q"))
    layers = [bars]
    if begins is not None and low <= begins[0] <= high:
        layers += _marked(years, begins, left=begins[0] > (low + high) / 2)
    return titled(layers, *words)


def _marked(years: alt.X, begins: tuple[int, str], *, left: bool) -> list[alt.Chart]:
    """Return a dashed line at a year with words at its side."""
    at_start = years.copy().bandPosition(0)
    mark = alt.Chart(data_of(pl.DataFrame({"year": [begins[0]], "words": [begins[1]]}))).encode(x=at_start)
    return [
        mark.mark_rule(strokeDash=[3, 3], color=QUIET),
        mark.mark_text(align="right" if left else "left", dx=-4 if left else 4, dy=8, color=QUIET, fontSize=11).encode(
            text="words:N", y=alt.value(0)
        ),
    ]


def bars(
    frame: Frame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    label: str,
    value: str = "value",
    axis: str | None = None,
) -> alt.LayerChart:
    """Draw horizontal bars, one a label, with the value written beside each.

    Parameters
    ----------
    frame
        Columns `label` and `value`, in the order to be drawn.
    title, subtitle
        The finding; unit, years and source. Default: those of a result.
    label, value, axis
        Names of the columns, and what is counted; None = reported events.

    Returns
    -------
    altair.LayerChart
        The bars and their values; there is no axis of values, as each is written.

    Raises
    ------
    UsageError
        When a label has several values: `dots` shows each.

    Examples
    --------
    >>> _ = bars(pl.DataFrame({"side": ["workers"], "value": [3]}), label="side", title="Events by side")
    """
    words = titles(frame, title, subtitle)
    rows = chart_frame(frame, label, value)
    refuse_several(rows, [label], value, mark="bar")
    data = rows.select(names_of(rows, label).alias("label"), pl.col(value).alias("value"))
    whole = bool((data.get_column("value").cast(pl.Float64) % 1 == 0).all())
    base = alt.Chart(data_of(data)).encode(
        x=alt.X("value:Q", title=_counted(axis), axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False)),
        y=labels_axis(),
    )
    layers = [
        base.mark_bar(),
        base.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format="d" if whole else ",.4~g")),
    ]
    return titled(layers, *words, width=WIDTH - LABELS + 60, height=alt.Step(20))


def series(
    frame: Frame,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    axis: str | None = None,
    zero: bool = True,
) -> alt.LayerChart:
    """Draw official values by year as lines, one a release; a missing year breaks the line.

    Parameters
    ----------
    frame
        Columns ``year``, ``value`` and ``release``, the releases in the order of their colours; they are never joined
        into one line.
    title, subtitle
        The finding; unit, years and source. Default: those of a result.
    axis
        What is measured, where the subtitle does not say it.
    zero
        Whether the axis begins at zero.

    Returns
    -------
    altair.LayerChart
        Lines and points. Up to four releases are named next to their last value; more have a legend.

    Raises
    ------
    UsageError
        For a table that lacks a column.

    Examples
    --------
    >>> rows = {"year": [2019, 2020], "value": [9.0, 9.9], "release": ["2026-02", "2026-02"]}
    >>> _ = series(pl.DataFrame(rows), title="Density")
    """
    words = titles(frame, title, subtitle)
    data = chart_frame(frame, "year", "value", "release").select("year", "value", "release").drop_nulls("value")
    refuse_several(data, ["release", "year"], "value", mark="point", hint=_APART_HINT)
    last = data.sort("year").unique("release", keep="last", maintain_order=True).select("release", "value")
    releases = data.get_column("release").unique(maintain_order=True).to_list()
    of_release = dict(last.iter_rows())
    data = _runs(data.sort(pl.col("release").cast(pl.Enum(releases)), "year"))
    low, high = ends(data, "year", "year")
    domain = rounded_domain(data.get_column("value"), zero=yes_or_no(zero, name="zero"))
    named = 1 < len(releases) <= len(DASHES)
    legend = alt.Legend(columns=1) if len(releases) > len(DASHES) else None
    colours = alt.Scale(domain=releases, range=list(COLOURS[: len(releases)]))
    dashes = alt.Scale(domain=releases, range=[DASHES[at % len(DASHES)] for at in range(len(releases))])
    scale = alt.Scale(domain=list(domain), nice=False)
    base = alt.Chart(data_of(data)).encode(
        x=years_axis("year:Q", low, max(high, low + 1), grid=False),
        color=alt.Color("release:N", title=None, scale=colours, legend=legend),
    )
    lines = base.mark_line().encode(
        y=alt.Y("value:Q", title=axis, scale=scale, axis=alt.Axis(tickCount=5)),
        detail="run:N",
        strokeDash=alt.StrokeDash("release:N", title=None, scale=dashes, legend=legend),
    )
    height = height_for(releases) if named else HEIGHT
    at_end = {name: of_release[name] for name in releases}
    beside = labels_at_end(at_end, domain, height=height) if named else None
    points = base.mark_point(filled=True, opacity=1, size=30).encode(y=alt.Y("value:Q", scale=scale, axis=beside))
    chart: alt.LayerChart = titled([lines, points], *words, height=height).resolve_axis(y="independent")
    return chart


def spans(frame: Frame, *, title: str | None = None, subtitle: str | None = None) -> alt.LayerChart:
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

    Raises
    ------
    UsageError
        For a table that lacks a column.

    Examples
    --------
    >>> rows = {"label": ["Agreement"], "start": [2018], "end": [2020], "certain": [True]}
    >>> _ = spans(pl.DataFrame(rows), title="Agreements")
    """
    words = titles(frame, title, subtitle)
    frame = chart_frame(frame, "label", "start", "end", "certain")
    # Names differ at their end, which a cut label would hide; they are broken into lines instead.
    lines = pl.Series(
        "label", ["\n".join(wrap(label, LETTERS)) for label in frame.get_column("label")], dtype=pl.String
    )
    data = frame.select(lines, "start", (pl.col("end") + 1).alias("end"), "certain")
    most = max((label.count("\n") + 1 for label in lines), default=1)
    low, high = ends(data, "start", "end")
    drawn = (
        alt.Chart(data_of(data))
        .mark_bar(height=12, stroke=COLOURS[0], strokeWidth=1.5)
        .encode(
            x=years_axis("start:Q", low, high),
            x2="end:Q",
            y=labels_axis(lines, labelLineHeight=13, labelExpr="split(datum.label, '\\n')"),
            fillOpacity=alt.condition("datum.certain", alt.value(0.9), alt.value(0.15)),
            strokeDash=alt.condition("datum.certain", alt.value([1, 0]), alt.value([4, 3])),
        )
    )
    return titled([drawn], *words, width=WIDTH - LABELS + 60, height=alt.Step(14 + 13 * most))


def _runs(data: pl.DataFrame) -> pl.DataFrame:
    """Name each run of consecutive years of one release, so that a missing year breaks the line."""
    starts = (pl.col("year") - pl.col("year").shift(1).over("release")).fill_null(0) != 1
    return data.with_columns(run=pl.col("release") + " " + starts.cum_sum().over("release").cast(pl.String))


def _counted(axis: str | None) -> str:
    return messages.words("chart.reported_events") if axis is None else axis
