"""What `clean` costs with official rows: as a long CSV table beside a streaming copy, and as kept states in Parquet.

A CSV table is cleaned beside ``scan_csv`` → ``sink_parquet`` of the same file, each in a process of its own: at most
six times as much CPU for a million rows, what the study costs without them left aside. A kept state of five million
rows is cleaned within 2 GB. Run with ``python -m tests.bench cleaning``, or name sizes:
``python -m tests.bench.bench_cleaning 200000 1000000``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import polars as pl

from tests.bench.bench_official import rows_of as rows_of_a_state
from tests.bench.bench_rows import FILE, rows_of
from tests.official import DENSITY, kept, study

ROOT = Path(__file__).parents[2]
SIZES = (200_000, 1_000_000, 5_000_000)
#: Times the copy, for which rows; bytes, for which rows.
AT_MOST, OF_CSV = 6.0, 1_000_000
MOST, OF_STATES = 2e9, 5_000_000
COPY = "import sys, polars; polars.scan_csv(sys.argv[1]).sink_parquet(sys.argv[2])"
COUNTRIES = ("KAZ", "TUR", "UZB")


class Cost(NamedTuple):
    """What a command cost: seconds of CPU, and the most memory it held, in bytes."""

    cpu: float
    most: float


def main(*sizes: int) -> int:
    """Measure and print; return 1 where a mark is missed."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    print(f"{'rows':>10}  {'what':<22}{'of CPU':>8}{'power':>8}{'memory':>12}")
    missed, before = False, dict[str, tuple[int, float]]()
    with tempfile.TemporaryDirectory() as name:
        empty = cleaned(with_table(Path(name) / "none", 0)).cpu
    print(f"{0:>10}  {'clean':<22}{empty:>7.1f}s")
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            data = with_table(folder / "table", size)
            copy = measured(sys.executable, "-c", COPY, str(data / "raw" / FILE), str(folder / "copy.parquet"))
            table, state = cleaned(data), cleaned(with_state(folder / "state", size))
        for what, cost in (("streaming copy", copy), ("clean, CSV table", table), ("clean, kept state", state)):
            power = f"{math.log(cost.cpu / before[what][1], size / before[what][0]):.2f}" if what in before else ""
            before[what] = size, cost.cpu
            print(f"{size:>10}  {what:<22}{cost.cpu:>7.1f}s{power:>8}{cost.most / 1e6:>9.0f} MB", flush=True)
        times = (table.cpu - empty) / copy.cpu
        print(f"{'':>10}  the rows of the table cost {times:.1f} times the copy")
        missed |= (size == OF_CSV and times > AT_MOST) or (size == OF_STATES and state.most > MOST)
    return int(missed)


def with_table(folder: Path, rows: int) -> Path:
    """Return the data of the small study with a table of so many official values."""
    data = study(folder)
    values = rows_of(rows).with_columns(indicator=pl.lit(DENSITY), unit=pl.lit("percent"), value=pl.col("value") % 100)
    values.write_csv(data / "raw" / FILE)
    return data


def with_state(folder: Path, rows: int) -> Path:
    """Return the data of the small study with a kept state of so many values, all of its countries."""
    data, buffer = study(folder), io.BytesIO()
    areas = pl.Series(COUNTRIES)
    # As many rounds of areas as there are make as many more classes.
    found = rows_of_a_state(rows).with_columns(indicator=pl.lit(DENSITY)).with_row_index("place")
    place = pl.col("place") // (34 * 180)
    found = found.with_columns(
        ref_area=areas.gather(found.select(place % len(COUNTRIES)).to_series()),
        classif2=pl.format("EDU_AGGREGATE_{}", place // len(COUNTRIES)),
    )
    found.drop("place").write_parquet(buffer)
    kept(data, buffer.getvalue(), "2026-02-10")
    return data


def cleaned(data: Path) -> Cost:
    """Clean a study in a process of its own."""
    return measured(sys.executable, "-m", "socdialog.cli", "clean", "--data", str(data))


def measured(*command: str) -> Cost:
    """Run a command; what it cost is that of this process alone."""
    line = "import os, resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=2).returncode; "
    line += "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    line += "print(code, used.ru_utime + used.ru_stime, used.ru_maxrss)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", line, *command], env=environment, capture_output=True, text=True, check=False
    )
    code, cpu, most = ended.stdout.split()[-3:]
    if int(code):
        raise SystemExit(ended.stderr)
    return Cost(float(cpu), float(most) * (1 if sys.platform == "darwin" else 1024))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
