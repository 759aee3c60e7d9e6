"""A page is light enough for a slow line: at most 300 kB, all of it together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from socdialog.profiles import Profile
from socdialog.site.page_shell import render_page
from socdialog.site.pages import PageInfo
from tests.net.shipped import path_of

pytestmark = pytest.mark.xdist_group("site")
MOST = 300_000


def page_of(body: str) -> str:
    info = PageInfo("countries/TUR.html", "Türkiye", "country", "TUR", "2026-11")
    return render_page(body, info, site_title="Social dialogue")


def test_every_page_of_the_shipped_study_is_light(profiles: Mapping[str, Profile], shipped_site: Path) -> None:
    sizes = {name: (shipped_site / path_of(name)).stat().st_size for name in profiles}
    assert len(sizes) > 5
    assert {name: size for name, size in sizes.items() if size > MOST} == {}


def test_the_measure_counts_the_whole_page() -> None:
    empty = len(page_of("<p>a</p>").encode())
    assert empty > 5_000, "the style is part of the page"
    assert len(page_of(f"<p>{'a' * MOST}</p>").encode()) == pytest.approx(MOST + empty, abs=300)
