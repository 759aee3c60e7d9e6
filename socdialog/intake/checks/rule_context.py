"""What a rule looks at, and what it hands back.

A rule is a function from a `CheckContext` to findings. Cells that an earlier rule found wrong are empty in the
tables of a later one, so that one mistake gives one line: a date that is not a date is not reversed too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import polars as pl

from socdialog import codebook
from socdialog.codebook import Column
from socdialog.intake.names.mentions import PersonalNames, personal_names
from socdialog.intake.outline import Outline, outlined
from socdialog.intake.problems import Level
from socdialog.intake.reading import RawData
from socdialog.schemas import NUMBER_TYPES
from socdialog.store.withheld import read_withheld

Cell = tuple[int, str]
Found = TypeVar("Found")
#: Rows from which a table is long: its cells are judged by their different texts.
LONG = 20_000
#: Numbers as they should be written, by logical type; nothing but their size can be wrong with them.
_WRITTEN = {"integer": r"^-?(0|[1-9][0-9]*)$", "number": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}
#: Numbers, zero apart, lie between these in size: beyond them 64 bits do not hold them as they are written.
_SMALLEST, _LARGEST = 1e-15, 1e15


class Finding(NamedTuple):
    """A mistake of one cell, or of a line as a whole (`column` empty)."""

    table: str
    line: int
    column: str
    message: str


class Watched(Mapping[str, pl.DataFrame]):
    """Tables that remember which of them was asked for last, for a rule that fails to say where."""

    def __init__(self, tables: Mapping[str, pl.DataFrame]) -> None:
        self._tables = tables
        self.last = ""

    def __getitem__(self, name: str) -> pl.DataFrame:
        found = self._tables[name]
        self.last = name
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


@dataclass(frozen=True)
class CheckContext:
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
    first_year
        The year in which the study begins, where it says so.
    people
        Everybody whom the tables name, and who stays withheld though the rows may be gone.
    seen, samples, rises
        By table its outline, and by long table what `cells` and `ascends` gave; filled when they are asked for.
    """

    tables: Mapping[str, pl.DataFrame]
    read: Mapping[str, pl.DataFrame]
    lost: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, frozenset[Cell]]
    today: date
    first_year: int | None = None
    people: PersonalNames = field(default_factory=PersonalNames)
    seen: dict[str, Outline] = field(default_factory=dict, compare=False)
    samples: dict[str, pl.DataFrame] = field(default_factory=dict, compare=False)
    rises: dict[str, bool] = field(default_factory=dict, compare=False)

    def columns(self, *types: str) -> Iterator[tuple[str, Column, pl.DataFrame]]:
        """Yield table, column and frame of every column of one of these logical types (all, if none is given)."""
        for table, frame in self.tables.items():
            for column in self._known(table):
                if not types or column.type in types:
                    yield table, column, frame

    def _known(self, table: str) -> list[Column]:
        """Return the columns of the data dictionary that the table has."""
        frame = self.tables[table]
        return [column for column in codebook.tables()[table].columns.values() if column.name in frame.columns]

    def has(self, table: str, *needed: str) -> bool:
        """Say whether a table was read and has all columns `needed`."""
        return table in self.tables and set(needed) <= set(self.tables[table].columns)

    def frame(self, table: str, *needed: str) -> pl.DataFrame:
        """Return a table, or an empty one if it was not read or lacks a column `needed`."""
        if self.has(table, *needed):
            return self.tables[table]
        return pl.DataFrame(schema={**dict.fromkeys(needed, pl.String), "raw_line": pl.Int64})

    def rows_right_in(self, table: str, column: str, *needed: str) -> pl.DataFrame:
        """Return the rows of a table, as `frame` does, but for those whose cell of this column was found wrong."""
        wrong = {line for line, wrong in self.wrong.get(table, ()) if wrong == column}
        return self.frame(table, column, *needed).filter(~pl.col("raw_line").is_in(list(wrong)))

    def is_long(self, table: str) -> bool:
        """Say whether a table is judged by its outline."""
        return self.tables[table].height >= LONG

    def outline(self, table: str) -> Outline:
        """Return where the cells of a table differ from the cells above."""
        if table not in self.seen:
            names = [column.name for column in self._known(table) if column.type != "number"]
            self.seen[table] = outlined(self.tables[table], names)
        return self.seen[table]

    def cells(self, table: str) -> pl.DataFrame:
        """Return a frame in which whatever can be wrong with a single cell of a table stands at least once.

        That is the table itself, or of a long one the different texts of each column: the rows of this
        frame are then none of the table's.
        """
        if not self.is_long(table):
            return self.tables[table]
        if table not in self.samples:
            self.samples[table] = _different(self.outline(table), self._known(table))
        return self.samples[table]

    def together(self, table: str, *columns: str) -> pl.DataFrame:
        """Return which texts of `columns` stand together in rows where none is empty, each combination once."""
        return self.outline(table).together(*columns)

    def ascends(self, table: str) -> bool:
        """Say whether the rows of a long table ascend by its key, so that none is there twice."""
        if not self.is_long(table):
            return False
        if table not in self.rises:
            spec = codebook.tables()[table]
            whole = {column.name for column in spec.columns.values() if column.type == "integer"}
            self.rises[table] = self.outline(table).ascends(
                spec.key_of(self.tables[table].columns), whole_numbers=whole
            )
        return self.rises[table]

    def without(self, findings: Iterable[Finding]) -> CheckContext:
        """Return the context with the cells of `findings` emptied."""
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
        return replace(
            self,
            tables=MappingProxyType(tables),
            wrong=MappingProxyType(wrong),
            seen=_but(self.seen, cells),
            samples=_but(self.samples, cells),
            rises=_but(self.rises, cells),
        )


def _but(found: Mapping[str, Found], tables: Collection[str]) -> dict[str, Found]:
    """Return what was found of each table, but for `tables`."""
    return {table: what for table, what in found.items() if table not in tables}


def _different(outline: Outline, columns: Sequence[Column]) -> pl.DataFrame:
    """Return the different texts of each column, of numbers those that a rule may have something to say about."""

    def to_check(column: Column) -> pl.DataFrame:
        if column.type == "number":
            return _numbers_to_check(outline.frame.get_column(column.name), column).to_frame()
        return outline.texts(column.name).to_frame()

    # Each column is one long walk: several are looked through at the same time.
    with ThreadPoolExecutor() as pool:
        return pl.concat(list(pool.map(to_check, columns)), how="horizontal_extend")


def _numbers_to_check(cells: pl.Series, column: Column) -> pl.Series:
    """Return the numbers that are not well written, and the ends of the others where the column has a range."""
    right = cells.to_frame().select(is_number(column)).to_series()
    odd = cells.gather(right.not_().arg_true()).unique()
    if column.min is None and column.max is None:
        return odd
    numbers = cells.gather(right.arg_true()).cast(pl.Float64)
    return odd.append(pl.Series([numbers.min(), numbers.max()], dtype=pl.Float64).cast(pl.String))


def is_number(column: Column) -> pl.Expr:
    """Return whether a cell is a number, well written, that the cleaning reads as it is; null where it is empty."""
    cell = pl.col(column.name)
    number = cell.cast(NUMBER_TYPES[column.type], strict=False).cast(pl.Float64)
    is_zero = (number == 0) & ~cell.str.contains("[1-9]")
    is_held = is_zero | number.abs().is_between(_SMALLEST, _LARGEST, closed="left")
    return pl.when(cell.is_not_null()).then(cell.str.contains(_WRITTEN[column.type]) & is_held.fill_null(value=False))


def is_held(number: Decimal) -> bool:
    """Say the same of a number that is well written: whether it is zero, or of a size that 64 bits hold."""
    return not number or _SMALLEST <= abs(float(number)) < _LARGEST


def check_context(raw: RawData, *, today: date) -> CheckContext:
    """Return the context of the raw data of a study, which is the one at hand from now on."""
    raw.use()
    return CheckContext(
        tables=raw.tables,
        read=raw.tables,
        lost=raw.lost,
        wrong=MappingProxyType({}),
        today=today,
        first_year=raw.notes.notes.first_year,
        people=personal_names(raw.tables, withheld=read_withheld(raw.folder.parent)),
    )


@dataclass(frozen=True)
class Rule:
    """A registered rule: its function, whose name is the rule's, and how grave a finding is."""

    find: Callable[[CheckContext], Iterator[Finding]]
    level: Level = "error"

    @property
    def name(self) -> str:
        """Name of the rule, as `Problem.rule` gives it."""
        return self.find.__name__


def apply_rules(
    context: CheckContext, *types: str, suspect: Callable[[Column], pl.Expr], judge: Callable[[Column, str], str | None]
) -> Iterator[Finding]:
    """Yield a finding for each cell that is suspect and that `judge` has something to say about.

    Parameters
    ----------
    context
        The tables to look at.
    types
        Logical types of the columns concerned; none = all.
    suspect
        A quick test over a whole column, so that a clean table of any size costs one pass.
    judge
        What to say of a suspect text; it sees each different one of a column once.
    """
    by_table: dict[str, list[tuple[Column, pl.Expr]]] = defaultdict(list)
    for table, column, _ in context.columns(*types):
        by_table[table].append((column, suspect(column).fill_null(value=False)))
    for table, tests in by_table.items():
        hit = context.cells(table).select(test.any().alias(column.name) for column, test in tests).row(0)
        for (column, test), found in zip(tests, hit, strict=True):
            if not found:
                continue
            rows = context.tables[table].filter(test).select("raw_line", column.name)
            messages = {text: judge(column, text) for text in rows.get_column(column.name).unique().to_list()}
            for line, text in rows.iter_rows():
                message = messages[text]
                if message is not None:
                    yield Finding(table, line, column.name, message)


def each(table: str, rows: pl.DataFrame, column: str, message: str) -> Iterator[Finding]:
    """Yield a finding about a column for each of the rows; `message` names their cells in braces."""
    for row in rows.iter_rows(named=True):
        yield Finding(table, row["raw_line"], column, message.format_map(row))


def is_within(number: pl.Expr, low: object, high: object) -> pl.Expr:
    """Return whether a number lies from `low` to `high`, either of which may be open (None); true where it is empty."""
    at_least = pl.lit(value=True) if low is None else number >= pl.lit(low)
    at_most = pl.lit(value=True) if high is None else number <= pl.lit(high)
    return (at_least & at_most).fill_null(value=True)


def must_be(low: object, high: object) -> str:
    """Say from where to where a number may lie; empty where both ends are open."""
    if low is None:
        return "" if high is None else f"of at most {high}"
    return f"of at least {low}" if high is None else f"from {low} to {high}"
