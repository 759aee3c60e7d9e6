"""Whom an unresolved name may mean, for a person to confirm. Similarity only ever suggests."""

from __future__ import annotations

from functools import cached_property

from socdialog.intake.names.forms import own_words
from socdialog.intake.names.persons import Persons
from socdialog.intake.names.registry import Organisation, Registry
from socdialog.intake.names.transliteration import latin

#: How many ids a suggestion has at most, and the similarity (of 100) below which nothing is worth a look.
_MOST = 3
_LEAST = 45.0
_LEAST_PERSON = 70.0


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

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._names.organisations)

    def _block(self, country: str | None) -> tuple[tuple[Organisation, str], ...]:
        if country not in self._blocks:
            self._blocks[country] = tuple(
                (organisation, text)
                for organisation in self._names.of_country(country)
                for text in sorted({_compared(name, country) for name, _ in organisation.forms})
            )
        return self._blocks[country]

    def suggest(
        self, name: str, acronym: str | None, country: str | None, side: str | None, first: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """Return up to three ids, best first; those of `first` come before all others."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - only unresolved names need it

        best: dict[str, float] = {org_id: 200.0 for org_id in first}
        asked = [_compared(text, country) for text in (name, acronym) if text]
        for organisation, text in self._block(country):
            score = max(fuzz.token_sort_ratio(one, text) for one in asked)
            score += 0.0 if side is None or side == organisation.side else -25.0
            if score >= _LEAST:
                best[organisation.org_id] = max(best.get(organisation.org_id, 0.0), score)
        ranked = sorted(best, key=lambda org_id: (-best[org_id], org_id))
        return tuple(ranked[:_MOST])


def _compared(name: str, country: str | None) -> str:
    return latin(" ".join(own_words(name, country)))


def suggest_people(
    name: str, known: Persons, countries: frozenset[str], first: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return up to three persons of one of the `countries` or of none, best first; `first` before all others."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only unresolved names need it

    asked = latin(name)
    best = {person_id: 200.0 - place for place, person_id in enumerate(first)}
    for person in known.people.values():
        if person.person_id in best or not person.near(countries):
            continue
        score = max(fuzz.token_sort_ratio(asked, latin(form)) for form in person.names)
        if score >= _LEAST_PERSON:
            best[person.person_id] = score
    return tuple(sorted(best, key=lambda person_id: (-best[person_id], person_id))[:_MOST])
