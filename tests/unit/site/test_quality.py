"""What is open in the data: whole lists, the first of each on the page, in the order of what matters."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog.intake.evidence import build_evidence
from socdialog.intake.problems import Problem
from socdialog.site.country_slices import every_table
from socdialog.site.quality import DataWarning, Filled, read_quality
from tests.small_events import TABLES
from tests.small_site import clean_table


def _disagreement(name: str, kind: str, event_id: str | None, status: str = "open") -> dict[str, object]:
    return {
        "disagreement_id": name,
        "kind": kind,
        "status": status,
        "country": "KAZ",
        "event_id": event_id,
        "row_ids": ["figures:a#1|1"],
        "check": "difference",
        "details": '{"before": 5, "now": 8, "right": 3, "printed": 4}',
    }


def tables(**more: pl.DataFrame) -> Mapping[str, pl.DataFrame]:
    given = {**every_table(TABLES), **more}
    return {**given, "evidence": build_evidence(given)}


def test_national_disagreements_come_first_then_those_between_sources_and_settled_ones_are_left_out() -> None:
    rows = [
        _disagreement("a", "arithmetic", "ev-1"),
        _disagreement("b", "between_sources", "ev-1"),
        _disagreement("c", "arithmetic", None),
        _disagreement("d", "between_sources", None, "not_comparable"),
        _disagreement("e", "between_sources", None),
    ]
    found = read_quality(tables(disagreements=clean_table("disagreements", *rows)), [], countries=frozenset({"KAZ"}))
    assert [one.id for one in found.disagreements] == ["e", "c", "b", "a"]
    assert found.disagreements[-1].event == "countries/KAZ-events.html#ev-1"
    assert found.disagreements[0].event is None
    assert [source.publisher for source in found.disagreements[0].sources] == ["kt.kz"]


def test_what_a_disagreement_is_about_is_named_for_readers() -> None:
    codes = ("C103", "P029", "union_members", None)
    rows = [_disagreement(str(place), "arithmetic", None) | {"indicator": code} for place, code in enumerate(codes)]
    conventions = clean_table("conventions", {"convention": "C103"}, {"convention": "P029"})
    given = tables(disagreements=clean_table("disagreements", *rows), conventions=conventions)
    named = [one.indicator for one in read_quality(given, []).disagreements]
    assert named == ["Convention No. 103", "The Protocol to Convention No. 29", "Trade union members", ""]


def test_an_event_without_a_page_is_not_linked() -> None:
    (one,) = read_quality(tables(), []).disagreements
    assert one.event is None


def test_figures_are_counted_over_all_rows() -> None:
    found = read_quality(tables(), [])
    assert (found.matched, found.mentions) == (4, 5)
    assert (found.complete, found.events) == (1, 4), "only the strike has date, place, topics, participants, outcome"


def test_the_least_complete_columns_come_first() -> None:
    found = read_quality(tables(), []).completeness
    shares = [one.known / one.rows for one in found]
    assert shares == sorted(shares)
    assert Filled("events", "place_id", 1, 4) in found
    assert not [one for one in found if (one.table, one.column) == ("events", "event_id")], "a key is never empty"


def test_warnings_are_listed_without_places_on_disk_and_errors_are_not() -> None:
    problems = [
        Problem("me/raw/activity/x.csv", 3, "end", "late", "warning", "r"),
        Problem("me/raw/activity/x.csv", 4, "end", "late", "warning", "r"),
        Problem("me/raw/activity/x.csv", 5, "end", "wrong", "error", "r"),
    ]
    assert read_quality(tables(), problems).warnings == (DataWarning("activity/x.csv", "end", "late"),)
