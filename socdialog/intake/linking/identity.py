"""Event ids that stay: each hangs on one report, its anchor, and outlives what is added or recoded."""

from __future__ import annotations

import hashlib

import polars as pl


def event_id(report_id: str) -> str:
    """Return the id of the event that hangs on a report.

    Examples
    --------
    >>> event_id("a#1") == event_id("a#1")
    True
    """
    return "ev-" + hashlib.sha256(report_id.encode()).hexdigest()[:8]


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
    names = fresh.get_column("anchor").to_list()
    fresh = fresh.with_columns(pl.Series("fresh", [event_id(name) for name in names], dtype=pl.String))
    nothing = pl.DataFrame(schema={"event_id": pl.String, "report_id": pl.String, "given_on": pl.String})
    given = (nothing if event_ids is None else event_ids.select(nothing.columns)).join(
        clusters.select("report_id", "cluster"), on="report_id"
    )
    first = (
        given.sort("given_on", "event_id")
        .group_by("cluster", maintain_order=True)
        .agg(pl.col("event_id").first().alias("kept"), pl.col("event_id").alias("all"))
    )
    known = fresh.join(first, on="cluster", how="left").with_columns(event_id=pl.coalesce("kept", "fresh"))
    events = clusters.join(known.select("cluster", "event_id"), on="cluster").select("report_id", "event_id")
    superseded = (
        first.explode("all", empty_as_null=False)
        .filter(pl.col("all") != pl.col("kept"))
        .select(old_id="all", event_id="kept")
    )
    return events.sort("report_id"), superseded.sort("old_id")
