"""Items that need review: possible duplicate events, unidentified names, unresolved disagreements."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import polars as pl

from socdialog.loaders.fresh import Data, snapshot
from socdialog.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class DoubtfulLink:
    """Two reports that may be about one event, with the evidence for and against it."""

    report_a: str
    report_b: str
    label_a: str
    label_b: str
    features: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class OpenName:
    """An unidentified name, its reports, and the IDs it may refer to."""

    kind: str
    name: str
    country: str | None
    report_ids: tuple[str, ...]
    suggestions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDisagreement:
    """Values that contradict each other."""

    disagreement_id: str
    kind: str
    check: str
    identity: str | None
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """All items that need review.

    Parameters
    ----------
    links, names, disagreements
        Each sorted; names with a suggestion first, the most frequent before the others.
    """

    links: tuple[DoubtfulLink, ...]
    names: tuple[OpenName, ...]
    disagreements: tuple[OpenDisagreement, ...]

    def entries(self) -> dict[str, object]:
        """Return everything as plain lists and texts, for JSON."""
        return asdict(self)


def review_queue(data: Data = None) -> ReviewQueue:
    """Return the items that need review in a study.

    Parameters
    ----------
    data
        The folder that contains ``raw/``; see `socdialog.loaders.load_tables`.

    Raises
    ------
    DataError
        With every error of the raw data.
    """
    found = snapshot(data)
    return ReviewQueue(_links(found), _names(found), _conflicts(found))


def _links(found: Snapshot) -> tuple[DoubtfulLink, ...]:
    labels = dict(found.table("reports").select("report_id", "label").iter_rows())
    doubtful = found.table("links").filter(pl.col("judgement") == "doubtful").sort("report_a", "report_b")
    return tuple(
        DoubtfulLink(a, b, labels[a], labels[b], tuple(json.loads(features)))
        for a, b, features in doubtful.select("report_a", "report_b", "features").iter_rows()
    )


def _names(found: Snapshot) -> tuple[OpenName, ...]:
    about = found.table("reports").select("report_id", pl.col("countries").list.first().alias("country"))
    people = found.table("people").join(about, on="report_id", how="left", maintain_order="left")
    open_names: list[OpenName] = []
    for kind, frame, resolved in (
        ("organisation", found.table("actors"), "org_id"),
        ("person", people, "person_id"),
    ):
        # A name that a person decided to mean nobody has a method, and waits no longer.
        rows = (
            frame.filter(pl.col(resolved).is_null() & pl.col("method").is_null())
            .group_by("name", "country")
            .agg(pl.col("report_id").unique().sort(), pl.col("suggestion").drop_nulls().sort().first())
        )
        open_names += [
            OpenName(kind, name, country, tuple(reports), tuple(suggestion or ()))
            for name, country, reports, suggestion in rows.iter_rows()
        ]
    return tuple(sorted(open_names, key=_urgency))


def _urgency(name: OpenName) -> tuple[bool, int, str, str, str]:
    return not name.suggestions, -len(name.report_ids), name.kind, name.name, name.country or ""


def _conflicts(found: Snapshot) -> tuple[OpenDisagreement, ...]:
    rows = found.table("disagreements").filter(pl.col("status") == "open").sort("disagreement_id")
    columns = ("disagreement_id", "kind", "check", "identity", "details")
    waiting = rows.select(columns).iter_rows(named=True)
    return tuple(OpenDisagreement(**row | {"details": json.loads(row["details"])}) for row in waiting)
