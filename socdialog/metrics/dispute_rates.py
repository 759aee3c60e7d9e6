"""Rates of strikes and lockouts by year: what each claims, over the employees of an official series that is named."""

from __future__ import annotations

from typing import Literal, get_args

import polars as pl

from socdialog.errors import UsageError
from socdialog.inputs import Columns, Frame, Needed, choice, code, frames_with
from socdialog.metrics.counting import known, persons_in, ratio, total
from socdialog.metrics.releases import release_order
from socdialog.results import Result, tidy

#: What is added up of the actions of a year.
Counted = Literal["workers", "days_not_worked"]

_WORDS = {"workers": "Workers involved", "days_not_worked": "Days not worked"}
_ICLS = "15th ICLS (1993), resolution concerning statistics of strikes, lockouts and other labour action."


def rates_by_year(
    disputes: Frame,
    country_years: Frame,
    *,
    employees: str,
    of: Counted = "workers",
    source: str | None = None,
    columns: Columns = None,
) -> Result:
    """Return the workers involved, or the days not worked, per 1,000 employees by country and year of beginning.

    Parameters
    ----------
    disputes
        Strikes and lockouts of a register or a sample, one a row: of a selection of texts no rate can be made. Needs
        ``country``, ``year`` and the column that `of` names; its bounds, such as ``workers_low``, where they are known.
    country_years
        Official series; needs ``country``, ``indicator``, ``year``, ``value`` and ``unit``.
    employees
        The indicator of that series; its values without classification are taken, from its newest release.
    of
        ``workers`` or ``days_not_worked``.
    source
        The publisher of the series, where several publish it.
    columns
        How one's own tables call a column, such as ``{"workers": "…"}``.

    Returns
    -------
    Result
        Columns ``country``, ``year``, ``counted`` (the sum above the line), ``employees`` (persons) and
        ``denominator`` (indicator, publisher and release). ``value`` = per 1,000 employees, from what is known; ``low``
        from the lower bounds of all claims, ``high`` from the upper ones, only where every action has one. ``n`` =
        actions that began in the year, ``known`` = those whose number is known.

    Raises
    ------
    UsageError
        When there is no such series, or several publishers have it.

    Notes
    -----
    Formula: ``1000 × Σ counted / employees``.
    Unit: per 1,000 employees.
    Domain: ≥ 0; workers may pass 1,000 when people strike more than once.
    Missing: null where no action of the year has a number, or the series has no value for it; read ``value`` as the
    rate of all actions only where ``known = n``. An action of several countries, or of a year that is not known, is in
    no row; a year without an action has no row, and no zero.
    Not measured: actions that the register leaves out by its own rules; different people, for who strikes twice counts
    twice.
    Reference: 15th ICLS (1993); employees are the better denominator (Chernyshev, ILO).

    Examples
    --------
    >>> tables = sd.load_disputes(countries="TUR"), sd.load_country_years()     # doctest: +SKIP
    >>> sd.metrics.disputes.rates_by_year(*tables, employees="ICTWSS_WSEE", source="ICTWSS")     # doctest: +SKIP
    """
    choice(of, get_args(Counted), what="number of a dispute")
    disputes, country_years = frames_with(
        columns,
        disputes=Needed(disputes, ("country", "year", of), (f"{of}_low", f"{of}_high", "row_id")),
        country_years=Needed(
            country_years,
            ("country", "indicator", "year", "value", "unit"),
            ("classification", "source", "vintage", "row_id"),
        ),
    )
    below = _employees(country_years, employees, source)
    found = (
        disputes.drop_nulls(["country", "year"])
        .group_by("country", "year")
        .agg(
            total(pl.col(of)).alias("counted"),
            total(pl.col(f"{of}_low")).alias("least"),
            pl.when(known(pl.col(f"{of}_high")).count() == pl.len())
            .then(known(pl.col(f"{of}_high")).sum())
            .alias("most"),
            pl.len().alias("n"),
            known(pl.col(of)).count().alias("known"),
            pl.col("row_id").alias("rows"),
        )
        .join(below, on=["country", "year"], how="left")
        .with_columns(
            *(
                (1000 * ratio(pl.col(above), pl.col("employees"))).alias(name)
                for name, above in (("value", "counted"), ("low", "least"), ("high", "most"))
            ),
            evidence=pl.col("rows").list.concat(pl.concat_list("row_id")).list.drop_nulls().list.sort(),
        )
        .sort("country", "year")
    )
    about = ("country", "year", "counted", "employees", "denominator")
    return Result(
        f"{of}_per_1000_employees_by_year",
        tidy(found.select(*about, "value", "n", "known", "low", "high", "evidence"), unit="per_1000_employees"),
        f"{_WORDS[of]} of strikes and lockouts beginning in the year, per 1,000 employees ({employees}). {_ICLS}",
        "Actions that the register leaves out by its own rules; different people.",
    )


def _employees(country_years: pl.DataFrame, indicator: str, source: str | None) -> pl.DataFrame:
    """Return the employees of each country and year, in persons, from the newest release of the series."""
    known_series = dict.fromkeys(country_years.get_column("indicator").drop_nulls().unique().sort().to_list(), "")
    indicator = code(indicator, known_series, what="series of employees", name="employees")
    series = country_years.filter(
        pl.col("indicator") == indicator, pl.col("classification").is_null(), pl.col("value").is_not_null()
    )
    if series.is_empty():
        raise UsageError(
            f"employees: {indicator} has no values without classification",
            hint="Name an indicator whose values stand without classification.",
        )
    sources = series.get_column("source").drop_nulls().unique().sort().to_list()
    if source is None and len(sources) > 1:
        raise UsageError(f"{indicator} is published by {', '.join(sources)}", hint=f'Write source="{sources[0]}".')
    if source is not None:
        source = code(source, dict.fromkeys(sources, ""), what="publisher of the series", name="source")
        series = series.filter(pl.col("source") == source)
    scales = {unit: persons_in(unit) for unit in series.get_column("unit").unique()}
    newest = series.filter(release_order() == release_order().max().over("country"))
    return newest.select(
        "country",
        "year",
        "row_id",
        employees=pl.col("value") * pl.col("unit").replace_strict(scales, default=None, return_dtype=pl.Float64),
        denominator=pl.format("{}, {}, release {}", "indicator", "source", "vintage"),
    )
