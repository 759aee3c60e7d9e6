"""Evidence is numbered in reading order, and shown once where it is the same."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import polars as pl
import pytest

from socdialog.display.evidence_markers import EvidenceBook, number_evidence
from socdialog.display.html import render_evidence, render_section, table_look
from socdialog.display.parts import Column, Section, Value, headed, sentence, table
from tests.small_evidence import evidence

EVIDENCE = evidence(
    {"row_id": "events:1", "source_id": "s1", "subject": "one"},
    {"row_id": "events:2", "source_id": "s1", "subject": "two"},
    {"row_id": "events:2", "source_id": "s2", "subject": "two"},
    {"row_id": "events:3", "source_id": "s2", "subject": "three"},
    {"row_id": "sources:s1", "source_id": "s1", "subject": "Title of s1"},
    {"row_id": "events:4", "source_id": "s3", "subject": "<script>alert(1)</script>"},
)
CITATIONS = pl.DataFrame(
    {
        "source_id": ["s1", "s2", "s3"],
        "publisher": ["Outlet A", "Outlet B", "<b>Evil & co"],
        "title": ["Title of s1", None, None],
        "url": ["https://a.example/1", "https://www.b.example/news/2024/a-story", "https://c.example/?a=1&b=2"],
        "published": ["2024-05-01", None, None],
        "language": ["en", "ru", "en"],
        "copy_of": pl.Series([None, None, None], dtype=pl.String),
    }
)


def page(*parts: object) -> tuple[Section, EvidenceBook]:
    section = Section("s", "Section", tuple(parts))  # type: ignore[arg-type]
    return section, number_evidence([section], evidence=EVIDENCE, citations=CITATIONS)


def test_sources_are_numbered_in_the_order_a_reader_meets_them() -> None:
    _, book = page(sentence(Value("x", ("events:3",))), sentence(Value("y", ("events:1",))))
    assert [source.source_id for source in book.sources] == ["s2", "s1"]
    assert book.marker(("events:1",)).text == "2"


def test_a_set_of_several_sources_has_a_number_of_its_own() -> None:
    _, book = page(sentence(Value("x", ("events:2",))))
    assert book.marker(("events:2",)) == ("E1", "e1", 2)


def test_a_value_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="no source stands behind 1 row"):
        page(sentence(Value("x", ("events:9",))))


def test_a_row_bears_one_marker_for_values_on_the_same_sources() -> None:
    same = table("t", "Caption", ["a", "b", "c"], [(Value("1", ("events:1",)), Value("2", ("events:1",)), "x")])
    apart = table("t", "Caption", ["a", "b"], [(Value("1", ("events:1",)), Value("2", ("events:3",)))])
    assert render_section(*page(same)).count("<a href=#s") == 1
    assert render_section(*page(apart)).count("<a href=#s") == 2


def test_what_sources_say_alike_is_printed_once() -> None:
    html = render_evidence(page(sentence(Value("x", ("events:2",))))[1])
    assert html.count("two") == 1
    assert "Outlet A, 1 May 2024; " in html.replace('<a href="#s2">2</a> ', "")


def test_a_title_is_not_repeated_as_what_the_source_says() -> None:
    html = render_evidence(page(sentence(Value("x", ("sources:s1",))))[1])
    assert html.count("Title of s1") == 1


def test_a_source_without_a_title_shows_where_it_is() -> None:
    html = render_evidence(page(sentence(Value("x", ("events:3",))))[1])
    assert ">b.example/news/2024/a-story</a>" in html


def test_a_source_known_by_its_host_alone_is_named_once() -> None:
    known = CITATIONS.with_columns(publisher=pl.lit("b.example")).filter(pl.col("source_id") == "s2")
    only = sentence(Value("x", ("events:3",)))
    rows = EVIDENCE.filter(pl.col("row_id") == "events:3")
    html = render_evidence(number_evidence([Section("s", "S", (only,))], evidence=rows, citations=known))
    assert re.search('<li id=s1><a href="?https://www.b.example/news/2024/a-story"?>b.example</a>, no date', html)


def test_hostile_text_stays_text() -> None:
    hostile = sentence(Value("<img src=x onerror=alert(1)>", ("events:4",)), "<script>x</script>")
    section, book = page(hostile, table("t", '"><script>', ["<b>"], [("</td><script>",)], note="<i>"))
    html = render_section(section, book) + render_evidence(book)
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_table_about_different_things_bears_a_marker_in_each_cell() -> None:
    shown = table(
        "t", "Caption", ["a", "#X", "#Y"], [("n", Value("1", ("events:1",)), Value("2", ("events:1",)))], apart=True
    )
    assert render_section(*page(shown)).count("<a href=#s") == 2


def test_sources_met_at_once_are_numbered_by_where_they_are_met_next() -> None:
    both, later = sentence(Value("x", ("events:1", "events:3"))), sentence(Value("y", ("events:3",)))
    _, book = page(both, later)
    assert [source.source_id for source in book.sources] == ["s1", "s2"]
    _, book = page(both, sentence(Value("y", ("events:3",))), sentence(Value("z", ("events:1",))))
    assert [source.source_id for source in book.sources] == ["s2", "s1"]


def test_what_a_set_says_is_not_repeated_where_each_source_says_it() -> None:
    parts = (sentence(Value("x", ("events:1", "events:3"))), sentence(Value("y", ("events:1",))))
    assert render_evidence(page(*parts)[1]).count("three") == 1
    html = render_evidence(page(*parts, sentence(Value("z", ("events:3",))))[1])
    sets, sources = html.split("Sources, numbered")
    assert [sources.count(f"<li>{words}") for words in ("one", "three")] == [1, 1]
    assert "three" not in sets


def test_sets_of_which_all_is_printed_with_the_sources_share_a_number() -> None:
    alone = (sentence(Value("y", ("events:1",))), sentence(Value("z", ("events:3",))))
    _, book = page(
        sentence(Value("x", ("events:1", "events:3"))), *alone, sentence(Value("w", ("events:3", "events:1")))
    )
    assert book.marker(("events:1", "events:3")) == book.marker(("events:3", "events:1"))
    # What the two sources say of the second event is printed in its set only, which so reads otherwise.
    _, book = page(sentence(Value("x", ("events:1", "events:3"))), *alone, sentence(Value("w", ("events:2",))))
    assert book.marker(("events:1", "events:3")).text == "E1"
    assert book.marker(("events:2",)).text == "E2"


def test_a_heading_stands_on_a_card_and_ends_no_style() -> None:
    hostile = """it's "x"; \\ } </style>"""
    look = str(table_look(headed(["first", "#second", hostile, "fourth"])))
    assert look.startswith('class="sd-table sd-n2 sd-cards" style="--c1:')
    assert "--c2:'Second'" in look.replace("&#39;", "'")
    style = unescape(look.split('style="')[1].removesuffix('"'))
    assert [part.split(":")[0] for part in re.split(r";(?=--)", style)] == ["--c1", "--c2", "--c3", "--c4"]
    assert not re.search(r"""[^:]'[^;]|[\\"]x""", style.removesuffix("'"))


def test_a_heading_that_bears_a_marker_stays_in_sight() -> None:
    columns = [Column("year"), *(Column(f"release {n}", numeric=True, bundle=f"b{n}") for n in range(4))]
    assert "sd-cards" not in str(table_look(columns))


@pytest.mark.parametrize("url", ["https://c.example/?a=1&b=2", "https://c.example/a b", "https://c.example/'x'/"])
def test_an_address_stays_one_attribute(url: str) -> None:
    cited = CITATIONS.with_columns(url=pl.lit(url))
    section = Section("s", "Section", (sentence(Value("x", ("events:1",))),))
    html = render_evidence(number_evidence([section], evidence=EVIDENCE, citations=cited))
    reader = _Links()
    reader.feed(html)
    assert url in reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href"]
