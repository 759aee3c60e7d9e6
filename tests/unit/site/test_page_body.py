"""A page is made of parts; what else a notebook shows is let in by a list, and a hostile output is refused or inert."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

import altair as alt
import polars as pl
import pytest
from nbformat import from_dict

from socdialog.display.display_block import PARTS_ONLY, DisplayBlock
from socdialog.display.evidence_markers import Given, Source
from socdialog.display.notebook_parts import MIME, Shown, as_json
from socdialog.display.parts import Section, Value, sentence
from socdialog.display.statements import Statement
from socdialog.errors import DataError
from socdialog.site.foreign_outputs import clean_html
from socdialog.site.page_body import page_body
from socdialog.site.page_shell import render_page
from socdialog.site.pages import PageInfo
from tests.hostile_outputs import EVERY

PAGE = PageInfo("countries/KAZ.html", "Kazakhstan", "country", "KAZ", "2026-11")
SEEN = Section("seen", "Seen", (sentence("Two strikes ", Value("in 2024", ("events:1",)), "."),))
GIVEN = (Given("events:1", "s", Statement("events", subject="Strike at a mine", period="2024-05-03")),)
SOURCES = (Source("s", "Paper A", None, "https://a.example/1", None, "en", "paper a"),)
DOT = "data:image/png;base64,aGk="
WHOLE = Shown((SEEN,), GIVEN, SOURCES)


def notebook(*outputs: dict[str, Any], words: str | None = None, tags: tuple[str, ...] = ()) -> Any:
    cells = [{"cell_type": "code", "outputs": [{"output_type": "display_data", "data": data}]} for data in outputs]
    markdown = [] if words is None else [{"cell_type": "markdown", "source": words, "metadata": {"tags": list(tags)}}]
    return from_dict({"cells": [*cells, *markdown]})


def body(made: Any) -> str:
    return page_body(made, "countries/KAZ.html", "KAZ").html


def shown(part: Shown) -> dict[str, Any]:
    return {MIME: as_json(part), "text/html": "<p>for the notebook only</p>"}


class Markup(HTMLParser):
    """The elements and attributes of a text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def test_parts_are_rendered_by_the_site_and_their_html_is_not_read() -> None:
    html = body(notebook(shown(WHOLE)))
    assert '<section class="sd-section sd-told" id=seen>' in html
    assert "Strike at a mine: 3 May 2024" in html
    assert "for the notebook only" not in html


def test_a_published_notebook_bears_our_html_and_no_markup_of_others() -> None:
    hostile = {
        "text/html": "<script>1</script><p>x</p>",
        "application/javascript": "1",
        "text/latex": "$1$",
        "application/x+html": "<b>",
    }
    made = notebook({MIME: as_json(WHOLE), "text/html": "<script>1</script>"}, hostile, words="own")
    published = page_body(made, "countries/KAZ.html", "KAZ").notebook
    ours, theirs = (cell["outputs"][0]["data"] for cell in published["cells"][:2])
    assert "id=seen" in ours["text/html"]
    assert "Strike at a mine" in ours["text/html"]
    assert theirs == {"text/html": "<p>x</p>"}
    assert made["cells"][1]["outputs"][0]["data"] == hostile, "what is given stays as it is"
    again = page_body(published, "countries/KAZ.html", "KAZ")
    assert again.html == page_body(made, "countries/KAZ.html", "KAZ").html
    assert again.notebook == published


def test_evidence_is_numbered_over_all_outputs_of_a_page() -> None:
    first = Section("first", "First", (sentence(Value("x", ("events:2",))),))
    more = (*GIVEN, Given("events:2", "t", Statement("events", subject="Other")))
    sources = (*SOURCES, Source("t", "Paper B", None, None, None, None, "paper b"))
    html = body(notebook(shown(Shown((first,))), shown(Shown((SEEN,))), shown(Shown((), more, sources))))
    assert html.index("href=#s1") < html.index("href=#s2")
    assert re.search(r"<li id=s1>Paper B", html)
    assert re.search(r"<li id=s2>Paper A", html)


@pytest.mark.parametrize(
    "part", [Shown((SEEN,)), Shown((SEEN,), GIVEN), Shown((SEEN,), (), SOURCES)], ids=["nothing", "source", "statement"]
)
def test_a_value_without_its_evidence_is_refused(part: Shown) -> None:
    with pytest.raises(DataError, match="without its evidence"):
        body(notebook(shown(part)))


def test_what_a_study_adds_stands_in_its_place() -> None:
    frame = pl.DataFrame({"union": ["A & B"], "members": [5]})
    chart = alt.Chart(frame).mark_bar().encode(x="union", y="members").properties(title="Members of unions")
    added = [
        {"text/html": frame._repr_html_(), "text/plain": "shape"},
        {"application/vnd.vegalite.v5+json": chart.to_dict(), "text/plain": "alt.Chart(...)"},
        {"image/png": base64.b64encode(b"\x89PNG").decode(), "text/plain": "<Figure with 1 Axes>"},
    ]
    made = notebook(shown(WHOLE), *added, words="## Own words\n\nWhat *we* add, [here](https://b.example/).")
    html = render_page(body(made), PAGE, site_title="A study")
    parts = [
        "Two strikes",
        "A &amp; B",
        'aria-label="Members of unions"',
        'alt="&lt;Figure with 1 Axes&gt;"',
        "<em>we</em>",
    ]
    assert [html.index(part) for part in parts] == sorted(html.index(part) for part in parts)
    assert 'href="https://b.example/"' in html
    assert "<caption>Table that the notebook shows</caption>" in html
    assert '<th scope="col">' in html


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        (
            '<img src="data:image/png;base64,aGk=">',
            '<img alt="Picture that the notebook shows" src="data:image/png;base64,aGk=">',
        ),
        (f'<img src="{DOT}" alt="a > b">', f'<img src="{DOT}" alt="a &gt; b">'),
        ('<img src="https://a.example/x.png" alt="x">', ""),
        (
            '<p>a<a href="mailto:x@a.example">b</a></p>',
            '<p>a<a href="mailto:x@a.example" rel="noopener noreferrer">b</a></p>',
        ),
        ('<a href="#e1">b</a>', '<a rel="noopener noreferrer">b</a>'),
        (
            "<table><caption>Own</caption><tr><td>1</table>",
            (
                '<div class="sd-table-wrap" tabindex="0"><table class="sd-table"><caption>Own</caption>'
                "<tbody><tr><td>1</td></tr></tbody></table></div>"
            ),
        ),
    ],
)
def test_foreign_html_keeps_what_is_on_the_list(html: str, clean: str) -> None:
    assert clean_html(html) == clean


def test_words_for_the_desk_stay_there() -> None:
    assert "Own words" in body(notebook(words="Own words"))
    assert body(notebook(words="Own words", tags=("desk",))) == ""


def test_text_is_escaped_and_streams_stay_in_the_notebook() -> None:
    outputs = [
        {"output_type": "execute_result", "data": {"text/plain": "<script>1</script>"}},
        {"output_type": "stream", "name": "stderr", "text": "a warning"},
        {"output_type": "display_data", "data": {"text/html": ["<p>a", "b</p>"]}},
    ]
    made = from_dict({"cells": [{"cell_type": "code", "outputs": outputs}]})
    assert body(made) == "<pre>&lt;script&gt;1&lt;/script&gt;</pre>\n<p>ab</p>"


def test_an_error_is_never_published() -> None:
    broken = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}
    with pytest.raises(DataError, match="KeyError"):
        body(from_dict({"cells": [{"cell_type": "code", "outputs": [broken]}]}))


@pytest.mark.parametrize("name", EVERY)
def test_a_hostile_output_is_refused_or_inert(name: str) -> None:
    try:
        html = body(notebook(EVERY[name]))
    except DataError:
        return
    found = Markup(html)
    forbidden = {"script", "iframe", "object", "embed", "base", "meta", "link", "style", "form", "input", "template"}
    assert not forbidden & set(found.tags)
    for tag, attribute, value in found.attributes:
        assert not attribute.startswith("on"), (tag, attribute)
        assert not re.match(r"\s*(javascript|data:text|vbscript)", value, re.IGNORECASE), (tag, attribute, value)
        if attribute in {"src", "srcset", "poster", "background", "action", "formaction"}:
            assert value.startswith("data:image/"), (tag, attribute, value)
        assert "url(" not in value.replace("url(#", ""), (tag, attribute, value)
        if attribute == "id":
            assert value not in {"sd-main", "summary"}


@pytest.mark.parametrize(
    "name",
    [
        *("part with a hostile key", "part with markup", "part with a chart of links", "part with a hostile address"),
        *("part with a number that is none", "part that is a list", "chart with data from away", "chart with pictures"),
        "picture that is none",
    ],
)
def test_what_is_not_what_it_says_is_refused_and_said(name: str) -> None:
    with pytest.raises(DataError, match=r"output|chart"):
        body(notebook(EVERY[name]))


def test_a_number_that_is_not_finite_is_never_written() -> None:
    section = Section("a", "A", (sentence(Value("x", (), absent=True)),))
    assert as_json(Shown((section,)))["sections"][0]["parts"][0]["spans"][0] == {"text": "x", "absent": True}
    broken = Section("a", "A", (sentence(float("inf")),))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="JSON"):
        as_json(Shown((broken,)))


def test_a_block_shows_html_to_a_reader_and_data_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = DisplayBlock(lambda: "<p>x</p>", "x", WHOLE)._repr_mimebundle_()
    assert bundle["text/html"] == "<p>x</p>"
    assert bundle[MIME]["sections"][0]["key"] == "seen"
    monkeypatch.setenv(PARTS_ONLY, "1")
    assert "text/html" not in DisplayBlock(lambda: "<p>x</p>", "x", WHOLE)._repr_mimebundle_()
    assert "text/html" in DisplayBlock(lambda: "<p>x</p>", "x")._repr_mimebundle_()
    assert MIME not in DisplayBlock(lambda: "<p>x</p>", "x")._repr_mimebundle_()


def test_a_page_says_what_a_browser_may_load() -> None:
    html = render_page(body(notebook(shown(WHOLE))), PAGE, site_title="A study")
    policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules["default-src"] == "'none'"
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL)
    assert script is not None
    digest = base64.b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert rules["script-src"] == f"'sha256-{digest}'"
    sheet = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert rules["style-src-elem"] == f"'sha256-{digest}'"
