"""Rules about numbers: written plainly, held by their type, within the range of their column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

import polars as pl

from socdialog.codebook import Column
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules, is_held, is_number
from socdialog.intake.nothing import nothing_message
from socdialog.intake.written_dates import plain_digits

_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
#: Thousands parted by blanks, points, commas, apostrophes; lakhs and crores are parted by hundreds.
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,.'’_])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_LAKHS = re.compile(r"[+-]?\d{1,2}(?:(,)\d{2})+,\d{3}(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,3}")
_RANGE = re.compile(r"(\d+(?:\.\d+)?) ?- ?(\d+(?:\.\d+)?)")
#: Signs that numbers are written with elsewhere, and those of a keyboard.
_SIGNS = {ord(sign): plain for sign, plain in (("\u2212", "-"), ("\u2013", "-"), ("\u066b", "."), ("\u066c", ","))}
#: Characters of a long value that problems show.
_SHOWN = 40


def bad_number(context: CheckContext) -> Iterator[Finding]:
    """Report when a number is not a plain decimal (words, NaN, a decimal comma), or is not held by its type."""
    yield from apply_rules(context, "number", "integer", suspect=_like_no_number, judge=_number)


def _like_no_number(column: Column) -> pl.Expr:
    return pl.col(column.name).is_not_null() & ~is_number(column)


def _number(column: Column, text: str) -> str:
    """Say what is wrong with a number; what is offered instead is one that this rule passes."""
    if (message := nothing_message(text, required=column.required)) is not None:
        return message
    whole = column.type == "integer"
    what, example = ("whole number", "1500") if whole else ("number", "1500 or 12.5")
    plain = _with_plain_signs(text)
    number, fault = _meant(plain, whole=whole)
    ends = None if whole else _RANGE.fullmatch(plain)
    if ends is not None:
        return f"{text!r} is a range; write the low end, {ends[1]}, here, and the high end, {ends[2]}, in its column"
    if number is None:
        return f"{_shortened(text)} is not a {what}; write digits only, such as {example}"
    if not is_held(number):
        return f"{_shortened(text)} cannot be stored exactly; use at most 15 digits before and after the point"
    if whole and number != number.to_integral_value():
        return f"{_shortened(text)} is not a whole number; write digits only, such as {example}"
    written = f"{number.to_integral_value() if whole else number:f}"
    return f"{_shortened(text)} {fault.format(written)}"


def _with_plain_signs(text: str) -> str:
    """Return a number with the digits and signs of a keyboard, and without what is invisible."""
    plain = plain_digits(text).translate(_SIGNS)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return re.sub(r"\s", " ", seen).strip()


def _meant(plain: str, *, whole: bool) -> tuple[Decimal | None, str]:
    """Return the number that is meant, and what is wrong with how it is written; None where it cannot be determined."""
    grouped = _LAKHS.fullmatch(plain) or _GROUPED.fullmatch(plain)
    if grouped is not None and (whole or grouped[1] != "." or plain.count(".") > 1 or "," in plain):
        bare = plain.replace(grouped[1], "").replace(",", ".")
        return Decimal(bare), "is not a plain number; write {} without thousands separators"
    if _DECIMAL_COMMA.fullmatch(plain):
        return Decimal(plain.replace(",", ".")), "has a decimal comma; write {}"
    if _PLAIN.fullmatch(plain):
        zeros = re.match(r"[+-]?0[0-9]", plain) is not None
        return Decimal(plain), f"has {'leading zeros' if zeros else 'characters that are not plain digits'}; write {{}}"
    if _POWER.fullmatch(plain):
        return Decimal(plain), "was shortened by a spreadsheet; write {} or the exact number"
    marks = [sign for sign in plain if sign in "%‰~≈<>≤≥+*" or unicodedata.category(sign) == "Sc"]
    bare = "".join(sign for sign in plain if sign not in marks).strip()
    if marks and _PLAIN.fullmatch(bare):
        return Decimal(bare), f"is not a plain number; write {{}}, and what {marks[0]!r} says in its own column"
    return None, ""


def _shortened(text: str) -> str:
    """Return a text as problems show it; of a long one only the beginning."""
    return repr(text) if len(text) <= _SHOWN else f"{text[:_SHOWN]!r}… ({len(text)} characters)"


def out_of_range(context: CheckContext) -> Iterator[Finding]:
    """Report when a number lies outside the range of its column."""
    yield from apply_rules(context, "number", "integer", suspect=_outside, judge=_range)


def _outside(column: Column) -> pl.Expr:
    number = pl.col(column.name).cast(pl.Float64)
    low = pl.lit(value=False) if column.min is None else number < column.min
    high = pl.lit(value=False) if column.max is None else number > column.max
    return low | high


def _range(column: Column, text: str) -> str:
    low, high = column.min, column.max
    if low is not None and high is not None:
        return f"{text} is out of range; it must lie between {low:g} and {high:g}"
    return (
        f"{text} is out of range; it must be at least {low:g}"
        if low is not None
        else f"{text} is out of range; it must be at most {high:g}"
    )
