"""What a rule looks at, and what it hands back.

A rule is a function from a `Look` to findings. Cells that an earlier rule found wrong are empty in the
tables of a later one, so that one mistake gives one line: a date that is no date is not reversed too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import Column
from socdialog.intake.problems import Level
from socdialog.intake.reading import RawData

Cell = tuple[int, str]


class Finding(NamedTuple):
    """A mistake of one cell, or of a line as a whole (`column` empty)."""

    table: str
    line: int
    column: str
    message: str


@dataclass(frozen=True)
class Look:
    """The raw tables as a rule sees them.

    Parameters
    ----------
    tables
        Text tables; cells found wrong so far are empty.
    read
        The same tables with every cell as read.
    lost
        By table, text of the lines that could not be read as rows.
    wrong
        By table, the line and column of every cell found wrong so far.
    today
        The day of the check.
    """

    tables: Mapping[str, pl.DataFrame]
    read: Mapping[str, pl.DataFrame]
    lost: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, frozenset[Cell]]
    today: date

    def columns(self, *types: str) -> Iterator[tuple[str, Column, pl.DataFrame]]:
        """Yield table, column and frame of every column of one of these logical types (all, if none is given)."""
        for table, frame in self.tables.items():
            for column in codebook.tables()[table].columns.values():
                if column.name in frame.columns and (not types or column.type in types):
                    yield table, column, frame

    def frame(self, table: str, *needed: str) -> pl.DataFrame | None:
        """Return a table if it was read and has all columns `needed`."""
        found = self.tables.get(table)
        return found if found is not None and set(needed) <= set(found.columns) else None

    def without(self, findings: Iterable[Finding]) -> Look:
        """Return the look with the cells of `findings` emptied."""
        cells: dict[str, set[Cell]] = defaultdict(set)
        for one in findings:
            cells[one.table].add((one.line, one.column))
        tables = dict(self.tables)
        wrong = dict(self.wrong)
        for table, places in cells.items():
            wrong[table] = wrong.get(table, frozenset()) | places
            lines: dict[str, list[int]] = defaultdict(list)
            for line, column in places:
                lines[column].append(line)
            tables[table] = tables[table].with_columns(
                pl.when(~pl.col("raw_line").is_in(lines[column])).then(pl.col(column)).alias(column)
                for column in lines
                if column in tables[table].columns
            )
        return replace(self, tables=MappingProxyType(tables), wrong=MappingProxyType(wrong))


def look_at(raw: RawData, *, today: date) -> Look:
    """Return the first look at data just read."""
    return Look(tables=raw.tables, read=raw.tables, lost=raw.lost, wrong=MappingProxyType({}), today=today)


@dataclass(frozen=True)
class Rule:
    """A registered rule: its function, whose name is the rule's, and how grave a finding is."""

    find: Callable[[Look], Iterator[Finding]]
    level: Level = "error"

    @property
    def name(self) -> str:
        """Name of the rule, as `Problem.rule` gives it."""
        return self.find.__name__


def judged(
    look: Look, *types: str, suspect: Callable[[Column], pl.Expr], judge: Callable[[Column, str], str | None]
) -> Iterator[Finding]:
    """Yield a finding for each cell that is suspect and that `judge` has something to say about.

    Parameters
    ----------
    look
        What to look at.
    types
        Logical types of the columns concerned; none = all.
    suspect
        A quick test over a whole column, so that a clean table of any size costs one pass.
    judge
        What to say of a suspect text; it sees each different one of a column once.
    """
    by_table: dict[str, list[tuple[Column, pl.Expr]]] = defaultdict(list)
    for table, column, _ in look.columns(*types):
        by_table[table].append((column, suspect(column).fill_null(value=False)))
    for table, tests in by_table.items():
        frame = look.tables[table]
        hit = frame.select(test.any().alias(column.name) for column, test in tests).row(0)
        for (column, test), found in zip(tests, hit, strict=True):
            if not found:
                continue
            rows = frame.filter(test).select("raw_line", column.name)
            said = {text: judge(column, text) for text in rows.get_column(column.name).unique().to_list()}
            for line, text in rows.iter_rows():
                message = said[text]
                if message is not None:
                    yield Finding(table, line, column.name, message)


def with_dates(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Add ``<column>:first`` and ``<column>:last`` as dates, null where the cell is empty."""
    for column in columns:
        known = {text: dates.bounds(text) for text in frame.get_column(column).drop_nulls().unique().to_list()}
        frame = frame.with_columns(
            pl.col(column)
            .replace_strict(list(known), [bound[at] for bound in known.values()], default=None, return_dtype=pl.Date)
            .alias(f"{column}:{side}")
            for at, side in enumerate(("first", "last"))
        )
    return frame


def mark(vocabulary: str, code: str, attribute: str) -> object:
    """Return a reviewed attribute of a code; None where the code or the attribute is not there."""
    term = codebook.vocabulary(vocabulary).get(code)
    return None if term is None else term.more.get(attribute)


def marked(vocabulary: str, attribute: str, value: object = True) -> list[str]:
    """Return the codes of a vocabulary whose `attribute` is `value`."""
    return [code for code, term in codebook.vocabulary(vocabulary).items() if term.more.get(attribute) == value]
