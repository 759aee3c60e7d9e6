"""Rules about identity: keys that repeat, ids that break their form, rows that point to themselves or in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import polars as pl

from socdialog import codebook
from socdialog.codebook.other_writings import meant
from socdialog.intake.checks.rule_context import CheckContext, Finding
from socdialog.intake.nothing import nothing_message

#: What an id may be made of, and the stricter form of some.
_ID = r"^[\p{L}0-9][\p{L}0-9_.:#-]*$"
#: What tells the reports of one source apart: a number from 1 on, or a longer one of a case.
REPORT_NUMBER = r"([\p{L}1-9]|[\p{L}0-9][\p{L}0-9_.:-]+)"
_FORMS = {("conventions", "convention"): (r"^[CP][0-9]{3}$", "'C' or 'P' and three digits, such as C087")}


def bad_id(context: CheckContext) -> Iterator[Finding]:
    """Report when an id has not the form of one."""
    for table, column, frame in context.columns("id"):
        form, words = _FORMS.get((table, column.name), (_ID, "letters, digits and the signs - _ . : #, without spaces"))
        suspect = ~pl.col(column.name).str.contains(form)
        if not context.cells(table).select(suspect.any()).item():
            continue
        for line, text in frame.filter(suspect).select("raw_line", column.name).rows():
            right = [code for code in meant(f"{table}.{column.name}", text) if re.search(form, code)]
            nothing = nothing_message(text, required=column.required)
            message = nothing or f"{text!r} is not a valid ID; write {right[0] if right else words}"
            yield Finding(table, line, column.name, message)


def repeated_key(context: CheckContext) -> Iterator[Finding]:
    """Report when two rows have the same key."""
    for table, frame in context.tables.items():
        key = codebook.tables()[table].key_of(frame.columns)
        if set(key) <= set(frame.columns) and not context.ascends(table):
            yield from _repeated(context, table, frame, key)


def repeated_value(context: CheckContext) -> Iterator[Finding]:
    """Report when a value that must be unique is repeated."""
    for table, column, frame in context.columns():
        if column.unique and codebook.tables()[table].key != (column.name,):
            yield from _repeated(context, table, frame.filter(pl.col(column.name).is_not_null()), (column.name,))


def _repeated(context: CheckContext, table: str, frame: pl.DataFrame, key: tuple[str, ...]) -> Iterator[Finding]:
    wrong = {line for line, column in context.wrong.get(table, ()) if column in key}
    rows = frame.select(*key, "raw_line")
    if wrong:
        rows = rows.filter(~pl.col("raw_line").is_in(list(wrong)))
    if _all_differ(rows.select(key)):
        return
    again = rows.with_columns(pl.col("raw_line").min().over(*key).alias("first")).filter(
        pl.col("raw_line") > pl.col("first")
    )
    order = frame.get_column("raw_line").to_list()
    sorted_by = [tuple(cell or "" for cell in cells) for cells in frame.select(key).rows()]
    for row in again.sort("raw_line").iter_rows(named=True):
        if _in_place(sorted_by, order.index(row["raw_line"])) and not _in_place(sorted_by, order.index(row["first"])):
            row["raw_line"], row["first"] = row["first"], row["raw_line"]
        value = ", ".join("(empty)" if row[name] is None else repr(row[name]) for name in key)
        what = "must be unique" if len(key) == 1 else "must together be unique"
        message = f"{value} is already in line {row['first']}; {what}"
        yield Finding(table, row["raw_line"], ", ".join(key), message)


def _all_differ(keys: pl.DataFrame) -> bool:
    """Whether no row of `keys` is there twice: rows whose hashes differ do differ, and hashes are soon compared."""
    return keys.hash_rows().n_unique() == keys.height or not keys.is_duplicated().any()


def _in_place(keys: list[tuple[str, ...]], at: int) -> bool:
    """Whether a row of a table sorted by key lies between its neighbours: of two like keys, the other is wrong."""
    return (at == 0 or keys[at - 1] <= keys[at]) and (at == len(keys) - 1 or keys[at] <= keys[at + 1])


def report_id_form(context: CheckContext) -> Iterator[Finding]:
    """Report when the id of a report is not its source_id, the sign # and a number or the number of a case."""
    frame = context.frame("reports", "report_id", "source_id")
    known = context.frame("sources", "source_id").get_column("source_id").drop_nulls().to_list()
    form = pl.col("report_id").str.contains(rf"^[^#]+#{REPORT_NUMBER}$")
    parent = pl.col("report_id").str.replace(r"#[^#]*$", "")
    own = pl.col("source_id").is_in(known)
    rows = frame.filter((~form | (own & (parent != pl.col("source_id")))).fill_null(value=False))
    for row in rows.select("raw_line", "report_id", "source_id").iter_rows(named=True):
        right = f"; write {row['source_id']}#1, #2, … or # and the number of the case" if row["source_id"] else ""
        message = f"{row['report_id']!r} is not the source_id, '#' and a number{right}"
        yield Finding("reports", row["raw_line"], "report_id", message)


def refers_to_itself(context: CheckContext) -> Iterator[Finding]:
    """Report when a row refers to itself, or pairs a thing with itself."""
    for table, frame in context.tables.items():
        spec = codebook.tables()[table]
        target = {
            column.name: f"{table}.{column.name}" if (column.name,) == spec.key else column.of
            for column in spec.columns.values()
            if column.name in frame.columns and (column.type == "ref" or (column.name,) == spec.key)
        }
        for one, other in combinations(target, 2):
            if target[one] == target[other]:
                for line, value in frame.filter(pl.col(one) == pl.col(other)).select("raw_line", other).iter_rows():
                    yield Finding(table, line, other, f"{value!r} is also the {one} of this line; it must be different")


def refers_in_a_circle(context: CheckContext) -> Iterator[Finding]:
    """Report when rows of a table refer to each other in a circle."""
    for table, column, frame in context.columns("ref"):
        spec = codebook.tables()[table]
        if len(spec.key) != 1 or column.of != f"{table}.{spec.key[0]}" or spec.key[0] not in frame.columns:
            continue
        rows = frame.filter(pl.col(column.name).is_not_null(), pl.col(spec.key[0]).is_not_null())
        after = dict(rows.select(spec.key[0], column.name).iter_rows())
        lines = dict(rows.select(spec.key[0], "raw_line").iter_rows())
        for circle in _circles(after):
            last = max(circle, key=lambda name: lines[name])
            path = " > ".join((*circle, circle[0]))
            yield Finding(table, lines[last], column.name, f"circular reference: {path}; empty one of these cells")


def _circles(after: dict[str, str]) -> Iterator[list[str]]:
    """Yield each circle of the chains `after` once; a row that refers to itself is another rule's."""
    seen: set[str] = set()
    for start in sorted(after):
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in seen:
            seen.add(here)
            path.append(here)
            here = after.get(here)
        if here in path and after[here] != here:
            yield path[path.index(here) :]
