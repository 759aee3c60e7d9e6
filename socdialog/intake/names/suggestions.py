"""Whom an unresolved name may mean, for a person to confirm. Similarity only ever suggests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from socdialog.folding import fold
from socdialog.intake.names.concepts import meaning
from socdialog.intake.names.forms import initials, letters, own_words
from socdialog.intake.names.persons import Persons
from socdialog.intake.names.registry import Organisation, Registry
from socdialog.intake.names.transliteration import latin

#: How many ids a suggestion has at most, and the similarity (of 100) below which nothing is worth a look.
_MOST = 3
_LEAST = 45.0
_LEAST_PERSON = 70.0

#: What another side than the one reported costs; how long an acronym may be, in letters and in words.
_OTHER_SIDE = 25.0
_LONGEST_ACRONYM = 8
_ACRONYM_WORDS = 3


#: What a likeness is worth when one name only contains the other, or when an acronym is like its initials.
_PART_OF_NAME = 0.9
_BY_INITIALS = 0.95


@dataclass(frozen=True, slots=True)
class _Compared:
    """A name as similarity sees it: its meanings and sounds, its initials, and its letters if it is one word."""

    meaning: str
    initials: frozenset[str]
    acronym: str


@lru_cache(maxsize=65536)
def _compared(text: str, country: str | None) -> _Compared:
    joined = letters(text)
    is_short = len(fold(text).split()) <= _ACRONYM_WORDS and 1 < len(joined) <= _LONGEST_ACRONYM
    return _Compared(
        meaning=meaning(own_words(text, country)),
        initials=frozenset(one for one in initials(text) if len(one) > 1),
        acronym=joined if is_short else "",
    )


class _Block:
    """The organisations of one country, by every text that similarity compares."""

    def __init__(self, organisations: Iterable[Organisation], country: str | None) -> None:
        self.country = country
        self.sides: dict[str, str] = {}
        self.meanings: dict[str, set[str]] = defaultdict(set)
        self.initials: dict[str, set[str]] = defaultdict(set)
        self.acronyms: dict[str, set[str]] = defaultdict(set)
        for organisation in organisations:
            self.sides[organisation.org_id] = organisation.side
            for name, _ in organisation.forms:
                compared = _compared(name, country)
                self.meanings[compared.meaning].add(organisation.org_id)
                for first in compared.initials:
                    self.initials[first].add(organisation.org_id)
                if compared.acronym:
                    self.acronyms[compared.acronym].add(organisation.org_id)

    def scores(self, text: str) -> dict[str, float]:
        """Return how similar `text` and the names of each organisation are, from 0 to 100.

        Words are compared by what they mean where the glossary knows them, else by their letters; an
        acronym also by the initials of the other name.
        """
        from rapidfuzz import fuzz

        asked = _compared(text, self.country)
        best: dict[str, float] = {}
        _raise(best, asked.meaning, self.meanings, fuzz.token_sort_ratio, 1.0)
        _raise(best, asked.meaning, self.meanings, fuzz.token_set_ratio, _PART_OF_NAME)
        if asked.acronym:
            _raise(best, asked.acronym, self.initials, fuzz.ratio, _BY_INITIALS)
        for first in asked.initials:
            _raise(best, first, self.acronyms, fuzz.ratio, _BY_INITIALS)
        return best


def _raise(
    best: dict[str, float],
    asked: str,
    known: Mapping[str, set[str]],
    scorer: Callable[..., float],
    weight: float,
    *,
    least: float = _LEAST,
) -> None:
    """Raise the best score of each id that a text of `known` belongs to."""
    from rapidfuzz import process

    for text, score, _ in process.extract(asked, known.keys(), scorer=scorer, limit=None, score_cutoff=least / weight):
        for one in known[text]:
            best[one] = max(best.get(one, 0.0), weight * score)


class Suggester:
    """Finds the registered organisations of one country whose names come closest.

    Parameters
    ----------
    names
        The registry.
    """

    def __init__(self, names: Registry) -> None:
        self._names = names
        self._blocks: dict[str | None, _Block] = {}

    def suggest(
        self, name: str, acronym: str | None, country: str | None, side: str | None, first: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return up to three ids, best first; those of `first` come before all others."""
        if country not in self._blocks:
            self._blocks[country] = _Block(self._names.of_country(country), country)
        block = self._blocks[country]
        best: dict[str, float] = {}
        for text in filter(None, (name, acronym)):
            for org_id, score in block.scores(text).items():
                cost = 0.0 if side is None or side == block.sides[org_id] else _OTHER_SIDE
                best[org_id] = max(best.get(org_id, 0.0), score - cost)
        best = {org_id: score for org_id, score in best.items() if score >= _LEAST} | dict.fromkeys(first, 200.0)
        return tuple(sorted(best, key=lambda org_id: (-best[org_id], org_id))[:_MOST])


class PeopleSuggester:
    """Finds the registered officials whose names come closest.

    Parameters
    ----------
    known
        The officials.
    """

    def __init__(self, known: Persons) -> None:
        #: By the country of an office the names in Latin letters, and whose they are; None is everywhere.
        self._names: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for person in known.people.values():
            everywhere = not person.countries or None in person.countries
            for country in {None} if everywhere else person.countries:
                for name in person.names:
                    self._names[country][latin(name)].add(person.person_id)

    def suggest(self, name: str, countries: frozenset[str], first: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return up to three persons of one of the `countries` or of none, best first; `first` before all others."""
        from rapidfuzz import fuzz

        best: dict[str, float] = {}
        for country in (None, *sorted(countries)):
            _raise(best, latin(name), self._names.get(country, {}), fuzz.token_sort_ratio, 1.0, least=_LEAST_PERSON)
        best |= {person_id: 200.0 - place for place, person_id in enumerate(first)}
        return tuple(sorted(best, key=lambda person_id: (-best[person_id], person_id))[:_MOST])
