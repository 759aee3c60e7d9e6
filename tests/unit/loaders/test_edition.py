"""The newest day of a study: of publication, else of anything that is dated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest

from socdialog.loaders.edition import newest_day

SOURCES = {"published_last": [date(2020, 5, 31), None, date(2019, 1, 1)]}
SERIES = {"year": [1990, 2018]}
WAGES = {"from_last": [date(2017, 3, 31), None]}


@pytest.mark.parametrize(
    ("sources", "series", "wages", "day"),
    [
        (SOURCES, SERIES, WAGES, "2020-05-31"),
        (None, SERIES, WAGES, "2018-12-31"),
        (None, None, WAGES, "2017-03-31"),
        (None, None, None, ""),
    ],
)
def test_a_publication_names_it_else_anything_dated(
    sources: Mapping[str, list[object]], series: Mapping[str, list[object]], wages: Mapping[str, list[object]], day: str
) -> None:
    empty = (pl.Date, pl.Int64, pl.Date)
    given = {"sources": (SOURCES, sources), "country_years": (SERIES, series), "minimum_wages": (WAGES, wages)}
    tables = {
        name: pl.DataFrame(found or {column: [] for column in usual}, schema=dict.fromkeys(usual, dtype))
        for (name, (usual, found)), dtype in zip(given.items(), empty, strict=True)
    }
    assert newest_day(tables) == day
