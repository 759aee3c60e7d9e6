"""What a text says that no rewording may change: its numbers, dates and qualifiers, and the texts of the data in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

Words = tuple[str, ...]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_DAYS = re.compile(rf"\b(?P<day>0?[1-9]|[12]\d|3[01]) (?P<month>{_MONTH})\b\.?(?:,? (?P<year>\d{{4}})\b)?")
_OF_MONTH = re.compile(rf"\b(?P<month>{_MONTH})\b\.? (?P<year>\d{{4}})\b")
_ISO = re.compile(r"(?<![\d.,-])(?:1[89]|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?(?![\d-])")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u0020\u00a0\u2009\u202f]\d{3})+(?!\d)")
#: A convention is its number, however it is called.
_CONVENTION = re.compile(r"\b(?:[cp](?=\d{3}\b)0*|no\. ?)(?=[1-9])")
_NUMBER = re.compile(
    r"(?P<sign>(?<![\w)\]])-)?(?<![^\W\d])(?P<digits>\d+(?:\.\d+)?)(?P<percent> ?(?:%|per cent\b|percent\b))?"
)
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELT = {word: str(number) for number, word in enumerate(_SMALL)}
_SPELLED = re.compile(rf"(?<!no )\b(?:{'|'.join(_SPELT)})\b(?!-)")
_QUALIFIERS = {
    "≈": "about|approximately|around|≈",
    ">": "more than|over|above|>",
    "≥": "at least|≥",
    "<": "less than|fewer than|under|below|<",
    "≤": "at most|up to|≤",
}
_QUALIFIED = tuple((re.compile(rf"(?:{words}) ?(?=-?\d)"), f"{sign} ") for sign, words in _QUALIFIERS.items())
_SIGN = re.compile(r"([≈>≥<≤]) $")
_CURRENCY = re.compile(r"\b[A-Z]{3}\b(?= ?[\d−-])|(?<=\d )[A-Z]{3}\b")
_TOKEN = re.compile(r"[\w']+")
#: Letters of a text of the data that the net keeps readable; a longer one ends in a hash of all of it.
_READABLE = 48


def facts(text: str) -> list[str]:
    """The numbers and dates of a text in one spelling, sorted: each with its qualifier, sign and per cent."""
    money = [f"money {code}" for code in _CURRENCY.findall(text)]
    rest, found = _dates(_even(text))
    rest = _CONVENTION.sub("", rest)
    rest = _SPELLED.sub(lambda word: _SPELT[word[0]], rest)
    for pattern, sign in _QUALIFIED:
        rest = pattern.sub(sign, rest)
    for number in _NUMBER.finditer(rest):
        sign = _SIGN.search(rest[: number.start()])
        found.append(
            f"{sign[1] if sign else ''}{number['sign'] or ''}{plain_number(number['digits'])}"
            f"{'%' if number['percent'] else ''}"
        )
    return sorted(found + money)


def dates(text: str) -> list[str]:
    """The dates of a text, years among them."""
    return [fact for fact in facts(text) if _ISO.fullmatch(fact) or _YEAR.fullmatch(fact)]


def plain_number(text: str) -> str:
    """Write a number in one way: 5.0 as 5, 0.50 as 0.5."""
    number = Decimal(text).normalize()
    return format(number + 0, "f")


def tokens(text: str) -> Words:
    """The words of a text, with one form of letters, blanks and apostrophes."""
    return tuple(_TOKEN.findall(_even(text)))


def readable(text: str) -> str:
    """A text short enough to list, and yet all of it."""
    if len(text) <= _READABLE:
        return text
    return f"{text[:_READABLE]}… #{digest(text)}"


def digest(*parts: str) -> str:
    """A short hash."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


class Phrases:
    """Texts of the data, found in other texts word by word, the longest first."""

    def __init__(self, texts: Iterable[str], *, words: int = 1) -> None:
        self._by_first: dict[str, list[Words]] = {}
        self.whole = {found for text in texts if (found := tokens(text))}
        for phrase in sorted(self.whole, key=lambda one: (-len(one), one)):
            if len(phrase) >= words:
                self._by_first.setdefault(phrase[0], []).append(phrase)

    def within(self, text: Words) -> Iterator[Words]:
        """Yield each phrase that stands in `text`; what is inside a longer one is not told again."""
        place = 0
        while place < len(text):
            found = next(
                (one for one in self._by_first.get(text[place], ()) if text[place : place + len(one)] == one), None
            )
            if found:
                yield found
            place += len(found or " ")


def _even(text: str) -> str:
    even = text.replace("−", "-").replace("’", "'").replace("‘", "'").replace("–", " – ")
    even = _THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), even)
    # A capital İ becomes a small one and a dot by itself.
    return re.sub(r"\s+", " ", even).casefold().replace("\u0307", "")


def _dates(text: str) -> tuple[str, list[str]]:
    """Take the dates out of a text; what is left, and they."""
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        parts = match.groupdict()
        if not parts:
            found.append(match[0])
            return " "
        month = f"{_MONTHS.index(parts['month'][:3]) + 1:02d}"
        day = f"-{int(parts['day']):02d}" if parts.get("day") else ""
        found.append(f"{parts['year'] or '-'}-{month}{day}")
        return " "

    for pattern in (_ISO, _DAYS, _OF_MONTH):
        text = pattern.sub(take, text)
    return text, found
