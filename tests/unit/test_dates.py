"""A date of reduced precision has a first and a last day; what is no date is refused."""

from __future__ import annotations

from datetime import date

import pytest

from socdialog.dates import bounds, written


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
    for read in (bounds, written):
        with pytest.raises(ValueError, match="is not a date; write YYYY"):
            read(text)


def test_written() -> None:
    assert [written(text) for text in ("2025", "2025-12", "2025-12-07")] == ["2025", "December 2025", "7 December 2025"]
