"""Days of other calendars, as almanacs give them, and only where they may be meant."""

from __future__ import annotations

import pytest

from socdialog.intake.calendars import other_calendars

# New year's days and well-known days, as printed in almanacs of both countries and calendars.
DAYS = [
    ("1300-01-01", "Iranian", "1921-03-21"),
    ("1357-11-22", "Iranian", "1979-02-11"),
    ("1375-01-01", "Iranian", "1996-03-20"),
    ("1376-01-01", "Iranian", "1997-03-21"),
    ("1395-01-01", "Iranian", "2016-03-20"),
    ("1399-12-30", "Iranian", "2021-03-20"),
    ("1403-01-01", "Iranian", "2024-03-20"),
    ("1404-01-01", "Iranian", "2025-03-21"),
    ("1402-05", "Iranian", "2023-07"),
    ("1402", "Iranian", "2023"),
    ("1445-01-01", "Islamic", "2023-07-19"),
    ("1445-09-01", "Islamic", "2024-03-11"),
    ("1445", "Islamic", "2023"),
    ("2567-05-01", "Buddhist", "2024-05-01"),
    ("2567", "Buddhist", "2024"),
]


@pytest.mark.parametrize(("text", "calendar", "ours"), DAYS)
def test_a_day_is_the_one_of_almanacs(text: str, calendar: str, ours: str) -> None:
    assert dict(other_calendars(text))[calendar] == ours


@pytest.mark.parametrize("text", ["2024", "1299", "2024-05-01", "1600", "2300", "1445-13", "1445-13-01"])
def test_other_years_and_months_are_of_no_other_calendar(text: str) -> None:
    assert list(other_calendars(text)) == []
