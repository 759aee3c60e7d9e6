"""Sections as HTML, by templates that escape whatever comes from data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from socdialog import dates
from socdialog.codebook import wording
from socdialog.display.evidence import EvidenceBook, Statement

if TYPE_CHECKING:
    from jinja2 import Environment

    from socdialog.display.parts import Figure, Section

#: Sets of more statements than this show their sources by number only; what each told stands with the source.
_LISTED = 12
#: Longest address shown in full; the link itself always is.
_ADDRESS = 70


class _Item(NamedTuple):
    number: int
    statements: tuple[Statement, ...]
    sources: tuple[int, ...]


def render_section(section: Section, book: EvidenceBook) -> str:
    """Return a section as HTML: its heading, sentences, tables and figures, with evidence markers."""
    return _templates().get_template("section.html.j2").render(section=section, book=book, svg=_svg)


def render_evidence(book: EvidenceBook) -> str:
    """Return the numbered evidence of a page and its numbered sources as HTML."""
    items: list[_Item] = []
    told: dict[str, dict[str, None]] = {source.source_id: {} for source in book.sources}
    for group, number in book.numbers.items():
        behind = book.behind(group)
        shown = tuple({(one.source_id, one.says): one for one in behind}.values())
        places = tuple(sorted({book.places[one.source_id] for one in behind}))
        items.append(_Item(number, shown if len(shown) <= _LISTED else (), places))
        if len(shown) > _LISTED:
            for one in shown:
                told[one.source_id][one.says] = None
    return _templates().get_template("evidence.html.j2").render(items=items, book=book, told=told)


def _svg(part: Figure) -> str:
    from socdialog.display.svg import chart_svg

    return chart_svg(part.chart, key=part.key, alt=part.alt)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("socdialog.display"), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=False
    )
    environment.filters["written"] = dates.written
    environment.filters["language"] = lambda code: wording.label("languages", code)
    environment.filters["short"] = _short
    return environment


def _short(address: str) -> str:
    bare = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= _ADDRESS else bare[: _ADDRESS - 1] + "…"
