"""The downloads of a site: which values stand in which row, and that each column keeps all of its values.

A row is known by its key, never by its place, and a column of the raw data by its name; a derived column is known by
what it holds, so that it may be renamed. Derived texts are read for their facts alone.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.net.evidence import RAW
from tests.net.meaning import digest, facts

#: Ids that are made from an address or a publisher; these stand for them.
_MADE = ("at-", "series-")
_TABLE = re.compile(r"^[a-z_]+:")


class Column(NamedTuple):
    """A column: how many values, how many different ones, and a hash of each with its row."""

    filled: int
    different: int
    content: str


class Content(NamedTuple):
    """A table to download: its columns by name, which of them are raw ones, and a hash of each row."""

    columns: Mapping[str, Column]
    raw: frozenset[str]
    rows: Counter[tuple[str, str]]


def content(path: Path, cited: Mapping[str, str]) -> Content:
    """Read a table; `cited` gives the address or publisher of each source."""
    with path.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    names = list(rows[0]) if rows else []
    raw = frozenset(names) & _raw_columns()
    columns = {name: [_cell(row[name], exact=name in raw, cited=cited) for row in rows] for name in names}
    keys = _keys(rows, columns)
    kept = {name: cells for name, cells in columns.items() if name != "raw_line"}
    return Content({name: _column(keys, cells) for name, cells in kept.items()}, raw, _rows(keys, kept))


def _rows(keys: list[str], columns: Mapping[str, list[str]]) -> Counter[tuple[str, str]]:
    """A hash of each row, to find what changed; where several rows have one key the columns alone are kept."""
    if len({key.partition(" ")[0] for key in keys}) < len(keys):
        return Counter()
    return Counter((key, digest(*sorted(cells[place] for cells in columns.values()))) for place, key in enumerate(keys))


def _keys(rows: list[dict[str, str]], columns: Mapping[str, list[str]]) -> list[str]:
    if rows and "source_id" in rows[0] and "row_id" in rows[0]:
        pairs = zip(columns["row_id"], columns["source_id"], strict=True)
        return [row if row == source else f"{row} {digest(source)}" for row, source in pairs]
    return columns["row_id"] if "row_id" in columns else [digest(*row.values()) for row in rows]


def _cell(text: str, *, exact: bool, cited: Mapping[str, str]) -> str:
    """A cell in a form that outlives renamed tables, made ids and reworded explanations."""
    if text in cited and text.startswith(_MADE):
        return cited[text]
    if exact:
        return text
    if " " in text:
        return "; ".join(facts(text))
    # The id of a row, or several, without the table.
    parts = (_TABLE.sub("", part) for part in text.split(";"))
    return ";".join(cited.get(part, part) if part.startswith(_MADE) else part for part in parts)


def _column(keys: Iterable[str], cells: list[str]) -> Column:
    filled = [(key, cell) for key, cell in zip(keys, cells, strict=True) if cell]
    pairs = sorted(f"{key}\x1e{cell}" for key, cell in filled)
    return Column(len(filled), len({cell for _, cell in filled}), digest(*pairs))


@cache
def _raw_columns() -> frozenset[str]:
    """The names of the columns of the raw data."""
    names: set[str] = {"raw_file"}
    for path in sorted(RAW.rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as text:
            names.update(next(csv.reader(text)))
    # Derived from a raw column of the same name: an id that is made anew.
    return frozenset(names - {"source_id", "values", "rule", "says"})
