"""Link many reports: real ones, resampled, each copy of the collection moved to other days.

Run by hand: ``python tests/bench/bench_linking.py --reports 100000 --seed 1``. Prints the time, the
largest memory and what was linked. Each copy keeps the links among its own reports; bodies and
people are kept, so that copies meet in the same blocks, as more reports of one region would.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from pathlib import Path

import polars as pl

from socdialog import codebook
from socdialog.intake.linking import link
from socdialog.intake.names import resolve_actors, resolve_people, resolve_places
from socdialog.intake.reading import read_raw
from socdialog.intake.typed import typed

_DATES = ("start", "end", "published")


def shifted(frame: pl.DataFrame, *, copy: int, days: int, keys: tuple[str, ...]) -> pl.DataFrame:
    """Return a copy of a table with its own ids and its dates moved by `days`."""
    moved = [
        pl.col(name).dt.offset_by(f"{days}d")
        for name, dtype in frame.schema.items()
        if dtype == pl.Date and name.split("_")[0] in _DATES
    ]
    own = [pl.concat_str(pl.lit(f"{copy}-"), pl.col(key)).alias(key) for key in keys if key in frame.columns]
    return frame.with_columns(*moved, *own)


def resampled(tables: dict[str, pl.DataFrame], *, reports: int, years: int, seed: int) -> dict[str, pl.DataFrame]:
    """Return copies of the tables until there are `reports` reports, spread over `years` years."""
    chance = random.Random(seed)  # noqa: S311 - days to move a copy by
    copies = -(-reports // tables["reports"].height)
    moves = [chance.randrange(-years * 183, years * 183) for _ in range(copies)]
    keys = ("report_id", "source_id", "recodes", "copy_of")
    return {
        name: pl.concat([shifted(frame, copy=n, days=days, keys=keys) for n, days in enumerate(moves)])
        for name, frame in tables.items()
    }


def main() -> None:
    """Run the bench and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=100_000)
    asked.add_argument("--years", type=int, default=30)
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args()
    raw = read_raw(Path(__file__).parents[2] / "data" / "raw").tables
    names = [name for name, spec in codebook.tables().items() if spec.file is not None and name in raw]
    tables = {name: typed(name, raw[name]) for name in names}
    registry = {name: tables[name] for name in ("organisations", "organisation_names")}
    tables["reports"] = resolve_places(tables["reports"], places=tables["places"])
    tables["actors"] = resolve_actors(tables["actors"], **registry)
    of_people = {name: tables[name] for name in ("reports", "actors", "persons", "person_names", "person_distinct")}
    tables["people"] = resolve_people(tables["people"], **of_people, **registry)
    used = {name: tables[name] for name in ("reports", "sources", "actors", "people", "figures")}
    many = resampled(used, reports=told.reports, years=told.years, seed=told.seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    linked = link(**many, decisions=tables["decisions"].clear())
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{many['reports'].height} reports over {told.years} more years, seed {told.seed}: {seconds:.1f} s")  # noqa: T201
    print(f"largest memory {most:.0f} MiB ({before:.0f} MiB before linking)")  # noqa: T201
    print(linked.links.group_by("judgement").len().sort("judgement"))  # noqa: T201
    print(f"{linked.events_of.get_column('event_id').n_unique()} events")  # noqa: T201


if __name__ == "__main__":
    main()
