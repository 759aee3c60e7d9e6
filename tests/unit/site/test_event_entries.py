"""The events of a country: each once, with all that its reports state of it."""

from __future__ import annotations

import pytest

from socdialog.site.country_slices import country_slices, every_table
from socdialog.site.event_entries import Event, events_of
from tests.small_events import HOSTILE, TABLES


@pytest.fixture(scope="module")
def events() -> dict[str, Event]:
    (own,) = country_slices(every_table(TABLES), ["KAZ"], since=2010)
    return {event.event_id: event for event in events_of(own, pages=frozenset({"organisations/KAZ.html"}))}


def test_the_events_are_those_of_the_country_and_the_years_of_the_study_undated_ones_last(
    events: dict[str, Event],
) -> None:
    assert list(events) == ["ev-1", "ev-2"]


def test_an_event_has_what_its_reports_state(events: dict[str, Event]) -> None:
    strike = events["ev-1"]
    assert (strike.date, strike.place, strike.type) == ("5 March 2024", "Aqtau, Kazakhstan", "Strike")
    assert strike.topics == (("Wages", "topic-wages"), ("Safety and health at work", "topic-osh"))
    assert strike.outcome == "Agreement signed"
    assert [one.explanation for one in strike.disagreements] == ["From 5 to 8 the change is 3, not 4."]
    assert events["ev-2"].type == "Meeting (announced)"
    assert events["ev-2"].date == ""


def test_an_organisation_is_listed_once_with_all_its_roles_and_a_target_takes_no_part(events: dict[str, Event]) -> None:
    strike = events["ev-1"]
    assert [(one.name, one.roles, one.page) for one in strike.participants] == [
        ("Oil workers’ union (OWU)", "organiser and signatory", "organisations/KAZ.html#org-oil")
    ]
    assert [(one.name, one.roles, one.page) for one in strike.others] == [(f"Oil company {HOSTILE}", "target", None)]


def test_claims_that_differ_are_listed_each_with_its_claimant_and_publisher(events: dict[str, Event]) -> None:
    assert [tuple(one) for one in events["ev-1"].claims] == [
        ("Strikers", "about 500", "the oil union", "kt.kz"),
        ("Strikers", "about 700", "the oil union", "The Times"),
    ]


def test_sources_are_by_date_each_with_what_it_states(events: dict[str, Event]) -> None:
    first, second = events["ev-1"].sources
    assert (first.source.title, first.source.language, first.source.tag) == ("Нефтяники бастуют", "Russian", "ru")
    assert first.states == ("Oil workers strike: 5 March 2024", "Organisations named: Профсоюз: organiser")
    assert second.states[0] == "Oil workers strike: March 2024"
    (copy,) = events["ev-2"].sources
    assert copy.source.repeats == "The Times"
