"""Rules about the logical type of a cell: dates, lists, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import Column
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules
from socdialog.intake.nothing import STAND_IN_DATES, nothing_message
from socdialog.intake.written_dates import dates_meant

#: Years that a date may be in; others are slips of a digit, and no calendar can count beyond 9999.
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
#: Dates that are right without a look at the calendar; the others are looked at one by one.
_SURE_DATE = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?$"
_WRONG_JOINTS = (",", "|", "/", " ")


def bad_date(context: CheckContext) -> Iterator[Finding]:
    """Report when a date is not YYYY, YYYY-MM or YYYY-MM-DD, or names an impossible day."""
    yield from apply_rules(
        context,
        "date",
        suspect=lambda column: ~pl.col(column.name).str.contains(_SURE_DATE),
        judge=lambda column, text: _date(column, text, today=context.today),
    )


def _date(column: Column, text: str, *, today: date) -> str | None:
    if _is_of_these_years(text):
        return None
    if text in STAND_IN_DATES:
        return f"{text!r} is a placeholder for a missing date; empty the cell"
    found = [one for one in dates_meant(text) if _is_of_these_years(one)]
    # What has happened lies not ahead: the date that is offered must pass that rule too.
    found = [one for one in found if not column.past or dates.bounds(one).first <= today]
    if found:
        which = ", whichever the source states" if len(found) > 1 else ""
        return f"{text!r} is not a date; write {' or '.join(found)}{which}"
    return nothing_message(text, required=column.required) or f"{text!r} is not a date{_rule_of(text)}"


def _rule_of(text: str) -> str:
    """Return the rule that a text breaks which is not a date: that of years, or that of the form."""
    if not re.fullmatch(r"\d{1,4}", text):
        return f"; {dates.RULE}"
    return f" of the years {_FIRST_YEAR} to {_LAST_YEAR}; correct the year, which has four digits"


def _is_of_these_years(text: str) -> bool:
    try:
        return _FIRST_YEAR <= dates.bounds(text).first.year <= _LAST_YEAR
    except ValueError:
        return False


def bad_list(context: CheckContext) -> Iterator[Finding]:
    """Report when a list is joined by something other than a bare semicolon, has an empty item, or repeats one."""
    yield from apply_rules(
        context,
        "codes",
        "texts",
        "refs",
        suspect=lambda column: pl.col(column.name).str.contains(r"[;,|/ ]"),
        judge=_list,
    )


def _list(column: Column, text: str) -> str | None:
    known = frozenset(codebook.vocabulary(column.of)) if column.type == "codes" and column.of else frozenset()
    items = text.split(";")
    for mark in _WRONG_JOINTS:
        parts = [part.strip() for item in items for part in item.split(mark) if part.strip()]
        if known and mark in text and len(parts) > len(items) and set(parts) <= known:
            right = ";".join(dict.fromkeys(parts))
            return f"{text!r} has an invalid separator; separate items with ';' and no spaces: {right!r}"
    corrected = ";".join(dict.fromkeys(item.strip() for item in items if item.strip()))
    if any(not item.strip() for item in items):
        return f"{text!r} has an empty item; write {corrected!r}"
    if any(item != item.strip() for item in items):
        return f"{text!r} has an invalid separator; separate items with ';' and no spaces: {corrected!r}"
    doubled = next((item for place, item in enumerate(items) if item in items[:place]), None)
    return f"{text!r} repeats {doubled!r}; write {corrected!r}" if doubled is not None else None


def number_for_words(context: CheckContext) -> Iterator[Finding]:
    """Report when a number stands where words belong."""
    yield from apply_rules(context, "text", suspect=_like_no_word, judge=_words)


def _like_no_word(column: Column) -> pl.Expr:
    return pl.lit(value=False) if not column.words else ~pl.col(column.name).str.contains(r"\p{L}")


def _words(_: Column, text: str) -> str:
    return f"{text!r} contains no word; check that it is in the right column"
