"""The twelve tasks run, and mypy finds nothing to say of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, Frozen
from tests.typing import twelve_tasks

SCRIPT = Path(twelve_tasks.__file__)
ROOT = SCRIPT.parents[2]


def test_the_tasks_run(shipped_data: Frozen, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(shipped_data.snapshot.folder))
    done = twelve_tasks.main(tmp_path)
    assert all(one is not None for one in done)
    assert {path.name for path in tmp_path.iterdir()} == {"density.csv", "density.xlsx"}


def test_each_task_is_at_most_five_statements() -> None:
    source = SCRIPT.read_text(encoding="utf-8")
    starts = [number for number, line in enumerate(source.splitlines(), 1) if line.lstrip().startswith("# ")]
    assert len(starts) == 12
    (main,) = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    for first, after in zip(starts, [*starts[1:], main.end_lineno or 0], strict=True):
        assert sum(first < node.lineno < after for node in main.body) <= 5, first


def test_mypy_is_content() -> None:
    command = (sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(SCRIPT))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "wrong",
    ["sd.load_events(kinds='strike')", "sd.compare(5, 'x')", "sd.load_events().no_such_method()", "sd.find(5)"],
)
def test_mypy_sees_a_mistake(wrong: str, tmp_path: Path) -> None:
    (tmp_path / "wrong.py").write_text(f"import socdialog as sd\n\n{wrong}\n", encoding="utf-8")
    command = (sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(tmp_path / "wrong.py"))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
