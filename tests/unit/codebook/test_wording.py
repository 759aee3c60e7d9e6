"""Numbers, quantities and periods read alike everywhere."""

from __future__ import annotations

import pytest

from socdialog.codebook.wording import figure_period, label, number, period, quantity

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1353558, None, "1 353 558"),
        (12.50, None, "12.5"),
        (0.1 + 0.2, None, "0.3"),
        (100, None, "100"),
        (-12.5, None, "−12.5"),
        (-0.0, None, "0"),
        (-0.04, 1, "0.0"),
        (1234.5, 2, "1 234.50"),
    ],
)
def test_number(value: float, decimals: int | None, expected: str) -> None:
    assert number(value, decimals=decimals).replace(THIN, " ") == expected


def test_quantity() -> None:
    assert quantity(500, "persons", qualifier="more_than") == "more than 500"
    assert quantity(1991, "year") == "1991", "a year is no quantity"
    assert quantity(3, None, high=5, qualifier="range") == "3 to 5"
    assert quantity(20, "days") == "20 days"


def test_period_and_label() -> None:
    assert period(None, None) == ""
    assert period(None, "2024") == "until 2024"
    assert period("2024", "2024") == "2024"
    assert period("2024-05-01", "2024-06") == "1 May 2024 to June 2024"
    assert label("event_kinds", None) == ""
    assert label("event_kinds", "strike") == "Strike"
    assert label("event_kinds", "unlisted") == "unlisted"


def test_since_is_said_of_an_open_period_and_never_of_a_moment() -> None:
    assert figure_period("2024-01-01", None) == "since 1 January 2024"
    assert figure_period("2024-01-01", "2024-01-01") == "1 January 2024"
    assert figure_period("2024", "2024") == "2024"
    assert figure_period(None, None) == ""


def test_a_period_says_once_what_its_ends_have_alike() -> None:
    assert period("2024-05-01", "2024-05-03") == "1 to 3 May 2024"
    assert period("2024-04-28", "2024-05-03") == "28 April to 3 May 2024"
    assert period("2023-12-30", "2024-01-02") == "30 December 2023 to 2 January 2024"
    assert period("2024-05", "2024-06") == "May to June 2024"
    assert period("2023-05-01", "2024-05-01") == "1 May 2023 to 1 May 2024"
