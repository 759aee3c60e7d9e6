"""Whom an unresolved name may mean, for a person to confirm. Similarity only ever suggests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from socdialog.intake.names.concepts import meaning
from socdialog.intake.names.folding import fold
from socdialog.intake.names.forms import own_words
from socdialog.intake.names.persons import Persons
from socdialog.intake.names.registry import Organisation, Registry
from socdialog.intake.names.transliteration import latin
from socdialog.intake.names.words import organisation_words

#: How many ids a suggestion has at most, and the similarity (of 100) below which nothing is worth a look.
_MOST = 3
_LEAST = 45.0
_LEAST_PERSON = 70.0

#: What another side than the one reported costs; how long an acronym may be, in letters and in words.
_OTHER_SIDE = 25.0
_LONGEST_ACRONYM = 8
_ACRONYM_WORDS = 3


@dataclass(frozen=True, slots=True)
class _Compared:
    """A name as similarity sees it: its meanings and sounds, its initials, and its letters if it is one word."""

    meaning: str
    initials: frozenset[str]
    acronym: str


@lru_cache(maxsize=65536)
def _compared(text: str, country: str | None) -> _Compared:
    words = tuple(fold(text).split())
    stop = organisation_words().stop_words
    joined = latin(text).replace(" ", "")
    own = own_words(text, country)
    initials = {"".join(latin(word)[:1] for word in chosen) for chosen in (words, [w for w in words if w not in stop])}
    return _Compared(
        meaning=meaning(own),
        initials=frozenset(one for one in initials if len(one) > 1),
        acronym=joined if len(words) <= _ACRONYM_WORDS and 1 < len(joined) <= _LONGEST_ACRONYM else "",
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
