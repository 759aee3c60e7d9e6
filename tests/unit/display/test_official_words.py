"""Official values as a reader needs them: rounded, with their unit."""

from __future__ import annotations

import pytest

from socdialog.display.official_words import format_official


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (46.923, "percent", "46.9%"),
        (9.853, "percent", "9.9%"),
        (2.774, "score_0_10", "2.77 of 10"),
        (8835.81, "thousand_persons", "8,836 thousand"),
        (29.0, None, "29"),
        (0.0, "percent", "0%"),
        (0.0004, None, "0.0004"),
    ],
)
def test_official_values_are_rounded_but_never_to_nothing(value: float, unit: str | None, written: str) -> None:
    assert format_official(value, unit) == written
