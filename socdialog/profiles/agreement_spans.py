"""General agreements on the axis of time: the period that each was concluded for, as every page draws and counts it."""

from __future__ import annotations

import polars as pl

from socdialog.metrics.institutions import agreement_periods


def placed(agreements: pl.DataFrame) -> pl.DataFrame:
    """Return the general agreements that have a date, in order of time, with the first and last day of each.

    Returns
    -------
    DataFrame
        The rows with ``start`` and ``end``, and whether both are stated (``certain``).
    """
    return (
        agreement_periods(agreements)
        .with_columns(start=pl.coalesce("sure_from", "possible_from", "period_end_first"))
        .with_columns(
            end=pl.max_horizontal("start", pl.coalesce("period_end_last", "date_last")),
            certain=pl.col("date").is_not_null() & pl.col("period_end").is_not_null(),
        )
        .drop_nulls(["start", "end"])
        .sort("start", "end", "name", "row_id")
    )
