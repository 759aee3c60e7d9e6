"""What speaks for and against a link reads as a list a person can check."""

from __future__ import annotations

import pytest

from socdialog.display.link_words import reasons

DAY = {"feature": "on_day", "first": "2024-05-06", "last": "2024-05-06"}


def between(first: str, last: str) -> dict[str, object]:
    return {"feature": "between_days", "first": first, "last": last}


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ([{"feature": "same_date", "date": DAY}], "same date, 6 May 2024"),
        (
            [
                {
                    "feature": "dates",
                    "date": {"feature": "no_date"},
                    "other": {"feature": "published_by", "last": "2024"},
                }
            ],
            "dates: undated, and undated, published by 2024",
        ),
        (
            [
                {
                    "feature": "dates",
                    "date": {"feature": "between_days", "first": "2024-05-01", "last": "2024-05-31"},
                    "other": DAY,
                }
            ],
            "dates: May 2024, and 6 May 2024",
        ),
        ([{"feature": "kinds", "kind": "strike", "other": "protest"}], "different types, strike and protest"),
        (
            [{"feature": "organisation", "names": ["A", "B"], "more": 3, "rare": True}],
            "shared organisations: A, B and 3 more (named in one month only)",
        ),
        (
            [{"feature": "figure", "names": ["event_days 3.0", "wage_increase_pct 4.5"], "more": 0}],
            "shared figures: length of the event: 3, wage rise: 4.5",
        ),
        (
            [{"feature": "same_country", "country": "KAZ"}, {"feature": "same_place", "place": "kaz-a"}],
            "same country, Kazakhstan; same place, Aktau",
        ),
        ([{"feature": "places", "place": "kaz-a", "other": "kaz-b"}], "different places, Aktau and kaz-b"),
        ([{"feature": "same_date", "date": between("2024-01-01", "2024-12-31")}], "same date, 2024"),
        ([{"feature": "same_date", "date": between("2024-02-01", "2024-02-29")}], "same date, February 2024"),
        ([{"feature": "same_date", "date": between("2024-02-01", "2024-02-28")}], "same date, 1–28 February 2024"),
        ([{"feature": "person", "names": [2], "more": 0, "rare": False}], "shared officials: 2"),
        ([{"feature": "within_days", "names": ["A"]}], "within its days; shared: A"),
        (
            [{"feature": "undated"}, {"feature": "fits_several"}],
            "both undated; but undated, and it fits several events about as well",
        ),
        ([{"feature": "decided", "decision": "part_of"}], "a person decided: part of"),
    ],
)
def test_features_in_words(features: list[dict[str, object]], words: str) -> None:
    assert reasons(features, {"kaz-a": "Aktau"}) == words
