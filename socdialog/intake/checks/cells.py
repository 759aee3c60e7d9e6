"""Rules about a cell by itself: is it there, does it hide anything, may a spreadsheet run it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import Column
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules
from socdialog.intake.hidden import HIDDEN, hidden_message

#: Characters that a cell may hold; a spreadsheet keeps no more.
_LONGEST = 32_767
#: Types whose own rules say what a cell with blanks or hidden characters should be.
_JUDGED_WHOLE = frozenset({"number", "integer", "date"})


def required(context: CheckContext) -> Iterator[Finding]:
    """Report when a cell that must be filled is empty."""
    for table, column, frame in context.columns():
        if column.required and frame.get_column(column.name).null_count():
            for line in frame.filter(pl.col(column.name).is_null()).get_column("raw_line"):
                yield Finding(table, line, column.name, f"is empty; a value is required: {column.doc}")


def companion_empty(context: CheckContext) -> Iterator[Finding]:
    """Report when a cell is empty without which another of its line means nothing, such as the list of a code."""
    for table, column, frame in context.columns():
        if column.needs is None:
            continue
        alone = pl.col(column.name).is_not_null()
        if column.needs in frame.columns:
            alone &= pl.col(column.needs).is_null()
        doc = codebook.tables()[table].columns[column.needs].doc
        for line, text in frame.filter(alone).select("raw_line", column.name).iter_rows():
            yield Finding(table, line, column.needs, f"is empty, and {column.name} is {text!r}; write it here: {doc}")


def hidden_character(context: CheckContext) -> Iterator[Finding]:
    """Report when a cell holds an invisible character, or one that replaces a broken one."""
    yield from apply_rules(
        context,
        suspect=lambda column: _text(column).str.contains(HIDDEN),
        judge=lambda column, text: hidden_message(text, quoted=column.people == "cited"),
    )


def _text(column: Column) -> pl.Expr:
    return pl.col(column.name) if column.type not in _JUDGED_WHOLE else pl.lit(None, dtype=pl.String)


def too_long(context: CheckContext) -> Iterator[Finding]:
    """Report when a cell holds more than any spreadsheet keeps."""
    yield from apply_rules(
        context,
        suspect=lambda column: pl.col(column.name).str.len_chars() > _LONGEST,
        judge=lambda _, text: _long(text),
    )


def _long(text: str) -> str:
    return (
        f"holds {len(text):,} characters; the limit is {_LONGEST:,}, and spreadsheets cut the rest. "
        f"Is a quotation mark missing? It begins with {text[:40]!r}"
    )


def surrounding_blank(context: CheckContext) -> Iterator[Finding]:
    """Report when a cell begins or ends with a blank."""
    yield from apply_rules(context, suspect=lambda column: _text(column).str.contains("^ | $"), judge=_blank)


def _blank(column: Column, text: str) -> str | None:
    if not text.strip(" "):
        return f"{text!r} contains only spaces; leave the cell empty"
    if column.type == "code" and column.of and text.strip(" ") not in codebook.vocabulary(column.of):
        return None  # the rule about codes says what was meant
    where = {(True, True): "begins and ends", (True, False): "begins", (False, True): "ends"}
    return f"{text!r} {where[text.startswith(' '), text.endswith(' ')]} with a space; write {text.strip(' ')!r}"


def formula(context: CheckContext) -> Iterator[Finding]:
    """Report when a text begins like a formula, which a spreadsheet would run instead of showing it."""
    yield from apply_rules(context, "text", "id", "source", "texts", suspect=_like_formula, judge=_formula)


def _like_formula(column: Column) -> pl.Expr:
    cell = pl.col(column.name)
    return cell.str.contains(r"^[=+@-]") & ~cell.str.contains(r"^[+-]?[0-9.,]+$")


def _formula(_: Column, text: str) -> str:
    return f"{text!r} begins with {text[0]!r}: a spreadsheet may run it as a formula; begin with a letter"
