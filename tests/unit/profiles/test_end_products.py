"""A profile, a section and a table can be taken along: frame, chart, table, sources, citation, exports."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import socdialog as sd
from socdialog.display.parts import Column, Table, Value
from socdialog.errors import UsageError
from socdialog.profiles.end_products import table_frame
from socdialog.profiles.profile import Profile

VERSION = f"Computed with socdialog {sd.__version__}."


@pytest.fixture
def profile(profiles: Mapping[str, Profile]) -> Profile:
    return profiles["KAZ"]


def test_the_frame_of_a_profile_has_every_value_that_it_shows(profile: Profile) -> None:
    wanted = [(value.text, list(value.evidence)) for value in profile.values()]
    assert profile.frame.select("value", "evidence").rows() == wanted
    section = profile["standards"]
    assert section.frame.equals(profile.frame.filter(pl.col("section") == "standards"))
    assert 0 < section.frame.height < profile.frame.height


def test_sources_are_those_of_the_values(profile: Profile) -> None:
    section = profile["standards"]
    found = section.sources()
    assert found.height > 0
    assert set(found["rows"].explode()) <= set(section.frame["evidence"].explode().drop_nulls())
    assert set(found["source_id"]) <= set(profile.sources()["source_id"])
    assert profile.sources().height == len(profile.book.sources)


def test_a_table_is_taken_along_as_a_reader_sees_it(profile: Profile, tmp_path: Path) -> None:
    key, frame = next(iter(profile["standards"].tables().items()))
    table = profile.table(key)
    assert table.frame.equals(frame)
    assert table.frame.equals(profile["standards"].table(key).frame)
    rows = list(csv.DictReader(io.StringIO(table.to_csv())))
    assert len(rows) == frame.height
    assert {row["citation"] for row in rows} == {table.cite()}
    table.to_excel(tmp_path / "table.xlsx")
    assert openpyxl.load_workbook(tmp_path / "table.xlsx").sheetnames == ["data", "about"]
    assert table.cite().endswith(VERSION)
    assert profile.name in table.cite()
    assert repr(table).endswith(f"({frame.height} rows)")
    assert "text/html" in table._repr_mimebundle_()


def test_a_workbook_of_a_profile_has_a_sheet_for_each_table(profile: Profile, tmp_path: Path) -> None:
    profile.to_excel(tmp_path / "profile.xlsx")
    names = openpyxl.load_workbook(tmp_path / "profile.xlsx").sheetnames
    assert len(names) == len(profile.tables()) + 2


def test_charts_are_charts(profile: Profile) -> None:
    key, chart = next(iter(profile.charts().items()))
    assert chart.to_dict() == profile.chart(key).to_dict()


def test_an_unknown_table_is_refused(profile: Profile) -> None:
    with pytest.raises(UsageError, match="not a known table"):
        profile.table("nothing")
    with pytest.raises(UsageError, match="there is no chart here"):
        profile.table(next(iter(profile.tables()))).chart()


def test_tab_offers_the_sections(profile: Profile) -> None:
    assert profile._ipython_key_completions_() == [section.key for section in profile.sections]


def test_columns_of_one_heading_are_told_apart() -> None:
    table = Table("t", "c", (Column("Year"), Column("Value"), Column("Value")), (("2020", Value("1"), ("a", "b")),))
    assert table_frame(table).to_dict(as_series=False) == {"Year": ["2020"], "Value": ["1"], "Value (2)": ["a\nb"]}
