"""The page of sources: every source of the country once, with what it states and the events that it reports."""

from __future__ import annotations

import pytest

from socdialog.site import sources_page
from socdialog.site.country_slices import CountrySlice, country_slices, every_table
from socdialog.site.page_shell import SiteInfo, page_faults
from socdialog.site.sources_page import publishers_of, render_sources, source_mixes
from socdialog.store.study import Notes
from tests.small_events import HOSTILE, TABLES

SITE = SiteInfo(Notes(title="A study", first_year=2010), "2024-11", "ab")


def own(country: str = "KAZ") -> CountrySlice:
    (found,) = country_slices(every_table(TABLES), [country], since=2010)
    return found


def test_each_source_is_listed_once_by_publisher_with_what_it_states() -> None:
    publishers = publishers_of(own())
    listed = {one.anchor: [reference.source.source_id for reference in one.references] for one in publishers}
    assert listed == {
        "publisher-kt-kz": ["a", "c"],
        "publisher-register-example": ["r"],
        "publisher-the-times": ["b"],
    }
    first = publishers[0].references[0]
    assert first.states[0] == "Oil workers strike: 5 March 2024"
    assert "Organisations named: Профсоюз: organiser" in first.states
    assert "Strikers: about 500; according to the oil union" in [line[:1].upper() + line[1:] for line in first.states]
    assert first.events == (("Oil workers strike", "ev-1"),)


def test_events_of_a_publisher_are_counted_once() -> None:
    assert [one.events for one in publishers_of(own())] == [2, 0, 1]


def test_the_mix_counts_the_sources_whose_type_is_stated_and_says_of_how_many() -> None:
    types, languages = source_mixes(own())
    assert types.rows == (("News", 2), ("Trade union", 1))
    assert (types.known, types.n) == (3, 4)
    assert languages.rows == (("English", 2), ("Russian", 1))


def test_the_page_is_sound_hostile_text_is_inert_and_events_are_linked() -> None:
    html = render_sources(own(), SITE)
    assert page_faults(html) == ()
    assert HOSTILE not in html
    assert 'href="../countries/KAZ-events.html#ev-1"' in html
    assert 'href="../countries/KAZ-events.html#publisher-kt-kz">2</a>' in html
    assert "4 sources from 3 publishers" in html
    assert "no events found" in html


def test_a_country_without_sources_says_so() -> None:
    (empty,) = country_slices(every_table({"countries": TABLES["countries"]}), ["UZB"], since=None)
    assert "No sources found on Uzbekistan." in render_sources(empty, SITE)


def test_of_very_many_statements_the_first_are_written_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = (
        one for publisher in publishers_of(own()) for one in publisher.references if one.source.source_id == "a"
    )
    monkeypatch.setattr(sources_page, "_WRITTEN", 1)
    (first,) = (
        one for publisher in publishers_of(own()) for one in publisher.references if one.source.source_id == "a"
    )
    assert whole.more == 0
    assert first.states == whole.states[:1]
    assert first.more > 1
    html = render_sources(own(), SITE)
    assert f'{first.more} further values: <a href="../data.html">Data</a>.' in html
    assert page_faults(html) == ()
