"""How events relate: one is a part of another (``part_of``), several belong to one dispute (``dispute_id``)."""

from __future__ import annotations

import polars as pl

from socdialog.intake.linking.clusters import components
from socdialog.intake.linking.comparing import KNOWN
from socdialog.intake.linking.facts import Facts, knowledge

#: Steps of one dispute follow each other within so many days.
DISPUTE_DAYS = 120
_MONTH = 30


def disputes(events_of: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Return ``event_id``, ``dispute_id`` of the events that are steps of one dispute.

    Two events are steps of one dispute when one of them is an action or its notice and the other
    comes from another stage (notice, action, settlement), they are at most `DISPUTE_DAYS` days
    apart, in the same country, and both name one organisation that few reports name.
    The id is that of the earliest event, with ``ds-`` for ``ev-``.
    """
    stages = knowledge().stages
    steps = (
        events_of.join(facts.reports, on="report_id")
        .filter(pl.col("kind").is_in(sorted(stages)) & (pl.col("basis") != "none"))
        .with_columns(stage=pl.col("kind").replace(stages))
    )
    named = steps.join(
        facts.tokens.filter((pl.col("type") == "organisation") & (pl.col("months") <= KNOWN)), on="i"
    ).select("event_id", "stage", "token", "first", "last", "venue", month=pl.col("first") // (4 * _MONTH))
    near = pl.concat([named, named.with_columns(month=pl.col("month") + 1)])
    met = (
        near.join(named, on=["token", "month", "venue"], suffix="_b")
        .filter(
            (pl.col("event_id") != pl.col("event_id_b"))
            & (pl.col("stage") != pl.col("stage_b"))
            & pl.any_horizontal(pl.col("stage") == "action", pl.col("stage_b") == "action")
            & ((pl.col("first_b") - pl.col("last")) <= DISPUTE_DAYS)
            & ((pl.col("first") - pl.col("last_b")) <= DISPUTE_DAYS)
        )
        .select("event_id", "event_id_b")
        .unique()
    )
    first = (
        steps.group_by("event_id").agg(pl.col("last").min()).sort("last", "event_id").get_column("event_id").to_list()
    )
    number = {event: i for i, event in enumerate(first)}
    groups = components(len(first), [(number[a], number[b]) for a, b in met.iter_rows()])
    told = {
        first[i]: "ds-" + first[min(all_of)][3:]
        for all_of in groups.members.values()
        if len(all_of) > 1
        for i in all_of
    }
    return pl.DataFrame({"event_id": list(told), "dispute_id": list(told.values())}, schema=_DISPUTE).sort("event_id")


_DISPUTE = {"event_id": pl.String, "dispute_id": pl.String}
