"""The shipped data, cleaned once, and a study of its own that a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from socdialog.intake.clean import clean
from socdialog.intake.reading import RawData
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, clean_study
from socdialog.store.study import DATA_VARIABLE
from tests.smaller_study import smaller_study

Change = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def tables(raw: RawData) -> dict[str, pl.DataFrame]:
    """Every clean table of the shipped data; do not change it."""
    return clean(raw)


@pytest.fixture(scope="session")
def cleaned(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that was cleaned; do not change it."""
    data = tmp_path_factory.mktemp("cleaned") / "data"
    shutil.copytree(raw_folder, data / "raw")
    clean_study(data)
    return data


@pytest.fixture(scope="session")
def cleaned_part(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The part of the shipped study that is about Türkiye, which was cleaned; do not change it."""
    raw = smaller_study(raw_folder, tmp_path_factory.mktemp("part") / "data", about=frozenset({"TUR"}))
    clean_study(raw.parent)
    return raw.parent


@pytest.fixture
def study(cleaned: Path, tmp_path: Path) -> Path:
    """A cleaned study that a test may change."""
    return Path(shutil.copytree(cleaned, tmp_path / "data"))


@pytest.fixture
def change(study: Path) -> Change:
    """Change the first occurrence of a text in a raw file of the study."""

    def replace(file: str, old: str, new: str) -> None:
        path = study / "raw" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the machine decides which study is read."""
    monkeypatch.delenv(SNAPSHOT_VARIABLE, raising=False)
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
