"""Rows that are added stand in their place by key, and what stood there stays as it was."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import polars as pl

from socdialog.intake.reading import RawData, read_table
from socdialog.loaders.raw_rows import with_rows

FIGURES = (
    "report_id,figure,country,organisation,indicator,value,value_high,unit,currency,qualifier,period_start,period_end,"
    "attributed_to,scope\n"
    "a#1,2,,,x,5,,persons,,exact,,,,\n"
    'b#1,1,,"Mill, Inc",x,7,,persons,,exact,,,,\n'
)


def raw(**files: str) -> RawData:
    tables = {name: read_table(name, text.encode(), shown=name).frame for name, text in files.items()}
    return RawData(
        Path("data/raw"), MappingProxyType({name: one for name, one in tables.items() if one is not None}), ()
    )


def test_rows_are_sorted_by_key_and_numbers_by_size() -> None:
    rows = [{"report_id": "a#1", "figure": "10", "indicator": "x"}, {"report_id": "a#1", "figure": "1"}]
    found = with_rows(raw(figures=FIGURES), "figures", rows)
    assert [line[:5] for line in found.content.splitlines()[1:]] == ["a#1,1", "a#1,2", "a#1,1", "b#1,1"]
    assert found.lines == (4, 2)
    assert 'b#1,1,,"Mill, Inc",x,7,,persons,,exact,,,,\n' in found.content
    read = read_table("figures", found.content.encode(), shown="figures").frame
    assert read is not None
    assert read.drop("raw_file").equals(found.frame.drop("raw_file"))


def test_a_column_that_files_may_lack_is_there_from_the_first_row_on_that_fills_it() -> None:
    plain = with_rows(raw(figures=FIGURES), "figures", [{"report_id": "c#1", "figure": "1", "day_kind": None}])
    assert plain.content.splitlines()[0].endswith(",scope")
    filled = with_rows(raw(figures=FIGURES), "figures", [{"report_id": "c#1", "figure": "1", "day_kind": "working"}])
    assert filled.content.splitlines()[0].endswith(",scope,day_kind")
    assert filled.content.splitlines()[1].endswith(",exact,,,,,")


def test_a_table_without_a_file_begins_with_its_rows() -> None:
    found = with_rows(raw(), "event_ids", [{"event_id": "ev-1", "report_id": "a#1", "given_on": "2026-01-01"}])
    assert found.content == "event_id,report_id,given_on\nev-1,a#1,2026-01-01\n"


def test_a_row_may_stand_in_the_place_of_another() -> None:
    row = {"report_id": "a#1", "figure": "2", "value": "6"}
    found = with_rows(raw(figures=FIGURES), "figures", [row], instead_of=[2])
    assert found.frame.select(pl.col("value")).to_series().to_list() == ["6", "7"]
