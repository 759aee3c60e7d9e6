"""Read pages: the outline of their sections, and what makes one unfit to be published."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

#: Attributes that make a browser fetch something by itself.
_FETCHING = frozenset({"src", "srcset", "poster", "data", "background", "action", "formaction"})
_OUTSIDE = ("http:", "https:", "//", "ftp:", "javascript:")
_LONGEST_DESCRIPTION = 200
#: Elements that end a paragraph whose own end is left out.
_ENDS = frozenset({"p", "td", "th", "tr", "table", "div", "ul", "ol", "section"})
_SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})
#: Where the marker next to a value leads: a source, or a set of several.
_MARKED = re.compile(r"#(?:s|set-)\d+")
#: The space that a marker leaves before a sign.
_BEFORE_A_SIGN = re.compile(r" (?=[.,;:)])")
_SECTION = re.compile(r"""<section\b[^>]*?\sid=["']?([^"'\s>]+)""")

#: The beginnings of sections and paragraphs, and headings: in a page of ours nothing else looks like one.
_HEADS = re.compile(r"<section\b[^>]*>|<h2\b.*?</h2>", re.DOTALL)
_PARAGRAPH = re.compile(r"<p\b")

#: The index of the search, which the front page loads; no other file of the site holds a script.
SEARCH = "search.js"


class Heading(NamedTuple):
    """A section of a page: its id and its heading."""

    id: str
    text: str


class Outline(NamedTuple):
    """What the shell needs to know of a page's body: its sections, and its first paragraph."""

    sections: tuple[Heading, ...]
    description: str


def outline(html: str) -> Outline:
    """Return the sections of `html` (``<section id><h2>``) and the beginning of its first paragraph."""
    sections = _SectionReader()
    # Read as HTML only what is looked at: most of a page is tables and lists.
    sections.feed("".join(_HEADS.findall(html)))
    sections.close()
    return Outline(tuple(sections.found), _first_words(html))


def _first_words(html: str) -> str:
    """Return the beginning of the first paragraph without its markers."""
    reader = _ParagraphReader()
    begins = _PARAGRAPH.search(html)
    if begins is not None:
        end = html.find("</p>", begins.end())
        reader.feed(html[begins.start() : None if end < 0 else end])
    reader.close()
    text = _BEFORE_A_SIGN.sub("", " ".join("".join(reader.found).split()))
    if len(text) > _LONGEST_DESCRIPTION:
        text = text[:_LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + " …"
    return text


def section_ids(html: str) -> frozenset[str]:
    """Return the ids of the sections of a page of ours; text in which one seems to begin is escaped there."""
    return frozenset(_SECTION.findall(html))


def faults(html: str, *, scripts: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what makes a page unfit to be published; nothing for one that is fit.

    A page must not fetch anything from outside, must not run another script than `scripts`, must not name an id twice,
    and every link to a place on the page must arrive. Tables have a caption, pictures an alternative text, and
    headings a scope, but for the first cell of a row, which by the rules of HTML heads it.
    """
    reader = _FaultReader()
    for script in scripts:
        html = html.replace(f"<script>\n{script}\n</script>", "", 1)
    reader.feed(html.replace(f'<script src="{SEARCH}"></script>', "", 1))
    reader.close()
    return reader.found()


class _MarkerReader(HTMLParser):
    """Knows whether it is inside of a marker, whose number is no word of the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.in_marker = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.in_marker = _MARKED.fullmatch(dict(attrs).get("href") or "") is not None

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.in_marker = False


class _SectionReader(_MarkerReader):
    """Finds the first heading of each section that has an id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Heading] = []
        self._section: str | None = None
        self._heading: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        if tag == "section":
            self._section = dict(attrs).get("id")
        elif tag == "h2" and self._section:
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        super().handle_endtag(tag)
        if tag == "h2" and self._heading is not None and self._section:
            self.found.append(Heading(self._section, " ".join("".join(self._heading).split())))
            self._heading, self._section = None, None

    def handle_data(self, data: str) -> None:
        if self._heading is not None and not self.in_marker:
            self._heading.append(data)


class _ParagraphReader(_MarkerReader):
    """Reads the text of the paragraph that it is fed, up to the next element that ends one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._paragraphs = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        self._paragraphs += tag in _ENDS

    def handle_data(self, data: str) -> None:
        if self._paragraphs == 1 and not self.in_marker:
            self.found.append(data)


class _FaultReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[str] = []
        self._ids: Counter[str] = Counter()
        self._targets: list[str] = []
        #: Drawings with words, and those that others are described by.
        self._described: set[str] = set()
        self._describing: list[str] = []
        self._uncaptioned = self._unscoped = 0
        self._in_style = False
        #: Whether a row has just begun, and whether its first cell is a heading that no cell of data follows yet.
        self._begins = self._heads = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_style = tag == "style"
        if "id" in given:
            self._ids[given["id"]] += 1
        self._check_fetching(tag, given)
        if tag == "a" and given.get("href", "").startswith("#"):
            self._targets.append(given["href"][1:])
        if tag == "a" and given.get("href", "").lower().startswith("javascript:"):
            self._found.append("a link runs a script")
        self._check_heading(tag, given)
        if tag == "table":
            self._uncaptioned += 1
        if tag == "caption":
            self._uncaptioned -= 1
        if tag == "img" and "alt" not in given:
            self._found.append("a picture has no alternative text")
        if tag == "svg":
            self._check_drawing(given)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if self._in_style and ("@import" in data or "url(" in data.replace("url(#", "")):
            self._found.append("a style fetches something")

    def _check_drawing(self, given: dict[str, str]) -> None:
        """Note a drawing without words of its own; it may be described by those of another one on the page."""
        if given.get("aria-label"):
            self._described.add(given.get("id", ""))
        elif "aria-labelledby" in given:
            self._describing.append(given["aria-labelledby"])
        elif given.get("aria-hidden") != "true":
            self._found.append("a drawing has no description")

    def _check_heading(self, tag: str, given: dict[str, str]) -> None:
        """Note a heading without a scope; the first cell of a row heads it once a cell of data follows."""
        if tag == "td":
            self._heads = self._begins = False
        elif tag == "tr":
            self._end_row()
            self._begins = True
        elif tag == "th":
            if given.get("scope") not in _SCOPES:
                self._unscoped += not self._begins
                self._heads = self._begins
            self._begins = False

    def _end_row(self) -> None:
        self._unscoped += self._heads
        self._heads = False

    def _check_fetching(self, tag: str, given: dict[str, str]) -> None:
        if tag == "script" and given == {"type": "application/ld+json"}:
            return
        if tag in {"script", "iframe", "object", "embed", "base"}:
            self._found.append(f"an element <{tag}>")
        if any(name.startswith("on") for name in given):
            self._found.append(f"<{tag}> runs a script")
        for name, value in given.items():
            fetches = name in _FETCHING or (name in {"href", "xlink:href"} and tag != "a")
            if fetches and value.strip().lower().startswith(_OUTSIDE):
                self._found.append(f"<{tag}> fetches {value}")

    def found(self) -> tuple[str, ...]:
        twice = [f"the id {name} stands {count} times" for name, count in sorted(self._ids.items()) if count > 1]
        lost = [f"a link to #{name} arrives nowhere" for name in sorted(set(self._targets) - set(self._ids)) if name]
        if not {*self._describing} <= self._described - {""}:
            self._found.append("a drawing has no description")
        self._end_row()
        scopes = ["a heading of a table has no scope"] if self._unscoped else []
        bare = [f"{self._uncaptioned} table(s) without a caption"] if self._uncaptioned > 0 else []
        return tuple(dict.fromkeys((*self._found, *scopes, *twice, *lost, *bare)))
