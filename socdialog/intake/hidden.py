"""Invisible characters in cells and in notes."""

from __future__ import annotations

import unicodedata

#: Invisible characters: controls, formats, private use, line and paragraph marks, blanks other than the
#: plain one, fillers, variation selectors, and the mark that replaces a broken character.
HIDDEN = (
    r"[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{00A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}"
    r"\x{034F}\x{115F}\x{1160}\x{2800}\x{3164}\x{FFA0}\x{FE00}-\x{FE0F}\x{FFFD}]"
)
#: Format characters that are seen, as signs of numbers and verses.
_SEEN = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)))
_FILLERS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufffd")
_JOINERS = frozenset("\u200c\u200d")
_VIRAMA = 9
#: What joins and colours emoji: the joiner, the selectors of their look, the letters of flags of regions.
_EMOJI_JOINER, _SELECTORS = "\u200d", frozenset("\ufe0e\ufe0f")
_FLAG_LETTERS = frozenset(map(chr, range(0xE0020, 0xE0080)))
#: Signs that are emoji with a selector behind them: digits and the like on keys.
_KEYS = frozenset("#*0123456789")
#: Marks and isolates of direction, which texts of right-to-left scripts need; embeddings and overrides deceive.
_DIRECTIONS = frozenset("\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


def hidden_message(text: str, *, quoted: bool = False) -> str | None:
    """Say which hidden character a text holds, where, and how to fix it; None where it has none.

    Parameters
    ----------
    text
        The text of a cell.
    quoted
        Whether it is printed elsewhere and repeated as it stands, such as a title: marks of direction belong to it.
    """
    directed = quoted or any(
        unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text if char not in _DIRECTIONS
    )
    for place, char in enumerate(text):
        if _is_hidden(char) and not (
            _joins(text, place) or _of_emoji(text, place) or (directed and char in _DIRECTIONS)
        ):
            name = unicodedata.name(char, "control character")
            fix = "write a plain space" if unicodedata.category(char) == "Zs" else "delete it"
            if char == "\ufffd":
                fix = "restore the lost letter"
            return f"{text!r} contains a hidden character, U+{ord(char):04X} ({name}), at position {place + 1}; {fix}"
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


def _of_emoji(text: str, place: int) -> bool:
    """Whether a character belongs to an emoji: joins two, chooses the look of one, or is a letter of a flag."""
    char, before = text[place], text[place - 1 : place]
    after = text[place + 1 : place + 2]
    if char == _EMOJI_JOINER:
        return _is_emoji(before) and _is_emoji(after)
    if char in _SELECTORS:
        return _is_emoji(before) or before in _KEYS
    return char in _FLAG_LETTERS and (_is_emoji(before) or before in _FLAG_LETTERS)


def _is_emoji(char: str) -> bool:
    """Whether a character is a picture, or ends one: a colour of skin, a selector of its look."""
    return bool(char) and (
        unicodedata.category(char) in {"So", "Sk", "Sm"} or char in _SELECTORS or char in "\u203c\u2049"
    )
