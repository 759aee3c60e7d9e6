"""The pages of organisations: each once, with its names, affiliations, claims, events and partners."""

from __future__ import annotations

import pytest

from socdialog.site import organisations_page
from socdialog.site.country_slices import every_table
from socdialog.site.organisations_page import Organisation, organisations_of, render_organisations
from socdialog.site.page_shell import SiteInfo, page_faults
from socdialog.store.study import Notes
from tests.small_events import HOSTILE, TABLES
from tests.small_site import clean_table

SITE = SiteInfo(Notes(title="A study", first_year=2010), "2024-11", "ab")


@pytest.fixture(scope="module")
def found() -> dict[str, Organisation]:
    every = organisations_of(every_table(TABLES), countries=frozenset({"KAZ", "UZB"}), since=2010)
    return {one.org_id: one for one in every}


def test_names_are_listed_in_all_scripts_with_their_language_and_corrupted_forms_are_not(
    found: dict[str, Organisation],
) -> None:
    oil = found["oil"]
    assert oil.native is not None
    assert tuple(oil.native) == ("Профсоюз нефтяников", "ru")
    assert [tuple(name) for name in oil.names] == [("Нефтепрофсоюз", "ru"), ("ნავთობი", "und-Geor")]
    assert (oil.acronym, oil.side, oil.founded) == ("OWU", "Workers", "1990")


def test_an_affiliation_is_shown_from_both_ends(found: dict[str, Organisation]) -> None:
    (up,) = found["oil"].affiliations
    (down,) = found["fed"].affiliates
    assert up.other.address == "organisations/KAZ.html#org-fed"
    assert up.details == down.details == "member, since 1992"
    assert down.other.text == "Oil workers’ union"
    assert [source.publisher for source in up.sources] == ["register.example"]


def test_every_claim_of_membership_is_listed_with_its_date_and_source(found: dict[str, Organisation]) -> None:
    claims = found["oil"].memberships
    assert [("".join(one.value.replace(",", "").split()), one.population, one.as_of) for one in claims] == [
        ("about2000", "Members", "November 2021"),
        ("about1500", "Members", ""),
    ]
    assert {source.source_id for one in claims for source in one.sources} == {"a"}


def test_events_are_linked_on_the_page_of_its_country_with_every_role(found: dict[str, Organisation]) -> None:
    assert [tuple(one) for one in found["oil"].events] == [
        ("Oil workers strike", "countries/KAZ-events.html#ev-1", "5 March 2024; organiser and signatory"),
        (HOSTILE, "countries/KAZ-events.html#ev-2", "undated; participant"),
    ]


def test_an_event_without_a_page_is_not_linked() -> None:
    every = organisations_of(every_table(TABLES), countries=frozenset(), since=2010)
    assert {event.address for one in every for event in one.events} == {None}


def test_partners_share_events(found: dict[str, Organisation]) -> None:
    assert [(one.text, one.note) for one in found["fed"].partners] == [("Oil workers’ union", "1")]


def test_pages_are_sound_each_organisation_is_once_on_one_and_all_are_named(found: dict[str, Organisation]) -> None:
    pages = render_organisations(every_table(TABLES), SITE, countries=["KAZ", "UZB"])
    assert set(pages) == {"organisations.html", "organisations/KAZ.html", "organisations/UZB.html"}
    for path, html in pages.items():
        assert page_faults(html) == (), path
        assert HOSTILE not in html
    for one in found.values():
        assert pages["organisations/KAZ.html"].count(f'id="{one.anchor}"') == 1
        assert f'href="organisations/KAZ.html#{one.anchor}"' in pages["organisations.html"]
    assert '<span lang="und-Geor">ნავთობი</span>' in pages["organisations/KAZ.html"]
    assert "No organisations found." in pages["organisations/UZB.html"]


def test_of_many_organisations_each_has_a_line_with_its_place_and_its_entry_on_a_part() -> None:
    bodies = [
        {
            "row_id": f"organisations:o{number:04}",
            "org_id": f"o{number:04}",
            "name": f"Union {number:04}",
            "country": "KAZ",
            "side": "workers",
            "level": "sectoral",
        }
        for number in range(76)
    ]
    tables = every_table({"countries": TABLES["countries"], "organisations": clean_table("organisations", *bodies)})
    pages = render_organisations(tables, SITE, countries=["KAZ"])
    main, first, second = (pages[f"organisations/KAZ{part}.html"] for part in ("", "-1", "-2"))
    assert '<li id="org-o0075"><a href="../organisations/KAZ-2.html#org-o0075">Union 0075</a>' in main
    assert [html.count('<article class="sd-event"') for html in (main, first, second)] == [0, 75, 1]
    assert "76 organisations of Kazakhstan" in main
    assert 'href="../organisations/KAZ.html">Organisations</a>' in second
    for path, html in pages.items():
        assert page_faults(html) == (), path


def test_of_very_many_organisations_the_first_page_names_the_countries_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisations_page, "_NAMED", 1)
    first = render_organisations(every_table(TABLES), SITE, countries=["KAZ"])["organisations.html"]
    assert 'href="organisations/KAZ.html">Details of 2 organisations</a>' in first
    assert "org-oil" not in first


def test_a_page_of_several_organisations_lists_them_and_the_pages_of_its_country() -> None:
    html = render_organisations(every_table(TABLES), SITE, countries=["KAZ"])["organisations/KAZ.html"]
    contents, _, main = html.partition("<main")
    assert contents.count('<a href="#org-oil">Oil workers’ union</a>') == 2, "in the margin, and as a menu on a phone"
    assert 'href="../countries/KAZ-events.html"' in main
    unlinked = render_organisations(every_table(TABLES), SITE, countries=[])["organisations/KAZ.html"]
    assert "../countries/KAZ-sources.html" not in unlinked
