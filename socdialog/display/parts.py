"""The parts a page is made of. Every value they show carries the rows it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import altair as alt

Evidence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a reader sees it, with the rows it rests on.

    Parameters
    ----------
    text
        The value in words or digits.
    evidence
        Row ids of clean tables. Empty only for an absence, which no row can show.
    absent
        Whether it states an absence: not published, not known here, none found.
    bundle
        Values of one bundle, such as those of one release of a series, share a marker.
    """

    text: str
    evidence: Evidence = ()
    absent: bool = False
    bundle: str = ""


Span = str | Value


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or paragraph, computed from results.

    Parameters
    ----------
    spans
        Words and values, in their order.
    kind
        ``plain``; ``caution`` for what must not be concluded; ``note`` for small print.
    """

    spans: tuple[Span, ...]
    kind: Literal["plain", "caution", "note"] = "plain"

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return plain(self.spans)


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
        The bundle that its values share: their marker then stands once, in the heading.
    """

    heading: str
    numeric: bool = False
    bundle: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a reader sees it; the first cell of each row heads it.

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
        Small print below, in words and values: known of n, sources, limits.
    apart
        Whether each cell bears its own marker, as its columns are about different things, such as countries; else
        a marker stands once in a row.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Span | tuple[Span, ...], ...], ...]
    note: tuple[Span, ...] = ()
    apart: bool = False

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"table {self.key}: {len(wrong)} row(s) do not have {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart, what it shows in words, and the table of all its points.

    Parameters
    ----------
    key
        Unique on its page.
    chart
        The chart; its title says the finding.
    caption
        The chart in words and values, for those who do not see it too.
    table
        Every point of the chart, with its evidence.
    """

    key: str
    chart: alt.Chart | alt.LayerChart
    caption: tuple[Span, ...]
    table: Table

    @property
    def alt(self) -> str:
        """The chart in plain words."""
        return plain(self.caption)


Part = Sentence | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page.

    Parameters
    ----------
    key
        Its name in code and in addresses.
    title
        Its heading.
    parts
        What it shows, in order.
    """

    key: str
    title: str
    parts: tuple[Part, ...]


def plain(spans: Iterable[Span]) -> str:
    """Return words and values as plain text."""
    return "".join(span if isinstance(span, str) else span.text for span in spans)


def sentence(*spans: Span, kind: Literal["plain", "caution", "note"] = "plain") -> Sentence:
    """Make a sentence of words and values."""
    return Sentence(tuple(spans), kind)


def note(*spans: Span) -> Sentence:
    """Make small print."""
    return Sentence(tuple(spans), "note")


def caution(text: str) -> Sentence:
    """Make a caution: what a reader must not conclude."""
    return Sentence((text,), "caution")


def table(
    key: str,
    caption: str,
    columns: Sequence[str | Column],
    rows: Sequence[Sequence[Span | tuple[Span, ...]]],
    *,
    note: str | Sequence[Span] = (),
    apart: bool = False,
) -> Table:
    """Make a table; a heading that begins with ``#`` heads a column of numbers."""
    words = ((note,) if note else ()) if isinstance(note, str) else tuple(note)
    return Table(key, caption, headed(columns), tuple(tuple(row) for row in rows), words, apart)


def headed(columns: Iterable[str | Column]) -> tuple[Column, ...]:
    """Make columns of headings; one that begins with ``#`` heads a column of numbers."""
    return tuple(
        column if isinstance(column, Column) else Column(column.removeprefix("#"), numeric=column.startswith("#"))
        for column in columns
    )


def spans(part: Part) -> Iterator[Span]:
    """Yield every piece of text that a part shows, in reading order: words as they are, and values."""
    if isinstance(part, Sentence):
        yield from part.spans
        return
    shown = part.table if isinstance(part, Figure) else part
    if isinstance(part, Figure):
        yield from part.caption
    for row in shown.rows:
        for cell in row:
            yield from cell if isinstance(cell, tuple) else (cell,)
    yield from shown.note


def values(parts: Sequence[Part]) -> Iterator[Value]:
    """Yield every value that `parts` show, in reading order."""
    for part in parts:
        yield from (span for span in spans(part) if isinstance(span, Value))
