"""The lists of a page of events: exactly the events that each count of a metric counts.

The lists are made from the evidence of the metrics themselves, so that a count and the list it leads to cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from socdialog.codebook import wording
from socdialog.display.addresses import By, list_anchor
from socdialog.display.messages import words
from socdialog.display.side_words import side_name
from socdialog.folding import folded
from socdialog.metrics import activity, disputes
from socdialog.metrics.participation import taking_part
from socdialog.site.country_slices import CountrySlice


class EventList(NamedTuple):
    """Some events under one address.

    Parameters
    ----------
    anchor, label
        Its id on the page, and what its events have in common.
    events
        Ids of the events.
    """

    anchor: str
    label: str
    events: frozenset[str]


class ListGroup(NamedTuple):
    """Lists by one property of events.

    Parameters
    ----------
    by
        What its lists are by.
    lists
        Its lists; without one the property is stated for no event.
    known
        For how many events the property is coded.
    several
        Whether an event may be in several of the lists.
    """

    by: By
    lists: tuple[EventList, ...]
    known: int
    several: bool = False

    @property
    def key(self) -> str:
        """Its id on the page."""
        return f"by-{self.by}"

    @property
    def title(self) -> str:
        """What its lists are by, in short."""
        return words(f"event.group_{self.by}")

    @property
    def heading(self) -> str:
        """What its lists are by, as a heading."""
        return words(f"event.by_{self.by}")


def event_lists(own: CountrySlice) -> tuple[ListGroup, ...]:
    """Return the lists of the events of a country by each property, and those of further sets that pages count."""
    events = own["events"]
    ids = dict(events.select("row_id", "event_id").iter_rows())

    def listed(by: By, found: pl.DataFrame, field: str, label: Callable[[str], str]) -> tuple[EventList, ...]:
        lists: dict[str, EventList] = {}
        for code, evidence in found.select(field, "evidence").iter_rows():
            anchor = list_anchor(by, code)
            before = lists.get(anchor, EventList(anchor, label(code), frozenset()))
            lists[anchor] = before._replace(events=before.events | {ids[row_id] for row_id in evidence})
        return tuple(lists.values())

    def group(
        by: By, found: pl.DataFrame, field: str, label: Callable[[str], str], *, several: bool = False
    ) -> ListGroup:
        lists = listed(by, found, field, label)
        known = len(frozenset().union(*(one.events for one in lists if one.anchor != list_anchor(by, None))))
        return ListGroup(by, lists, known, several)

    return (
        group(
            "year",
            activity.events_by_year(events).frame.sort("year", descending=True, nulls_last=True),
            "year",
            lambda year: words("event.undated_list") if year is None else str(year),
        ),
        group("type", activity.events_by(events, "kind").frame, "kind", _labels("event_kinds")),
        group("topic", activity.events_by(events, "topics").frame, "topics", _labels("topics"), several=True),
        group(
            "side",
            activity.events_by_side(events, own["actors"], own["organisations"]).frame,
            "side",
            side_name,
            several=True,
        ),
        group("publisher", _by_publisher(own), "publisher", str, several=True),
        ListGroup("set", tuple(_further_sets(own, ids)), events.height, several=True),
    )


def _labels(vocabulary: str) -> Callable[[str], str]:
    return lambda code: wording.label(vocabulary, code)


def _by_publisher(own: CountrySlice) -> pl.DataFrame:
    """Return the events of each publisher, those with most events first; second codings are of the same text."""
    told = (
        own["reports"]
        .select("event_id", "source_id")
        .join(own["citations"].select("source_id", "publisher"), on="source_id")
    )
    found = told.join(own["events"].select("event_id", event="row_id"), on="event_id")
    grouped = found.group_by("publisher").agg(evidence=pl.col("event").unique().sort())
    return grouped.sort(
        pl.col("evidence").list.len(), folded("publisher"), "publisher", descending=[True, False, False]
    )


def _further_sets(own: CountrySlice, ids: Mapping[str, str]) -> Iterator[EventList]:
    """Yield the lists of the events that sentences count by more than one property."""
    events, actors, organisations = own["events"], own["actors"], own["organisations"]
    with_participants = frozenset(taking_part(actors).get_column("event_id")) & frozenset(ids.values())
    found = {
        "single_source": activity.single_source_share(events).frame,
        "self_reported": activity.self_reported_share(events, own["reports"], own["sources"], actors).frame,
        "tripartite": activity.tripartite_share(events, actors, organisations=organisations).frame,
        "disputes": disputes.disputes_found(events, own["figures"]).frame,
    }
    yield EventList(list_anchor("set", "participants"), words("event.set_participants"), with_participants)
    for code, frame in found.items():
        if code == "disputes":
            listed = frozenset(frame.get_column("event_id"))
        else:
            listed = frozenset(ids[row_id] for rows in frame.get_column("evidence") for row_id in rows)
        if listed:
            yield EventList(list_anchor("set", code), words(f"event.set_{code}"), listed)
