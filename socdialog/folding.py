"""One form for the many ways of printing the same letters: case, accents, apostrophes, dashes, look-alikes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import polars as pl

_T = TypeVar("_T")

#: Marks that stand inside a word in one printing and are missing in another.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻʹ`´′‛＇ˈꞌ"))

#: Letters that carry no mark Unicode could take off, and the plain letter that prints without them use.
PLAIN_LETTERS = str.maketrans(
    {
        **dict(zip("ıəøłđħŋ", "ieoldhn", strict=True)),
        **dict(zip("ғқңүұәөһіҳҷҹҝґєӡҡҙҫ", "гкнууаохихччггезкзс", strict=True)),
        **dict(zip("يىكةە", "ییکهه", strict=True)),
        "ъ": None,
        "ь": None,
        "æ": "ae",
        "œ": "oe",
        "ـ": None,
    }
)

#: Letters of other scripts that look Latin or Cyrillic, for words that mix scripts by a slip of the keyboard.
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("аеорсухкмтвніѕјԛԝ", "aeopcyxkmtbhisjqw", strict=True)),
        **dict(zip("αβεηικμνορτυχζ", "abehikmnoptyxz", strict=True)),
    }
)
_TO_CYRILLIC = str.maketrans(
    {
        **dict(zip("aeopcyxkmtbhi", "аеорсухкмтвни", strict=True)),
        **dict(zip("αβεηικμορτυχ", "авеникмортух", strict=True)),
    }
)

_DOTTED = re.compile(r"\b([^\W\d_](?:\.[^\W\d_])+)\b\.?")
_CYRILLIC = re.compile(r"[а-яё]")
_LATIN = re.compile(r"[a-z]")
_GREEK = re.compile(r"[α-ω]")
_NOT_WORD = re.compile(r"[\W_]+")


#: One sound, three codes: a Latin letter, a Cyrillic one, and a turned e that looks like both.
_SCHWAS = re.compile("[əәǝ]")
_WITH_SCHWA = re.compile(r"\b\w*[əәǝ]\w*")


def _one_schwa(found: re.Match[str]) -> str:
    """Return a word with the schwa of its own script."""
    word = found[0]
    latin, cyrillic = (len(script.findall(_SCHWAS.sub("", word))) for script in (_LATIN, _CYRILLIC))
    if cyrillic == latin:
        return word.replace("ǝ", "ə")
    return _SCHWAS.sub("ә" if cyrillic > latin else "ə", word)


def _one_script(word: str) -> str:
    if word.isascii():
        return word
    latin, cyrillic, greek = (len(script.findall(word)) for script in (_LATIN, _CYRILLIC, _GREEK))
    if greek >= latin + cyrillic or sum(map(bool, (latin, cyrillic, greek))) < 2:  # noqa: PLR2004 - of one script
        return word
    return word.translate(_LOOKALIKES if latin >= cyrillic else _TO_CYRILLIC)


class _WithoutMarks(dict[int, int | None]):
    """What each letter becomes without marks, looked up once."""

    def __missing__(self, letter: int) -> int | None:
        self[letter] = None if unicodedata.category(chr(letter)).startswith("M") else letter
        return self[letter]


_MARKS = _WithoutMarks()


def _folded_once(text: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES)).translate(_APOSTROPHES)
    text = _DOTTED.sub(lambda match: match.group(1).replace(".", ""), text)
    # Casefold turns İ into two code points; the second is a mark and goes with the other marks.
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)
    if _SCHWAS.search(text):
        text = _WITH_SCHWA.sub(_one_schwa, text)
    text = text.translate(PLAIN_LETTERS)
    words = _NOT_WORD.sub(" ", text.replace("&", " and ")).split()
    return " ".join(_one_script(word) for word in words)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` with everything gone that one printing of a name has and another lacks.

    Case is folded for Turkic and other alphabets alike (``İ``, ``I`` and ``ı`` are one letter), accents
    and apostrophes go, letters peculiar to one Cyrillic alphabet become their plain neighbours, dashes,
    quotes and other punctuation become one space, and a stray Cyrillic look-alike in a Latin word becomes
    Latin. The script stays: nothing is transliterated. Folding a folded text changes nothing.

    Parameters
    ----------
    text
        Any text; a name as printed.

    Examples
    --------
    >>> fold("TÜRK-İŞ") == fold("Türk–Iş")
    True
    >>> fold("Қазақстан «Кәсіподақтар» федерациясы")
    'казакстан касиподактар федерациясы'
    """
    # A letter may decompose into one that folds again; the chain is short and always ends. Plain letters are its end.
    previous, current = text, _folded_once(text)
    while not current.isascii() and current != previous:
        previous, current = current, _folded_once(current)
    return current


def alphabetical(items: Iterable[_T], name: Callable[[_T], str], code: Callable[[_T], str] = str) -> list[_T]:
    """Return items in the order in which a reader looks up their names; of one name by their code.

    Examples
    --------
    >>> alphabetical(["TKM", "TUR"], {"TKM": "Turkmenistan", "TUR": "Türkiye"}.__getitem__)
    ['TUR', 'TKM']
    """
    return sorted(items, key=lambda item: (fold(name(item)), code(item)))


def folded(column: str) -> pl.Expr:
    """Return the names of a column folded, to sort a frame as `alphabetical` sorts items."""
    import polars as pl  # the command line folds words, and starts without

    return pl.col(column).map_elements(fold, return_dtype=pl.String)


def printed(text: str) -> str:
    """Return `text` as printed, but for the encoding of its letters and the blanks around it."""
    return " ".join(unicodedata.normalize("NFC", text).split())
