"""Names and offices of officials taken apart, and the registered officials by the words of their names."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from socdialog.folding import fold, printed
from socdialog.intake.names.transliteration import latin, phonetic_key
from socdialog.intake.names.words import people_words

_INITIAL = re.compile(r"(?<!\w)(\w)\.\s*(?=\w)")

#: Spellings that have one sound in one alphabet and another in the next.
_OTHER_READINGS = (("c", "j"), ("x", "kh"), ("q", "g"), ("j", "y"))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart; order of given name and surname does not matter.

    Parameters
    ----------
    folded
        Its whole words, folded.
    heard
        For each whole word, every way it may sound.
    initials
        Sounds of the given names that are only initials.
    """

    folded: frozenset[str]
    heard: tuple[frozenset[str], ...]
    initials: tuple[frozenset[str], ...]


@lru_cache(maxsize=65536)
def word_readings(word: str) -> frozenset[str]:
    """Return every way the printed `word` of a name may sound, the a and e of unwritten vowels alike."""
    plain = latin(word)
    # A newspaper without the letters of an alphabet prints the plain ones: Ş as S, Ç as C.
    spelt = {plain, latin(fold(word))}
    for letter, sound in _OTHER_READINGS:
        # "ch", "ck" and "cz" are read as they are; so is "j" after a letter it changes.
        spelt.add(re.sub(rf"{letter}(?![hkz])", sound, plain))
    spelt.add(plain.replace("x", "kh").replace("q", "g").replace("ch", "#").replace("c", "j").replace("#", "ch"))
    return frozenset(phonetic_key(one).replace("e", "a") for one in spelt)


@lru_cache(maxsize=65536)
def person_name(text: str) -> PersonName:
    """Take the name `text` of a person apart."""
    spoken = people_words()
    words = fold(_INITIAL.sub(r"\1 ", text)).split()
    words = [word for word in words if word not in spoken.honorifics and word not in spoken.particles] or words
    raw = _INITIAL.sub(r"\1 ", text)
    pieces = [piece for piece in re.split(r"[^\w'’‘ʼʻ`]+", raw) if fold(piece) in set(words)]
    whole = [piece for piece in pieces if len(fold(piece)) > 1]
    return PersonName(
        folded=frozenset(word for word in words if len(word) > 1),
        heard=tuple(sorted((word_readings(piece) for piece in whole), key=sorted)),
        initials=tuple(sorted((word_readings(piece) for piece in pieces if len(fold(piece)) == 1), key=sorted)),
    )


@lru_cache(maxsize=65536)
def offices(title: str | None) -> frozenset[str]:
    """Return the offices that the words of `title` may mean."""
    spoken = people_words()
    words = fold(title or "").split()
    asked = {*words, *(" ".join(pair) for pair in itertools.pairwise(words))}
    return frozenset(
        office for word in asked for office in {*spoken.offices.get(word, ()), *_by_stem(word, spoken.office_stems)}
    )


def _by_stem(word: str, stems: Mapping[str, str]) -> frozenset[str]:
    return frozenset(office for stem, office in stems.items() if word.startswith(stem))


@dataclass(frozen=True, slots=True)
class Person:
    """A registered official: names, and offices with organisation and country as printed (None = international)."""

    person_id: str
    names: tuple[str, ...]
    offices: frozenset[str]
    organisations: frozenset[str]
    countries: frozenset[str | None]

    def in_same_area(self, countries: frozenset[str]) -> bool:
        """Return whether the person holds an office in one of the `countries`, or an international one."""
        return not self.countries or None in self.countries or bool(self.countries & countries)


class Persons:
    """The registered officials, by the sounds of the words of their names."""

    def __init__(self, persons: pl.DataFrame, person_names: pl.DataFrame) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        held: dict[str, set[str]] = defaultdict(set)
        bodies: dict[str, set[str]] = defaultdict(set)
        countries: dict[str, set[str | None]] = defaultdict(set)
        for person_id, name in persons.select("person_id", "name").iter_rows():
            names[person_id].add(name)
        columns = ("person_id", "name", "role", "organisation", "country")
        for person_id, name, role, organisation, country in person_names.select(columns).iter_rows():
            names[person_id].add(name)
            held[person_id] |= offices(role)
            bodies[person_id] |= {organisation} - {None}
            countries[person_id].add(country)
        self.people: Mapping[str, Person] = {
            person_id: Person(
                person_id,
                tuple(sorted(names[person_id])),
                frozenset(held[person_id]),
                frozenset(bodies[person_id]),
                frozenset(countries[person_id]),
            )
            for person_id in sorted(names)
        }
        self._by_reading: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._exact: set[tuple[str, str]] = set()
        for person in self.people.values():
            for name in person.names:
                self._exact.add((person.person_id, printed(name)))
                for readings in person_name(name).heard:
                    for sound in readings:
                        self._by_reading[sound].add((person.person_id, name))

    def sharing_a_word(self, name: str) -> dict[str, set[str]]:
        """Return the registered forms, by person, that share the sound of a whole word with `name`."""
        found: dict[str, set[str]] = defaultdict(set)
        for readings in person_name(name).heard:
            for sound in readings:
                for person_id, form in self._by_reading.get(sound, ()):
                    found[person_id].add(form)
        return found

    def method(self, person_id: str, name: str, forms: set[str]) -> str:
        """Return the strongest method by which `name` is a name of the person."""
        if (person_id, printed(name)) in self._exact:
            return "exact"
        words = person_name(name).folded
        return "folded" if any(words == person_name(form).folded for form in forms) else "transliterated"


def shared_words(one: PersonName, other: PersonName) -> int:
    """Return how many whole words two names share, or 0 when a word or initial of the shorter has no match.

    The longer name may have further words: a second given name, a patronymic.
    """
    short, long = sorted((one, other), key=lambda name: len(name.heard) + len(name.initials))
    rest = list(long.heard)
    whole = 0
    for readings in short.heard:
        match = next((candidate for candidate in rest if candidate & readings), None)
        if match is not None:
            rest.remove(match)
            whole += 1
        elif not _is_initial_of(readings, long.initials):
            return 0
    for initial in short.initials:
        fitting = next((candidate for candidate in rest if _begins(candidate, initial)), None)
        if fitting is not None:
            rest.remove(fitting)
        elif not any(initial & candidate for candidate in long.initials):
            return 0
    return whole


def _is_initial_of(word: frozenset[str], initials: tuple[frozenset[str], ...]) -> bool:
    return any(_begins(word, initial) for initial in initials)


def _begins(word: frozenset[str], initial: frozenset[str]) -> bool:
    return bool({sound[:1] for sound in word} & {sound[:1] for sound in initial})
