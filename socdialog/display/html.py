"""Sections as HTML, by templates that escape whatever comes from data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from socdialog import dates
from socdialog.codebook import wording
from socdialog.display.evidence import LISTED, EvidenceBook

if TYPE_CHECKING:
    from jinja2 import Environment

    from socdialog.display.parts import Evidence, Figure, Section, Table

#: The clean table whose rows say nothing but the titles of sources.
_TITLES = "sources"
_APOSTROPHE = re.compile(r"(?<=\w)'")
#: A statement on one year of a series.
_POINT = re.compile(r"(?P<series>.+), (?P<year>\d{4}): (?P<value>.+); release (?P<release>[^;()]+)")
#: Letters of an address that stands for a title; the link itself is whole.
_LONGEST_ADDRESS = 38


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


def render_table(table: Table) -> str:
    """Return a table by itself as HTML; its cells are words, without evidence markers."""
    return _templates().get_template("table.html.j2").render(table=table, book=None)


def render_evidence(book: EvidenceBook) -> str:
    """Return the numbered evidence of a page and its numbered sources as HTML."""
    items: list[_Item] = []
    told: dict[str, dict[str, None]] = {source.source_id: {} for source in book.sources}
    for group in book.groups:
        says = _by_source(book, group)
        for source_id, words in says.items() if len(says) > LISTED else ():
            told[source_id] |= words
        items.append(_item(book, says))
    for key, group in book.rows.items():
        for source_id, words in _by_source(book, group).items() if key not in book.numbers else ():
            told[source_id] |= words
    folded = {source_id: _folded(words) for source_id, words in told.items()}
    return _templates().get_template("evidence.html.j2").render(items=items, book=book, told=folded, listed=LISTED)


def compile_templates() -> None:
    """Compile every template now, for the processes that are forked later."""
    environment = _templates()
    for name in environment.list_templates(extensions=["j2"]):
        environment.get_template(name)


def _by_source(book: EvidenceBook, group: Evidence) -> dict[str, dict[str, None]]:
    """Return what each source gave for a set of rows; its own title is printed with it already."""
    says: dict[str, dict[str, None]] = {}
    for one in book.behind(group):
        words = says.setdefault(one.source_id, {})
        if one.table != _TITLES:
            words[one.says] = None
    return says


def _folded(says: Iterable[str]) -> tuple[str, ...]:
    """Tell the values of one series and release in one statement, year by year; others stand as they are."""
    found: dict[str, list[str]] = {}
    for words in says:
        point = _POINT.fullmatch(words)
        if point is None:
            found.setdefault(words, [])
        else:
            found.setdefault(f"{point['series']}, release {point['release']}", []).append(
                f"{point['year']}: {point['value']}"
            )
    return tuple(f"{words}: {'; '.join(points)}" if points else words for words, points in found.items())


def _item(book: EvidenceBook, says: Mapping[str, Mapping[str, None]]) -> _Item:
    """Join the sources that gave the same, so that it is printed once."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for source_id, words in says.items():
        alike.setdefault(_folded(words), []).append(book.places[source_id])
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
        keep_trailing_newline=False,
    )
    environment.filters["written"] = dates.written
    environment.filters["language"] = lambda code: wording.label("languages", code)
    environment.filters["runs"] = _runs
    environment.filters["address"] = _address
    environment.filters["typeset"] = _typeset
    return environment


def _address(url: str, publisher: str) -> str:
    """Shorten an address for readers: host and path, the host only where the publisher is not it."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/") or "/"
    shown = path if host == publisher.removeprefix("www.") else host + path.rstrip("/")
    return shown if len(shown) <= _LONGEST_ADDRESS else f"{shown[:_LONGEST_ADDRESS]}…"


def _typeset(text: str) -> str:
    """Set an apostrophe as printers do; addresses and the data keep theirs."""
    return _APOSTROPHE.sub("’", text)


def _runs(places: tuple[int, ...]) -> list[tuple[int, int]]:
    """Join the numbers of sources that follow each other: 2, 3, 4, 7 are 2 to 4, and 7."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
