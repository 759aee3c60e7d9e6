"""A date of reduced precision has a first and a last day; what is no date is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from socdialog.dates import DateLike, bounds, period, span
from socdialog.errors import UsageError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1992", date(1992, 1, 1), date(1992, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("1992-07-13", date(1992, 7, 13), date(1992, 7, 13)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_bounds(text: str, first: date, last: date) -> None:
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "92", "1992-7", "1992-13", "1992-00", "2023-02-29", "0000", "1992-07-13\n", " 1992", "١٩٩٢", "1992/07"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date; write YYYY"):
        bounds(text)


@pytest.mark.parametrize(
    ("given", "first", "last"),
    [
        (2018, date(2018, 1, 1), date(2018, 12, 31)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2018-05-12", date(2018, 5, 12), date(2018, 5, 12)),
        (date(2018, 5, 12), date(2018, 5, 12), date(2018, 5, 12)),
        (datetime(2018, 5, 12, 23, 59), date(2018, 5, 12), date(2018, 5, 12)),
    ],
)
def test_a_period_runs_from_the_first_day_to_the_last_that_its_ends_may_mean(
    given: DateLike, first: date, last: date
) -> None:
    assert period(given, given) == span(given, given) == (first, last)
    assert span(given, None) == (first, date.max)
    assert span(None, given) == (date.min, last)


@pytest.mark.parametrize("wrong", ["soon", "2018-13", "2018-5", True, 2018.0, 18, 20181, -5, "", ("2018",)])
def test_an_end_that_is_no_date_is_refused_by_name(wrong: DateLike) -> None:
    for name, ends in (("since", (wrong, 2020)), ("until", (2020, wrong))):
        for read in (period, span):
            with pytest.raises(UsageError) as refused:
                read(*ends)
            assert refused.value.title == f"{name}: {wrong!r} is not a date"
            assert refused.value.hint == "give a year (2018), month ('2018-05') or day ('2018-05-12')"


def test_a_period_needs_both_ends() -> None:
    with pytest.raises(UsageError, match="until: None is not a date"):
        period(2018, None)  # type: ignore[arg-type]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    assert period("2018-05-12", "2018-05-12") == (date(2018, 5, 12), date(2018, 5, 12))
    assert period("2018-05-12", "2018-05") == (date(2018, 5, 12), date(2018, 5, 31))
    with pytest.raises(UsageError, match="since: 2018-05-13 is later than until, 2018-05-12"):
        span("2018-05-13", date(2018, 5, 12))
