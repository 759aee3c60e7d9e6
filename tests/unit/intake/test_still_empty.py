"""Tables without a row are named by folder; those that hold one, or are not there, are not."""

from __future__ import annotations

from pathlib import Path

from socdialog.intake.still_empty import still_empty


def test_empty_tables_are_named_by_folder(tmp_path: Path) -> None:
    for file, text in {
        "activity/sources.csv": "source_id\n",
        "activity/reports.csv": "report_id\na#1\n",
        "activity/decisions.csv": "report_a\n\n",
        "law/supervision.csv": "country\n",
        "law/notes.csv": "x\n",
    }.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text)
    assert still_empty(tmp_path) == "activity: decisions, sources; law: supervision"


def test_a_filled_study_has_none(tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "supervision.csv").write_text("country\nGHA\n")
    assert still_empty(tmp_path) == ""
