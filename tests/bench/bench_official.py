"""Official series, read, typed and checked, beside a plain ``pl.read_csv`` of the same file and beside pysdmx.

A file of 3 million rows as ILOSTAT writes it, and one of 300,000 rows of SDMX-CSV 1.0: at most 2.5 plain reads each,
and five times as fast as pysdmx on the latter, where that is installed. Medians of five rounds, in turns. Run with
``python -m tests.bench official``, or ``python -m tests.bench.bench_official [rows]``.
"""

# ruff: noqa: T201 - a bench prints

from __future__ import annotations

import importlib.util
import io
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

import polars as pl

from socdialog import codebook
from socdialog.sources.reader import read_series

ROWS, SDMX_ROWS = 3_000_000, 300_000
ROUNDS = 5
AT_MOST, AT_LEAST_FASTER = 2.5, 5.0


def rows_of(n: int) -> pl.DataFrame:
    """Return n made-up rows with the codes of ILOSTAT's code type; the same at every run."""
    index = pl.int_range(n, eager=True)
    areas = pl.Series(sorted(codebook.vocabulary("iso_countries")))
    years, sexes, ages = 34, pl.Series(["SEX_T", "SEX_M", "SEX_F"]), 60
    series = index // years
    place = series // (3 * ages)
    return pl.DataFrame(
        {
            "ref_area": areas.gather(place % len(areas)),
            "source": pl.select(pl.format("BA:{}", place % 900)).to_series(),
            "indicator": pl.repeat("EMP_TEMP_SEX_AGE_NB", n, eager=True),
            "sex": sexes.gather(series % 3),
            "classif1": pl.select(pl.format("AGE_5YRBANDS_{}", (series // 3) % ages)).to_series(),
            # More rows than areas have would repeat: each round of areas is another classification.
            "classif2": pl.select(pl.format("EDU_AGGREGATE_{}", place // len(areas))).to_series(),
            "time": (1991 + index % years).cast(pl.String),
            "obs_value": ((index * 2654435761) % 1_000_003) / 1000 + 1,
            "obs_status": pl.select(pl.when(index % 40 == 0).then(pl.lit("B"))).to_series(),
            "note_source": pl.repeat("R1:3513", n, eager=True),
        }
    )


def as_ilostat(frame: pl.DataFrame) -> bytes:
    """Return the rows as the data service writes them: with a mark of the order of bytes."""
    return b"\xef\xbb\xbf" + frame.write_csv().encode()


def as_sdmx(frame: pl.DataFrame) -> bytes:
    """Return the rows as SDMX-CSV 1.0, with the columns of ILO's service."""
    return (
        frame.select(
            pl.lit("ILO:DF_EMP_TEMP_SEX_AGE_NB(1.0)").alias("DATAFLOW"),
            pl.col("ref_area").alias("REF_AREA"),
            pl.lit("A").alias("FREQ"),
            pl.lit("EMP_TEMP_NB").alias("MEASURE"),
            pl.col("sex").alias("SEX"),
            pl.col("classif1").alias("AGE"),
            pl.col("classif2").alias("EDU"),
            pl.col("time").alias("TIME_PERIOD"),
            pl.col("obs_value").alias("OBS_VALUE"),
            pl.col("obs_status").alias("OBS_STATUS"),
            pl.lit("NB").alias("UNIT_MEASURE_TYPE"),
            pl.lit("PS").alias("UNIT_MEASURE"),
            pl.lit("3").alias("UNIT_MULT"),
            pl.lit("LFS - Labour Force Survey").alias("SOURCE"),
            pl.lit("Repository: ILO-STATISTICS - Micro data processing").alias("NOTE_SOURCE"),
            pl.lit(None).alias("NOTE_INDICATOR"),
            pl.lit(None).alias("NOTE_CLASSIF"),
            pl.lit("1").alias("DECIMALS"),
            pl.lit(None).alias("UPPER_BOUND"),
            pl.lit(None).alias("LOWER_BOUND"),
        )
        .write_csv()
        .encode()
    )


def medians(calls: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median seconds of each call, the calls made in turns."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(ROUNDS):
        for name, call in calls.items():
            began = perf_counter()
            call()
            times[name].append(perf_counter() - began)
    return {name: statistics.median(one) for name, one in times.items()}


def of_pysdmx(content: bytes, folder: Path) -> dict[str, Callable[[], object]]:
    """Return the same with pysdmx, where it is installed."""
    if importlib.util.find_spec("pysdmx") is None:
        return {}
    from pysdmx.io import read_sdmx

    path = folder / "series.csv"
    path.write_bytes(content)
    return {"pysdmx": lambda: read_sdmx(path, validate=False)}


def main(rows: int = ROWS, sdmx_rows: int = SDMX_ROWS) -> int:
    """Print the seconds and ratios; return 1 where a mark is missed."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; medians of {ROUNDS}, in turns")
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, content, layout, count in (
            ("ILOSTAT CSV", as_ilostat(rows_of(rows)), "ilostat", rows),
            ("SDMX-CSV 1.0", as_sdmx(rows_of(sdmx_rows)), "sdmx-csv", sdmx_rows),
        ):
            calls = {
                "plain read_csv": lambda content=content: pl.read_csv(io.BytesIO(content)),
                "typed and checked": lambda content=content, layout=layout: read_series(content, layout),
                **(of_pysdmx(content, Path(folder)) if layout == "sdmx-csv" else {}),
            }
            found = medians(calls)
            ours, plain = found["typed and checked"], found["plain read_csv"]
            print(f"{name}, {count:,} rows, {len(content) / 1e6:.0f} MB")
            for what, seconds in found.items():
                print(f"  {what:24}{seconds:8.3f} s   x {seconds / plain:5.2f}", flush=True)
            missed |= ours > AT_MOST * plain
            if "pysdmx" in found:
                print(f"  pysdmx takes {found['pysdmx'] / ours:.1f} times as long")
                missed |= found["pysdmx"] < AT_LEAST_FASTER * ours
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
