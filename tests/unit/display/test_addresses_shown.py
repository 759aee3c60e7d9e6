"""An address follows from what it leads to; other names, other addresses."""

from __future__ import annotations

import pytest

from socdialog.display import addresses


@pytest.mark.parametrize(
    ("by", "code", "anchor"),
    [
        ("year", 2024, "year-2024"),
        ("year", None, "undated"),
        ("type", "strike", "type-strike"),
        ("side", "employers:not_known", "side-employers-not-known"),
        ("publisher", "Türk-İş", "publisher-turk-is"),
        ("publisher", "«Время»", "publisher-время"),
    ],
)
def test_lists_have_anchors_that_last(by: addresses.By, code: str | int | None, anchor: str) -> None:
    assert addresses.list_anchor(by, code) == anchor


def test_names_of_signs_only_do_not_share_an_address() -> None:
    assert addresses.slug("***") != addresses.slug("---")
    assert addresses.slug("***").isalnum()


def test_pages_are_found_by_country() -> None:
    assert addresses.events_page("KAZ") == "countries/KAZ-events.html"
    assert addresses.sources_page("KAZ") == "countries/KAZ-sources.html"
    assert addresses.organisations_page("KAZ") == "organisations/KAZ.html"
    assert addresses.organisations_page(None) == "organisations/international.html"


def test_events_and_organisations_have_ids_of_their_own() -> None:
    assert addresses.event_anchor("ev-1") == "ev-1"
    assert addresses.event_anchor("find") == "ev-find"
    assert addresses.organisation_anchor("kaz-fturk") == "org-kaz-fturk"
