"""Characters that nobody sees, in cells and in notes."""

from __future__ import annotations

import unicodedata

#: Characters nobody sees: controls, formats, private use, line and paragraph marks, blanks other than the
#: plain one, fillers, variation selectors, and the mark that stands for a broken character.
HIDDEN = (
    r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"
    r"\x{034F}\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}\x{FE00}-\x{FE0F}\x{FFFD}]"
)
#: Format characters that are seen, as signs of numbers and verses.
_SEEN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffd")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9


def hidden_message(text: str) -> str | None:
    """Say which hidden character a text holds, where, and how to mend it; None where it has none."""
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
