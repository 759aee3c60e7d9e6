"""Who claims a figure is published as a body, an office, or an official whose name is withheld; never by name."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.names.attribution import WITHHELD, Bodies, published_attribution, with_attributions
from socdialog.intake.names.mentions import PersonalNames

BODIES = Bodies.of(
    {
        "organisations": pl.DataFrame({"name": ["Federation of Trade Unions"], "acronym": ["FTURK"]}),
        "actors": pl.DataFrame({"name": ["Georgian Railways", "Jane Works"]}),
        "sources": pl.DataFrame({"publisher": ["Zakon.kz"]}),
    }
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("FTURK", "FTURK"),
        ("Zakon.kz", "Zakon.kz"),
        ("federation of trade unions", "federation of trade unions"),
        ("FTURK Chairman", "FTURK Chairman"),
        ("Georgian Railways administration", "Georgian Railways administration"),
        ("Ministry of Labor, 12 December", "Ministry of Labor, 12 December"),
        ("a miner", "a miner"),
        ("strike leaders", "strike leaders"),
        ("President's address", "President's address"),
        ("union's note of 6 January 2022", "union's note of 6 January 2022"),
        ("newspaper's calculation", "newspaper's calculation"),
        ("работники", "работники"),
        # What follows an office or stands in brackets may be anybody: it stays here.
        ("FTURK (Jane Doe)", "FTURK"),
        ("Jane Doe (FTURK)", "FTURK"),
        ("Jane Doe, FTURK", "FTURK"),
        ("President Doe", "President"),
        ("Deputy Minister of Labour Jane Doe", "Deputy Minister of Labour"),
        ("FTURK Chairman Jane Doe", "FTURK Chairman"),
        ("Jane Doe", WITHHELD),
        ("jane doe", WITHHELD),
        ("JANE_DOE", WITHHELD),
        ("Doe", WITHHELD),
        ("J. Doe", WITHHELD),
        ("Жанна Дое", WITHHELD),
        ("ჯეინ დოუ", WITHHELD),
        ("Jane Doe (Federation of Trade Unions)", "Federation of Trade Unions"),
        ("according to FTURK (Jane Doe)", "according to FTURK"),
        ("Chairman (Jane Doe), President", "Chairman, President"),
        ("Presidents Doe", "Presidents"),
        # A kind of body says enough; an ordinary word or a country does not.
        ("Jane Doe (trade union)", "trade union"),
        ("Jane Doe (labor)", "labor"),
        ("Jane Doe (a miner)", WITHHELD),
        ("Jane Doe (Kazakhstan)", WITHHELD),
        # Other spellings and words of countries are ordinary words, each by itself.
        ("trade union programs", "trade union programs"),
        ("Kazakhstani miners", "Kazakhstani miners"),
        ("miners of Germany", "miners of Germany"),
        ("miners of Fiji", "miners of Fiji"),
        ("Labor Doe", WITHHELD),
        ("Kazakhstani Doe", WITHHELD),
        # Half a body is another body.
        ("FTURK Nord", WITHHELD),
        ("Jane of FTURK", WITHHELD),
    ],
)
def test_only_what_is_recognised_is_published(text: str, shown: str) -> None:
    assert published_attribution(text, bodies=BODIES, people=PersonalNames()) == shown


def test_a_known_person_is_withheld_though_every_word_is_known() -> None:
    text = "Jane Works"
    assert published_attribution(text, bodies=BODIES, people=PersonalNames()) == text
    assert published_attribution(text, bodies=BODIES, people=PersonalNames(frozenset({"Works, Jane"}))) == WITHHELD


def test_only_the_person_is_withheld_and_not_who_stands_beside() -> None:
    people = PersonalNames(frozenset({"Works, Jane"}))
    assert published_attribution("FTURK (Jane Works)", bodies=BODIES, people=people) == "FTURK"
    assert published_attribution("Jane Works, FTURK Chairman", bodies=BODIES, people=people) == "FTURK Chairman"


def test_a_very_long_name_of_a_body_is_recognised_by_its_first_twelve_words() -> None:
    words = [f"qazaq{letter}" for letter in "abcdefghijklm"]
    bodies = Bodies.of({"organisations": pl.DataFrame({"name": [" ".join(words)]})})
    text = " ".join(words[:12])
    assert published_attribution(text, bodies=bodies, people=PersonalNames()) == text
    assert published_attribution(" ".join(words[:11]), bodies=bodies, people=PersonalNames()) == WITHHELD


def test_figures_get_a_column_and_an_empty_cell_stays_empty() -> None:
    figures = pl.DataFrame({"attributed_to": ["Jane Doe", None, "FTURK"]})
    found = with_attributions(figures, bodies=BODIES, people=PersonalNames())
    assert found.get_column("claimed_by").to_list() == [WITHHELD, None, "FTURK"]
    nothing = with_attributions(figures.clear(), bodies=BODIES, people=PersonalNames())
    assert nothing.schema["claimed_by"] == pl.String
