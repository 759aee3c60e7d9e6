"""Evidence is numbered in reading order, and shown once where it is the same."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.display.evidence import EvidenceBook, number_evidence
from socdialog.display.html import render_evidence, render_section
from socdialog.display.parts import Section, Value, sentence, table

EVIDENCE = pl.DataFrame(
    {
        "row_id": ["events:1", "events:2", "events:2", "events:3", "sources:s1", "events:4"],
        "source_id": ["s1", "s1", "s2", "s2", "s1", "s3"],
        "table": ["events", "events", "events", "events", "sources", "events"],
        "says": ["one", "two", "two", "three", "Title of s1", "<script>alert(1)</script>"],
    }
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
    assert render_section(*page(same)).count("doc-noteref") == 1
    assert render_section(*page(apart)).count("doc-noteref") == 2


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


def test_hostile_text_stays_text() -> None:
    hostile = sentence(Value("<img src=x onerror=alert(1)>", ("events:4",)), "<script>x</script>")
    section, book = page(hostile, table("t", '"><script>', ["<b>"], [("</td><script>",)], note="<i>"))
    html = render_section(section, book) + render_evidence(book)
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
