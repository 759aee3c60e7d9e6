"""Suggestions for an unknown name or code: by meaning first, by spelling only where words are long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from socdialog.folding import fold

#: A list of allowed values up to this length is printed whole.
LISTED = 12
#: So many values are offered; of more, the intended one is unclear.
_OFFERED = 3
#: Shorter values are codes: another code differs by one letter and means something else.
_LONG, _NEARLY_LONG = 5, 4
#: How similar two long words must be: from their beginnings, and letter by letter.
_ALIKE_FROM_THE_START, _ALIKE = 0.88, 0.6
_WORD = re.compile(r"[^\W_]+")
#: What turns a word into its opposite, and parts of words that tell two sides of one thing apart.
_DENIALS = ("un", "non", "non_", "not_", "in", "il", "im", "ir", "dis", "de", "anti", "no_")
_COUNTERPARTS = (
    ("er", "ee"),
    ("increase", "decrease"),
    ("import", "export"),
    ("maternity", "paternity"),
    ("before", "after"),
    ("start", "end"),
    ("min", "max"),
    ("high", "low"),
)
#: Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo")


def meanings(value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the allowed values that `value` means, the likeliest first; empty when it cannot be determined.

    Parameters
    ----------
    value
        What was written.
    allowed
        What could have been written; nothing else is ever offered.
    meant
        Codes of which `value` is known to be another writing, as ``socdialog.codebook.other_writings`` knows them.
        Where there are any, spelling is not asked.

    Examples
    --------
    >>> meanings(" kaz ", ["KAZ", "KGZ"]), meanings("KZ", ["KAZ", "KGZ"]), meanings("KZ", ["KAZ", "KGZ"], ["KAZ"])
    (('KAZ',), (), ('KAZ',))
    >>> meanings("strke", ["strike", "lockout"]), meanings("C0877", ["C087", "C187"])
    (('strike',), ())
    """
    options = sorted(set(allowed))
    plain = _plain(value)
    same = [option for option in options if _plain(option) == plain]
    if not same and (folded := fold(value)):
        same = [option for option in options if fold(option) == folded]
    found = same or [one for one in dict.fromkeys(meant) if one in set(options)]
    if not found and not list(meant):
        found = _spelt_alike(plain, options)
    return tuple(found) if len(found) <= _OFFERED else ()


def advice(value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> str:
    """Return the question whether another value was meant; empty when it cannot be determined.

    Examples
    --------
    >>> advice("som", ["KGS", "UZS", "USD"], ["KGS", "UZS"])
    "did you mean 'KGS' or 'UZS'?"
    >>> advice("K\u0410Z", ["KAZ"])
    "did you mean 'KAZ'? it contains 'А', a Cyrillic letter"
    """
    found = meanings(value, allowed, meant)
    if not found:
        return ""
    question = f"did you mean {' or '.join(map(repr, found))}?"
    if _plain(value) == _plain(found[0]) and (strange := _strange_letter(value)):
        question += f" it contains {strange}"
    elif value not in found and unicodedata.normalize("NFC", value) == unicodedata.normalize("NFC", found[0]):
        question += " It looks the same, but its accents are separate characters (NFD); write composed letters (NFC)"
    return question


def unknown(what: str, value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> str:
    """Say that `value` is not a known `what`, with what was meant or the whole short list.

    Examples
    --------
    >>> unknown("unit", "persom", ["person", "day"])
    "'persom' is not a known unit; did you mean 'person'?"
    >>> unknown("unit", "hour", ["person", "day"])
    "'hour' is not a known unit; known: day, person"
    """
    options = sorted(set(allowed))
    hints = [advice(value, options, meant)]
    if not hints[0]:
        # A code in letters of two scripts, or in those of another one than all others, is not a code by its look alone.
        strange = _strange_letter(value) if all(option.isascii() for option in options) else ""
        hints = [
            f"it contains {strange}" if strange else "",
            f"known: {', '.join(options)}" if 0 < len(options) <= LISTED else "",
        ]
    return "; ".join([f"{value!r} is not a known {what}", *filter(None, hints)])


def _plain(value: str) -> str:
    """Return a value without what a slip of the keyboard changes: case, blanks, look-alikes, O for zero."""
    return re.sub(r"(?<=[a-z])0|0(?=[a-z])|o(?=\d)|(?<=\d)o", "0", value.strip().translate(_LOOKALIKES).casefold())


def _strange_letter(value: str) -> str:
    """Name the first letter that is not Latin of a code in two scripts, or of a short one; else empty."""
    letters = [letter for letter in value if letter.isalpha()]
    others = [letter for letter in letters if not unicodedata.name(letter, "LATIN").startswith("LATIN")]
    if not others or (len(others) == len(letters) and len(letters) >= _NEARLY_LONG):
        return ""
    script = unicodedata.name(others[0]).split()[0].capitalize()
    return f"{others[0]!r}, a {script} letter"


def _spelt_alike(plain: str, options: list[str]) -> list[str]:
    """Return the one long option that is spelt most like a long word; digits are never taken for others."""
    if len(plain) < _NEARLY_LONG:
        return []
    from rapidfuzz.distance import JaroWinkler

    digits = re.sub(r"\D", "", plain)
    ranked = sorted(
        (
            (JaroWinkler.similarity(plain, one.casefold()), one)
            for one in options
            if len(one) >= _LONG and re.sub(r"\D", "", one) == digits
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _ALIKE_FROM_THE_START or [score for score, _ in ranked].count(ranked[0][0]) > 1:
        return []
    best = ranked[0][1]
    return [best] if _word_by_word(plain, best.casefold()) and not _is_opposite(plain, best.casefold()) else []


def _word_by_word(value: str, option: str) -> bool:
    """Say whether a value is spelt like an option in each of its words: the end of a period is not its beginning."""
    from rapidfuzz.distance import OSA

    words, others = _WORD.findall(value), _WORD.findall(option)
    if len(words) != len(others):
        words, others = ["".join(words)], ["".join(others)]
    return all(OSA.normalized_similarity(one, other) >= _ALIKE for one, other in zip(words, others, strict=True))


def _is_opposite(value: str, option: str) -> bool:
    """Say whether the opposite of an option is spelt at least as much like the value as the option itself."""
    from rapidfuzz.distance import OSA

    near = OSA.normalized_similarity(value, option)
    return any(OSA.normalized_similarity(value, other) >= near for other in _opposites(option))


def _opposites(option: str) -> Iterator[str]:
    """Yield what says the opposite of an option: with or without a denial, or about the other side."""
    for word in set(_WORD.findall(option)):
        for denial in _DENIALS:
            yield option.replace(word, denial + word)
            if word.startswith(denial):
                yield option.replace(word, word.removeprefix(denial).lstrip("-_"))
        for ends in _COUNTERPARTS:
            for one, other in (ends, ends[::-1]):
                if one in word:
                    yield option.replace(word, word.replace(one, other))
