"""Rules about a cell by itself: is it there, does it hide anything, may a spreadsheet run it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import polars as pl

from socdialog.codebook import Column
from socdialog.intake.checks.look import Finding, Look, judged

#: Characters nobody sees: controls, formats, private use, line and paragraph marks, blanks other than the
#: plain one, fillers, variation selectors, and the mark that stands for a broken character.
_HIDDEN = (
    r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"
    r"\x{034F}\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}\x{FE00}-\x{FE0F}\x{FFFD}]"
)
#: Format characters that are seen, as signs of numbers and verses.
_SEEN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffd")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9


def required(look: Look) -> Iterator[Finding]:
    """Report when a cell that must be filled is empty."""
    for table, column, frame in look.columns():
        if column.required and frame.get_column(column.name).null_count():
            for line in frame.filter(pl.col(column.name).is_null()).get_column("raw_line"):
                yield Finding(table, line, column.name, f"is empty; a value is required: {column.doc}")


def hidden_character(look: Look) -> Iterator[Finding]:
    """Report when a cell holds a character that nobody sees, or one that stands for a broken one."""
    yield from judged(look, suspect=lambda column: pl.col(column.name).str.contains(_HIDDEN), judge=_hidden)


def _hidden(_: Column, text: str) -> str | None:
    for place, char in enumerate(text):
        if _is_hidden(char) and not _joins(text, place):
            name = unicodedata.name(char, "control character")
            mend = "write a plain blank" if unicodedata.category(char) == "Zs" else "delete it"
            if char == "\ufffd":
                mend = "restore the letter that was there"
            return f"{text!r} holds a hidden character, U+{ord(char):04X} ({name}), at place {place + 1}; {mend}"
    return None


def _is_hidden(char: str) -> bool:
    kind = unicodedata.category(char)
    if char in _SEEN or char == " ":
        return False
    return kind in {"Cc", "Cf", "Co", "Zl", "Zp", "Zs"} or char in _FILLERS or "\ufe00" <= char <= "\ufe0f"


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands where scripts with joined letters need it."""
    if text[place] not in _JOINERS or not 0 < place < len(text) - 1:
        return False
    before, after = text[place - 1], text[place + 1]
    if unicodedata.combining(before) == _VIRAMA:
        return True
    return unicodedata.bidirectional(before) in {"AL", "NSM"} and unicodedata.bidirectional(after) == "AL"


def surrounding_blank(look: Look) -> Iterator[Finding]:
    """Report when a cell begins or ends with a blank."""
    yield from judged(look, suspect=lambda column: pl.col(column.name).str.contains("^ | $"), judge=_blank)


def _blank(_: Column, text: str) -> str:
    if not text.strip(" "):
        return f"{text!r} holds blanks only; leave the cell empty"
    where = {(True, True): "begins and ends", (True, False): "begins", (False, True): "ends"}
    return f"{text!r} {where[text.startswith(' '), text.endswith(' ')]} with a blank; write {text.strip(' ')!r}"


def formula(look: Look) -> Iterator[Finding]:
    """Report when a text begins like a formula, which a spreadsheet would run instead of showing it."""
    yield from judged(look, "text", "id", "source", "texts", suspect=_like_formula, judge=_formula)


def _like_formula(column: Column) -> pl.Expr:
    cell = pl.col(column.name)
    return cell.str.contains(r"^[=+@-]") & ~cell.str.contains(r"^[+-]?[0-9.,]+$")


def _formula(_: Column, text: str) -> str:
    return f"{text!r} begins with {text[0]!r}: a spreadsheet may run it as a formula; begin with a letter"
