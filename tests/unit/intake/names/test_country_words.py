"""Words for a country are its names in the languages of the study; ordinary words are none."""

from __future__ import annotations

import pytest

from socdialog.codebook import cldr
from socdialog.codebook.terms import DeclaredCountry, use
from socdialog.folding import fold
from socdialog.intake.names.country_words import countries_of, phrase_at
from socdialog.intake.names.forms import countries_named, own_words


def reading(*languages: str, **declared: str) -> None:
    use(
        terms={},
        coders={},
        countries={code: DeclaredCountry(name) for code, name in declared.items()},
        languages=languages,
    )


@pytest.mark.parametrize(
    ("languages", "word", "means"),
    [
        ("en", "Zimbabwe", {"ZWE"}),
        ("en", "Kazakh", {"KAZ"}),
        ("en", "Turkey’s", {"TUR"}),  # its former English name, possessive
        ("ru", "Казахстана", {"KAZ"}),  # genitive
        ("ru", "Турции", {"TUR"}),
        ("ru", "таджикских", {"TJK"}),  # the adjective, inflected
        ("de", "türkischer", {"TUR"}),
        ("es", "Perú", {"PER"}),
        ("ar", "مصر", {"EGY"}),
        ("he", "ישראל", {"ISR"}),
        ("zh", "中国", {"CHN"}),
        ("hy", "Hayastani", {"ARM"}),  # the country's own name in Latin letters
        ("en", "Nigeria", {"NGA"}),  # begins with Niger
        ("en", "Казахстана", set()),  # no language of this study
        ("de", "Island", set()),  # Iceland in German, but a word of many names
        ("az", "Türk", set()),  # a people, and a part of proper names
        ("en", "Kazakhmys", set()),
        ("en", "union", set()),
    ],
)
def test_a_word_speaks_of_the_countries_that_it_names(languages: str, word: str, means: set[str]) -> None:
    reading(languages)
    assert countries_of(fold(word)) == means


def test_names_of_several_words_are_read_before_single_ones() -> None:
    reading("en")
    words = tuple(fold("Unions of South Africa").split())
    assert phrase_at(words, 2) == (2, frozenset({"ZAF"}))
    assert countries_named("Congress of South African Trade Unions") == frozenset()
    assert countries_named("National Union of Papua New Guinea") >= {"PNG"}


@pytest.mark.parametrize(
    ("languages", "name", "country"),
    [
        ("en", "Federation of Trade Unions of the Republic of Kazakhstan", "KAZ"),
        ("ru", "Федерация профсоюзов Республики Казахстан", "KAZ"),
        ("kk", "Қазақстан Республикасы Кәсіподақтар федерациясы", "KAZ"),
    ],
)
def test_the_form_of_a_state_goes_with_its_name(languages: str, name: str, country: str) -> None:
    reading(languages)
    assert not {"republic", "республики", "республикасы"} & set(own_words(name, country))
    assert len(own_words(name, country)) in {2, 3}


def test_a_declared_country_is_named_and_a_study_does_not_see_that_of_another() -> None:
    reading("en", YUG="Yugoslavia")
    assert countries_of("yugoslavia") == {"YUG"}
    reading("en")
    assert countries_of("yugoslavia") == frozenset()


def test_a_study_may_be_in_any_language_though_it_has_no_name_for_some_country() -> None:
    lacking = [
        str(locale.language)
        for locale in cldr.locales()
        if any(cldr.iso2(code) not in locale.territories for _, code in cldr.language_of_country(locale))
    ]
    assert lacking, "else the test sees nothing"
    for language in lacking[:4]:
        reading("en", language)
        assert countries_of(fold("Zimbabwe")) == {"ZWE"}, language
