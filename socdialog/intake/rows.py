"""From the lines of a raw file to its cells (RFC 4180), one problem for each line that is no row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from socdialog.intake.header import Header
from socdialog.intake.problems import Problem
from socdialog.intake.text import Text

_CELL = r'(?:[^",\n]*|"(?:[^"]|"")*")'
_RECORD = re.compile(rf"{_CELL}(?:,{_CELL})*")
_SPLIT = re.compile(rf"({_CELL})(?:,|$)")
#: A file where more rows than this share have the same wrong number of cells has one mistake, not many.
_MOST = 0.5


@dataclass(frozen=True)
class Rows:
    """The rows of a file by column; None = the rows do not fit the header."""

    columns: list[pl.Series] | None
    numbers: pl.Series
    problems: tuple[Problem, ...]
    lost: tuple[str, ...]


def read_rows(text: Text, header: Header, *, shown: str) -> Rows:
    """Return the rows below the header, column by column, and what is wrong with the others."""
    width = len(header.names)
    lines = pl.Series("line", text.lines[1:], dtype=pl.String)
    plain = pl.DataFrame({"line": lines, "number": pl.int_range(2, len(lines) + 2, eager=True)})
    quoted = plain.get_column("line").str.contains('"', literal=True)
    records, inside = _records(plain.filter(quoted), text)
    simple = plain.filter(~quoted, ~pl.col("number").is_in(list(inside))).with_columns(
        pl.col("line").str.count_matches(",", literal=True).alias("commas")
    )
    fits = (
        (pl.col("commas") == width - 1)
        & (pl.col("line").str.len_bytes() >= width)  # only commas: a row of empty cells
        & ~pl.col("number").is_in(list(text.damaged))
    )
    good = simple.filter(fits)
    columns = (
        good.get_column("line").str.split_exact(",", width - 1).struct.unnest() if width > 1 else good.select("line")
    )
    numbers: list[int] = []
    cells: list[list[str]] = []
    wrong: list[tuple[int, str, str]] = []
    counts: Counter[int] = Counter()
    short: list[tuple[int, int, str]] = []
    hard = simple.filter(~fits).select("number", "line").rows() + records
    for number, line in sorted(hard):
        if number in text.damaged:
            wrong.append((number, "", line))
        elif not line.strip(", \t"):
            wrong.append((number, "blank_line", line))
        elif _RECORD.fullmatch(line) is None:
            wrong.append((number, "quote", line))
        else:
            row = [_bare(cell) for cell in _SPLIT.findall(line)][: line_width(line)]
            if len(row) == width:
                numbers.append(number)
                cells.append(row)
            else:
                counts[len(row)] += 1
                short.append((number, len(row), line))
    problems = [*_blank(wrong, shown=shown), *_quotes(wrong, shown=shown)]
    lost = tuple(line for _, _, line in wrong) + tuple(line for _, _, line in short)
    total = good.height + len(cells) + len(short)
    common = counts.most_common(1)
    empty = pl.Series("number", [], dtype=pl.Int64)
    if common and common[0][1] > 1 and common[0][1] > _MOST * total:
        if header.sound:
            first = next(number for number, have, _ in short if have == common[0][0])
            have, alike = common[0]
            message = (
                f"this and {alike - 1} more lines have {have} cells, the header has {width}; "
                f"a column is {_which(have, width)}"
            )
            problems.append(Problem(shown, first, "", message, "error", "cells"))
        return Rows(None, empty, tuple(problems), lost)
    problems += [_cells(number, have, width, shown=shown) for number, have, _ in short]
    by_hand = pl.DataFrame(cells, schema=[(name, pl.String) for name in columns.columns], orient="row")
    every = pl.concat(
        [
            columns.with_columns(good.get_column("number")),
            by_hand.with_columns(pl.Series("number", numbers, dtype=pl.Int64)),
        ]
    )
    every = every.sort("number")
    return Rows(every.drop("number").get_columns(), every.get_column("number"), tuple(problems), lost)


def line_width(line: str) -> int:
    """Return the number of cells of a well-formed record."""
    return re.sub(r'"[^"]*"', "", line).count(",") + 1


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _records(quoted: pl.DataFrame, text: Text) -> tuple[list[tuple[int, str]], set[int]]:
    """Return records that hold quotes with the number of their first line, and the lines within them.

    A quote left open goes on to the next line that closes it, if that makes a well-formed record;
    otherwise only the line itself is broken, and the next line is read afresh.
    """
    found: list[tuple[int, str]] = []
    odd = [number for number, line in quoted.select("number", "line").iter_rows() if line.count('"') % 2]
    partner = dict(pairwise(odd))
    inside: set[int] = set()
    for number, line in quoted.select("number", "line").iter_rows():
        if number in inside:
            continue
        end = partner.get(number)
        if end is not None:
            joined = "\n".join(text.lines[number - 1 : end])
            if _RECORD.fullmatch(joined):
                inside |= set(range(number + 1, end + 1))
                found.append((number, joined))
                continue
        found.append((number, line))
    return found, inside


def _which(have: int, width: int) -> str:
    return "missing" if have < width else "surplus"


def _cells(number: int, have: int, width: int, *, shown: str) -> Problem:
    amount = abs(have - width)
    cells = "1 cell is" if amount == 1 else f"{amount} cells are"
    mend = "put a text that holds a comma in quotes" if have > width else "an empty cell needs its comma too"
    message = f"the line has {have} cells, the header has {width}: {cells} {_which(have, width)}; {mend}"
    return Problem(shown, number, "", message, "error", "cells")


def _blank(wrong: list[tuple[int, str, str]], *, shown: str) -> Iterator[Problem]:
    """Report blank lines, those that follow each other once."""
    before = -1
    for number, rule, line in wrong:
        if rule != "blank_line":
            continue
        if number != before + 1:
            what = "all cells are empty" if line.strip() else "the line is blank"
            yield Problem(shown, number, "", f"{what}; delete the line", "error", "blank_line")
        before = number


def _quotes(wrong: list[tuple[int, str, str]], *, shown: str) -> Iterator[Problem]:
    for number, rule, line in wrong:
        if rule == "quote":
            what = "a quote is not closed" if line.count('"') % 2 else "a quote stands within a cell"
            message = f'{what}; put the whole cell in quotes and double those within it: "say ""so"""'
            yield Problem(shown, number, "", message, "error", "quote")
