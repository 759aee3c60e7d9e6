"""No text of a page is in a template, a module, a script or the style sheet: all are in the catalogue."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import socdialog

PACKAGE = Path(socdialog.__file__).parent
TEMPLATES = sorted(path for room in ("site", "display") for path in (PACKAGE / room / "templates").glob("*.j2"))
MODULES = sorted(path for room in ("site", "display") for path in (PACKAGE / room).glob("*.py"))
#: Their texts are problems of a site, of a notebook or of an argument, for whoever builds it.
FOR_BUILDERS = {
    "chart_inputs.py",
    "notebook_parts.py",
    "guard.py",
    "page_body.py",
    "page_caps.py",
    "page_reading.py",
    "previous_site.py",
}
#: Attributes whose value is read, by eye or by ear.
READ = {"alt", "aria-label", "content", "placeholder", "title"}
#: What a template may write that is a part of an address or the name of a file.
ADDRESS = re.compile(r"[\w/-]*[._/#-][\w/.#-]*")
#: Terms of schema.org, of HTML, of licences and of messages.
TERMS = {
    "CreativeWork",
    "Country",
    "DataDownload",
    "Dataset",
    "LicenseRef",
    "Organization",
    "Words",
    "noopener noreferrer",
}
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PHRASE = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_{(]|[^\W\d_]{2,}[,;:.]? \{|\} [^\W\d_]{2,}|^[A-Z][a-z]+")
#: Signs of markup, of a policy and of an expression of a chart.
_CODE = re.compile(r"<|-src|datum\.")
#: Stands for a value that a template sets.
_VALUE = "\N{BULLET}"


class _Reader(HTMLParser):
    """Collects what a reader meets: text between tags and the values of some attributes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        read = {name for name in given if name in READ or name.startswith("data-")}
        if "http-equiv" in given or given.get("name") in {"viewport", "color-scheme"}:
            read.discard("content")
        self.found += [given[name] or "" for name in sorted(read)]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def template_texts(source: str) -> list[str]:
    """The texts that a template writes by itself, of all its branches."""
    tree = Environment(autoescape=True).parse(source)
    written = [node for output in tree.find_all(nodes.Output) for node in output.nodes]
    reader = _Reader()
    reader.feed("".join(node.data if isinstance(node, nodes.TemplateData) else _VALUE for node in written))
    reader.close()
    return [text.strip() for text in (*reader.found, *_written(tree)) if _LETTERS.search(text)]


def _written(node: nodes.Node) -> Iterator[str]:
    """Constants that a template may write; not what it compares, looks up, or asks the catalogue for."""
    if isinstance(node, nodes.Compare | nodes.Getitem | nodes.Test | nodes.Import | nodes.FromImport | nodes.Extends):
        return
    if isinstance(node, nodes.Const):
        if isinstance(node.value, str) and not ADDRESS.fullmatch(node.value):
            yield node.value
        return
    children: list[nodes.Node] = list(node.iter_child_nodes())
    if isinstance(node, nodes.Filter):
        children = [] if node.node is None else [node.node]
    elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in {"words", "say"}:
        children = [*node.args[1:], *node.kwargs]
    elif isinstance(node, nodes.Call):
        # A method of a value, such as `removeprefix`, is not given texts to write.
        children = [] if isinstance(node.node, nodes.Getattr) else [*node.args, *node.kwargs]
    for child in children:
        yield from _written(child)


def module_texts(source: str) -> list[str]:
    """The phrases of a module, without docstrings, errors and their hints, markup, expressions and lists of names."""
    tree = ast.parse(source)
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) or (isinstance(node, ast.keyword) and node.arg == "hint"):
            aside |= {id(part) for part in ast.walk(node)}
        elif isinstance(node, ast.Assign) and "_HINT" in ast.unparse(node.targets[0]):
            aside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in ast.walk(node) if part is not node}
        elif isinstance(node, ast.Attribute) and node.attr == "split":
            aside.add(id(node.value))
    texts = (_plain(node) for node in ast.walk(tree) if id(node) not in aside)
    return [text for text in texts if _PHRASE.search(text) and not _CODE.search(text)]


def _plain(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_writes_no_text_of_its_own(path: Path) -> None:
    assert template_texts(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>{{ n }} events</p>",
        '<p aria-label="All events"></p>',
        '<meta name="description" content="Every event">',
        '<p title="{% if a %}{{ b }}{% else %}Undated{% endif %}"></p>',
        '{{ a or "undated" }}',
        '{% macro one(a) %}{% endmacro %}{{ one("Country") }}',
        '{% set heads = ["Country"] %}',
        '{{ "founded " ~ year }}',
        '{{ say("a.b", what="events") }}',
    ],
)
def test_a_text_in_a_template_is_found(source: str) -> None:
    assert template_texts(source) != []


def test_what_a_template_does_with_values_is_no_text() -> None:
    source = """{% extends "base.html.j2" %}{% from "link.html.j2" import link %}{% if kind == "country" %}{% endif %}
    <p class="sd-note" id="x{{ a }}">{{ words("a.b", n=1) }}: {{ link("data/" ~ name ~ ".csv", one["values"]) }}</p>
    {{ found | map(attribute="id") | join(" · ") }}"""
    assert template_texts(source) == []


@pytest.mark.parametrize("path", [one for one in MODULES if one.name not in FOR_BUILDERS], ids=lambda path: path.name)
def test_a_module_writes_no_text_of_its_own(path: Path) -> None:
    assert [text for text in module_texts(path.read_text(encoding="utf-8")) if text not in TERMS] == []


@pytest.mark.parametrize(
    "source", ['x = "Data quality"', 'x = f"since {date}"', 'x = f"{n} events"', 'x = "Undated" if y else z']
)
def test_a_text_in_a_module_is_found(source: str) -> None:
    assert module_texts(source) != []


def script_texts(source: str) -> list[str]:
    """The texts for readers in the strings of a script, which are in sentence case, as selectors and names are not."""
    code = re.sub(r"/\*[\s\S]*?\*/|^\s*//.*$", "", source, flags=re.MULTILINE)
    strings = re.findall(r'"([^"\n]*)"', code)
    return [text for text in strings if re.match(r"[A-Z][a-z]", text)]


def test_the_scripts_and_the_style_sheet_write_no_text_of_their_own() -> None:
    assets = PACKAGE / "site" / "assets"
    known = {"use strict", "Escape"}
    for path in assets.glob("*.js"):
        assert set(script_texts(path.read_text(encoding="utf-8"))) - known == set(), path.name
    assert script_texts('x.title = "Sort by this column"; y = "Close";') == ["Sort by this column", "Close"]
    shown = re.findall(r"content:[^;]*", "".join(sheet.read_text(encoding="utf-8") for sheet in assets.glob("*.css")))
    assert shown
    assert [text for text in shown if any(map(_LETTERS.search, re.findall(r'"([^"]*)"', text)))] == []
