"""Bargaining coverage, concentration of confederations, and centralisation, by the published formulas of ICTWSS.

Reference: J. Visser, ICTWSS database, version 6.1 (2019), codebook. How well each formula reproduces the published
column is named with it. The measures are codings of experts and administrative counts; none measures power.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args, overload

import polars as pl

from socdialog.inputs import Columns, Frame, choice, column_names, frame_with, numbers, yes_or_no
from socdialog.metrics.counting import Quantity, ratio, ratio_by, worked
from socdialog.metrics.releases import one_release
from socdialog.results import Result, tidy

__all__ = [
    "ExcludedUnit",
    "adjusted_coverage_pct",
    "authority",
    "bargaining_centralisation",
    "centralisation",
    "centralisation_of_level",
    "concentration",
    "coverage_by",
    "effective_number",
    "effective_number_of_confederations",
    "shares",
    "unadjusted_coverage_pct",
]
__dir__ = __all__.copy

#: How a release gives the employees without the right to bargain: as people, in the unit of the
#: employees (ICTWSS 6.1), or as a percentage of the employees (OECD/AIAS ICTWSS 2021).
ExcludedUnit = Literal["as_employees", "percent_of_employees"]


def unadjusted_coverage_pct(covered: Quantity, employees: Quantity) -> Quantity:
    """Return the workers covered by collective agreements as a percentage of all employees.

    Parameters
    ----------
    covered
        Employees whose pay or conditions are set by a collective agreement (ICTWSS WCB), members or not.
    employees
        Wage and salary earners in employment (ICTWSS WSEE), in the same unit.

    Returns
    -------
    Quantity
        Per cent; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``100 × WCB / WSEE`` (UnadjCov).
    Unit: per cent.
    Domain: 0-100.
    Missing: null where either is, or employees are not above 0.
    Not measured: the content of agreements and compliance with them; counts of agreements or of enterprises are not
    coverage.
    Reference: ICTWSS 6.1 codebook; reproduces 336 of 373 published values.

    Examples
    --------
    >>> unadjusted_coverage_pct(50, 200)
    25.0
    """
    return worked(lambda some, every: 100 * ratio(some, every), covered, employees)


def adjusted_coverage_pct(
    covered: Quantity,
    employees: Quantity,
    excluded: Quantity,
    *,
    excluded_unit: ExcludedUnit,
    none_excluded_where_missing: bool = False,
) -> Quantity:
    """Return the workers covered as a percentage of the employees who have the right to bargain.

    Parameters
    ----------
    covered, employees
        As for `unadjusted_coverage_pct`.
    excluded
        Employees without the right to bargain (ICTWSS Wstat).
    excluded_unit
        ``as_employees`` (the unit of `employees`; ICTWSS 6.1 in thousands) or ``percent_of_employees`` (OECD/AIAS
        ICTWSS 2021). There is no default: the releases differ.
    none_excluded_where_missing
        Assert that no employees are excluded where `excluded` is missing, as ICTWSS itself does.

    Returns
    -------
    Quantity
        Per cent; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number, or an unknown unit.

    Notes
    -----
    Formula: ``100 × WCB / (WSEE − Wstat)``, or ``100 × WCB / (WSEE × (1 − Wstat/100))`` (AdjCov).
    Unit: per cent.
    Domain: 0-100, never below the unadjusted coverage.
    Missing: null where an input is (unless asserted), where `excluded` is negative, and where no employees remain in
    the denominator.
    Not measured: the content of agreements and compliance with them; counts of agreements or of enterprises are not
    coverage.
    Reference: ICTWSS 6.1 codebook; reproduces 257 of 286 published values (6.1) and 339 of 381 (2021).

    Examples
    --------
    >>> adjusted_coverage_pct(45, 100, 10, excluded_unit="as_employees")
    50.0
    """
    choice(
        excluded_unit,
        get_args(ExcludedUnit),
        what="unit of the excluded",
        hint="ICTWSS 6.1: as_employees (thousands). OECD/AIAS ICTWSS 2021: percent_of_employees.",
    )

    def formula(some: pl.Expr, every: pl.Expr, out: pl.Expr) -> pl.Expr:
        if yes_or_no(none_excluded_where_missing, name="none_excluded_where_missing"):
            out = out.fill_nan(None).fill_null(0.0)
        left_out = every * out / 100 if excluded_unit == "percent_of_employees" else out
        return 100 * ratio(some, every - left_out, where=left_out >= 0)

    return worked(formula, covered, employees, excluded)


def coverage_by(
    frame: Frame,
    *,
    by: str | Sequence[str],
    excluded_unit: ExcludedUnit | None = None,
    none_excluded_where_missing: bool = False,
    columns: Columns = None,
) -> Result:
    """Return bargaining coverage by group: unadjusted, or adjusted when the unit of the excluded is named.

    Parameters
    ----------
    frame
        Needs ``covered`` and ``employees``, for adjusted coverage ``excluded``, and `by`; ``source`` and ``vintage``
        where several.
    by
        One or several columns to group by; must include source and vintage.
    excluded_unit, none_excluded_where_missing
        As for `adjusted_coverage_pct`; None means unadjusted coverage.
    columns
        How one's own tables call a column, such as ``{"covered": "…"}``.

    Returns
    -------
    Result
        ``value`` in per cent over the rows that have all inputs; ``n`` = rows, ``known`` = those.

    Raises
    ------
    UsageError
        When a group would join several sources or vintages.

    Notes
    -----
    Formula: sum of the covered / sum of the employees below the line, × 100, over the rows that have all inputs.
    Unit: per cent.
    Domain: 0-100.
    Missing: a row without one of the inputs adds to ``n`` only; null where none has all.
    Not measured: the content of agreements and compliance with them.
    Reference: as for `unadjusted_coverage_pct` and `adjusted_coverage_pct`.

    Examples
    --------
    >>> table = pl.DataFrame({"year": [2020], "covered": [50.0], "employees": [200.0]})
    >>> coverage_by(table, by="year").value()
    25.0
    """
    adjusted = excluded_unit is not None
    inputs = ["covered", "employees", *(["excluded"] if adjusted else [])]
    frame = frame_with(frame, *inputs, columns=columns)
    by = column_names(by, frame.columns)
    one_release(frame, by)
    below = pl.col("employees").cast(pl.Float64)
    if excluded_unit is not None:
        # The denominator is the covered over the rate, so that the formula stands in one place only.
        rate = adjusted_coverage_pct(
            below,
            below,
            pl.col("excluded"),
            excluded_unit=excluded_unit,
            none_excluded_where_missing=none_excluded_where_missing,
        )
        below = 100 * below / rate
    found = ratio_by(frame, by, unadjusted_coverage_pct, above=pl.col("covered"), below=below)
    which = "adjusted" if adjusted else "unadjusted"
    return Result(
        f"{which}_coverage_pct",
        tidy(found, unit="percent"),
        f"Bargaining coverage, {which}. ICTWSS 6.1 ({'AdjCov' if adjusted else 'UnadjCov'}).",
        "What the agreements give; agreements or enterprises counted instead of workers.",
    )


def shares(members: Sequence[float | None], total: float | None) -> list[float | None]:
    """Return the share of each confederation in total union membership.

    Parameters
    ----------
    members
        Members of each confederation (ICTWSS MemCF1 to MemCF8).
    total
        Total membership (TUM), members of independent unions included; they are below the line, not a confederation.

    Returns
    -------
    list of float or None
        The share of each; None where it is not known.

    Raises
    ------
    UsageError
        For what is no list of numbers.

    Notes
    -----
    Formula: ``p_i = MemCF_i / TUM``.
    Unit: share.
    Domain: 0-1.
    Missing: null where either is, or the total is not above 0.
    Not measured: employees: pensioners and others are members too.
    Reference: ICTWSS 6.1 codebook (MemCF1 to MemCF8, TUM).

    Examples
    --------
    >>> shares([60, 20], 100)
    [0.6, 0.2]
    """
    return [worked(ratio, value, total) for value in numbers(members, name="members")]


@overload
def concentration(shares: Sequence[float | None]) -> float | None: ...
@overload
def concentration(shares: pl.Expr) -> pl.Expr: ...
def concentration(shares: Sequence[float | None] | pl.Expr) -> float | pl.Expr | None:
    """Return the concentration of membership: the sum of the squared shares.

    Parameters
    ----------
    shares
        Shares of the confederations in total membership: numbers, or an expression of a list column.

    Returns
    -------
    float, expression or None
        The index; null where a share is missing.

    Raises
    ------
    UsageError
        For what is no list of numbers.

    Notes
    -----
    Formula: ``Σ p_i²`` (CONCconf; Herfindahl).
    Unit: index.
    Domain: 0-1.
    Missing: null where a share is, or there is none.
    Not measured: power, or whether confederations work together.
    Reference: ICTWSS 6.1 codebook; reproduces 1,442 of 1,455 published values.

    Examples
    --------
    >>> concentration([0.5, 0.5])
    0.5
    """
    return _over_list(shares, _squares)


@overload
def effective_number(shares: Sequence[float | None]) -> float | None: ...
@overload
def effective_number(shares: pl.Expr) -> pl.Expr: ...
def effective_number(shares: Sequence[float | None] | pl.Expr) -> float | pl.Expr | None:
    """Return the effective number of confederations.

    Parameters
    ----------
    shares
        As for `concentration`.

    Returns
    -------
    float, expression or None
        Confederations of equal size; null where a share is missing.

    Raises
    ------
    UsageError
        For what is no list of numbers.

    Notes
    -----
    Formula: ``1 / Σ p_i²`` (ENUCfs).
    Unit: confederations of equal size.
    Domain: ≥ 1.
    Missing: as for `concentration`.
    Not measured: the number of confederations that exist; power.
    Reference: ICTWSS 6.1 codebook; reproduces 1,376 of 1,455 published values.

    Examples
    --------
    >>> effective_number([0.25, 0.25, 0.25, 0.25])
    4.0
    """
    return _over_list(shares, lambda listed: ratio(pl.lit(1.0), _squares(listed)))


def effective_number_of_confederations(members: Sequence[float | None], total: float | None) -> float | None:
    """Return ENUCfs from the members of each confederation and total membership; see `effective_number`.

    Parameters
    ----------
    members, total
        As for `shares`.

    Returns
    -------
    float or None
        Confederations of equal size; None where a number is missing.

    Raises
    ------
    UsageError
        For what is no list of numbers.

    Notes
    -----
    Formula: `effective_number` of the `shares`.
    Unit: confederations of equal size.
    Domain: above 0; below 1 where members are counted twice.
    Missing: as for `shares`: null where the members of a confederation or the total are.
    Not measured: the number of confederations that exist; power.
    Reference: ICTWSS 6.1 codebook (ENUCfs).

    Examples
    --------
    >>> effective_number_of_confederations([50, 50], 100)
    2.0
    """
    return effective_number(shares(members, total))


def authority(
    appointment: Quantity, agreements: Quantity, finances: Quantity, fund: Quantity, veto: Quantity
) -> Quantity:
    """Return the authority of a confederation over its affiliates (or of a union over its workplaces).

    Parameters
    ----------
    appointment, agreements, finances, fund, veto
        What the confederation has power over, each coded 0, 0.5 or 1 (ICTWSS appt, agr, fin, fund, veto).

    Returns
    -------
    Quantity
        The index; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``(appt + agr + fin + fund + veto) / 5`` (CFpower, UNpower), each coded 0, 0.5 or 1.
    Unit: index.
    Domain: 0-1.
    Missing: null where any is.
    Not measured: power: a coding of rules by experts.
    Reference: ICTWSS 6.1 codebook; reproduces 1,445 of 1,445 published values.

    Examples
    --------
    >>> authority(1, 0.5, 0.5, 0, 0.5)
    0.5
    """
    return worked(
        lambda appt, agr, fin, money, refusal: (appt + agr + fin + money + refusal) / 5,
        *(appointment, agreements, finances, fund, veto),
    )


def centralisation_of_level(power: Quantity, concentrated: Quantity) -> Quantity:
    """Return the centralisation of one level: the geometric mean of authority and concentration.

    Parameters
    ----------
    power
        Authority of the level; see `authority`.
    concentrated
        Concentration of its membership; see `concentration`.

    Returns
    -------
    Quantity
        The index; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``√(CFpower × CONCconf)`` (CENTconf), ``√(UNpower × CONCunion)`` (CENTunion).
    Unit: index.
    Domain: 0-1.
    Missing: null where either is, or the product is negative.
    Not measured: power; bargaining itself, for which see `bargaining_centralisation`.
    Reference: ICTWSS 6.1 codebook; reproduces 1,234 of 1,236 published values.

    Examples
    --------
    >>> centralisation_of_level(0.5, 0.5)
    0.5
    """

    def formula(strong: pl.Expr, dense: pl.Expr) -> pl.Expr:
        product = strong * dense
        return pl.when(product >= 0).then(product.sqrt())

    return worked(formula, power, concentrated)


def centralisation(of_confederations: Quantity, of_unions: Quantity) -> Quantity:
    """Return the centralisation of union confederations: the sum of its two levels.

    Parameters
    ----------
    of_confederations, of_unions
        Centralisation of each level; see `centralisation_of_level`.

    Returns
    -------
    Quantity
        The index; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``CENTconf + CENTunion`` (CENT).
    Unit: index.
    Domain: the codebook says 0-1, but published values pass 1 (up to 1.152).
    Missing: null where either is.
    Not measured: power; bargaining itself, for which see `bargaining_centralisation`.
    Reference: ICTWSS 6.1; reproduces 1,204 of 1,204 published values.

    Examples
    --------
    >>> centralisation(0.5, 0.25)
    0.75
    """
    return worked(lambda upper, lower: upper + lower, of_confederations, of_unions)


def bargaining_centralisation(  # noqa: PLR0917 - the formula has seven terms
    level: Quantity,
    additional_enterprise_bargaining: Quantity,
    articulation: Quantity,
    favourability: Quantity,
    wage_setting_scope: Quantity,
    opening_clauses_general: Quantity,
    opening_clauses_temporary: Quantity,
) -> Quantity:
    """Return the actual centralisation of bargaining.

    Parameters
    ----------
    level
        Predominant level of bargaining, 1 to 5 (ICTWSS Level).
    additional_enterprise_bargaining, articulation
        ICTWSS rAEB and Art, multiplied.
    favourability, wage_setting_scope, opening_clauses_general, opening_clauses_temporary
        ICTWSS FAV, WSSA, OCG and OCT.

    Returns
    -------
    Quantity
        The index; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``Level − ((rAEB × Art) + FAV + WSSA + OCG + OCT) / 10`` (BargCent).
    Unit: index.
    Domain: that of the level, 1 to 5, less the corrections.
    Missing: null where any is; map −88 and −99 to null first.
    Not measured: power or coverage. It is not ``Central`` of OECD/AIAS ICTWSS 2021, of which it reproduces 155 of 1,651
    values: never use it in its place.
    Reference: ICTWSS 6.1 codebook; reproduces 1,241 of 1,365 published values.

    Examples
    --------
    >>> bargaining_centralisation(3, 1, 2, 1, 0, 1, 1)
    2.5
    """
    return worked(
        lambda at, extra, art, fav, scope, ocg, oct_: at - ((extra * art) + fav + scope + ocg + oct_) / 10,
        *(level, additional_enterprise_bargaining, articulation, favourability),
        *(wage_setting_scope, opening_clauses_general, opening_clauses_temporary),
    )


def _squares(listed: pl.Expr) -> pl.Expr:
    """Sum the squares of a list; null where it is empty or has a null."""
    whole = (listed.list.len() > 0) & (listed.list.len() == listed.list.drop_nulls().list.len())
    return pl.when(whole).then(listed.list.eval(pl.element() ** 2).list.sum())


def _over_list(
    shares: Sequence[float | None] | pl.Expr, formula: Callable[[pl.Expr], pl.Expr]
) -> float | pl.Expr | None:
    if isinstance(shares, pl.Expr):
        return formula(shares)
    found = pl.DataFrame({"shares": [numbers(shares, name="shares")]}, schema={"shares": pl.List(pl.Float64)}).select(
        formula(pl.col("shares")).alias("value")
    )
    value: float | None = found.item()
    return value
