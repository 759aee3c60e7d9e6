"""Linking scored against labelled pairs: precision and recall of pairs, B-cubed, folds of events, mentions.

Also run by hand: ``python tests/data/linking_measurement.py`` prints all figures with n.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import polars as pl

from socdialog.dates import bounds
from socdialog.intake.linking import Linked, link
from socdialog.intake.names import resolve_actors, resolve_people, resolve_places
from socdialog.intake.reading import read_raw
from socdialog.intake.typed import typed

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "gold" / "report_pairs.csv"
REGISTER = SHARED / "studies" / "us-stoppages"
FURTHER = Path(__file__).with_name("further_report_pairs.csv")
USED = ("reports", "sources", "actors", "people", "figures", "decisions", "places")
FOLDS = 5

Pair = frozenset[str]
Tables = dict[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Score:
    """What a set of links got right of labelled pairs."""

    right: int
    wrong: int
    same: int
    other: int

    @property
    def precision(self) -> float:
        """Share of the labelled pairs found that are one event."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs of one event that were found."""
        return self.right / self.same if self.same else 1.0

    def __str__(self) -> str:
        """Return the score in one line, with its numbers."""
        return (
            f"precision {self.precision:.3f} (n={self.right + self.wrong}), recall {self.recall:.3f} (n={self.same}), "
            f"hard negatives joined {self.wrong} of {self.other}"
        )


def linkable(raw: Mapping[str, pl.DataFrame]) -> Tables:
    """Return the tables that linking takes, with places, bodies and people resolved."""
    told = {name: typed(name, frame) for name, frame in raw.items()}
    registry = {name: told[name] for name in ("organisations", "organisation_names")}
    told["reports"] = resolve_places(told["reports"], places=told["places"])
    told["actors"] = resolve_actors(told["actors"], **registry)
    of_people = {name: told[name] for name in ("reports", "actors", "persons", "person_names", "person_distinct")}
    told["people"] = resolve_people(told["people"], **of_people, **registry)
    return {name: told[name] for name in USED}


def partition(linked: Linked) -> set[frozenset[str]]:
    """Return the events as sets of reports."""
    return {frozenset(ids) for ids in linked.events_of.group_by("event_id").agg("report_id").get_column("report_id")}


def found_pairs(linked: Linked) -> set[Pair]:
    """Return all pairs of reports in one event."""
    return {frozenset(both) for event in partition(linked) for both in combinations(sorted(event), 2)}


def labelled(gold: pl.DataFrame, *labels: str) -> set[Pair]:
    """Return the pairs with one of these labels."""
    chosen = gold.filter(pl.col("label").is_in(labels)).select("report_a", "report_b")
    return {frozenset(both) for both in chosen.iter_rows()}


def scored(found: set[Pair], *, same: set[Pair], other: set[Pair]) -> Score:
    """Score found pairs against labelled ones."""
    return Score(len(found & same), len(found & other), len(same), len(other))


def true_events(gold: pl.DataFrame, reports: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the labelled event of each report: the pairs labelled same are complete, so that each is a clique."""
    near = defaultdict(set)
    for a, b in labelled(gold, "same"):
        near[a].add(b)
        near[b].add(a)
    return {name: frozenset({name} | near[name]) for name in reports}


def b_cubed(linked: Linked, gold: pl.DataFrame) -> tuple[float, float, int]:
    """Return B-cubed precision and recall over the labelled reports, and their number."""
    told = sorted({name for both in labelled(gold, "same", "different", "part_of") for name in both})
    truth = true_events(gold, told)
    # A report added since the pairs were labelled is neither right nor wrong beside one that was.
    event = {name: ids.intersection(told) for ids in partition(linked) for name in ids}
    precision = sum(len(event[name] & truth[name]) / len(event[name]) for name in told) / len(told)
    recall = sum(len(event[name] & truth[name]) / len(truth[name]) for name in told) / len(told)
    return precision, recall, len(told)


def folds(gold: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the labelled pairs in `FOLDS` parts, each event whole in one of them."""
    told = sorted({name for both in labelled(gold, "same", "different", "part_of") for name in both})
    fold = {name: zlib.crc32(min(event).encode()) % FOLDS for name, event in true_events(gold, told).items()}
    of_pair = pl.col("report_a").replace_strict(fold, return_dtype=pl.Int64)
    return [gold.filter(of_pair == number) for number in range(FOLDS)]


def alone(tables: Tables, reports: set[str]) -> Tables:
    """Return the tables of these reports only: how often a name is reported is then another."""
    kept = {
        name: frame.filter(pl.col("report_id").is_in(sorted(reports)))
        for name, frame in tables.items()
        if "report_id" in frame.columns
    }
    return tables | kept | {"decisions": tables["decisions"].clear()}


def further(tables: Tables) -> tuple[Tables, pl.DataFrame]:
    """Return the tables with the mentions of the further pairs added, and those pairs.

    A row with ``start_date`` or ``published`` reports its second report once more, as a passing
    mention would: in a text of its own, so dated, with these organisations, and without people,
    figures, status bounds or, unless ``place`` says yes, the place.
    """
    rows = pl.read_csv(FURTHER, infer_schema=False)
    added: dict[str, list[pl.DataFrame]] = defaultdict(list)
    pairs = []
    for row in rows.iter_rows(named=True):
        second = row["report_b"]
        if row["published"] is not None:
            second = f"mention-{row['report_b']}-{row['published']}"
            if not any(second == known for _, known, *_ in pairs):
                for name, frame in mention(tables, row, second).items():
                    added[name].append(frame)
        pairs.append((row["report_a"], second, row["label"], row["note"]))
    more = {name: pl.concat([tables[name], *frames]) for name, frames in added.items()}
    return tables | more, pl.DataFrame(pairs, schema=["report_a", "report_b", "label", "note"], orient="row")


def mention(tables: Tables, row: Mapping[str, str | None], report: str) -> Tables:
    """Return the rows of one mention: a report, its source and its organisations."""
    told = tables["reports"].filter(pl.col("report_id") == row["report_b"])
    days = {}
    for name in ("start_date", "published"):
        known = bounds(str(row[name]))
        days |= {f"{name.split('_')[0]}_first": known.first, f"{name.split('_')[0]}_last": known.last}
    start = {name: pl.lit(value) for name, value in days.items() if name.startswith("start")}
    nothing = ["end_date", "end_first", "end_last", "recodes", *([] if row["place"] else ["place", "place_id"])]
    told = told.with_columns(
        pl.lit(report).alias("report_id"),
        pl.lit(report).alias("source_id"),
        pl.lit(row["start_date"]).alias("start_date"),
        pl.lit("held").alias("status"),
        *(value.alias(name) for name, value in start.items()),
        *(pl.lit(None, dtype=told.schema[name]).alias(name) for name in nothing),
    )
    source = tables["sources"].head(1)
    source = source.with_columns(
        pl.lit(report).alias("source_id"),
        pl.lit(None, dtype=pl.String).alias("copy_of"),
        pl.lit(row["published"]).alias("published"),
        *(pl.lit(value).alias(name) for name, value in days.items() if name.startswith("published")),
    )
    kept = [] if row["organisations"] is None else row["organisations"].split(";")
    actors = tables["actors"].filter((pl.col("report_id") == row["report_b"]) & pl.col("name").is_in(kept))
    if actors.height != len(kept):
        message = f"{row['report_b']}: not all of {kept} are among its organisations"
        raise ValueError(message)
    actors = actors.with_columns(pl.lit(report).alias("report_id"))
    return {"reports": told, "sources": source, "actors": actors}


def register() -> tuple[Tables, pl.DataFrame]:
    """Return the tables of the register as if each row were a page of its own, and its labelled pairs."""
    tables = linkable(read_raw(REGISTER / "data" / "raw").tables)
    read_raw(ROOT / "data" / "raw")  # its own terms are those at hand again
    pages = tables["sources"].with_columns(url=pl.concat_str(pl.lit("https://example.org/"), "source_id"))
    return tables | {"sources": pages}, pl.read_csv(REGISTER / "different.csv").rename({"truth": "label"})


def of_one_register(tables: Tables) -> Tables:
    """Return the tables with all sources declared rows of one register."""
    return tables | {"sources": tables["sources"].with_columns(register=pl.lit("the register"))}


def main() -> None:
    """Print every figure with its n."""
    tables = linkable(read_raw(ROOT / "data" / "raw").tables)
    linked = link(**tables)
    gold = pl.read_csv(GOLD)
    found = found_pairs(linked)
    same, other = ("same",), ("different", "part_of")
    print("gold:", scored(found, same=labelled(gold, *same), other=labelled(gold, *other)))  # noqa: T201
    print("gold: B-cubed precision {:.3f}, recall {:.3f} (n={} reports)".format(*b_cubed(linked, gold)))  # noqa: T201
    for number, fold in enumerate(folds(gold), start=1):
        members = {name for both in labelled(fold, *same, *other) for name in both}
        by_itself = found_pairs(link(**alone(tables, members)))
        for how, pairs in (("among all", found), ("by itself", by_itself)):
            print(f"fold {number} {how}:", scored(pairs, same=labelled(fold, *same), other=labelled(fold, *other)))  # noqa: T201
    more, pairs = further(tables)
    found = found_pairs(link(**more))
    print("further pairs:", scored(found, same=labelled(pairs, *same), other=labelled(pairs, *other)))  # noqa: T201
    for a, b, label, note in pairs.iter_rows():
        if (frozenset((a, b)) in found) != (label == "same"):
            print(f"  {label}: {a}, {b}: {note}")  # noqa: T201
    tables, different = register()
    for how, declared in (("undeclared", tables), ("declared", of_one_register(tables))):
        found = found_pairs(link(**declared))
        print(f"register pairs, {how}:", scored(found, same=set(), other=labelled(different, "different")))  # noqa: T201
        print(f"  all pairs joined: {len(found)}; rows: {tables['reports'].height}")  # noqa: T201


if __name__ == "__main__":
    main()
