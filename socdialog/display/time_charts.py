"""Values and events over time: lines with gaps, one for each release or country, and events at their dates."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from socdialog.display import messages
from socdialog.display.chart_inputs import chart_frame, names_of, titles
from socdialog.display.chart_parts import data_of, labels_axis, titled, tooltip
from socdialog.display.chart_sizes import LABELS, WIDTH
from socdialog.display.charts import series
from socdialog.display.theme import COLOURS
from socdialog.errors import UsageError
from socdialog.inputs import Columns, Frame, as_polars, column_names, frame_with

#: Columns that tell series apart where nobody says which, in the order in which their names are written.
_APART = ("name", "country", "source", "vintage", "release")


def lines(
    frame: Frame,
    *,
    by: str | Sequence[str] | None = None,
    value: str = "value",
    title: str | None = None,
    subtitle: str | None = None,
    axis: str | None = None,
    zero: bool = True,
) -> alt.LayerChart:
    """Draw values by year as lines, one for each release or country; a missing year breaks the line.

    Parameters
    ----------
    frame
        Needs ``year`` and `value`.
    by
        One or several columns that tell the lines apart; default: those of name or country, source and vintage of which
        the frame has several.
    value
        Column of the values.
    title, subtitle
        The finding; unit, years and source. Default: those of a result.
    axis
        What is measured, where the subtitle does not say it.
    zero
        Whether the axis begins at zero.

    Returns
    -------
    altair.LayerChart
        The lines, each named at its end, or in a legend where there are many.

    Raises
    ------
    UsageError
        When a line has several values for one year: releases and sources are never joined.

    Examples
    --------
    >>> density = pl.DataFrame({"country": ["KAZ", "TUR"], "year": [2017, 2017], "value": [46.9, 8.6]})
    >>> chart = lines(density, title="Trade union density", subtitle="% of employees")
    """
    taken = chart_frame(frame, "year", value)
    rows = frame_with(taken, "year", columns=None).drop_nulls("year")
    apart = _apart(rows) if by is None else column_names(by, rows.columns)
    named = rows.with_columns(names_of(rows, name).alias(name) for name in apart)
    release = (
        pl.concat_str([pl.col(name) for name in apart], separator=", ", ignore_nulls=True) if apart else pl.lit("")
    )
    data = named.select("year", pl.col(value).cast(pl.Float64).alias("value"), release.alias("release"))
    words = titles(frame, title, subtitle)
    return series(data, title=words[0], subtitle=words[1], axis=axis, zero=zero)


def _apart(rows: pl.DataFrame) -> list[str]:
    """Return the columns that tell the series of a frame apart; a country is told by its name where there is one."""
    there = [name for name in _APART if name in rows.columns and rows.get_column(name).n_unique() > 1]
    return [name for name in there if name != "country" or "name" not in there]


def timeline(
    frame: Frame,
    *,
    label: str,
    start: str = "start_date",
    end: str | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    columns: Columns = None,
) -> alt.LayerChart:
    """Draw events at their dates, one line for each label; a date that is not exact is as wide as what it may mean.

    Parameters
    ----------
    frame
        Needs `label` and `start`, a date of any precision. An event without a date is not drawn; the subtitle says how
        many there are.
    label
        Column of the lines, such as ``kind`` or ``country``.
    start, end
        Columns of the first and of the last day.
    title, subtitle
        The finding; years and source.
    columns
        How one's own table calls a column, such as ``{"start_date": "…"}``.

    Returns
    -------
    altair.LayerChart
        A bar from the first to the last day that each event may have lasted; the tooltip has its dates.

    Raises
    ------
    UsageError
        When no event has a date.

    Examples
    --------
    >>> events = pl.DataFrame({"kind": ["strike", "meeting"], "start_date": ["2020-05", "2021-03-01"]})
    >>> chart = timeline(events, label="kind", title="Two events")
    """
    dated = (f"{start.removesuffix('_date')}_first", f"{start.removesuffix('_date')}_last")
    ended = () if end is None else (f"{end.removesuffix('_date')}_last",)
    rows = frame_with(as_polars(frame), *dated, *ended, columns=columns)
    column_names([label], rows.columns, name="label")
    known = rows.drop_nulls(dated[0])
    if known.is_empty():
        raise UsageError("no row has a date", hint=f"fill the column {start}")
    last = pl.coalesce(*ended, dated[1])
    data = known.select(
        names_of(known, label).alias("label"),
        pl.col(dated[0]).cast(pl.String).alias("first"),
        last.cast(pl.String).alias("last"),
        # A day is drawn to its end, so that a single one has a width.
        last.dt.offset_by("1d").cast(pl.String).alias("until"),
    ).sort("label", "first", "last", nulls_last=True)
    undated = rows.height - known.height
    heading, below = titles(frame, title, subtitle)
    told = ". ".join(filter(None, [below, messages.words("chart.undated", n=undated) if undated else ""]))
    bars = (
        alt.Chart(data_of(data))
        .mark_bar(height=10, opacity=0.6, color=COLOURS[0], stroke=COLOURS[0], strokeWidth=1)
        .encode(
            x=alt.X("first:T", title=None, scale=alt.Scale(type="utc")),
            x2="until:T",
            y=labels_axis(),
            tooltip=tooltip(data, "label", "first", "last"),
        )
    )
    return titled([bars], heading, told, width=WIDTH - LABELS + 60, height=alt.Step(20))
