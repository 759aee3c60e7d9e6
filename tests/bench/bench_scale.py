"""How cleaning and a cold build grow with countries, and a build with jobs and with workers of a cluster.

The study is the shipped one with more countries; see `tests.bench.resampled`. A power of 1 says that twice the
countries cost twice the time. Run with ``python -m tests.bench scale``, or name sizes:
``python -m tests.bench.bench_scale 9 27 99 189``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench.bench_build import spent_by_children
from tests.bench.memory import MemoryWatch
from tests.bench.resampled import write_resampled
from tests.local_cluster import scheduler, workers

ROOT = Path(__file__).parents[2]
SIZES, JOBS, WORKERS = (9, 27, 99, 189), (1, 2, 4), (1, 2, 4)
#: With so many countries a build is tried with other numbers of jobs and workers too.
PARALLEL = 27


def main(*sizes: int) -> int:
    """Measure and print."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f} at the start; memory: most of all processes together\n")
    print(f"{'countries':>10}  {'what':<16}{'seconds':>9}{'of CPU':>9}{'power':>8}{'memory':>12}")
    before: dict[str, tuple[int, float]] = {}
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as name:
            data = Path(name) / "data"
            write_resampled(data, size)
            for what, command in (("clean", ["clean"]), ("build", ["build", "--out", str(Path(name) / "site")])):
                cost = measured(*command, "--data", str(data))
                power = math.log(cost.cpu / before[what][1], size / before[what][0]) if what in before else None
                before[what] = size, cost.cpu
                show(size, what, cost, power)
            if size == PARALLEL:
                for jobs in JOBS:
                    show(size, f"build, {jobs} job(s)", built(data, "--jobs", str(jobs)))
                for many in WORKERS:
                    with on_cluster(Path(name), many) as address:
                        show(size, f"{many} worker(s)", built(data, "--executor", f"dask://{address}"))
    return 0


class Cost(NamedTuple):
    """What a command cost: by the clock, of CPU with all that it started, and most memory of all its processes."""

    seconds: float
    cpu: float
    most: float


def show(size: int, what: str, cost: Cost, power: float | None = None) -> None:
    """Print a line."""
    grown = "" if power is None else f"{power:.2f}"
    print(f"{size:>10}  {what:<16}{cost.seconds:>9.1f}{cost.cpu:>9.1f}{grown:>8}{cost.most:>8.0f} MiB", flush=True)


def built(data: Path, *options: str) -> Cost:
    """Build the study from cold, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        return measured("build", "--data", str(data), "--out", str(Path(name) / "site"), *options)


def measured(*command: str) -> Cost:
    """Run a command of ours."""
    line = [sys.executable, "-m", "socdialog.cli", *command]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began, before = time.monotonic(), spent_by_children()
    with MemoryWatch() as memory:
        ended = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stdout + ended.stderr)
    return Cost(time.monotonic() - began, spent_by_children() - before, memory.peak_mib)


@contextmanager
def on_cluster(folder: Path, many: int) -> Iterator[str]:
    """A cluster of `many` workers that run one notebook at a time each, by its address; its processes are new."""
    packages = {f"worker{place}": ROOT for place in range(many)}
    with (
        tempfile.TemporaryDirectory(dir=folder) as logs,
        scheduler(Path(logs)) as address,
        workers(address, **packages),
    ):
        yield address


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:])))
