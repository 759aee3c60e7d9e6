"""Tables of a page: a frame, and of each column its heading and what a cell shows of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.parts import Column, Evidence, Span, Table, Value, table

Row = Mapping[str, Any]
Cell = Span | tuple[Span, ...]
#: Small print below a table, in words and values.
Note = str | Sequence[Span]
#: What a cell shows of a row.
Show = Callable[[Row], Cell]
#: Columns by heading; a heading that begins with ``#`` heads a column of numbers.
Columns = Mapping[str, Show]


def absence(words: str) -> Value:
    """Say which absence it is; no row can show one."""
    return Value(words, absent=True)


NOT_KNOWN, NOT_STATED = absence("not known here"), absence("not stated")
NONE_FOUND, DASH = absence("none found"), absence("–")


def rows(evidence: Iterable[str]) -> Evidence:
    """Return row ids as evidence: each once, sorted."""
    return tuple(sorted(set(evidence)))


def ids(frame: pl.DataFrame, column: str = "row_id") -> Evidence:
    """Return the row ids of a frame as evidence, from a column of ids or of lists of ids."""
    found = frame.get_column(column)
    return rows(found.explode().drop_nulls() if found.dtype == pl.List else found)


def own(row: Row) -> Evidence:
    """Return what a row of a result rests on; a row of the data, itself."""
    found = row["evidence"] if "evidence" in row else row["row_id"]
    return (found,) if isinstance(found, str) else rows(found)


def linked(words: str | None, row: Row, otherwise: Span = "") -> Span:
    """Show words that lead to what the row rests on; without words what stands there `otherwise`."""
    return Value(words, own(row)) if words else otherwise


def text(column: str, otherwise: Span = "") -> Show:
    """Show a text of the data."""
    return lambda row: linked(row[column], row, otherwise)


def day(column: str, otherwise: Span = "") -> Show:
    """Show a date."""
    return lambda row: linked(row[column] and cldr.date(row[column]), row, otherwise)


def coded(column: str, vocabulary: str, otherwise: Span = "") -> Show:
    """Show a code in words."""
    return lambda row: wording.label(vocabulary, row[column]) if row[column] else otherwise


def number(row: Row) -> Value:
    """Show the value of a row of a result; a null as what it is."""
    return NOT_KNOWN if row["value"] is None else Value(cldr.number(row["value"]), own(row))


def rank(column: str, codes: Iterable[str]) -> pl.Expr:
    """Sort a column of codes in the order of these."""
    return pl.col(column).cast(pl.Enum(list(codes)))


def listed(key: str, caption: str, found: pl.DataFrame, columns: Columns, *, note: Note = ()) -> Table:
    """Show a frame row by row; its columns say what a cell shows of a row."""
    shown = [[show(row) for show in columns.values()] for row in found.iter_rows(named=True)]
    return table(key, caption, list(columns), shown, note=note)


def grid(
    key: str,
    caption: str,
    head: str,
    columns: Mapping[str, str | Column],
    lines: Mapping[str, Mapping[str, Span]],
    *,
    note: Note,
    separate: bool = False,
) -> Table:
    """Show lines against columns, with a dash where a line has nothing in a column.

    Parameters
    ----------
    key, caption, note, separate
        As of every table.
    head
        Heading of the column that names the lines.
    columns
        The heading of each column.
    lines
        The cells of each line by column.
    """
    shown = [(name, *(cells.get(column, DASH) for column in columns)) for name, cells in lines.items()]
    return table(key, caption, [head, *columns.values()], shown, note=note, separate=separate)
