"""What a name says of which body it is: words of its own and numbers; what any body may be called says nothing."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking.bodies import numbers_of, place_words, words_of
from socdialog.intake.linking.comparing import compare
from socdialog.intake.linking.facts import gather

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


def unresolved(little, *reports):
    tables = little(*reports)
    return tables | {"actors": tables["actors"].with_columns(org_id=pl.lit(None, dtype=pl.String))}


@pytest.mark.parametrize(
    ("one", "other", "parted"),
    [
        ("Steel Works of Rudny", "Rudny Steel", 0),
        ("Steel Works", "Acme Steel Works Corp.", 0),  # the shorter name is held by the longer
        ("Acme Steel Works", "Hallam Stone Quarries", -10),
        ("Acme Corp.", "Hallam Corp.", -10),  # only the legal form is shared
        ("Ministry of Labour", "Hallam Stone Quarries", 0),  # a name without words of its own may be any body
    ],
)
def test_employers_are_one_when_most_of_the_shorter_name_is_shared(little, one, other, parted):
    reports = [
        ONE_DAY | {"report_id": f"{name}#1", "who": ["Miners", f"{employer}@employers"]}
        for name, employer in (("a", one), ("b", other))
    ]
    tables = unresolved(little, *reports)
    tables.pop("decisions")
    pairs = pl.DataFrame({"a": [0], "b": [1]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    assert compare(pairs, gather(**tables)).item(0, "parted") == parted


def test_a_word_of_many_names_does_not_make_two_employers_one(little):
    many = [
        {"report_id": f"m{n:02}#1", "start_date": f"20{n:02}-03-04", "who": ["Contractors and Masons@employers"]}
        for n in range(1, 12)
    ]
    pair = [
        ONE_DAY | {"report_id": f"{name}#1", "who": [f"Masons Contractors of {state}@employers"]}
        for name, state in (("a", "Hallam"), ("b", "Ruthin"))
    ]
    tables = unresolved(little, *many, *pair)
    tables.pop("decisions")
    pairs = pl.DataFrame({"a": [0], "b": [1]}, schema={"a": pl.UInt32, "b": pl.UInt32})
    assert compare(pairs, gather(**tables)).item(0, "parted") == -10
