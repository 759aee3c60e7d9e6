"""The tour: twelve tasks on the shipped data, each short, typed and without an error."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from small_study import ROOT

TOUR = ROOT / "notebooks" / "tour.ipynb"
TASKS, LINES = 12, 5
CHART = "application/vnd.vegalite.v5+json"


def cells(path: Path = TOUR) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text(encoding="utf-8"))["cells"])


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def as_script(found: list[dict[str, Any]]) -> str:
    """The Python of the code cells; commands of the terminal are left out, a last expression is a statement."""
    lines: list[str] = []
    for cell in found:
        if cell["cell_type"] == "code":
            continued = False
            for line in source(cell).splitlines():
                shell = continued or line.startswith("!")
                continued = shell and line.endswith("\\")
                lines += [] if shell else [line]
    return "\n".join(lines) + "\n"


def without_build(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The tour without its build of a new study, which tests of builds do."""
    for cell in notebook.cells:
        before, build, _ = cell.source.partition(" && socdialog build")
        if build:
            cell.source = before + "\n" + cell.source.splitlines()[-1]
    return notebook


def run(notebook: nbformat.NotebookNode, data: Path, folder: Path) -> nbformat.NotebookNode:
    """Run it with an ordinary kernel in a folder of its own, without a network."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": programs, "PYTHONPATH": str(ROOT), "SOCDIALOG_DATA": str(data), "TMPDIR": str(folder)}
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    asyncio.run(client.async_execute(env={**os.environ, **environment, "SOCDIALOG_OFFLINE": "1"}))
    return notebook


def test_the_tour_has_twelve_tasks_of_at_most_five_lines() -> None:
    tasks = [part for part in cells() if part["cell_type"] == "markdown" and source(part).startswith("## ")]
    assert [source(task).split(".")[0] for task in tasks] == [f"## {number}" for number in range(1, TASKS + 1)]
    long = [source(cell) for cell in cells()[1:] if cell["cell_type"] == "code" and cell["id"] != "cell-01"]
    assert not [code for code in long if len(code.splitlines()) > LINES]


@pytest.mark.long
def test_a_type_checker_accepts_the_twelve_tasks(tmp_path: Path) -> None:
    script = tmp_path / "tour.py"
    script.write_text(as_script(cells()), encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(script)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_tour_runs_and_shows_its_charts(shipped: Path, tmp_path: Path) -> None:
    done = run(without_build(nbformat.read(TOUR, 4)), shipped, tmp_path)
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    charts = [output.data for output in outputs if CHART in output.get("data", {})]
    assert len(charts) == 5
    assert all("<svg" in chart["image/svg+xml"] for chart in charts)
    (found,) = [
        output.data["text/plain"] for output in outputs if "GHA" in output.get("data", {}).get("text/plain", "")
    ]
    assert found.startswith("shape: (1, 3)"), found
