"""Formulas of labour disputes: numbers in, number out; polars expressions in, expression out."""

from __future__ import annotations

from socdialog.errors import UsageError
from socdialog.metrics.counting import Quantity, persons_in, ratio, worked


def worker_days(workers: Quantity, working_days: Quantity) -> Quantity:
    """Return the days not worked in one action: workers × working days each.

    Parameters
    ----------
    workers
        Workers involved (persons), the same over all its days.
    working_days
        Working days of the action, as the source gives them; never calendar days.

    Returns
    -------
    Quantity
        Days; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``workers × working_days``, in worker-days.
    Unit: worker-days.
    Domain: ≥ 0.
    Missing: null where either is.
    Not measured: an action in which the number of workers varies: use the source's own total.
    Reference: BLS, major work stoppages ("days idle").

    Examples
    --------
    >>> worker_days(100, 5)
    500.0
    """
    return worked(lambda people, days: people * days, workers, working_days)


def days_not_worked_per_1000(
    days: Quantity, employees: Quantity, *, employees_unit: str, denominator_concept: str, denominator_source: str
) -> Quantity:
    """Return the days not worked per 1,000 employees.

    Parameters
    ----------
    days
        Days not worked, in days (ILOSTAT gives them in units while it gives workers in thousands).
    employees
        The denominator, in `employees_unit`.
    employees_unit
        ``persons`` or ``thousand_persons``.
    denominator_concept
        What is counted below the line, for instance "employees (ICSE-93 group 1)".
    denominator_source
        Where that number comes from.

    Returns
    -------
    number or expression
        Days not worked per 1,000 of the denominator.

    Raises
    ------
    UsageError
        When the denominator's concept or source is empty, or its unit is not one of persons.

    Notes
    -----
    Formula: ``1000 × days / employees``. The choice alone moves published rates by 4-12 per cent, hence the two
    mandatory names.
    Unit: days per 1,000 employees.
    Domain: ≥ 0.
    Missing: null where either is, or the denominator is not above 0.
    Not measured: output lost, and actions that the source leaves out. It is not the "severity rate" of occupational
    safety.
    Reference: ILOSTAT STR_DAYS_ECO_RT; employees are the better denominator (Chernyshev, ILO).

    Examples
    --------
    >>> named = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "register"}
    >>> days_not_worked_per_1000(500, 10_000, **named)
    50.0
    """
    _named(denominator_concept, denominator_source)
    per = 1000 / persons_in(employees_unit)
    return worked(lambda lost, people: per * ratio(lost, people), days, employees)


def workers_involved_per_1000(
    workers: Quantity,
    employees: Quantity,
    *,
    workers_unit: str,
    employees_unit: str,
    denominator_concept: str,
    denominator_source: str,
) -> Quantity:
    """Return the workers involved per 1,000 employees.

    Parameters
    ----------
    workers, workers_unit
        Workers involved, in ``persons`` or ``thousand_persons``.
    employees, employees_unit, denominator_concept, denominator_source
        As for `days_not_worked_per_1000`.

    Returns
    -------
    Quantity
        Workers per 1,000; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number, an unknown unit, or a denominator that is not named.

    Notes
    -----
    Formula: ``1000 × workers / employees``, both in persons.
    Unit: workers per 1,000 employees.
    Domain: ≥ 0; above 1,000 when people strike more than once.
    Missing: as for `days_not_worked_per_1000`.
    Not measured: different people: a person who strikes twice counts twice.
    Reference: 15th ICLS (1993).

    Examples
    --------
    >>> named = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "register"}
    >>> workers_involved_per_1000(50, 10_000, workers_unit="persons", **named)
    5.0
    """
    _named(denominator_concept, denominator_source)
    per = 1000 * persons_in(workers_unit) / persons_in(employees_unit)
    return worked(lambda some, every: per * ratio(some, every), workers, employees)


def days_per_worker(days: Quantity, workers: Quantity, *, workers_unit: str) -> Quantity:
    """Return the days not worked per worker involved: the average duration weighted by workers.

    Parameters
    ----------
    days
        Days not worked, in days.
    workers, workers_unit
        Workers involved, in ``persons`` or ``thousand_persons``.

    Returns
    -------
    Quantity
        Days; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number, or an unknown unit.

    Notes
    -----
    Formula: ``days / workers``.
    Unit: days.
    Domain: ≥ 0.
    Missing: null where either is, or there are no workers.
    Not measured: the mean duration of an action, in which each action counts alike: see `mean_duration_days`.
    Reference: 15th ICLS (1993).

    Examples
    --------
    >>> days_per_worker(600, 200, workers_unit="persons")
    3.0
    """
    per = 1 / persons_in(workers_unit)
    return worked(lambda lost, people: per * ratio(lost, people), days, workers)


def share_resolved_without_strike(resolved: Quantity, conflicts: Quantity) -> Quantity:
    """Return the share of labour conflicts that were settled without a strike.

    Parameters
    ----------
    resolved, conflicts
        Conflicts settled without a strike, and all conflicts registered, by the same counter in the same period.

    Returns
    -------
    Quantity
        A share; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``resolved / conflicts``.
    Unit: share.
    Domain: 0-1; a value above 1 shows that the two do not belong together and is not clipped.
    Missing: null where either is, or there were no conflicts.
    Not measured: conflicts that were not registered; the way they were resolved.
    Reference: Project definition.

    Examples
    --------
    >>> share_resolved_without_strike(30, 40)
    0.75
    """
    return worked(ratio, resolved, conflicts)


def _named(concept: str, source: str) -> None:
    """Refuse a rate whose denominator is not named."""
    for what, text in (("denominator_concept", concept), ("denominator_source", source)):
        if not isinstance(text, str) or not text.strip():
            raise UsageError(
                f"{what} is empty: a rate without its denominator says nothing",
                hint='Name it, for instance denominator_concept="employees (ICSE-93 group 1)".',
            )
