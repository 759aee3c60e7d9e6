"""How events relate: one is a part of another (``part_of``), several belong to one dispute (``dispute_id``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from socdialog.codebook.attributes import with_alike
from socdialog.intake.linking.clusters import Pair, components
from socdialog.intake.linking.facts import Facts
from socdialog.intake.linking.knowledge import dispute_stages, knowledge
from socdialog.intake.linking.link_features import feature, kept_as
from socdialog.intake.linking.rarity import KNOWN, points_of

#: Steps of one dispute follow each other within so many days.
DISPUTE_DAYS = 120
#: A text tells of what happened so many days before it appeared, where only the month is told.
FRESH = 3
#: Points of shared names that a part needs where the place is not the same.
STRONG = 3
_MONTH = 30
_DISPUTE = {"event_id": pl.String, "dispute_id": pl.String}
_PAIRS = {"report_a": pl.String, "report_b": pl.String, "judgement": pl.String, "features": pl.String}


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations of events, and the pairs of reports they rest on.

    Parameters
    ----------
    events
        ``event_id``, ``part_of``, ``dispute_id``: one row an event.
    pairs
        ``report_a`` (for a part: the part), ``report_b``, ``judgement``, ``why``.
    """

    events: pl.DataFrame
    pairs: pl.DataFrame


def relate(events_of: pl.DataFrame, facts: Facts, *, decided: Mapping[Pair, str]) -> Relations:
    """Find what is a part of what, and what belongs to one dispute; decisions of a person win."""
    reported = facts.reports.join(events_of, on="report_id")
    part_of, part_pairs = _parts(reported, facts, decided)
    dispute, dispute_pairs = _disputes(reported, facts)
    events = (
        events_of.select("event_id")
        .unique()
        .join(part_of, on="event_id", how="left")
        .join(dispute, on="event_id", how="left")
        .select("event_id", "part_of", "dispute_id")
        .sort("event_id")
    )
    return Relations(events, pl.concat([part_pairs, dispute_pairs]).sort("report_a", "report_b", "judgement"))


def _parts(reported: pl.DataFrame, facts: Facts, decided: Mapping[Pair, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find events held within the days of a larger one.

    The larger one is a gathering or visit dated to the day; the part is of a kind that can be held,
    falls within those days, names a body or person in common, and is in the same place (or, for a
    stop of a visit, shares strong names). Of a part dated to the month only, the larger event lasts
    several days or the text appeared within `FRESH` days of it.
    """
    know = knowledge()
    columns = (
        "i",
        "event_id",
        "report_id",
        "source_id",
        "kind",
        "place",
        "venue",
        "first",
        "last",
        "until",
        "basis",
        "p1",
    )
    holds, can_be = (with_alike("event_kinds", sorted(kinds)) for kinds in (know.holds_parts, know.can_be_part))
    wholes = reported.filter(pl.col("kind").is_in(holds) & (pl.col("basis") == "day")).select(columns)
    parts = reported.filter(pl.col("kind").is_in(can_be) & pl.col("basis").is_in(["day", "month"])).select(columns)
    names = facts.tokens.filter(pl.col("type").is_in(["organisation", "person"]) & ~pl.col("everywhere"))
    months = pl.int_ranges(pl.col("first") // _MONTH, pl.col("until") // _MONTH + 1)
    keyed = [
        side.with_columns(month=months).explode("month", empty_as_null=False).join(names, on="i")
        for side in (parts, wholes)
    ]
    shared = (
        keyed[0]
        .join(keyed[1], on=["type", "token", "month"], suffix="_b")
        .unique(["i", "i_b", "type", "token"])
        .with_columns(points=points_of(pl.col("months")))
        .group_by("i", "i_b")
        .agg(pl.col("points").sum(), names=pl.col("shown").sort())
    )
    met = shared.join(parts, on="i").join(wholes, left_on="i_b", right_on="i", suffix="_b")
    several = pl.col("until_b") > pl.col("first_b")
    stop = (pl.col("kind") == "visit") & (pl.col("kind_b") == "visit") & (pl.col("basis") == "day")
    fresh = (pl.col("p1") - pl.col("until_b")).is_between(0, FRESH).fill_null(value=False)
    met = met.filter(
        (pl.col("event_id") != pl.col("event_id_b"))
        & (pl.col("source_id") != pl.col("source_id_b"))
        & (pl.col("first") <= pl.col("until_b"))
        & (pl.col("last") >= pl.col("first_b"))
        & ((pl.col("kind") != pl.col("kind_b")) | several)
        & ((pl.col("basis") == "day") | several | fresh)
        & ((pl.col("place") == pl.col("place_b")) | (stop & several & (pl.col("points") >= STRONG)))
    ).sort("points", "report_id", "report_id_b", descending=[True, False, False])
    events = reported.get_column("event_id").to_list()
    reports = reported.get_column("report_id").to_list()
    place = {number: row for row, number in enumerate(reported.get_column("i").to_list())}
    above: dict[str, str] = {}
    rows: list[tuple[str, str, str, str]] = []
    for (a, b), kind in sorted(decided.items()):
        if kind == "part_of":
            _put(above, events[place[a]], events[place[b]])
    for a, b, shown in met.select("i", "i_b", "names").iter_rows():
        if decided.get((a, b), decided.get((b, a), "part_of")) != "part_of":
            continue
        part, whole = place[a], place[b]
        if _put(above, events[part], events[whole]):
            within = feature("within_days", names=[name for name in shown if name is not None] or ["officials"])
            rows.append((reports[part], reports[whole], "part_of", kept_as([within])))
    part_of = pl.DataFrame(
        {"event_id": list(above), "part_of": list(above.values())}, schema={"event_id": pl.String, "part_of": pl.String}
    )
    return part_of, pl.DataFrame(rows, schema=_PAIRS, orient="row")


def _put(above: dict[str, str], part: str, whole: str) -> bool:
    """Put a part under a whole, unless it has one or would come to hold itself; return whether it was put."""
    upper: str | None = whole
    while upper is not None and upper != part:
        upper = above.get(upper)
    if part in above or upper == part:
        return False
    above[part] = whole
    return True


def _disputes(reported: pl.DataFrame, facts: Facts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find events that are steps of one dispute.

    Two events are steps of one dispute when they come from different stages (notice, action,
    settlement), are at most `DISPUTE_DAYS` days apart in one country, and both name one organisation
    that few reports name. The id is that of the earliest step, with ``ds-`` for ``ev-``.
    """
    stages = dispute_stages()
    steps = reported.filter(pl.col("kind").is_in(sorted(stages)) & (pl.col("basis") != "none")).with_columns(
        stage=pl.col("kind").replace_strict(stages, default=None, return_dtype=pl.String)
    )
    few = facts.tokens.filter(
        (pl.col("type") == "organisation") & (pl.col("months") <= KNOWN) & ~pl.col("everywhere")
    ).select("i", "token", "shown")
    named = steps.join(few, on="i").with_columns(month=pl.col("first") // DISPUTE_DAYS)
    near = pl.concat([named.with_columns(pl.col("month") + step) for step in (-1, 0, 1)])
    met = (
        near.join(named, on=["token", "month", "venue"], suffix="_b")
        .filter(
            (pl.col("event_id") != pl.col("event_id_b"))
            & (pl.col("stage") < pl.col("stage_b"))
            & (pl.col("first_b") - pl.col("last") <= DISPUTE_DAYS)
            & (pl.col("first") - pl.col("last_b") <= DISPUTE_DAYS)
        )
        .sort("event_id", "event_id_b", "report_id", "report_id_b", "shown")
        .unique(["event_id", "event_id_b"], keep="first", maintain_order=True)
    )
    order = (
        steps.group_by("event_id").agg(pl.col("last").min()).sort("last", "event_id").get_column("event_id").to_list()
    )
    number = {event: i for i, event in enumerate(order)}
    groups = components(
        len(order), [(number[a], number[b]) for a, b in met.select("event_id", "event_id_b").iter_rows()]
    )
    ids = {
        order[i]: "ds-" + order[min(members)].removeprefix("ev-")
        for members in groups.members.values()
        if len(members) > 1
        for i in members
    }
    steps_of = [
        kept_as([feature("one_dispute", stage=stage, other=other, name=name, days=DISPUTE_DAYS)])
        for stage, other, name in met.select("stage", "stage_b", "shown").iter_rows()
    ]
    pairs = met.select(
        report_a=pl.min_horizontal("report_id", "report_id_b"),
        report_b=pl.max_horizontal("report_id", "report_id_b"),
        judgement=pl.lit("dispute"),
        features=pl.Series(steps_of, dtype=pl.String),
    )
    return pl.DataFrame({"event_id": list(ids), "dispute_id": list(ids.values())}, schema=_DISPUTE), pairs
