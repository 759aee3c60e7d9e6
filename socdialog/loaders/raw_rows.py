"""Rows that a command adds to a raw table: the file as it would be with them, sorted by key, before it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from socdialog import codebook
from socdialog.codebook import Table
from socdialog.intake.reading import RawData, raw_file

Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class WithRows:
    """A raw table with further rows.

    Parameters
    ----------
    frame
        As `socdialog.intake.reading.read_raw` would read the file.
    content
        The file.
    lines
        The line of each added row, in the order in which they were given.
    """

    frame: pl.DataFrame
    content: str
    lines: tuple[int, ...]


def with_rows(raw: RawData, table: str, rows: Sequence[Row], *, instead_of: Collection[int] = ()) -> WithRows:
    """Return a raw table with further rows, sorted by key.

    Parameters
    ----------
    raw
        The raw data as they stand; a table without a file begins with these rows.
    table
        Name of the table.
    rows
        The rows to add, by column; what a row does not name is empty.
    instead_of
        Lines of rows that these replace.
    """
    spec = codebook.tables()[table]
    old = raw.tables.get(table)
    # A column that files may lack is written from the first row on that has something in it.
    filled = {name for row in rows for name, cell in row.items() if cell}
    there = {name for name, column in spec.columns.items() if not column.optional} if old is None else {*old.columns}
    header = [name for name in spec.columns if name in filled | there]
    added = [tuple(row.get(name) or None for name in header) for row in rows]
    if old is not None:
        old = old.filter(~pl.col("raw_line").is_in(sorted(instead_of)))
    stood = [] if old is None else old.select(_or_empty(old, name) for name in header).rows()
    every = [*stood, *added]
    order = sorted(range(len(every)), key=lambda at: _place(spec, dict(zip(header, every[at], strict=True))))
    cells = [every[at] for at in order]
    lines = {at: line for line, at in enumerate(order, start=2)}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(header, pl.String), orient="row").with_columns(
        raw_file=pl.lit(raw_file(table)), raw_line=pl.int_range(2, pl.len() + 2, dtype=pl.Int64)
    )
    return WithRows(frame, _written(header, cells), tuple(lines[len(stood) + at] for at in range(len(added))))


def _or_empty(frame: pl.DataFrame, name: str) -> pl.Expr:
    return (pl.col(name) if name in frame.columns else pl.lit(None, pl.String)).alias(name)


def _place(spec: Table, row: Row) -> tuple[tuple[int, str], ...]:
    """Return what sorts a row by its key: whole numbers by their size, texts by their letters."""
    cells = ((spec.columns[name].type, row.get(name) or "") for name in spec.key)
    return tuple((int(cell) if kind == "integer" and cell.isdecimal() else 0, cell) for kind, cell in cells)


def _written(header: Sequence[str], cells: Iterable[Sequence[str | None]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in cells)
    return text.getvalue()
