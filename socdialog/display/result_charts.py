"""The chart that fits a result: lines by year, a matrix, a network, dots for claims, or bars."""

from __future__ import annotations

import altair as alt
import polars as pl

from socdialog.display.charts import bars
from socdialog.display.claim_charts import claims_of, dots
from socdialog.display.relation_charts import matrix, network
from socdialog.display.time_charts import lines
from socdialog.errors import UsageError
from socdialog.results import Result

#: Columns of official values that tell series apart, and say nothing of a place on a chart.
_OFFICIAL = frozenset({"source", "vintage"})


def chart_of(result: Result, *, title: str | None = None) -> alt.LayerChart:
    """Return the chart that fits a result.

    Raises
    ------
    UsageError
        When the result is about more than one chart can show.
    """
    keys = set(result.keys)
    if {"country", "convention", "status"} <= keys:
        return matrix(result, title=title)
    if {"org_a", "org_b"} <= keys:
        return network(result, title=title)
    if "year" in keys and keys >= _OFFICIAL and not _one_a_series(result.frame):
        return lines(result, title=title)
    label = _label(result)
    official = keys >= _OFFICIAL
    if official or result.frame.get_column("high").count() or claims_of(result.frame, [label]):
        return dots(
            result,
            label=label,
            low="low",
            high="high",
            claim="year" if official else _claim(keys),
            title=title,
            axis=result.unit,
        )
    return bars(result, label=label, title=title, axis=result.unit)


def _claim(keys: set[str]) -> str | None:
    """Return the column that tells several values of one thing apart: whoever claims or publishes them."""
    return next((name for name in ("attributed_to", "source") if name in keys), None)


def _one_a_series(rows: pl.DataFrame) -> bool:
    """Say whether each series has one value only: the latest values of several are no lines."""
    apart = [name for name in ("country", *sorted(_OFFICIAL), "classification") if name in rows.columns]
    return not rows.drop_nulls("value").select(apart).is_duplicated().any()


def _label(result: Result) -> str:
    """Return the column that names the rows of a result: the one that has a different value in most of them."""
    texts = [name for name in result.keys if result.frame.schema[name] in {pl.String, pl.Int64}]
    if not texts or result.frame.is_empty():
        raise UsageError(
            f"{result.name}: no chart fits {result.frame.height} rows about {', '.join(result.keys) or 'nothing'}",
            hint="read .frame, and draw it with one of sd.charts",
        )
    named = [name for name in ("name", "label") if name in texts]
    return named[0] if named else max(texts, key=lambda name: result.frame.get_column(name).n_unique())
