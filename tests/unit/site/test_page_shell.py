"""The shell takes the outputs of a notebook and nothing else, and what it adds can be set anew."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from socdialog.errors import DataError
from socdialog.site.page_shell import Link, asset, edition_words, finish_page, render_page
from socdialog.site.pages import PageInfo

PAGE = PageInfo("countries/KAZ.html", "Kazakhstan", "country", "KAZ", "2026-11", subtitle="Қазақстан")
SECTION = '<section id="actors"><h2>Actors</h2><p>Two <a href="#s1">[1]</a></p></section>'
EVIDENCE = '<section id="references"><h2>References</h2><ol><li id="s1">x</li></ol></section>'


def page(*html: str, info: PageInfo = PAGE) -> str:
    return render_page("\n".join(html), info, site_title="A <study>")


def test_the_body_is_the_outputs_in_order() -> None:
    made = page(SECTION, EVIDENCE)
    assert made.index(SECTION) < made.index(EVIDENCE)
    assert '<li><a href="#actors">Actors</a></li>' in made
    assert '<li><a href="#references">References</a></li>' in made


def test_an_empty_body_gives_no_page() -> None:
    with pytest.raises(DataError, match="no output"):
        page(" ")


def test_a_page_with_a_fault_is_refused_with_every_fault() -> None:
    with pytest.raises(DataError) as caught:
        page(SECTION, "<script></script>")
    assert caught.value.details == ("an element <script>", "a link to #s1 arrives nowhere")


def test_titles_are_escaped() -> None:
    made = page("<p>x</p>", info=replace(PAGE, title="<script>alert(1)</script>", subtitle='"><img src=x>'))
    assert made.count("<script") == 1, "our own"
    assert "&lt;script&gt;alert(1)" in made
    assert "<img" not in made
    assert "A &lt;study&gt;" in made


def test_head_and_language() -> None:
    made = page(SECTION, EVIDENCE)
    assert '<html lang="en">' in made
    assert "<title>Kazakhstan – A &lt;study&gt;</title>" in made
    assert '<meta name="description" content="Two">' in made
    assert 'class="sd-skip" href="#sd-main"' in made
    assert "Country profile · November 2026 edition" in made
    assert 'href="../notebooks/KAZ.ipynb"' in made
    assert "@media print" in made


def test_links_and_the_kept_mark_can_be_set_again_and_again() -> None:
    first = page(SECTION, EVIDENCE)
    around = [
        Link("comparison.html", "Comparison"),
        Link("countries/ARM.html", "Armenia"),
        Link("countries/KAZ.html", "Kazakhstan"),
        Link("countries/UZB.html", "Uzbekistan"),
    ]
    kept = replace(PAGE, kept_from="2026-08", kept_reason="<b>it</b> failed")
    once = finish_page(first, kept, neighbours=around)
    assert '<a href="../comparison.html">Comparison</a>' in once
    assert '<a rel="prev" href="../countries/ARM.html">← Armenia</a>' in once
    assert '<a rel="next" href="../countries/UZB.html">Uzbekistan →</a>' in once
    assert "Kept from the August 2026 edition." in once
    assert "&lt;b&gt;it&lt;/b&gt; failed" in once
    assert finish_page(once, kept, neighbours=around) == once
    assert finish_page(once, PAGE) == first


def test_an_edition_that_is_no_date_stands_as_it_is() -> None:
    assert edition_words("2026-11") == "November 2026"
    assert edition_words("spring") == "spring"


def test_the_style_is_small_and_fetches_nothing() -> None:
    style = asset("style.css").decode()
    assert len(style + asset("further.css").decode()) < 26_000
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme: dark" in style
    assert ":focus-visible" in style


def test_a_page_links_to_the_other_pages_about_its_country_that_are_there() -> None:
    wages = PageInfo("pages/wages-KAZ.html", "Wages: Kazakhstan", "further", "KAZ", "2026-11")
    links = [Link("countries/KAZ.html", "Kazakhstan"), Link("countries/TUR.html", "Türkiye")]
    links += [Link(f"pages/wages-{code}.html", f"Wages: {code}") for code in ("KAZ", "TUR")]
    links += [Link("pages/about_data.html", "About the data")]
    found = {}
    for page in (PAGE, wages):
        html = finish_page(render_page("<p>x</p>", page, site_title="A study"), page, neighbours=links)
        found[page.path] = re.findall(r'href="\.\./((?:countries|pages)/[^"]*)"', html)
    assert [one for one in found[PAGE.path] if "-events" not in one and "-sources" not in one] == [
        *("pages/wages-KAZ.html", "countries/TUR.html"),
    ], "further pages are not the next country"
    assert "countries/KAZ.html" in found[wages.path]
    assert not {"pages/wages-TUR.html", "countries/TUR.html"} & set(found[wages.path])
    assert 'id="sd-choose"' not in html, "no countries to choose among"
