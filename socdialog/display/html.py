"""Sections as HTML, by templates that escape whatever comes from data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from socdialog.codebook import cldr, wording
from socdialog.display import messages
from socdialog.display.evidence_markers import EvidenceBook
from socdialog.display.markers import Key, Marked, has_source_column, key_of, row_key, together, with_markers
from socdialog.display.parts import Figure

if TYPE_CHECKING:
    from jinja2 import Environment

    from socdialog.display.parts import Column, Part, Section, Table

#: What a notebook displays next to a section, instead of a page's own style.
LOOK = (
    "<style>.jp-OutputArea .sd-told :is(td,th){text-align:left}.jp-OutputArea .sd-narrow{display:none}"
    ".jp-OutputArea .sd-told svg{max-width:100%;height:auto}</style>"
)
_APOSTROPHE = re.compile(r"(?<=\w)'")
#: A quotation mark before words that another one ends.
_QUOTED = re.compile(r"(?<!\w)'(?=\w[^']*\w'(?!\w))")
#: What may be the value of an attribute without quotation marks.
_PLAIN = re.compile(r"[\w:/.,%#&;?~+!@-]*[\w#%-]", re.ASCII)
#: What could end a string of CSS.
_ENDING = re.compile(r"""[\\'"\n\r\f]""")
#: Columns from which on a table becomes cards on a phone, and from which on it is set closer.
_CARDS, _MANY = 5, 8
#: Letters of an address that is shown in place of a title; the link itself is complete.
_LONGEST_ADDRESS = 32


@dataclass(frozen=True)
class Page:
    """The page that parts are rendered for.

    Parameters
    ----------
    book
        Its numbered evidence.
    root
        The way from the page up to the root of the site; None where there is no site, as in a notebook: counts are
        then words without a link.
    figures
        Beginning of the paths of its figures as files, below the site; empty = there are none.
    sources
        Address of the page with all sources on its country, below the site; empty = there is none.
    placed
        The markers that are on the page already: a reference links back to the first one.
    """

    book: EvidenceBook
    root: str | None = None
    figures: str = ""
    sources: str = ""
    placed: set[Key] = field(default_factory=set)

    def section(self, section: Section) -> str:
        """Return a section as HTML."""
        return _templates().get_template("section.html.j2").render(section=section, page=self)

    def references(self) -> str:
        """Return the numbered sources of the page, and what each states, as HTML."""
        return _templates().get_template("evidence.html.j2").render(page=self, book=self.book)

    def address(self, to: str) -> str:
        """Return the address of a place of the site as a link on this page; empty where there is no site."""
        if to.startswith("#"):
            return to
        return "" if self.root is None else self.root + to

    def marker(self, key: Key) -> Markup:
        """Return the marker of a key; a link to its sources that says what they state about the value."""
        if key not in self.book.rows:
            return Markup()
        found = self.book.marker(key)
        own = Markup()
        if key not in self.placed:
            self.placed.add(key)
            number = self.book.number(key)
            own = Markup(" id=m{}").format(number) if number in self.book.returned_to else own
        # A page has hundreds of markers: each says no more than it must.
        name = "sd-m1" if found.voices == 1 else "sd-m"
        notes = Markup(" data-n={}").format(_attribute(" ".join(map(str, found.notes)))) if found.notes else Markup()
        return Markup("<a class={}{}{} href=#{}>[{}]</a>").format(name, own, notes, found.target, found.text)


def for_notebook(sections: Iterable[Section], book: EvidenceBook) -> str:
    """Return sections as HTML for a reader of a notebook."""
    page = Page(book)
    return LOOK + "".join(map(page.section, sections))


def render_table(table: Table) -> str:
    """Return a table by itself as HTML; its cells are words, without markers."""
    return _templates().get_template("table.html.j2").render(table=table, page=None)


def say_markup(key: str, /, *, n: float | None = None, **given: str) -> Markup:
    """Return a message as markup: what is given is escaped, unless it is markup already, as a link is.

    Examples
    --------
    >>> say_markup("source.website", publisher="a & b")
    Markup('a &amp; b (website)')
    >>> say_markup("source.website", publisher=Markup("<b>a</b>"))
    Markup('<b>a</b> (website)')
    """
    spans = messages.say(key, n=n, **{name: escape(text) for name, text in given.items()})
    return Markup().join(span for span in spans if isinstance(span, str))


def table_look(columns: Sequence[Column], sourced: object = False, *, cards: bool = False) -> Markup:
    """Return the attributes of a table that the style goes by, given once instead of with every cell.

    Its classes name the columns of numbers (``sd-n2``), whether it has many columns, whether the last cell of each row
    has the markers of the row, and whether its rows may
    become cards on a phone. On a card each value is below the heading of its column, which the style takes
    from here (``--c2``); a heading that has a marker must stay, so that such a table stays a table. A table of few
    columns, but long texts, may ask for `cards`.
    """
    numbers = (f"sd-n{place}" for place, column in enumerate(columns, start=1) if column.numeric)
    many = (*(("sd-many",) if len(columns) >= _MANY else ()), *(("sd-sourced",) if sourced else ()))
    cards = (cards or len(columns) + bool(sourced) >= _CARDS) and not any(column.bundle for column in columns)
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


def _drawings(part: Figure) -> Mapping[str, Markup]:
    from socdialog.display.svg import page_drawings

    # A small figure is as narrow as a phone wherever it is shown.
    return page_drawings(part.chart, key=part.key, alt=part.alt, small=bool(part.full))


def _type(part: Part) -> str:
    """Name the macro that renders a part."""
    return type(part).__name__.lower()


def _pairs(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Group small figures that follow each other, which are shown next to each other; others are alone."""
    groups: list[tuple[Part, ...]] = []
    for part in parts:
        if _is_small(part) and groups and _is_small(groups[-1][0]):
            groups[-1] = (*groups[-1], part)
        else:
            groups.append((part,))
    return groups


def _is_small(part: Part) -> bool:
    return isinstance(part, Figure) and bool(part.full)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("socdialog.display"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.globals["language"] = messages.LANGUAGE
    environment.globals["words"] = messages.words
    environment.globals["say"] = say_markup
    environment.filters["written"] = cldr.date
    environment.filters["language"] = lambda code: wording.label("languages", code)
    environment.filters["runs"] = _runs
    environment.filters["shortened"] = _shortened
    environment.filters["typeset"] = _typeset
    environment.filters["look"] = table_look
    environment.filters["words"] = _words
    environment.filters["attribute"] = _attribute
    environment.filters["type"] = _type
    environment.filters["pairs"] = _pairs
    environment.filters["marked"] = lambda spans: list(with_markers(spans))
    environment.filters["key_of"] = key_of
    environment.filters["has_source_column"] = has_source_column
    environment.globals["row_key"] = row_key
    environment.globals["together"] = together
    environment.globals["drawings"] = _drawings
    environment.tests["marker"] = lambda one: isinstance(one, Marked)
    return environment


def _words(text: str) -> Markup:
    """Escape text between tags, where quotation marks end nothing and stay as they are."""
    return Markup(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))  # noqa: S704 - escaped here


def _attribute(text: str) -> Markup:
    """Write the value of an attribute; one that is a plain word for HTML needs no quotation marks."""
    return escape(text) if _PLAIN.fullmatch(text) else Markup('"{}"').format(text)


def _shortened(url: str, publisher: str) -> str:
    """Shorten an address for readers to host and path; empty where the publisher is the host and says enough."""
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    shown = host + parts.path.rstrip("/")
    if host == publisher.removeprefix("www."):
        return ""
    return shown if len(shown) <= _LONGEST_ADDRESS else f"{shown[:_LONGEST_ADDRESS]}…"


def _typeset(text: str) -> str:
    """Set apostrophes and single quotation marks as printers do; addresses and the data keep theirs.

    Examples
    --------
    >>> _typeset("the workers' answer 'no' isn't final")
    'the workers’ answer ‘no’ isn’t final'
    """
    return _APOSTROPHE.sub("’", _QUOTED.sub("‘", text))


def _runs(places: tuple[int, ...]) -> list[tuple[int, int]]:
    """Join the numbers of sources that follow each other: 2, 3, 4, 7 are 2 to 4, and 7."""
    runs: list[tuple[int, int]] = []
    for place in places:
        first = runs.pop()[0] if runs and place == runs[-1][1] + 1 else place
        runs.append((first, place))
    return runs
