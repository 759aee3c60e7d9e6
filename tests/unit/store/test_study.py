"""The nearest study is found, a wrong folder is refused, and a study says what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.store.study import DATA_VARIABLE, Notes, find_study, read_notes


@pytest.fixture(autouse=True)
def _unnamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "study" / "data" / "raw").mkdir(parents=True)
    (tmp_path / "study" / "notebooks" / "deep").mkdir(parents=True)
    return tmp_path / "study" / "data"


def test_the_argument_goes_before_the_variable_and_that_before_the_place(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    (other / "raw").mkdir(parents=True)
    monkeypatch.chdir(data.parent / "notebooks" / "deep")
    assert find_study().data == data
    assert (find_study().raw, find_study().clean) == (data / "raw", data / "clean")
    monkeypatch.setenv(DATA_VARIABLE, str(other))
    assert find_study().data == other
    assert find_study(data).data == data
    monkeypatch.setenv(DATA_VARIABLE, "")
    assert find_study().data == data


def test_a_relative_folder_is_kept_whole(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    assert find_study("data").data == data


def test_a_folder_without_raw_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="holds no folder raw"):
        find_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no data found") as raised:
        find_study()
    assert DATA_VARIABLE in raised.value.hint


def test_notes_have_honest_defaults(tmp_path: Path) -> None:
    assert read_notes(tmp_path) == Notes()
    assert Notes().data_licence == "not stated"


def test_notes_are_read_and_the_edition_is_the_newest_month(tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("title: Unions\nabout: >-\n  two\n  lines\nother: 5\n", encoding="utf-8")
    for folder, accessed in (("law", "2026-09-30"), ("activity", "2026-10")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "origin.yaml").write_text(f"accessed: {accessed}\n", encoding="utf-8")
    notes = read_notes(tmp_path, newest="2026-08-31")
    assert (notes.title, notes.about, notes.edition) == ("Unions", "two lines", "2026-10")
    assert list(notes.origins) == ["activity", "law"]
    assert read_notes(tmp_path, newest="2026-11-02").edition == "2026-11"


def test_notes_are_written_and_read_alike(tmp_path: Path) -> None:
    (tmp_path / "activity").mkdir()
    (tmp_path / "activity" / "origin.yaml").write_text("how: by hand\nyears: [2018, 2019]\n", encoding="utf-8")
    notes = read_notes(tmp_path)
    assert Notes.from_json(notes.to_json()) == notes
    assert notes.to_json() == Notes.from_json(notes.to_json()).to_json()
