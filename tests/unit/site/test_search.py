"""The index of the search: every name of what has a page, normalised, in each script and in Latin letters."""

from __future__ import annotations

import json

from socdialog.site.country_slices import every_table
from socdialog.site.search import forms, search_file
from tests.small_site import clean_table

TABLES = every_table(
    {
        "countries": clean_table(
            "countries",
            {"country": "KAZ", "name": "Kazakhstan", "own_name": "Қазақстан"},
            {"country": "TKM", "name": "Turkmenistan", "own_name": None},
        ),
        "organisations": clean_table(
            "organisations",
            {"org_id": "kaz-a", "name": "Federation <A>", "acronym": "FTURK", "country": "KAZ"},
            {"org_id": "kaz-b", "name": "Without a page", "country": "KAZ"},
        ),
        "organisation_names": clean_table("organisation_names", {"org_id": "kaz-a", "name": "ФПРК"}),
        "places": clean_table("places", {"place_id": "p", "name": "Zhanaozen", "variants": ["Жанаозен"]}),
        "events": clean_table(
            "events",
            {"event_id": "ev-1", "label": "Strike", "place_id": "p", "start_date": "2022-02", "countries": ["KAZ"]},
        ),
    }
)
PLACES = {"org-kaz-a": "organisations/KAZ.html", "ev-1": "countries/KAZ-events.html"}


def entries() -> list[list[object]]:
    content = search_file(TABLES, profiles=["KAZ"], places=PLACES).decode()
    assert content.startswith("window.sdSearch=")
    return list(json.loads(content.removeprefix("window.sdSearch=").removesuffix(";\n"))["entries"])


def test_what_has_a_page_is_found_under_every_name_and_nothing_else_is() -> None:
    country, organisation, event = entries()
    assert country[:3] == ["Kazakhstan", "Country", "countries/KAZ.html"]
    assert {"kazakhstan", "казакстан", "kaz"} <= set(country[3])  # type: ignore[call-overload]
    assert organisation[:2] == ["Federation <A> (FTURK)", "Organisation, Kazakhstan"]
    assert organisation[2] == "organisations/KAZ.html#org-kaz-a"
    assert {"federation a", "fturk", "фпрк", "fprk"} <= set(organisation[3])  # type: ignore[call-overload]
    assert event[:3] == ["Strike", "Zhanaozen, February 2022", "countries/KAZ-events.html#ev-1"]
    assert {"strike", "zhanaozen", "жанаозен"} <= set(event[3])  # type: ignore[call-overload]


def test_the_index_is_a_script_that_holds_nothing_but_data() -> None:
    content = search_file(TABLES, profiles=["KAZ"], places=PLACES).decode()
    assert content.isascii()
    assert content.count("\n") == 1
    assert content == search_file(TABLES, profiles=["KAZ"], places=PLACES).decode()


def test_forms_are_normalised_and_each_once() -> None:
    assert forms(["HAK-İŞ", "Hak-İş", None, ""]) == ("hak is", "hak ish")
    assert forms(["Жанаозен"]) == ("жанаозен", "zhanaozen")
