"""What stands between two things: a matrix of countries and conventions, a network of organisations."""

from __future__ import annotations

from math import sqrt

import altair as alt
import polars as pl

from socdialog.display import messages
from socdialog.display.chart_inputs import chart_frame, names_of, refuse_several, titles
from socdialog.display.chart_parts import data_of, titled, tooltip
from socdialog.display.theme import COLOURS, INK, LINE, QUIET
from socdialog.errors import UsageError
from socdialog.inputs import Frame, at_least, frame_with

#: Size of a cell of a matrix, and of a network.
_CELL, _SIZE = 26, 480
#: Letters by which the values of a matrix are told apart without colour.
_LETTERS = "ABCDEFGHIJ"
_CROWDED = 40


def matrix(
    frame: Frame,
    *,
    rows: str = "country",
    columns: str = "convention",
    value: str = "status",
    title: str | None = None,
    subtitle: str | None = None,
) -> alt.LayerChart:
    """Draw a cell for each pair, such as the status of each convention in each country; an absent pair stays empty.

    Parameters
    ----------
    frame
        One row per pair, such as `socdialog.metrics.standards.ratification_matrix` gives as of any date.
    rows, columns
        Columns of the pairs, in the order to be shown.
    value
        Column of what is shown: up to ten different codes or words.
    title, subtitle
        The finding; date and source. Default: those of a result.

    Returns
    -------
    altair.LayerChart
        Cells with a colour and a letter, and a legend that says what they mean.

    Raises
    ------
    UsageError
        When a pair has several rows, or there are more than ten different values.

    Examples
    --------
    >>> pairs = pl.DataFrame({"country": ["KAZ"], "convention": ["C087"], "status": ["in_force"]})
    >>> chart = matrix(pairs, title="Ratifications")
    """
    given = chart_frame(frame, rows, columns, value)
    counted = given.select(rows, columns).with_columns(value=pl.lit(1.0))
    refuse_several(counted, [rows, columns], "value", mark="cell")
    cells = given.select(
        names_of(given, rows).alias("row"),
        names_of(given, columns).alias("column"),
        names_of(given, value).alias("value"),
    ).drop_nulls("value")
    values = cells.get_column("value").unique(maintain_order=True).to_list()
    if len(values) > len(_LETTERS):
        raise UsageError(f"{value} has {len(values)} different values", hint=f"show at most {len(_LETTERS)}")
    keys = {one: f"{letter}: {one}" for one, letter in zip(values, _LETTERS, strict=False)}
    data = cells.with_columns(
        pl.col("value").replace_strict(keys, default=None, return_dtype=pl.String).alias("value"),
        pl.col("value").replace_strict(keys, default=None, return_dtype=pl.String).str.head(1).alias("letter"),
    )
    height, width = data.get_column("row").n_unique(), data.get_column("column").n_unique()
    base = alt.Chart(data_of(data)).encode(
        x=alt.X("column:N", title=None, sort=None, axis=alt.Axis(orient="top", labelAngle=-90, ticks=False)),
        y=alt.Y("row:N", title=None, sort=None, axis=alt.Axis(ticks=False)),
        tooltip=tooltip(data, "row", "column", "value"),
    )
    colours = alt.Scale(domain=list(keys.values()), range=[COLOURS[at % len(COLOURS)] for at in range(len(keys))])
    squares = base.mark_rect(opacity=0.35, stroke=LINE).encode(
        color=alt.Color("value:N", title=None, scale=colours, legend=alt.Legend(columns=1, labelLimit=400))
    )
    letters = base.mark_text(color=INK).encode(text="letter:N")
    words = titles(frame, title, subtitle)
    return titled([squares, letters], *words, width=_CELL * width, height=alt.Step(_CELL) if height else _CELL)


def network(
    frame: Frame,
    *,
    source: str = "org_a",
    target: str = "org_b",
    value: str = "value",
    names: Frame | None = None,
    limit: int = _CROWDED,
    title: str | None = None,
    subtitle: str | None = None,
) -> alt.LayerChart:
    """Draw organisations on a circle, and a line between two that share events; a thicker line for a higher value.

    Parameters
    ----------
    frame
        One row per pair, such as `socdialog.metrics.co_participation.shared_events` gives.
    source, target, value
        Columns of the two ends and of the value.
    names
        Table of organisations with ``org_id`` and ``name``; default: ids are shown.
    limit
        How many organisations are drawn at most: those with the highest values. The subtitle says how many are not.
    title, subtitle
        The finding; what is shared, years and source. Default: those of a result.

    Returns
    -------
    altair.LayerChart
        The network. Places on the circle mean nothing.

    Raises
    ------
    UsageError
        When a pair has several rows, in either order.

    Examples
    --------
    >>> pairs = pl.DataFrame({"org_a": ["a", "a"], "org_b": ["b", "c"], "value": [3, 1]})
    >>> chart = network(pairs, title="Joint participation")
    """
    at_least(limit, 2, name="limit")
    given = chart_frame(frame, source, target, value)
    ends = given.select(
        pl.min_horizontal(source, target).cast(pl.String).alias("a"),
        pl.max_horizontal(source, target).cast(pl.String).alias("b"),
        pl.col(value).cast(pl.Float64).alias("value"),
    ).drop_nulls()
    refuse_several(ends, ["a", "b"], "value", mark="line")
    weights = (
        pl.concat([ends.select(pl.col(end).alias("id"), "value") for end in ("a", "b")])
        .group_by("id")
        .agg(pl.col("value").sum())
        .sort(pl.col("value").neg(), "id")
    )
    nodes = weights.head(limit).get_column("id").sort()
    places = _circle(nodes, _names(names))
    pairs = ends.filter(pl.col("a").is_in(nodes.implode()), pl.col("b").is_in(nodes.implode())).sort("value", "a", "b")
    lines = pairs.join(
        places.select(a="id", x="x", y="y", one="name"), on="a", how="inner", maintain_order="left"
    ).join(places.select(b="id", x2="x", y2="y", other="name"), on="b", how="inner", maintain_order="left")
    # On each side there is as much place for names as for the circle.
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-2, 2]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))
    drawn = (
        alt.Chart(data_of(lines.drop("a", "b")))
        .mark_rule(color=QUIET, opacity=0.6)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("value:Q", title="value", scale=alt.Scale(range=[0.5, 6], zero=True)),
            tooltip=tooltip(lines, "one", "other", "value"),
        )
    )
    points = alt.Chart(data_of(places)).encode(x=x, y=y, tooltip=tooltip(places, "name", "id"))
    circles = points.mark_point(filled=True, size=60, color=COLOURS[0], opacity=1)
    labels = [
        points.transform_filter("datum.x >= 0")
        .mark_text(align="left", dx=8, fontSize=11, limit=150)
        .encode(text="name:N"),
        points.transform_filter("datum.x < 0")
        .mark_text(align="right", dx=-8, fontSize=11, limit=150)
        .encode(text="name:N"),
    ]
    heading, below = titles(frame, title, subtitle)
    left_out = weights.height - nodes.len()
    told = ". ".join(filter(None, [below, messages.words("chart.not_shown", n=left_out) if left_out else ""]))
    return titled([drawn, circles, *labels], heading, told, width=_SIZE, height=_SIZE * 3 // 4)


def _names(names: Frame | None) -> dict[str, str]:
    if names is None:
        return {}
    return dict(frame_with(names, "org_id", "name", table="organisations").select("org_id", "name").iter_rows())


def _circle(ids: pl.Series, names: dict[str, str]) -> pl.DataFrame:
    """Place organisations on a circle, half of them on each side at equal heights, so that no name hides another."""
    half = (ids.len() + 1) // 2
    rows = []
    for at, one in enumerate(ids):
        side, place, most = (1, at, half) if at < half else (-1, at - half, ids.len() - half)
        height = 1 - (2 * place + 1) / most
        rows.append((one, names.get(one, one), round(side * sqrt(1 - height**2), 4), round(height, 4)))
    schema = {"id": pl.String, "name": pl.String, "x": pl.Float64, "y": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
