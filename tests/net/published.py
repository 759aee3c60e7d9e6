"""Published pages as a reader has them: each line with the sources its markers lead to, and what these say.

Only what HTML itself promises is used: paragraphs, rows, captions of figures, list items, and links inside the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from socdialog.display.parts import Cards, Disagreement, Leaf, Value, leaves, plain
from socdialog.profiles import Profile
from tests.net.meaning import facts
from tests.net.pages import Line, lines

_BLOCKS = {"p", "tr", "figcaption", "li"}
_SILENT = {"svg", "style", "script", "caption", "summary", "h1", "h2", "nav", "button"}
#: What a marker shows: numbers and ranges of numbers.
_NUMBERS = re.compile(r"\W*\d+(?:\s*[–,]\s*\d+)*\W*")
_RANGE = re.compile(r"(\d+)(?:\s*–\s*(\d+))?")
#: The sign of a disputed value, and what boxes begin with.
_DISPUTED = "≠"
_BOX = re.compile(r"(?:Note\.|Not comparable\.|Sources differ\.|How sure are we\?)")
_NUMBERED = re.compile(r"(.*?)(\d+)")
#: Stands between the cells of a row; white space to Python.
CELL = "\x1f"


@dataclass
class Block:
    """A paragraph, row, caption of a figure, or list item."""

    tag: str
    section: str
    id: str = ""
    text: str = ""
    #: Places on the page that its links lead to, and addresses elsewhere.
    targets: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    heading: bool = False
    #: Targets of the headings of the table it belongs to.
    above: tuple[str, ...] = ()
    #: The number of a list item, and of the item whose list it is in; zero for none.
    number: int = 0
    within: int = 0
    #: How many lists it is in.
    depth: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._section = ""
        self._open: list[Block] = []
        self._silent: list[str] = []
        self._link: str | None = None
        self._words: list[str] = []
        self._head = False
        self._above: tuple[str, ...] = ()
        #: The number reached in each open list; below zero in one without numbers.
        self._lists: list[int] = []
        self._links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "section":
            self._section = given.get("id", "")
        elif tag in {"thead", "tbody"}:
            self._close("tr")
            self._head = tag == "thead"
            if self._head:
                self._above = ()
        elif tag in {"ol", "ul"}:
            self._lists.append(int(given.get("start", 1)) - 1 if tag == "ol" else -1)
        elif tag in _BLOCKS:
            if tag == "li" and self._lists and self._lists[-1] >= 0:
                self._lists[-1] = int(given.get("value", self._lists[-1] + 1))
            self._begin(tag, given)
        elif tag in {"td", "th", "br"} and self._open:
            self._open[-1].text += CELL
        elif tag == "a":
            self._link, self._words = given.get("href", ""), []
            self._links.add(given.get("id", ""))

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        inside = self._open[-1].tag if self._open else ""
        deeper = bool(self._open) and len(self._lists) > self._open[-1].depth
        if (tag == "p" and inside in {"tr", "li"}) or (tag == "li" and inside == "li" and "id" not in given and deeper):
            # Several values of one cell, or what one source gave: part of the line around them.
            self._open[-1].text += " "
            return
        while self._open:
            self._close(self._open[-1].tag)
        above = self._above if tag == "tr" and not self._head else ()
        block = Block(tag, self._section, given.get("id", ""), heading=self._head, above=above)
        block.depth = len(self._lists)
        if tag == "li":
            block.number = max(0, *self._lists[-1:], 0)
            block.within = max(0, *self._lists[:-1], 0)
        self._open.append(block)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag == "a" and self._link is not None:
            self._end_link()
        elif tag == "ul":
            self._lists.pop()
            if self._open and self._open[-1].tag == "li" and self._open[-1].depth > len(self._lists):
                self._close("li")
        elif tag in {"table", "ol", "figure", "section"}:
            if tag == "ol":
                self._lists.pop()
            while self._open:
                self._close(self._open[-1].tag)
            self._head = False
            self._above = () if tag == "table" else self._above
        elif tag in {"p", "figcaption"} and self._open and self._open[-1].tag == tag:
            self._close(tag)

    def _close(self, tag: str) -> None:
        if self._open and self._open[-1].tag == tag:
            block = self._open.pop()
            if block.heading:
                self._above += tuple(block.targets)
            self.blocks.append(block)

    def _end_link(self) -> None:
        words, link = "".join(self._words), self._link or ""
        self._link = None
        if not self._open:
            return
        block = self._open[-1]
        if not link.startswith("#"):
            block.addresses.append(link)
            block.text += words
            return
        named = _NUMBERED.fullmatch(link[1:])
        if link[1:] in self._links or words == _DISPUTED:
            return  # a way back to a marker, or to the entry of a disagreement
        if not words.startswith("[") and not _NUMBERS.fullmatch(words):
            block.text += words  # a place of the page, named in the sentence
            return
        if named and _NUMBERS.fullmatch(words):
            spans = [(int(one[1]), int(one[2] or one[1])) for one in _RANGE.finditer(words)]
            block.targets += [f"{named[1]}{number}" for first, last in spans for number in range(first, last + 1)]
        else:
            block.targets.append(link[1:])

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._link is not None:
            self._words.append(data)
        elif self._open:
            self._open[-1].text += data


def blocks(html: str) -> list[Block]:
    """Every block of a page, in reading order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


def differences(profile: Profile, html: str) -> Iterator[str]:
    """Where a published page does not say what its profile holds, in words; nothing for a sound page."""
    found = blocks(html)
    sources = {source.url or source.publisher for source in profile.book.sources}
    places = {block.id: block for block in found if block.id and block.tag == "li"}
    yield from _lines(profile, found, places, sources)
    yield from _unsaid(profile, [block for block in found if block.tag == "li"], places, sources)


def _lines(profile: Profile, found: list[Block], places: Mapping[str, Block], sources: set[str]) -> Iterator[str]:
    shown: dict[tuple[str, str], list[Block]] = {}
    for block in found:
        if block.section != "references":
            shown.setdefault((block.section, _bare(_BOX.sub("", block.text.strip(), count=1))), []).append(block)
    cited = _Cited(profile)
    for section in profile:
        for text, line in (told for part in leaves(section.parts) for told in _told(part)):
            same = shown.get((section.key, _bare(text)))
            if not same:
                yield f"{section.key}: not on the page: {text[:120]!r}"
                continue
            # Lines that read the same are taken in their order; the last is never taken away.
            block = same.pop(0) if len(same) > 1 else same[0]
            wanted, led = cited.behind(line), _led_to((*block.targets, *block.above), places, sources)
            if led != wanted:
                lost, more = sorted(wanted - led)[:3], sorted(led - wanted)[:3]
                yield f"{section.key}: {text[:80]!r} should lead to {lost} and not to {more}"


def _told(part: Leaf) -> Iterator[tuple[str, Line]]:
    """The lines of a part, each with the words that a page shows of it."""
    if isinstance(part, Cards):
        # A card is a list item: its label, its value, and below these its year and its publisher.
        for card, line in zip(part.cards, lines(part), strict=True):
            yield f"{card.label}{card.value.text}{card.detail}{card.source}", line
    elif isinstance(part, Disagreement):
        for claim, line in zip(part.claims, lines(part), strict=True):
            yield f"{claim.value.text}{claim.who}", line
    else:
        yield from ((plain(line.spans), line) for line in lines(part))


def _marked(profile: Profile) -> list[Value]:
    """The values that have a marker; one that links to another page of the site has its sources there."""
    return [value for value in profile.values() if not value.to]


class _Cited:
    """The sources that the markers of a line have to lead to: those of its values, and of bundles they belong to."""

    def __init__(self, profile: Profile) -> None:
        self._known = {source.source_id: source.url or source.publisher for source in profile.book.sources}
        self._rows = profile.book.statements
        self._bundles: dict[str, set[str]] = {}
        for value in _marked(profile):
            if value.bundle:
                self._bundles.setdefault(value.bundle, set()).update(self._of(value.evidence))

    def behind(self, line: Line) -> set[str]:
        found = {source for bundle in line.bundles for source in self._bundles.get(bundle, ())}
        for span in line.spans:
            if isinstance(span, Value) and not span.to:
                found |= self._bundles[span.bundle] if span.bundle else self._of(span.evidence)
        return found

    def _of(self, rows: Iterable[str]) -> set[str]:
        return {self._known[one.source_id] for row in rows for one in self._rows[row]}


def _led_to(targets: tuple[str, ...], places: Mapping[str, Block], sources: set[str]) -> set[str]:
    """The sources that markers lead to, by themselves or through a list of several."""
    found: set[str] = set()
    for target in targets:
        block = places.get(target)
        if block is None:
            found.add(f"#{target}, which is no place of the page")
        elif block.targets:
            found |= _led_to(tuple(block.targets), places, sources)
        else:
            found.add(_source(block, sources))
    return found


def _source(block: Block, sources: set[str]) -> str:
    """The address of a source as the page lists it, else its publisher."""
    address = next((one for one in block.addresses if one in sources), "")
    begun = (one for one in sources if block.text.strip().startswith(one))
    return address or max(begun, key=len, default=block.text.strip()[:80])


def _unsaid(profile: Profile, listed: Iterable[Block], places: Mapping[str, Block], sources: set[str]) -> Iterator[str]:
    """What a source gave, and the page keeps to itself: neither listed with the source nor in a set it belongs to."""
    said: dict[str, set[str]] = {}
    numbered = {block.number: block.id for block in places.values() if block.number and not block.within}
    for block in listed:
        # What a source states stands in an item of its number, or in a list within one.
        place = block.id if block.id and not block.within else numbered.get(block.within or block.number, block.id)
        for source in _led_to((place,), places, sources) if place else ():
            told = facts(block.text)
            # The unit of a series stands once, in front of its values.
            with_unit = [f"{one}%" for one in told if ", %:" in block.text]
            said.setdefault(source, set()).update((*told, *with_unit))
    shown = {row for value in _marked(profile) for row in value.evidence}
    for row in sorted(shown & profile.book.statements.keys()):
        for one in profile.book.statements[row]:
            source = profile.book.sources[profile.book.places[one.source_id] - 1]
            address = source.url or source.publisher
            for fact in set(facts(one.statement.words)) - said.get(address, set()):
                if one.statement.table != "sources":
                    yield f"sources: {address} gave {fact} for {row}, which the page does not list"


def _bare(text: str) -> str:
    """A text without blanks, and with one form of apostrophes and single quotation marks."""
    return "".join(text.translate(dict.fromkeys(map(ord, "‘’"), "'")).split())
