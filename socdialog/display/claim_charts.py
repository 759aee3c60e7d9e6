"""Values that contradict each other: a dot for each claim, and never a sum or a mean of them."""

from __future__ import annotations

import altair as alt
import polars as pl

from socdialog.display.chart_inputs import chart_frame, names_of, titles
from socdialog.display.chart_parts import data_of, labels_axis, titled, tooltip
from socdialog.display.chart_sizes import LABELS, WIDTH
from socdialog.display.theme import COLOURS, QUIET
from socdialog.inputs import Frame, column_names

#: Height of the line of one claim.
_LINE = 14
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")


def dots(
    frame: Frame,
    *,
    label: str,
    value: str = "value",
    low: str | None = None,
    high: str | None = None,
    claim: str | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    axis: str = "",
) -> alt.LayerChart:
    """Draw a dot for each value, the values of one label one below the other, so that none hides another.

    Parameters
    ----------
    frame
        One row per claim. A value that is null has no dot; its range is drawn where it has one.
    label, value
        Columns: what the claims are about, in the order to be shown, and what is claimed.
    low, high
        Columns of the bounds of a claim, such as "at least 500"; drawn as a line.
    claim
        Column that says who claims it; a colour and a shape each, with a legend.
    title, subtitle
        The finding; unit, years and source. Default: those of a result.
    axis
        What is measured.

    Returns
    -------
    altair.LayerChart
        The dots and ranges; the tooltip has the whole row.

    Raises
    ------
    UsageError
        When the frame lacks a column.

    Examples
    --------
    >>> claims = pl.DataFrame({"strike": ["A", "A", "B"], "workers": [500, 700, 90], "source": ["x", "y", "x"]})
    >>> chart = dots(claims, label="strike", value="workers", claim="source", title="Workers involved")
    """
    given = [name for name in (label, value, low, high, claim) if name is not None]
    rows = chart_frame(frame, *given)
    shown = [pl.col(name).alias(role) for role, name in (("low", low), ("high", high)) if name is not None]
    data = rows.select(
        names_of(rows, label).alias("label"),
        pl.col(value).cast(pl.Float64).alias("value"),
        *shown,
        *([] if claim is None else [names_of(rows, claim).alias("claim")]),
    )
    data = data.filter(
        pl.any_horizontal(pl.col("value", *(role for role in ("low", "high") if role in data.columns)).is_not_null())
    )
    data = data.with_columns(place=pl.int_range(pl.len()).over("label"))
    base = alt.Chart(data_of(data)).encode(
        y=labels_axis(), yOffset=alt.YOffset("place:O"), tooltip=tooltip(data, *data.columns[:-1])
    )
    scale = alt.Scale(zero=True)
    x = alt.X("value:Q", title=axis or None, scale=scale)
    layers = []
    if {"low", "high"} <= set(data.columns):
        layers.append(
            base.mark_rule(color=QUIET).encode(x=alt.X("low:Q", title=axis or None, scale=scale), x2="high:Q")
        )
    points = base.mark_point(filled=True, size=60, opacity=1).encode(x=x)
    if claim is None:
        layers.append(points.encode(color=alt.value(COLOURS[0])))
    else:
        names = data.get_column("claim").drop_nulls().unique(maintain_order=True).to_list()
        colours = [COLOURS[at % len(COLOURS)] for at in range(len(names))]
        # Claimants of one colour differ in their shape.
        shapes = [_SHAPES[(at + at // len(COLOURS)) % len(_SHAPES)] for at in range(len(names))]
        legend = alt.Legend(columns=1)
        layers.append(
            points.encode(
                color=alt.Color("claim:N", title=None, scale=alt.Scale(domain=names, range=colours), legend=legend),
                shape=alt.Shape("claim:N", title=None, scale=alt.Scale(domain=names, range=shapes), legend=legend),
            )
        )
    words = titles(frame, title, subtitle)
    return titled(layers, *words, width=WIDTH - LABELS + 60, height=alt.Step(_LINE))


def claims_of(rows: pl.DataFrame, keys: list[str]) -> bool:
    """Say whether some place of a frame has several values."""
    names = list(column_names(keys, rows.columns, name="keys"))
    return bool(rows.drop_nulls("value").select(names).is_duplicated().any())
