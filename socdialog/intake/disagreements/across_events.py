"""Events held against other tables: agreements that the institutions lack, bans in titles only, one event twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, only
from socdialog.intake.disagreements.rules import across_tables as known

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def across_events(tables: Tables) -> Iterator[Finding]:
    """Find what the events of a study and its other tables cannot both say."""
    yield from general_agreements(tables)
    yield from forbidden_actions(tables["reports"], tables["sources"])
    yield from under_way(tables["reports"], tables["sources"])
    yield from reported_twice(tables["reports"], tables["actors"])
    yield from unseen_meetings(tables["reports"], tables["actors"])


def general_agreements(tables: Tables) -> Iterator[Finding]:
    """Find general agreements among the events that the institutions lack or leave undated, and regional ones there."""
    institutions = [
        row
        for row in tables["institutions"].sort("row_id").iter_rows(named=True)
        if attribute("institution_kinds", row["kind"], "covers_months") is True
    ]
    places = _places(tables)
    regional: set[str] = set()
    for row in institutions:
        place = _place_in(row["name"], places.get(row["country"], ()))
        if place:
            regional.add(row["row_id"])
            yield Finding(
                "regional_agreement",
                (row["row_id"],),
                {"name": row["name"], "place": place},
                indicator="agreement",
                country=row["country"],
            )
    for rows in _national_agreements(tables["reports"], places):
        country = rows[0]["countries"][0]
        years = {int(year) for row in rows for year in _YEAR.findall(row["label"])}
        dated = next((row for row in rows if row["start_first"] is not None), None)
        national = [row for row in institutions if row["country"] == country and row["row_id"] not in regional]
        same = [row for row in national if _one_agreement(row, years, dated)]
        concerned = tuple(str(row["row_id"]) for row in (*rows, *same))
        details = {"label": rows[0]["label"], "date": None if dated is None else dated["start_date"]}
        cells = {
            "indicator": "agreement",
            "country": country,
            "event_id": rows[0]["event_id"],
            "report_ids": tuple(sorted(row["report_id"] for row in rows)),
        }
        if not same:
            yield Finding("agreement_not_listed", concerned, details, **cells)
        elif dated is not None and all(row["date"] is None for row in same):
            yield Finding("agreement_undated", concerned, details, **cells)


def _places(tables: Tables) -> dict[str, list[str]]:
    """Return the folded names of the places of each country."""
    found: dict[str, list[str]] = defaultdict(list)
    for country, name in tables["places"].select("country", "name").iter_rows():
        found[country].append(fold(name))
    return found


def _place_in(text: str, places: Iterable[str]) -> str | None:
    words = f" {fold(text)} "
    return next((place for place in sorted(places) if f" {place} " in words), None)


def _national_agreements(reports: pl.DataFrame, places: Mapping[str, Sequence[str]]) -> Iterator[list[Row]]:
    """Yield the reports of each event that is a general agreement of one country."""
    events: dict[str, list[Row]] = defaultdict(list)
    signed = reports.filter((pl.col("kind") == "agreement") & pl.col("recodes").is_null()).sort("report_id")
    for row in signed.iter_rows(named=True):
        label = f" {fold(row['label'])} "
        if len(row["countries"] or ()) != 1 or _place_in(label, places.get(row["countries"][0], ())):
            continue
        if any(f" {words} " in label for words in known().general_agreement):
            events[row["event_id"] or row["report_id"]].append(row)
    yield from events.values()


def _one_agreement(row: Row, years: set[int], dated: Row | None) -> bool:
    """Whether a row of the institutions is the agreement: it ends in its last year, or was signed when it was."""
    end = row["period_end_last"]
    if years and end is not None and end.year == max(years):
        return True
    if dated is None or row["date_first"] is None:
        return False
    return bool(row["date_first"] <= dated["start_last"] and dated["start_first"] <= row["date_last"])


def forbidden_actions(reports: pl.DataFrame, sources: pl.DataFrame) -> Iterator[Finding]:
    """Find actions that a label or title calls forbidden or unlawful, and no outcome or status of the event does."""
    titles = dict(sources.select("source_id", "title").iter_rows())
    for rows in _events(reports):
        if not any(attribute("event_kinds", row["kind"], "strike") is True for row in rows):
            continue
        outcomes = {outcome for row in rows for outcome in row["outcomes"] or ()}
        if outcomes & known().forbidden_outcomes or any(
            attribute("event_statuses", row["status"], "banned") is True for row in rows
        ):
            continue
        naming = [row for row in rows if _forbidden(row["label"]) or _forbidden(titles.get(row["source_id"]))]
        if naming:
            yield _of_reports("forbidden_action", naming, {"label": naming[0]["label"]})


def _forbidden(text: str | None) -> bool:
    return bool(known().forbidden & set(fold(text or "").split()))


def under_way(reports: pl.DataFrame, sources: pl.DataFrame) -> Iterator[Finding]:
    """Find actions that every report calls under way though the newest source is years younger."""
    newest = sources.get_column("published_last").max()
    if not isinstance(newest, date):
        return
    for rows in _events(reports):
        begun = [row["start_first"] for row in rows if row["start_first"] is not None]
        if not begun or any(row["status"] != "ongoing" or row["end_first"] is not None for row in rows):
            continue
        if newest.year - max(begun).year > known().years_under_way:
            yield _of_reports("under_way", rows, {"label": rows[0]["label"], "since": max(begun).isoformat()})


def _events(reports: pl.DataFrame) -> Iterator[list[Row]]:
    """Yield the first codings of the reports of each event."""
    events: dict[str, list[Row]] = defaultdict(list)
    for row in reports.filter(pl.col("recodes").is_null()).sort("report_id").iter_rows(named=True):
        events[row["event_id"] or row["report_id"]].append(row)
    yield from events.values()


def _of_reports(check: str, rows: Sequence[Row], details: Mapping[str, object]) -> Finding:
    return Finding(
        check,
        tuple(str(row["row_id"]) for row in rows),
        details,
        country=only(country for row in rows for country in row["countries"] or ()),
        event_id=only(row["event_id"] for row in rows),
        report_ids=tuple(row["report_id"] for row in rows),
    )


def reported_twice(reports: pl.DataFrame, actors: pl.DataFrame) -> Iterator[Finding]:
    """Find two events of one kind, country, place and day with one registered organisation: perhaps one event."""
    bodies: dict[str, set[str]] = defaultdict(set)
    for report_id, org_id in actors.select("report_id", "org_id").drop_nulls().iter_rows():
        bodies[report_id].add(org_id)
    days: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in reports.filter(pl.col("recodes").is_null()).sort("report_id").iter_rows(named=True):
        if row["start_first"] is not None and row["start_first"] == row["start_last"] and row["place"]:
            place = row.get("place_id") or fold(row["place"])
            days[row["kind"], tuple(sorted(row["countries"] or ())), row["start_first"], place].append(row)
    for rows in days.values():
        for one, other in combinations(rows, 2):
            if one["event_id"] != other["event_id"] and bodies[one["report_id"]] & bodies[other["report_id"]]:
                yield _of_reports("reported_twice", [one, other], {"one": one["label"], "other": other["label"]})


def unseen_meetings(reports: pl.DataFrame, actors: pl.DataFrame) -> Iterator[Finding]:
    """Find meetings that a label calls tripartite after the last one in which a tripartite body is an actor."""
    with_body = actors.filter(pl.col("side") == "tripartite").get_column("report_id").to_list()
    met: dict[str, date] = {}
    later: dict[str, list[list[Row]]] = defaultdict(list)
    for rows in _events(reports):
        happened = [row for row in rows if attribute("event_statuses", row["status"], "happened") is True]
        begun = max((row["start_first"] for row in happened if row["start_first"]), default=None)
        countries = {country for row in rows for country in row["countries"] or ()}
        if begun is None or len(countries) != 1:
            continue
        country = countries.pop()
        if any(row["report_id"] in with_body for row in rows):
            met[country] = max(begun, met.get(country, begun))
        elif any(attribute("event_kinds", row["kind"], "family") == "dialogue" and _tripartite(row) for row in rows):
            later[country].append(rows)
    for country, events in sorted(later.items()):
        for rows in events:
            begun = max(row["start_first"] for row in rows if row["start_first"])
            if country in met and begun > met[country]:
                details = {"label": rows[0]["label"], "date": begun.isoformat(), "last": met[country].isoformat()}
                yield _of_reports("unrecorded_meeting", rows, details)


def _tripartite(row: Row) -> bool:
    words = f" {fold(row['label'])}"
    return any(f" {beginning}" in words for beginning in known().tripartite)
