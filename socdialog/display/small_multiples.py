"""Small multiples: the same series of several subjects, each in a panel of its own on common scales."""

from __future__ import annotations

import altair as alt
import polars as pl

from socdialog.display.chart_output import show_offline
from socdialog.display.theme import COLOURS, INK

show_offline()

#: Panels in a row on a page that is wide enough, and the height of one.
_ACROSS, _HEIGHT = 3, 70


def multiples(
    frame: pl.DataFrame, *, title: str, subtitle: str, domain: tuple[float, float] | None = None
) -> alt.FacetChart:
    """Return a line of each subject by year; a missing year breaks the line.

    Parameters
    ----------
    frame
        Columns ``label``, ``year`` and ``value``; panels are in the order of the rows.
    title, subtitle
        The finding; unit, years and source.
    domain
        The ends of the common scale of values; None = from zero.

    Returns
    -------
    altair.FacetChart
        Lines with a point a year.
    """
    data = frame.select("label", "year", "value").drop_nulls("value")
    order = data.get_column("label").unique(maintain_order=True).to_list()
    broken = (pl.col("year") - pl.col("year").shift(1).over("label")).fill_null(0) != 1
    rows = data.with_columns(run=pl.col("label") + " " + broken.cum_sum().over("label").cast(pl.String))
    low, high = rows.select(pl.col("year").min(), pl.col("year").max().alias("high")).row(0)
    scale = alt.Scale(domain=list(domain)) if domain else alt.Scale(zero=True)
    align = {"condition": {"test": f"datum.value == {low}", "value": "left"}, "value": "right"}
    years = alt.Axis(values=[low, high], format="d", grid=False, labelAlign=align)
    base = alt.Chart(alt.InlineData(values=rows.to_dicts())).encode(
        x=alt.X("year:Q", title=None, scale=alt.Scale(domain=[low, max(high, low + 1)], nice=False), axis=years),
        y=alt.Y("value:Q", title=None, scale=scale, axis=alt.Axis(tickCount=2)),
    )
    layers = [
        base.mark_line(color=COLOURS[0], strokeWidth=1.5).encode(detail="run:N"),
        base.mark_point(color=COLOURS[0], size=14, filled=True, opacity=1),
    ]
    head = alt.Header(title=None, labelAnchor="start", labelFontSize=12, labelColor=INK, labelPadding=4)
    panels = alt.LayerChart(layer=layers, height=_HEIGHT)
    return panels.facet(facet=alt.Facet("label:N", sort=order, header=head), columns=_ACROSS, spacing=24).properties(
        title=alt.TitleParams(title, subtitle=subtitle)
    )
