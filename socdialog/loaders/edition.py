"""The latest date in the tables of a study, which names the edition by default."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from socdialog import codebook, schemas


def newest_day(tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the latest date of publication; if no source has one, the latest date of a row of any table.

    An empty text where no table has a date.
    """
    days = _days("sources", tables["sources"]) or [
        day for name, frame in tables.items() if codebook.tables()[name].dated_by for day in _days(name, frame)
    ]
    return str(max(days, default=""))


def _days(table: str, frame: pl.DataFrame) -> list[date]:
    """Return the latest date of a row of a table; none where no row is dated."""
    dated_by = str(codebook.tables()[table].dated_by)
    if codebook.tables()[table].every_column[dated_by].type == "integer":
        newest = frame.select(pl.date(pl.col(dated_by).max(), 12, 31)).item()
    else:
        newest = frame.get_column(schemas.bound_names(dated_by)[1]).max()
    return [newest] if isinstance(newest, date) else []
