"""The context of a page about one country, of the few cells that a test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from socdialog import codebook, dates, schemas
from socdialog.profiles.context import ProfileContext
from socdialog.store.study import Notes

Row = Mapping[str, object]


def rows(table: str, given: Sequence[Row]) -> pl.DataFrame:
    """Return rows of a clean table, of which only some cells are given; a row without an id has its number."""
    dtypes = schemas.clean_dtypes(table)
    filled = [{"row_id": f"{table}:{at}"} | dict(row) for at, row in enumerate(given)]
    wrong = {name for row in filled for name in row} - set(dtypes)
    assert not wrong, f"{table} has no column {wrong}"
    return pl.DataFrame([{name: row.get(name) for name in dtypes} for row in filled], schema=dtypes, orient="row")


def dated(column: str, text: str | None) -> dict[str, object]:
    """Return the cells of a date of reduced precision, with its bounds."""
    if text is None:
        return {column: None}
    return {column: text, **dict(zip(schemas.bound_names(column), dates.bounds(text), strict=True))}


def small_page(
    country: str = "PER", *, edition: str = "2024", notes: Notes | None = None, **tables: Sequence[Row]
) -> ProfileContext:
    """Return the context of a page; a table that is not given has no rows."""
    named = {"countries": [{"country": country, "name": {"PER": "Peru"}.get(country, country)}]} | tables
    made = {name: rows(name, named.get(name, ())) for name in codebook.tables() if name != "evidence"}
    return ProfileContext((country,), made, notes or Notes(), None, None, edition, "")
