"""Rules about the logical type of a cell: dates, numbers, codes, lists, addresses, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import polars as pl

from socdialog import codebook, dates
from socdialog.errors import unknown
from socdialog.intake.checks.look import Finding, Look, judged

_INTEGER = r"^-?(0|[1-9][0-9]*)$"
_NUMBER = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,.'’_\u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_ADDRESS = r"^https?://[^\s/?#;]+\.[^\s/?#;]+([/?#:]\S*)?$"
_LIKE_ADDRESS = re.compile(r"\w+://|www\.|https?:", re.IGNORECASE)
#: Columns of text that say something in words, so that a bare number is in the wrong cell.
_WORDS = frozenset({"label", "publisher", "provision", "summary", "definition", "reason", "decided_by"})
_WRONG_JOINTS = (",", "|", "/", " ")


def bad_date(look: Look) -> Iterator[Finding]:
    """Report when a date is not YYYY, YYYY-MM or YYYY-MM-DD, or names an impossible day."""
    for table, column, frame in look.columns("date"):
        yield from judged(table, column.name, frame, pl.col(column.name).is_not_null(), _date)


def _date(text: str) -> str | None:
    try:
        dates.bounds(text)
    except ValueError as error:
        return str(error)
    return None


def bad_number(look: Look) -> Iterator[Finding]:
    """Report when a number is no plain decimal: words, NaN, infinity, thousands separators, a decimal comma."""
    for table, column, frame in look.columns("number", "integer"):
        form = _INTEGER if column.type == "integer" else _NUMBER
        suspect = ~pl.col(column.name).str.contains(form)
        yield from judged(table, column.name, frame, suspect, partial(_number, whole=column.type == "integer"))


def _number(text: str, *, whole: bool) -> str:
    plain = text.replace("\u2212", "-")
    if plain.strip("+-").casefold() in {"nan", "inf", "infinity", "n/a", "na", "null", "none", "-", "..", "…"}:
        return f"{text!r} is not a number; leave the cell empty when nothing is reported"
    grouped = _GROUPED.fullmatch(plain)
    if grouped is not None and (grouped[1] != "." or plain.count(".") > 1 or whole):
        mended = re.sub(f"{re.escape(grouped[1])}(?=\\d{{3}})", "", plain).replace(",", ".")
        return f"{text!r} is not a plain number; write {mended} without separators of thousands"
    if re.fullmatch(r"-?\d+,\d+", plain):
        return f"{text!r} has a decimal comma; write {plain.replace(',', '.')}"
    if whole and re.fullmatch(r"-?\d+\.\d+", plain):
        return f"{text!r} is not a whole number; write digits only"
    what, example = ("whole number", "1500") if whole else ("number", "1500 or 12.5")
    return f"{text!r} is not a {what}; write digits only, such as {example}"


def out_of_range(look: Look) -> Iterator[Finding]:
    """Report when a number lies outside the range of its column."""
    for table, column, frame in look.columns("number", "integer"):
        number = pl.col(column.name).cast(pl.Float64)
        low = pl.lit(value=False) if column.min is None else number < column.min
        high = pl.lit(value=False) if column.max is None else number > column.max
        yield from judged(table, column.name, frame, low | high, partial(_range, low=column.min, high=column.max))


def _range(text: str, *, low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{text} is out of range; it must lie between {low:g} and {high:g}"
    return (
        f"{text} is out of range; it must be at least {low:g}"
        if low is not None
        else f"{text} is out of range; it must be at most {high:g}"
    )


def bad_list(look: Look) -> Iterator[Finding]:
    """Report when a list is joined by something other than a bare semicolon, has an empty item, or repeats one."""
    for table, column, frame in look.columns("codes", "texts", "refs"):
        known = frozenset(codebook.vocabulary(column.of)) if column.type == "codes" and column.of else frozenset()
        suspect = pl.col(column.name).str.contains(r"[;,|/ ]")
        yield from judged(table, column.name, frame, suspect, partial(_list, known=known))


def _list(text: str, *, known: frozenset[str]) -> str | None:
    items = text.split(";")
    for mark in _WRONG_JOINTS:
        parts = [part.strip() for item in items for part in item.split(mark) if part.strip()]
        if known and mark in text and len(parts) > len(items) and set(parts) <= known:
            return (
                f"{text!r} is badly joined; lists are joined by ';' without blanks: {';'.join(dict.fromkeys(parts))!r}"
            )
    mended = ";".join(dict.fromkeys(item.strip() for item in items if item.strip()))
    if any(not item.strip() for item in items):
        return f"{text!r} has an empty item; write {mended!r}"
    if any(item != item.strip() for item in items):
        return f"{text!r} is badly joined; lists are joined by ';' without blanks: {mended!r}"
    doubled = next((item for place, item in enumerate(items) if item in items[:place]), None)
    return f"{text!r} repeats {doubled!r}; write {mended!r}" if doubled is not None else None


def unknown_code(look: Look) -> Iterator[Finding]:
    """Report when a code does not stand in its vocabulary."""
    for table, column, frame in look.columns("code", "codes"):
        assert column.of is not None
        known = codebook.vocabulary(column.of)
        what = _singular(column.name)
        if column.type == "code":
            suspect = ~pl.col(column.name).is_in(list(known))
        else:
            suspect = ~pl.col(column.name).str.split(";").list.eval(pl.element().is_in(list(known))).list.all()
        for line, cell in frame.filter(suspect).select("raw_line", column.name).iter_rows():
            items = [cell] if column.type == "code" else cell.split(";")
            for item in items:
                if item not in known:
                    yield Finding(table, line, column.name, unknown(what, item, known))


def _singular(name: str) -> str:
    return {"countries": "country", "topics": "topic", "outcomes": "outcome"}.get(name, name.replace("_", " "))


def bad_address(look: Look) -> Iterator[Finding]:
    """Report when an address is not an http or https address."""
    for table, column, frame in look.columns("url", "source"):
        cell = pl.col(column.name)
        like = cell.is_not_null() if column.type == "url" else cell.str.contains(r"(?i)\w+://|www\.|https?:")
        suspect = like & ~cell.str.contains(_ADDRESS)
        yield from judged(table, column.name, frame, suspect, _address if column.type == "url" else _addresses)


def _address(text: str) -> str:
    if " " in text:
        return f"{text!r} is not an address; write blanks in it as %20"
    if re.match(r"(?i)https?:/*", text):
        rest = re.sub(r"(?i)^https?:/*", "", text)
        return f"{text!r} is not an address; write https:// and the name of the host" + (
            f", such as 'https://{rest}'" if "." in rest else ""
        )
    if "://" in text:
        return f"{text!r} is not an http or https address; write where anybody can read it on the web"
    return (
        f"{text!r} is not an address; write it in full, such as 'https://{text}'"
        if "." in text
        else f"{text!r} is not an address; write it in full with https://"
    )


def _addresses(text: str) -> str | None:
    """Judge a citation: addresses joined by semicolons, each with a remark in brackets or none, or words."""
    for part in re.split(r";(?=\s*\w+://|\s*www\.)", text):
        if part != part.strip():
            return f"{text!r} is badly joined; join addresses by ';' without blanks"
        if _LIKE_ADDRESS.match(part) and not re.search(_ADDRESS, re.sub(r" \(.*\)$", "", part)):
            return _address(part)
    return None


def number_for_words(look: Look) -> Iterator[Finding]:
    """Report when a number stands where words belong."""
    for table, column, frame in look.columns("text"):
        if column.name in _WORDS:
            yield from judged(table, column.name, frame, ~pl.col(column.name).str.contains(r"\p{L}"), _words)


def _words(text: str) -> str:
    return f"{text!r} holds no word; is it in the wrong column?"
