"""From any script to Latin letters, and to the sounds that all romanisations of a name share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from anyascii import anyascii

from socdialog.codebook.reviewed_files import reviewed
from socdialog.folding import fold

#: Spellings of one sound in the romanisations in use, in the order they are read.
#: Capital letters mean sounds that plain Latin letters cannot write.
_SOUNDS = (
    (r"shch|sch|sh", "S"),
    (r"tch|ch", "C"),
    (r"dzh|dj|zh|j", "J"),
    (r"ts|tz", "c"),
    (r"kh", "h"),
    (r"gh", "g"),
    (r"ph", "f"),
    (r"ck", "k"),
    (r"ow(?=[^aeiouy]|$)", "ov"),
    (r"w", "v"),
    (r"q", "k"),
    (r"x", "ks"),
    (r"y", "i"),
    (r"i+(?=[aeou])", ""),
    (r"(.)\1+", r"\1"),
)
_READ = tuple((re.compile(pattern), sound) for pattern, sound in _SOUNDS)


@cache
def _letters() -> tuple[re.Pattern[str], Mapping[str, str]]:
    entry = reviewed("names", "letters.yaml")["letters"]
    table = {unicodedata.normalize("NFC", letter): sound for letter, sound in entry.items()}
    longest = sorted(table, key=lambda letter: (-len(letter), letter))
    return re.compile("|".join(map(re.escape, longest))), table


@lru_cache(maxsize=65536)
def latin(text: str) -> str:
    """Return `text` in Latin letters, folded.

    Examples
    --------
    >>> latin("Федерация профсоюзов Қазақстан")
    'federatsiya profsoyuzov qazaqstan'
    """
    pattern, table = _letters()
    lower = unicodedata.normalize("NFC", text.replace("İ", "i").replace("I", "i")).lower()
    return fold(anyascii(pattern.sub(lambda match: table[match.group(0)], lower)))


@lru_cache(maxsize=65536)
def phonetic_key(text: str) -> str:
    """Return the sounds of `text`: what the romanisations of one name in many alphabets share.

    Examples
    --------
    >>> sounds("Dzhumadilde") == sounds("Jumadilde") == sounds("Джумадилде")
    True
    """
    words = latin(text).split()
    return " ".join(filter(None, map(_word_sounds, words)))


def _word_sounds(word: str) -> str:
    for pattern, sound in _READ:
        word = pattern.sub(sound, word)
    return word
