"""Which words two names of officials share, and where an official is near."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.names.persons import Person, Persons, offices, person_name, shared_words


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Kemal Atabay", "Atabay Kemal", 2),
        ("Kemal Atabay", "Кемаль Атабай", 2),
        # The longer name may have more words; each word of the shorter needs one.
        ("Kemal Atabay", "Kemal Ali Atabay", 2),
        ("Atabay", "Kemal Ali Atabay", 1),
        ("Kemal Ali Atabay", "Kemal Nur Atabay", 0),
        ("Ali Ali Atabay", "Ali Kemal Atabay", 0),
        ("Selim Atabay", "Kemal Atabay", 0),
        # An initial stands for a word that begins with it, and is no whole word.
        ("K. Atabay", "Kemal Atabay", 1),
        ("S. Atabay", "Kemal Atabay", 0),
        ("K. A. Atabay", "Kemal Ali Atabay", 1),
        ("K. S. Atabay", "Kemal Ali Atabay", 0),
        ("K. K. Atabay", "Kemal Ali Atabay", 0),  # one word is meant once
        ("Kemal Atabay", "K. A. Atabay", 1),
        ("Selim Atabay", "K. A. Atabay", 0),
        # An initial and an initial.
        ("K. Atabay", "K. Atabay", 1),
        ("K. Atabay", "S. Atabay", 0),
        ("K. Atabay", "K. A. Atabay", 1),
        ("S. Atabay", "K. A. Atabay", 0),
        ("Kemal Atabay", "K. Atabay", 1),
        ("A. K. Atabay", "K. A. Atabay", 1),
    ],
)
def test_words_that_two_names_share(one: str, other: str, words: int) -> None:
    assert shared_words(person_name(one), person_name(other)) == words
    assert shared_words(person_name(other), person_name(one)) == words


@pytest.mark.parametrize(
    ("name", "whole", "initials"),
    [
        ("K. Atabay", {"atabay"}, 1),
        ("K.A. Atabay", {"atabay"}, 2),
        ("Li Yan", {"li", "yan"}, 0),  # two letters are a whole word
        ("Mr. Kemal Atabay", {"kemal", "atabay"}, 0),
        ("Vagif Mammad oğlu", {"vagif", "mammad"}, 0),
    ],
)
def test_a_name_is_taken_apart_into_whole_words_and_initials(name: str, whole: set[str], initials: int) -> None:
    found = person_name(name)
    assert (found.folded, len(found.heard), len(found.initials)) == (whole, len(whole), initials)


def test_a_name_that_is_only_an_honorific_keeps_it() -> None:
    assert person_name("Mr").folded == {"mr"}


@pytest.mark.parametrize(
    ("countries", "asked", "near"),
    [
        ({"KAZ"}, {"KAZ", "UZB"}, True),
        ({"KAZ"}, {"UZB"}, False),
        ({"KAZ", None}, {"UZB"}, True),  # an international office
        (set(), {"UZB"}, True),  # no office is known
        ({"KAZ"}, set(), False),
    ],
)
def test_an_official_is_near_the_countries_of_the_offices(
    countries: set[str | None], asked: set[str], near: bool
) -> None:
    person = Person("p", ("Kemal Atabay",), frozenset(), frozenset(), frozenset(countries))
    assert person.in_same_area(frozenset(asked)) is near


def test_a_title_means_offices_by_its_words_and_pairs_of_words() -> None:
    assert offices("President") == offices("the PRESIDENT of the union")
    assert offices("Deputy Minister") > offices("Deputy")
    assert offices("председателя") == offices("председатель") != frozenset()  # whatever the case
    assert offices("poet") == offices(None) == frozenset()


ROWS = [
    ("p-1", "Kemal Atabay", "President", "tur-conf", "TUR"),
    ("p-1", "Кемаль Атабай", None, None, None),
    ("p-2", "Ali Atabay", "Minister", None, "KAZ"),
]


def registered() -> Persons:
    columns = ("person_id", "name", "role", "organisation", "country")
    names = pl.DataFrame(ROWS, schema=dict.fromkeys(columns, pl.String), orient="row")
    return Persons(pl.DataFrame({"person_id": ["p-1", "p-3"], "name": ["Atabay, K.", "Jane Doe"]}), names)


def test_registered_officials_keep_every_form_office_body_and_country() -> None:
    people = registered().people
    assert people.keys() == {"p-1", "p-2", "p-3"}
    assert people["p-1"].names == ("Atabay, K.", "Kemal Atabay", "Кемаль Атабай")
    assert people["p-1"].offices == offices("President")
    assert people["p-1"].organisations == {"tur-conf"}
    assert people["p-1"].countries == {"TUR", None}
    assert people["p-2"].organisations == frozenset()
    assert people["p-3"] == Person("p-3", ("Jane Doe",), frozenset(), frozenset(), frozenset())


def test_officials_are_found_by_the_sound_of_a_whole_word() -> None:
    found = registered().sharing_a_word("Селим Атабай")
    assert found == {"p-1": {"Atabay, K.", "Kemal Atabay", "Кемаль Атабай"}, "p-2": {"Ali Atabay"}}
    assert registered().sharing_a_word("K. Nobody") == {}


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("Kemal  Atabay", "exact"),  # blanks are not printed letters
        ("KEMAL ATABAY", "folded"),
        ("Atabay Kemal", "folded"),
        ("Kemal Atabaj", "transliterated"),
        ("Ali Atabay", "transliterated"),  # exactly the name of another
    ],
)
def test_the_method_is_the_strongest_that_holds(name: str, method: str) -> None:
    forms = {"Kemal Atabay", "Кемаль Атабай"}
    assert registered().method("p-1", name, forms) == method
