"""How the time of a cold build grows with countries, with jobs and with workers of a cluster on this machine.

The study is the shipped one, resampled under other codes: a further country has the official series, law and
ratifications of a shipped one, and every report about that one is about it too. Run with
``python -m tests.bench scale``, or name sizes: ``python -m tests.bench.bench_scale 9 30 60``.
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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

from socdialog import codebook
from tests.bench.memory import MemoryWatch
from tests.local_cluster import scheduler, workers

ROOT = Path(__file__).parents[2]
SIZES, JOBS, WORKERS = (9, 30, 60), (1, 2, 4), (1, 2, 4)
#: Tables whose rows hang on nothing but their country.
COPIED = ("country_years", "ratifications", "ratification_counts", "legal_framework", "minimum_wages")


def main(*sizes: int) -> int:
    """Measure and print."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f} at the start; seconds of a cold build, of which notebooks")
    print("memory: most of all processes together, workers of the cluster too\n")
    print(f"{'countries':>10}{'':>4}{'with':<12}{'seconds':>9}{'notebooks':>11}{'a country':>11}{'memory':>12}")
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as name:
            data = Path(name) / "data"
            resampled(data, size)
            run("clean", "--data", str(data))
            for jobs in JOBS:
                show(size, f"{jobs} job(s)", *build(data, "--jobs", str(jobs)))
            for many in WORKERS:
                with on_cluster(Path(name), many) as address:
                    show(size, f"{many} worker(s)", *build(data, "--executor", f"dask://{address}"))
    return 0


def show(size: int, way: str, seconds: float, most: float, found: dict[str, Any]) -> None:
    """Print a line about one build."""
    spent = found["phases"]["notebooks"]
    print(f"{size:>10}{'':>4}{way:<12}{seconds:>9.1f}{spent:>11.1f}{seconds / size:>11.2f}{most:>8.0f} MiB", flush=True)


def build(data: Path, *options: str) -> tuple[float, float, dict[str, Any]]:
    """Build the study from cold; return seconds, most memory of all processes, and what the build wrote of itself."""
    with tempfile.TemporaryDirectory() as name, MemoryWatch() as memory:
        seconds, said = run("build", "--data", str(data), "--out", str(Path(name) / "site"), "--json", *options)
        return seconds, memory.peak_mib, json.loads(said.splitlines()[-1])


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


def run(*command: str) -> tuple[float, str]:
    """Run a command of ours and return its seconds and what it said."""
    began = time.monotonic()
    line = [sys.executable, "-m", "socdialog.cli", *command]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stdout + ended.stderr)
    return time.monotonic() - began, ended.stderr


def resampled(data: Path, size: int) -> None:
    """Write the shipped study with `size` countries."""
    shutil.copytree(ROOT / "data" / "raw", data / "raw")
    path = data / "raw" / "registry" / "countries.csv"
    countries = pl.read_csv(path, infer_schema=False)
    shipped = countries.get_column("country").to_list()
    world = codebook.vocabulary("iso_countries")
    free = [code for code in sorted(world) if code not in shipped][: size - len(shipped)]
    model = {code: shipped[place % len(shipped)] for place, code in enumerate(free)}
    rows = [
        {
            **countries.row(shipped.index(of), named=True),
            "country": code,
            "name": world[code].label,
            "own_name": world[code].label,
            "iso2": world[code].more["iso2"],
            "m49": str(world[code].more["m49"]),
        }
        for code, of in model.items()
    ]
    more = pl.DataFrame(rows, schema=countries.schema)
    pl.concat([countries, more]).sort("country").write_csv(path)
    for name in COPIED:
        spec = codebook.tables()[name]
        assert spec.file is not None
        table = pl.read_csv(data / "raw" / spec.file, infer_schema=False)
        copies = [
            table.filter(pl.col("country") == of).with_columns(country=pl.lit(code)) for code, of in model.items()
        ]
        pl.concat([table, *copies]).write_csv(data / "raw" / spec.file)
    path = data / "raw" / "activity" / "reports.csv"
    reports = pl.read_csv(path, infer_schema=False)
    also = {of: ";".join([of, *(code for code, one in model.items() if one == of)]) for of in shipped}
    told = pl.col("countries").str.split(";").list.eval(pl.element().replace(also)).list.join(";").str.split(";")
    once = told.list.unique(maintain_order=True).list.join(";")
    reports.with_columns(once).write_csv(path)


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:])))
