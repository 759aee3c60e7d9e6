"""What is asked of official series: their tables, the country, the indicator and the classification."""

from __future__ import annotations

import polars as pl

from socdialog.errors import UsageError
from socdialog.inputs import Columns, Frame, Needed, code, frames_with, text
from socdialog.inputs import country as country_of
from socdialog.intake.official_snapshots import annual


def known_countries(*tables: pl.DataFrame) -> list[str]:
    """Return the countries that tables have, sorted."""
    return sorted({one for table in tables for one in table.get_column("country").drop_nulls().unique()})


def known_indicators(*tables: pl.DataFrame, indicators: Frame | None) -> dict[str, str]:
    """Return the labels of the indicators that tables have, and of all where the table of indicators is given."""
    found = {one: "" for table in tables for one in table.get_column("indicator").drop_nulls().unique().sort()}
    if indicators is None:
        return found
    (labelled,) = frames_with(indicators=Needed(indicators, ("indicator", "label")))
    return found | dict(labelled.select("indicator", "label").iter_rows())


def official_tables(
    country_years: Frame, not_published: Frame | None, columns: Columns
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the table of values, and that of what is not published, an empty one where none is given."""
    given = {
        "country_years": Needed(
            country_years,
            ("country", "indicator", "year", "value"),
            ("classification", "unit", "source", "vintage", "obs_status", "note", "row_id"),
        )
    }
    if not_published is not None:
        given["not_published"] = Needed(
            not_published, ("country", "indicator"), ("classification", "source", "vintage", "note", "row_id")
        )
    values, *absent = frames_with(columns, **given)
    if {"freq", "best_source"} <= set(values.columns):
        # A year has one value: that of the source which the publisher prefers.
        values = annual(values)
    if absent:
        return values, absent[0]
    return values, values.clear().drop("year", "value", "unit", "obs_status")


def asked_series(
    country_years: pl.DataFrame, not_published: pl.DataFrame, country: str, indicator: str, indicators: Frame | None
) -> tuple[str, str]:
    """Return the codes of the country and the indicator that are asked for."""
    if isinstance(country, str) and isinstance(indicator, str):
        is_it = (pl.col("country") == country) & (pl.col("indicator") == indicator)
        # Codes that are there as written need no look at all others, of which long tables have many rows.
        if any(table.select(is_it.any()).item() for table in (country_years, not_published)):
            return country, indicator
    known = known_indicators(country_years, not_published, indicators=indicators)
    # Tables without a row know no indicator, so that any may be asked of them.
    return (
        country_of(country, among=known_countries(country_years, not_published)),
        code(indicator, known or {indicator: ""}, what="indicator", name="indicator"),
    )


def asked_classification(value: str, indicator: str, *tables: pl.DataFrame) -> str:
    """Return a classification that the indicator has somewhere; any other is a typing error."""
    given = [table.filter(pl.col("indicator") == indicator).get_column("classification") for table in tables]
    written = pl.concat(given)
    known = dict.fromkeys(written.drop_nulls().unique().sort(), "")
    if known:
        return code(value, known, what=f"classification of {indicator}", name="classification")
    if written.len():
        raise UsageError(f"classification: {indicator} has none", hint="leave classification out")
    return text(value, name="classification")
