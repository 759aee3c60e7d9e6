"""Reads the specifications of this folder: Markdown with a table in, a call, and a table out.

A case is a section (``## title``) of running text and three kinds of block::

    given events                      (a name where there are several tables; else the columns are the arguments)
    | event_id | start_date (bounds) | topics (list) |
    | --- | --- | --- |
    | e1 | 2024 | wages; osh |

    when `activity.events_by(events, "topics")`

    then
    | topics | value |
    | --- | --- |
    | osh | 1 |

An empty cell is null. A column is text, or numbers where every cell is one; a word behind its name says
otherwise: ``text``, ``int``, ``date``, ``bounds`` (date of reduced precision, with its two bound columns),
``list``, ``bool``. ``Tolerance: 0.05`` in the text sets how near a number must come (default 1e-9). A given table
without ``row_id`` gets ``<name>:<line>``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from socdialog import dates, schemas

HEADER = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<kind>\w+)\))?")
READERS: dict[str, tuple[Callable[[str], object], pl.DataType]] = {
    "text": (str, pl.String()),
    "number": (lambda cell: float(cell.replace(",", "")), pl.Float64()),
    "int": (int, pl.Int64()),
    "date": (date.fromisoformat, pl.Date()),
    "bool": (lambda cell: cell == "true", pl.Boolean()),
    "list": (lambda cell: [part.strip() for part in cell.split(";")], pl.List(pl.String())),
}


@dataclass
class Case:
    """One case: its tables, the call, and what must come out."""

    file: str
    title: str
    given: dict[str, pl.DataFrame] = field(default_factory=dict)
    when: str = ""
    then: pl.DataFrame | None = None
    tolerance: float = 1e-9
    text: str = ""

    @property
    def per_row(self) -> bool:
        return list(self.given) == [""]


def cases(path: Path) -> list[Case]:
    """Return the cases of one specification."""
    found: list[Case] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        if line.startswith("## "):
            found.append(Case(path.stem, line.removeprefix("## ")))
        elif found and (line in {"then", "given"} or line.startswith("given ")):
            word, _, name = line.partition(" ")
            block, position = _block(lines, position + 1)
            table = read_table(block, name=name)
            if word == "then":
                found[-1].then = table
            else:
                found[-1].given[name] = table
            continue
        elif found and line.startswith("when "):
            found[-1].when = line.removeprefix("when ").strip("`")
        elif found:
            tolerance = re.search(r"Tolerance: ([0-9.e-]+[0-9])", line)
            found[-1].tolerance = float(tolerance.group(1)) if tolerance else found[-1].tolerance
            found[-1].text += line + "\n"
        position += 1
    return found


def _block(lines: list[str], position: int) -> tuple[list[str], int]:
    while position < len(lines) and not lines[position].strip():
        position += 1
    start = position
    while position < len(lines) and lines[position].lstrip().startswith("|"):
        position += 1
    return lines[start:position], position


def read_table(lines: list[str], *, name: str = "") -> pl.DataFrame:
    """Return a Markdown table as a frame."""
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    columns: dict[str, pl.Series] = {}
    for place, header in enumerate(rows[0]):
        parts = HEADER.fullmatch(header)
        assert parts is not None, header
        cells = [row[place] or None for row in rows[2:]]
        columns |= _column(parts["name"].strip("` "), parts["kind"], cells)
    frame = pl.DataFrame(columns)
    if name and "row_id" not in frame.columns:
        frame = frame.with_columns(
            pl.Series("row_id", [f"{name}:{line}" for line in range(1, frame.height + 1)], dtype=pl.String)
        )
    return frame


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
