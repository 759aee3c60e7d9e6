"""Events held against other tables and events: agreements that are not listed, bans, one event twice, meetings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

import polars as pl

from socdialog.codebook.attributes import attribute, codes_with
from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, only
from socdialog.intake.disagreements.rules import across_tables as known
from socdialog.intake.names.places import names_of_places, place_named

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]
#: The reports of each event, first codings only.
Events = list[list[Row]]
#: Side, registered id, and id or normalised name of each organisation that a report names.
Bodies = dict[str, list[tuple[str, str | None, str]]]
_WORKERS, _EMPLOYERS = "workers", "employers"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def across_events(tables: Tables) -> Iterator[Finding]:
    """Find what the events of a study and its other tables cannot both say."""
    events, bodies = _events(tables["reports"]), _bodies(tables["actors"])
    yield from general_agreements(tables)
    yield from forbidden_actions(events, tables["sources"], bodies)
    yield from under_way(events, tables["sources"])
    yield from reported_twice(events, bodies)
    yield from unseen_meetings(events, tables["actors"])


def general_agreements(tables: Tables) -> Iterator[Finding]:
    """Find general agreements among the events that the institutions lack or leave undated."""
    names = names_of_places(tables["places"])
    institutions = [
        row
        for row in tables["institutions"].sort("row_id").iter_rows(named=True)
        if attribute("institution_kinds", row["kind"], "covers_months") is True
        and place_named(row["name"], row["country"], names=names) is None
    ]
    for rows in _national_agreements(tables["reports"], names):
        country = rows[0]["countries"][0]
        years = {int(year) for row in rows for year in _YEAR.findall(row["label"])}
        dated = next((row for row in rows if row["start_first"] is not None), None)
        same = [row for row in institutions if row["country"] == country and _one_agreement(row, years, dated)]
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


def _national_agreements(reports: pl.DataFrame, names: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[list[Row]]:
    """Yield the reports of each event that is a general agreement of one country."""
    events: dict[str, list[Row]] = defaultdict(list)
    signed = reports.filter((pl.col("kind") == "agreement") & pl.col("recodes").is_null()).sort("report_id")
    for row in signed.iter_rows(named=True):
        label = f" {fold(row['label'])} "
        if len(row["countries"] or ()) != 1 or place_named(label, row["countries"][0], names=names):
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


def forbidden_actions(events: Events, sources: pl.DataFrame, bodies: Bodies) -> Iterator[Finding]:
    """Find strikes that a label, a title or another event calls forbidden or unlawful, and no report of them does.

    The other event is no stoppage itself, is at most `AcrossTables.ban_days` days away, and shares a registered
    organisation of workers, and the place or an employer, with the strike.
    """
    titles = dict(sources.select("source_id", "title").iter_rows())
    strikes, stoppages = (set(codes_with("event_kinds", name)) for name in ("strike", "stoppage"))
    bans: dict[str, Events] = defaultdict(list)
    for rows in events:
        if stoppages.isdisjoint(row["kind"] for row in rows) and (
            _is_forbidden(rows) or any(_forbids(_words(row, titles)) for row in rows)
        ):
            for org_id in _named(rows, bodies, _WORKERS):
                bans[org_id].append(rows)
    for rows in events:
        if strikes.isdisjoint(row["kind"] for row in rows) or _is_forbidden(rows):
            continue
        naming = [row for row in rows if known().forbidden & _words(row, titles)]
        if naming:
            yield _of_reports("forbidden_action", naming, {"label": naming[0]["label"]})
            continue
        elsewhere = [
            ban
            for org_id in sorted(_named(rows, bodies, _WORKERS))
            for ban in bans[org_id]
            if ban is not rows and _near(rows, ban) and _where(rows, bodies) & _where(ban, bodies)
        ]
        if elsewhere:
            ban = elsewhere[0]
            details = {"label": rows[0]["label"], "other": ban[0]["label"]}
            yield _of_reports("forbidden_elsewhere", [*rows, *ban], details)


def _is_forbidden(rows: Sequence[Row]) -> bool:
    """Whether a report codes that the action was forbidden or unlawful."""
    return any(
        known().forbidden_outcomes & set(row["outcomes"] or ())
        or attribute("event_statuses", row["status"], "banned") is True
        or row.get("lawfulness") in known().forbidden_lawfulness
        for row in rows
    )


def _words(row: Row, titles: Mapping[str, str | None]) -> set[str]:
    return set(fold(f"{row['label']} {titles.get(row['source_id']) or ''}").split())


def _forbids(words: set[str]) -> bool:
    """Whether words say that a stoppage was forbidden, not anything else."""
    return bool(known().forbidden & words) and any(word.startswith(known().stoppage) for word in words)


def _bodies(actors: pl.DataFrame) -> Bodies:
    """Return the side, id and normalised name of the organisations of each report."""
    found: Bodies = defaultdict(list)
    for report_id, side, org_id, name in actors.select("report_id", "side", "org_id", "name").iter_rows():
        found[report_id].append((side, org_id, org_id or fold(name or "")))
    return found


def _named(rows: Sequence[Row], bodies: Bodies, side: str | None = None) -> set[str]:
    """Return the registered organisations that reports name, of one side or of any."""
    found = (body for row in rows for body in bodies.get(row["report_id"], ()))
    return {org_id for of_side, org_id, _ in found if org_id is not None and side in {None, of_side}}


def _where(rows: Sequence[Row], bodies: Bodies) -> set[tuple[str, str]]:
    """Return the places and employers of an event."""
    places = {("place", place) for row in rows if (place := _place(row))}
    found = (body for row in rows for body in bodies.get(row["report_id"], ()))
    return places | {(_EMPLOYERS, name) for side, _, name in found if side == _EMPLOYERS}


def _place(row: Row) -> str:
    return str(row.get("place_id") or fold(row["place"] or ""))


def _near(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Whether two events lie at most so many days apart that one may speak of the other."""
    spans = [
        (min(row["start_first"] for row in dated), max(row["end_last"] or row["start_last"] for row in dated))
        for rows in (one, other)
        if (dated := [row for row in rows if row["start_first"] is not None])
    ]
    if len(spans) != 2:  # noqa: PLR2004 - one of the two has no date
        return False
    (first, last), (first_b, last_b) = spans
    return bool(max((first_b - last).days, (first - last_b).days) <= known().ban_days)


def under_way(events: Events, sources: pl.DataFrame) -> Iterator[Finding]:
    """Find actions that every report calls under way though the newest source is years younger."""
    newest = sources.get_column("published_last").max()
    if not isinstance(newest, date):
        return
    for rows in events:
        begun = [row["start_first"] for row in rows if row["start_first"] is not None]
        if not begun or any(row["status"] != "ongoing" or row["end_first"] is not None for row in rows):
            continue
        if newest.year - max(begun).year > known().years_under_way:
            yield _of_reports("under_way", rows, {"label": rows[0]["label"], "since": max(begun).isoformat()})


def _events(reports: pl.DataFrame) -> Events:
    """Return the first codings of the reports of each event."""
    events: dict[str, list[Row]] = defaultdict(list)
    for row in reports.filter(pl.col("recodes").is_null()).sort("report_id").iter_rows(named=True):
        events[row["event_id"] or row["report_id"]].append(row)
    return list(events.values())


def _of_reports(check: str, rows: Sequence[Row], details: Mapping[str, object]) -> Finding:
    return Finding(
        check,
        tuple(str(row["row_id"]) for row in rows),
        details,
        country=only(country for row in rows for country in row["countries"] or ()),
        event_id=only(row["event_id"] for row in rows),
        report_ids=tuple(row["report_id"] for row in rows),
    )


def reported_twice(events: Events, bodies: Bodies) -> Iterator[Finding]:
    """Find two events of one kind, country, place and day with one registered organisation: perhaps one event."""
    days: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in sorted((row for rows in events for row in rows), key=lambda row: str(row["report_id"])):
        if row["start_first"] is not None and row["start_first"] == row["start_last"] and row["place"]:
            days[row["kind"], tuple(sorted(row["countries"] or ())), row["start_first"], _place(row)].append(row)
    for rows in days.values():
        for one, other in combinations(rows, 2):
            if one["event_id"] != other["event_id"] and _named([one], bodies) & _named([other], bodies):
                yield _of_reports("reported_twice", [one, other], {"one": one["label"], "other": other["label"]})


def unseen_meetings(events: Events, actors: pl.DataFrame) -> Iterator[Finding]:
    """Find meetings that a label calls tripartite after the last one in which a tripartite body is an actor."""
    with_body = set(actors.filter(pl.col("side") == "tripartite").get_column("report_id"))
    took_place = set(codes_with("event_statuses", "happened"))
    dialogue = set(codes_with("event_kinds", "family", "dialogue"))
    met: dict[str, date] = {}
    later: dict[str, list[tuple[date, list[Row]]]] = defaultdict(list)
    for rows in events:
        begun = max(
            (row["start_first"] for row in rows if row["status"] in took_place and row["start_first"]), default=None
        )
        countries = {country for row in rows for country in row["countries"] or ()}
        if begun is None or len(countries) != 1:
            continue
        country = countries.pop()
        if any(row["report_id"] in with_body for row in rows):
            met[country] = max(begun, met.get(country, begun))
        elif any(row["kind"] in dialogue and _tripartite(row) for row in rows):
            later[country].append((max(row["start_first"] for row in rows if row["start_first"]), rows))
    for country, meetings in sorted(later.items()):
        for begun, rows in meetings:
            if country in met and begun > met[country]:
                details = {"label": rows[0]["label"], "date": begun.isoformat(), "last": met[country].isoformat()}
                yield _of_reports("unrecorded_meeting", rows, details)


def _tripartite(row: Row) -> bool:
    words = f" {fold(row['label'])}"
    return any(f" {beginning}" in words for beginning in known().tripartite)
