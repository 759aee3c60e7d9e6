"""A whole site: every page sound, every link arrives, failures told, no people, the same bytes again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest

from socdialog.intake.problems import Problem
from socdialog.site.page_shell import SiteInfo, page_faults, render_page
from socdialog.site.pages import PageInfo, PageResult
from socdialog.site.writing import write_site
from socdialog.store.fingerprint import sha256_file
from socdialog.store.remembering import Remembered, made_anew
from socdialog.store.study import Notes
from tests.small_site import clean_table

NAME = "Ayşe Demirtaş"
NOTES = Notes(
    title="A study",
    region="here",
    publisher="P",
    data_licence="Free",
    about="About <it>.",
    origins={
        "activity": {"do_not_conclude": "No rates.", "method": "By hand.", "compiled_from": [{"publisher": "Pages"}]}
    },
)


def report(name: str, event: str) -> dict[str, object]:
    return {
        "report_id": f"{name}#1",
        "source_id": name,
        "event_id": event,
        "label": "A <b>strike</b>",
        "kind": "strike",
    }


FEATURES = '[{"feature": "undated"}]'
TABLES = {
    "countries": clean_table(
        "countries",
        {"country": "KAZ", "own_name": "Қазақстан"},
        {"country": "TKM", "own_name": "T"},
        {"country": "UZB"},
    ),
    "sources": clean_table(
        "sources", {"source_id": "a", "publisher": "A", "url": "https://a.org/1", "note": f"remark on {NAME}"}
    ),
    "citations": clean_table(
        "citations",
        {"source_id": "a", "publisher": "<script>A</script>", "url": "https://a.org/1", "published": "2024-05"},
        {"source_id": "b", "publisher": "B"},
    ),
    "reports": clean_table("reports", report("a", "e1"), report("b", "e1")),
    "events": clean_table(
        "events",
        {
            "event_id": "e1",
            "label": "A <b>strike</b>",
            "kind": "strike",
            "status": "held",
            "n_sources": 2,
            "report_ids": ["a#1", "b#1"],
            "countries": ["KAZ", "TKM"],
        },
    ),
    "actors": clean_table(
        "actors",
        {"report_id": "a#1", "name": "Known", "org_id": "o"},
        {"report_id": "a#1", "name": "Unheard of", "suggestion": ["o"]},
    ),
    "organisations": clean_table("organisations", {"org_id": "o", "name": "The Known Union"}),
    "links": clean_table(
        "links", {"report_a": "a#1", "report_b": "b#1", "judgement": "doubtful", "features": FEATURES}
    ),
    "disagreements": clean_table(
        "disagreements",
        {
            "disagreement_id": "c1",
            "kind": "arithmetic",
            "status": "open",
            "country": "KAZ",
            "row_ids": ["figures:a#1|1"],
            "check": "share",
            "details": '{"part": 49, "whole": 68, "right": 72.06, "printed": 28}',
        },
    ),
    "figures": clean_table(
        "figures",
        {
            "row_id": "figures:a#1|1",
            "report_id": "a#1",
            "attributed_to": NAME,
            "claimed_by": "an official (name withheld)",
        },
    ),
    "people": clean_table("people", {"report_id": "a#1", "name": NAME}),
}
PROBLEMS = [
    Problem("me/raw/activity/x.csv", 3, "end", "x <i>", "warning", "r"),
    Problem("me/raw/activity/x.csv", 4, "end", "not shown", "error", "r"),
]


EMPTY = b'{"cells": []}'


def page(info: PageInfo) -> str:
    body = '<section id="activity"><h2>Activity</h2><p>x</p></section><section id="law"><h2>Law</h2></section>'
    return render_page(body, info, site_title=NOTES.title)


def result(
    country: str, title: str, *, status: str, kept_from: str | None = None, reason: str | None = None
) -> PageResult:
    info = PageInfo(f"countries/{country}.html", title, "country", country, "2026-11", kept_from, reason)
    html = None if status == "failed" else page(info)
    return PageResult(
        info,
        html,
        None if html is None else b'{"cells": []}',
        inputs={"data": "ab"},
        parameters={"country": country},
        status=status,
    )


def write(
    folder: Path,
    *,
    with_people: bool = False,
    built: str = "built",
    tables: Mapping[str, pl.DataFrame] = TABLES,
    remembered: Remembered = made_anew,
) -> Path:
    stale = PageInfo("comparison.html", "Comparison", "comparison", None, "2026-10")
    pages = [
        result("UZB", "Uzbekistan", status="failed", reason="Traceback\n  /home/me/x.py"),
        result("KAZ", "Kazakhstan", status=built),
        result("TKM", "Turkmenistan", status="kept", kept_from="2026-08", reason="it took too long"),
        PageResult(stale, page(stale), EMPTY, status="stale"),
    ]
    write_site(
        folder,
        pages,
        tables,
        problems=PROBLEMS,
        site=SiteInfo(NOTES, "2026-11", "cd" * 32, with_people=with_people, version="9.9"),
        remembered=remembered,
    )
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("site"))


def text(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def test_every_page_is_sound(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 20
    for path in pages:
        assert page_faults(path.read_text(encoding="utf-8")) == (), path


def test_every_link_within_the_site_arrives(site: Path) -> None:
    for path in site.rglob("*.html"):
        for target in re.findall(r'href="([^"]*)"', path.read_text(encoding="utf-8")):
            if target.startswith("https://a.org"):
                continue
            name, _, anchor = target.partition("#")
            arrived = (path.parent / name) if name else path
            assert arrived.is_file(), f"{path.name}: {target}"
            if anchor and arrived.suffix == ".html":
                assert f'id="{anchor}"' in arrived.read_text(encoding="utf-8"), f"{path.name}: {target}"


def test_the_index_tells_the_state_of_each_page(site: Path) -> None:
    index = text(site, "index.html")
    rows = dict(re.findall(r'<tr id="(\w+)">(.*?)</tr>', index, flags=re.DOTALL))
    assert list(rows) == ["KAZ", "TKM", "UZB"]
    assert 'href="countries/KAZ-events.html">1</a>' in rows["KAZ"]
    assert "sd-flag" not in rows["KAZ"]
    assert "Kept from the August 2026 edition: it took too long" in rows["TKM"]
    assert 'href="countries/UZB.html' not in rows["UZB"]
    assert "no data found" in rows["UZB"]
    assert ">0<" not in rows["UZB"]
    assert "The page could not be built" in rows["UZB"]
    assert "/home" not in index
    assert "Out of date" in index
    assert "About &lt;it&gt;." in index
    assert "No rates." in text(site, "data.html")


def test_a_kept_page_says_so_and_the_others_do_not(site: Path) -> None:
    assert "Kept from the August 2026 edition." in text(site, "countries/TKM.html")
    assert "Kept from" not in text(site, "countries/KAZ.html")


def test_quality_lists_what_is_open(site: Path) -> None:
    quality = text(site, "quality.html")
    for said in (
        "49 of 68 is 72.1%, not 28%.",
        "28%",
        "&lt;script&gt;A&lt;/script&gt;",
        "Unheard of",
        "The Known Union",
        "Both undated",
        "A &lt;b&gt;strike&lt;/b&gt;",
        "1 of 2 mentions",
    ):
        assert said in quality, said
    warnings = text(site, "data/quality_warnings.csv")
    assert "activity/x.csv,end,x <i>" in warnings
    for shown in (quality, warnings):
        assert "me/raw" not in shown
        assert "not shown" not in shown


def test_the_codebook_defines_tables_and_codes(site: Path) -> None:
    codebook = text(site, "codebook.html")
    assert 'id="table-reports"' in codebook
    assert 'id="vocabulary-event_kinds"' in codebook
    assert "Names people; not published here." in codebook


def test_the_citation_of_the_study_is_a_file_too(site: Path) -> None:
    entry = (site / "data" / "citation.bib").read_text(encoding="utf-8")
    assert entry.startswith("@misc{a-study-2026, author = {{P}}, title = {{A study}}, year = {2026}, note = {")
    assert entry.endswith("}\n")


def test_no_person_is_named_unless_asked_for(site: Path, tmp_path: Path) -> None:
    for path in site.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert NAME not in path.read_text(encoding="utf-8"), path
    assert not (site / "data" / "people.csv").exists()
    figures = pl.read_parquet(site / "data" / "figures.parquet")
    assert figures.get_column("attributed_to").to_list() == ["an official (name withheld)"]
    assert "claimed_by" not in figures.columns, "said once"
    assert "note" not in pl.read_parquet(site / "data" / "sources.parquet").columns
    assert "Not published, because it may name a person." in text(site, "codebook.html")
    asked = write(tmp_path, with_people=True)
    assert NAME in text(asked, "data/people.csv")
    assert NAME in text(asked, "data/figures.csv")
    assert "remark on" in text(asked, "data/sources.csv")
    assert "Not published, because it may name a person." not in text(asked, "codebook.html")


def test_the_manifest_lists_every_file_and_page(site: Path) -> None:
    manifest = json.loads(text(site, "manifest.json"))
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} - {"manifest.json"}
    assert set(manifest["files"]) == files
    for name, entry in manifest["files"].items():
        assert entry == {"bytes": (site / name).stat().st_size, "sha256": sha256_file(site / name)}
    assert manifest["pages"]["countries/TKM.html"]["kept_from"] == "2026-08"
    assert manifest["pages"]["countries/UZB.html"]["status"] == "failed"
    assert manifest["pages"]["countries/KAZ.html"]["inputs"] == {"data": "ab"}
    assert manifest["package"] == {"name": "socdialog", "version": "9.9"}


def test_the_same_site_is_the_same_bytes_whether_a_page_was_built_now_or_earlier(site: Path, tmp_path: Path) -> None:
    again = write(tmp_path, built="unchanged")
    for path in sorted(again.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (site / path.relative_to(again)).read_bytes(), path


@pytest.mark.parametrize("name", ["index.html", "data.html", "quality.html", "countries/KAZ.html"])
def test_contents_of_a_page_are_its_sections_in_their_order(site: Path, name: str) -> None:
    page = text(site, name)
    contents = page[page.index('<nav class="sd-side"') : page.index('<nav class="sd-menu"')]
    listed = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', contents)
    assert listed
    assert listed == re.findall(r'<section[^>]* id="([^"]+)"[^>]*>\s*<h2>([^<]+)</h2>', page)


def test_a_manifest_gives_back_the_page_it_was_written_from() -> None:
    page = PageInfo("countries/KAZ.html", "Kazakhstan", "country", "KAZ", "2026-11", "2026-08", "late", "Қазақстан")
    entry = page.entry()
    assert "path" not in entry
    assert PageInfo.of_entry(page.path, {**entry, "status": "kept", "inputs": {}}) == page
    del entry["subtitle"]
    assert PageInfo.of_entry(page.path, entry).subtitle == ""


def pages_of(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.html")}


@pytest.mark.parametrize(
    ("table", "column", "remade"),
    [
        ("actors", "role", {"organisations", "of KAZ", "of TKM"}),
        ("citations", "publisher", {"organisations", "of KAZ", "of TKM", "of UZB"}),
        ("countries", "own_name", {"organisations", "of KAZ", "of TKM", "of UZB"}),
        ("events", "label", {"organisations", "of KAZ", "of TKM"}),
        ("organisations", "name", {"organisations", "of KAZ", "of TKM"}),
        ("reports", "label", {"organisations", "of KAZ", "of TKM"}),
        ("figures", "unit", {"of KAZ", "of TKM"}),
        ("links", "judgement", {"of KAZ", "of TKM"}),
    ],
)
def test_pages_that_are_remembered_are_those_that_would_be_made(
    tmp_path: Path, table: str, column: str, remade: set[str]
) -> None:
    memory: dict[str, Mapping[str, bytes]] = {}
    made: set[str] = set()

    def remembered(made_from: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        if made_from not in memory:
            memory[made_from] = make()
            countries = {name.split("/")[1][:3] for name in memory[made_from] if name.startswith("countries/")}
            made.update(f"of {country}" for country in countries)
            made.update({"organisations"} if "organisations.html" in memory[made_from] else ())
        return memory[made_from]

    write(tmp_path / "first", remembered=remembered)
    assert made == {"organisations", "of KAZ", "of TKM", "of UZB"}
    made.clear()
    tables = {**TABLES, table: TABLES[table].with_columns(pl.lit("changed").alias(column))}
    write(tmp_path / "changed", tables=tables, remembered=remembered)
    assert made == remade
    assert pages_of(tmp_path / "changed") == pages_of(write(tmp_path / "anew", tables=tables))
