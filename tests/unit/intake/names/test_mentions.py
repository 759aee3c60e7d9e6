"""A person is found in a text however the name is written, and nobody else is."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socdialog.intake.names.mentions import PersonalNames, name_pairs, personal_names
from socdialog.store.withheld import Withheld

DEMIRTAS, IVANOVA, LI, ALIYEV = "Ayşe Demirtaş", "Мария Иванова", "Ли Ян", "Əli Əliyev"
FOUND = [
    (DEMIRTAS, "ballot: Ayşe Demirtaş"),
    (DEMIRTAS, "AYŞE DEMİRTAŞ spoke"),
    (DEMIRTAS, "ayşe demirtaş"),
    (DEMIRTAS, "ayse demirtas"),
    (DEMIRTAS, "Demirtaş, Ayşe"),
    (DEMIRTAS, "Demirtaş (Ayşe)"),
    (DEMIRTAS, "ayse_demirtas.csv"),
    (DEMIRTAS, "ayse-demirtas"),
    (DEMIRTAS, "AyşeDemirtaş"),
    (DEMIRTAS, "Ayşe\u00a0Demirtaş"),
    (DEMIRTAS, "Ayşe\nDemirtaş"),
    (DEMIRTAS, "Ay\u00adşe Demir\u200btaş"),
    (DEMIRTAS, "Ays\u0327e Demirtas\u0327"),
    (DEMIRTAS, "Ayşe Demirtaş'ın evi"),
    (DEMIRTAS, "Ayşe Demirtaşın evi"),
    (DEMIRTAS, "Ayşe Nur Demirtaş"),
    (DEMIRTAS, "A. Demirtaş"),
    (DEMIRTAS, "A.Demirtaş"),
    (DEMIRTAS, "Demirtaş A."),
    (DEMIRTAS, "Ayşe D."),
    (DEMIRTAS, "people:r#1|Ayşe Demirtaş|x"),
    (DEMIRTAS, "Айше Демирташ"),
    (IVANOVA, "Maria Ivanova"),
    (IVANOVA, "Марии Ивановой"),
    (IVANOVA, "Марию Иванову"),
    (IVANOVA, "М. Иванова"),
    (LI, "Ли Ян, директор"),
    (LI, "Ян Ли"),
    (LI, "Li Yan"),
    (ALIYEV, "Ali Aliyev"),
    (ALIYEV, "Eli Eliyev"),
    (ALIYEV, "Əli Əliyevin"),
    ("A. Demirtaş", "A. Demirtaş"),
    ("Kani Ali Beko", "Kani Beko"),
    ("Kani Beko", "Kani A. Beko"),
    ("Ismatullo Nasreddin-zoda", "Ismatullo Nasreddinzoda"),
    ("Vagif Mammad oğlu Quliyev", "Vagif Quliyev"),
    ("გიორგი ლომიძე", "Giorgi Lomidze"),
    ("李明", "李明说"),
    ("משה כהן", "כהן, משה"),
    ("محمد علي", "علي محمد"),
    ("李明", "李明."),
    ("王㐀", "王㐀."),
    # An ending behind an apostrophe belongs to the word before it.
    (DEMIRTAS, "Ayşe'nin Demirtaş"),
    (DEMIRTAS, "Ayşe'ndan Demirtaş"),
    # A small letter is an initial only with its full stop, a capital one always.
    (DEMIRTAS, "a. demirtaş"),
    (DEMIRTAS, "by a. demirtaş"),
    (DEMIRTAS, "A Demirtaş"),
    # Endings: three letters behind a stem of five, two behind a stem of four, none behind a shorter one.
    ("Ayşe Demir", "Ayşe Demirden"),
    ("Ahmet Berk", "Ahmet Berkin"),
    ("Ahmet Can", "Ahmet Can"),
    # A last vowel may change, and is counted beside the ending; names of three letters keep theirs.
    ("Kani Beko", "Kani Beka"),
    ("Kani Beko", "Kani Bekoda"),
    ("Ali Demir", "Ali Demir"),
    ("Vagif Quliyev", "vagif oğlu quliyev"),
    # Names with up to two others between, and up to eight signs.
    (DEMIRTAS, "Ayşe Nur Can Demirtaş"),
    (DEMIRTAS, f"Ayşe{' ' * 8}Demirtaş"),
]
SILENT = [
    (DEMIRTAS, "Demirtaş"),
    (DEMIRTAS, "Ali Demirtaş"),
    (DEMIRTAS, "B. Demirtaş"),
    (DEMIRTAS, "Ayşe Demir"),
    (DEMIRTAS, "Ayşe spoke, then the trade union of Demirtaş"),
    (DEMIRTAS, "Ayşe 2 Demirtaş"),
    (DEMIRTAS, "Ayşe.\n\nDemirtaş"),
    (DEMIRTAS, "https://example.org/ayse-demirtas/page"),
    (DEMIRTAS, "example.org/news/ayse-demirtas"),
    (DEMIRTAS, "in /news/ayse-demirtas…"),
    (DEMIRTAS, ""),
    (IVANOVA, "Марк Иванов"),
    (IVANOVA, "Мария Петрова"),
    (LI, "Лидер Яна"),
    ("Ali Demir", "Alinari Demirel"),
    ("Jane Doe", "Janet Doerr"),
    (DEMIRTAS, "Ayşe'ninki Demirtaş"),
    (DEMIRTAS, "a demirtaş"),
    ("A. Demirtaş", "A. D. spoke"),
    ("Demirtaş A.", "A. D. spoke"),
    ("Ayşe Demir", "Ayşe Demirimiz"),
    ("Ahmet Berk", "Ahmet Berkten"),
    ("Ahmet Can", "Ahmet Canı"),
    ("Kani Beko", "Kani Bekonun"),
    ("Ali Demir", "Alu Demir"),
    (DEMIRTAS, "Ayşe Nur Can Su Demirtaş"),
    (DEMIRTAS, f"Ayşe{' ' * 9}Demirtaş"),
]


@pytest.mark.parametrize(("name", "text"), FOUND)
def test_a_name_is_found_in_any_writing(name: str, text: str) -> None:
    assert PersonalNames(frozenset({name})).mentions(text)


@pytest.mark.parametrize(("name", "text"), SILENT)
def test_what_is_no_mention_is_silent(name: str, text: str) -> None:
    assert not PersonalNames(frozenset({name})).mentions(text)


@pytest.mark.parametrize(("name", "text", "found"), [(*one, True) for one in FOUND] + [(*one, False) for one in SILENT])
def test_hashed_names_are_found_as_plain_ones_are(name: str, text: str, found: bool) -> None:
    hashed = PersonalNames(withheld=Withheld().with_pairs(name_pairs(name)))
    assert bool(hashed.mentions(text)) is found


def test_a_mention_says_where_and_only_it_is_redacted() -> None:
    people = PersonalNames(frozenset({DEMIRTAS}))
    (one,) = people.mentions("Chair Ayşe Nur Demirtaş, and Ayşe")
    assert (one.start, one.end, one.words) == (6, 23, "Ayşe Nur Demirtaş")
    assert people.redacted("Chair Ayşe Nur Demirtaş, and Ayşe") == "Chair [name], and Ayşe"
    assert people.redacted("ayse demirtas met A. Demirtaş") == "[name] met [name]"
    assert PersonalNames().redacted(DEMIRTAS) == DEMIRTAS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Chair AyşeDemirtaş spoke", "AyşeDemirtaş"),
        ("Chair AyşeDEMİRTAŞ spoke", "AyşeDEMİRTAŞ"),
        ("by iAyşe Demirtaş", "Ayşe Demirtaş"),
        ("by a. demirtaş, chair", "a. demirtaş"),
        ("Ayşe Demirtaş Ayşe spoke", "Ayşe Demirtaş Ayşe"),
        ("Ayşe Maria Ivanova Demirtaş spoke", "Ayşe Maria Ivanova Demirtaş"),
    ],
)
def test_a_mention_is_as_long_as_the_name(text: str, words: str) -> None:
    begin = text.index(words)
    people = PersonalNames(frozenset({DEMIRTAS, IVANOVA}))
    assert people.mentions(text) == ((begin, begin + len(words), words),)


def test_a_name_at_the_end_of_the_name_of_a_body_is_no_mention() -> None:
    people = PersonalNames(frozenset({"Heydar Aliyev"}), excepted=frozenset({"Fund of Heydar Aliyev"}))
    assert not people.mentions("the Fund of Heydar Aliyev gave")


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("the Heydar Aliyev Foundation", 0),
        ("HEYDAR ALIYEV FOUNDATION", 0),
        ("heydar-aliyev-foundation", 0),
        ("Heydar Aliyev Works", 1),
        ("Heydar Aliyev", 1),
        ("Heydar Aliyev of the Heydar Aliyev Foundation", 1),
    ],
)
def test_a_body_called_after_somebody_is_no_mention(text: str, mentions: int) -> None:
    people = PersonalNames(frozenset({"Heydar Aliyev"}), excepted=frozenset({"Heydar Aliyev Foundation"}))
    assert len(people.mentions(text)) == mentions


def test_words_of_two_people_together_name_neither() -> None:
    assert not PersonalNames(frozenset({DEMIRTAS, IVANOVA})).mentions("Ayşe Ivanova")


def test_a_word_that_may_be_two_names_is_taken_as_the_one_that_fits() -> None:
    # Demirde is Maria's surname, and may be Demir with an ending.
    assert PersonalNames(frozenset({"Ayşe Demir", "Maria Demirde"})).mentions("Ayşe Demirde")


def test_the_names_of_a_study_are_those_that_its_dictionary_calls_so() -> None:
    withheld = Withheld().with_pairs(name_pairs(IVANOVA))
    tables = {
        "people": pl.DataFrame({"report_id": ["r#1", "r#2"], "name": [DEMIRTAS, None], "title": ["chair", None]}),
        "persons": pl.DataFrame({"name": [LI]}),
        "name_exceptions": pl.DataFrame({"name": ["Heydar Aliyev Foundation"], "reason": ["a body"]}),
        "sources": pl.DataFrame({"title": ["Ayşe Demirtaş speaks"], "publisher": ["Zakon.kz"]}),
        "actors": pl.DataFrame({"name": ["Georgian Railways"]}),
    }
    people = personal_names(tables, withheld=withheld)
    assert people.names == {DEMIRTAS, LI}
    assert people.excepted == {"Heydar Aliyev Foundation", "Ayşe Demirtaş speaks"}
    assert people.mentions("Maria Ivanova")
    assert personal_names({}).names == frozenset()
    assert not personal_names({}).mentions("Maria Ivanova")


def test_a_single_word_names_nobody_for_certain() -> None:
    assert name_pairs("Demirtaş") == frozenset()
    assert name_pairs("A. B.") == frozenset()
    assert name_pairs("") == frozenset()
    assert name_pairs("Mr Demirtaş") == frozenset()


WORDS = st.sampled_from(["Ayşe", "Demirtaş", "Ali", "union", "Мария", "Иванова", "2", ";", "A.", "of", "Nur"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=9), st.booleans())
def test_a_redacted_text_names_nobody_and_the_order_of_a_name_is_nothing(words: list[str], turned: bool) -> None:
    people = PersonalNames(frozenset({"Demirtaş Ayşe" if turned else DEMIRTAS, IVANOVA}))
    redacted = people.redacted(" ".join(words))
    assert not people.mentions(redacted)
    assert people.pairs == PersonalNames(frozenset({DEMIRTAS, IVANOVA})).pairs
