"""From the lines of a raw file to its cells (RFC 4180), one problem for each line that is not a row."""

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
    joined, inside = _joined(plain, text)
    odd_ones = [*inside, *joined, *text.damaged]
    quoted = pl.col("line").str.contains('"', literal=True)
    bare = pl.when(quoted).then(pl.col("line").str.replace_all('"[^"]*"', "")).otherwise("line")
    fits = (
        (bare.str.count_matches(",", literal=True) == width - 1)
        & (~quoted | pl.col("line").str.contains(f"^{_RECORD.pattern}$"))
        & (pl.col("line").str.len_bytes() >= width)  # only commas: a row of empty cells
        & ~pl.col("number").is_in(odd_ones)
    )
    good = plain.filter(fits)
    columns = pl.concat(
        [_split(good.filter(~quoted), width), _split_quoted(good.filter(quoted), width)], how="vertical"
    )
    numbers: list[int] = []
    cells: list[list[str]] = []
    wrong: list[tuple[int, str, str]] = []
    counts: Counter[int] = Counter()
    short: list[tuple[int, int, str]] = []
    hard = plain.filter(~fits, ~pl.col("number").is_in([*inside, *joined])).select("number", "line").rows()
    for number, line in sorted([*hard, *joined.items()]):
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
                f"this line and {alike - 1} more have {have} cells, the header has {width}; "
                f"a column is {_which(have, width)}"
            )
            problems.append(Problem(shown, first, "", message, "error", "cells"))
        return Rows(None, empty, tuple(problems), lost)
    problems += [_cells(number, have, width, shown=shown) for number, have, _ in short]
    by_hand = pl.DataFrame(cells, schema=_names(width), orient="row").with_columns(
        pl.Series("number", numbers, dtype=pl.Int64)
    )
    every = pl.concat([columns, by_hand])
    every = every.sort("number")
    return Rows(every.drop("number").get_columns(), every.get_column("number"), tuple(problems), lost)


def line_width(line: str) -> int:
    """Return the number of cells of a well-formed record."""
    return re.sub(r'"[^"]*"', "", line).count(",") + 1


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _names(width: int) -> dict[str, type[pl.String]]:
    return {f"field_{place}": pl.String for place in range(width)}


def _split(rows: pl.DataFrame, width: int) -> pl.DataFrame:
    """Split lines without quotes into their cells."""
    cells = rows.get_column("line").str.split_exact(",", width - 1).alias("cells").to_frame().unnest("cells")
    return cells.with_columns(rows.get_column("number"))


def _split_quoted(rows: pl.DataFrame, width: int) -> pl.DataFrame:
    """Split well-formed lines with quotes into their cells."""
    if rows.is_empty():
        return pl.DataFrame(schema={**_names(width), "number": pl.Int64})
    # Behind a mark of the order of bytes nothing is taken for packed data, as a line that begins with x^ would be.
    cells = pl.read_csv(
        "\n".join([*rows.get_column("line").to_list(), ""]).encode("utf-8-sig"),
        has_header=False,
        schema=_names(width),
    )
    return cells.with_columns(rows.get_column("number"))


def _joined(plain: pl.DataFrame, text: Text) -> tuple[dict[int, str], set[int]]:
    """Return records of several lines by the number of their first line, and the lines within them.

    A quote left open goes on to the next line that closes it, if that makes a well-formed record;
    otherwise only the line itself is broken, and the next line is read afresh.
    """
    open_quote = pl.col("line").str.count_matches('"', literal=True) % 2 == 1
    odd = plain.filter(open_quote).get_column("number").to_list()
    found: dict[int, str] = {}
    inside: set[int] = set()
    for number, end in pairwise(odd):
        record = "\n".join(text.lines[number - 1 : end])
        if number not in inside and _RECORD.fullmatch(record):
            inside |= set(range(number + 1, end + 1))
            found[number] = record
    return found, inside


def _which(have: int, width: int) -> str:
    return "missing" if have < width else "surplus"


def _cells(number: int, have: int, width: int, *, shown: str) -> Problem:
    amount = abs(have - width)
    cells = "1 cell is" if amount == 1 else f"{amount} cells are"
    fix = "put a text that contains a comma in quotes" if have > width else "an empty cell also needs its comma"
    message = f"the line has {have} cells, the header has {width}: {cells} {_which(have, width)}; {fix}"
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
            what = "a quotation mark is not closed" if line.count('"') % 2 else "a quotation mark is inside a cell"
            message = f'{what}; put the entire cell in quotes and double those inside it: "say ""so"""'
            yield Problem(shown, number, "", message, "error", "quote")
