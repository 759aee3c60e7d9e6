"""A small study whose data is clean already, so that a build spends its time on notebooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_study import SmallStudy

from socdialog.loaders.fresh import clean_study


@pytest.fixture(scope="session")
def cleaned(tmp_path_factory: pytest.TempPathFactory, raw_folder: Path) -> Path:
    data = tmp_path_factory.mktemp("cleaned") / "data"
    shutil.copytree(raw_folder, data / "raw")
    clean_study(data)
    return data


@pytest.fixture
def study(tmp_path: Path, cleaned: Path) -> SmallStudy:
    return SmallStudy(tmp_path, cleaned)
