"""The shipped notebooks, run by hand with an ordinary kernel from any folder, and what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_study import ROOT

import socdialog as sd
from socdialog.errors import UsageError

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def papermill(cleaned: Path, folder: Path, country: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papermill", str(ROOT / "notebooks" / "country_profile.ipynb"), "out.ipynb"]
    return subprocess.run(
        [*command, "-k", "python3", "-p", "country", country],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOCDIALOG_DATA": str(cleaned)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_source_notebooks_carry_no_outputs(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_papermill_by_hand(cleaned: Path, tmp_path: Path) -> None:
    ended = papermill(cleaned, tmp_path, "TKM")
    assert ended.returncode == 0, ended.stderr
    assert "Turkmenistan" in (tmp_path / "out.ipynb").read_text(encoding="utf-8")


def test_a_wrong_country_by_hand_fails_with_the_nearest_right_one(cleaned: Path, tmp_path: Path) -> None:
    ended = papermill(cleaned, tmp_path, "KAX")
    assert ended.returncode == 1
    assert "did you mean 'KAZ'?" in ended.stderr


def test_a_profile_refuses_what_a_build_refuses_all_at_once(cleaned: Path) -> None:
    with pytest.raises(UsageError) as refused:
        sd.country_profile("KAX", since="no", until=True, edition="soon", data=cleaned)  # type: ignore[arg-type]
    said = "\n".join(refused.value.details)
    for line in ("did you mean 'KAZ'?", "since: 'no' is not a year", "until: True is not a year", "edition: 'soon'"):
        assert line in said
    with pytest.raises(UsageError, match="parameters") as refused:
        sd.country_profile("KAZ", since=2020, until=2010, data=cleaned)
    assert "since: 2020 lies after until, 2010" in refused.value.details[0]
    with pytest.raises(UsageError) as refused:
        sd.regional_comparison(["KAZ", "KAX", "DEU"], since=2010.5, data=cleaned)  # type: ignore[arg-type]
    assert len(refused.value.details) == 3
    with pytest.raises(UsageError):
        sd.country_profile(None, data=cleaned)  # type: ignore[arg-type]
