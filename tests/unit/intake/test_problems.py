"""A problem names a file under the path by which a person opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.intake.problems import shown_path


def test_a_link_keeps_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "store" / "v7").mkdir(parents=True)
    (tmp_path / "data").mkdir()
    raw = tmp_path / "data" / "raw"
    raw.symlink_to("../store/v7")
    assert shown_path(raw, "law/x.csv") == "data/raw/law/x.csv"


def test_a_path_from_here_is_named_from_the_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "data")
    assert shown_path(Path("raw"), "x.csv") == shown_path(Path("../data/raw"), "x.csv") == "data/raw/x.csv"


def test_bytes_of_another_code_page_are_shown_escaped() -> None:
    assert shown_path(Path("/data/raw"), "\udcee\udcf2.csv") == "data/raw/\\xee\\xf2.csv"
