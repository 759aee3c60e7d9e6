"""Which registered official a name in a report means."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import polars as pl

from socdialog.folding import fold
from socdialog.intake.names.forms import countries_named, is_only_a_country
from socdialog.intake.names.name_decisions import Decisions, Meant, by_decision, decisions, with_meanings
from socdialog.intake.names.organisations import Mention, meaning, resolve_actors
from socdialog.intake.names.persons import Person, PersonName, Persons, offices, person_name, shared_words
from socdialog.intake.names.registry import Registry, registry
from socdialog.intake.names.suggestions import PeopleSuggester
from socdialog.intake.names.words import people_words

#: A name of so many whole words tells given name and surname.
_FULL = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What a report says around a name: its countries, and the organisations it names."""

    countries: frozenset[str]
    organisations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a registered person agrees with a row: organisation, office, and whether the row names another body."""

    organisation: bool
    office: bool
    around: bool
    elsewhere: bool


class Officials:
    """Resolves officials by name, office, organisation and what the report says around them."""

    def __init__(self, names: Registry, persons: Persons, confused: frozenset[frozenset[str]]) -> None:
        self._names = names
        self._persons = persons
        self._confused = confused
        # Bound to this registry, so that equal texts are taken apart once.
        self.bodies = cache(self._bodies)
        self.alike = cache(self._alike)

    def _bodies(self, text: str, countries: frozenset[str]) -> frozenset[str]:
        """Return the organisations that `text` means in one of the `countries`, or internationally."""
        found = {
            meaning(Mention(text, None, country, None), self._names, around=countries).org_id
            for country in (None, *sorted(countries))
        }
        return frozenset(org_id for org_id in found if org_id is not None)

    def _alike(self, name: str) -> tuple[tuple[str, str, int], ...]:
        """Return the persons whose name agrees with `name`: id, method, number of whole words shared."""
        asked = person_name(name)
        found = []
        for person_id, forms in sorted(self._persons.sharing_a_word(name).items()):
            agreeing = {
                form: shared_words(asked, person_name(form)) for form in self._comparable(asked, person_id, forms)
            }
            fitting = {form for form, words in agreeing.items() if words}
            if fitting:
                found.append(
                    (person_id, self._persons.method(person_id, name, fitting), max(agreeing[form] for form in fitting))
                )
        return tuple(found)

    def _comparable(self, asked: PersonName, person_id: str, forms: set[str]) -> set[str]:
        """Return the forms that can contradict the given name of `asked`, where the person has such forms."""
        if len(asked.heard) + len(asked.initials) < _FULL:
            return forms
        full = {form for form in self._persons.people[person_id].names if len(person_name(form).heard) >= _FULL}
        return forms & full if full else forms

    def _same_body(self, one: str, other: str) -> bool:
        first, second = self._names.organisations.get(one), self._names.organisations.get(other)
        if first is None or second is None or first.side != second.side:
            return False
        where = people_words().one_body.get(first.side)
        return where == "everywhere" or (where == "country" and first.country == second.country)

    def agreement(self, person: Person, title: str | None, organisation: str | None, context: Context) -> Agreement:
        """Return how `person` agrees with the office and organisation of a row."""
        if organisation is not None and is_only_a_country(organisation):
            # "Chairman, Uzbekistan" tells where, not of what.
            context = Context(context.countries | countries_named(organisation), context.organisations)
            organisation = None
        stated = self.bodies(organisation, context.countries) if organisation else frozenset()
        named = organisation is not None and any(fold(organisation) == fold(body) for body in person.organisations)
        own = named or bool(stated & person.organisations)
        related = any(self._same_body(one, other) for one in stated for other in person.organisations)
        near = person.in_same_area(context.countries)
        return Agreement(
            organisation=own or related,
            office=near and bool((offices(title) & person.offices) - {"deputy"}),
            around=near and organisation is None and bool(context.organisations & person.organisations),
            elsewhere=bool(stated) and not (own or related),
        )

    def resolve(
        self, name: str, title: str | None, organisation: str | None, context: Context
    ) -> tuple[str | None, str | None, tuple[str, ...]]:
        """Return person, method, and those whom the name may mean."""
        alike = self.alike(name)
        agreements = {
            person_id: self.agreement(self._persons.people[person_id], title, organisation, context)
            for person_id, _, _ in alike
        }
        full = [(person_id, method) for person_id, method, words in alike if words >= _FULL]
        if full:
            fitting = self._full(full, agreements, needs_body=len(full) > 1 or self._has_rival(full[0][0], agreements))
        else:
            # An initial or a bare surname says little: organisation and office must both agree.
            fitting = [
                (person_id, method)
                for person_id, method, _ in alike
                if agreements[person_id].organisation and agreements[person_id].office
            ]
        if len(fitting) == 1:
            return fitting[0][0], fitting[0][1], ()
        agreed = sorted(agreements, key=lambda one: (not agreements[one].organisation, not agreements[one].office, one))
        near = [one for one in agreed if agreements[one].organisation or agreements[one].office or full]
        return None, None, tuple(near)

    def _has_rival(self, person_id: str, agreements: dict[str, Agreement]) -> bool:
        return any(frozenset({person_id, other}) in self._confused for other in agreements if other != person_id)

    @staticmethod
    def _full(
        full: list[tuple[str, str]], agreements: dict[str, Agreement], *, needs_body: bool
    ) -> list[tuple[str, str]]:
        by_organisation = [one for one in full if agreements[one[0]].organisation]
        if by_organisation or needs_body:
            # Namesakes are distinguished by their organisation alone: many people hold an office of one name.
            return by_organisation
        return [
            one
            for one in full
            if not agreements[one[0]].elsewhere and (agreements[one[0]].office or agreements[one[0]].around)
        ]


def _contexts(reports: pl.DataFrame, actors: pl.DataFrame) -> dict[str, Context]:
    countries: dict[str, set[str]] = defaultdict(set)
    bodies: dict[str, set[str]] = defaultdict(set)
    for report, about, venue in reports.select("report_id", "countries", "venue_country").iter_rows():
        countries[report] |= {*(about or ()), venue} - {None}
    for report, country, org_id in actors.select("report_id", "country", "org_id").iter_rows():
        countries[report] |= {country} - {None}
        bodies[report] |= {org_id} - {None}
    return {
        report: Context(frozenset(countries[report]), frozenset(bodies[report])) for report in {*countries, *bodies}
    }


def _decided(name: str, report: str, context: Context, decided: Decisions) -> str | None:
    # A row on a person has no country: a decision for a country holds where the report is about it.
    for country in sorted(context.countries):
        means = decided.on(name, country, report)
        if means is not None:
            return means
    return decided.on(name, None, report)


def resolve_people(
    people: pl.DataFrame,
    *,
    reports: pl.DataFrame,
    actors: pl.DataFrame,
    persons: pl.DataFrame,
    person_names: pl.DataFrame,
    person_distinct: pl.DataFrame,
    organisations: pl.DataFrame,
    organisation_names: pl.DataFrame,
    name_decisions: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Resolve the officials named in reports through the registry.

    Surname and given name must agree, and the office or the organisation. An initial or a bare surname needs
    both office and organisation. Namesakes are distinguished by organisation, else they stay unresolved.

    Parameters
    ----------
    people
        Clean table ``people``, not yet with ``event_id``.
    reports, actors
        The reports and the organisations they name (resolved or not): the context of a name.
    persons, person_names, person_distinct, organisations, organisation_names
        The registry.
    name_decisions
        What persons decided; wins over every rule.

    Returns
    -------
    polars.DataFrame
        `people` with ``person_id`` (null = not resolved), ``method`` and ``suggestion`` as in
        :func:`resolve_actors`. Rows, their order and other columns are unchanged.
    """
    if "org_id" not in actors.columns:
        actors = resolve_actors(
            actors, organisations=organisations, organisation_names=organisation_names, name_decisions=name_decisions
        )
    known = Persons(persons, person_names)
    confused = frozenset(map(frozenset, person_distinct.select("person_a", "person_b").iter_rows()))
    officials = Officials(registry(organisations, organisation_names), known, confused)
    decided = decisions(name_decisions, known=frozenset(known.people))
    contexts = _contexts(reports, actors)
    nowhere = Context(frozenset(), frozenset())
    suggester = PeopleSuggester(known)
    out: list[Meant] = []
    for report, name, title, organisation in people.select("report_id", "name", "title", "organisation").iter_rows():
        context = contexts.get(report, nowhere)
        means = _decided(name, report, context, decided)
        if means is not None:
            out.append(by_decision(means))
            continue
        person_id, method, near = officials.resolve(name, title, organisation, context)
        suggestion = () if person_id else suggester.suggest(name, context.countries, near)
        out.append((person_id, method, suggestion))
    return with_meanings(people, "person_id", out)
