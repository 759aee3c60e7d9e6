"""What is offered for an unknown code fits the line that it stands in."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from socdialog.intake.checks import CheckContext
from socdialog.intake.checks.codes import unknown_code


def found(**tables: dict[str, str | None]) -> list[str]:
    """Return what is said of tables of one row each."""
    frames = {
        name: pl.DataFrame(
            {column: [text] for column, text in row.items()}, schema=dict.fromkeys(row, pl.String)
        ).with_columns(raw_line=pl.lit(2, dtype=pl.Int64))
        for name, row in tables.items()
    }
    return [one.message for one in unknown_code(CheckContext(frames, frames, {}, {}, date(2026, 11, 23)))]


def wage(currency: str, country: str, since: str) -> list[str]:
    return found(minimum_wages={"country": country, "from": since, "currency": currency})


def figure(currency: str, country: str, day: str | None, period: str | None = None) -> list[str]:
    return found(
        figures={"report_id": "a#1", "figure": "1", "currency": currency, "period_start": period},
        reports={"report_id": "a#1", "start_date": day, "countries": country},
    )


@pytest.mark.parametrize(
    ("currency", "country", "year", "offered"),
    [
        ("TL", "TUR", "2024", "'TRY'"),
        ("TL", "TUR", "1999", "'TRL'"),
        ("TL", "TUR", "2005", "'TRY' or 'TRL'"),
        ("som", "KGZ", "2020", "'KGS'"),
        ("som", "UZB", "2020-05-01", "'UZS'"),
        ("манат", "AZE", "2004", "'AZM'"),
        ("манат", "AZE", "2015", "'AZN'"),
        ("руб", "RUS", "2015", "'RUB'"),
        ("dollar", "USA", "2015", "'USD'"),
        ("dollar", "AUS", "2015", "'AUD'"),
        ("949", "TUR", "2015", "'TRY'"),
        ("try", "TUR", "2015", "'TRY'"),
        ("Tenge", "KAZ", "2015", "'KZT'"),
        ("₾", "GEO", "2015", "'GEL'"),
    ],
)
def test_money_is_that_of_the_country_and_the_year(currency: str, country: str, year: str, offered: str) -> None:
    (of_wage,), (of_figure,) = wage(currency, country, year), figure(currency, country, year)
    assert of_wage == of_figure
    assert of_wage.endswith(f"is not a known currency; did you mean {offered}?")


def test_the_period_of_a_figure_is_asked_before_the_day_of_its_report() -> None:
    (message,) = figure("TL", "TUR", "2024", period="1999")
    assert "'TRL'" in message


def test_no_withdrawn_money_is_offered_where_the_rule_of_its_time_would_refuse_it() -> None:
    (message,) = wage("trl", "TUR", "2024")
    assert "did you mean" not in message
    (message,) = wage("trl", "TUR", "1999")
    assert "did you mean 'TRL'?" in message


def test_the_unit_of_the_indicator_is_the_one_offered() -> None:
    catalogue = {"indicator": "participants", "unit": "persons"}
    (message,) = found(
        figures={"report_id": "a#1", "indicator": "participants", "unit": "person"}, indicators_reported=catalogue
    )
    assert message == "'person' is not a known unit; did you mean 'persons'?"
    (message,) = found(
        figures={"report_id": "a#1", "indicator": "participants", "unit": "hour"}, indicators_reported=catalogue
    )
    assert message == "'hour' is not a known unit; known: persons"
    (message,) = found(
        figures={"report_id": "a#1", "indicator": "other", "unit": "hour"},
        indicators_reported={"indicator": "other", "unit": None},
    )
    assert "persons" not in message


def test_a_word_for_nothing_is_no_code_but_may_be_one() -> None:
    assert found(actors={"report_id": "a#1", "name": "X", "country": "NULL"}) == [
        "'NULL' is a placeholder for an empty cell; leave the cell empty where nothing is reported"
    ]
    (message,) = found(actors={"report_id": "a#1", "name": "X", "country": "NA"})
    assert message.endswith("leave the cell empty where nothing is reported, or write NAM if that is meant")


@pytest.mark.parametrize(
    ("code", "offered"),
    [
        ("KZ", "KAZ"),
        ("GER", "DEU"),
        ("UK", "GBR"),
        ("Turkey", "TUR"),
        ("051", "ARM"),
        ("Russie", "RUS"),
        ("Кыргызстан", "KGZ"),
    ],
)
def test_a_country_by_another_writing(code: str, offered: str) -> None:
    (message,) = found(actors={"report_id": "a#1", "name": "X", "country": code})
    assert f"did you mean '{offered}'?" in message


@pytest.mark.parametrize("code", ["KAX", "QQ", "GZ7"])
def test_a_code_that_is_none_is_never_guessed(code: str) -> None:
    (message,) = found(actors={"report_id": "a#1", "name": "X", "country": code})
    assert "did you mean" not in message


def test_items_of_a_list_are_judged_one_by_one() -> None:
    row = {"report_id": "a#1", "countries": "KAZ;KZ;UZ"}
    assert found(reports=row) == [
        "'KZ' is not a known country; did you mean 'KAZ'?",
        "'UZ' is not a known country; did you mean 'UZB'?",
    ]
