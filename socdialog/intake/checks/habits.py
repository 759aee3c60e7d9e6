"""Rules about the habits of programs: words for nothing, letters decoded wrongly, names of signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import Column
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules
from socdialog.intake.names.name_decisions import NOBODY
from socdialog.intake.nothing import nothing_message

_TEXTS = ("text", "texts", "id", "ref", "refs", "source")
#: Columns in which a word for nothing says something: Namibia is NA, and a decision may mean no one.
_SAYS_SOMETHING = frozenset({("countries", "iso2", "NA"), ("name_decisions", "means", NOBODY)})
#: Encodings in which the bytes of UTF-8 are read by mistake.
_CODE_PAGES = ("cp1252", "latin-1", "cp1254", "cp1251", "cp1250", "cp866")
#: Parts a text into runs of letters and signs that are ASCII, and of those that are not.
_PARTS = re.compile(r"([^\x00-\x7f]+)")
#: One wrong letter alone is reported from its first sign, unless a quotation may end behind that capital.
_ALONE = frozenset("ÂÃÄÅ")
_ENDS_OF_QUOTATIONS = frozenset("’”»")
#: Cyrillic words are, by chance, bytes of letters of East Asia: only the letters of these scripts were meant.
_TWO_BYTES = 0x7FF
_PAIR = 2
#: A question mark within a word, where a letter was lost.
_LOST_LETTER = r"\p{L}\?+\p{L}"


def word_for_nothing(context: CheckContext) -> Iterator[Finding]:
    """Report when a text is a program's word for an empty cell, or an error of a spreadsheet."""
    for table, column, frame in context.columns(*_TEXTS):
        texts = context.cells(table).get_column(column.name).unique().drop_nulls()
        messages = {text: nothing_message(text, required=column.required) for text in texts}
        words = [
            text for text, message in messages.items() if message and (table, column.name, text) not in _SAYS_SOMETHING
        ]
        if words:
            rows = frame.filter(pl.col(column.name).is_in(words)).select("raw_line", column.name)
            for line, text in rows.iter_rows():
                yield Finding(table, line, column.name, str(messages[text]))


def wrongly_decoded(context: CheckContext) -> Iterator[Finding]:
    """Report when a text was read in another encoding than it was written in."""
    suspect = r"[^\x00-\x7f]{2}|" + _LOST_LETTER
    yield from apply_rules(
        context,
        "text",
        "texts",
        suspect=lambda column: pl.col(column.name).str.contains(suspect),
        judge=_wrongly_decoded,
    )


def _wrongly_decoded(_: Column, text: str) -> str | None:
    right = restored(text)
    if right is not None:
        return f"{text!r} was decoded incorrectly; write {right!r}, and save its source file as UTF-8"
    lost = re.search(r"[^\W\d_]\?+[^\W\d_]", text)
    if lost is not None and "://" not in text:
        return f"{text!r} has a question mark within a word, {lost[0]!r}; restore the lost letter"
    return None


def restored(text: str) -> str | None:
    """Return a text whose UTF-8 was read in another encoding as it was written; None for any other.

    Examples
    --------
    >>> restored("TÃ¼rk-Ä°ÅŸ"), restored("РўСѓСЂС†РёСЏ"), restored("“GENÇ” Пётр Її İŞ’in")
    ('Türk-İş', 'Турция', None)
    """
    for page in _CODE_PAGES:
        repaired = "".join(_read_again(part, page) for part in _PARTS.split(text))
        if repaired != text:
            return restored(repaired) or repaired
    return None


def _read_again(run: str, page: str) -> str:
    """Return a run of signs read as UTF-8, where they are its bytes and make letters or marks of writing."""
    try:
        # What Windows leaves undefined is read as the control of the same number.
        data = (
            b""
            if run.isascii()
            else b"".join(sign.encode("latin-1" if "\x80" <= sign <= "\x9f" else page) for sign in run)
        )
        read = data.decode("utf-8")
    except UnicodeError:
        return run
    if not read or not all(unicodedata.category(sign)[0] in "LNPS" for sign in read):
        return run
    if unicodedata.name(run[0], "").startswith("CYRILLIC") and max(map(ord, read)) > _TWO_BYTES:
        return run
    by_chance = len(data) == _PAIR and (run[0] not in _ALONE or run[-1] in _ENDS_OF_QUOTATIONS)
    return run if by_chance else read


def name_without_letter(context: CheckContext) -> Iterator[Finding]:
    """Report when a name holds no letter."""
    named = {(table, name) for flag in ("names_body", "printed_name") for table, name in codebook.columns_that(flag)}
    for table, column, frame in context.columns("text"):
        if (table, column.name) in named and column.required and not column.words:
            rows = frame.filter(~pl.col(column.name).str.contains(r"\p{L}"))
            for line, text in rows.select("raw_line", column.name).iter_rows():
                if nothing_message(text) is None:
                    yield Finding(table, line, column.name, f"{text!r} contains no letter; write the name as published")
