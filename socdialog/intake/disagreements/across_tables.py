"""Tables held against each other: what one states and another rules out, or does not know."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations
from typing import Any
from urllib.parse import urlsplit

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.codebook.reviewed_files import reviewed, reviewed_as
from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, only

Row = dict[str, Any]
Tables = Mapping[str, pl.DataFrame]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_THOUSAND = {"thousand_persons": 1000.0, "persons": 1.0}


@dataclass(frozen=True, slots=True)
class Known:
    """All that ``codebook/across_tables.yaml`` declares."""

    title: str
    general_agreement: tuple[str, ...]
    forbidden: frozenset[str]
    forbidden_outcomes: frozenset[str]
    years_under_way: int
    publisher_letters: int


@cache
def known() -> Known:
    """Return what is declared, read once."""
    return reviewed_as(Known, reviewed("across_tables.yaml"))


def across_tables(tables: Tables) -> Iterator[Finding]:
    """Find what the rows of two tables cannot both say."""
    yield from comments_without_ratification(tables)
    yield from general_agreements(tables)
    yield from forbidden_actions(tables["reports"], tables["sources"])
    yield from under_way(tables["reports"], tables["sources"])
    yield from publishers(tables["sources"])
    yield from members_above_employees(tables)
    yield from told_twice(tables["reports"], tables["actors"])


def comments_without_ratification(tables: Tables) -> Iterator[Finding]:
    """Find supervisory comments on conventions that are not known to be in force.

    Comments on application are made where a convention is in force; complaints about freedom of association are
    examined without ratification. A comment newer than what is known of the ratification is evidence of its own.
    """
    status = {(row["country"], row["convention"]): row for row in tables["ratifications"].iter_rows(named=True)}
    commented: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables["supervision"].sort("row_id").iter_rows(named=True):
        if row["convention"] and row["year"] and attribute("supervisory_bodies", row["body"], "of_ratified") is True:
            commented[row["country"], row["convention"]].append(row)
    for (country, convention), comments in sorted(commented.items()):
        found = status.get((country, convention))
        if found is not None and attribute("ratification_statuses", found["status"], "binding") is True:
            continue
        newest = max(comment["year"] for comment in comments)
        later = found is None or found["status_as_of_last"] is None or found["status_as_of_last"].year < newest
        yield Finding(
            "comment_without_ratification",
            tuple(str(one["row_id"]) for one in (*comments, *([found] if found else []))),
            {
                "convention": convention,
                "year": str(newest),
                "as_of": None if found is None else found["status_as_of"],
                "also": ["unknown" if found is None else "other_status", *(["evidence"] if later else [])],
            },
            indicator=convention,
            country=country,
        )


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


def publishers(sources: pl.DataFrame) -> Iterator[Finding]:
    """Find one publisher under two names: the texts of one site name it in one way, or in more words.

    What stands in brackets behind a name says whose text the publisher repeats, and belongs to no name.
    """
    sites: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in sources.sort("row_id").iter_rows(named=True):
        host = urlsplit(row["url"] or "").netloc.lower().removeprefix("www.")
        name = re.sub(r"\s*\(.*\)$", "", row["publisher"] or "")
        if host and name:
            sites[host].setdefault(name, row)
    for host, named in sorted(sites.items()):
        for (one, first), (other, last) in combinations(sorted(named.items()), 2):
            short, long = sorted((fold(one).replace(" ", ""), fold(other).replace(" ", "")), key=len)
            if len(short) >= known().publisher_letters and long.startswith(short):
                yield Finding(
                    "publisher_names", (first["row_id"], last["row_id"]), {"names": [one, other], "host": host}
                )


def members_above_employees(tables: Tables) -> Iterator[Finding]:
    """Find organisations that count more members than their country has employees in that year, or the one before."""
    wanted = tables["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator").to_list()
    series = tables["country_years"].filter(pl.col("indicator").is_in(wanted) & pl.col("value").is_not_null())
    employees: dict[str, list[Row]] = defaultdict(list)
    for row in series.sort("country", "year", "row_id").iter_rows(named=True):
        if row["unit"] in _THOUSAND:
            employees[row["country"]].append(row)
    country_of = dict(tables["organisations"].select("org_id", "country").iter_rows())
    names = dict(tables["organisations"].select("org_id", "name").iter_rows())
    above: dict[str, list[tuple[Row, Row, float]]] = defaultdict(list)
    for row in tables["memberships"].sort("row_id").iter_rows(named=True):
        if attribute("populations", row["population"], "persons") is not True:
            continue
        year = None if row["as_of_last"] is None else row["as_of_last"].year
        before = [
            one for one in employees.get(country_of.get(row["org_id"]) or "", ()) if year is None or one["year"] <= year
        ]
        base = before[-1]["value"] * _THOUSAND[before[-1]["unit"]] if before else float("inf")
        if row["value"] > base:
            above[row["org_id"]].append((row, before[-1], base))
    for org_id, found in sorted(above.items()):
        row, official, base = max(found, key=lambda one: one[0]["value"] - one[2])
        yield Finding(
            "members_above_employees",
            tuple(dict.fromkeys(str(one["row_id"]) for claim, series, _ in found for one in (claim, series))),
            {"body": names[org_id], "members": row["value"], "employees": base, "year": str(official["year"])},
            indicator="union_members",
            country=country_of[org_id],
            difference=row["value"] - base,
        )


def told_twice(reports: pl.DataFrame, actors: pl.DataFrame) -> Iterator[Finding]:
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
                yield _of_reports("told_twice", [one, other], {"one": one["label"], "other": other["label"]})
