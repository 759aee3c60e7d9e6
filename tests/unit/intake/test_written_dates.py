"""Dates as spreadsheets and people write them lead to the dates that they may mean, and to no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog import dates
from socdialog.intake.written_dates import dates_meant, plain_digits

MEANT = [
    ("45292", ["2024-01-01"]),  # days since 30 December 1899
    ("43831.75", ["2020-01-01"]),
    ("20240501", ["2024-05-01"]),
    ("17122025", ["2025-12-17"]),
    ("202405", ["2024-05"]),
    ("2024-05-01T00:00:00", ["2024-05-01"]),
    ("2024-05-01 13:45:00.5+03:00", ["2024-05-01"]),
    ("2024/5/1", ["2024-05-01"]),
    ("2024.05.01.", ["2024-05-01"]),
    ("2024\u201305\u201301", ["2024-05-01"]),
    ("17.12.2025", ["2025-12-17"]),
    ("12.03.2019", ["2019-03-12"]),  # with points the day is first
    ("12.13.2019", ["2019-12-13"]),
    ("03/12/2019", ["2019-12-03", "2019-03-12"]),  # with strokes nobody can tell
    ("31/12/2019", ["2019-12-31"]),
    ("17.12.25", ["2025-12-17", "1925-12-17"]),
    ("5/2024", ["2024-05"]),
    ("12 March 2019", ["2019-03-12"]),
    ("March 12, 2019", ["2019-03-12"]),
    ("Dec. 2019", ["2019-12"]),
    ("12 марта 2019", ["2019-03-12"]),
    ("12 Mart 2019", ["2019-03-12"]),
    ("\uff12\uff10\uff12\uff14", ["2024"]),
    ("٢٠٢٤-٠٥-٠١", ["2024-05-01"]),
    ("1402/05/10", ["1402-05-10", "2023-08-01", "1982-03-06"]),
]


@pytest.mark.parametrize(("text", "meant"), MEANT)
def test_a_text_means_these_dates(text: str, meant: list[str]) -> None:
    assert list(dates_meant(text)) == meant


@pytest.mark.parametrize(
    "text",
    ["", "soon", "203", "99999", "123456", "2025-13-40", "2023-02-29", "12 of 2019 and 2020", "32.12.2019", "5/24"],
)
def test_nobody_can_tell_what_these_mean(text: str) -> None:
    assert dates_meant(text) == ()


@given(st.dates())
def test_a_day_written_in_any_of_these_ways_is_among_those_meant(day) -> None:
    iso = day.isoformat()
    for text in (
        iso.replace("-", "/"),
        f"{day:%d}.{day:%m}.{iso[:4]}",
        f"{iso}T10:00:00",
        f"{day.day}/{day.month}/{iso[:4]}",
    ):
        assert iso in dates_meant(text)


@given(st.text(max_size=12))
def test_whatever_is_meant_is_a_date(text: str) -> None:
    for one in dates_meant(text):
        dates.bounds(one)


@given(st.text())
def test_digits_of_every_script_are_plain(text: str) -> None:
    assert all(not sign.isdecimal() or sign.isascii() for sign in plain_digits(text))
