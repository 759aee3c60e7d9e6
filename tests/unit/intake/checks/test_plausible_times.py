"""Dates that are hardly meant are told, with what may have been meant; those of history are not."""

from __future__ import annotations

import pytest

from socdialog.codebook import terms
from socdialog.codebook.terms import DeclaredCountry
from socdialog.intake.checks.plausible_times import (
    date_of_another_calendar,
    date_outside_country,
    date_outside_study,
    long_action,
    stand_in_date,
)


def dated(*days: str) -> list[dict[str, str | None]]:
    return [{"report_id": f"a#{n}", "start_date": day} for n, day in enumerate(days, 1)]


@pytest.mark.parametrize("day", ["1899-12-30", "1900-01-01", "1904-01-01", "1970-01-01", "2099-12-31"])
def test_a_day_that_programs_write_for_none_is_told(judge, day: str) -> None:
    ((line, column, message),) = judge(stand_in_date, organisations=[{"org_id": "a", "founded": day}])
    assert (line, column) == (2, "founded")
    assert message == f"{day!r} is a placeholder for a missing date; empty the cell, or check it in the source"


@pytest.mark.parametrize("day", ["1900", "1900-01", "1899-12-29", "1970-01-02", "1919-04-11", None])
def test_a_day_beside_it_is_silent(judge, day: str | None) -> None:
    assert judge(stand_in_date, organisations=[{"org_id": "a", "founded": day}]) == []


def test_an_event_before_the_study_begins_is_told(judge) -> None:
    ((line, column, message),) = judge(date_outside_study, 2010, reports=dated("2015", "2009-12-31", "2010-01-01"))
    assert (line, column) == (3, "start_date")
    assert message == "'2009-12-31' is before the study begins (2010); check the year"


def test_a_year_of_a_date_without_day_counts_as_a_whole(judge) -> None:
    assert judge(date_outside_study, 2010, reports=dated("2010", "2010-01")) == []


@pytest.mark.parametrize(
    ("day", "ours", "calendar"),
    [
        ("1402-05-10", "2023-08-01", "Iranian"),
        ("1402", "2023", "Iranian"),
        ("1445-09-01", "2024-03-11", "Islamic"),
    ],
)
def test_a_year_of_another_calendar_is_told_with_ours(judge, day: str, ours: str, calendar: str) -> None:
    for first_year in (2010, None):
        ((_, _, message),) = judge(date_outside_study, first_year, reports=dated("2022", "2023", "2024", "2025", day))
        assert f"write {ours} if this is a date of the {calendar} calendar" in message


def test_a_year_ahead_of_us_by_another_calendar_is_told(judge) -> None:
    ((_, _, message),) = judge(date_outside_study, 2010, reports=dated("2567-05-01"))
    assert message == "'2567-05-01' is far ahead; write 2024-05-01 if this is a date of the Buddhist calendar"
    ((_, _, message),) = judge(date_outside_study, None, reports=dated("2199"))
    assert message == "'2199' is far ahead; check the year"
    assert judge(date_outside_study, 2010, reports=dated("2030")) == [], "what is announced"


def test_a_study_of_all_times_has_events_of_all_times(judge) -> None:
    assert judge(date_outside_study, None, reports=dated("1372", "1402-05-10", "1445", "1880", "1903", "1984")) == []
    assert judge(date_outside_study, 1372, reports=dated("1372", "1402-05-10", "1984")) == []


def test_a_strike_of_years_is_told(judge) -> None:
    row = {"report_id": "a#1", "kind": "strike", "start_date": "2012-03-30", "end_date": "2021-06-20"}
    ((line, column, message),) = judge(long_action, reports=[row])
    assert (line, column) == (2, "end_date")
    assert message.startswith("'2021-06-20' is 9 years after start_date '2012-03-30', and the event is a strike")


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("strike", "2014-10-11", "2016-10-28"),  # the longest of a public register of strikes
        ("strike", "2012", "2015"),  # may have been from the last day of 2012 to the first of 2015
        ("training", "2012-01-01", "2021-01-01"),
        ("strike", "2012-01-01", None),
    ],
)
def test_a_long_strike_and_a_longer_event_of_another_kind_are_silent(
    judge, kind: str, start: str, end: str | None
) -> None:
    assert judge(long_action, reports=[{"report_id": "a#1", "kind": kind, "start_date": start, "end_date": end}]) == []


def test_a_recent_date_by_another_calendar_is_told_of_all_but_events(judge) -> None:
    ((_, column, message),) = judge(date_of_another_calendar, minimum_wages=[{"country": "IRN", "from": "1403-01-01"}])
    assert column == "from"
    assert message.startswith("'1403-01-01' is long ago; write 2024-03-20 if this is a date of the Iranian calendar")
    assert judge(date_of_another_calendar, reports=dated("1402-05-10")) == []
    assert (
        judge(date_of_another_calendar, organisations=[{"org_id": "a", "founded": "1868"}, {"founded": "1499"}]) == []
    )


@pytest.fixture
def declared():
    """A study that declares a country that was a state from 1918 to 1992, and one that still is."""
    countries = {"YUG": DeclaredCountry("Yugoslavia", 1918, 1992), "NEW": DeclaredCountry("New State", 2011)}
    terms.use(terms={}, coders={}, countries=countries)
    yield
    terms.use(terms={}, coders={}, countries={})


@pytest.mark.usefixtures("declared")
@pytest.mark.parametrize(
    ("country", "day", "said"),
    [
        ("YUG", "1917-12-31", "before YUG was a state (1918)"),
        ("YUG", "1918", None),
        ("YUG", "1992-12", None),
        ("YUG", "1993", "after YUG (1992)"),
        ("NEW", "2010", "before NEW was a state (2011)"),
        ("NEW", "2026", None),
        ("KAZ", "1900", None),  # not declared by the study
        ("YUG", None, None),
    ],
)
def test_a_date_outside_the_years_of_a_declared_country_is_told(judge, country, day, said) -> None:
    found = judge(date_outside_country, reports=[{"report_id": "a#1", "venue_country": country, "start_date": day}])
    message = f"{day!r} is {said}; check the year and the country"
    assert found == ([] if said is None else [(2, "start_date", message)])


@pytest.mark.usefixtures("declared")
def test_years_of_series_are_dates_too(judge) -> None:
    found = judge(date_outside_country, country_years=[{"country": "YUG", "indicator": "I", "year": "2001"}])
    assert [(line, column) for line, column, _ in found] == [(2, "year")]


def test_a_study_that_declares_no_country_has_no_years_of_countries(judge) -> None:
    row = {"report_id": "a#1", "venue_country": "KAZ", "start_date": "1800"}
    assert judge(date_outside_country, reports=[row]) == []
