"""The other writings of a code: two-letter codes, numbers, names in many languages, everyday signs.

Names of countries, languages and currencies come from Unicode CLDR by way of Babel, with when a currency was in use;
what CLDR does not hold (codes of sport and road traffic, everyday signs of money) is in
``names/everyday_writings.yaml``. Read only when something is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from socdialog.codebook import cldr
from socdialog.codebook.money import Use, by_number, currency_use, tender
from socdialog.codebook.reviewed_files import reviewed
from socdialog.folding import fold

if TYPE_CHECKING:
    from babel import Locale

#: The form of a state before its name.
_STATE = re.compile(r"^(the )?((\w+ )*(republic|kingdom|state) of )?(the )?", re.IGNORECASE)
_CONVENTION = re.compile(
    r"(?:ilo\s*)?(?:convention\s*)?([cp])?\s*(?:n[o°º]\.?)?\s*0{0,2}([1-9]\d?|1\d\d)", re.IGNORECASE
)


def meant(kind: str, value: str, *, year: int | None = None, countries: Collection[str] = ()) -> tuple[str, ...]:
    """Return the codes of `kind` of which `value` is another writing.

    Parameters
    ----------
    kind
        The vocabulary or column that lists the codes: ``iso_countries`` or ``countries.country``, ``languages``,
        ``currencies``, ``conventions.convention``; of anything else nothing is known.
    value
        What was written.
    year
        When the money was; a currency that was not in use then is not meant. None = now.
    countries
        Where the money was (ISO 3166-1 alpha-3): of several currencies of one name, those of these countries are meant.

    Examples
    --------
    >>> meant("iso_countries", "KZ"), meant("iso_countries", "Турция"), meant("iso_countries", "GER")
    (('KAZ',), ('TUR',), ('DEU',))
    >>> meant("currencies", "TL"), meant("currencies", "TL", year=1999)
    (('TRY',), ('TRL',))
    >>> meant("currencies", "som"), meant("currencies", "som", countries=["KGZ"]), meant("currencies", "949")
    (('KGS', 'UZS'), ('KGS',), ('TRY',))
    >>> meant("languages", "eng"), meant("conventions.convention", "C87")
    (('en',), ('C087',))
    """
    kind = "iso_countries" if kind == "countries.country" else kind
    if kind == "conventions.convention":
        found = _CONVENTION.fullmatch(value.strip())
        return (f"{(found[1] or 'C').upper()}{int(found[2]):03}",) if found else ()
    codes: tuple[str, ...] = ()
    for written in dict.fromkeys((value, _shorter(kind, value))):
        # Names in English and codes first; all languages of CLDR take seconds to read.
        codes = codes or _everyday(kind).get(_key(written)) or _every_language(kind).get(written.strip().casefold(), ())
    if kind == "currencies":
        uses = currency_use()
        codes = codes or by_number(value.strip())
        codes = tuple(code for code in codes if uses.get(code, Use(None, None)).covers(year))
        here = frozenset(tender(countries, year)) if len(codes) > 1 and countries else frozenset()
        codes = tuple(code for code in codes if code in here) or codes
    return codes


def everyday_names(kind: str) -> Iterator[tuple[str, str]]:
    """Yield the everyday names, each with the one code that it means: words and abbreviations, no codes.

    A writing in capital letters of the Latin script is a code, such as those of sport and road traffic.
    """
    for writing, codes in reviewed("names", "everyday_writings.yaml").get(kind, {}).items():
        if isinstance(codes, str) and (writing == codes or not (writing.isascii() and writing.isupper())):
            yield writing, codes


def _key(written: str) -> str:
    return fold(written) or written.strip()


def _shorter(kind: str, value: str) -> str:
    """Return a value without what may be left out: the form of a state, the region of a language."""
    if kind == "languages":
        return re.split(r"[-_@.]", value.strip())[0]
    return _STATE.sub("", value.strip()) if kind == "iso_countries" else value


@cache
def _everyday(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return what needs no look at other languages, by writing."""
    given = reviewed("names", "everyday_writings.yaml").get(kind, {})
    pairs = [
        (_key(writing), code)
        for writing, codes in given.items()
        for code in ([codes] if isinstance(codes, str) else codes)
    ]
    known = {writing for writing, _ in pairs}
    if kind in _CODES:
        pairs += [(_key(writing), code) for writing, code in _CODES[kind]() if _key(writing) not in known]
    return _gathered(pairs)


@cache
def _every_language(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names in every language that is official in a country, or in a part of one, by writing."""
    if kind not in _NAMES:
        return {}
    # Folded by case only: to fold all of them as names are folded takes seconds more.
    return _gathered((writing.casefold(), code) for locale in cldr.locales() for writing, code in _NAMES[kind](locale))


def _gathered(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict[str, dict[str, None]](dict)
    for writing, code in pairs:
        found[writing][code] = None
    return {writing: tuple(codes) for writing, codes in found.items()}


def _country_codes() -> Iterator[tuple[str, str]]:
    for code, term in _terms("iso_countries").items():
        number = int(term["m49"])
        yield from ((writing, code) for writing in (term["iso2"], term["label"], str(number), f"{number:03}"))
        yield term["definition"].removeprefix("ISO 3166-1: ").removesuffix("."), code


def _language_codes() -> Iterator[tuple[str, str]]:
    from babel.core import get_global

    known = _terms("languages")
    yield from ((other, code) for other, code in get_global("language_aliases").items() if code in known)
    yield from ((writing, code) for code, term in known.items() for writing in (code, term["label"]))


def _language_names(locale: Locale) -> Iterator[tuple[str, str]]:
    known = _terms("languages")
    return ((name, code) for code, name in locale.languages.items() if code in known)


def _currency_names(locale: Locale) -> Iterator[tuple[str, str]]:
    known = _terms("currencies")
    named = ((re.sub(r"\s*\(.*\)", "", name), code) for code, name in locale.currencies.items())
    signs = ((sign, code) for code, sign in locale.currency_symbols.items() if sign != code)
    return ((writing, code) for writing, code in (*named, *signs) if code in known)


def _terms(vocabulary: str) -> Mapping[str, Any]:
    terms: Mapping[str, Any] = reviewed("vocabularies", f"{vocabulary}.yaml")["terms"]
    return terms


_CODES = {"iso_countries": _country_codes, "languages": _language_codes}
_NAMES = {"iso_countries": cldr.country_names, "languages": _language_names, "currencies": _currency_names}
