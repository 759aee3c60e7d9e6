"""Measures each metric against the plain polars expression it rests on: at most twice its time, over 10 million rows.

Run with ``python tests/bench/bench_metrics.py [rows]``; exits with 1 where a metric takes longer.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from time import perf_counter

import polars as pl

from socdialog.metrics import activity, bargaining, disputes, membership

ROWS = 10_000_000
AT_MOST = 2.0
ROUNDS = 9
NAMED = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "made up"}
PERIOD = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}


def rows_of(n: int) -> pl.DataFrame:
    """Return n made-up rows; the same at every run."""
    index = pl.int_range(n, eager=True)
    return (
        pl.DataFrame(
            {
                "country": (index % 9).cast(pl.UInt8),
                "days_not_worked": (index % 1009).cast(pl.Float64),
                "workers": (index % 977).cast(pl.Float64),
                "employees": (index % 9973 + 1).cast(pl.Float64),
                "day": (index % 731).cast(pl.Int32),
            }
        )
        .with_columns(
            pl.when(pl.col("days_not_worked") > 0).then(pl.col("days_not_worked")).alias("days_not_worked"),
            start_first=(pl.lit(date(2019, 6, 1)) + pl.duration(days=pl.col("day"))).cast(pl.Date),
        )
        .drop("day")
        .with_columns(start_last=pl.col("start_first"), members="workers")
    )


def pairs(frame: pl.DataFrame) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
    """Return per metric the call, and the plain expression that gives the same numbers."""
    days, employees, workers = pl.col("days_not_worked"), pl.col("employees"), pl.col("workers")
    inside = (pl.col("start_first") >= PERIOD["since"]) & (pl.col("start_last") <= PERIOD["until"])
    both = days.is_not_null() & (employees > 0)
    member_rows = workers.is_not_null() & (employees > 0)
    told = frame.select(kind=pl.col("country").cast(pl.String)).with_row_index("row_id")
    told = told.with_columns(pl.format("events:e{}", "row_id").alias("row_id"))
    return {
        "events_by (with evidence)": (
            lambda: activity.events_by(told, "kind"),
            lambda: told.group_by("kind").agg(pl.len(), pl.col("row_id").sort()),
        ),
        "net_density_pct (column)": (
            lambda: frame.select(membership.net_density_pct(workers, employees)),
            lambda: frame.select(pl.when(employees > 0).then(100 * workers / employees)),
        ),
        "adjusted_coverage_pct (column)": (
            lambda: frame.select(
                bargaining.adjusted_coverage_pct(workers, employees, days, excluded_unit="as_employees")
            ),
            lambda: frame.select(pl.when(employees - days > 0).then(100 * workers / (employees - days))),
        ),
        "days_not_worked_per_1000 (column)": (
            lambda: frame.select(disputes.days_not_worked_per_1000(days, employees, **NAMED)),
            lambda: frame.select(pl.when(employees > 0).then(1000 * days / employees)),
        ),
        "days_not_worked_rate (by group)": (
            lambda: disputes.days_not_worked_rate(frame, by=["country"], **NAMED),
            lambda: frame.group_by("country").agg(
                1000 * days.filter(both).sum() / employees.filter(both).sum(),
                pl.len().alias("n"),
                both.sum().alias("k"),
            ),
        ),
        "density_by (by group)": (
            lambda: membership.density_by(frame, by=["country"], members_are_net=True),
            lambda: frame.group_by("country").agg(
                100 * workers.filter(member_rows).sum() / employees.filter(member_rows).sum(),
                pl.len().alias("n"),
                member_rows.sum().alias("k"),
            ),
        ),
        "workers_involved (by group)": (
            lambda: disputes.workers_involved(frame, **PERIOD, basis="beginning", by=["country"]),
            lambda: (
                frame.filter(inside)
                .group_by("country")
                .agg(workers.sum(), pl.len().alias("n"), workers.count().alias("k"))
            ),
        ),
        "actions (by group)": (
            lambda: disputes.actions(frame, **PERIOD, basis="beginning", by=["country"]),
            lambda: (
                frame.with_columns(inside.alias("inside"))
                .group_by("country")
                .agg(pl.col("inside").sum(), pl.len().alias("n"), pl.col("inside").count().alias("k"))
            ),
        ),
    }


def best(*calls: Callable[[], object]) -> list[float]:
    """Return the shortest of some runs of each call, in seconds; they take turns, so a busy machine hits all alike."""
    shortest = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for place, call in enumerate(calls):
            start = perf_counter()
            call()
            shortest[place] = min(shortest[place], perf_counter() - start)
    return shortest


def main(n: int = ROWS) -> int:
    """Print one line per metric; return 1 where one takes more than twice its expression."""
    frame = rows_of(n)
    slow = 0
    print(f"{n:,} rows, {frame.estimated_size('mb'):.0f} MB, best of {ROUNDS}")  # noqa: T201
    for name, (metric, plain) in pairs(frame).items():
        seconds, bare = best(metric, plain)
        slow += seconds > AT_MOST * bare
        print(f"{name:38} {seconds * 1000:8.1f} ms  plain {bare * 1000:8.1f} ms  x {seconds / bare:4.2f}")  # noqa: T201
    return int(slow > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(given) for given in sys.argv[1:2])))
