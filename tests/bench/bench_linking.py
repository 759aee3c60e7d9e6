"""Link many reports: real ones, resampled, each copy of the collection moved to other days.

Run by hand: ``python tests/bench/bench_linking.py --reports 100000 --seed 1``, or with ``--register 14000``
for the rows of a register that nobody declared one. Prints the time, the
largest memory and what was linked. Each copy keeps the links among its own reports; bodies and
people are kept, so that copies meet in the same blocks, as more reports of one region would.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from socdialog import codebook
from socdialog.intake.linking import link
from socdialog.intake.names import resolve_actors, resolve_people, resolve_places
from socdialog.intake.reading import read_raw
from socdialog.intake.typed import typed

_WORDS = [one + two for one in ("Ash", "Hal", "Rud", "Marl", "Elm") for two in ("ton", "lam", "by", "ford", "wick")]
_TRADES = ["Steel", "Bakers", "Transit", "Hospital", "Glass", "Mechanical", "Paper", "Electric"]
_FORMS = ["Inc", "Corp", "Contractors Assn", "Company LLC", "Services", "Center"]
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


def of_register(tables: dict[str, pl.DataFrame], *, rows: int, years: int, seed: int) -> dict[str, pl.DataFrame]:
    """Return the tables of a register of strikes: a firm, a local of a union, a town, a number of workers each."""
    chance = random.Random(seed)  # noqa: S311 - invented rows
    first = date(2020, 1, 1).toordinal() - 365 * years
    ids = [f"row-{n:06}" for n in range(rows)]
    days = [date.fromordinal(first + chance.randrange(365 * years)) for _ in ids]
    ends = [day + timedelta(days=chance.randrange(1, 60)) for day in days]
    firms = [f"{chance.choice(_WORDS)} {chance.choice(_TRADES)} {chance.choice(_FORMS)}" for _ in ids]
    unions = [f"{chance.choice(_TRADES)} Workers Local {chance.randrange(1, 900)}" for _ in ids]
    towns = [f"{chance.choice(_WORDS)}, {chance.choice('ABCDEFGHIJ')}" for _ in ids]
    told = {
        "reports": {"report_id": [f"{one}#1" for one in ids], "source_id": ids, "start_date": map(str, days)}
        | {"end_date": map(str, ends), "place": towns, "kind": "strike", "status": "held", "countries": "USA"}
        | {"venue_country": "USA", "label": "Strike", "coder": "c1", "date_basis": "printed"},
        "sources": {"source_id": ids, "url": [f"https://example.org/{one}" for one in ids], "publisher": "Register"}
        | {"published": map(str, ends), "language": "en", "kind": "government"},
        "actors": {
            "report_id": [f"{one}#1" for one in ids for _ in range(2)],
            "name": [name for both in zip(firms, unions, strict=True) for name in both],
            "side": ["employers", "workers"] * rows,
            "role": ["target", "organiser"] * rows,
        },
        "figures": {"report_id": [f"{one}#1" for one in ids], "figure": "1", "indicator": "workers_on_strike"}
        | {"value": [str(chance.randrange(5, 3000)) for _ in ids], "unit": "persons", "qualifier": "exact"},
    }
    made = {}
    for name, columns in told.items():
        size = len(columns["report_id" if "report_id" in columns else "source_id"])
        cells = {column: [value] * size if isinstance(value, str) else list(value) for column, value in columns.items()}
        every = {column: cells.get(column, [None] * size) for column in codebook.tables()[name].columns}
        frame = pl.DataFrame(every, schema=dict.fromkeys(every, pl.String))
        made[name] = typed(name, frame.with_columns(raw_file=pl.lit("x.csv"), raw_line=pl.int_range(2, pl.len() + 2)))
    return made | {"people": tables["people"].clear()}


def main() -> None:
    """Run the bench and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=100_000)
    asked.add_argument("--register", type=int, metavar="ROWS")
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
    if told.register:
        many = of_register(used, rows=told.register, years=told.years, seed=told.seed)
    else:
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
