"""Charts of several series next to each other: each has its own unit and scale, and all have the same years."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

import altair as alt
import polars as pl

from socdialog.display.chart_parts import data_of, ends, rounded_domain, title_of, years_axis

__all__ = ["panels"]
__dir__ = __all__.copy

#: Width and height of a panel by itself, and letters in a line of its title.
_WIDTH, _HEIGHT, _LETTERS = 180, 110, 30
#: Values from which on an axis has thousands and millions by their signs, as it has no room for the digits.
_LARGE = 10_000


def panels(series: Mapping[str, pl.DataFrame], *, title: str, subtitle: str) -> alt.HConcatChart:
    """Draw series by year next to each other; a missing year breaks a line.

    Parameters
    ----------
    series
        Of each series, by its name with its unit, a frame with the columns ``year`` and ``value``.
    title, subtitle
        The finding; years and source.

    Returns
    -------
    altair.HConcatChart
        A panel for each series, all from the same first to the same last year; each axis of values begins at zero.
    """
    known = {name: frame.select("year", "value").drop_nulls("value").sort("year") for name, frame in series.items()}
    first, last = ends(pl.concat(known.values()), "year", "year")
    years = years_axis("year:Q", first, max(last, first + 1), grid=False)
    return alt.HConcatChart(
        hconcat=[_panel(name, frame, years) for name, frame in known.items()], title=title_of(title, subtitle)
    )


def _panel(name: str, frame: pl.DataFrame, years: alt.X) -> alt.LayerChart:
    (low, high), years_of = rounded_domain(frame.get_column("value"), zero=True), frame.get_column("year")
    axis = alt.Axis(tickCount=4, format="~s" if high >= _LARGE else ",~f")
    # A line is broken at a year whose value is null.
    every = pl.DataFrame({"year": range(int(years_of.min()), int(years_of.max()) + 1)})  # type: ignore[arg-type]
    base = alt.Chart(data_of(every.join(frame, on="year", how="left"))).encode(
        x=years, y=alt.Y("value:Q", title=None, scale=alt.Scale(domain=[low, high], nice=False), axis=axis)
    )
    words = alt.TitleParams(wrap(name, _LETTERS), anchor="start", fontSize=12)
    layers = [base.mark_line(), base.mark_point(filled=True, opacity=1, size=20)]
    return alt.LayerChart(layer=layers, title=words, width=_WIDTH, height=_HEIGHT)
