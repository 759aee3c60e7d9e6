"""Official series as published: each value with its status and release; releases are never joined."""

from __future__ import annotations

import polars as pl

from socdialog import codebook
from socdialog.errors import UsageError
from socdialog.inputs import Columns, Frame
from socdialog.metrics.counting import by_itself
from socdialog.metrics.official_inputs import asked_classification, asked_series, official_tables
from socdialog.metrics.releases import release_order
from socdialog.results import Result, tidy

#: Classifications that an error lists.
_LISTED = 20
#: A day or month with the year behind it.
_YEAR_LAST = r"\b[0-9]{1,2}[^0-9]+[0-9]{4}\b"
#: A release named by its date, of whatever precision.
_DATE = r"^[0-9]{4}(-[0-9]{1,2}){1,2}(T.*)?$"
_NOT = "The quantity behind the series; see the caveat of the indicator. Vintages and sources do not compare."
_NEWEST = "The newest official value of {}, {}, of each source."

#: The four answers to "what does this publisher say?"; the last is the project's own ignorance.
PUBLISHED = "published"
WITHOUT_VALUE = "published_without_value"
NOT_PUBLISHED = "not_published"
NOT_KNOWN = "not_known_here"


class NoTotalError(UsageError):
    """A series has parts only, such as sections or sexes, and none of them was asked for."""


def official_series(
    country_years: Frame,
    not_published: Frame | None = None,
    *,
    country: str,
    indicator: str,
    classification: str | None = None,
    indicators: Frame | None = None,
    columns: Columns = None,
) -> Result:
    """Return an official series, each value with its source, vintage and status.

    Parameters
    ----------
    country_years, not_published
        Values with ``country``, ``indicator``, ``year`` and ``value``; and, where it is known, which series a publisher
        does not publish, with ``country`` and ``indicator``.
    country, indicator
        The country by code or name, the indicator by its code, or its label in `indicators`.
    classification
        The one classification to return; None returns the values without classification, else all totals
        that are shown together, otherwise the only classification.
    indicators
        Table of indicators, with ``indicator`` and ``label``: one of them without a row in the other tables is an
        absence, and no error.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        Columns ``source``, ``vintage``, ``classification``, ``year``, ``obs_status``, ``availability``, ``note``.
        ``availability`` is ``published``, ``published_without_value`` or ``not_published`` (checked in
        that source and vintage and absent; ``year`` null). ``n`` = 1, ``known`` = 1 where there is a value.
        With nothing at all, one row whose ``availability`` is ``not_known_here``.

    Raises
    ------
    UsageError
        For an unknown country, indicator or classification; when `classification` is None and the series has only
        parts.

    Notes
    -----
    Formula: none; values as published. Values of different sources, releases and classifications are in separate rows;
    no values are joined, filled or averaged.
    Unit: that of the series.
    Domain: that of the series.
    Missing: an empty published cell stays null. A year without a row is not zero.
    Not measured: comparability of two sources or releases.
    Reference: Project definition.

    Examples
    --------
    >>> tables = sd.load_country_years(), sd.load_not_published()     # doctest: +SKIP
    >>> sd.metrics.official.official_series(*tables, country="TUR", indicator="ILR_TUMT_NOC_RT")     # doctest: +SKIP
    """
    country_years, not_published = official_tables(country_years, not_published, columns)
    country, indicator = asked_series(country_years, not_published, country, indicator, indicators)
    if classification is not None:
        classification = asked_classification(classification, indicator, country_years, not_published)
    found = _chosen(country_years, country=country, indicator=indicator, classification=classification)
    absent = not_published.filter((pl.col("country") == country) & (pl.col("indicator") == indicator))
    if classification is not None:
        absent = absent.filter(pl.col("classification").is_null() | (pl.col("classification") == classification))
    units = country_years.filter(pl.col("indicator") == indicator).get_column("unit").unique().sort()
    unit = units[0] if len(units) else None
    about = ("source", "vintage", "classification", "year", "obs_status", "availability", "note")
    rows = pl.concat(
        [
            found.with_columns(
                pl.when(pl.col("value").is_null())
                .then(pl.lit(WITHOUT_VALUE))
                .otherwise(pl.lit(PUBLISHED))
                .alias("availability")
            ),
            absent.with_columns(
                pl.lit(NOT_PUBLISHED).alias("availability"),
                pl.lit(None, dtype=pl.Int64).alias("year"),
                pl.lit(None, dtype=pl.String).alias("obs_status"),
                pl.lit(None, dtype=pl.Float64).alias("value"),
                pl.lit(unit, dtype=pl.String).alias("unit"),
            ),
        ],
        how="diagonal",
    )
    frame = (
        rows.with_columns(**by_itself())
        .select(*about, "value", "unit", "n", "known", "evidence")
        .sort("source", "vintage", "classification", "year", nulls_last=True)
    )
    if frame.is_empty():
        frame = _nothing(frame)
    return Result(
        f"official_series_{indicator}",
        tidy(frame, unit=unit or ""),
        f"Official values of {indicator}, {country}, as published, by source and vintage.",
        _NOT,
    )


def latest_official(
    country_years: Frame,
    not_published: Frame | None = None,
    *,
    country: str,
    indicator: str,
    classification: str | None = None,
    indicators: Frame | None = None,
    columns: Columns = None,
) -> Result:
    """Return the latest value of each official series, or that it is not published.

    Parameters
    ----------
    country_years, not_published
        As for `official_series`.
    country, indicator, classification, indicators
        As for `official_series`.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        One row per source and classification, from its latest release: the last year with a value; where
        a series has no value, ``published_without_value`` or ``not_published``. With nothing at all, one
        row whose ``availability`` is ``not_known_here``. ``n`` = rows of that series and vintage, ``known``
        = those with a value.

    Raises
    ------
    UsageError
        When two vintages of one source are not of the same form, so that none comes last.

    Notes
    -----
    Formula: none; the latest value as published. The latest release is the last in the order of its numbers
    (``2022-08`` before ``2026-02``, ``6.1`` before ``10.0``).
    Unit: that of the series.
    Domain: that of the series.
    Missing: an earlier release never fills a gap in a later one; a series checked and absent is ``not_published``,
    a series not checked is ``not_known_here``.
    Not measured: values after the release collected; comparability of two sources.
    Reference: Project definition.

    Examples
    --------
    >>> tables = sd.load_country_years(), sd.load_not_published()     # doctest: +SKIP
    >>> sd.metrics.official.latest_official(*tables, country="TUR", indicator="ILR_TUMT_NOC_RT")     # doctest: +SKIP
    """
    country_years, not_published = official_tables(country_years, not_published, columns)
    country, indicator = asked_series(country_years, not_published, country, indicator, indicators)
    series = official_series(
        country_years,
        not_published,
        country=country,
        indicator=indicator,
        classification=classification,
        indicators=indicators,
    ).frame
    if series.get_column("availability").eq(NOT_KNOWN).all():
        return Result(f"latest_official_{indicator}", series, _NEWEST.format(indicator, country), _NOT)
    by = ["source", "classification"]
    _ordered(series, indicator)
    newest = series.filter(release_order() == release_order().max().over(by))
    counts = newest.group_by(by).agg(
        pl.col("year").is_not_null().sum().cast(pl.Int64).alias("n"),
        pl.col("value").count().cast(pl.Int64).alias("known"),
    )
    best = (
        newest.with_columns(has=pl.col("value").is_not_null())
        .sort("has", "year", nulls_last=False)
        .group_by(by, maintain_order=True)
        .last()
        .drop("n", "known", "has")
        .join(counts, on=by, how="left", nulls_equal=True)
        .sort(by, nulls_last=True)
        .select(series.columns)
    )
    return Result(f"latest_official_{indicator}", best, _NEWEST.format(indicator, country), _NOT)


def _nothing(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one row without data."""
    row = pl.DataFrame({name: [None] for name in frame.columns}, schema=frame.schema)
    row = row.with_columns(availability=pl.lit(NOT_KNOWN), n=pl.lit(0), known=pl.lit(0))
    return tidy(row.drop("unit", "evidence"), unit="")


def _chosen(frame: pl.DataFrame, *, country: str, indicator: str, classification: str | None) -> pl.DataFrame:
    """Return the rows of one series; never a part (a section, a sex) in place of the total."""
    rows = frame.filter((pl.col("country") == country) & (pl.col("indicator") == indicator))
    if classification is not None:
        return rows.filter(pl.col("classification") == classification)
    whole = rows.filter(pl.col("classification").is_null())
    if whole.height:
        return whole
    totals = rows.filter(pl.col("classification").str.contains(codebook.TOTALS))
    given = rows.get_column("classification").unique().sort().to_list()
    if totals.height or len(given) <= 1:
        return totals if totals.height else rows
    raise NoTotalError(
        f"{indicator} of {country} has no total, only classifications",
        details=[*given[:_LISTED], *([f"and {len(given) - _LISTED:,} more"] if len(given) > _LISTED else [])],
        hint="Name one as classification=; parts are never added up.",
    )


def _ordered(series: pl.DataFrame, indicator: str) -> None:
    """Refuse to call one vintage newer than another when their texts are of different forms, or end with the year."""
    vintage = pl.col("vintage")
    forms = (
        series.with_columns(
            form=vintage.str.replace(_DATE, "0").str.replace_all(r"[0-9]+", "0"),
            year_last=vintage.str.contains(_YEAR_LAST),
        )
        .group_by("source")
        .agg(pl.col("form").n_unique(), vintage.unique().sort(), pl.col("year_last").any())
        .filter((pl.col("form") > 1) | (pl.col("year_last") & (vintage.list.len() > 1)))
        .drop("year_last")
    )
    if forms.height:
        raise UsageError(
            f"{indicator}: the vintages of one source are written in different forms, or with the year last, "
            "so none can be called the newest",
            details=[f"{source}: {', '.join(vintages)}" for source, _, vintages in forms.sort("source").rows()],
            hint="Write all vintages of a source in one form, the year first, such as 2026-02.",
        )


__all__ = ["latest_official", "official_series"]
__dir__ = __all__.copy
