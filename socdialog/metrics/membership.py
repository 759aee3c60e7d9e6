"""Trade union and employer organisation density, and claimed membership with employees; net and gross are separate.

Reference: J. Visser, ICTWSS database, version 6.1 (2019), codebook; ILO, ILOSTAT database description, industrial
relations data. Releases are never spliced: they differ in level, concept and coding.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.codebook.attributes import codes_with
from socdialog.errors import DataError
from socdialog.inputs import Columns, Frame, Needed, code, column_names, frame_with, frames_with, yes_or_no
from socdialog.inputs import country as country_of
from socdialog.metrics.counting import Quantity, persons_in, ratio, ratio_by, worked, year_of
from socdialog.metrics.official_inputs import known_indicators
from socdialog.metrics.releases import MISSING_CODES, one_release, without_missing_codes
from socdialog.results import Result, tidy

__all__ = [
    "MISSING_CODES",
    "claims_with_employees",
    "density_by",
    "employer_density_pct",
    "gross_density_pct",
    "net_density_pct",
    "net_membership",
    "refuse_above_100",
    "without_missing_codes",
]
__dir__ = __all__.copy

_WHOLE = 100.0


def net_membership(members: Quantity, outside: Quantity) -> Quantity:
    """Return the union members who are employees: all members less those outside.

    Parameters
    ----------
    members
        Total membership (ICTWSS TUM).
    outside
        Members outside the active, dependent, employed labour force: retired, self-employed, students, unemployed.

    Returns
    -------
    Quantity
        Members, in their unit; a number, a column or an expression, as given.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``TUM − outside`` (NUM).
    Unit: that of the inputs.
    Domain: ≥ 0.
    Missing: null where either is: not knowing who is outside does not make membership net.
    Not measured: members who pay or take part.
    Reference: ICTWSS 6.1 codebook.

    Examples
    --------
    >>> net_membership(50, 8)
    42.0
    """
    return worked(lambda every, out: every - out, members, outside)


def net_density_pct(net_members: Quantity, employees: Quantity) -> Quantity:
    """Return trade union density: net membership as a percentage of employees.

    Parameters
    ----------
    net_members
        Union members who are employees (ICTWSS NUM), in the unit of `employees`.
    employees
        Wage and salary earners in employment (ICTWSS WSEE).

    Returns
    -------
    number or expression
        Per cent; null where it cannot be computed.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``100 × NUM / WSEE`` (UD).
    Unit: per cent.
    Domain: 0-100; a higher value is returned as it is, see `refuse_above_100`.
    Missing: null where either is, or employees are not above 0.
    Not measured: bargaining power or coverage.
    Reference: ICTWSS 6.1 codebook; reproduces 1,851 of 1,868 published values within 0.06.

    Examples
    --------
    >>> net_density_pct(50, 200)
    25.0
    """
    return worked(lambda some, every: 100 * ratio(some, every), net_members, employees)


def gross_density_pct(members: Quantity, employees: Quantity) -> Quantity:
    """Return total union membership, pensioners and others included, as a percentage of employees.

    Parameters
    ----------
    members
        Total membership (ICTWSS TUM), in the unit of `employees`.
    employees
        Wage and salary earners in employment (ICTWSS WSEE).

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
    Formula: ``100 × TUM / WSEE``.
    Unit: per cent.
    Domain: ≥ 0; may pass 100, as members need not be employees.
    Missing: as for `net_density_pct`.
    Not measured: trade union density; the membership that an organisation claims (see `claims_with_employees`).
    Reference: Project definition: there is no public one.

    Examples
    --------
    >>> gross_density_pct(50, 200)
    25.0
    """
    return worked(lambda some, every: 100 * ratio(some, every), members, employees)


def employer_density_pct(employees_in_member_firms: Quantity, employees: Quantity) -> Quantity:
    """Return employer density: employees in firms organised in employers' organisations, as a percentage of employees.

    Parameters
    ----------
    employees_in_member_firms
        Employees of firms that belong to an employers' organisation, in the unit of `employees`.
    employees
        Wage and salary earners in employment; of the private sector alone for the private variant (ICTWSS EDpriv).

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
    Formula: ``100 × employees in member firms / WSEE`` (ED).
    Unit: per cent.
    Domain: 0-100.
    Missing: as for `net_density_pct`.
    Not measured: the share of firms; what an organisation does for them.
    Reference: ICTWSS 6.1 codebook, which gives ED as an input only.

    Examples
    --------
    >>> employer_density_pct(50, 200)
    25.0
    """
    return worked(lambda some, every: 100 * ratio(some, every), employees_in_member_firms, employees)


def density_by(frame: Frame, *, by: str | Sequence[str], members_are_net: bool, columns: Columns = None) -> Result:
    """Return density by group, net or gross.

    Parameters
    ----------
    frame
        Needs ``members`` and ``employees`` (same unit) and `by`, and ``source`` and ``vintage`` where there are
        several.
    by
        One or several columns to group by, such as country and year; must include source and vintage.
    members_are_net
        Whether ``members`` counts employees only. There is no default: the two are different quantities.
    columns
        How one's own tables call a column, such as ``{"members": "…"}``.

    Returns
    -------
    Result
        ``value`` in per cent over the rows that have both; ``n`` = rows, ``known`` = those.

    Raises
    ------
    UsageError
        When a group would join several sources or vintages.

    Notes
    -----
    Formula: `net_density_pct` or `gross_density_pct` of the two sums.
    Unit: per cent.
    Domain: as theirs.
    Missing: a row without one of the two adds to ``n`` only; null where none has both.
    Not measured: bargaining power or coverage.
    Reference: as for `net_density_pct`; gross density is a project definition.

    Examples
    --------
    >>> table = pl.DataFrame({"year": [2020], "members": [50.0], "employees": [200.0]})
    >>> density_by(table, by="year", members_are_net=True).value()
    25.0
    """
    frame = frame_with(frame, "members", "employees", columns=columns)
    by = column_names(by, frame.columns)
    one_release(frame, by)
    formula = net_density_pct if yes_or_no(members_are_net, name="members_are_net") else gross_density_pct
    found = ratio_by(frame, by, formula, above=pl.col("members"), below=pl.col("employees"))
    which = "net" if members_are_net else "gross"
    return Result(
        f"{which}_density_pct",
        tidy(found, unit="percent"),
        f"Trade union density, {which}: members as a percentage of employees. "
        + ("ICTWSS 6.1 (UD)." if members_are_net else "Project definition."),
        "Bargaining coverage or power." if members_are_net else "Trade union density: members need not be employees.",
    )


def refuse_above_100(frame: Frame, *, value: str, inputs: str | Sequence[str]) -> pl.DataFrame:
    """Return `frame` as it is, or refuse it with the inputs of every percentage above 100.

    Parameters
    ----------
    frame
        Table with the percentages and what they were made from.
    value
        Column of the percentages.
    inputs
        One or several columns to show of a row that is refused.

    Returns
    -------
    polars.DataFrame
        The table as it was given.

    Raises
    ------
    DataError
        When a value is above 100; nothing is clipped.

    Notes
    -----
    Step of: `density_by`, for whoever would rather stop than show such a value.

    Examples
    --------
    >>> table = pl.DataFrame({"density": [46.9], "members": [469]})
    >>> refuse_above_100(table, value="density", inputs="members").height
    1
    """
    frame = frame_with(frame)
    column_names(value, frame.columns, name="value")
    inputs = column_names(inputs, frame.columns, name="inputs")
    above = frame.filter(pl.col(value) > _WHOLE)
    if above.height:
        lines = above.select(value, *inputs).sort(value, *inputs).rows(named=True)
        raise DataError(
            f"{value}: {above.height} values above 100 per cent",
            details=[", ".join(f"{name} {cell}" for name, cell in line.items()) for line in lines],
            hint="Check the inputs: are members and employees the same population, in the same unit?",
        )
    return frame


def claims_with_employees(
    memberships: Frame,
    organisations: Frame,
    country_years: Frame,
    *,
    country: str,
    indicator: str,
    indicators: Frame | None = None,
    columns: Columns = None,
) -> Result:
    """Return the claimed memberships of a country's organisations with its number of employees.

    Parameters
    ----------
    memberships, organisations, country_years
        Claims with ``org_id``, ``value``, ``as_of`` and ``population``; organisations with ``org_id``, ``name``,
        ``side`` and ``country``; official series with ``country``, ``indicator``, ``year``, ``value`` and ``unit``.
    country
        Code or name of the country.
    indicator
        The official series that counts employees.
    indicators
        Table of indicators, with ``indicator`` and ``label``: one of them without a value in `country_years` is an
        absence, and no error.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        One row per claim: ``org_id``, ``name``, ``side``, ``population``, ``qualifier``, ``as_of``, ``source``;
        ``value`` = persons claimed. Also ``employees`` (persons), ``employees_year``, ``employees_source``,
        ``employees_vintage``: the value of the year of the claim, null where the claim has no single year or the
        series no value. Two series have two rows.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: none. The two numbers are shown together and never divided: a claim may count pensioners, students and
    the self-employed, so that their ratio is not density.
    Unit: persons.
    Domain: ≥ 0.
    Missing: null where the claim has no single year, or the series no value.
    Not measured: density; whether the claim is correct.
    Reference: Project definition.

    Examples
    --------
    >>> sources = sd.load_memberships(), sd.load_organisations(), sd.load_country_years()     # doctest: +SKIP
    >>> asked = {"country": "KAZ", "indicator": "EMPLOYEES_TH"}     # doctest: +SKIP
    >>> sd.metrics.membership.claims_with_employees(*sources, **asked)     # doctest: +SKIP
    """
    memberships, organisations, country_years = frames_with(
        columns,
        memberships=Needed(
            memberships,
            ("org_id", "value", "as_of_first", "as_of_last", "population"),
            ("as_of", "qualifier", "source", "row_id"),
        ),
        organisations=Needed(organisations, ("org_id", "name", "side", "country")),
        country_years=Needed(
            country_years, ("country", "indicator", "year", "value", "unit"), ("source", "vintage", "row_id")
        ),
    )
    country = country_of(country, among=organisations.get_column("country").drop_nulls().unique())
    known = known_indicators(country_years, indicators=indicators)
    indicator = code(indicator, known or {indicator: ""}, what="indicator", name="indicator")
    people = codes_with("populations", "persons", value=True)
    found = country_years.filter(
        (pl.col("country") == country) & (pl.col("indicator") == indicator) & pl.col("value").is_not_null()
    )
    scale = {unit: persons_in(unit) for unit in found.get_column("unit").unique().to_list()}
    series = found.select(
        pl.col("year").alias("employees_year"),
        (pl.col("value") * pl.col("unit").replace_strict(scale, default=None, return_dtype=pl.Float64)).alias(
            "employees"
        ),
        pl.col("source").alias("employees_source"),
        pl.col("vintage").alias("employees_vintage"),
        pl.col("row_id").alias("series_id"),
    )
    claims = (
        memberships.filter(pl.col("population").is_in(people))
        .join(organisations.select("org_id", "name", "side", "country"), on="org_id", how="inner")
        .filter(pl.col("country") == country)
        .with_columns(claim_year=year_of("as_of"))
    )
    beside = (
        claims.select("row_id", "claim_year")
        .join(series, how="cross")
        .filter(pl.col("claim_year").is_null() | (pl.col("employees_year") <= pl.col("claim_year")))
        .sort("employees_year")
        .group_by("row_id", "employees_source", "employees_vintage", maintain_order=True)
        .last()
        .drop("claim_year")
    )
    frame = (
        claims.join(beside, on="row_id", how="left")
        .with_columns(
            n=pl.lit(1), known=pl.lit(1), evidence=pl.concat_list("row_id", "series_id").list.drop_nulls().list.sort()
        )
        .sort("org_id", "as_of_first", "population", "row_id", "employees_source", "employees_vintage", nulls_last=True)
        .select(
            *("org_id", "name", "side", "population", "qualifier", "as_of", "source"),
            *("employees", "employees_year", "employees_source", "employees_vintage"),
            *("value", "n", "known", "evidence"),
        )
    )
    return Result(
        "claimed_beside_employees_persons",
        tidy(frame, unit="persons"),
        "Claimed membership with the number of employees of the same year. Project definition.",
        "Trade union density: the claimed members need not be employees.",
    )
