"""Words for a country inside the name of a body: its names in some languages, by way of Unicode CLDR.

The languages are those of the study, and those in which international bodies write. All countries of ISO 3166-1 are
known, and those that the study declares. A name may be inflected or possessive; the name of a country's language
means the adjective ("Kazakh"), and the form of a state goes with its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from socdialog.codebook import cldr
from socdialog.codebook.other_writings import everyday_names
from socdialog.codebook.terms import COUNTRIES, languages_at_hand, own_terms
from socdialog.folding import fold
from socdialog.intake.names.transliteration import latin
from socdialog.intake.names.words import Phrase, organisation_words, singular

P = ParamSpec("P")
T = TypeVar("T")
#: Shorter names are whole words only: as beginnings of words they would begin words of other meanings.
_STEM, _LATIN_STEM, _LATIN_ADJECTIVE = 5, 6, 8
#: Languages in which international bodies write of any country, whatever the languages of the study.
_WORKING = ("fr", "es", "de")
#: An adjective is the name of a language that begins as the name of the country does.
_ALIKE = 3
_VOWELS = frozenset("aeiouyəıаеиоуыэюяўәіөүՙաեէիոօაეიოუ")


@dataclass(frozen=True, slots=True)
class CountryWords:
    """Words for countries: whole words, beginnings of words by their length, and phrases by their first word."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[int, Mapping[str, frozenset[str]]]
    phrases: Mapping[str, tuple[tuple[Phrase, frozenset[str]], ...]]


def cached_for_study(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function of names returns, apart for each study: its languages and countries decide over it."""

    @lru_cache(maxsize=65536)
    def kept(_study: Hashable, *args: Hashable) -> T:
        return cast("Callable[..., T]", function)(*args)

    @wraps(function)
    def of_study(*args: Hashable) -> T:
        return kept(_at_hand(), *args)

    return cast("Callable[P, T]", of_study)


def country_words() -> CountryWords:
    """Return the words for countries in the languages of the study at hand."""
    return _words_in(*_at_hand())


def _at_hand() -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    return languages_at_hand(), tuple((code, term.label) for code, term in own_terms(COUNTRIES).items())


@cache
def _words_in(languages: tuple[str, ...], declared: tuple[tuple[str, str], ...]) -> CountryWords:
    words, phrases = defaultdict[str, set[str]](set), defaultdict[Phrase, set[str]](set)
    for name, code in (*_names(languages), *((fold(name), code) for code, name in declared)):
        parts = tuple(name.split())
        (words[name] if len(parts) == 1 else phrases[parts]).add(code)
    _drop_shared(words, phrases)
    adjectives = list(_adjectives(languages))
    stems = _stems(words, [(begin, code) for begin, code, inflected in adjectives if inflected])
    for word, code, inflected in adjectives:
        if not inflected:
            words[word].add(code)
    by_first = defaultdict[str, list[tuple[Phrase, frozenset[str]]]](list)
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        by_first[phrase[0]].append((phrase, frozenset(phrases[phrase])))
    return CountryWords(
        {word: frozenset(codes) for word, codes in words.items()},
        stems,
        {first: tuple(found) for first, found in by_first.items()},
    )


def _drop_shared(words: dict[str, set[str]], phrases: Mapping[Phrase, set[str]]) -> None:
    """Drop a word of longer names of several countries, such as "island" or "south": it is not a name of one."""
    shared = defaultdict[str, set[str]](set)
    for phrase, codes in phrases.items():
        for part in phrase:
            shared[part] |= codes
    for word in [word for word, codes in words.items() if len(shared[word] - codes) > 1]:
        del words[word]


def _stems(
    words: Mapping[str, set[str]], adjectives: Iterable[tuple[str, str]]
) -> Mapping[int, Mapping[str, frozenset[str]]]:
    """Return the beginnings by which inflected names and adjectives are known, by their length.

    None begins an ordinary word of names of bodies, or the name of another country ("Niger", "Nigeria").
    """
    ordinary = organisation_words().common | organisation_words().stop_words
    stems = defaultdict[str, set[str]](set)
    begun = defaultdict[str, list[set[str]]](list)
    for word, codes in words.items():
        begin = _stem(word)
        if begin and not any(other.startswith(begin) for other in ordinary):
            stems[begin] |= codes
        for length in range(_STEM, len(word) + 1):
            begun[word[:length]].append(codes)
    for begin, code in adjectives:
        stems[begin].add(code)
    by_length = defaultdict[int, dict[str, frozenset[str]]](dict)
    for begin, codes in stems.items():
        if all(codes & others for others in begun[begin]):
            by_length[len(begin)][begin] = frozenset(codes)
    return by_length


def _names(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the folded names of the countries, and in Latin letters those that a country has for itself."""
    for locale in cldr.named(dict.fromkeys((*languages, *_WORKING))):
        for name, code in cldr.country_names(locale):
            yield fold(name), code
            if str(locale.language) in cldr.official_languages(code) and not name.isascii():
                yield latin(name), code
    yield from ((fold(name), code) for name, code in everyday_names(COUNTRIES))


def _adjectives(languages: tuple[str, ...]) -> Iterator[tuple[str, str, bool]]:
    """Yield the adjective of each country that is the name of its language, and whether others begin with it.

    English is the language of international names: its adjectives are whole words. In other languages they are
    inflected, and a short one in Latin letters is the name of a people, and a part of proper names; but not in the
    languages in which international bodies write.
    """
    for locale in cldr.named(dict.fromkeys((*languages, *_WORKING))):
        for name, code in cldr.language_of_country(locale):
            if " " in name:
                continue
            word = fold(name)
            # Not every language that CLDR describes has a name for every country.
            named = fold(str(locale.territories.get(cldr.iso2(code), "")))
            begin = word.rstrip("".join(_VOWELS))
            if word[:_ALIKE] != named[:_ALIKE] or len(begin) <= _ALIKE:
                continue
            whole = str(locale.language) == "en" or len(begin) < (_LATIN_ADJECTIVE if word.isascii() else _STEM)
            if not whole or str(locale.language) in {"en", *_WORKING}:
                yield (word if whole else begin), code, not whole


def _stem(word: str) -> str:
    """Return the beginning that all inflected forms of a name share; empty where it is too short to tell it."""
    if word.isascii():
        return word if len(word) >= _LATIN_STEM else ""
    begin = word[:-1] if word[-1] in _VOWELS else word
    return begin if len(begin) >= _STEM else ""


@cached_for_study
def countries_of(word: str) -> frozenset[str]:
    """Return the countries that one folded word names."""
    known = country_words()
    found = known.words.get(word) or known.words.get(singular(word)) or frozenset()
    return found.union(*(begun.get(word[:length], frozenset()) for length, begun in known.stems.items()))


def phrase_at(words: Phrase, position: int) -> tuple[int, frozenset[str]]:
    """Return how many words from `position` on are the longest name of a country of several words, and whose."""
    for phrase, codes in country_words().phrases.get(words[position], ()):
        if words[position : position + len(phrase)] == phrase:
            return len(phrase), codes
    return 0, frozenset()
