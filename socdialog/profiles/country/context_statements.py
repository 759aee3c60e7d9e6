"""The summary of a country's labour relations: curated statements, the latest of each aspect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr
from socdialog.codebook.attributes import codes_with
from socdialog.display.messages import words
from socdialog.display.parts import Sentence, Span, Value, lead
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import Row, rank

#: The most statements and words of a summary, and the years from which on a statement has its date.
_MOST, _WORDS, _OLD = 6, 150, 5
#: The fewest statements that a page begins with.
ENOUGH = 3


def statements(context: ProfileContext) -> pl.DataFrame:
    """Return the statements of the summary, in the order of their aspects, with the rows that each is based on.

    Of each aspect the latest is chosen. Where there is not room for all, the aspects that a summary needs first are
    taken first, each statement that still fits.
    """
    every = context.rows_for("context")
    evidence = every.group_by("order").agg(pl.col("row_id").sort().alias("evidence"))
    latest = (
        every.drop_nulls("statement")
        .sort("as_of_first", "order", "row_id", descending=[True, False, False])
        .unique("aspect", keep="first", maintain_order=True)
        .join(evidence, on="order")
    )
    aspects = list(codebook.vocabulary("context_aspects"))
    first = codes_with("context_aspects", "first", value=True)
    needed = [*first, *(code for code in aspects if code not in first)]
    room = _WORDS
    chosen: list[str] = []
    for row in latest.sort(rank("aspect", needed)).iter_rows(named=True):
        length = len(row["statement"].split())
        if len(chosen) < _MOST and (length <= room or not chosen):
            chosen.append(row["row_id"])
            room -= length
    return latest.filter(pl.col("row_id").is_in(chosen)).sort(rank("aspect", aspects))


def paragraph(context: ProfileContext, chosen: pl.DataFrame) -> Iterator[Sentence]:
    """Show statements as one paragraph; without any nothing."""
    spans: list[Span] = []
    for row in chosen.iter_rows(named=True):
        spans += (" " if spans else "", _dated(context, row), ".")
    if spans:
        yield lead(*spans)


def _dated(context: ProfileContext, row: Row) -> Value:
    """Return a statement without its full stop, with its date where it is old."""
    text = row["statement"].rstrip(" .")
    if _is_old(row["as_of_last"], context.as_of):
        text = words("summary.as_of", statement=text, date=cldr.date(row["as_of"]))
    return Value(text, tuple(row["evidence"]))


def _is_old(stated: date, today: date) -> bool:
    return (stated.year + _OLD, stated.month, stated.day) < (today.year, today.month, today.day)
