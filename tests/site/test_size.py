"""A page is light enough for a slow line, all of it together, and short enough to be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from socdialog.profiles import Profile
from socdialog.site.page_caps import BYTES, over_caps
from socdialog.site.page_shell import render_page
from socdialog.site.pages import PageInfo
from tests.net.shipped import COMPARISON, path_of


def page_of(body: str) -> str:
    info = PageInfo("countries/TUR.html", "Türkiye", "country", "TUR", "2026-11")
    return render_page(body, info, site_title="Social dialogue")


def test_every_page_of_the_shipped_study_is_light(profiles: Mapping[str, Profile], shipped_site: Path) -> None:
    sizes = {name: (shipped_site / path_of(name)).stat().st_size for name in profiles}
    assert len(sizes) > 5
    assert {name: size for name, size in sizes.items() if size > BYTES} == {}


def test_every_page_of_a_country_is_within_its_caps(profiles: Mapping[str, Profile], shipped_site: Path) -> None:
    pages = [path_of(name) for name in profiles if name != COMPARISON]
    assert {path: excess for path in pages if (excess := over_caps((shipped_site / path).read_text()))} == {}


def test_the_measure_counts_the_whole_page() -> None:
    empty = len(page_of("<p>a</p>").encode())
    assert empty > 5_000, "the style is part of the page"
    assert len(page_of(f"<p>{'a' * BYTES}</p>").encode()) == pytest.approx(BYTES + empty, abs=300)
