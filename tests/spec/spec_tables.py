"""Turns the tables of a specification into frames.

A column is text, or numbers where every cell is one; a word behind its name says otherwise: ``text``, ``int``,
``date``, ``bounds`` (date of reduced precision, with its two bound columns), ``list``, ``bool``. An empty cell is null.
``Tolerance: 0.05`` in the text sets how near a number must come (default 1e-9). A given table without ``row_id`` gets
``<name>:<line>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import polars as pl

from docs.specifications import Case, Grid
from socdialog import dates, schemas

READERS: dict[str, tuple[Callable[[str], object], pl.DataType]] = {
    "text": (str, pl.String()),
    "number": (lambda cell: float(cell.replace(",", "")), pl.Float64()),
    "int": (int, pl.Int64()),
    "date": (date.fromisoformat, pl.Date()),
    "bool": (lambda cell: cell == "true", pl.Boolean()),
    "list": (lambda cell: [part.strip() for part in cell.split(";")], pl.List(pl.String())),
}


def tolerance(case: Case) -> float:
    """Return how near a number must come."""
    found = re.search(r"Tolerance: ([0-9.e-]+[0-9])", case.text)
    return float(found.group(1)) if found else 1e-9


def given(case: Case) -> dict[str, pl.DataFrame]:
    """Return the tables that go in, by name; a table without a name holds the arguments of a formula."""
    return {grid.name: frame(grid) for grid in case.given}


def expected(case: Case) -> pl.DataFrame:
    """Return the table that must come out."""
    assert case.then is not None, "the case has no 'then'"
    return frame(case.then._replace(name=""))


def frame(grid: Grid) -> pl.DataFrame:
    """Return a table as a frame."""
    columns: dict[str, pl.Series] = {}
    for place, column in enumerate(grid.columns):
        columns |= _column(column.name, column.kind, [row[place] for row in grid.rows])
    found = pl.DataFrame(columns)
    if grid.name and "row_id" not in found.columns:
        ids = [f"{grid.name}:{line}" for line in range(1, found.height + 1)]
        found = found.with_columns(pl.Series("row_id", ids, dtype=pl.String))
    return found


def _column(name: str, kind: str | None, cells: list[str | None]) -> dict[str, pl.Series]:
    assert kind is None or kind in READERS or kind == "bounds", f"{name}: {kind}"
    if kind == "bounds":
        both = [None if cell is None else dates.bounds(cell) for cell in cells]
        first, last = schemas.bound_names(name)
        return {
            name: pl.Series(name, cells, dtype=pl.String),
            first: pl.Series(first, [None if b is None else b.first for b in both], dtype=pl.Date),
            last: pl.Series(last, [None if b is None else b.last for b in both], dtype=pl.Date),
        }
    numbers = all(cell is None or _is_number(cell) for cell in cells)
    read, dtype = READERS[kind or ("number" if numbers else "text")]
    return {name: pl.Series(name, [None if cell is None else read(cell) for cell in cells], dtype=dtype)}


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9][0-9,]*(\.[0-9]+)?", cell) is not None
