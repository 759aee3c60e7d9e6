"""Pages in a real browser: accessible, light, closed to the outside, usable by keyboard, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import DESK, NARROWEST, PHONE, needs_browser, opened, started

from socdialog.site.page_caps import BYTES, WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_browser
#: One page of each type; the long session looks at all.
TYPES = (
    *("index.html", "countries/KAZ.html", "countries/KAZ-events.html", "countries/KAZ-sources.html"),
    *("organisations/KAZ.html", "comparison.html", "quality.html", "methods.html", "data.html", "codebook.html"),
)
#: Caps of the page of a country at 1280 × 800 with folded parts closed. Lists that have a row for each item of a fixed
#: set, the conventions and the aspects of law, are as long as the set, and references as what is cited: these are
#: left out of the screens.
SCREENS, PHONE_SCREENS = 15, 35
#: A section has one and a half screens, and more where it has three subjects.
SECTION_SCREENS, SUBJECT_SCREENS = 1.5, 0.85
SECTIONS = """[...document.querySelectorAll('main > section')].map((one) => [
  one.id,
  one.offsetHeight - [...one.querySelectorAll(':scope > .sd-table-wrap')]
    .filter((list) => one.id === 'law' || list.querySelector('#t-standards'))
    .reduce((sum, list) => sum + list.offsetHeight, 0),
  one.querySelectorAll(':scope > h3').length,
])"""
PAPER = 11


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as one:
        yield one


def violations(page: Any) -> list[str]:
    """What axe-core finds on a page, and where it cannot decide on the contrast of a text."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    undecided = [one for one in found["incomplete"] if one["id"] == "color-contrast"]
    # Words of a drawing are part of one picture with an alternative text, and the sign of a disputed value is no text
    # to axe-core; the palette has a test of its own.
    for one in undecided:
        one["nodes"] = [
            node
            for node in one["nodes"]
            if not node["html"].startswith(("<text", "<tspan", '<a class="sd-disputed"'))
            and not _decided_in_view(page, node["target"][0])
        ]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in (*found["violations"], *undecided)
        for node in one["nodes"]
    ]


def _decided_in_view(page: Any, selector: str) -> bool:
    """Whether a text that lies outside of what its table shows is decided on, and good, once it is scrolled to."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("(one) => document.querySelector(one).scrollIntoView({block: 'center', inline: 'center'})", selector)
    found = Axe().run(page, context=selector, options={"runOnly": ["color-contrast"]}).response
    return not found["violations"] and not found["incomplete"]


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (PHONE, True)])
def test_a_page_of_each_type_is_accessible(
    browser: Browser, shipped_site: Path, name: str, size: tuple[int, int], *, dark: bool
) -> None:
    with opened(browser, shipped_site / name, size=size, dark=dark) as (page, wrong):
        assert violations(page) == []
        assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize(("size", "dark"), [(DESK, False), (DESK, True), (PHONE, False), (PHONE, True)])
def test_every_page_is_accessible(browser: Browser, shipped_site: Path, size: tuple[int, int], *, dark: bool) -> None:
    found = {}
    for path in sorted(shipped_site.rglob("*.html")):
        with opened(browser, path, size=size, dark=dark) as (page, wrong):
            if problems := [*violations(page), *wrong]:
                found[path.relative_to(shipped_site).as_posix()] = problems
    assert found == {}


def test_what_is_not_accessible_is_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<!doctype html><html><body><p style='color:#aaa'>pale</p><img src=x></body></html>"
    )
    with opened(browser, tmp_path / "a.html") as (page, _):
        found = " ".join(violations(page))
    assert all(rule in found for rule in ("color-contrast", "image-alt", "html-has-lang"))


@pytest.mark.parametrize("name", TYPES)
def test_no_page_scrolls_sideways_on_the_narrowest_screen(browser: Browser, shipped_site: Path, name: str) -> None:
    with opened(browser, shipped_site / name, size=NARROWEST) as (page, _):
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST[0]


def test_the_page_of_every_country_keeps_its_caps(browser: Browser, shipped_site: Path) -> None:
    over = {}
    for path in sorted(shipped_site.glob("countries/???.html")):
        with opened(browser, path) as (page, _):
            words = len(page.evaluate("document.querySelector('main').innerText").split())
            sections = [one for one in page.evaluate(SECTIONS) if one[0] != "references"]
        screens = sum(height for _, height, _ in sections) / DESK[1]
        long = [
            key
            for key, height, subjects in sections
            if height > max(SECTION_SCREENS, SUBJECT_SCREENS * subjects) * DESK[1]
        ]
        weight = path.stat().st_size
        if screens > SCREENS or words > WORDS or weight > BYTES or long:
            over[path.stem] = (round(screens, 1), words, weight, long)
    assert over == {}


def test_a_phone_needs_no_more_than_its_screens(browser: Browser, shipped_site: Path) -> None:
    over = {}
    for path in sorted(shipped_site.glob("countries/???.html")):
        with opened(browser, path, size=PHONE) as (page, _):
            screens = page.evaluate("document.documentElement.scrollHeight") / PHONE[1]
        if screens > PHONE_SCREENS:
            over[path.stem] = round(screens, 1)
    assert over == {}


def test_the_panel_opens_by_keyboard_and_gives_the_focus_back(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "countries/KAZ.html") as (page, wrong):
        marker = page.locator("#actors :is(a.sd-m, a.sd-m1)").first
        marker.scroll_into_view_if_needed()
        marker.focus()
        before, history = page.evaluate("scrollY"), page.evaluate("history.length")
        page.keyboard.press("Enter")
        assert page.locator("#sd-panel").is_visible()
        assert page.evaluate("document.activeElement.id") == "sd-panel-title"
        assert page.locator("#sd-panel li").count() > 0
        assert page.evaluate("scrollY") == before, "the reading position does not move"
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Close", "the button is the next stop"
        page.keyboard.press("Enter")
        assert not page.locator("#sd-panel").is_visible()
        assert marker.evaluate("(one) => document.activeElement === one")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        assert not page.locator("#sd-panel").is_visible()
        assert marker.evaluate("(one) => document.activeElement === one")
        assert (page.evaluate("scrollY"), page.evaluate("history.length")) == (before, history)
        assert wrong == []


def test_the_panel_shows_what_sources_state_about_the_value_asked_only(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "countries/KAZ.html") as (page, _):
        marker = page.locator(":is(#union-density ~ p, #f-density) :is(a.sd-m, a.sd-m1)").first
        marker.click()
        stated = page.locator("#sd-panel ul li").all_inner_texts()
        assert stated
        assert all("density" in text.lower() for text in stated)


def test_a_marker_leads_to_its_reference_and_back_without_scripts(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "countries/KAZ.html", scripts=False) as (page, _):
        marker = page.locator("#actors :is(a.sd-m, a.sd-m1)[id]").first
        target, own = marker.get_attribute("href"), marker.get_attribute("id")
        marker.click()
        assert page.url.endswith(str(target))
        assert page.locator(f"{target}").is_visible()
        back = page.locator('ol.sd-refs a[href^="#m"]').first
        back.click()
        assert re.search(r"#m\d+$", page.url)
        assert own is not None


def test_countries_of_a_comparison_are_chosen_and_the_address_keeps_them(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "comparison.html") as (page, wrong):
        rows = page.locator("#f-latest-ilr-tumt-noc-rt tbody tr")
        every = rows.count()
        page.locator("#sd-choose summary").click()
        page.locator("#sd-choose label", has_text="Kazakhstan").click()
        assert [row.is_visible() for row in rows.all()].count(True) == 1
        assert page.url.endswith("#countries=KAZ")
        page.reload()
        assert [row.is_visible() for row in rows.all()].count(True) == 1
        page.locator("#sd-choose label", has_text="Kazakhstan").click()
        assert [row.is_visible() for row in rows.all()].count(True) == every > 1
        assert wrong == []


def test_a_table_is_sorted_by_the_column_asked_for(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "comparison.html") as (page, _):
        head = page.locator("#t-collection thead th", has_text="Reported events")
        counts = page.locator("#t-collection tbody tr td:nth-child(3)")
        head.locator("button").click()
        up = [int(text.replace(",", "")) for text in counts.all_inner_texts()]
        assert up == sorted(up)
        assert head.get_attribute("aria-sort") == "ascending"
        head.locator("button").click()
        assert [int(text.replace(",", "")) for text in counts.all_inner_texts()] == sorted(up, reverse=True)


def test_a_country_fits_on_few_sheets_of_paper(browser: Browser, shipped_site: Path, tmp_path: Path) -> None:
    pages = {}
    for path in sorted(shipped_site.glob("countries/???.html")):
        with opened(browser, path) as (page, _):
            printed = page.pdf(path=tmp_path / f"{path.stem}.pdf", format="A4", prefer_css_page_size=True)
        pages[path.stem] = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert {name: count for name, count in pages.items() if not 1 <= count <= PAPER} == {}


def test_a_button_prints_where_scripts_run_and_is_absent_where_they_do_not(
    browser: Browser, shipped_site: Path
) -> None:
    path = shipped_site / "countries/KAZ.html"
    with opened(browser, path) as (page, wrong):
        page.evaluate("window.print = () => { window.printed = true; }")
        page.locator("#sd-print button").click()
        assert page.evaluate("window.printed") is True
        assert wrong == []
        page.emulate_media(media="print")
        assert not page.locator("#sd-print").is_visible()
    with opened(browser, path, scripts=False) as (page, _):
        assert not page.locator("#sd-print").is_visible()


def test_charts_follow_the_theme_in_the_dark(browser: Browser, shipped_site: Path) -> None:
    with opened(browser, shipped_site / "countries/KAZ.html", dark=True) as (page, _):
        grounds = page.evaluate(
            "[...document.querySelectorAll('.sd-plot')].map((one) => getComputedStyle(one).backgroundColor)"
        )
        assert grounds
        assert set(grounds) == {"rgba(0, 0, 0, 0)"}, "no pale slab"
        ink = page.evaluate("getComputedStyle(document.querySelector('.sd-plot svg text')).fill")
        assert min(map(int, re.findall(r"\d+", ink))) > 120, "words of a chart are light"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("HAK-İŞ", "HAK-İŞ"),
        ("Hak Is", "HAK-İŞ"),
        ("ФПРК", "Federation of Trade Unions of the Republic of Kazakhstan"),
        ("Zhanaozen", "Zhanaozen"),
        ("Жанаозен", "Zhanaozen"),
        ("Kazakhstan", "Kazakhstan"),
        ("Қазақстан", "Kazakhstan"),
    ],
)
def test_search_finds_names_in_every_script_from_disk(
    browser: Browser, shipped_site: Path, asked: str, first: str
) -> None:
    with opened(browser, shipped_site / "index.html") as (page, wrong):
        page.locator("#sd-search-input").fill(asked)
        found = page.locator("#sd-search li")
        assert first in found.first.inner_text()
        found.first.locator("a").click()
        target = page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1)))?.id ?? 'top'")
        assert target != ""
        assert wrong == []


def test_a_search_without_a_result_says_so_and_no_other_page_loads_the_index(
    browser: Browser, shipped_site: Path
) -> None:
    with opened(browser, shipped_site / "index.html") as (page, _):
        page.locator("#sd-search-input").fill("xyzzy")
        assert page.locator("#sd-search li").count() == 0
        assert page.locator("#sd-search [role=status]").inner_text() == "Nothing found."
    loading = [path.name for path in shipped_site.rglob("*.html") if "search.js" in path.read_text(encoding="utf-8")]
    assert loading == ["index.html"]
