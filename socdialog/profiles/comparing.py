"""One indicator of several countries, as published, without a ranking."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.errors import UsageError
from socdialog.folding import alphabetical
from socdialog.inputs import code, yes_or_no
from socdialog.loaders.fresh import Data, snapshot
from socdialog.loaders.labels import table_labels, vocabulary_labels
from socdialog.loaders.selection import known_countries
from socdialog.metrics import official
from socdialog.results import Result

_TWO = 2


def compare(
    countries: Sequence[str],
    indicator: str,
    *,
    classification: str | None = None,
    series: bool = False,
    data: Data = None,
) -> Result:
    """Return an official indicator of two or more countries, each value with its year, publisher and release.

    Parameters
    ----------
    countries
        Two or more countries of the study, by code or name.
    indicator
        Code or label of the indicator.
    classification
        The one classification to return; None as in `socdialog.metrics.official.official_series`.
    series
        Whether all years are returned, of each release; default: the latest value of each publisher.
    data
        The folder that holds ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    Result
        Columns ``country``, ``name``, ``source``, ``vintage``, ``classification``, ``year``, ``obs_status``,
        ``availability``, ``note``; in the order of names. A country without a value has a row that says why.

    Raises
    ------
    DataError
        With every error of the raw data.
    UsageError
        For an unknown country or indicator, or fewer than two countries.

    Examples
    --------
    >>> sd.compare(["Türkiye", "KAZ"], "Trade union density")     # doctest: +SKIP
    """
    tables = snapshot(data).tables()
    asked = known_countries(tables.__getitem__, "country_years", countries)
    if len(asked) < _TWO:
        raise UsageError("a comparison needs at least two countries", hint='write compare(["TUR", "KAZ"], …)')
    terms = table_labels("indicators", tables.__getitem__)
    asked_for = code(indicator, terms, what="indicator", name="indicator")
    metric = official.official_series if yes_or_no(series, name="series") else official.latest_official
    names = {**vocabulary_labels("iso_countries"), **dict(tables["countries"].select("country", "name").iter_rows())}
    found = [
        metric(
            tables["country_years"],
            tables["not_published"],
            country=country,
            indicator=asked_for,
            classification=classification,
            indicators=tables["indicators"],
        ).frame.select(pl.lit(country).alias("country"), pl.lit(names[country]).alias("name"), pl.all())
        for country in alphabetical(asked, names.__getitem__)
    ]
    definition = tables["indicators"].filter(pl.col("indicator") == asked_for).row(0, named=True)
    return Result(
        f"compare_{asked_for}",
        pl.concat(found),
        f"{definition['label']}, as published. {definition['definition'] or ''}".strip(),
        f"{definition['caveat'] or ''} Publishers and releases are not comparable.".strip(),
    )
