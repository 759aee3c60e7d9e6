"""Seconds of ``load_country_years`` on rows shaped like ILOSTAT's, beside a plain ``pl.read_csv`` of the same file.

Prints what each step of the way costs, the ratio, and what a country's slice costs once the table is
Parquet. Run with ``python -m tests.bench rows``, or ``python -m tests.bench.bench_rows [rows]``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter

import polars as pl

import socdialog as sd
from socdialog import codebook
from socdialog.intake.checks import RULES, check_context
from socdialog.intake.reading import read_raw
from socdialog.intake.typed import typed

ROOT = Path(__file__).parents[2]
ROWS = 5_000_000
AT_MOST = 2.0
YEARS, CLASSES = 45, 1200
TABLE, FILE = "country_years", "indicators/country_years.csv"
TIMES = 3


def rows_of(n: int) -> pl.DataFrame:
    """Return n made-up rows, sorted by key; the same at every run."""
    index = pl.int_range(n, eager=True)
    countries = pl.Series(sorted(codebook.vocabulary("iso_countries")))
    series = index // YEARS
    # The shipped study's catalogue has this indicator with this unit and publisher.
    frame = pl.DataFrame(
        {
            "country": countries.gather((series // CLASSES) % len(countries)),
            "indicator": pl.repeat("EMPLOYED_TH", n, eager=True),
            "year": 1980 + index % YEARS,
            "classification": pl.select(
                pl.format(
                    "SEX_{}_AGE_AGGREGATE_{}",
                    (series % CLASSES) % 3,
                    ((series % CLASSES) // 3).cast(pl.String).str.zfill(3),
                )
            ).to_series()
            if n
            else pl.Series([], dtype=pl.String),
            "value": ((index * 2654435761) % 1_000_003) / 1000 + 1,
            "obs_status": pl.repeat(None, n, dtype=pl.String, eager=True),
            "unit": pl.repeat("thousand_persons", n, eager=True),
            "source": pl.repeat("ILOSTAT", n, eager=True),
            "vintage": pl.select(
                pl.format("2022-{}", (8 + series // (CLASSES * len(countries))).cast(pl.String).str.zfill(2))
            ).to_series()
            if n
            else pl.Series([], dtype=pl.String),
            "note": pl.repeat(None, n, dtype=pl.String, eager=True),
        }
    )
    return frame.sort("country", "indicator", "year", "classification", "source", "vintage")


def timed(call: Callable[[], object]) -> float:
    """Return the seconds of a call."""
    began = perf_counter()
    call()
    return perf_counter() - began


def main(n: int = ROWS) -> int:
    """Measure and print; return 1 where the load takes more than twice the plain read."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "data"
        shutil.copytree(ROOT / "data" / "raw", data / "raw")
        path = data / "raw" / FILE
        rows_of(n).write_csv(path)
        print(f"{n:,} rows, {path.stat().st_size / 1e6:.0f} MB of CSV")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; best of {TIMES}, in turns")
        pairs = [
            (timed(lambda: pl.read_csv(path)), timed(lambda: sd.load_country_years(data=data))) for _ in range(TIMES)
        ]
        plain, load = (min(times) for times in zip(*pairs, strict=True))
        print(f"plain read_csv              {plain:8.2f} s")
        line("load_country_years, CSV", load, plain)
        steps(data)
        line("sd.check", timed(lambda: sd.check(data)), plain)
        line("sd.clean, everything", timed(lambda: sd.clean(data)), plain)
        line(
            "load_country_years, Parquet",
            min(timed(lambda: sd.load_country_years(data=data)) for _ in range(TIMES)),
            plain,
        )
        one = min(timed(lambda: sd.load_country_years(countries=["KAZ"], data=data)) for _ in range(TIMES))
        line("one country, Parquet", one, plain)
        print(f"most memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MiB")
    return int(load > AT_MOST * plain)


def line(what: str, seconds: float, plain: float) -> None:
    """Print what something took, also in plain reads."""
    print(f"{what:28}{seconds:8.2f} s   x {seconds / plain:5.2f}", flush=True)


def steps(data: Path) -> None:
    """Print what each step of a load from CSV costs, on the same file."""
    began = perf_counter()
    raw = read_raw(data / "raw")
    print(f"  read exactly, all files   {perf_counter() - began:8.2f} s")
    look = check_context(raw, today=date(2026, 11, 29))
    for what, call in (
        ("outline", look.outline),
        ("texts, well-written numbers", look.cells),
        ("key ascends", look.ascends),
    ):
        print(f"  {what:26}{timed(partial(call, TABLE)):8.2f} s")
    spent = {rule.name: timed(lambda rule=rule: list(rule.find(look))) for rule in RULES if rule.level == "error"}
    print(f"  rules for errors          {sum(spent.values()):8.2f} s")
    for name, seconds in sorted(spent.items(), key=lambda one: -one[1])[:6]:
        print(f"    {name:24}{seconds:8.2f} s")
    print(f"  types, row ids            {timed(lambda: typed(TABLE, raw.tables[TABLE], in_order=True)):8.2f} s")


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:2])))
