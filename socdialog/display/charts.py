"""Charts. Each takes a tidy frame and keyword options, and returns an altair chart; gaps stay gaps."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import polars as pl

from socdialog.display.theme import COLOURS, INK

_WIDTH = 560


def by_year(
    frame: pl.DataFrame, *, title: str, subtitle: str, value: str = "value", axis: str = "events found"
) -> alt.Chart:
    """Bars of counts by year.

    Parameters
    ----------
    frame
        Columns ``year`` and `value`; years without a row stay empty, which is not zero.
    title, subtitle
        The finding; unit, years and source.
    value, axis
        Column of the counts, and what they count.
    """
    data = frame.select("year", pl.col(value).alias("value")).drop_nulls("year")
    return (
        alt.Chart(_rows(data), title=alt.TitleParams(title, subtitle=subtitle), width=_WIDTH, height=200)
        .mark_bar()
        .encode(
            x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True, grid=False)),
            y=alt.Y("value:Q", title=axis, axis=alt.Axis(tickMinStep=1, format="d")),
        )
    )


def bars(
    frame: pl.DataFrame, *, title: str, subtitle: str, label: str, value: str = "value", axis: str = "events found"
) -> alt.LayerChart:
    """Horizontal bars, one a label, with the value written beside each.

    Parameters
    ----------
    frame
        Columns `label` and `value`, in the order to be drawn.
    title, subtitle
        The finding; unit, years and source.
    label, value, axis
        Names of the columns, and what is counted.
    """
    data = frame.select(pl.col(label).alias("label"), pl.col(value).alias("value"))
    base = alt.Chart(
        _rows(data), title=alt.TitleParams(title, subtitle=subtitle), width=_WIDTH - 160, height=alt.Step(22)
    ).encode(
        x=alt.X("value:Q", title=axis, axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(grid=False, labelLimit=220)),
    )
    return base.mark_bar() + base.mark_text(align="left", dx=4).encode(text=alt.Text("value:Q", format="d"))


def series(frame: pl.DataFrame, *, title: str, subtitle: str, axis: str, zero: bool = True) -> alt.LayerChart:
    """Lines of official values by year, one a release; a missing year breaks the line.

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
    """
    data = _runs(frame.select("year", "value", "release").drop_nulls("value").sort("release", "year"))
    low, high = (int(end) for end in (data.get_column("year").min() or 0, data.get_column("year").max() or 0))  # type: ignore[arg-type, call-overload]
    base = alt.Chart(_rows(data), title=alt.TitleParams(title, subtitle=subtitle), width=_WIDTH, height=220).encode(
        x=alt.X(
            "year:Q",
            title=None,
            scale=alt.Scale(domain=[low, max(high, low + 1)], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        ),
        y=alt.Y("value:Q", title=axis, scale=alt.Scale(zero=zero)),
        color=alt.Color(
            "release:N", title="release", legend=None if data.get_column("release").n_unique() == 1 else alt.Legend()
        ),
        shape=alt.Shape("release:N", title="release"),
    )
    return base.mark_line().encode(detail="run:N", shape=alt.Shape()) + base.mark_point(filled=True, size=40)


def spans(frame: pl.DataFrame, *, title: str, subtitle: str) -> alt.LayerChart:
    """Bars from a first to a last year, one a label; a gap between them is a gap.

    Parameters
    ----------
    frame
        Columns ``label``, ``start`` and ``end`` (years, both included), and ``certain`` (false where
        one end is not stated).
    title, subtitle
        The finding; years and source.
    """
    data = frame.select("label", "start", (pl.col("end") + 1).alias("end"), "certain")
    low, high = int(data.get_column("start").min() or 0), int(data.get_column("end").max() or 0)  # type: ignore[arg-type, call-overload]
    base = alt.Chart(
        _rows(data), title=alt.TitleParams(title, subtitle=subtitle), width=_WIDTH - 220, height=alt.Step(26)
    )
    drawn = base.mark_bar(height=14, stroke=COLOURS[0], strokeWidth=1.5).encode(
        x=alt.X(
            "start:Q",
            title=None,
            scale=alt.Scale(domain=[low, high], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1),
        ),
        x2="end:Q",
        y=alt.Y("label:N", title=None, sort=None, axis=alt.Axis(grid=False, labelLimit=260)),
        fillOpacity=alt.condition("datum.certain", alt.value(0.9), alt.value(0.15)),
        strokeDash=alt.condition("datum.certain", alt.value([1, 0]), alt.value([4, 3])),
    )
    return alt.layer(drawn)


def steps(frame: pl.DataFrame, *, title: str, subtitle: str, axis: str) -> alt.LayerChart:
    """Points at dates, one shape and colour a kind; not joined, as each is a claim of its own.

    Parameters
    ----------
    frame
        Columns ``date`` (Date), ``value`` and ``kind``.
    title, subtitle, axis
        The finding; unit, years and source; what is measured.
    """
    data = frame.select(pl.col("date").dt.strftime("%Y-%m-%d"), "value", "kind")
    base = alt.Chart(_rows(data), title=alt.TitleParams(title, subtitle=subtitle), width=_WIDTH, height=220).encode(
        x=alt.X("date:T", title=None, axis=alt.Axis(format="%Y", grid=False)),
        y=alt.Y("value:Q", title=axis),
        color=alt.Color("kind:N", title=None),
        shape=alt.Shape("kind:N", title=None),
    )
    return alt.layer(base.mark_point(filled=True, size=50, stroke=INK, strokeWidth=0.4))


def _runs(data: pl.DataFrame) -> pl.DataFrame:
    """Name each run of consecutive years of one release, so that a missing year breaks the line."""
    starts = (pl.col("year") - pl.col("year").shift(1).over("release")).fill_null(0) != 1
    return data.with_columns(run=pl.col("release") + " " + starts.cum_sum().over("release").cast(pl.String))


def _rows(data: pl.DataFrame) -> alt.InlineData:
    rows: Sequence[dict[str, object]] = data.to_dicts()
    return alt.InlineData(values=list(rows))
