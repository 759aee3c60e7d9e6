"""The downloads: safe in a spreadsheet, described, the same bytes each time."""

from __future__ import annotations

import io
import json
from pathlib import Path

import polars as pl
import pytest

from socdialog import schemas
from socdialog.site.downloads import csv_bytes, write_downloads
from socdialog.site.page_shell import SiteInfo
from socdialog.store.study import Notes

SITE = SiteInfo(Notes(title="A study", data_licence=""), "2026-11", "ab")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
        ("+7 701", "'+7 701"),
        ("-x", "'-x"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("＝1+1", "'＝1+1"),
        ("-19", "-19"),
        ("+3,5", "+3,5"),
        ("-19%", "-19%"),
        ("a=b", "a=b"),
        ("−19 %", "−19 %"),
    ],
)
def test_no_text_is_a_formula_unless_it_is_a_number(text: str, written: str) -> None:
    line = csv_bytes(pl.DataFrame({"a": [text]})).decode().splitlines()[1]
    assert line.strip('"') == written


def test_numbers_stay_numbers_and_empty_stays_empty() -> None:
    frame = pl.DataFrame({"n": [-1.5, None], "i": [-2, None], "t": ["x", None]})
    assert csv_bytes(frame).decode() == "n,i,t\n-1.5,-2,x\n,,\n"


def test_lists_are_joined_and_a_semicolon_inside_a_member_becomes_a_comma() -> None:
    frame = pl.DataFrame({"l": [["a", "b;c"], ["=x"], None], "n": [1, 2, 3]})
    assert csv_bytes(frame).decode().replace('"', "") == "l,n\na;b,c,1\n'=x,2\n,3\n"


@pytest.fixture
def countries() -> pl.DataFrame:
    row = {
        "row_id": "countries:KAZ",
        "country": "KAZ",
        "iso2": "KZ",
        "m49": 398,
        "name": "Kazakhstan",
        "own_name": "Қазақстан",
        "ilo_member_since": "1993",
        "ilo_member_since_first": None,
        "ilo_member_since_last": None,
        "groups": ["central_asia", "turkic_states"],
        "source": "-",
        "raw_file": "raw/registry/countries.csv",
        "raw_line": 2,
    }
    return pl.DataFrame([row], schema=schemas.clean_dtypes("countries"))


def test_the_folder_passes_the_frictionless_checks_and_a_broken_one_does_not(
    tmp_path: Path, countries: pl.DataFrame
) -> None:
    frictionless = pytest.importorskip("frictionless")
    places = pl.DataFrame(
        [
            {
                "row_id": "places:a",
                "place_id": "a",
                "country": "KAZ",
                "name": "A",
                "raw_file": "raw/p.csv",
                "raw_line": 2,
            }
        ],
        schema=schemas.clean_dtypes("places"),
    )
    write_downloads(tmp_path / "good", {"countries": countries, "places": places}, SITE)
    report = frictionless.validate(str(tmp_path / "good" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    write_downloads(tmp_path / "bad", {"countries": countries.with_columns(country=pl.lit("KAX"))}, SITE)
    report = frictionless.validate(str(tmp_path / "bad" / "datapackage.json"))
    assert [kind for (kind,) in report.flatten(["type"])] == ["constraint-error"]


def test_what_is_written_is_what_is_described(tmp_path: Path, countries: pl.DataFrame) -> None:
    files = write_downloads(tmp_path, {"countries": countries}, SITE)
    csv, parquet = files["countries"]
    assert csv.bytes == len((tmp_path / csv.path).read_bytes())
    assert parquet.path == "countries.parquet"
    assert pl.read_csv(io.BytesIO((tmp_path / csv.path).read_bytes())).item(0, "groups") == "central_asia;turkic_states"
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["resources"][0]["hash"] == f"sha256:{csv.sha256}"
