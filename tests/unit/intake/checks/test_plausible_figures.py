"""Figures that are hardly meant are told: money of another time, actions of nobody, more people than there are."""

from __future__ import annotations

import pytest

from socdialog.intake.checks.plausible_figures import money_out_of_use, more_people_than_there_are, no_participants


@pytest.mark.parametrize(
    ("country", "currency", "year", "says"),
    [
        (
            "TUR",
            "TRL",
            "2015",
            "'TRL' was in use until 2005, but the amount is for 2015; write TRY if the amount is in that currency",
        ),
        ("TUR", "TRY", "1999-07", "'TRY' was in use not before 2005, but the amount is for 1999; write TRL"),
        ("DEU", "DEM", "2015", "'DEM' was in use until 2002, but the amount is for 2015; write EUR"),
        ("DEU", "EUR", "1990", "not before 1999, but the amount is for 1990; write DEM"),
        ("AZE", "AZM", "2020-01-01", "write AZN"),
        ("ATA", "TRL", "2015", "check the currency and the date"),
    ],
)
def test_money_of_another_time_is_told_with_that_of_the_country_then(judge, country, currency, year, says) -> None:
    ((_, column, message),) = judge(
        money_out_of_use, minimum_wages=[{"country": country, "currency": currency, "from": year}]
    )
    assert column == "currency"
    assert says in message
    ((line, column, of_figure),) = judge(
        money_out_of_use,
        figures=[{"report_id": "a#1", "currency": currency, "period_start": None}],
        reports=[{"report_id": "a#1", "start_date": year, "countries": country}],
    )
    assert (line, column, of_figure) == (2, "currency", message)


@pytest.mark.parametrize(
    ("currency", "year"),
    [("TRY", "2005"), ("TRL", "2005"), ("TRY", "2026"), ("USD", "1900"), ("KZT", None), (None, "1999")],
)
def test_money_of_its_time_is_silent(judge, currency: str | None, year: str | None) -> None:
    assert judge(money_out_of_use, minimum_wages=[{"country": "TUR", "currency": currency, "from": year}]) == []


def test_the_period_of_a_figure_counts_before_the_day_of_the_event(judge) -> None:
    assert (
        judge(
            money_out_of_use,
            figures=[{"report_id": "a#1", "currency": "TRL", "period_start": "1999"}],
            reports=[{"report_id": "a#1", "start_date": "2015", "countries": "TUR"}],
        )
        == []
    )


CATALOGUE = [
    {"indicator": "workers_on_strike", "shown_with": "strike_workers"},
    {"indicator": "participants", "shown_with": "reach"},
    {"indicator": "deaths", "shown_with": None},
]


def nobody(judge, indicator: str, value: str, kind: str = "strike", status: str = "held") -> int:
    return len(
        judge(
            no_participants,
            indicators_reported=CATALOGUE,
            figures=[{"report_id": "a#1", "indicator": indicator, "value": value}],
            reports=[{"report_id": "a#1", "kind": kind, "status": status}],
        )
    )


def test_a_strike_of_nobody_is_told(judge) -> None:
    assert nobody(judge, "workers_on_strike", "0") == nobody(judge, "participants", "0.0", kind="protest") == 1
    assert nobody(judge, "workers_on_strike", "1") == nobody(judge, "deaths", "0") == 0
    assert nobody(judge, "participants", "0", kind="training") == 0
    assert nobody(judge, "workers_on_strike", "0", status="cancelled") == 0


def test_a_study_that_says_nothing_of_uses_has_those_of_the_package(judge) -> None:
    for indicator, told in (("workers_on_strike", 1), ("deaths", 0)):
        found = judge(
            no_participants,
            indicators_reported=[{"indicator": indicator, "unit": "persons"}],
            figures=[{"report_id": "a#1", "indicator": indicator, "value": "0"}],
            reports=[{"report_id": "a#1", "kind": "strike", "status": "held"}],
        )
        assert len(found) == told


SERIES = [
    {"country": "KGZ", "unit": "thousand_persons", "value": "6500"},
    {"country": "KGZ", "unit": "percent", "value": "99"},
]


@pytest.mark.parametrize(
    ("value", "country", "told"),
    [
        ("20000000", "KGZ", 1),
        ("6600000", "KGZ", 0),
        ("1600000000", None, 1),
        ("1400000000", None, 0),
        ("300000000", "USA", 0),
        ("999999", None, 1),
        ("9999", None, 0),
        ("199999", None, 0),
    ],
)
def test_more_people_than_there_are(judge, value: str, country: str | None, told: int) -> None:
    figures = [{"report_id": "a#1", "value": value, "unit": "persons", "country": country}]
    found = judge(more_people_than_there_are, figures=figures, country_years=SERIES)
    assert [(line, column) for line, column, _ in found] == [(2, "value")] * told


def test_thousands_of_people_are_counted_as_people(judge) -> None:
    figures = [{"report_id": "a#1", "value": "20000", "unit": "thousand_persons", "country": "KGZ"}]
    assert len(judge(more_people_than_there_are, figures=figures, country_years=SERIES)) == 1
    days = [{"report_id": "a#1", "value": "2000000000", "unit": "days", "country": "KGZ"}]
    assert judge(more_people_than_there_are, figures=days, country_years=SERIES) == []
