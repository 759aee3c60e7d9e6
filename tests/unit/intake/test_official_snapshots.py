"""Fetched states in the clean tables: values, absences, classifications, and what is wrong with the files."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import socdialog as sd
from socdialog import codebook
from socdialog.intake import official_snapshots, typed
from socdialog.intake.disagreements import official_values
from socdialog.intake.official_snapshots import annual
from socdialog.intake.reading import read_raw
from socdialog.loaders.fresh import check_study
from socdialog.loaders.selection import for_pages
from socdialog.metrics.official import official_series
from socdialog.schemas import repeated_texts
from socdialog.sources import reader
from socdialog.store.snapshot import slice_hash
from socdialog.store.study import Notes
from tests.official import DENSITY, HEADER, ROWS, csv, kept, packed, parquet, study

ABOUT = ("country", "year", "value", "obs_status", "unit", "source", "vintage", "period", "freq", "series_source")


def every(data: Path, table: str = "country_years") -> pl.DataFrame:
    return sd.load(table, data=data)


def test_rows_of_the_countries_of_the_study_are_official_values(tmp_path: Path) -> None:
    data = study(tmp_path)
    before = every(data)
    kept(data, packed(csv()), "26/02/2026 10:15:00")
    assert check_study(data).problems == ()
    found = every(data)
    assert_frame_equal(found.filter(vintage="2020-10").drop("raw_line"), before.drop("raw_line"))
    more = found.filter(vintage="2026-02-26")
    assert more.select(ABOUT).rows() == [
        ("KAZ", 2012, 49.1, None, "percent", "ILOSTAT", "2026-02-26", "2012", "A", "FX:1"),
        ("KAZ", 2017, 46.9, "B", "percent", "ILOSTAT", "2026-02-26", "2017", "A", "FX:1"),
        ("TUR", 2017, None, "U", "percent", "ILOSTAT", "2026-02-26", "2017", "A", "BA:2"),
    ]
    assert more["raw_file"].unique().to_list() == [f"raw/indicators/ilostat/{DENSITY}_A/2026-02-26.csv.gz"]
    assert more["raw_line"].to_list() == [2, 3, 4]
    assert found["row_id"].n_unique() == found.height


def test_rows_read_in_parts_are_the_rows_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = study(tmp_path)
    rows = [f"{area},FX:1,{DENSITY},{year},{year % 50}.5,B" for year in range(1990, 2020) for area in ("TUR", "KAZ")]
    kept(data, parquet(csv(rows)), "26/02/2026")
    at_once = every(data)
    assert at_once.height == len(rows) + 1, "the study has a row of its own"
    for room in (reader, repeated_texts, official_values):
        monkeypatch.setattr(room, "AT_ONCE", 7)
    sd.clean(data)
    assert_frame_equal(every(data), at_once)
    assert every(data).select("country", "year").rows()[:3] == [("KAZ", 1990), ("KAZ", 1991), ("KAZ", 1992)]


def test_what_the_study_itself_states_of_one_key_is_kept(tmp_path: Path) -> None:
    data = study(tmp_path)
    years = data / "raw" / "indicators" / "country_years.csv"
    header = "country,indicator,year,classification,value,obs_status,unit,source,vintage,note,period,freq,series_source"
    row = f"KAZ,{DENSITY},2012,,49.0,,percent,ILOSTAT,2026-02-26,,2012,A,FX:1"
    years.write_text(f"{header}\n{row}\n", encoding="utf-8")
    kept(data, csv(), "26/02/2026")
    found = every(data).filter(pl.col("country") == "KAZ").sort("year")
    assert found.select("year", "value", "vintage").rows() == [(2012, 49.0, "2026-02-26"), (2017, 46.9, "2026-02-26")]


def test_ids_that_meet_in_two_parts_have_all_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed, "_DIGITS", 1)
    monkeypatch.setattr(typed, "_PLAIN_KEY", 1)
    monkeypatch.setattr(reader, "AT_ONCE", 3)
    data = study(tmp_path)
    kept(data, parquet(csv([f"KAZ,FX:1,{DENSITY},{year},1," for year in range(1990, 2020)])), "26/02/2026")
    ids = every(data)["row_id"]
    assert ids.n_unique() == len(ids) > 30, "of one digit there are sixteen"


def test_a_state_that_is_wrong_in_its_last_part_gives_no_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = study(tmp_path)
    rows = [f"KAZ,FX:1,{DENSITY},{year},1," for year in range(1990, 2000)]
    kept(data, parquet(csv(rows)), "26/02/2026")
    monkeypatch.setattr(reader, "AT_ONCE", 3)
    monkeypatch.setattr(
        official_snapshots, "_unchanged", lambda *_: parquet(csv([*rows[:9], f"KAZ,FX:1,{DENSITY},1999,1,Z"]))
    )
    found = read_raw(data / "raw").official
    assert "country_years" not in found.tables
    assert [one.message for one in found.problems] == ["row 11: obs_status: 'Z' is not an observation status"]


def test_a_country_that_was_asked_for_and_has_no_row_is_not_published(tmp_path: Path) -> None:
    data = study(tmp_path)
    kept(data, csv(ROWS[:2]), "26/02/2026", ref_area="KAZ+TUR", timefrom="2010")
    absent = every(data, "not_published")
    assert absent.select("country", "indicator", "vintage", "note").rows() == [
        ("TUR", DENSITY, "2026-02-26", "Checked in the release: no value from 2010 to the end."),
    ]
    kept(data, csv(), "26/02/2026")
    assert every(data, "not_published")["country"].to_list() == ["UZB"], "the whole data set has Türkiye"


def test_an_answer_without_rows_is_an_absence_and_no_zero(tmp_path: Path) -> None:
    data = study(tmp_path)
    kept(data, csv([]), "26/02/2026", ref_area="UZB")
    assert every(data, "not_published")["country"].to_list() == ["UZB"]
    assert every(data)["vintage"].to_list() == ["2020-10"]


@pytest.mark.parametrize(
    ("codes", "classification"),
    [
        (("SEX_T", "", ""), "SEX_T"),
        (("SEX_F", "AGE_AGGREGATE_TOTAL", ""), "AGE_AGGREGATE_TOTAL SEX_F"),
        (("SEX_T", "AGE_AGGREGATE_TOTAL", ""), "SEX_T AGE_AGGREGATE_TOTAL"),
        (("", "", ""), None),
    ],
)
def test_a_classification_ends_as_a_total_only_where_all_are_totals(
    tmp_path: Path, codes: tuple[str, str, str], classification: str | None
) -> None:
    data = study(tmp_path)
    header = "ref_area,source,indicator,sex,classif1,classif2,time,obs_value"
    kept(data, csv([f"KAZ,A:1,{DENSITY},{','.join(codes)},2017,1"], header=header), "26/02/2026")
    assert every(data).filter(vintage="2026-02-26")["classification"].to_list() == [classification]


def test_pages_show_annual_values_of_the_preferred_source(tmp_path: Path) -> None:
    data = study(tmp_path)
    rows = [f"KAZ,{survey},{DENSITY},{time},{value},{best}" for survey, time, value, best in (
        ("A:1", "2017", 1, 1), ("B:1", "2017", 2, 0), ("A:1", "2017Q1", 3, 1), ("A:1", "2017M01", 4, 1))]  # fmt: skip
    kept(data, csv(rows, header=HEADER.replace("obs_status", "best_source")), "26/02/2026", best_source="all")
    found = every(data)
    assert found.height == 5
    assert annual(found)["value"].to_list() == [49.0, 1.0]
    assert for_pages({"country_years": found}, ("KAZ",))["country_years"]["value"].to_list() == [49.0, 1.0]


def test_a_multiplier_of_the_file_meets_the_unit_of_the_catalogue(tmp_path: Path) -> None:
    data = study(tmp_path)
    catalogue = data / "raw" / "indicators" / "catalogue.csv"
    catalogue.write_text(catalogue.read_text().replace("percent", "thousand_persons"))
    years = data / "raw" / "indicators" / "country_years.csv"
    years.write_text(years.read_text().replace("percent", "thousand_persons"))
    header = f"{HEADER},unit_mult"
    rows = [f"KAZ,A:1,{DENSITY},{year},8500,,{power}" for year, power in ((2015, 0), (2016, 3), (2017, ""))]
    kept(data, csv(rows, header=header), "26/02/2026")
    assert every(data).filter(vintage="2026-02-26")["value"].to_list() == [8.5, 8500.0, 8500.0]


def problems(data: Path) -> list[str]:
    return [f"{one.level}: {one.rule}" for one in read_raw(data / "raw").problems]


def test_a_file_that_is_not_the_one_that_was_kept_is_an_error(tmp_path: Path) -> None:
    data = study(tmp_path)
    path = kept(data, csv(), "26/02/2026").path
    assert problems(data) == []
    path.write_bytes(csv(ROWS[:3]))
    assert problems(data) == ["error: official_file"]
    (problem,) = read_raw(data / "raw").problems
    assert str(problem).startswith(f"data/raw/indicators/ilostat/{DENSITY}_A/2026-02-26.csv: the file is not the one")
    path.unlink()
    assert problems(data) == ["error: missing_file"]


def test_a_file_without_an_entry_and_a_broken_lock_are_named(tmp_path: Path) -> None:
    data = study(tmp_path)
    folder = kept(data, csv(), "26/02/2026").path.parent
    (folder / "by-hand.csv").write_bytes(csv())
    assert problems(data) == ["warning: unlisted_file"]
    (folder / "origin.lock.yaml").write_text("snapshots: 3\n")
    assert problems(data) == ["error: lock"]


def test_an_indicator_outside_the_catalogue_waits_there(tmp_path: Path) -> None:
    data = study(tmp_path)
    rows = [row.replace(DENSITY, "ILR_CBCT_NOC_RT") for row in ROWS]
    kept(data, csv(rows), "26/02/2026", data_set="ILR_CBCT_NOC_RT_A")
    assert problems(data) == ["warning: not_in_catalogue"]
    assert every(data).height == 1


def test_two_files_of_one_release_that_differ_are_an_error(tmp_path: Path) -> None:
    data = study(tmp_path)
    kept(data, csv(ROWS[:2]), "26/02/2026", ref_area="KAZ")
    kept(data, csv(), "26/02/2026")
    assert problems(data) == [], "the same rows twice are one"
    assert every(data).height == 4
    kept(data, csv([ROWS[0].replace("49.1", "50.0")]), "26/02/2026", ref_area="KAZ", timeto="2012")
    assert problems(data) == ["error: states_differ"]


def test_a_state_appears_in_the_disagreements_with_the_older_one(tmp_path: Path) -> None:
    data = study(tmp_path)
    kept(data, csv([ROWS[0].replace("49.1", "60.0")]), "26/02/2026")
    found = sd.load_disagreements(data=data)
    assert found["check"].to_list() == ["releases"]
    assert re.search("2026-02-26", str(found["evidence"].to_list() if "evidence" in found.columns else found.rows()))


def test_a_new_release_changes_the_pages_that_show_it_only(tmp_path: Path) -> None:
    """A page depends on its slice of the tables; whether there is a network changes no table."""
    data = study(tmp_path)

    def slices() -> dict[str, str]:
        tables = {name: every(data, name) for name, spec in codebook.tables().items() if spec.stored}
        return {code: slice_hash(for_pages(tables, (code,)), notes=Notes()) for code in ("KAZ", "TUR")}

    kept(data, csv(), "26/02/2026")
    before = slices()
    kept(data, csv([ROWS[2].replace("2017,", "2017,9.1")]), "01/05/2026", ref_area="TUR")
    after = slices()
    assert (after["KAZ"] == before["KAZ"], after["TUR"] == before["TUR"]) == (True, False)


def test_a_metric_of_official_series_has_one_value_a_year(tmp_path: Path) -> None:
    data = study(tmp_path)
    rows = [f"KAZ,{survey},{DENSITY},{time},{value},{best}" for survey, time, value, best in (
        ("A:1", "2017", 1, 1), ("B:1", "2017", 2, 0), ("A:1", "2017Q1", 3, 1))]  # fmt: skip
    kept(data, csv(rows, header=HEADER.replace("obs_status", "best_source")), "26/02/2026", best_source="all")
    found = official_series(
        sd.load_country_years(data=data), sd.load_not_published(data=data), country="KAZ", indicator=DENSITY
    )
    assert found.frame["value"].to_list() == [1.0]
