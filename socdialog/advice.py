"""What somebody meant by a name or code that is not known: by meaning first, by spelling only where words are long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from socdialog.folding import fold

#: A list of allowed values up to this length is printed whole.
_LISTED = 12
#: So many values are offered; of more, nobody could tell which is meant.
_OFFERED = 3
#: Shorter values are codes: another code differs by one letter and means something else.
_LONG, _NEARLY_LONG = 5, 4
#: How alike two long words must be: from their beginnings, and letter by letter.
_ALIKE_FROM_THE_START, _ALIKE = 0.88, 0.6
#: Letters of other scripts that look like Latin ones.
_LOOKALIKES = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo")


def meanings(value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the allowed values that `value` stands for, the likeliest first; empty when nobody can tell.

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
    plain = value.strip().translate(_LOOKALIKES).casefold()
    same = [option for option in options if option.strip().translate(_LOOKALIKES).casefold() == plain]
    if not same and (folded := fold(value)):
        same = [option for option in options if fold(option) == folded]
    found = same or [one for one in dict.fromkeys(meant) if one in set(options)]
    if not found and not list(meant):
        found = _spelt_alike(plain, options)
    return tuple(found) if len(found) <= _OFFERED else ()


def advice(value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> str:
    """Return the question whether another value was meant; empty when nobody can tell.

    Examples
    --------
    >>> advice("som", ["KGS", "UZS", "USD"], ["KGS", "UZS"])
    "did you mean 'KGS' or 'UZS'?"
    >>> advice("KА\u0417", ["KAZ"])
    ''
    >>> advice("K\u0410Z", ["KAZ"])
    "did you mean 'KAZ'? it holds 'А', a Cyrillic letter"
    """
    found = meanings(value, allowed, meant)
    if not found:
        return ""
    question = f"did you mean {' or '.join(map(repr, found))}?"
    strange = [letter for letter in value if letter.translate(_LOOKALIKES) != letter and letter not in found[0]]
    if strange and value.strip().translate(_LOOKALIKES).casefold() == found[0].casefold():
        script = unicodedata.name(strange[0]).split()[0].capitalize()
        question += f" it holds {strange[0]!r}, a {script} letter"
    return question


def unknown(what: str, value: str, allowed: Iterable[str], meant: Iterable[str] = ()) -> str:
    """Say that `value` is no known `what`, with what was meant or the whole short list.

    Examples
    --------
    >>> unknown("unit", "persom", ["person", "day"])
    "'persom' is not a known unit; did you mean 'person'?"
    >>> unknown("unit", "hour", ["person", "day"])
    "'hour' is not a known unit; known: day, person"
    """
    options = sorted(set(allowed))
    found = advice(value, options, meant)
    if not found and len(options) <= _LISTED:
        found = f"known: {', '.join(options)}"
    return f"{value!r} is not a known {what}{f'; {found}' if found else ''}"


def _spelt_alike(plain: str, options: list[str]) -> list[str]:
    """Return the one long option that is spelt most like a long word; digits are never taken for others."""
    if len(plain) < _NEARLY_LONG:
        return []
    from rapidfuzz.distance import OSA, JaroWinkler

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
    return [best] if OSA.normalized_similarity(plain, best.casefold()) >= _ALIKE else []
