"""The wheel works where the repository is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from small_study import ROOT, SmallStudy


def test_the_wheel_builds_a_page_without_the_repository(few: Path, tmp_path: Path) -> None:
    made, installed, elsewhere = tmp_path / "made", tmp_path / "installed", tmp_path / "elsewhere"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = made.glob("socdialog-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert all(name.startswith(("socdialog/", "socdialog-")) for name in archive.namelist())
        contents = {archive.read(name) for name in archive.namelist()} - {b""}
        ours = [
            path for path in (ROOT / "tests").rglob("*") if path.is_file() and path.suffix in {".py", ".md", ".yaml"}
        ]
        assert not [path for path in ours if path.read_bytes() in contents], "the wheel holds files of the tests"
        archive.extractall(installed)
    shutil.copytree(few / "raw", elsewhere / "data" / "raw")
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
    assert "worked example" in site.page("methods.html")
    started = [sys.executable, "-m", "socdialog.cli"]
    for arguments in (("new", "mine", "--countries", "GHA"), ("check", "--data", "mine/data")):
        ended = subprocess.run([*started, *arguments], cwd=elsewhere, env=environment, capture_output=True, check=False)
        assert ended.returncode == 0, ended.stderr
    build = [*started, "build", "--data", "mine/data", "--out", "mine/site"]
    ended = subprocess.run(build, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "No rows yet in activity: " in ended.stderr
    site.out = elsewhere / "mine" / "site"
    site.assert_whole()
    assert "Ghana" in site.page("countries/GHA.html")
    assert not (site.out / "comparison.html").exists()
