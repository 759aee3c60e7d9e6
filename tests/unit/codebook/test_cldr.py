"""Countries have their names in CLDR's languages; numbers, dates, plurals and lists have its English form."""

from __future__ import annotations

import pytest

from socdialog.codebook import cldr, vocabulary


def test_every_country_has_a_name_in_every_language_asked_for() -> None:
    for locale in cldr.named(["en", "ar", "ka", "zh"]):
        assert {code for _, code in cldr.country_names(locale)} == set(vocabulary("iso_countries"))


def test_a_language_that_is_not_described_is_left_out() -> None:
    assert [str(locale) for locale in cldr.named(["en", "xx"])] == ["en"]


@pytest.mark.parametrize(
    ("country", "languages", "own_name"),
    [
        ("GEO", "ka", "საქართველო"),
        ("EGY", "ar", "مصر"),
        ("ISR", "he", "ישראל"),
        ("CHN", "zh", "中国"),
        ("ATA", "", "Antarctica"),
    ],
)
def test_a_country_is_named_in_its_own_language(country: str, languages: str, own_name: str) -> None:
    assert cldr.official_languages(country)[:1] == tuple(languages.split())
    assert cldr.own_name(country) == own_name


def test_a_language_belongs_to_the_country_where_most_speak_it() -> None:
    (english,) = cldr.named(["en"])
    assert {("Kazakh", "KAZ"), ("Polish", "POL")} <= set(cldr.language_of_country(english))


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2140, None, "2,140"),
        (1353558, None, "1,353,558"),
        (12.50, None, "12.5"),
        (0.1 + 0.2, None, "0.3"),
        (100, None, "100"),
        (-12.5, None, "−12.5"),
        (-0.0, None, "0"),
        (-0.04, 1, "0.0"),
        (1234.5, 2, "1,234.50"),
        (2.5, 0, "2"),
    ],
)
def test_a_number(value: float, decimals: int | None, expected: str) -> None:
    assert cldr.number(value, decimals=decimals) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [((46.9,), "46.9%"), ((0,), "0%"), ((-2.5,), "−2.5%"), ((1200,), "1,200%"), ((3, 5), "3–5%")],
)
def test_a_percentage(values: tuple[float, ...], expected: str) -> None:
    assert cldr.percent(*values) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("2025", "2025"), ("2025-12", "December 2025"), ("2025-12-07", "7 December 2025")]
)
def test_a_date(text: str, expected: str) -> None:
    assert cldr.date(text) == expected


@pytest.mark.parametrize(("n", "expected"), [(0, "events"), (1, "event"), (1.5, "events"), (2, "events")])
def test_a_plural(n: float, expected: str) -> None:
    assert cldr.plural(n, "event") == expected


def test_a_list() -> None:
    assert cldr.joined(["a"]) == "a"
    assert cldr.joined(["a", "a"]) == "a and a"
    assert cldr.listing(iter(["a", "b", "a", "c", "d"])) == "a, b, c and d"
    assert cldr.listing([]) == ""
