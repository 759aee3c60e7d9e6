"""Every country of ISO 3166-1 has its names; a country's own name is in its own language."""

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
