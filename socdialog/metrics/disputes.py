"""Strikes and lockouts: actions, workers involved, days not worked, and their rates.

Definitions: 15th International Conference of Labour Statisticians (1993), resolution concerning statistics of strikes,
lockouts and other action due to labour disputes. Actions *beginning in* a period and actions *in effect* in it are two
counts that are never mixed; counts in effect do not add up over months. Working days come from the source and
are never derived from calendar dates.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, get_args

import polars as pl

from socdialog.dates import DateLike, span
from socdialog.errors import UsageError
from socdialog.inputs import Columns, Frame, as_polars, choice, column_names, frame_with
from socdialog.metrics.counting import evidence, grouped, known, ratio_by, total
from socdialog.metrics.dispute_durations import mean_duration_days, median_duration_days
from socdialog.metrics.dispute_formulas import (
    days_not_worked_per_1000,
    days_per_worker,
    share_resolved_without_strike,
    worker_days,
    workers_involved_per_1000,
)
from socdialog.metrics.dispute_rates import Counted, rates_by_year
from socdialog.metrics.dispute_reports import bans_among_strikes, disputes_found, resolved_without_strike
from socdialog.results import Result, tidy

__all__ = [
    "Basis",
    "Counted",
    "actions",
    "bans_among_strikes",
    "days_not_worked",
    "days_not_worked_per_1000",
    "days_not_worked_rate",
    "days_per_worker",
    "disputes_found",
    "mean_duration_days",
    "median_duration_days",
    "on_basis",
    "rates_by_year",
    "resolved_without_strike",
    "share_resolved_without_strike",
    "worker_days",
    "workers_involved",
    "workers_involved_per_1000",
    "workers_involved_rate",
]
__dir__ = __all__.copy

#: How an action is assigned to a period.
Basis = Literal["beginning", "in_effect"]

_ICLS = "15th ICLS (1993), resolution concerning statistics of strikes, lockouts and other labour action."
_NOT = (
    "Actions that the source leaves out: small, short, unofficial, political or unlawful ones, as its own rules say; "
    "people idled elsewhere, unless the source counts them."
)


# Tables of actions: one row per strike or lockout.


def on_basis(*, since: DateLike | None = None, until: DateLike | None = None, basis: Basis) -> pl.Expr:
    """Return whether each action counts for a period: true, false, or null where its dates do not determine it.

    Parameters
    ----------
    since, until
        First and last day of the period, or a year or month that begins or ends it; None = open.
    basis
        ``beginning``: the action began in the period. ``in_effect``: work was stopped on some day of it.

    Returns
    -------
    polars.Expr
        Over the bounds of the dates of an action.

    Raises
    ------
    UsageError
        For dates that are none or reversed, or an unknown basis.

    Notes
    -----
    Step of: `actions`, `workers_involved` and `days_not_worked`.

    An expression over ``start_first``, ``start_last`` and, for ``in_effect``, ``end_first``, ``end_last``; an
    action without an end that began before the period is not known to have lasted into it.

    Examples
    --------
    >>> from datetime import date
    >>> counts = on_basis(since=2018, until=2020, basis="beginning")
    >>> begun = pl.DataFrame({"start_first": [date(2019, 5, 1)], "start_last": [date(2019, 5, 1)]})
    >>> begun.select(counts.alias("counts"))["counts"].to_list()
    [True]
    """
    choice(basis, get_args(Basis), what="basis", hint="One of beginning, in_effect; the two are never mixed.")
    first, last = span(since, until)
    begun_first, begun_last = pl.col("start_first"), pl.col("start_last")
    inside = (begun_first >= first) & (begun_last <= last)
    if basis == "beginning":
        return pl.when(inside).then(True).when((begun_last < first) | (begun_first > last)).then(False)  # noqa: FBT003
    lasted = (begun_last <= last) & (pl.col("end_first") >= first)
    outside = (begun_first > last) | (pl.col("end_last") < first)
    return pl.when(inside | lasted).then(True).when(outside).then(False)  # noqa: FBT003


def actions(
    frame: Frame,
    *,
    since: DateLike | None = None,
    until: DateLike | None = None,
    basis: Basis,
    by: str | Sequence[str] = (),
    columns: Columns = None,
) -> Result:
    """Count the strikes and lockouts beginning in, or in effect in, a period.

    Parameters
    ----------
    frame
        One row per action; needs ``start_date`` and, for ``in_effect``, ``end_date``, or the bounds of both.
    since, until, basis
        As for `on_basis`.
    by
        One or several columns to group by.
    columns
        How one's own tables call a column, such as ``{"start_date": "…"}``.

    Returns
    -------
    Result
        Columns `by` and ``basis``; ``value`` = ``low`` = actions that surely count (``value`` is null where no date
        tells); ``high`` = with those whose dates leave it open; ``n`` = all actions, ``known`` = those whose dates
        tell.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of actions on the basis.
    Unit: actions.
    Domain: integers from 0.
    Missing: an action whose dates do not determine it adds to ``n`` and ``high`` only; without any action there is no
    row, not a zero. Counts in effect do not add up over months.
    Not measured: actions that the source leaves out by its own rules: small, short, unofficial or political ones.
    Reference: 15th ICLS (1993); BLS prints both counts.

    Examples
    --------
    >>> disputes = sd.load_disputes(countries="TUR")     # doctest: +SKIP
    >>> sd.metrics.disputes.actions(disputes, since=2015, basis="beginning")     # doctest: +SKIP
    """
    frame, by = _taken(frame, [], basis=basis, by=by, columns=columns)
    marked = _marked(frame, since=since, until=until, basis=basis)
    counted = (
        grouped(marked, by)
        .agg(
            pl.col("counts").sum().cast(pl.Float64).alias("low"),
            pl.len().alias("n"),
            pl.col("counts").count().alias("known"),
            *_row_ids(frame),
        )
        .with_columns(
            value=pl.when(pl.col("known") > 0).then(pl.col("low")),
            high=pl.col("low") + pl.col("n") - pl.col("known"),
            basis=pl.lit(basis),
        )
        .sort(by, nulls_last=True)
    )
    name = f"actions_{basis}_actions"
    return Result(
        name, tidy(_with_evidence(counted, by), unit="actions"), f"Strikes and lockouts, {_words(basis)}. {_ICLS}", _NOT
    )


def workers_involved(
    frame: Frame,
    *,
    since: DateLike | None = None,
    until: DateLike | None = None,
    basis: Basis,
    by: str | Sequence[str] = (),
    columns: Columns = None,
) -> Result:
    """Add up the workers involved in the actions of a period.

    Parameters
    ----------
    frame
        One row per action, as for `actions`, with ``workers`` (persons) and, where claims bound it, ``workers_low`` and
        ``workers_high``, as returned by `socdialog.load_disputes`.
    since, until, basis, by
        As for `actions`.
    columns
        How one's own tables call a column, such as ``{"workers": "…"}``.

    Returns
    -------
    Result
        ``value`` = sum over the actions whose workers are known, null where none are; ``low`` = sum of what is known
        or bounded from below, a lower bound of the total; ``high`` = sum of the upper bounds, only where all have
        one. ``n`` = actions on the basis.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``Σ workers``; for an action the source's stated or highest number.
    Unit: persons.
    Domain: ≥ 0.
    Missing: null in null out; read ``value`` as the total only where ``known = n``. People in two actions count twice.
    Not measured: different people: a person in two actions counts twice; people idled elsewhere, unless the
    source counts them.
    Reference: 15th ICLS (1993).

    Examples
    --------
    >>> mine = pl.DataFrame({"start_date": ["2021", "2022-03"], "workers": [500, None]})
    >>> workers_involved(mine, since=2020, basis="beginning").value()
    500.0
    """
    return _sum(frame, "workers", "persons", since=since, until=until, basis=basis, by=by, columns=columns)


def days_not_worked(
    frame: Frame,
    *,
    since: DateLike | None = None,
    until: DateLike | None = None,
    basis: Basis,
    by: str | Sequence[str] = (),
    columns: Columns = None,
) -> Result:
    """Add up the days not worked in the actions of a period.

    Parameters
    ----------
    frame
        One row per action, as for `actions`, with ``days_not_worked`` (worker-days of the action, as the source
        gives them) and, where claims bound it, ``days_not_worked_low`` and ``days_not_worked_high``.
    since, until, basis, by
        As for `actions`. All days of an action count, also those outside the period.
    columns
        How one's own tables call a column, such as ``{"days_not_worked": "…"}``.

    Returns
    -------
    Result
        As for `workers_involved`, in days.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``Σ days_not_worked``.
    Unit: worker-days.
    Domain: ≥ 0.
    Missing: as for `workers_involved`. Never derived from the dates: of 26 stoppages in the BLS table of 2022 a
    calendar gave the right number of working days in 22.
    Not measured: output lost; days of people idled elsewhere, unless the source counts them; actions that the source
    leaves out.
    Reference: 15th ICLS (1993).

    Examples
    --------
    >>> disputes = sd.load_disputes(countries="TUR")     # doctest: +SKIP
    >>> sd.metrics.disputes.days_not_worked(disputes, since=2015, basis="beginning")     # doctest: +SKIP
    """
    return _sum(frame, "days_not_worked", "days", since=since, until=until, basis=basis, by=by, columns=columns)


def days_not_worked_rate(
    frame: Frame,
    *,
    employees_unit: str,
    denominator_concept: str,
    denominator_source: str,
    by: str | Sequence[str] = (),
    columns: Columns = None,
) -> Result:
    """Return the days not worked per 1,000 employees by group.

    Parameters
    ----------
    frame
        Needs ``days_not_worked`` (days), ``employees`` and `by`, such as country and year.
    employees_unit, denominator_concept, denominator_source
        As for `days_not_worked_per_1000`.
    by
        One or several columns to group by.
    columns
        How one's own tables call a column, such as ``{"employees": "…"}``.

    Returns
    -------
    Result
        ``value`` = sum of days / sum of employees × 1,000 over the rows that have both; ``n`` = rows, ``known`` =
        those.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: `days_not_worked_per_1000` of the two sums.
    Unit: days per 1,000 employees.
    Domain: ≥ 0.
    Missing: a row without one of the two adds to ``n`` only; null where none has both.
    Not measured: output lost; actions that the source leaves out.
    Reference: as for `days_not_worked_per_1000`.

    Examples
    --------
    >>> table = pl.DataFrame({"days_not_worked": [300.0, 200.0], "employees": [10_000.0, 10_000.0]})
    >>> named = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "register"}
    >>> _ = days_not_worked_rate(table, **named)
    """
    formula = partial(days_not_worked_per_1000, employees_unit=employees_unit)
    return _rate(
        frame,
        ("days_not_worked", "Days not worked"),
        formula,
        by,
        denominator_concept,
        denominator_source,
        columns=columns,
    )


def workers_involved_rate(
    frame: Frame,
    *,
    workers_unit: str,
    employees_unit: str,
    denominator_concept: str,
    denominator_source: str,
    by: str | Sequence[str] = (),
    columns: Columns = None,
) -> Result:
    """Return the workers involved per 1,000 employees by group.

    Parameters
    ----------
    frame
        Needs ``workers``, ``employees`` and `by`.
    workers_unit, employees_unit, denominator_concept, denominator_source, by
        As for `workers_involved_per_1000` and `days_not_worked_rate`.
    columns
        How one's own tables call a column, such as ``{"employees": "…"}``.

    Returns
    -------
    Result
        As for `days_not_worked_rate`.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: `workers_involved_per_1000` of the two sums.
    Unit: workers per 1,000 employees.
    Domain: ≥ 0; above 1,000 when people strike more than once.
    Missing: a row without one of the two adds to ``n`` only; null where none has both.
    Not measured: different people: a person who strikes twice counts twice.
    Reference: as for `workers_involved_per_1000`.

    Examples
    --------
    >>> table = pl.DataFrame({"workers": [30.0, 20.0], "employees": [10_000.0, 10_000.0]})
    >>> named = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "register"}
    >>> _ = workers_involved_rate(table, workers_unit="persons", **named)
    """
    formula = partial(workers_involved_per_1000, workers_unit=workers_unit, employees_unit=employees_unit)
    return _rate(
        frame, ("workers", "Workers involved"), formula, by, denominator_concept, denominator_source, columns=columns
    )


def _sum(
    frame: Frame,
    column: str,
    unit: str,
    *,
    since: DateLike | None,
    until: DateLike | None,
    basis: Basis,
    by: str | Sequence[str],
    columns: Columns,
) -> Result:
    frame, by = _taken(frame, [column], basis=basis, by=by, columns=columns)
    marked = _marked(frame, since=since, until=until, basis=basis).filter(pl.col("counts"))
    bounded = {f"{column}_low", f"{column}_high"} <= set(frame.columns)
    least, most = (pl.col(f"{column}_{bound}" if bounded else column) for bound in ("low", "high"))
    found = (
        grouped(marked, by)
        .agg(
            total(pl.col(column)).alias("value"),
            pl.len().alias("n"),
            known(pl.col(column)).count().alias("known"),
            total(least).alias("low"),
            pl.when(known(most).count() == pl.len()).then(known(most).sum()).alias("high"),
            *evidence(frame),
        )
        .with_columns(basis=pl.lit(basis))
        .sort(by, nulls_last=True)
    )
    words = "Workers involved" if column == "workers" else "Days not worked"
    return Result(
        f"{column if column != 'workers' else 'workers_involved'}_{basis}_{unit}",
        tidy(_with_evidence(found, by), unit=unit),
        f"{words} in strikes and lockouts {_words(basis)}. {_ICLS}",
        _NOT,
    )


def _rate(
    frame: Frame,
    counted: tuple[str, str],
    formula: Callable[..., pl.Expr],
    by: str | Sequence[str],
    *below: str,
    columns: Columns,
) -> Result:
    """Relate a column (its name, and in words) to the employees by group; `below` are their concept and source."""
    column, words = counted
    concept, source = below
    given = as_polars(frame, name="frame")
    if "employees" not in {*given.columns, *(columns or {})}:
        raise UsageError(
            "the table has no column 'employees' to relate the numbers to",
            details=[f"the table has: {', '.join(given.columns) or 'no columns'}"],
            hint='Say how it is called, columns={"employees": "…"}, or use rates_by_year(sd.load_disputes(), '
            'sd.load_country_years(), employees="…").',
        )
    taken = frame_with(given, column, "employees", columns=columns)
    by = column_names(by, taken.columns)
    rate = partial(formula, denominator_concept=concept, denominator_source=source)
    found = ratio_by(taken, by, rate, above=pl.col(column), below=pl.col("employees"))
    definition = f"{words} per 1,000 employees ({concept}, {source}). {_ICLS}"
    tidied = tidy(_with_evidence(found, by), unit="per_1000_employees")
    return Result(f"{column}_per_1000_employees", tidied, definition, _NOT)


def _taken(
    frame: Frame, needed: Sequence[str], *, basis: Basis, by: str | Sequence[str], columns: Columns
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the table of actions with the columns of a basis and those `needed`, and the columns to group by."""
    dates = ["start_first", "start_last"] + (["end_first", "end_last"] if basis == "in_effect" else [])
    taken = frame_with(frame, *dates, *needed, columns=columns, table="disputes")
    return taken, column_names(by, taken.columns)


def _marked(frame: pl.DataFrame, *, since: DateLike | None, until: DateLike | None, basis: Basis) -> pl.DataFrame:
    return frame.with_columns(on_basis(since=since, until=until, basis=basis).alias("counts"))


def _row_ids(frame: pl.DataFrame) -> list[pl.Expr]:
    if "row_id" not in frame.columns:
        return []
    return [pl.col("row_id").filter(pl.col("counts").fill_null(value=False)).unique().sort().alias("evidence")]


def _with_evidence(frame: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """Return the frame with the columns that identify a row first."""
    about = [*by, *(["basis"] if "basis" in frame.columns else [])]
    return frame.select(*about, pl.exclude(*about, "_all"))


def _words(basis: Basis) -> str:
    return "beginning in the period" if basis == "beginning" else "in effect in the period"
