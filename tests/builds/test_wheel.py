"""The wheel works where the repository is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from small_study import ROOT, SmallStudy

pytestmark = pytest.mark.xdist_group("builds")


def test_the_wheel_builds_a_page_without_the_repository(cleaned: Path, tmp_path: Path) -> None:
    made, installed, elsewhere = tmp_path / "made", tmp_path / "installed", tmp_path / "elsewhere"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = made.glob("socdialog-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    shutil.copytree(cleaned / "raw", elsewhere / "data" / "raw")
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    where = [sys.executable, "-c", "import socdialog; print(socdialog.__file__)"]
    assert (
        str(installed)
        in subprocess.run(where, cwd=elsewhere, env=environment, capture_output=True, text=True, check=True).stdout
    )
    build = [sys.executable, "-m", "socdialog.cli", "build", "TKM"]
    ended = subprocess.run(build, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    site = SmallStudy.__new__(SmallStudy)
    site.out = elsewhere / "site"
    site.assert_whole()
    assert "Turkmenistan" in site.page("countries/TKM.html")
