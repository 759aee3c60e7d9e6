"""The rows of a country: of its events, of the years of the study, with what sources state in them."""

from __future__ import annotations

from socdialog.site.country_slices import country_slices, every_table
from tests.small_events import TABLES


def test_rows_are_of_the_country_and_of_the_years_of_the_study() -> None:
    kaz, uzb = country_slices(every_table(TABLES), ["UZB", "KAZ"], since=2010)
    assert (kaz.country, kaz.name, uzb.name) == ("KAZ", "Kazakhstan", "Uzbekistan")
    assert set(kaz["events"]["event_id"]) == {"ev-1", "ev-2"}
    assert set(kaz["reports"]["report_id"]) == {"a#1", "b#1", "c#1"}
    assert set(kaz["sources"]["source_id"]) == {"a", "b", "c"}
    assert set(uzb["events"]["event_id"]) == {"ev-2", "ev-3"}
    assert set(uzb["sources"]["source_id"]) == {"b", "c"}


def test_without_a_first_year_every_event_is_there() -> None:
    (kaz,) = country_slices(every_table(TABLES), ["KAZ"], since=None)
    assert set(kaz["events"]["event_id"]) == {"ev-1", "ev-2", "ev-4"}


def test_evidence_is_of_rows_that_belong_to_the_country() -> None:
    (kaz,) = country_slices(every_table(TABLES), ["KAZ"], since=2010)
    of_country = {"reports", "actors", "figures", "organisations", "affiliations", "memberships"}
    assert set(kaz.evidence["table"]) == of_country, "names of organisations and countries are of no country alone"
    assert "reports:b#2" not in set(kaz.evidence["row_id"])


def test_a_table_that_a_study_lacks_is_an_empty_one() -> None:
    tables = every_table({})
    assert tables["events"].is_empty()
    assert "start_first" in tables["events"].columns
    assert list(country_slices(tables, [], since=None)) == []
