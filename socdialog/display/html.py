"""Sections as HTML, by templates that escape whatever comes from data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from socdialog.codebook import cldr, wording
from socdialog.display.evidence_markers import LISTED, TITLES, EvidenceBook
from socdialog.display.statements import Statement, told_together

if TYPE_CHECKING:
    from jinja2 import Environment

    from socdialog.display.parts import Column, Evidence, Figure, Section, Table

#: Of what a notebook displays, beside its own style.
LOOK = "<style>.jp-OutputArea .sd-told :is(td,th){text-align:left}</style>"
_APOSTROPHE = re.compile(r"(?<=\w)'")
#: What may stand as the value of an attribute without quotation marks.
_PLAIN = re.compile(r"[\w:/.,%#&;?~+!@-]*[\w#%-]", re.ASCII)
#: What could end a string of CSS.
_ENDING = re.compile(r"""[\\'"\n\r\f]""")
#: Columns from which on a table becomes cards on a phone, and from which on it is set closer.
_CARDS, _MANY = 4, 8
#: Letters of an address that stands for a title; the link itself is whole.
_LONGEST_ADDRESS = 32


#: What each source states for a set of rows, each statement once.
_BySource = dict[str, dict[Statement, None]]


class _Told(NamedTuple):
    """What sources gave alike for one set of rows."""

    places: tuple[int, ...]
    says: tuple[str, ...]


class _Item(NamedTuple):
    """A set of rows that rests on several sources: their numbers, and what they gave."""

    places: tuple[int, ...]
    told: tuple[_Told, ...]


def render_section(section: Section, book: EvidenceBook) -> str:
    """Return a section as HTML: its heading, sentences, tables and figures, with evidence markers."""
    return _templates().get_template("section.html.j2").render(section=section, book=book, svg=_svg)


def for_notebook(sections: Iterable[Section], book: EvidenceBook) -> str:
    """Return sections as HTML for a reader of a notebook, which sets cells to the right, as it expects numbers."""
    return LOOK + "".join(render_section(section, book) for section in sections)


def render_table(table: Table) -> str:
    """Return a table by itself as HTML; its cells are words, without evidence markers."""
    return _templates().get_template("table.html.j2").render(table=table, book=None)


def render_evidence(book: EvidenceBook) -> str:
    """Return the numbered evidence of a page and its numbered sources as HTML."""
    told: _BySource = {source.source_id: {} for source in book.sources}
    groups = [_by_source(book, group) for group in book.groups]
    singles = [_by_source(book, group) for key, group in book.rows.items() if key not in book.numbers]
    for says in (*(says for says in groups if len(says) > LISTED), *singles):
        for source_id, words in says.items():
            told[source_id] |= words
    items = [_item(book, _apart(says, told)) for says in groups]
    folded = {source_id: told_together(words) for source_id, words in told.items()}
    return _templates().get_template("evidence.html.j2").render(items=items, book=book, told=folded, listed=LISTED)


def table_look(columns: Sequence[Column]) -> Markup:
    """Return the attributes of a table that the style goes by, said once instead of with every cell.

    Its classes name the columns of numbers (``sd-n2``), whether it has many columns, and whether its rows may
    become cards on a phone. On a card each value stands below the heading of its column, which the style takes
    from here (``--c2``); a heading that bears a marker must stay, so that such a table stays a table.
    """
    numbers = (f"sd-n{place}" for place, column in enumerate(columns, start=1) if column.numeric)
    many = ("sd-many",) if len(columns) >= _MANY else ()
    cards = len(columns) >= _CARDS and not any(column.bundle for column in columns)
    classes = Markup(" ").join(("sd-table", *numbers, *many, *(("sd-cards",) if cards else ())))
    if not cards:
        return Markup('class="{}"').format(classes)
    labels = Markup(";").join(_label(place, column.heading) for place, column in enumerate(columns, start=1))
    return Markup('class="{}" style="{}"').format(classes, labels)


def _label(place: int, heading: str) -> Markup:
    """Write a heading as a string of CSS inside an attribute: what could end the string is written by its number."""
    words = _typeset(heading[:1].upper() + heading[1:])
    return Markup("--c{}:'{}'").format(place, _ENDING.sub(lambda found: f"\\{ord(found[0]):x} ", words))


def compile_templates() -> None:
    """Compile every template now, for the processes that are forked later."""
    environment = _templates()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)


def _by_source(book: EvidenceBook, group: Evidence) -> _BySource:
    """Return what each source gave for a set of rows; its own title is printed with it already."""
    says: _BySource = {}
    for one in book.behind(group):
        words = says.setdefault(one.source_id, {})
        if one.statement.table != TITLES:
            words[one.statement] = None
    return says


def _apart(says: _BySource, told: _BySource) -> _BySource:
    """Leave out of a set what all of its sources say where they are listed: it is printed once."""
    known = all(word in told[source_id] for source_id, words in says.items() for word in words)
    return {source_id: {} for source_id in says} if known else says


def _item(book: EvidenceBook, says: _BySource) -> _Item:
    """Join the sources that gave the same, so that it is printed once."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for source_id, words in says.items():
        alike.setdefault(told_together(words), []).append(book.places[source_id])
    return _Item(
        tuple(book.places[source_id] for source_id in says),
        tuple(_Told(tuple(places), words) for words, places in alike.items()),
    )


def _svg(part: Figure) -> str:
    from socdialog.display.svg import chart_svg

    return chart_svg(part.chart, key=part.key, alt=part.alt)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("socdialog.display"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters["written"] = cldr.date
    environment.filters["language"] = lambda code: wording.label("languages", code)
    environment.filters["runs"] = _runs
    environment.filters["address"] = _address
    environment.filters["typeset"] = _typeset
    environment.filters["look"] = table_look
    environment.filters["words"] = _words
    environment.filters["attribute"] = _attribute
    return environment


def _words(text: str) -> Markup:
    """Escape text that stands between tags, where quotation marks end nothing and stay as they are."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704 - escaped here


def _attribute(text: str) -> Markup:
    """Write the value of an attribute; one that is a plain word for HTML needs no quotation marks."""
    return escape(text) if _PLAIN.fullmatch(text) else Markup('"{}"').format(text)


def _address(url: str, publisher: str) -> str:
    """Shorten an address for readers to host and path; empty where the publisher is the host and says enough."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    shown = host + parts.path.rstrip("/")
    if host == publisher.removeprefix("www."):
        return ""
    return shown if len(shown) <= _LONGEST_ADDRESS else f"{shown[:_LONGEST_ADDRESS]}…"


def _typeset(text: str) -> str:
    """Set an apostrophe as printers do; addresses and the data keep theirs."""
    return _APOSTROPHE.sub("’", text)


def _runs(places: tuple[int, ...]) -> list[tuple[int, int]]:
    """Join the numbers of sources that follow each other: 2, 3, 4, 7 are 2 to 4, and 7."""
    runs: list[tuple[int, int]] = []
    for place in places:
        first = runs.pop()[0] if runs and place == runs[-1][1] + 1 else place
        runs.append((first, place))
    return runs
