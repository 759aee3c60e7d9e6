"""Event ids that stay: each hangs on one report, its anchor, and outlives what is added or recoded."""

from __future__ import annotations

import hashlib
from collections.abc import Container

import polars as pl

#: Digits of an id; among many thousand events two may share them.
_DIGITS = 8


def event_id(report_id: str, taken: Container[str] = ()) -> str:
    """Return the id of the event that hangs on a report: longer where the short one is `taken`.

    Examples
    --------
    >>> event_id("a#1") == event_id("a#1")
    True
    """
    digest = hashlib.sha256(report_id.encode()).hexdigest()
    ids = (f"ev-{digest[:digits]}" for digits in range(_DIGITS, len(digest)))
    return next(one for one in ids if one not in taken)


def identify(clusters: pl.DataFrame, *, event_ids: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each cluster of reports its event id.

    Ids once given stay: of several in one cluster the one given first (ties by id) is the event's,
    the others are superseded. A cluster without a given id takes that of its earliest published
    report (unknown publication last, ties by report id). When a cluster falls apart, the part with
    the anchor keeps the id.

    Parameters
    ----------
    clusters
        ``report_id``, ``cluster`` and ``published_first``.
    event_ids
        The table of ids already given, or None.

    Returns
    -------
    tuple of polars.DataFrame
        ``report_id``, ``event_id``; and ``old_id``, ``event_id`` of the superseded ids.
    """
    anchors = clusters.sort("published_first", "report_id", nulls_last=True).group_by("cluster", maintain_order=True)
    fresh = anchors.agg(anchor=pl.col("report_id").first())
    nothing = pl.DataFrame(schema={"event_id": pl.String, "report_id": pl.String, "given_on": pl.String})
    given = (nothing if event_ids is None else event_ids.select(nothing.columns)).join(
        clusters.select("report_id", "cluster"), on="report_id"
    )
    first = (
        given.sort("given_on", "event_id")
        .group_by("cluster", maintain_order=True)
        .agg(pl.col("event_id").first().alias("kept"), pl.col("event_id").alias("all"))
    )
    known = fresh.join(first, on="cluster", how="left", maintain_order="left")
    taken = set(given.get_column("event_id"))
    ids: list[str] = []
    # What was published first has the short id, also when a later event would have the same one.
    for kept, anchor in known.select("kept", "anchor").iter_rows():
        ids.append(kept or event_id(anchor, taken))
        taken.add(ids[-1])
    known = known.with_columns(pl.Series("event_id", ids, dtype=pl.String))
    events = clusters.join(known.select("cluster", "event_id"), on="cluster").select("report_id", "event_id")
    superseded = (
        first.explode("all", empty_as_null=False)
        .filter(pl.col("all") != pl.col("kept"))
        .select(old_id="all", event_id="kept")
    )
    return events.sort("report_id"), superseded.sort("old_id")
