"""A long file is read itself while the clean tables are behind: the same rows, checked as much, nothing written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import socdialog as sd
from socdialog import codebook, schemas
from socdialog.errors import DataError
from socdialog.intake import plain
from socdialog.intake.checks import rule_context
from socdialog.loaders import fresh
from socdialog.loaders.fresh import CheckedRaw, clean_study, open_tables
from socdialog.store import snapshot as store_snapshot
from socdialog.store.fingerprint import fingerprint
from socdialog.store.snapshot import Snapshot

Change = Callable[[str, str, str], None]
FILE = "indicators/country_years.csv"
OPTIONS = (
    {},
    {"countries": ["KAZ", "TUR"]},
    {"since": 2012, "until": 2015},
    {"countries": ["ARM"], "since": 2018},
)


@pytest.fixture
def behind(study: Path, change: Change, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study whose official series are long, and newer than its clean tables."""
    monkeypatch.setattr(plain, "LONG", 100_000)
    monkeypatch.setattr(rule_context, "LONG", 1_000)
    change(FILE, "SEX_F,7,", "SEX_F,8,")
    return study


def test_the_rows_are_those_of_the_clean_table(behind: Path) -> None:
    loaded = [sd.load_country_years(data=behind, **options) for options in OPTIONS]
    clean_study(behind)
    for options, frame in zip(OPTIONS, loaded, strict=True):
        assert frame.height > 0
        assert_frame_equal(frame, sd.load_country_years(data=behind, **options))


def test_nothing_is_written(behind: Path) -> None:
    before = fingerprint(behind)
    frame = sd.load_country_years(data=behind)
    assert frame.filter(pl.col("value") == 8, pl.col("country") == "ARM").height > 0
    assert fingerprint(behind) == before


def test_clean_tables_that_are_not_behind_are_read_instead(behind: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_study(behind)
    monkeypatch.setattr(fresh, "read_raw", None)
    assert sd.load_country_years(data=behind).height > 0


def test_a_short_file_and_what_hangs_on_others_refresh_the_clean_tables(behind: Path) -> None:
    assert isinstance(open_tables("country_years", behind), CheckedRaw)
    assert isinstance(open_tables("not_published", behind), Snapshot)
    assert isinstance(open_tables("country_years", behind), Snapshot)


def test_one_country_is_read_without_the_parts_of_others(
    study: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_snapshot, "GROUP", 50)
    change(FILE, "SEX_F,7,", "SEX_F,8,")
    clean_study(study)
    whole = sd.load_country_years(data=study)
    path = study / "clean" / "country_years.parquet"
    content = bytearray(path.read_bytes())
    content[100:2000] = bytes(1900)
    path.write_bytes(content)
    last = whole.filter(pl.col("country") == "UZB")
    assert_frame_equal(sd.load_country_years(countries=["UZB"], data=study), last)
    with pytest.raises(pl.exceptions.ComputeError):
        sd.load_country_years(countries=["ARM"], data=study)


def test_every_error_of_the_study_is_raised_also_of_other_files(behind: Path, change: Change) -> None:
    change(FILE, "SEX_M,38,,persons", "SEX_M,3e8,,persns")
    change("activity/reports.csv", ",congress,held,", ",kongress,held,")
    with pytest.raises(DataError) as raised:
        sd.load_country_years(data=behind)
    assert list(raised.value.details) == [str(problem) for problem in sd.check(behind).errors]
    assert {line.rsplit(":", 1)[0].split(":")[0] for line in raised.value.details} == {
        "data/raw/indicators/country_years.csv",
        "data/raw/activity/reports.csv",
    }


@pytest.mark.parametrize("table", [spec.name for spec in codebook.tables().values() if spec.by_country])
def test_what_passed_the_rules_keeps_the_schema_of_the_clean_table(study: Path, table: str) -> None:
    spec = codebook.tables()[table]
    if spec.file is None or spec.adds:
        pytest.skip("something is derived for this table: it is never read by itself")
    found = fresh._checked(fresh.read_raw(study / "raw"), table, today=fresh._day(None))
    schemas.validate(table, found.table(table))
