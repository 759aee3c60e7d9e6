"""What is taken along carries its definition, unit, release and citation, in every form, and loses no value."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, Frozen
from socdialog.products import flat
from socdialog.results import Result, tidy

FRAME = tidy(
    pl.DataFrame(
        {
            "country": ["KAZ", "=1+1"],
            "source": ["ILOSTAT", "ILOSTAT"],
            "vintage": ["2026-02", "2026-02"],
            "bodies": [["a|b", "c"], None],
            "value": [46.9, None],
            "evidence": [["x:1", "x:2"], []],
        }
    ),
    unit="percent",
)
RESULT = Result("density_pct", FRAME, "Trade union density. Visser 2019.", "Bargaining power.")
CITATION = (
    f"Trade union density. Visser 2019. Source: ILOSTAT, 2026-02 release. Computed with socdialog {sd.__version__}."
)


def test_a_result_says_what_it_is() -> None:
    assert dict(RESULT.about) == {
        "definition": "Trade union density. Visser 2019.",
        "unit": "percent",
        "not_measured": "Bargaining power.",
        "release": "ILOSTAT, 2026-02 release",
        "citation": CITATION,
    }
    assert RESULT.cite() == CITATION


def test_csv_carries_the_definition_in_every_row(tmp_path: Path) -> None:
    text = RESULT.to_csv(tmp_path / "density.csv")
    assert (tmp_path / "density.csv").read_text(encoding="utf-8") == text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["value"] for row in rows] == ["46.9", ""]
    assert [row["bodies"] for row in rows] == ["a|b; c", ""]
    assert {row["citation"] for row in rows} == {CITATION}
    assert {row["unit"] for row in rows} == {"percent"}


def test_a_workbook_has_the_values_and_a_sheet_about_them(tmp_path: Path) -> None:
    RESULT.to_excel(tmp_path / "density.xlsx")
    once = (tmp_path / "density.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "density.xlsx")
    assert book.sheetnames == ["data", "about"]
    cells = list(book["data"].iter_rows(values_only=True))
    assert cells[0][:5] == tuple(FRAME.columns[:5])
    assert cells[2][0] == "=1+1"
    assert book["data"]["A3"].data_type == "s", "a text is no formula"
    assert ("citation", CITATION) in list(book["about"].iter_rows(values_only=True))
    RESULT.to_excel(tmp_path / "density.xlsx")
    assert (tmp_path / "density.xlsx").read_bytes() == once


def test_markdown_escapes_and_ends_with_notes(tmp_path: Path) -> None:
    text = RESULT.to_markdown(tmp_path / "density.md")
    assert (tmp_path / "density.md").read_text(encoding="utf-8") == text
    assert "a\\|b; c" in text
    assert f"Citation: {CITATION}" in text
    assert "Not measured: Bargaining power." in text


def test_pandas_keeps_the_values_and_knows_the_definition() -> None:
    found = RESULT.to_pandas()
    assert pl.from_pandas(found)["value"].to_list() == [46.9, None]
    assert found.attrs == dict(RESULT.about)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for write in (RESULT.to_csv, RESULT.to_excel, RESULT.to_markdown):
        with pytest.raises(UsageError, match="cannot be written"):
            write(tmp_path / "folder")


def test_values_without_evidence_have_no_sources() -> None:
    with pytest.raises(UsageError, match="no value names the rows"):
        Result("x", tidy(pl.DataFrame({"value": [1.0]}), unit="events"), "d").sources()


def test_nested_cells_become_texts() -> None:
    frame = pl.DataFrame({"a": [[["x"], ["y", "z"]], []], "b": [{"k": 1}, None]})
    assert flat(frame).to_dict(as_series=False) == {"a": ["x; y; z", ""], "b": ['{"k": 1}', None]}


def test_a_result_of_the_data_leads_to_its_sources(shipped_data: Frozen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(shipped_data.snapshot.folder))
    found = sd.metrics.activity.events_by(sd.load_events(kind="strike"), "kind")
    sources = found.sources()
    assert sources.columns == ["source_id", "title", "publisher", "published", "language", "kind", "url", "rows"]
    assert sources.height > 1
    assert repr(found.table()).endswith("(1 row)")
