"""What is open in the data: whole lists, the first of each on the page, in the order of what matters."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog.intake.evidence import build_evidence
from socdialog.intake.problems import Problem
from socdialog.site.country_slices import every_table
from socdialog.site.page_reading import faults
from socdialog.site.page_shell import SiteInfo
from socdialog.site.quality import Filled, read_quality, render_quality
from socdialog.store.study import Notes
from tests.small_events import HOSTILE, TABLES
from tests.small_site import clean_table

SITE = SiteInfo(Notes(title="A study"), "2024-11", "ab")


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


def test_more_than_ten_rows_are_in_the_file_and_ten_on_the_page() -> None:
    actors = [
        {"row_id": f"actors:{n}", "report_id": "a#1", "event_id": "ev-1", "name": f"Body {n:02}", "side": "other"}
        for n in range(12)
    ]
    found = read_quality(tables(actors=clean_table("actors", *actors)), [])
    html = render_quality(found, SITE)
    assert found.frames()["quality_names"].height == 12
    assert "Body 09" in html
    assert "Body 10" not in html
    assert "The first 10 of 12 names are shown." in html


def test_warnings_are_listed_without_places_on_disk_and_errors_are_not() -> None:
    problems = [
        Problem("me/raw/activity/x.csv", 3, "end", "late", "warning", "r"),
        Problem("me/raw/activity/x.csv", 4, "end", "late", "warning", "r"),
        Problem("me/raw/activity/x.csv", 5, "end", "wrong", "error", "r"),
    ]
    frame = read_quality(tables(), problems).frames()["quality_warnings"]
    assert frame.rows() == [("activity/x.csv", "end", "late")]


def test_the_page_is_sound_and_hostile_text_inert() -> None:
    rows = _disagreement("<i>", "arithmetic", None)
    html = render_quality(read_quality(tables(disagreements=clean_table("disagreements", rows)), []), SITE)
    assert faults(html) == ()
    assert HOSTILE not in html
    assert "<i>" not in html


def test_without_data_nothing_is_open() -> None:
    html = render_quality(read_quality({}, []), SITE)
    assert "No unresolved disagreements." in html
    assert "The checks give no warning and no error." in html
