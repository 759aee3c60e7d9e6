"""Names of languages and countries, and the form of numbers, dates, plurals and lists, from Unicode CLDR.

This is the only module that asks Babel, which is slow to load: nothing is read before it is needed. Numbers and
words follow `LANGUAGE`; an edition in another language sets it and adds its catalogue of messages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from socdialog import dates
from socdialog.codebook.terms import COUNTRIES, reviewed_terms

if TYPE_CHECKING:
    from babel import Locale

#: The language of everything that readers see, as CLDR names it.
LANGUAGE = "en_GB"
#: Digits of a number that is written in full; further ones are errors of binary fractions.
_ALL_DIGITS = 10
_MINUS, _DASH = "−", "–"
#: Skeletons of CLDR by the hyphens of a date without a day: a year, a month.
_SKELETONS = ("y", "yMMMM")


@cache
def codes_by_iso2() -> Mapping[str, str]:
    """Return the three-letter code of each country of ISO 3166-1 by its two-letter code."""
    return MappingProxyType({str(term.more["iso2"]): code for code, term in reviewed_terms(COUNTRIES).items()})


@cache
def locales() -> tuple[Locale, ...]:
    """Return every language that is official in a country, or in a part of one, and that CLDR describes."""
    from babel import Locale, localedata
    from babel.languages import get_official_languages

    spoken = {one.split("_")[0] for iso2 in codes_by_iso2() for one in get_official_languages(iso2, regional=True)}
    return tuple(Locale(name) for name in sorted(spoken) if localedata.exists(name))


def named(languages: Iterable[str]) -> tuple[Locale, ...]:
    """Return the languages of these codes that CLDR describes."""
    from babel import Locale, localedata

    return tuple(Locale(name) for name in languages if localedata.exists(name))


def iso2(country: str) -> str:
    """Return the two-letter code of a country of ISO 3166-1."""
    return str(reviewed_terms(COUNTRIES)[country].more["iso2"])


def language_of_country(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield, in a language, the name of each language that is spoken most in one country, and that country."""
    from babel.core import get_global

    known, likely = codes_by_iso2(), get_global("likely_subtags")
    for code, name in locale.languages.items():
        territory = likely.get(code, "").rpartition("_")[2]
        if "_" not in code and territory in known:
            yield name, known[territory]


def country_names(locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield the name of each country of ISO 3166-1 in a language, and its three-letter code."""
    known = codes_by_iso2()
    return ((name, known[iso2]) for iso2, name in locale.territories.items() if iso2 in known)


def names_in(vocabulary: str, language: str) -> Mapping[str, str]:
    """Return the names of the codes of a vocabulary in a language that CLDR describes; none for any but three.

    These are countries (ISO 3166-1), languages (ISO 639-1) and currencies (ISO 4217).

    Examples
    --------
    >>> names_in("iso_countries", "ru")["TUR"], names_in("currencies", "tr")["KZT"], names_in("topics", "ru")
    ('Турция', 'Kazakistan tengesi', {})
    """
    (locale,) = named([language])
    if vocabulary == COUNTRIES:
        return {code: name for name, code in country_names(locale)}
    return {"languages": locale.languages, "currencies": locale.currencies}.get(vocabulary, {})


@cache
def official_languages(country: str) -> tuple[str, ...]:
    """Return the official languages of a country that CLDR describes, the most spoken first.

    Parameters
    ----------
    country
        Its ISO 3166-1 alpha-3 code; of any other no language is known.

    Examples
    --------
    >>> official_languages("GHA"), official_languages("PER")[0], official_languages("SUN")
    (('en',), 'es', ())
    """
    from babel import localedata
    from babel.languages import get_official_languages

    term = reviewed_terms(COUNTRIES).get(country)
    found = () if term is None else get_official_languages(str(term.more["iso2"]), de_facto=True)
    return tuple(dict.fromkeys(one.split("_")[0] for one in found if localedata.exists(one.split("_")[0])))


@cache
def language_of_own_name(country: str, name: str) -> str:
    """Return the official language of a country in which it has this name; empty where CLDR has no such language.

    Examples
    --------
    >>> language_of_own_name("GEO", "საქართველო"), language_of_own_name("GEO", "Georgien")
    ('ka', '')
    """
    from babel import Locale

    names = ((one, Locale(one).territories.get(iso2(country))) for one in official_languages(country))
    return next((language for language, own in names if own == name), "")


def own_name(country: str) -> str:
    """Return the name of a country in its first official language; in English where CLDR has none.

    Examples
    --------
    >>> own_name("GEO"), own_name("GHA")
    ('საქართველო', 'Ghana')
    """
    from babel import Locale

    label, languages = reviewed_terms(COUNTRIES)[country].label, official_languages(country)
    return str(Locale(languages[0]).territories.get(iso2(country), label)) if languages else label


@cache
def _locale() -> Locale:
    from babel import Locale

    return Locale.parse(LANGUAGE)


def number(value: float, *, decimals: int | None = None) -> str:
    """Return a number as readers see it, with a comma between thousands in English.

    Parameters
    ----------
    value
        The number; never a year, which has no separator.
    decimals
        Digits after the point; None keeps those of the value.

    Examples
    --------
    >>> number(2140), number(12.50), number(-3), number(2, decimals=1)
    ('2,140', '12.5', '−3', '2.0')
    """
    from babel.numbers import format_decimal

    digits = "#" * _ALL_DIGITS if decimals is None else "0" * decimals
    rounded = round(value, _ALL_DIGITS if decimals is None else decimals)
    # A negative zero has no sign.
    text = format_decimal(rounded or 0, format=f"#,##0.{digits}", locale=_locale())
    return text.replace("-", _MINUS)


def number_range(low: float, high: float) -> str:
    """Return a range of numbers.

    Examples
    --------
    >>> number_range(1030, 1190)
    '1,030–1,190'
    """
    return f"{number(low)}{_DASH}{number(high)}"


def percent(value: float, high: float | None = None, *, decimals: int | None = None) -> str:
    """Return a percentage, or a range of them up to `high`; `value` is in per cent.

    Examples
    --------
    >>> percent(46.9), percent(3, 5), percent(12, decimals=1)
    ('46.9%', '3–5%', '12.0%')
    """
    digits = number(value, decimals=decimals)
    if high is not None:
        digits = f"{digits}{_DASH}{number(high, decimals=decimals)}"
    return str(_locale().percent_formats[None].pattern.replace("#,##0", digits))


def date(text: str) -> str:
    """Return a date of reduced precision (ISO 8601) for readers.

    Examples
    --------
    >>> date("2025-12-17"), date("2025-12"), date("2025")
    ('17 December 2025', 'December 2025', '2025')
    """
    from babel.dates import format_date, format_skeleton

    day = dates.bounds(text).first
    match text.count("-"):
        case 2:
            return format_date(day, "long", locale=_locale())
        case precision:
            return format_skeleton(_SKELETONS[precision], day, locale=_locale())


def date_range(start: str, end: str) -> str:
    """Return a period between two dates of reduced precision; what both ends share is written once.

    Examples
    --------
    >>> date_range("2024-05-01", "2024-05-03"), date_range("2024-04-28", "2024-05-03"), date_range("2009", "2012")
    ('1–3 May 2024', '28 April – 3 May 2024', '2009–2012')
    """
    if start == end:
        return date(start)
    first, last = date(start).split(" "), date(end).split(" ")
    shared = 0
    # Of two precisions nothing is left out: "1 – June 2024" would be no date.
    while len(first) == len(last) and first[-1 - shared] == last[-1 - shared]:
        shared += 1
    low, high = " ".join(first[: len(first) - shared]), " ".join(last)
    return f"{low}{_DASH}{high}" if low.isdecimal() else f"{low} {_DASH} {high}"


def plural_category(value: float) -> str:
    """Return the category of CLDR that the plural of a number has: ``one`` or ``other`` in English.

    Examples
    --------
    >>> plural_category(1), plural_category(0), plural_category(21)
    ('one', 'other', 'other')
    """
    return str(_locale().plural_form(value))


def plural(value: float, one: str, other: str | None = None) -> str:
    """Return the English words that agree with a number; `other` is by default `one` with an s.

    Examples
    --------
    >>> plural(1, "event"), plural(0, "event"), plural(2, "country", "countries"), plural(4, "is", "are")
    ('event', 'events', 'countries', 'are')
    """
    return one if plural_category(value) == "one" else other or f"{one}s"


def counted(value: int, one: str, other: str | None = None) -> str:
    """Return a number with the English noun that agrees with it.

    Examples
    --------
    >>> counted(1, "error"), counted(2140, "warning"), counted(0, "country", "countries")
    ('1 error', '2,140 warnings', '0 countries')
    """
    return f"{number(value)} {plural(value, one, other)}"


def joined(words: Iterable[str]) -> str:
    """Return words as the list of a sentence, repeated as often as given; an empty text for none.

    Examples
    --------
    >>> joined(["a", "b", "c"]), joined(["a", "b"]), joined([])
    ('a, b and c', 'a and b', '')
    """
    from babel.lists import format_list

    return format_list(list(words), locale=_locale())


def listing(words: Iterable[str]) -> str:
    """Return words as the list of a sentence, each once.

    Examples
    --------
    >>> listing(["a", "b", "a", "c"])
    'a, b and c'
    """
    return joined(dict.fromkeys(words))
