"""The page of events: every event of the country once, with all that is stated of it; hostile text is inert."""

from __future__ import annotations

import re

from socdialog.site.country_slices import country_slices, every_table
from socdialog.site.events_page import render_events
from socdialog.site.page_shell import SiteInfo, page_faults
from socdialog.store.study import Notes
from tests.small_events import HOSTILE, TABLES
from tests.small_site import clean_table

SITE = SiteInfo(Notes(title="A study", first_year=2010), "2024-11", "ab")


def page(country: str = "KAZ", *, pages: frozenset[str] = frozenset()) -> str:
    (own,) = country_slices(every_table(TABLES), [country], since=2010)
    (html,) = render_events(own, SITE, pages=pages).values()
    return html


def test_a_page_that_does_not_exist_is_not_linked() -> None:
    assert "organisations/KAZ.html#" not in page()
    assert 'href="../organisations/KAZ.html#org-oil"' in page(pages=frozenset({"organisations/KAZ.html"}))


def test_hostile_text_is_inert_and_the_page_is_sound() -> None:
    html = page()
    assert page_faults(html) == ()
    assert HOSTILE not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 3


def test_every_event_has_its_place_and_the_link_lists_lead_there() -> None:
    html = page()
    assert re.findall(r'<article class="sd-event" id="([^"]+)"', html) == ["ev-1", "ev-2"]
    assert '<a href="#type-strike">Strike</a> (1)' in html
    assert '<h3 id="undated">Undated: 1 event</h3>' in html


def test_a_country_without_events_says_that_none_were_found_and_gives_no_zero() -> None:
    tables = every_table({"countries": TABLES["countries"]})
    (own,) = country_slices(tables, ["UZB"], since=2010)
    (html,) = render_events(own, SITE, pages=frozenset()).values()
    assert "No events found in the sources on Uzbekistan." in html
    assert "0 events" not in html
    assert page_faults(html) == ()


def test_the_same_rows_give_the_same_bytes_in_any_order() -> None:
    turned = {name: frame.reverse() for name, frame in TABLES.items()}
    (own,) = country_slices(every_table(turned), ["KAZ"], since=2010)
    assert list(render_events(own, SITE, pages=frozenset()).values()) == [page()]


def test_of_many_events_each_has_a_line_with_its_place_and_its_entry_on_a_part() -> None:
    events = [
        {
            "row_id": f"events:ev-{number:03}",
            "event_id": f"ev-{number:03}",
            "label": f"Strike {number}",
            "countries": ["KAZ"],
            "kind": "strike",
            "status": "held",
            "date_basis": "printed",
            "n_sources": 1,
            "report_ids": [],
            "topics": ["wages"],
        }
        for number in range(101)
    ]
    tables = every_table({"countries": TABLES["countries"], "events": clean_table("events", *events)})
    (own,) = country_slices(tables, ["KAZ"], since=None)
    pages = render_events(own, SITE, pages=frozenset())
    main, first, second = pages.values()
    assert list(pages) == [f"countries/KAZ-events{part}.html" for part in ("", "-1", "-2")]
    assert re.findall(r'<li id="(ev-[^"]+)"', main) == [event["event_id"] for event in events]
    assert '<li id="ev-100">undated: <a href="KAZ-events-2.html#ev-100">Strike 100</a></li>' in main
    assert [html.count('<article class="sd-event"') for html in (main, first, second)] == [0, 80, 21]
    assert 'href="KAZ-events.html#topic-wages"' in second
    for path, html in pages.items():
        assert page_faults(html) == (), path
