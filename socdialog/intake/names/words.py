"""The reviewed words of names, as folded sets: loaded once, on first use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from socdialog.codebook.reviewed_files import reviewed
from socdialog.folding import fold

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """Words that do not tell one organisation from another.

    Parameters
    ----------
    stop_words
        Words without meaning of their own.
    legal_forms, legal_forms_at_end
        Legal forms, as phrases of folded words, longest first; the second ones only end a name.
    spellings
        Folded word to the folded words it means.
    generic
        Word to the side it is about ("any" where it is about none).
    common
        Generic words and others that many bodies share.
    inexact
        Concepts whose words tell different bodies apart in one language.
    states
        Beginnings of words for the form of a state, which go with the name of a country.
    """

    stop_words: frozenset[str]
    legal_forms: tuple[Phrase, ...]
    legal_forms_at_end: tuple[Phrase, ...]
    spellings: Mapping[str, Phrase]
    generic: Mapping[str, str]
    common: frozenset[str]
    inexact: frozenset[str]
    states: tuple[str, ...]


def leaves(entry: object) -> Iterator[str]:
    """Return all texts of nested lists and mappings, in their order."""
    if isinstance(entry, Mapping):
        for value in entry.values():
            yield from leaves(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from leaves(value)
    else:
        yield str(entry)


def singular(word: str) -> str:
    """Return an English plural without its ending; other words as they are."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):  # noqa: PLR2004 - too short to be a plural
        return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]  # noqa: PLR2004
    return word


def _longest_first(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    return tuple(sorted({phrase for phrase in phrases if phrase}, key=lambda phrase: (-len(phrase), phrase)))


def _phrases(entry: object) -> tuple[Phrase, ...]:
    return _longest_first(tuple(fold(text).split()) for text in leaves(entry))


@cache
def organisation_words() -> OrganisationWords:
    """Return the reviewed words of organisations."""
    entry = reviewed("names", "organisations.yaml")
    legal, generic, spellings = entry["legal_forms"], entry["generic"], entry["spellings"]
    sides = {singular(fold(word)): side for side in generic for word in leaves(generic[side])}
    return OrganisationWords(
        stop_words=frozenset(fold(word) for word in leaves(entry["stop_words"])),
        legal_forms=_phrases(legal["anywhere"]),
        legal_forms_at_end=_phrases(legal["at_end"]),
        spellings={fold(word): tuple(fold(meant).split()) for word, meant in spellings.items()},
        generic=sides,
        common=frozenset(sides) | {singular(fold(word)) for word in leaves(entry["common"])},
        inexact=frozenset(entry["inexact"]),
        states=tuple(fold(word.removesuffix("*")) for word in entry["states"]),
    )


@dataclass(frozen=True, slots=True)
class PeopleWords:
    """Words around the names of officials.

    Parameters
    ----------
    honorifics, particles
        Words before a name; words after a father's name.
    offices, office_stems
        Folded word of an office to the offices it may mean; beginning of a word to the office.
    one_body
        Side whose bodies are one employer, to where that holds ("country" or "everywhere").
    claimants
        Ordinary words by which texts name who claims a figure.
    """

    honorifics: frozenset[str]
    particles: frozenset[str]
    offices: Mapping[str, frozenset[str]]
    office_stems: Mapping[str, str]
    one_body: Mapping[str, str]
    claimants: frozenset[str]


@cache
def people_words() -> PeopleWords:
    """Return the reviewed words around names of officials."""
    entry = reviewed("names", "people.yaml")
    offices, one_body = entry["offices"], entry["one_body"]
    meant: dict[str, set[str]] = {}
    stems: dict[str, str] = {}
    for office in offices:
        for word in leaves(offices[office]):
            if word.endswith("*"):
                stems[fold(word[:-1])] = office
            else:
                meant.setdefault(fold(word), set()).add(office)
    return PeopleWords(
        honorifics=frozenset(fold(word) for word in leaves(entry["honorifics"])),
        particles=frozenset(fold(word) for word in leaves(entry["patronymic_particles"])),
        offices={word: frozenset(found) for word, found in meant.items()},
        office_stems=stems,
        one_body=one_body,
        claimants=frozenset(singular(fold(word)) for word in leaves(entry["claimants"])),
    )
