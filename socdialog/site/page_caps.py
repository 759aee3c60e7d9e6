"""What the page of a country may hold with its folded parts closed: a build warns of more, and the tests refuse it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

#: Bytes and words of the page.
BYTES, WORDS = 300_000, 6_000
#: Rows and columns of a table, charts of a subject, boxes of a section.
ROWS, COLUMNS, CHARTS, BOXES = 10, 6, 1, 1
#: Lists with a row for each item of a fixed set are as long as the set: the fundamental and governance conventions,
#: and the aspects of law.
_FIXED = frozenset({"standards", "law", "references"})
_UNREAD = frozenset({"script", "style", "svg", "template"})
#: The two charts of the first screen are small copies of others.
_SMALL = "sd-small"


class Excess(NamedTuple):
    """What a page has too much of: where, what, how much, and the most that it may have."""

    section: str
    what: str
    found: int
    most: int

    def __str__(self) -> str:
        place = f"section {self.section}: " if self.section else ""
        return f"{place}{self.found:,} {self.what}, at most {self.most:,}"


def over_caps(html: str) -> tuple[Excess, ...]:
    """Return what the page of a country has too much of; nothing for one within its caps.

    Screens are not counted here: that takes a browser, which the tests have.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    every = (
        *reader.counted(),
        Excess("", "words", reader.words, WORDS),
        Excess("", "bytes", len(html.encode()), BYTES),
    )
    return tuple(one for one in every if one.found > one.most)


class _Reader(HTMLParser):
    """Counts what is open on a page, by section, and there by subject or table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = 0
        self._charts: Counter[tuple[str, int]] = Counter()
        self._boxes: Counter[str] = Counter()
        self._rows: Counter[tuple[str, int]] = Counter()
        self._columns: Counter[tuple[str, int]] = Counter()
        self._section = ""
        self._subject = self._table = 0
        #: How many of these elements are open.
        self._inside: Counter[str] = Counter()

    def counted(self) -> Iterator[Excess]:
        """Yield the counts that have a cap."""
        yield from (Excess(section, "charts for one subject", n, CHARTS) for (section, _), n in self._charts.items())
        yield from (Excess(section, "boxes", n, BOXES) for section, n in self._boxes.items())
        for what, found, most in (
            ("rows in a table", self._rows, ROWS),
            ("columns in a table", self._columns, COLUMNS),
        ):
            yield from (Excess(section, what, n, most) for (section, _), n in found.items() if section not in _FIXED)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside[tag] += 1
        if tag == "tbody":
            self._inside["thead"] = 0  # its end may be left out
        given = {name: value or "" for name, value in attrs}
        if tag == "section":
            self._section = given.get("id", "")
        self._subject += tag in {"h2", "h3"}
        self._table += tag == "table"
        if self._inside["details"]:
            return
        classes = given.get("class", "").split()
        self._charts[self._section, self._subject] += tag == "figure" and _SMALL not in classes
        self._boxes[self._section] += "sd-box" in classes
        self._rows[self._section, self._table] += tag == "tr" and not self._inside["thead"]
        self._columns[self._section, self._table] += tag == "th" and self._inside["thead"] > 0

    def handle_endtag(self, tag: str) -> None:
        self._inside[tag] -= 1

    def handle_data(self, data: str) -> None:
        closed = self._inside["details"] and not self._inside["summary"]
        if self._inside["main"] and not closed and not any(self._inside[tag] for tag in _UNREAD):
            self.words += len(data.split())
