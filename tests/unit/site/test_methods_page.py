"""The page of methods is for readers: each measure in plain words, short, with the table of verdicts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from markupsafe import escape

from socdialog.intake.disagreements.comparison import comparison
from socdialog.site import methods_page
from socdialog.site.methods_page import render_methods
from socdialog.site.page_shell import Link, SiteInfo, page_faults
from socdialog.store.study import Notes

#: Words that the page may have.
MOST = 4_000


@pytest.fixture(scope="module")
def page() -> str:
    return render_methods(
        SiteInfo(Notes(title="A study"), "2026-11", "", neighbours=(Link("comparison.html", "Comparison"),))
    )


def test_the_page_is_sound_and_short(page: str) -> None:
    assert page_faults(page) == ()
    assert not re.search(r'(href|src)="(https?:)?//', page)
    assert 'aria-current="page">Methods</a>' in page
    main = page.partition("<main")[2].partition("</main>")[0]
    assert 1_000 < len(unescape(re.sub(r"<[^>]+>", " ", main)).split()) <= MOST


def test_the_page_links_to_the_documentation_where_the_study_states_its_address(page: str) -> None:
    address = "https://example.org/docs/"
    linked = render_methods(SiteInfo(Notes(title="A study", docs_address=address), "2026-11", ""))
    assert f'<a href="{address}">Documentation of socdialog</a>' in linked
    assert page_faults(linked) == ()
    assert "Documentation of socdialog" not in page


def test_each_measure_has_its_question_and_every_part(page: str) -> None:
    for key in methods_page._MEASURES:
        section = page.partition(f'<section class="sd-section sd-short" id="{key}">')[2].partition("</section>")[0]
        assert re.search(r"<strong>[^<]+\?</strong>", section), key
        parts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", section))
        assert list(parts) == ["Computation", "Missing data", "Limitations", "Reference", "Used in"], key


def test_the_page_shows_the_table_that_makes_verdicts(page: str) -> None:
    section = page.partition('<section class="sd-section" id="verdicts">')[2].partition("</section>")[0]
    for row in comparison().verdicts:
        assert escape(row.because) in section
    assert "Unit and currency: different" in section
    assert "Nothing else differs" in section
