"""Sources are numbered in reading order; a clause, a row or a card has one marker."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import polars as pl
import pytest

from socdialog.display.evidence_markers import EvidenceBook, number_evidence
from socdialog.display.html import Page, table_look
from socdialog.display.parts import Card, Cards, Column, Figure, Section, Value, headed, sentence, table
from tests.small_evidence import evidence

EVIDENCE = evidence(
    {"row_id": "events:1", "source_id": "s1", "subject": "one"},
    {"row_id": "events:2", "source_id": "s1", "subject": "two"},
    {"row_id": "events:2", "source_id": "s2", "subject": "two"},
    {"row_id": "events:3", "source_id": "s2", "subject": "three"},
    {"row_id": "sources:s1", "source_id": "s1", "subject": "Title of s1"},
    {"row_id": "events:4", "source_id": "s3", "subject": "<script>alert(1)</script>"},
    {"row_id": "events:4", "source_id": "s4", "subject": "four"},
)
CITATIONS = pl.DataFrame(
    {
        "source_id": ["s1", "s2", "s3", "s4"],
        "publisher": ["Outlet A", "Outlet B", "<b>Evil & co", "Outlet D"],
        "title": ["Title of s1", None, None, None],
        "url": [
            "https://a.example/1",
            "https://www.b.example/news/2024/a-story",
            "https://c.example/?a=1&b=2",
            "https://d.example/",
        ],
        "published": ["2024-05-01", None, None, None],
        "language": ["en", "ru", "en", "en"],
        "copy_of": pl.Series([None, None, None, None], dtype=pl.String),
    }
)


def page(*parts: object) -> tuple[Section, EvidenceBook]:
    section = Section("s", "Section", tuple(parts))  # type: ignore[arg-type]
    return section, number_evidence([section], evidence=EVIDENCE, citations=CITATIONS)


def html_of(*parts: object, root: str | None = None) -> str:
    section, book = page(*parts)
    return Page(book, root=root).section(section)


def references(*parts: object) -> str:
    return Page(page(*parts)[1]).references()


def markers(html: str) -> list[str]:
    return re.findall(r"<a class=\"?sd-m[^>]*>\[([^]]*)\]</a>", html)


def test_sources_are_numbered_in_the_order_a_reader_meets_them() -> None:
    _, book = page(sentence(Value("x", ("events:3",))), sentence(Value("y", ("events:1",))))
    assert [source.source_id for source in book.sources] == ["s2", "s1"]
    assert book.marker(("events:1",)).text == "2"


def test_a_marker_names_up_to_three_sources_and_counts_more() -> None:
    several, every = ("events:1", "events:2", "sources:s1"), ("events:1", "events:2", "events:4")
    _, book = page(sentence(Value("x", several)), sentence(Value("y", every)))
    assert book.marker(several)[:2] == ("1, 2", "s1")
    assert book.marker(every)[:2] == ("4 sources", "set-1")
    assert list(book.sets) == [(1, 2, 3, 4)]


def test_a_value_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match="1 rows have no source, such as events:9"):
        page(sentence(Value("x", ("events:9",))))


def test_a_row_has_one_marker_for_all_its_values() -> None:
    row = (Value("1", ("events:1",)), Value("2", ("events:3",)), "x")
    html = html_of(table("t", "Caption", ["a", "b", "c"], [row]))
    assert markers(html) == ["1, 2"]
    assert html.index("Source") < html.index("[1, 2]")


def test_a_table_of_words_has_no_column_of_sources() -> None:
    assert "Source" not in html_of(table("t", "Caption", ["a"], [("x",)]))


def test_a_table_about_different_subjects_has_a_marker_in_each_cell() -> None:
    row = ("n", Value("1", ("events:1",)), Value("2", ("events:1",)))
    html = html_of(table("t", "Caption", ["a", "#X", "#Y"], [row], separate=True))
    assert markers(html) == ["1", "1"]
    assert ">Source<" not in html


def test_values_of_a_bundle_have_their_marker_in_the_heading() -> None:
    columns = ["year", Column("release", numeric=True, bundle="b")]
    rows = [("2020", Value("1", ("events:1",), bundle="b")), ("2021", Value("2", ("events:3",), bundle="b"))]
    assert markers(html_of(table("t", "Caption", columns, rows))) == ["1, 2"]


def test_a_clause_has_one_marker_at_its_end() -> None:
    one, other = ("events:1",), ("events:3",)
    html = html_of(
        sentence("It was ", Value("5", one), " days in ", Value("2020", one), ", and ", Value("6", other), ".")
    )
    assert "It was 5 days in 2020 <a class=" in html
    assert re.search(r"2020 <a [^>]*>\[1\]</a>, and 6 <a [^>]*>\[2\]</a>\.", html)


def test_words_in_brackets_are_one_with_their_clause() -> None:
    html = html_of(sentence("It had ", Value("5", ("events:1",)), " in 2020 (Office, 2024 release), as before."))
    assert re.search(r"in 2020 \(Office, 2024 release\) <a [^>]*>\[1\]</a>, as before\.", html)
    inside = html_of(sentence("It had a value (", Value("5", ("events:1",)), "), as before."))
    assert re.search(r"\(5\) <a [^>]*>\[1\]</a>, as before\.", inside)


def test_values_of_one_sentence_on_the_same_rows_share_the_last_marker() -> None:
    html = html_of(sentence("It was ", Value("5", ("events:1",)), ", not ", Value("6", ("events:1",)), "."))
    assert markers(html) == ["1"]
    assert html.index("[1]") > html.index("not 6")


def test_a_count_is_a_link_to_its_events_and_has_no_marker() -> None:
    count = sentence(Value("18 strikes", ("events:1",), to="countries/KAZ-events.html#type-strike"), " were found.")
    html = html_of(count, root="../")
    assert "<a href=../countries/KAZ-events.html#type-strike>18 strikes</a>" in html
    assert markers(html) == []
    assert page(count)[1].sources == ()
    assert "href" not in html_of(count), "a notebook has no site to go to"


def test_a_card_has_its_marker_after_its_source() -> None:
    html = html_of(Cards("keys", (Card("Density", Value("46.9%", ("events:1",)), "2017", "ILOSTAT"),)))
    assert re.search(r"ILOSTAT <a [^>]*>\[1\]</a>", html)


def test_a_marker_says_what_its_sources_state_about_the_value_only() -> None:
    parts = (sentence(Value("x", ("events:1",))), sentence(Value("y", ("events:2",))))
    section, book = page(*parts)
    first, second = (book.marker((row,)) for row in ("events:1", "events:2"))
    stated = {note.number: note.text for notes in book.notes.values() for note in notes}
    assert [stated[number] for number in first.notes] == ["One"]
    assert [stated[number] for number in second.notes] == ["Two", "Two"]
    assert "data-n=1 " in Page(book).section(section)
    items = re.findall(r"<li>([^<]*)", Page(book).references())
    assert items == [stated[number] for number in sorted(stated)], "a marker names what is stated by its place"


def test_the_first_marker_of_a_source_is_what_its_reference_links_back_to() -> None:
    section, book = page(sentence(Value("x", ("events:1",))), sentence(Value("y", ("events:1",))))
    one = Page(book)
    assert one.section(section).count("id=m1") == 1
    assert "href=#m1" in one.references()


def test_a_marker_that_no_reference_leads_back_to_has_no_id() -> None:
    """The second source is met with the second marker, so that nothing leads back to the third."""
    html = html_of(*(sentence(Value(text, (f"events:{text}",))) for text in "123"))
    assert markers(html) == ["1", "1, 2", "2"]
    assert re.findall(r"id=m(\d+)", html) == ["1", "2"]


def test_one_independent_source_is_marked() -> None:
    copied = CITATIONS.with_columns(copy_of=pl.Series([None, "s1", None, None], dtype=pl.String))
    section = Section("s", "S", (sentence(Value("x", ("events:2",))),))
    copies = number_evidence([section], evidence=EVIDENCE, citations=copied)
    assert copies.marker(("events:2",)).voices == 1
    assert "class=sd-m1 " in Page(copies).section(section)
    assert page(sentence(Value("x", ("events:2",))))[1].marker(("events:2",)).voices == 2


def test_a_title_is_not_repeated_as_what_the_source_states() -> None:
    assert references(sentence(Value("x", ("sources:s1",)))).count("Title of s1") == 1


def test_a_source_without_a_title_shows_where_it_is() -> None:
    assert ">b.example/news/2024/a-story</a>" in references(sentence(Value("x", ("events:3",))))


def test_a_source_known_by_its_host_alone_is_named_once() -> None:
    known = CITATIONS.with_columns(publisher=pl.lit("b.example")).filter(pl.col("source_id") == "s2")
    only = sentence(Value("x", ("events:3",)))
    rows = EVIDENCE.filter(pl.col("row_id") == "events:3")
    html = Page(number_evidence([Section("s", "S", (only,))], evidence=rows, citations=known)).references()
    assert re.search('<li id=s1><a href="?https://www.b.example/news/2024/a-story"?>b.example</a>, undated', html)


def test_hostile_text_stays_text() -> None:
    hostile = sentence(Value("<img src=x onerror=alert(1)>", ("events:4",)), "<script>x</script>")
    section, book = page(hostile, table("t", '"><script>', ["<b>"], [("</td><script>",)], note="<i>"))
    html = Page(book).section(section) + Page(book).references()
    for tag in ("<script", "<img", "<b>", "<i>"):
        assert tag not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_sources_met_at_once_are_numbered_by_where_they_are_met_next() -> None:
    both, later = sentence(Value("x", ("events:1", "events:3"))), sentence(Value("y", ("events:3",)))
    _, book = page(both, later)
    assert [source.source_id for source in book.sources] == ["s1", "s2"]
    _, book = page(both, sentence(Value("y", ("events:3",))), sentence(Value("z", ("events:1",))))
    assert [source.source_id for source in book.sources] == ["s2", "s1"]


def test_small_figures_are_shown_in_pairs() -> None:
    chart = {"mark": "bar", "data": {"values": [{"a": 1}]}, "title": {"text": "Found", "subtitle": "per cent"}}
    small = [Figure(f"small-{n}", chart, ("Bars.",), full="density") for n in (1, 2)]
    full = Figure("density", chart, ("Bars.",), table("t", "T", ["a"], [("x",)]))
    html = html_of(*small, full)
    assert html.count("<div class=sd-pair>") == 1
    assert html.index("sd-pair") < html.index("f-small-1") < html.index("f-small-2") < html.index("id=f-density")
    assert html.count("href=#f-density>Full figure and data") == 2


def test_a_heading_is_shown_on_a_card_and_ends_no_style() -> None:
    hostile = """it's "x"; \\ } </style>"""
    look = str(table_look(headed(["first", "#second", hostile, "fourth", "fifth"])))
    assert look.startswith('class="sd-table sd-n2 sd-cards" style="--c1:')
    assert "--c2:'Second'" in look.replace("&#39;", "'")
    style = unescape(look.split('style="')[1].removesuffix('"'))
    assert [part.split(":")[0] for part in re.split(r";(?=--)", style)] == ["--c1", "--c2", "--c3", "--c4", "--c5"]
    assert not re.search(r"""[^:]'[^;]|[\\"]x""", style.removesuffix("'"))


def test_a_heading_that_has_a_marker_stays_in_sight() -> None:
    columns = [Column("year"), *(Column(f"release {n}", numeric=True, bundle=f"b{n}") for n in range(5))]
    assert "sd-cards" not in str(table_look(columns))


@pytest.mark.parametrize("url", ["https://c.example/?a=1&b=2", "https://c.example/a b", "https://c.example/'x'/"])
def test_an_address_stays_one_attribute(url: str) -> None:
    cited = CITATIONS.with_columns(url=pl.lit(url))
    section = Section("s", "Section", (sentence(Value("x", ("events:1",))),))
    html = Page(number_evidence([section], evidence=EVIDENCE, citations=cited)).references()
    reader = _Links()
    reader.feed(html)
    assert url in reader.found


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href"]
