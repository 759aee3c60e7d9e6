"""When and where each money was legal tender, and its number, as ISO 4217 and central banks say."""

from __future__ import annotations

import pytest

from socdialog import codebook
from socdialog.codebook.money import Use, by_number, currency_use, tender
from socdialog.codebook.reviewed_files import reviewed


def test_use_of_money_agrees_with_the_years_of_the_vocabulary() -> None:
    use = currency_use()
    assert use["TRL"].until == codebook.vocabulary("currencies")["TRL"].more["until"] == 2005
    assert (use["TRY"].since, use["TRY"].until) == (2005, None)


@pytest.mark.parametrize(
    ("use", "first", "last", "covered"),
    [
        (Use(2005, None), 2004, None, False),
        (Use(2005, None), 2005, None, True),
        (Use(2005, None), 2000, 2005, True),
        (Use(1922, 2005), 2005, 2007, True),
        (Use(1922, 2005), 2006, 2007, False),
        (Use(1922, 2005), None, None, False),
        (Use(None, None), None, None, True),
    ],
)
def test_a_use_covers_years(use: Use, first: int | None, last: int | None, covered: bool) -> None:
    assert use.covers(first, last) is covered


@pytest.mark.parametrize(
    ("countries", "year", "codes"),
    [
        (["TUR"], None, {"TRY"}),
        (["TUR"], 1999, {"TRL"}),
        (["KAZ"], 2020, {"KZT"}),
        (["HRV"], 2022, {"HRK"}),
        (["HRV"], 2024, {"EUR"}),
        (["KAZ", "KGZ"], 2010, {"KZT", "KGS"}),
        (["XXX"], 2010, set()),
    ],
)
def test_the_money_of_a_country_in_a_year(countries: list[str], year: int | None, codes: set[str]) -> None:
    assert set(tender(countries, year)) == codes


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("840", {"USD"}),
        ("978", {"EUR"}),
        ("008", {"ALL"}),
        ("8", {"ALL"}),
        ("191", {"HRD", "HRK"}),
        ("1", set()),
        ("", set()),
    ],
)
def test_a_number_is_the_code_of_a_currency(number: str, codes: set[str]) -> None:
    assert set(by_number(number)) == codes


def test_every_currency_in_use_has_a_number_of_three_digits() -> None:
    numbers = reviewed("names", "currency_numbers.yaml")["numbers"]
    known = codebook.vocabulary("currencies")
    assert {code for code, term in known.items() if "until" not in term.more} <= set(numbers) <= set(known)
    assert all(0 < number < 1000 for number in numbers.values())
