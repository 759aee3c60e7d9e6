"""CPU seconds of builds after small changes, each as a share of a first build of the same study in the same run.

The goal: one changed figure of one country costs at most a third of a first build, and nothing changed next to nothing.
Run it on a quiet machine: ``python -m tests.bench changes``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import csv
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench.bench_build import ROOT, timed

COUNTRY, AT_MOST = "KAZ", 1 / 3
FIGURES = Path("activity", "report_figures.csv")


def main() -> int:
    """Measure and print; return 1 where a changed figure costs more than a third of a first build."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        shutil.copytree(ROOT / "data" / "raw", data / "raw")
        build = [sys.executable, "-m", "socdialog.cli", "build", "--data", str(data)]
        build += ["--out", str(Path(name) / "site")]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
        costs = {}
        for what, command in (
            ("first build", build),
            ("nothing changed", build),
            (f"nothing changed, {COUNTRY} only", [*build, COUNTRY]),
            ("nothing changed, after that", build),
        ):
            costs[what] = shown(what, command, environment, costs)
        change_figure(data / "raw" / FIGURES)
        changed = shown(f"one figure of {COUNTRY} changed", build, environment, costs)
    return int(changed > AT_MOST * costs["first build"])


def shown(what: str, command: list[str], environment: dict[str, str], costs: dict[str, float]) -> float:
    """Run a build, print what it cost, and return its CPU seconds."""
    _, clock, cpu = timed(command, environment)
    print(f"{what:32}{clock:7.1f} s{cpu:7.1f} s of CPU  {cpu / costs.get('first build', cpu):6.1%}", flush=True)
    return cpu


def change_figure(path: Path) -> None:
    """Raise the first whole number of the country by one."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    country, value = header.index("country"), header.index("value")
    row = next(row for row in rows if row[country] == COUNTRY and row[value].isdigit() and len(row[value]) > 2)
    row[value] = str(int(row[value]) + 1)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


if __name__ == "__main__":
    sys.exit(main())
