"""The whole of linking, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import polars as pl

from socdialog.intake.linking.blocking import candidates
from socdialog.intake.linking.clusters import Pair, components, declared_groups, link_groups, pair
from socdialog.intake.linking.comparing import compare
from socdialog.intake.linking.facts import Facts, gather
from socdialog.intake.linking.identity import event_id, identify
from socdialog.intake.linking.link_features import links_of
from socdialog.intake.linking.relations import relate

#: Points at which two reports are taken to tell of one event.
SAME = 7
#: Points from which a pair waits for a person's look.
DOUBTFUL = 6
#: Mean points of all pairs between two groups that become one.
SUPPORT = 6
#: Points by which an undated report must fit one event better than any other.
LEAD = 1
#: Longest chain of links whose reports are all compared with each other.
CHAIN = 60
#: Pairs compared at once: bounds the memory.
_BATCH = 500_000


@dataclass(frozen=True, slots=True)
class Linked:
    """What linking found.

    Parameters
    ----------
    events_of
        ``report_id``, ``event_id``.
    links
        Columns of the table links, without ``row_id``.
    relations
        ``event_id``, ``part_of``, ``dispute_id``: one row an event.
    superseded
        ``old_id``, ``event_id``: ids given once to what is now one event with another.
    """

    events_of: pl.DataFrame
    links: pl.DataFrame
    relations: pl.DataFrame
    superseded: pl.DataFrame


def link(
    *,
    reports: pl.DataFrame,
    sources: pl.DataFrame,
    actors: pl.DataFrame,
    people: pl.DataFrame,
    figures: pl.DataFrame,
    decisions: pl.DataFrame,
    event_ids: pl.DataFrame | None = None,
    places: pl.DataFrame | None = None,
    register: bool = False,
) -> Linked:
    """Link reports to events.

    Parameters
    ----------
    reports, sources, actors, people, figures, decisions, event_ids, places
        Clean tables; ``place_id``, ``org_id`` and ``person_id`` are used where they are.
    register
        Whether the collection is a register, so that the sources of a publisher are rows of one, unless they are news:
        cases of their own, which only a decision joins.
    """
    facts = gather(
        reports=reports,
        sources=sources,
        actors=actors,
        people=people,
        figures=figures,
        places=places,
        register=register,
    )
    number = dict(facts.reports.select("report_id", "i").iter_rows())
    decided = {
        (number[a], number[b]): kind for a, b, kind in decisions.select("report_a", "report_b", "decision").iter_rows()
    }
    apart = frozenset(pair(*both) for both, kind in decided.items() if kind != "same")
    declared = _declared(facts, decided)
    scored = _scored(facts)
    groups = declared_groups(len(number), same=list(declared), different=apart)
    likely = scored.filter(~pl.col("never") & (pl.col("score") >= SAME)).sort(
        ["score", "rare", "a", "b"], descending=[True, True, False, False]
    )
    scored, crowd = _completed(scored, likely, declared, facts)
    refused = link_groups(
        groups,
        links=list(likely.select("a", "b").iter_rows()),
        scores={(a, b): score for a, b, score in scored.select("a", "b", "score").iter_rows()},
        never=apart | frozenset(scored.filter("never").select("a", "b").iter_rows()),
        undated=frozenset(facts.reports.filter(pl.col("basis") == "none").get_column("i").to_list()),
        crowd=crowd,
        support=SUPPORT,
        lead=LEAD,
    )
    clusters = (
        facts.reports.select("report_id", "p0")
        .with_columns(cluster=pl.Series(groups.of))
        .rename({"p0": "published_first"})
    )
    events_of, superseded = identify(clusters, event_ids=event_ids)
    relations = relate(events_of, facts, decided=decided)
    links = links_of(
        scored,
        facts,
        of=groups.of,
        declared=declared,
        decided=decided,
        refused=refused,
        related=relations.pairs,
        doubtful=DOUBTFUL,
    )
    return Linked(events_of, links, relations.events, superseded)


def _declared(facts: Facts, decided: dict[Pair, str]) -> dict[Pair, str]:
    """Return the pairs declared to be one event with how: decisions first, then second codings, then copies."""
    reports = facts.reports
    found = {pair(*both): "decision" for both, kind in sorted(decided.items()) if kind == "same"}
    number = dict(reports.select("report_id", "i").iter_rows())
    for a, first in reports.filter(pl.col("recodes").is_not_null()).select("i", "recodes").iter_rows():
        found.setdefault(pair(a, number[first]), "recoding")
    alone = reports.filter(pl.len().over("source_id") == 1)
    copies = (
        alone.join(alone, left_on="copy_of", right_on="source_id", suffix="_first").select("i", "i_first").sort("i")
    )
    for a, first in copies.iter_rows():
        found.setdefault(pair(a, first), "copy")
    return found


def _scored(facts: Facts) -> pl.DataFrame:
    """Compare all candidates and keep those that may be one event."""
    batches = _batches(candidates(facts), facts, possible=True)
    return pl.concat([batch.filter(pl.col("score") >= DOUBTFUL) for batch in batches])


def _completed(
    scored: pl.DataFrame, likely: pl.DataFrame, declared: dict[Pair, str], facts: Facts
) -> tuple[pl.DataFrame, frozenset[int]]:
    """Compare also the pairs that a chain of links may make one event; return them, and who is in a crowd.

    The reports of a chain of up to `CHAIN` reports are all compared with each other. In a longer
    chain, a crowd, only pairs that were candidates can be one event.
    """
    chains = components(facts.reports.height, [*likely.select("a", "b").iter_rows(), *declared])
    longer = [members for members in chains.members.values() if len(members) > 1]
    met = [both for members in longer if len(members) <= CHAIN for both in combinations(sorted(members), 2)]
    crowd = frozenset(i for members in longer if len(members) > CHAIN for i in members)
    pairs = pl.DataFrame(met, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row").join(
        scored.select("a", "b"), on=["a", "b"], how="anti"
    )
    return pl.concat([scored, *_batches(pairs.sort("a", "b"), facts)]), crowd


def _batches(pairs: pl.DataFrame, facts: Facts, *, possible: bool = False) -> Iterator[pl.DataFrame]:
    """Compare the pairs a batch at a time."""
    for start in range(0, max(pairs.height, 1), _BATCH):
        yield compare(pairs.slice(start, _BATCH), facts, possible=possible)


def new_event_ids(linked: Linked, *, given_on: str, event_ids: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the rows that give every event of `linked` without a given id its own, for good.

    Parameters
    ----------
    linked
        What `link` returned.
    given_on
        The day, ISO 8601.
    event_ids
        Ids given before.

    Returns
    -------
    polars.DataFrame
        ``event_id``, ``report_id`` (the anchor), ``given_on``: to be appended to the table event_ids.
    """
    known = [] if event_ids is None else event_ids.get_column("event_id").to_list()
    fresh = [
        (event, report)
        for report, event in linked.events_of.select("report_id", "event_id").iter_rows()
        if event not in set(known) and event.startswith(event_id(report))
    ]
    return (
        pl.DataFrame(fresh, schema={"event_id": pl.String, "report_id": pl.String}, orient="row")
        .with_columns(given_on=pl.lit(given_on))
        .sort("event_id")
    )
