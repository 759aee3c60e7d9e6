"""The parts of a page: structure, not markup. Every value they show names the rows it is based on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

Evidence = tuple[str, ...]
#: How parts are read from data: exactly these members and types.
STRICT = MappingProxyType({"extra": "forbid", "strict": True})
#: What a sentence is for; see `Sentence`.
Kind = Literal["plain", "lead", "small", "note", "not_comparable", "differ", "how_sure"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a reader sees it, with the rows it is based on.

    Parameters
    ----------
    text
        The value in words or digits.
    evidence
        Row ids of clean tables. Empty only for an absence, which no row can show, and for a link.
    absent
        Whether it states an absence: not published, no data found, none found.
    bundle
        Values of one bundle, such as those of one release of a series, share a marker.
    to
        Where a reader finds its rows, for a count: an address below the site, or ``#…`` on the same page. Such a
        value is a link and has no marker.
    lang
        BCP 47 tag of a text that is not English, such as a name in its original script.
    disputed
        Id of the entry on the page that shows a disagreement about this value; empty = none known.
    """

    __pydantic_config__ = STRICT

    text: str
    evidence: Evidence = ()
    absent: bool = False
    bundle: str = ""
    to: str = ""
    lang: str = ""
    disputed: str = ""


Span = str | Value
Spans = tuple[Span, ...]
Cell = Span | Spans


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or paragraph, computed from results.

    Parameters
    ----------
    spans
        Words and values, in their order.
    kind
        ``plain``; ``lead`` for the finding a section begins with; ``small`` for small print; ``note`` and
        ``not_comparable`` for a box that says what a reader may do and may not do; ``differ`` for a disagreement
        next to its figure; ``how_sure`` for what the figures of a page rest on.
    """

    __pydantic_config__ = STRICT

    spans: Spans
    kind: Kind = "plain"

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return plain(self.spans)


@dataclass(frozen=True, slots=True)
class Heading:
    """A subject within a section.

    Parameters
    ----------
    key
        Its id on the page.
    text
        The subject.
    """

    __pydantic_config__ = STRICT

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a shown table.

    Parameters
    ----------
    heading
        Its heading.
    numeric
        Whether it holds numbers.
    bundle
        The bundle that its values share: their marker is then shown once, in the heading.
    to
        Where the heading leads: an address below the site; empty = nowhere.
    """

    __pydantic_config__ = STRICT

    heading: str
    numeric: bool = False
    bundle: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a reader sees it; the first cell of each row heads it.

    A row that is based on sources gets a last column "Source" when it is rendered, with one marker.

    Parameters
    ----------
    key
        Unique on its page.
    caption
        What the table shows, with unit and years.
    columns
        Its columns.
    rows
        Cells; a cell is words, or a value with its evidence, or several of these one below the other.
    note
        Small print below, in words and values: definitions, symbols, exclusions.
    separate
        Whether each cell has its own marker, as its columns are about different subjects, such as countries.
    """

    __pydantic_config__ = STRICT

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Spans = ()
    separate: bool = False

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"table {self.key}: {len(wrong)} rows do not have {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it shows in words, and the table of all its points.

    Parameters
    ----------
    key
        Unique on its page.
    chart
        The chart as a Vega-Lite specification. Its title and subtitle are shown as text above it.
    caption
        One sentence about the chart in words and values, for those who do not see it too.
    table
        Every point of the chart, with its evidence. A small figure may leave it to the full one.
    full
        For a small figure: the id of the full figure on the same page, without ``f-``.
    """

    __pydantic_config__ = STRICT

    key: str
    chart: dict[str, Any]
    caption: Spans
    table: Table | None = None
    full: str = ""

    def __post_init__(self) -> None:
        if self.table is None and not self.full:
            raise ValueError(f"figure {self.key} has neither a table nor a full figure")

    @property
    def alt(self) -> str:
        """The chart in plain words."""
        return plain(self.caption)

    @property
    def title(self) -> str:
        """The finding that the chart shows."""
        return _lines(self._title.get("text", "")) if isinstance(self._title, dict) else _lines(self._title)

    @property
    def subtitle(self) -> str:
        """Unit, years and source of the chart."""
        return _lines(self._title.get("subtitle", "")) if isinstance(self._title, dict) else ""

    @property
    def _title(self) -> Any:
        return self.chart.get("title") or ""


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure.

    Parameters
    ----------
    label
        What it measures.
    value
        The value, or which absence it is.
    detail
        Year, status and age.
    source
        Who publishes it.
    to
        Id of the place on the page with the full figure; empty = none.
    """

    __pydantic_config__ = STRICT

    label: str
    value: Value
    detail: str = ""
    source: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Key figures next to each other, all of one size."""

    __pydantic_config__ = STRICT

    key: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One of several values of one quantity.

    Parameters
    ----------
    value
        The value as its source states it.
    who
        Who states it, and when.
    at
        Its place on the common scale; a range has a second one. None where the values have no common scale.
    """

    __pydantic_config__ = STRICT

    value: Value
    who: str
    at: tuple[float, ...] | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values that contradict each other.

    Parameters
    ----------
    key
        Its id on the page.
    question
        The quantity in question, as a question.
    claims
        The values, each with who states it.
    check
        The check that finds the disagreement, in words.
    status
        Whether it is open, resolved, or a revision.
    """

    __pydantic_config__ = STRICT

    key: str
    question: str
    claims: tuple[Claim, ...]
    check: str
    status: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a scale: a dot, or a bar from `low` to `high`; hollow where it is old or an end is not stated."""

    __pydantic_config__ = STRICT

    low: float
    high: float | None = None
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """What a scale plot shows of one subject: its name, its marks, and their values in words."""

    __pydantic_config__ = STRICT

    label: Value
    marks: tuple[Mark, ...]
    value: Spans


@dataclass(frozen=True, slots=True)
class ScalePlot:
    """Values of several subjects on one scale, as a table that is its own text alternative.

    Parameters
    ----------
    key
        Unique on its page.
    title, subtitle
        The finding; unit, years and source.
    head
        What the rows are, and what their values are.
    ticks
        The numbers written on the scale, at equal distances; the first and the last are its ends.
    tick_words
        The same as readers see them.
    rows
        Its rows.
    note
        Small print below: symbols, and subjects without a value.
    """

    __pydantic_config__ = STRICT

    key: str
    title: str
    subtitle: str
    head: tuple[str, str]
    ticks: tuple[float, ...]
    tick_words: tuple[str, ...]
    rows: tuple[ScaleRow, ...]
    note: Spans = ()

    def at(self, number: float) -> float:
        """Return the place of a number on the scale: 0 at its beginning, 100 at its end."""
        low, high = self.ticks[0], self.ticks[-1]
        return 100 * (number - low) / ((high - low) or 1)


Leaf = Sentence | Heading | Table | Figure | ScalePlot | Cards | Disagreement


@dataclass(frozen=True, slots=True)
class Folded:
    """Detail that a reader opens.

    Parameters
    ----------
    key
        Its id on the page.
    summary
        What is in it.
    parts
        Its parts.
    elsewhere
        Address below the site where the same detail is listed, for a reader of the printed page; empty = none.
    """

    __pydantic_config__ = STRICT

    key: str
    summary: str
    parts: tuple[Leaf, ...]
    elsewhere: str = ""


Part = Leaf | Folded


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page.

    Parameters
    ----------
    key
        Its name in code and in addresses.
    title
        Its heading; empty for the beginning of a page, which the page's own title heads.
    parts
        What it shows, in order.
    basis
        Labels of what it is based on: official statistics, law, public reports.
    """

    __pydantic_config__ = STRICT

    key: str
    title: str
    parts: tuple[Part, ...]
    basis: tuple[str, ...] = ()


def _lines(text: object) -> str:
    """Join the lines of a title."""
    return " ".join(map(str, text)) if isinstance(text, list | tuple) else str(text)


def plain(spans: Iterable[Span]) -> str:
    """Return words and values as plain text."""
    return "".join(span if isinstance(span, str) else span.text for span in spans)


def sentence(*spans: Span, kind: Kind = "plain") -> Sentence:
    """Return a sentence of words and values."""
    return Sentence(tuple(spans), kind)


def lead(*spans: Span) -> Sentence:
    """Return the sentence that a section begins with: its finding."""
    return Sentence(tuple(spans), "lead")


def small_print(*spans: Span) -> Sentence:
    """Return small print."""
    return Sentence(tuple(spans), "small")


def caution(*spans: Span, kind: Literal["note", "not_comparable"] = "note") -> Sentence:
    """Return a box: what a reader may do with a value, and what not."""
    return Sentence(tuple(spans), kind)


def table(
    key: str,
    caption: str,
    columns: Sequence[str | Column],
    rows: Sequence[Sequence[Cell]],
    *,
    note: str | Sequence[Span] = (),
    separate: bool = False,
) -> Table:
    """Return a table; a heading that begins with ``#`` heads a column of numbers."""
    words = ((note,) if note else ()) if isinstance(note, str) else tuple(note)
    return Table(key, caption, headed(columns), tuple(tuple(row) for row in rows), words, separate)


def headed(columns: Iterable[str | Column]) -> tuple[Column, ...]:
    """Return columns for headings; one that begins with ``#`` heads a column of numbers."""
    return tuple(
        column if isinstance(column, Column) else Column(column.removeprefix("#"), numeric=column.startswith("#"))
        for column in columns
    )


def leaves(parts: Iterable[Part]) -> Iterator[Leaf]:
    """Yield parts in reading order, those of folded parts too."""
    for part in parts:
        yield from part.parts if isinstance(part, Folded) else (part,)


def cell_spans(cell: Cell) -> Spans:
    """Return the spans of a cell of a table."""
    return cell if isinstance(cell, tuple) else (cell,)


def spans(part: Part) -> Iterator[Span]:
    """Yield every piece of text that a part shows, in reading order: words as they are, and values."""
    for leaf in leaves((part,)):
        yield from _spans(leaf)


def _spans(part: Leaf) -> Iterator[Span]:
    match part:
        case Sentence():
            yield from part.spans
        case Heading():
            yield part.text
        case Cards():
            yield from (card.value for card in part.cards)
        case Disagreement():
            yield part.question
            yield from (claim.value for claim in part.claims)
        case Figure():
            yield from part.caption
            yield from _spans(part.table) if part.table is not None else ()
        case ScalePlot():
            for row in part.rows:
                yield from (row.label, *row.value)
            yield from part.note
        case Table():
            yield from (span for row in part.rows for cell in row for span in cell_spans(cell))
            yield from part.note


def values(parts: Iterable[Part]) -> Iterator[Value]:
    """Yield every value that `parts` show, in reading order."""
    for part in parts:
        yield from (span for span in spans(part) if isinstance(span, Value))
