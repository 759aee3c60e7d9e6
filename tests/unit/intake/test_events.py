"""The fields of an event: one rule a field, each with the report that loses beside it."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.events import build_events
from socdialog.intake.linking import link


@pytest.fixture
def event(little):
    """Build the one event of reports that are decided to be the same."""

    def build(*told):
        rows = [{"report_id": f"r{n}#1"} | row for n, row in enumerate(told)]
        same = [
            {"report_a": rows[0]["report_id"], "report_b": row["report_id"], "decision": "same"} for row in rows[1:]
        ]
        tables = little(*rows, decisions=same)
        linked = link(**tables)
        reports = tables["reports"].join(linked.events_of, on="report_id").with_columns(place_id=pl.col("place"))
        found = build_events(reports=reports, sources=tables["sources"], linked=linked)
        assert found.height == 1
        return found.row(0, named=True)

    return build


def test_a_printed_date_beats_an_inferred_more_precise_one_and_brings_the_label(event):
    found = event(
        {"start_date": "2024-05-06", "date_basis": "inferred", "label": "inferred"},
        {"start_date": "2024-05", "date_basis": "printed", "label": "printed"},
        {"start_date": "2024-05-06", "date_basis": "publication", "label": "published"},
    )
    assert (found["start_date"], found["date_basis"], found["label"]) == ("2024-05", "printed", "printed")


def test_then_the_more_precise_then_more_voices_then_the_earliest(event):
    assert event({"start_date": "2024-05"}, {"start_date": "2024-05-07"})["start_date"] == "2024-05-07"
    three = [{"start_date": day} for day in ("2024-05-06", "2024-05-07", "2024-05-07")]
    assert event(*three)["start_date"] == "2024-05-07"
    assert event(three[0], three[1] | {"publisher": "P"}, three[2] | {"publisher": "P"})["start_date"] == "2024-05-06"
    assert event(*three[:2])["start_date"] == "2024-05-06"


def test_an_undated_report_never_gives_the_date(event):
    assert event({"date_basis": "printed"}, {"start_date": "2024", "date_basis": "unknown"})["start_date"] == "2024"


def test_the_end_is_not_before_the_start(event):
    found = event({"start_date": "2024-05-06"}, {"end_date": "2024-05-02"}, {"end_date": "2024-05-09"})
    assert (found["start_date"], found["end_date"]) == ("2024-05-06", "2024-05-09")
    assert event({"start_date": "2024-05-06"}, {"end_date": "2024-05-02"})["end_date"] is None


def test_most_voices_decide_kind_and_place_not_most_reports(event):
    told = [{"kind": "strike", "place": "Aktau", "publisher": "P"}] * 2
    found = event(*told, {"kind": "protest", "publisher": "Q"}, {"kind": "protest", "publisher": "R"})
    assert (found["kind"], found["place_id"]) == ("protest", "Aktau")
    assert (found["n_reports"], found["n_sources"]) == (4, 3)


def test_what_took_place_outweighs_announcements(event):
    assert event({"status": "announced"}, {"status": "announced"}, {"status": "held"})["status"] == "held"
    assert event({"status": "announced"}, {"status": "announced"})["status"] == "announced"


def test_lists_are_united_and_stay_empty_where_nobody_coded(event):
    found = event({"countries": "UZB;KAZ", "topics": "wages"}, {"countries": "KAZ"})
    assert found["countries"] == ["KAZ", "UZB"]
    assert found["topics"] == ["wages"]
    assert found["outcomes"] is None


def test_copies_second_codings_and_other_reports_of_a_source_are_no_new_voice(event):
    found = event({}, {"copy_of": "r0"}, {"source_id": "r0", "recodes": "r0#1"}, {"source_id": "s"})
    assert (found["n_reports"], found["n_sources"]) == (4, 2)


def test_an_industry_and_its_code_come_from_one_report_and_the_days_of_a_stoppage_too(event):
    found = event(
        {"industry": "Mining", "industry_code": "B", "industry_classification": "isic_4"},
        {"industry": "Mines", "stoppage_start_date": "2024-05-07", "region": "Karaganda"},
        {"industry": "Mines", "stoppage_start_date": "2024-05-06", "stoppage_end_date": "2024-05-09"},
    )
    assert (found["industry"], found["industry_code"], found["industry_classification"]) == ("Mines", None, None)
    assert (found["stoppage_start_date"], found["stoppage_end_date"]) == ("2024-05-07", None)
    assert found["region"] == "Karaganda"


def test_case_numbers_demands_and_further_places_are_united(event):
    found = event(
        {"case_number": "B-2", "demands": "pay", "other_places": "Aktau"},
        {"case_number": "A-1", "demands": "hours;pay"},
        {"case_number": "A-1"},
    )
    assert found["case_numbers"] == ["A-1", "B-2"]
    assert (found["demands"], found["other_places"]) == (["hours", "pay"], ["Aktau"])
    assert event({"demands": None})["case_numbers"] is None
