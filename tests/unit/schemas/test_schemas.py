"""Columns that many studies lack are shown where a row fills them, and nowhere else."""

from __future__ import annotations

import polars as pl

from socdialog import schemas


def test_a_spare_column_goes_with_its_bounds_where_no_row_fills_it() -> None:
    dtypes = schemas.clean_dtypes("reports")
    given = {"report_id": ["a#1"], "industry": ["Mining"], "label": [None], "stoppage_start_date": [None]}
    frame = pl.DataFrame(given, schema={name: dtypes[name] for name in given}).with_columns(
        stoppage_start_first=pl.lit(None, pl.Date), stoppage_start_last=pl.lit(None, pl.Date)
    )
    assert schemas.without_spare("reports", frame).columns == ["report_id", "industry", "label"]


def test_an_empty_table_keeps_its_columns() -> None:
    empty = pl.DataFrame(schema=schemas.clean_dtypes("reports"))
    assert schemas.without_spare("reports", empty).columns == empty.columns
