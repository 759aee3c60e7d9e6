"""The command line: mistakes are told at once, and help costs next to nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "socdialog.cli", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_request_is_exit_2_with_every_problem_and_the_nearest_right_names(tmp_path: Path) -> None:
    ended = run("build", "KZ", "DEU", "--since", "007", "--until", "2012", "--edition", "soon", "--out", str(tmp_path))
    assert ended.returncode == 2
    for line in (
        "countries: 'KZ' is not a known country; did you mean 'KAZ'?",
        "countries: DEU (Germany) is not a country of this study",
        "since: '007' is not a date",
        "edition: 'soon' is not a date",
    ):
        assert line in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [("build", "--jobs", "0"), ("build", "--timeout", "nan"), ("bild",), (), ("build", "--timeout", "0")]
)
def test_wrong_use_is_exit_2(arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_no_data_is_exit_2(tmp_path: Path) -> None:
    ended = run("check", cwd=tmp_path)
    assert ended.returncode == 2
    assert "no data found" in ended.stderr


def test_check_names_file_and_line_and_exits_1(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    assert run("check", "--data", str(tmp_path / "data")).returncode == 0
    path = raw / "registry" / "countries.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1992-11-26", "1992-13-40"), encoding="utf-8")
    ended = run("check", "--data", str(tmp_path / "data"))
    assert ended.returncode == 1
    assert "countries.csv:2: ilo_member_since: '1992-13-40' is not a date" in ended.stdout


@pytest.mark.parametrize("arguments", [("--help",), ("build", "KAX")])
def test_help_and_mistakes_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom socdialog.cli import main\n"
        f"try: main({list(arguments)!r})\nexcept SystemExit: pass\n"
        "heavy = {'polars', 'altair', 'pandera', 'papermill', 'IPython', 'nbformat', 'jinja2', 'vl_convert'}\n"
        "sys.exit(sorted(heavy & set(sys.modules)) or 0)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_help_costs_at_most_0_3_seconds_beyond_python_itself() -> None:
    def best(*command: str) -> float:
        found = []
        for _ in range(5):
            before = os.times()
            subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, check=True)
            after = os.times()
            found.append(after.children_user + after.children_system - before.children_user - before.children_system)
        return min(found)

    began = time.perf_counter()
    assert best("-m", "socdialog.cli", "--help") - best("-c", "pass") < 0.3
    assert time.perf_counter() - began < 60
