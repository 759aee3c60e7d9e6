"""The events of a country, each once with all that is stated of it, in the order of its page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.codebook.attributes import codes_with
from socdialog.display.addresses import (
    event_anchor,
    list_anchor,
    organisation_anchor,
    organisations_page,
)
from socdialog.display.disagreement_words import explained
from socdialog.display.statements import Statement
from socdialog.site.cited_sources import CitedSource, states
from socdialog.site.country_slices import CountrySlice

Row = Mapping[str, Any]
#: The tables with what a source states of an event, beside its figures, which are listed with their claimants.
_STATED = ("reports", "actors")
#: A status that needs no word, as most events have it.
_USUAL = "held"
_OTHER = "other"


class Participant(NamedTuple):
    """An organisation named in the reports of an event.

    Parameters
    ----------
    name
        Its registered name, else as reported.
    roles
        Its roles, in words.
    page
        Where it is shown, below the site; None where it is not registered.
    """

    name: str
    roles: str
    page: str | None


class Claim(NamedTuple):
    """A figure of an event: what is counted, how much, who claims it, and the publishers that report it."""

    indicator: str
    amount: str
    claimed_by: str
    publishers: str


class Disagreement(NamedTuple):
    """Values of an event that differ: how they differ, and the verdict."""

    kind: str
    explanation: str
    status: str


class Reporting(NamedTuple):
    """A source of an event, and what it states."""

    source: CitedSource
    states: tuple[str, ...]


class Event(NamedTuple):
    """An event with all that is stated of it; texts are empty where nothing is."""

    event_id: str
    anchor: str
    label: str
    date: str
    date_note: str
    place: str
    type: str
    topics: tuple[tuple[str, str], ...]
    participants: tuple[Participant, ...]
    others: tuple[Participant, ...]
    outcome: str
    further: tuple[tuple[str, str], ...]
    related: tuple[str, ...]
    claims: tuple[Claim, ...]
    disagreements: tuple[Disagreement, ...]
    sources: tuple[Reporting, ...]
    independent: int


def events_of(own: CountrySlice, *, pages: frozenset[str]) -> tuple[Event, ...]:
    """Return the events of a country, the most recent first and those without a date last."""
    ordered = own["events"].sort("start_first", "event_id", descending=[True, False], nulls_last=True)
    rows = {name: _by_event(own[name]) for name in (*_STATED, "figures", "disagreements")}
    reporting = _reporting(own)
    places = dict(own["places"].select("place_id", "name").iter_rows())
    bodies = {row["org_id"]: row for row in own["organisations"].iter_rows(named=True)}
    publishers = {
        row["report_id"]: own.cited[row["source_id"]].publisher for row in own["reports"].iter_rows(named=True)
    }
    related = _related(ordered)
    found = []
    for row in ordered.iter_rows(named=True):
        event_id = row["event_id"]
        taking_part, others = _participants(rows["actors"][event_id], bodies, pages)
        found.append(
            Event(
                event_id,
                event_anchor(event_id),
                row["label"],
                wording.period(row["start_date"], row["end_date"]),
                _date_note(row, rows["reports"][event_id]),
                _place(row, places),
                _type(row),
                tuple((wording.label("topics", code), list_anchor("topic", code)) for code in row["topics"] or ()),
                taking_part,
                others,
                _sentence(_labels("outcomes", row["outcomes"])),
                tuple(_further(row)),
                related[event_id],
                _claims(rows["figures"][event_id], publishers),
                tuple(map(_disagreement, rows["disagreements"][event_id])),
                reporting[event_id],
                row["n_sources"],
            )
        )
    return tuple(found)


def _by_event(frame: pl.DataFrame) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in frame.sort("row_id").iter_rows(named=True):
        found[row["event_id"]].append(row)
    return found


def _reporting(own: CountrySlice) -> defaultdict[str, tuple[Reporting, ...]]:
    """Return the sources of each event with what they state, by date, those without one last."""
    event_of = pl.concat(own[name].select("row_id", "event_id") for name in _STATED)
    order = {name: place for place, name in enumerate(_STATED)}
    stated = own.evidence.join(event_of, on="row_id").sort(
        pl.col("table").replace_strict(order, default=None, return_dtype=pl.Int64), "row_id", "source_id"
    )
    said: defaultdict[str, defaultdict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for row in stated.iter_rows(named=True):
        said[row["event_id"]][row["source_id"]].append(Statement.of(row))
    found: defaultdict[str, tuple[Reporting, ...]] = defaultdict(tuple)
    for event_id, by_source in said.items():
        reporting = (Reporting(own.cited[source_id], states(told)) for source_id, told in by_source.items())
        found[event_id] = tuple(
            sorted(reporting, key=lambda one: (one.source.published or "9", one.source.publisher, one.source.source_id))
        )
    return found


def _related(events: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return for each event those of the page that it is a part of, that are parts of it, or of the same dispute."""
    rows = events.select("event_id", "part_of", "dispute_id").rows()
    by_dispute: defaultdict[str, list[str]] = defaultdict(list)
    found: dict[str, dict[str, None]] = {event_id: {} for event_id, _, _ in rows}
    for event_id, part_of, dispute_id in rows:
        if part_of in found:
            found[event_id][part_of] = found[part_of][event_id] = None
        if dispute_id is not None:
            by_dispute[dispute_id].append(event_id)
    for members in by_dispute.values():
        for event_id in members:
            found[event_id] |= dict.fromkeys(other for other in members if other != event_id)
    return {event_id: tuple(others) for event_id, others in found.items()}


def _date_note(row: Row, reports: list[Row]) -> str:
    """Say what a date rests on where it is not print, and why it was completed as it is."""
    basis = codebook.vocabulary("date_bases").get(row["date_basis"])
    remark = str(basis.more.get("remark", "")) if basis and row["start_date"] else ""
    reasons = [one["date_reason"] for one in reports if one["date_reason"]]
    return ": ".join([remark, *reasons[:1]]) if remark else ""


def _place(row: Row, places: Mapping[str, str]) -> str:
    venue = wording.label("iso_countries", row["venue_country"])
    return ", ".join(part for part in (places.get(row["place_id"], ""), venue) if part)


def _type(row: Row) -> str:
    status = "" if row["status"] == _USUAL else f" ({wording.label('event_statuses', row['status']).lower()})"
    return wording.label("event_kinds", row["kind"]) + status


def _labels(vocabulary: str, codes: list[str] | None) -> str:
    return cldr.listing(wording.label(vocabulary, code).lower() for code in codes or ())


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _participants(
    actors: list[Row], bodies: Mapping[str, Row], pages: frozenset[str]
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Return the organisations that take part, and those that are named otherwise; each once, with its roles."""
    sides, roles = list(codebook.vocabulary("sides")), list(codebook.vocabulary("roles"))
    present = codes_with("roles", "takes_part", value=True, default=True)
    found: defaultdict[tuple[str | None, str], dict[str, Row]] = defaultdict(dict)
    for row in actors:
        found[row["org_id"], "" if row["org_id"] else row["name"]][row["role"]] = row
    groups: tuple[list[Any], list[Any]] = ([], [])
    for (org_id, _), by_role in found.items():
        first = next(iter(by_role.values()))
        body = bodies.get(org_id or "")
        name = _called(body["name"], body["acronym"]) if body else _called(first["name"], first["acronym"])
        path = organisations_page(body["country"]) if body else ""
        page = f"{path}#{organisation_anchor(body['org_id'])}" if body and path in pages else None
        words = cldr.listing(wording.label("roles", role).lower() for role in sorted(by_role, key=roles.index))
        order = (sides.index(first["side"]), name)
        groups[not any(role in present for role in by_role)].append((order, Participant(name, words, page)))
    first_group, second_group = (tuple(one for _, one in sorted(group)) for group in groups)
    return first_group, second_group


def _called(name: str, acronym: str | None) -> str:
    """Write a name with its acronym, which may be given in several scripts; once where the name holds it."""
    acronyms = ", ".join(part.strip() for part in (acronym or "").split(";"))
    return name if not acronyms or acronyms in name else f"{name} ({acronyms})"


def _further(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what registers state of an event beyond what every event has, by its column."""
    for column in codebook.tables()["events"].every_column.values():
        cell = row.get(column.name)
        if column.optional and cell:
            yield _sentence(column.name.replace("_", " ")), _cell(column, cell)


def _cell(column: codebook.Column, cell: Any) -> str:
    if column.type == "code":
        return wording.label(str(column.of), cell)
    if column.type == "date":
        return cldr.date(cell)
    return "; ".join(cell) if isinstance(cell, list) else str(cell)


def _claims(figures: list[Row], publishers: Mapping[str, str]) -> tuple[Claim, ...]:
    """Return the figures of an event; what several sources report alike is one, with all their publishers."""
    found: defaultdict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for row in figures:
        amount = wording.quantity(
            row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"], currency=row["currency"]
        )
        period = wording.figure_period(row["period_start"], row["period_end"])
        about = [row["organisation"], None if row["indicator"] == _OTHER else row["scope"], period]
        what = row["scope"] if row["indicator"] == _OTHER and row["scope"] else wording.figure_words(row["indicator"])
        details = "; ".join(part for part in about if part)
        claim = (_sentence(what) + (f" ({details})" if details else ""), amount, row["claimed_by"] or "")
        found[claim][publishers[row["report_id"]]] = None
    return tuple(Claim(*claim, cldr.joined(told)) for claim, told in sorted(found.items()))


def _disagreement(row: Row) -> Disagreement:
    return Disagreement(
        wording.label("disagreement_kinds", row["kind"]),
        explained(row["check"], json.loads(row["details"])),
        wording.label("disagreement_statuses", row["status"]),
    )
