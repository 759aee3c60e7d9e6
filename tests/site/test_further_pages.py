"""The site of the shipped data as a whole: every link arrives, every list is what its count says, nobody is named."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import polars as pl

from socdialog.loaders.fresh import Frozen
from socdialog.site.guard import refuse_people
from socdialog.site.page_shell import page_faults

#: No page is heavier, so that it opens on a slow line.
MOST = 300_000
_LIST = re.compile(r'<h3 id="([^"]+)">.*?: ([\d\s,]+) events?</h3>\s*<ul class="sd-list">(.*?)</ul>', re.DOTALL)


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def ids(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\sid="?([^"\s>]+)', text(path)))


def lost_links(site: Path) -> list[str]:
    """Links within a site that lead to no file, or to no place of a page."""
    lost = []
    for path in sorted(site.rglob("*.html")):
        for target in set(re.findall(r'href="?([^"\s>]+)', text(path))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            arrived = (path.parent / unquote(name)).resolve() if name else path
            # Executed notebooks are not written by the site itself.
            if arrived.suffix == ".ipynb":
                continue
            if not arrived.is_file() or (anchor and arrived.suffix == ".html" and anchor not in ids(arrived)):
                lost.append(f"{path.name}: {target}")
    return lost


def test_every_link_of_every_page_arrives(shipped_site: Path) -> None:
    assert lost_links(shipped_site) == []


def test_a_lost_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="here"><a href="b.html#there">b</a><a href="#here">a</a></p>')
    (tmp_path / "b.html").write_text('<p id="other">b</p>')
    assert lost_links(tmp_path) == ["a.html: b.html#there"]


def test_every_page_is_sound_and_light(shipped_site: Path) -> None:
    made = sorted((*shipped_site.glob("countries/*-*.html"), *shipped_site.glob("organisations/*.html")))
    assert len(made) > 9 * 3, "profiles have a test of their own"
    assert {path.name: page_faults(text(path)) for path in made if page_faults(text(path))} == {}
    assert {path.name: path.stat().st_size for path in made if path.stat().st_size > MOST} == {}


def test_every_list_holds_as_many_events_as_it_says_each_once(shipped_site: Path, shipped_data: Frozen) -> None:
    events = shipped_data.tables["events"]
    for country in shipped_data.tables["countries"].get_column("country"):
        path = shipped_site / "countries" / f"{country}-events.html"
        own = events.filter(pl.col("countries").list.contains(country))
        pages = sorted(path.parent.glob(f"{country}-events*.html"))
        shown = [one for page in pages for one in re.findall(r'<article class="sd-event" id="([^"]+)"', text(page))]
        assert sorted(shown) == sorted(own["event_id"])
        found = _LIST.findall(text(path))
        lists = {anchor: (count, re.findall(r'href="[^"#]*#([^"]+)"', items)) for anchor, count, items in found}
        for anchor, (count, listed) in lists.items():
            assert len(listed) == len(set(listed)) == int(re.sub(r"\D", "", count)), f"{country} {anchor}"
        for kind in own["kind"].unique():
            expected = set(own.filter(pl.col("kind") == kind)["event_id"])
            assert set(lists[f"type-{kind.replace('_', '-')}"][1]) == expected, f"{country} {kind}"
        undated = set(own.filter(pl.col("start_date").is_null())["event_id"])
        assert set(lists["undated"][1] if undated else ()) == undated


def test_no_page_names_a_person(shipped_site: Path, shipped_data: Frozen) -> None:
    refuse_people(shipped_site, shipped_data.people)
