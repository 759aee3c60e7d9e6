"""How the time of a cold build grows with countries and with jobs: the shipped study, resampled under other codes.

A further country has the official series, law and ratifications of a shipped one, and every report about that
one is about it too. Run with ``python -m tests.bench scale``, or name sizes: ``bench_scale.py 9 30 60``.
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

import polars as pl

from socdialog import codebook

ROOT = Path(__file__).parents[2]
SIZES, JOBS = (9, 30, 60), (1, 2, 4)
#: Tables whose rows hang on nothing but their country.
COPIED = ("country_years", "ratifications", "ratification_counts", "legal_framework", "minimum_wages")


def main(*sizes: int) -> int:
    """Measure and print."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{cores} cores, load {os.getloadavg()[0]:.1f} at the start; seconds of a cold build, of which notebooks")
    print(f"{'countries':>10}" + "".join(f"{f'{jobs} job(s)':>18}" for jobs in JOBS) + f"{'most memory':>16}")
    for size in sizes or SIZES:
        row, peak = f"{size:>10}", 0.0
        with tempfile.TemporaryDirectory() as name:
            data = Path(name) / "data"
            resampled(data, size)
            command = [sys.executable, "-m", "socdialog.cli"]
            run([*command, "clean", "--data", str(data)])
            for jobs in JOBS:
                out = Path(name) / f"jobs {jobs}" / "site"
                out.parent.mkdir()
                seconds = run([*command, "build", "--data", str(data), "--out", str(out), "--jobs", str(jobs)])
                found = json.loads((out.parent / ".socdialog" / "runs.jsonl").read_text().splitlines()[-1])
                row += f"{seconds:>9.1f} ({found['phases']['notebooks']:.1f})".rjust(18)
                peak = max(peak, found["peak_mib"])
        print(f"{row}{peak:>12.0f} MiB", flush=True)
    return 0


def run(command: list[str]) -> float:
    """Run a command of ours and return its seconds."""
    began = time.monotonic()
    ended = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(ended.stdout + ended.stderr)
    return time.monotonic() - began


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
