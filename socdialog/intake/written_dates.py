"""Dates as spreadsheets, programs and people write them, in the one form of this project."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from socdialog import dates
from socdialog.intake.calendars import other_calendars

#: What spreadsheets count days from, and the counts that are days of 1954 to 2119.
_DAY_ZERO, _COUNTS = date(1899, 12, 30), range(20_000, 80_000)
#: Years that a date without separators may be of: other digits are no date.
_FIRST, _LAST = 1800, 2100
_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?\2?")
_YEAR_LAST = re.compile(r"(?:(\d{1,2})([-./]))?(\d{1,2})[-./](\d{4}|\d{2})\.?")
_WITH_TIME = re.compile(r"(.*\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SHORT_YEAR = 2


def dates_meant(text: str) -> tuple[str, ...]:
    """Return the dates that a text which is not a date of reduced precision may mean; empty when there are none.

    Examples
    --------
    >>> dates_meant("45292"), dates_meant("17.12.2025"), dates_meant("03/12/2019")
    (('2024-01-01',), ('2025-12-17',), ('2019-12-03', '2019-03-12'))
    """
    plain = _DASHES.sub("-", plain_digits(text)).strip()
    if (timed := _WITH_TIME.fullmatch(plain)) is not None:
        plain = timed[1]
    found = dict.fromkeys(_found(plain))
    kept = tuple(one for one in found if _is_date(one))
    return tuple(dict.fromkeys((*kept, *(ours for one in kept for _, ours in other_calendars(one)))))


def plain_digits(text: str) -> str:
    """Return a text with the digits of every script as those of ASCII, and wide signs as plain ones.

    Examples
    --------
    >>> plain_digits("٢٠٢٤"), plain_digits("２０２４．５")
    ('2024', '2024.5')
    """
    wide = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in wide)


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        dates.bounds(text)
        return True
    return False


def _found(plain: str) -> Iterator[str]:
    """Yield what a text may mean; not all of it need be a date."""
    if re.fullmatch(r"\d{4}\.?", plain) or _is_date(plain):
        yield plain.rstrip(".")
    elif re.fullmatch(r"\d{5}(\.\d+)?", plain):
        days = int(plain[:5])
        if days in _COUNTS:
            yield (_DAY_ZERO + timedelta(days=days)).isoformat()
    elif plain.isdecimal():
        yield from _without_separators(plain)
    elif (year_first := _YEAR_FIRST.fullmatch(plain)) is not None:
        year, _, month, day = year_first.groups()
        yield _made(year, month, day)
    elif (year_last := _YEAR_LAST.fullmatch(plain)) is not None:
        yield from _with_year_last(*year_last.groups())
    else:
        yield from _with_words(plain)


def _without_separators(digits: str) -> Iterator[str]:
    """Yield what eight or six digits may mean: year, month and day, or the other way round."""
    orders = {
        8: ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2])),
        6: ((digits[:4], digits[4:], None),),
    }
    for year, month, day in orders.get(len(digits), ()):
        if _FIRST <= int(year) <= _LAST:
            yield _made(year, month, day)


def _with_year_last(first: str | None, mark: str | None, second: str, year: str) -> Iterator[str]:
    """Yield what a date with the year last may mean; of points the day is first, of other signs day or month may be."""
    years = (year,) if len(year) > _SHORT_YEAR else (f"20{year}", f"19{year}")
    if first is None:
        if len(year) > _SHORT_YEAR:
            yield _made(year, second, None)
        return
    day_first = [_made(one, second, first) for one in years]
    month_first = [_made(one, first, second) for one in years]
    yield from day_first
    if mark != "." or not any(map(_is_date, day_first)):
        yield from month_first


def _with_words(plain: str) -> Iterator[str]:
    """Yield what a date with the name of a month may mean, in any language that is official somewhere."""
    numbers = re.findall(r"\d+", plain)
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", plain)]
    years = [number for number in numbers if len(number) == len("2024")]
    days = [number for number in numbers if len(number) <= _SHORT_YEAR]
    if len(years) != 1 or len(years) + len(days) != len(numbers) or len(days) > 1:
        return
    months = {month for word in words for month in _english().get(word, ())}
    months = months or {month for word in words for month in _months().get(word, ())}
    for month in sorted(months):
        yield _made(years[0], str(month), days[0] if days else None)


def _made(year: str, month: str, day: str | None) -> str:
    return "-".join((year, *(f"{int(part):02}" for part in (month, day) if part is not None)))


@cache
def _english() -> Mapping[str, frozenset[int]]:
    return _names_of(["en"])


@cache
def _months() -> Mapping[str, frozenset[int]]:
    from babel import localedata

    return _names_of(name for name in localedata.locale_identifiers() if "_" not in name)


def _names_of(locales: Iterable[str]) -> Mapping[str, frozenset[int]]:
    """Return which months a word names in these languages."""
    from babel import Locale

    found: defaultdict[str, set[int]] = defaultdict(set)
    for name in locales:
        for context in Locale.parse(name).months.values():
            for width in ("wide", "abbreviated"):
                for month, word in context.get(width, {}).items():
                    if not any(sign.isdecimal() for sign in word):
                        found[word.casefold().strip(".")].add(month)
    return {word: frozenset(months) for word, months in found.items()}
