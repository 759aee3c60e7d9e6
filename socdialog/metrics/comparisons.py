"""Comparisons that the data can bear: change, distance from a median, sentences whose words come from the numbers."""

from __future__ import annotations

import polars as pl

from socdialog.codebook import cldr
from socdialog.inputs import Columns, Frame, frame_with, number, text
from socdialog.inputs import at_least as whole_at_least
from socdialog.inputs import country as country_of
from socdialog.metrics.counting import Quantity, known, one_row, ratio, worked
from socdialog.metrics.releases import one_release
from socdialog.results import Result, tidy

__all__ = ["AT_LEAST", "WITHIN_YEARS", "change_pct", "compare_words", "difference_from_median"]
__dir__ = __all__.copy

#: A median of a region is shown only with so many countries that have a value within so many years: project definition.
AT_LEAST = 5
WITHIN_YEARS = 3
#: How a unit of per cent is written; two such values differ by percentage points.
_PER_CENT = ("%", "per cent", "percent")


def change_pct(previous: Quantity, current: Quantity) -> Quantity:
    """Return the change from one value to the next, in per cent of the first.

    Parameters
    ----------
    previous, current
        Two values of one series, source and vintage.

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
    Formula: ``100 × (current / previous − 1)``.
    Unit: per cent.
    Domain: ≥ −100.
    Missing: null where either is, or the first is not above 0.
    Not measured: why it changed; change between two sources, vintages or definitions.
    Reference: arithmetic; tested on changes as printed in Hansard (UK), 21 November 1977.

    Examples
    --------
    >>> change_pct(200, 150)
    -25.0
    """
    return worked(lambda before, now: 100 * (ratio(now, before) - 1), previous, current)


def difference_from_median(
    values: Frame,
    *,
    country: str,
    unit: str,
    at_least: int = AT_LEAST,
    within_years: int = WITHIN_YEARS,
    columns: Columns = None,
) -> Result:
    """Return how far a country lies from the median of its region.

    Parameters
    ----------
    values
        Needs ``country``, ``year`` and ``value`` of one indicator, source and vintage, for the countries of the region.
    country
        Code or name of the country to compare; it belongs to the region.
    unit
        Unit of the values.
    at_least
        Countries with a value that a median needs.
    within_years
        The values compared lie in so many calendar years, counted back from the newest one of the table.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        One row: ``country``, ``year``, ``own``, ``median``, ``from_year``, ``to_year``; ``value`` = own − median,
        null where the country or enough others have no value in those years; ``n`` = countries of the table,
        ``known`` = countries with a value in those years; ``evidence`` = the rows compared.

    Raises
    ------
    UsageError
        When the table holds several sources or vintages.

    Notes
    -----
    Formula: ``x − median(x)`` over each country's newest value in the years. The median includes the country.
    Unit: that of the values.
    Domain: any number.
    Missing: a country without a value there is excluded, as ``n`` shows.
    Not measured: a rank, and whether the countries measure alike.
    Reference: Project definition.

    Examples
    --------
    >>> values = pl.DataFrame({"country": ["KAZ", "TUR", "UZB"], "year": [2020] * 3, "value": [5.0, 2.0, 3.0]})
    >>> difference_from_median(values, country="KAZ", unit="percent", at_least=2).value()
    2.0
    """
    text(unit, name="unit")
    whole_at_least(at_least, 1, name="at_least")
    whole_at_least(within_years, 1, name="within_years")
    values = frame_with(values, "country", "year", "value", columns=columns)
    country = country_of(country, among=values.get_column("country").drop_nulls().unique())
    one_release(values, [])
    n = values.get_column("country").drop_nulls().n_unique()
    valued = values.with_columns(known(pl.col("value"))).drop_nulls(["country", "year", "value"])
    last = valued.get_column("year").max()
    first = last - within_years + 1 if isinstance(last, int) else None
    latest = (
        valued.filter(pl.col("year") >= (first or 0))
        .sort("country", "year", "value")
        .group_by("country", maintain_order=True)
        .last()
    )
    mine = latest.filter(pl.col("country") == country)
    enough = latest.height >= at_least
    median = latest.get_column("value").median() if enough else None
    own = mine.get_column("value")[0] if mine.height else None
    frame = one_row(
        own - median if own is not None and isinstance(median, float) else None,
        n=n,
        known=latest.height,
        shown=latest,
        country=country,
        year=mine.get_column("year")[0] if mine.height else None,
        own=own,
        median=median,
        from_year=first,
        to_year=last,
    ).cast({"median": pl.Float64, "own": pl.Float64, "year": pl.Int64})
    return Result(
        "difference_from_median",
        tidy(frame, unit=unit),
        f"Own value less the median of at least {at_least} countries within {within_years} years. Project definition.",
        "Better or worse; a median of countries is not the average of the region's people.",
    )


def compare_words(
    name: str,
    value: float | None,
    other_name: str,
    other: float | None,
    *,
    unit: str,
    difference_unit: str | None = None,
    digits: int = 1,
) -> str:
    """Write one sentence that compares two values; every word of comparison comes from the numbers.

    Parameters
    ----------
    name, other_name
        What the values are of.
    value, other
        The values; None = not known.
    unit
        Unit behind the values, such as ``%``; may be empty.
    difference_unit
        Unit behind the difference; None = as `unit`, and percentage points where that is per cent.
    digits
        Decimals shown. The words are chosen after rounding, so that what is printed alike is called alike, and the
        difference is that of the numbers printed.

    Returns
    -------
    str
        A sentence.

    Raises
    ------
    UsageError
        For a value that is no number, or a name or unit that is no text.

    Notes
    -----
    Formula: the difference of the two numbers as printed; above, below, or level where it is zero.
    Unit: that of the values.
    Domain: any numbers.
    Missing: a value that is not known is said to be so, and nothing is compared.
    Not measured: whether the difference matters, or could be chance.
    Reference: Project definition.

    Examples
    --------
    >>> compare_words("Here", 7.86, "the median", 5.5, unit="%")
    'Here (7.9%) is 2.4 percentage points above the median (5.5%).'
    >>> compare_words("Here", None, "the median", 5.5, unit="%")
    'Here cannot be compared with the median: no data found for Here.'
    """
    value, other = number(value, name="value"), number(other, name="other")
    name, other_name = text(name, name="name"), text(other_name, name="other_name")
    whole_at_least(digits, 0, name="digits")
    if unit != "":
        text(unit, name="unit")
    if difference_unit not in (None, ""):
        text(difference_unit, name="difference_unit")
    if value is None or other is None:
        missing = [which for which, given in ((name, value), (other_name, other)) if given is None]
        return f"{name} cannot be compared with {other_name}: no data found for {cldr.joined(missing)}."
    mine, theirs = round(value, digits) + 0.0, round(other, digits) + 0.0
    shown, beside = f"{name} ({_with_unit(mine, unit, digits)})", f"{other_name} ({_with_unit(theirs, unit, digits)})"
    gap = round(abs(mine - theirs), digits)
    if gap == 0:
        return f"{shown} is level with {beside}."
    word = "above" if mine > theirs else "below"
    if difference_unit is None:
        difference_unit = "percentage points" if unit.strip().casefold() in _PER_CENT else unit
    return f"{shown} is {_with_unit(gap, difference_unit, digits)} {word} {beside}."


def _with_unit(value: float, unit: str, digits: int) -> str:
    decimals = max(digits, 0)
    if unit == "%":
        return cldr.percent(value, decimals=decimals)
    return f"{cldr.number(value, decimals=decimals)} {unit}".rstrip()
