"""Seconds of a cold build beside a plain loop of papermill and nbconvert over the same notebooks.

Prints both, their ratio, and where the rest goes. Run it on a quiet machine: ``nox -s bench``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        shutil.copytree(ROOT / "data" / "raw", data / "raw")
        environment = {**os.environ, "SOCDIALOG_DATA": str(data), "PYTHONPATH": str(ROOT)}
        build = [sys.executable, "-m", "socdialog.cli", "build", "--data", str(data), "--out", str(folder / "site")]
        # The loop reads data that is clean already; so does the build beside it. The first, cold in every
        # way, is told apart; it stands in a folder of its own, so that no cache of its passes to the second.
        cold = timed([*build, "--out", str(folder / "first" / "site")], environment)
        timed([sys.executable, "-m", "socdialog.cli", "clean", "--data", str(data)], environment)
        ours = timed(build, environment)
        again = timed(build, environment)
        loop = plain_loop(folder, environment)
        run = [json.loads(line) for line in (folder / ".socdialog" / "runs.jsonl").read_text().splitlines()][-1]
    print(f"plain loop            {loop:7.1f} s")
    print(f"build                 {ours:7.1f} s   {loop / ours:5.1f} times faster")
    print(f"build, raw data anew  {cold:7.1f} s   {loop / cold:5.1f} times faster")
    print(f"build, unchanged      {again:7.2f} s")
    for phase, seconds in run["phases"].items():
        print(f"  of the build: {phase:10s}{seconds:6.1f} s")
    print(f"  sum over notebooks:     {sum(run['seconds'].values()):6.1f} s")
    print(f"  most memory of all:     {run['peak_mib']:6.0f} MiB, of one notebook {run['notebook_mib']:.0f} MiB")


def plain_loop(folder: Path, environment: dict[str, str]) -> float:
    """Run what a plain script would: papermill, then nbconvert, one country after another."""
    countries = sorted(line.split(",")[0] for line in countries_file().read_text(encoding="utf-8").splitlines()[1:])
    began = time.monotonic()
    for country in (*countries, None):
        source = ROOT / "notebooks" / ("regional_comparison.ipynb" if country is None else "country_profile.ipynb")
        executed = folder / f"{country}.ipynb"
        given = [] if country is None else ["-p", "country", country]
        timed([sys.executable, "-m", "papermill", str(source), str(executed), "-k", "python3", *given], environment)
        timed([sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(executed)], environment)
    return time.monotonic() - began


def countries_file() -> Path:
    """Where the study lists its countries."""
    return ROOT / "data" / "raw" / "registry" / "countries.csv"


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Run `command` and return its seconds."""
    began = time.monotonic()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
