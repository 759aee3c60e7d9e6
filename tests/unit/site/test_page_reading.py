"""What makes a page unfit to be published is found; a sound page has no fault."""

from __future__ import annotations

import pytest

from socdialog.site.page_reading import Heading, faults, outline, section_ids

SOUND = """<style>.a { color: red; }</style>
<section id="a"><h2>Actors &amp; sides</h2><p>84 disagreements <a href="#s1">[1]</a>.</p>
<table><caption>T</caption><tr><th scope="col">x</th></tr></table>
<svg role="img" aria-label="Bars"><g clip-path="url(#c)"></g></svg>
<p><a href="https://example.org/">source</a><br></p></section>
<section id="b"><h2>Evidence</h2><ol><li id="s1">x</li></ol></section>"""


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == ()


def test_words_after_a_style_are_no_style() -> None:
    assert faults("<style>p { margin: 0 }</style> write url(a) or @import") == ()


def test_the_outline_is_the_sections_and_the_first_paragraph_without_markers() -> None:
    found = outline(SOUND)
    assert found.sections == (Heading("a", "Actors & sides"), Heading("b", "Evidence"))
    assert found.description == "84 disagreements."


def test_the_sections_of_a_page_are_told_by_their_tags_not_by_its_text() -> None:
    assert section_ids(SOUND) == {"a", "b"} == {heading.id for heading in outline(SOUND).sections}
    assert section_ids("<section class=x id=c><h2>C</h2><p>&lt;section id=d&gt;</p></section><p id=e>") == {"c"}


def test_a_long_first_paragraph_is_cut_at_a_word() -> None:
    assert outline(f"<p>{'word ' * 100}</p>").description.endswith("word …")


def test_the_one_script_of_ours_is_no_fault_and_any_other_is() -> None:
    ours = "<script>\nlet a = 1;\n</script>"
    assert faults(f"<p>x</p>{ours}", scripts=["let a = 1;"]) == ()
    for other in (ours * 2, ours.replace("1", "2"), ours.replace("<script>", "<script src=a.js>")):
        assert "an element <script>" in faults(f"<p>x</p>{other}", scripts=["let a = 1;"])


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<script src="https://x.org/a.js"></script>', "an element <script>"),
        ("<script>1</script>", "an element <script>"),
        ('<link rel="stylesheet" href="//x.org/a.css">', "<link> fetches //x.org/a.css"),
        ('<img alt="" src="https://x.org/a.png">', "<img> fetches https://x.org/a.png"),
        ('<svg aria-label="x"><image xlink:href="http://x.org/a.png"/></svg>', "<image> fetches http://x.org/a.png"),
        ("<style>@import 'a.css'</style>", "a style fetches something"),
        ("<style>a { background: url(https://x.org/a.png) }</style>", "a style fetches something"),
        ('<p onclick="x()">a</p>', "<p> runs a script"),
        ('<a href="javascript:x()">a</a>', "a link runs a script"),
        ('<p id="a"></p><p id="a"></p>', "the id a stands 2 times"),
        ('<a href="#e9">9</a>', "a link to #e9 arrives nowhere"),
        ("<table><tr><td>1</td></tr></table>", "1 table(s) without a caption"),
        ("<table><caption>a</caption><tr><th>x</th></tr></table>", "a heading of a table has no scope"),
        ('<img src="a.png">', "a picture has no alternative text"),
        ("<svg></svg>", "a drawing has no description"),
        ('<svg aria-labelledby="a"></svg><svg id="a" aria-hidden="true"></svg>', "a drawing has no description"),
        ('<svg aria-labelledby=""></svg><svg aria-label="x"></svg>', "a drawing has no description"),
    ],
)
def test_each_fault_is_found(html: str, said: str) -> None:
    assert said in faults(html)


def test_a_drawing_may_be_described_by_another_one() -> None:
    assert faults('<svg id="a" aria-label="x"></svg><svg aria-labelledby="a"></svg>') == ()


@pytest.mark.parametrize(
    "html",
    [
        "<table><caption>a</caption><tr><th scope=col>x<th scope=col>y<tbody><tr><th>a<td>1<tr><th>b<td>2</table>",
        "<table><caption>a</caption><tr><th scope='row'>a</th><td>1</td></tr></table>",
    ],
)
def test_the_first_cell_of_a_row_heads_it_without_a_scope(html: str) -> None:
    assert faults(html) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<table><caption>a</caption><tr><th>a<th>b<td>1</table>",
        "<table><caption>a</caption><tr><td>1<th>b</table>",
        "<table><caption>a</caption><tr><th>a<tr><th>b<td>1</table>",
    ],
)
def test_any_other_heading_without_a_scope_is_found(html: str) -> None:
    assert faults(html) == ("a heading of a table has no scope",)


def test_a_paragraph_that_leaves_out_its_end_ends_with_its_cell() -> None:
    assert outline("<table><tr><td><p>one<a href=#set-3>[4 sources]</a><p>two</table><p>three</p>").description == "one"
