"""What Unicode CLDR knows of languages and countries, by way of Babel; the one place where Babel is asked.

Babel is slow to load, so nothing here is read before it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from socdialog.codebook.terms import COUNTRIES, reviewed_terms

if TYPE_CHECKING:
    from babel import Locale


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
