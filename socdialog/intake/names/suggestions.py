"""Whom an unresolved name may mean, for a person to confirm. Similarity only ever suggests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from socdialog.intake.names.folding import fold
from socdialog.intake.names.forms import own_words
from socdialog.intake.names.persons import Persons
from socdialog.intake.names.registry import Organisation, Registry
from socdialog.intake.names.transliteration import latin
from socdialog.intake.names.words import leaves, organisation_words, reviewed, singular

#: How many ids a suggestion has at most, and the similarity (of 100) below which nothing is worth a look.
_MOST = 3
_LEAST = 45.0
_LEAST_PERSON = 70.0

#: What another side than the one reported costs; the longest word that may be an acronym; the longest phrase.
_OTHER_SIDE = 25.0
_LONGEST_ACRONYM = 8
_LONGEST_PHRASE = 3


@dataclass(frozen=True, slots=True)
class _Compared:
    """A name as similarity sees it: its meanings and sounds, its initials, and its letters if it is one word."""

    meaning: str
    initials: frozenset[str]
    acronym: str


@cache
def _concepts() -> tuple[dict[tuple[str, ...], str], tuple[tuple[tuple[str, ...], str], ...]]:
    whole: dict[tuple[str, ...], str] = {}
    stems: list[tuple[tuple[str, ...], str]] = []
    for concept, entry in reviewed("concepts").items():
        for text in leaves(entry):
            words = tuple(fold(word) + ("*" if word.endswith("*") else "") for word in text.replace("-", " ").split())
            if any(word.endswith("*") for word in words):
                stems.append((words, concept))
            else:
                whole.setdefault(words, concept)
    return whole, tuple(sorted(stems, key=lambda entry: (-sum(map(len, entry[0])), entry)))


def _agrees(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=65536)
def _concept(words: tuple[str, ...]) -> str | None:
    whole, stems = _concepts()
    if words in whole:
        return whole[words]
    for patterns, concept in stems:
        if len(patterns) == len(words) and all(map(_agrees, words, patterns)):
            return concept
    return None


def _meaning(words: tuple[str, ...]) -> str:
    out: list[str] = []
    position = 0
    while position < len(words):
        for size in range(_LONGEST_PHRASE, 0, -1):
            phrase = words[position : position + size]
            concept = _concept(phrase) if len(phrase) == size else None
            if concept is not None:
                out.append(concept)
                position += size
                break
        else:
            out.append(singular(latin(words[position])))
            position += 1
    return " ".join(dict.fromkeys(out))


@lru_cache(maxsize=65536)
def _compared(text: str, country: str | None) -> _Compared:
    words = tuple(fold(text).split())
    stop = organisation_words().stop_words
    joined = latin(text).replace(" ", "")
    own = own_words(text, country)
    initials = {"".join(latin(word)[:1] for word in chosen) for chosen in (words, [w for w in words if w not in stop])}
    return _Compared(
        meaning=_meaning(own),
        initials=frozenset(one for one in initials if len(one) > 1),
        acronym=joined if len(words) <= _LONGEST_PHRASE and 1 < len(joined) <= _LONGEST_ACRONYM else "",
    )


def similarity(one: str, other: str, country: str | None) -> float:
    """Return how alike two names of bodies of one `country` are, from 0 to 100.

    Words are compared by what they mean where the reviewed glossary knows them, else by their letters; an
    acronym also by the initials of the other name.
    """
    from rapidfuzz import fuzz

    first, second = _compared(one, country), _compared(other, country)
    score = max(
        fuzz.token_sort_ratio(first.meaning, second.meaning),
        0.9 * fuzz.token_set_ratio(first.meaning, second.meaning),
    )
    for short, long in ((first, second), (second, first)):
        if short.acronym:
            score = max([score, *(0.95 * fuzz.ratio(short.acronym, initials) for initials in long.initials)])
    return score


class Suggester:
    """Finds the registered organisations of one country whose names come closest.

    Parameters
    ----------
    names
        The registry.
    """

    def __init__(self, names: Registry) -> None:
        self._names = names
        self._blocks: dict[str | None, tuple[tuple[Organisation, str], ...]] = {}

    def _block(self, country: str | None) -> tuple[tuple[Organisation, str], ...]:
        if country not in self._blocks:
            self._blocks[country] = tuple(
                (organisation, text)
                for organisation in self._names.of_country(country)
                for text in sorted({name for name, _ in organisation.forms})
            )
        return self._blocks[country]

    def suggest(
        self, name: str, acronym: str | None, country: str | None, side: str | None, first: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return up to three ids, best first; those of `first` come before all others."""
        best: dict[str, float] = dict.fromkeys(first, 200.0)
        for organisation, text in self._block(country):
            score = max(similarity(one, text, country) for one in (name, acronym) if one)
            if side is not None and side != organisation.side:
                score -= _OTHER_SIDE
            if score >= _LEAST:
                best[organisation.org_id] = max(best.get(organisation.org_id, 0.0), score)
        ranked = sorted(best, key=lambda org_id: (-best[org_id], org_id))
        return tuple(ranked[:_MOST])


def suggest_people(
    name: str, known: Persons, countries: frozenset[str], first: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return up to three persons of one of the `countries` or of none, best first; `first` before all others."""
    from rapidfuzz import fuzz

    asked = latin(name)
    best = {person_id: 200.0 - place for place, person_id in enumerate(first)}
    for person in known.people.values():
        if person.person_id in best or not person.near(countries):
            continue
        score = max(fuzz.token_sort_ratio(asked, latin(form)) for form in person.names)
        if score >= _LEAST_PERSON:
            best[person.person_id] = score
    return tuple(sorted(best, key=lambda person_id: (-best[person_id], person_id))[:_MOST])
