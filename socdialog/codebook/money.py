"""Currencies: in which years, and in which countries, each was legal tender; their numbers (ISO 4217).

Uses come from Unicode CLDR by way of Babel, numbers from ``names/currency_numbers.yaml``. Read only when something
may be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from socdialog.codebook.reviewed_files import reviewed


class Use(NamedTuple):
    """From when until when a currency was in use, as years; None = not known, or still."""

    since: int | None
    until: int | None

    def covers(self, first: int | None, last: int | None = None) -> bool:
        """Say whether the currency was in use in a year, or in one of several; without a year, whether it still is.

        Examples
        --------
        >>> Use(2005, None).covers(2004), Use(2005, None).covers(2004, 2006), Use(1922, 2005).covers(None)
        (False, True, False)
        """
        if first is None:
            return self.until is None
        last = first if last is None else last
        return (self.since is None or self.since <= last) and (self.until is None or first <= self.until)


@cache
def currency_use() -> Mapping[str, Use]:
    """Return, for each currency of CLDR, the years in which it was legal tender anywhere."""
    return {code: _whole(uses.values()) for code, uses in _uses().items()}


def tender(countries: Iterable[str], year: int | None = None) -> tuple[str, ...]:
    """Return the currencies that were legal tender in any of these countries (ISO 3166-1 alpha-3) in a year, or are.

    Examples
    --------
    >>> tender(["TUR"]), tender(["TUR"], 1999), tender(["KAZ", "KGZ"], 2010)
    (('TRY',), ('TRL',), ('KGS', 'KZT'))
    """
    places = {_iso2()[country] for country in countries if country in _iso2()}
    return tuple(
        code
        for code, uses in sorted(_uses().items())
        if any(place in places and use.covers(year) for place, use in uses.items())
    )


def by_number(text: str) -> tuple[str, ...]:
    """Return the currencies that have a number of ISO 4217, with or without its zeros.

    Examples
    --------
    >>> by_number("949"), by_number("51"), by_number("051"), by_number("1")
    (('TRY',), ('AMD',), ('AMD',), ())
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= len("999")):
        return ()
    return tuple(
        code for code, number in reviewed("names", "currency_numbers.yaml")["numbers"].items() if number == int(text)
    )


@cache
def _uses() -> Mapping[str, Mapping[str, Use]]:
    """Return, by currency and territory, the years in which it was legal tender there."""
    from babel.core import get_global

    spans = defaultdict[str, dict[str, Use]](dict)
    for place, uses in get_global("territory_currencies").items():
        for code, start, end, is_tender in uses:
            if is_tender:
                here = Use(start and start[0], end and end[0])
                earlier = spans[code].get(place)
                spans[code][place] = here if earlier is None else _whole((earlier, here))
    return spans


def _whole(uses: Iterable[Use]) -> Use:
    given = list(uses)
    begins, ends = [use.since for use in given], [use.until for use in given]
    return Use(
        min((year for year in begins if year is not None), default=None) if None not in begins else None,
        max((year for year in ends if year is not None), default=None) if None not in ends else None,
    )


@cache
def _iso2() -> Mapping[str, str]:
    terms = reviewed("vocabularies", "iso_countries.yaml")["terms"]
    return {code: term["iso2"] for code, term in terms.items()}
