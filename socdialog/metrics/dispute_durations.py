"""How long strikes and lockouts last: the mean and the median over completed actions."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.inputs import Columns, Frame, column_names, frame_with
from socdialog.metrics.counting import evidence, grouped, known, mean
from socdialog.results import Result, tidy

_ICLS = "15th ICLS (1993), resolution concerning statistics of strikes, lockouts and other labour action."


def mean_duration_days(frame: Frame, *, by: str | Sequence[str] = (), columns: Columns = None) -> Result:
    """Return the mean duration of completed actions.

    Parameters
    ----------
    frame
        One row per action; needs ``duration_days`` as the source counts them, and ``completed`` (whether it had ended).
    by
        One or several columns to group by.
    columns
        How one's own tables call a column, such as ``{"duration_days": "…"}``.

    Returns
    -------
    Result
        ``value`` in days, null where no completed action has a duration; ``n`` = all actions, ``known`` = completed
        ones with one.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``Σ duration / number`` over completed actions. An action still under way is excluded, as ``n`` shows:
    its duration so far would pull the mean down; survival methods are for that.
    Unit: days.
    Domain: ≥ 0.
    Missing: a completed action without a duration adds to ``n`` only; null where none has one.
    Not measured: actions still under way; the duration for a worker, for which see `days_per_worker`.
    Reference: 15th ICLS (1993).

    Examples
    --------
    >>> table = pl.DataFrame({"duration_days": [1, 3, 8], "completed": [True, True, False]})
    >>> mean_duration_days(table).value()
    2.0
    """
    return _duration(frame, mean(pl.col("duration_days")), "mean", by, columns)


def median_duration_days(frame: Frame, *, by: str | Sequence[str] = (), columns: Columns = None) -> Result:
    """Return the median duration of completed actions; see `mean_duration_days`.

    Parameters
    ----------
    frame, by, columns
        As for `mean_duration_days`.

    Returns
    -------
    Result
        As for `mean_duration_days`.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: the middle one of the durations of completed actions.
    Unit: days.
    Domain: ≥ 0.
    Missing: as for `mean_duration_days`.
    Not measured: actions still under way.
    Reference: 15th ICLS (1993), for the duration of an action.

    Examples
    --------
    >>> table = pl.DataFrame({"duration_days": [1, 2, 9], "completed": [True, True, True]})
    >>> median_duration_days(table).value()
    2.0
    """
    return _duration(frame, pl.col("duration_days").median(), "median", by, columns)


def _duration(frame: Frame, formula: pl.Expr, which: str, by: str | Sequence[str], columns: Columns) -> Result:
    frame = frame_with(frame, "duration_days", "completed", columns=columns, table="disputes")
    by = column_names(by, frame.columns)
    ended = frame.with_columns(pl.when(pl.col("completed")).then(known(pl.col("duration_days"))).alias("duration_days"))
    found = (
        grouped(ended, by)
        .agg(
            formula.alias("value"),
            pl.len().alias("n"),
            pl.col("duration_days").count().alias("known"),
            *evidence(frame),
        )
        .sort(by, nulls_last=True)
    )
    return Result(
        f"{which}_duration_days",
        tidy(found.select(*by, pl.exclude(*by, "_all")), unit="days"),
        f"{which.capitalize()} duration of completed actions, in days as the source counts them. {_ICLS}",
        "Actions still under way.",
    )
