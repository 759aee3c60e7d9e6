"""Seconds of a cold build beside a plain loop of papermill and nbconvert over the same notebooks.

Prints both, their ratio, and where the rest goes. Run it on a quiet machine: ``nox -s bench``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.memory import MemoryWatch

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
        _, cold, cold_cpu = timed([*build, "--out", str(folder / "first" / "site")], environment)
        timed([sys.executable, "-m", "socdialog.cli", "clean", "--data", str(data)], environment)
        with MemoryWatch() as memory:
            said, ours, cpu = timed([*build, "--json"], environment)
        _, again, _ = timed(build, environment)
        loop, loop_cpu = plain_loop(folder, environment)
        run = json.loads(said.splitlines()[-1])
    print(f"plain loop            {loop:7.1f} s{loop_cpu:9.1f} s of CPU")
    for name, seconds, spent in (("build", ours, cpu), ("build, raw data anew", cold, cold_cpu)):
        ratios = f"{loop / seconds:5.1f} times faster, {loop_cpu / spent:.1f} times less CPU"
        print(f"{name:<22}{seconds:7.1f} s{spent:9.1f} s of CPU   {ratios}")
    print(f"build, unchanged      {again:7.2f} s")
    for phase, seconds in run["phases"].items():
        print(f"  of the build: {phase:10s}{seconds:6.1f} s")
    print(f"  sum over notebooks:     {sum(run['seconds'].values()):6.1f} s")
    print(f"  most memory of all:     {memory.peak_mib:6.0f} MiB")


def plain_loop(folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Run what a plain script would: papermill, then nbconvert, one country after another."""
    countries = sorted(line.split(",")[0] for line in countries_file().read_text(encoding="utf-8").splitlines()[1:])
    spent = []
    for country in (*countries, None):
        source = ROOT / "notebooks" / ("regional_comparison.ipynb" if country is None else "country_profile.ipynb")
        executed = folder / f"{country}.ipynb"
        given = [] if country is None else ["-p", "country", country]
        run = [sys.executable, "-m", "papermill", str(source), str(executed), "-k", "python3", *given]
        convert = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "html", str(executed)]
        spent += [timed(run, environment), timed(convert, environment)]
    return sum(seconds for _, seconds, _ in spent), sum(cpu for *_, cpu in spent)


def countries_file() -> Path:
    """Where the study lists its countries."""
    return ROOT / "data" / "raw" / "registry" / "countries.csv"


def timed(command: list[str], environment: dict[str, str]) -> tuple[str, float, float]:
    """Run `command`; return what it said, and its seconds by the clock and of CPU, with all that ended under it."""
    began, before = time.monotonic(), spent_by_children()
    ended = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return ended.stderr, time.monotonic() - began, spent_by_children() - before


def spent_by_children() -> float:
    """Seconds of CPU of all processes that this one started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
