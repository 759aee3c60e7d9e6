"""What a name says of which body it is: words of its own and numbers; what any body may be called says nothing."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking.bodies import numbers_of, place_words, words_of

ONE_DAY = {"start_date": "2024-05-06"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bakers Assn. of Hallam, Inc.", {"baker", "halam"}),
        ("Local 12, United Bakers Union", {"baker"}),
        ("Polymetal LLP, Komarov branch", {"polimetal", "komarov"}),
        ("Ministry of Labour", set()),
        ("Company of the Republic of Kazakhstan", set()),
    ],
)
def test_forms_kinds_and_countries_are_no_words_of_a_name(name, words):
    assert set(words_of(name, frozenset()).split()) == words


def test_a_name_in_two_alphabets_has_the_same_words():
    assert words_of("ТОО «Казахмыс»", frozenset()) == words_of("Kazakhmys LLP", frozenset()) != ""
    assert words_of("Железнодорожная фабрика", frozenset()) == words_of("Railway factory", frozenset()) != ""


def test_words_of_places_count_nothing():
    places = place_words(pl.Series(["New Haven, CT", None]))
    assert words_of("Haven Clock Works", places) == words_of("Clock Works", frozenset())


def test_numbers_are_a_part_of_a_name():
    assert numbers_of("Mine No. 065") == "65"
    assert numbers_of("UA Local 333 333") == "333"
    assert numbers_of("Bakers") == ""


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ("Bakers Local 12", "Bakers Local 12", True),
        ("Bakers Local 12", "Bakers Local 14", False),
        ("Bakers Local 12", "Bakers", True),
    ],
)
def test_bodies_with_other_numbers_are_two(events, one, other, joined):
    found = events(
        ONE_DAY | {"report_id": "a#1", "place": "Rudny", "who": [one, "Bread Council"]},
        ONE_DAY | {"report_id": "b#1", "place": "Rudny", "who": [other]},
    )
    assert (len(found) == 1) is joined
