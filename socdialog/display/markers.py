"""Which values of a part share a marker, and where it is placed: one for a clause, a row, a card or a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from socdialog.display.parts import (
    Cards,
    Cell,
    Column,
    Disagreement,
    Evidence,
    Figure,
    Folded,
    Part,
    ScalePlot,
    Sentence,
    Span,
    Table,
    Value,
    cell_spans,
)

#: The key under which evidence is numbered: a set of rows, or the name of a bundle.
Key = Evidence | str
#: Where a clause ends: at its sign, before a space or the end of the words. Words in brackets belong to their clause.
_CLAUSE = re.compile(r"\([^()]*\)|[.;:,)](?=\s|$)")


class Marked(NamedTuple):
    """A place for a marker, and the key of what it leads to."""

    key: Key


def key_of(value: Value) -> Key:
    """Return the key that a value is numbered under; an empty one for a value without a marker."""
    return () if value.to else value.bundle or value.evidence


def together(spans: Iterable[Span], *, without: Iterable[str] = ()) -> Key:
    """Return the one key of several spans: their bundle where they share one, else the rows of all.

    Parameters
    ----------
    spans
        Words and values.
    without
        Bundles that have a marker elsewhere.
    """
    elsewhere = set(without)
    found = [one for one in spans if isinstance(one, Value) and key_of(one) and one.bundle not in elsewhere]
    bundles = {one.bundle for one in found}
    if len(bundles) == 1 and "" not in bundles:
        return bundles.pop()
    return tuple(sorted({row for one in found for row in one.evidence}))


def with_markers(spans: Sequence[Span]) -> Iterator[Span | Marked]:
    """Yield the spans of a sentence with a marker at the end of each clause that shows a value.

    Values of one key share a marker: it is placed after the last of them in the sentence.
    """
    last = {key_of(span): place for place, span in enumerate(spans) if isinstance(span, Value) and key_of(span)}
    waiting: dict[int, None] = {}
    for place, span in enumerate(spans):
        if isinstance(span, Value):
            yield span
            if last.get(key_of(span)) == place:
                waiting[place] = None
            continue
        end = _clause_end(span) if waiting else None
        if end is None:
            yield span
            continue
        before, after = span[:end], span[end:]
        if before:
            yield before
        yield _marker(spans, waiting)
        waiting = {}
        yield after
    if waiting:
        yield _marker(spans, waiting)


def _clause_end(words: str) -> int | None:
    """Return the place of the sign that ends the clause in these words; None where it goes on."""
    return next((found.start() for found in _CLAUSE.finditer(words) if not found[0].startswith("(")), None)


def _marker(spans: Sequence[Span], places: Iterable[int]) -> Marked:
    return Marked(together(spans[place] for place in places))


def row_key(columns: Sequence[Column], cells: Iterable[Cell]) -> Key:
    """Return the key of a row of a table: of all its values but those whose column has a marker in its heading."""
    shown = (column.bundle for column in columns if column.bundle)
    return together((span for cell in cells for span in cell_spans(cell)), without=shown)


def has_source_column(table: Table) -> bool:
    """Whether the rows of a table get a column of their own for markers."""
    return not table.separate and any(row_key(table.columns, row) for row in table.rows)


def keys(part: Part, *, folded: bool = True) -> Iterator[Key]:
    """Yield the key of every marker that a part shows, in reading order.

    Parameters
    ----------
    part
        The part.
    folded
        Whether those count that a reader sees only after opening something: folded parts, and the data of figures.
    """
    yield from (key for key in _keys(part, folded=folded) if key)


def _keys(part: Part, *, folded: bool) -> Iterator[Key]:
    match part:
        case Folded():
            for one in part.parts if folded else ():
                yield from _keys(one, folded=folded)
        case Sentence():
            yield from _of_line(part.spans)
        case Cards():
            yield from (key_of(card.value) for card in part.cards)
        case Disagreement():
            yield from (key_of(claim.value) for claim in part.claims)
        case Figure():
            yield from _of_line(part.caption)
            yield from _keys(part.table, folded=folded) if folded and part.table is not None else ()
        case ScalePlot():
            yield from (together(row.value) for row in part.rows)
            yield from _of_line(part.note)
        case Table():
            yield from (column.bundle for column in part.columns)
            for row in part.rows:
                cells = [key_of(span) for cell in row for span in cell_spans(cell) if isinstance(span, Value)]
                yield from cells if part.separate else [row_key(part.columns, row)]
            yield from _of_line(part.note)


def _of_line(spans: Sequence[Span]) -> Iterator[Key]:
    yield from (one.key for one in with_markers(spans) if isinstance(one, Marked))
