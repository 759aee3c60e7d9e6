"""Sections as HTML, by templates that escape whatever comes from data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from socdialog import dates
from socdialog.codebook import wording
from socdialog.display.evidence import LISTED, EvidenceBook, Source

if TYPE_CHECKING:
    from jinja2 import Environment

    from socdialog.display.parts import Evidence, Figure, Section, Table


class _Told(NamedTuple):
    """What one source gave for one set of rows."""

    place: int
    source: Source
    says: tuple[str, ...]


def render_section(section: Section, book: EvidenceBook) -> str:
    """Return a section as HTML: its heading, sentences, tables and figures, with evidence markers."""
    return _templates().get_template("section.html.j2").render(section=section, book=book, svg=_svg)


def render_table(table: Table) -> str:
    """Return a table by itself as HTML; its cells are words, without evidence markers."""
    return _templates().get_template("table.html.j2").render(table=table, book=None)


def render_evidence(book: EvidenceBook) -> str:
    """Return the numbered evidence of a page and its numbered sources as HTML."""
    items: list[tuple[_Told, ...]] = []
    told: dict[str, dict[str, None]] = {source.source_id: {} for source in book.sources}
    for group in book.groups:
        says = _by_source(book, group)
        for source_id, words in says.items() if len(says) > LISTED else ():
            told[source_id] |= words
        items.append(tuple(_told(book, source_id, tuple(words)) for source_id, words in says.items()))
    for key, group in book.rows.items():
        for source_id, words in _by_source(book, group).items() if key not in book.numbers else ():
            told[source_id] |= words
    for source in book.sources:
        # The title is printed with the source already.
        told[source.source_id].pop(source.title or "", None)
    return _templates().get_template("evidence.html.j2").render(items=items, book=book, told=told, listed=LISTED)


def _by_source(book: EvidenceBook, group: Evidence) -> dict[str, dict[str, None]]:
    says: dict[str, dict[str, None]] = {}
    for one in book.behind(group):
        says.setdefault(one.source_id, {})[one.says] = None
    return says


def _told(book: EvidenceBook, source_id: str, says: tuple[str, ...]) -> _Told:
    place = book.places[source_id]
    return _Told(place, book.sources[place - 1], says)


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
    return environment


def _runs(item: tuple[_Told, ...]) -> list[tuple[int, int]]:
    """Join the numbers of sources that follow each other: 2, 3, 4, 7 are 2 to 4, and 7."""
    runs: list[tuple[int, int]] = []
    for told in item:
        if runs and told.place == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], told.place)
        else:
            runs.append((told.place, told.place))
    return runs
