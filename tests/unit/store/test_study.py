"""The nearest study is found, and a wrong folder is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.store.study import DATA_VARIABLE, Notes, find_study


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
    with pytest.raises(UsageError, match="contains no folder raw"):
        find_study(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="no data found") as raised:
        find_study()
    assert DATA_VARIABLE in raised.value.hint


def test_notes_have_honest_defaults() -> None:
    assert Notes().data_licence == "not stated"


def test_notes_are_written_and_read_alike() -> None:
    notes = Notes(title="Unions", edition="2026-11", origins={"law": {"compiled_from": [{"publisher": "x"}]}})
    assert Notes.from_json(notes.to_json()) == notes
    assert notes.to_json() == Notes.from_json(notes.to_json()).to_json()
