"""Rules about curated statements: one short fact each, written once, and its further sources agree with it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.intake.checks.rule_context import CheckContext, Finding

#: A statement is one fact: at most so many words in at most so many sentences.
MOST_WORDS, MOST_SENTENCES = 45, 2
_WORD = r"\S+"
#: The end of a sentence: a full stop before a capital letter or the end, so that "No. 87" and "1.5" end none.
_SENTENCE = r"[.!?][”’\"')]*(?:\s+\p{Lu}|\s*$)"
_STATEMENT = ["country", "order"]
#: What every row of one statement has in common.
_SHARED = ("aspect", "as_of", "as_of_basis")


def statement_form(context: CheckContext) -> Iterator[Finding]:
    """Report when a statement is long, or joins facts that belong in statements of their own."""
    frame = context.frame("context", "statement").drop_nulls("statement")
    counted = frame.select(
        "raw_line",
        words=pl.col("statement").str.extract_all(_WORD).list.len(),
        sentences=pl.col("statement").str.extract_all(_SENTENCE).list.len(),
        joined=pl.col("statement").str.contains(";", literal=True),
    )
    for line, words, sentences, joined in counted.iter_rows():
        if words > MOST_WORDS:
            yield _form(line, f"has {words} words; state one fact in at most {MOST_WORDS}")
        elif sentences > MOST_SENTENCES:
            yield _form(line, f"has {sentences} sentences; state one fact in at most {MOST_SENTENCES}")
        elif joined:
            yield _form(line, "has a semicolon; end the sentence there")


def statement_once(context: CheckContext) -> Iterator[Finding]:
    """Report when a country has no statement, or several, under one number."""
    for rows in _statements(context):
        written = rows.drop_nulls("statement").get_column("raw_line").to_list()
        country, order = rows.row(0, named=True)["country"], rows.row(0, named=True)["order"]
        if not written:
            message = f"no row of {country} with the order {order} has a statement; write it in the first of them"
            yield Finding("context", rows.get_column("raw_line")[0], "statement", message)
        for line in written[1:]:
            message = (
                f"{country} has a statement with the order {order} in line {written[0]}; "
                "give this one its own order, or leave the cell of a further source empty"
            )
            yield Finding("context", line, "statement", message)


def statement_sources_differ(context: CheckContext) -> Iterator[Finding]:
    """Report when a further source of a statement has another aspect or date than the statement."""
    for rows in _statements(context):
        written = rows.drop_nulls("statement")
        if written.height != 1:
            continue
        first = written.row(0, named=True)
        for row in rows.filter(pl.col("statement").is_null()).iter_rows(named=True):
            for column in _SHARED:
                if row[column] is not None and first[column] is not None and row[column] != first[column]:
                    message = (
                        f"{row[column]!r} differs from {first[column]!r} in line {first['raw_line']}, "
                        "whose statement this row is a further source of; write the same"
                    )
                    yield Finding("context", row["raw_line"], column, message)


def _form(line: int, what: str) -> Finding:
    return Finding("context", line, "statement", f"the statement {what}")


def _statements(context: CheckContext) -> Iterator[pl.DataFrame]:
    """Yield the rows of each statement in the order of the file; a statement found wrong is one all the same."""
    frame = context.frame("context", *_STATEMENT, "statement", *_SHARED).drop_nulls(_STATEMENT)
    if frame.is_empty():
        return
    read = context.read["context"].select("raw_line", "statement")
    rows = frame.drop("statement").join(read, on="raw_line").sort("raw_line")
    yield from rows.partition_by(_STATEMENT, maintain_order=True)
