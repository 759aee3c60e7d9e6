"""Claims about one body or country for one moment or period, wherever they are told.

Unlike the figures of one event, claims are compared over all reports and with the registry: members and member bodies
of an organisation, conflicts and seminars of a year, facts that never change. A claim that names no time holds when
its text was published. Claims for different moments are claims about different things.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import polars as pl

from socdialog.codebook import wording
from socdialog.codebook.attributes import attribute
from socdialog.intake.disagreements.comparison import compare
from socdialog.intake.disagreements.figure_bounds import Interval, allowed
from socdialog.intake.disagreements.findings import Finding, distinct, joined, of_figures
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.disagreements.statements import Statement, by_key, one_body, published

Period = tuple[date | None, date | None]

#: A period that every fact which does not change has.
_ALWAYS = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Body:
    """Name and country of a registered organisation."""

    name: str
    country: str | None


def organisation_claims(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find claims about one registered organisation that contradict each other, or only seem to."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    moments = _moments(tables)
    listed = list(figures)
    bridges = _bridges(listed)
    for statement in listed:
        if (
            statement.indicator in rules.populations
            and statement.organisation
            and not statement.scope
            and statement.period == (None, None)
        ):
            groups[statement.organisation].append(_claim(statement, moments, rules))
    for row in tables["memberships"].sort("row_id").iter_rows(named=True):
        claim = Statement(
            row_id=row["row_id"],
            organisation=row["org_id"],
            indicator=_family(row["population"]),
            value=row["value"],
            qualifier=row["qualifier"],
            bounds=allowed(row["value"], qualifier=row["qualifier"]),
            start=row["as_of_first"],
            end=row["as_of_last"],
            population=row["population"],
            beside=(row["as_of"],),
        )
        groups[row["org_id"]].append(claim)
    about = {row["org_id"]: Body(row["name"], row["country"]) for row in tables["organisations"].iter_rows(named=True)}
    neighbours: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for org_id, claims in groups.items():
        for claim in claims:
            neighbours[_cell(claim)].add(org_id)
    for org_id, claims in sorted(groups.items()):
        body = about.get(org_id, Body("", None))
        for family in by_key(claims, lambda claim: claim.indicator).values():
            shared = {
                claim.row_id: [
                    about[other].name
                    for other in sorted(neighbours[_cell(claim)])
                    if other in about and about[other] != body and claim.end is not None
                ]
                for claim in family
            }
            yield from _compared(family, bridges, body=body, shared=shared, rules=rules)


def speaker_claims(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find claims of one speaker, within days, about one body that the registry does not know."""
    moments = _moments(tables)
    listed = list(figures)
    bridges = _bridges(listed)
    spoken = [
        statement
        for statement in listed
        if statement.indicator in rules.populations and statement.claimed_by and statement.body
        if not statement.organisation and not statement.scope
    ]
    for group in by_key(
        spoken, lambda statement: (statement.country, statement.indicator, statement.claimed_by)
    ).values():
        for one, other in combinations(group, 2):
            if one.event_id != other.event_id and one_body(one, other, common=0.5):
                # The two name one body in words that are enough for one speaker.
                pair = [
                    replace(_claim(statement, moments, rules), organisation="", body=one.body)
                    for statement in (one, other)
                ]
                body = Body("", one.country or None)
                yield from _compared(pair, bridges, body=body, shared={}, rules=rules)


def period_claims(figures: Iterable[Statement], *, rules: Rules) -> Iterator[Finding]:
    """Find figures of different events for one body, or a whole country, and one period that contradict each other."""
    dated = [
        statement for statement in figures if statement.indicator in rules.claims and statement.start and statement.end
    ]
    for group in by_key(
        dated, lambda statement: (statement.country, statement.indicator, statement.unit, statement.currency)
    ).values():
        clashes = [
            (one, other)
            for one, other in combinations(group, 2)
            if not one.bounds.meets(other.bounds)
            and one.event_id != other.event_id
            and _registered_alike(one, other)
            and compare(one, other, rules=rules).verdict == "contradict"
        ]
        for claims in joined(clashes):
            yield _finding("period_claims", claims, indicator=claims[0].indicator, period=claims[0].when)


def _registered_alike(one: Statement, other: Statement) -> bool:
    """Whether two figures of different events are about one body: by id, by the very same words, or one whole country.

    Names that are only similar are enough inside one event, but not across events.
    """
    if one.organisation or other.organisation:
        return one.organisation == other.organisation
    return one.body == other.body and bool(one.body or (one.country and one.scope == other.scope == ()))


def fixed_facts(figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find facts of a country that do not change and are told, or registered, in two ways."""
    registered = {row["country"]: row for row in tables["countries"].iter_rows(named=True)}
    facts = [statement for statement in figures if statement.indicator in rules.fixed and statement.country]
    for (indicator, country), group in sorted(
        by_key(facts, lambda statement: (statement.indicator, statement.country)).items()
    ):
        # A fact of the country is about the country, whatever else is named with it.
        claims = [
            replace(statement, organisation="", body=frozenset(), scope=(), start=_ALWAYS[0], end=_ALWAYS[1])
            for statement in group
        ]
        row = registered.get(country)
        day = row[rules.fixed[indicator]] if row is not None else None
        if row is not None and day is not None:
            year = float(str(day)[:4])
            fact = Statement(
                row_id=row["row_id"],
                country=country,
                indicator=indicator,
                value=year,
                unit="year",
                bounds=Interval(year, year),
                start=_ALWAYS[0],
                end=_ALWAYS[1],
            )
            claims.append(fact)
        if any(compare(one, other, rules=rules).verdict == "contradict" for one, other in combinations(claims, 2)):
            also = "only_reported" if day is None else "registered"
            yield _finding("fixed_fact", claims, indicator=indicator, country=country, registered=day, also=also)


def _moments(tables: Mapping[str, pl.DataFrame]) -> dict[str, Period]:
    """Return for each report the day it was published, else the first day of its event."""
    began = tables["reports"].select("report_id", "start_first", "start_last").iter_rows()
    days = published(tables)
    return {report: days[report] if days[report][0] is not None else (first, last) for report, first, last in began}


def _claim(statement: Statement, moments: Mapping[str, Period], rules: Rules) -> Statement:
    """Return a reported figure as a claim about a population at the moment that its text was published."""
    first, last = moments.get(statement.report_id, (None, None))
    day = None if first is None else first.isoformat() if first == last else str(first.year)
    population = rules.populations[statement.indicator]
    return replace(
        statement, indicator=_family(population), population=population, start=first, end=last, beside=(day,)
    )


def _family(population: str) -> str:
    """Return what populations of one kind have in common: all that count persons count members in some way."""
    return "union_members" if attribute("populations", population, "persons") is True else population


def _cell(claim: Statement) -> tuple[object, ...]:
    return claim.population, claim.value, claim.start, claim.end


def _bridges(figures: Iterable[Statement]) -> list[Statement]:
    return [statement for statement in figures if statement.indicator.endswith("_change")]


def _compared(
    claims: Sequence[Statement],
    bridges: Sequence[Statement],
    *,
    body: Body,
    shared: Mapping[str, Sequence[str]],
    rules: Rules,
) -> Iterator[Finding]:
    """Compare all claims of one family about one body; what is not comparable becomes one finding."""
    unsure: dict[str, Statement] = {}
    clashes: list[tuple[Statement, Statement]] = []
    for one, other in combinations(claims, 2):
        if one.bounds.meets(other.bounds) or one.event_id == other.event_id != "":
            continue
        verdict = compare(one, other, rules=rules).verdict
        undated = (None, None) in {one.period, other.period}
        if verdict == "contradict" and not _bridged(one, other, bridges):
            clashes.append((one, other))
        elif verdict == "not_comparable" and undated and not any(_settles(claim, (one, other)) for claim in claims):
            unsure |= {one.row_id: one, other.row_id: other}
    for clashing in joined(clashes):
        also_of = [name for claim in clashing for name in shared.get(claim.row_id, ())]
        yield _contradiction(clashing, bridges, body=body, shared=also_of)
    if unsure:
        yield _not_comparable(list(unsure.values()), body=body)


def _settles(claim: Statement, pair: Sequence[Statement]) -> bool:
    """Whether a dated claim says the same as the undated one of a pair, and so tells when that holds."""
    return claim.start is not None and any(
        claim is not other
        and other.start is None
        and claim.population == other.population
        and claim.value == other.value
        for other in pair
    )


def _bridged(one: Statement, other: Statement, bridges: Sequence[Statement]) -> bool:
    """Whether a change that one of the reports tells makes up the difference."""
    reports = {claim.report_id for claim in (one, other)}
    gap = other.value - one.value
    return any(
        bridge.report_id in reports and (bridge.bounds.low <= abs(gap) <= bridge.bounds.high) for bridge in bridges
    )


def _contradiction(
    claims: Sequence[Statement], bridges: Sequence[Statement], *, body: Body, shared: Sequence[str]
) -> Finding:
    reports = {claim.report_id for claim in claims if claim.report_id}
    change = next((bridge for bridge in bridges if bridge.report_id in reports), None)
    days = max((_days_between(one, other) for one, other in combinations(claims, 2)), default=0)
    also = ["days" if days else "one_time", *(["bridge"] if change else []), *(["shared"] if shared else [])]
    return _finding(
        "claims",
        claims,
        indicator=claims[0].indicator if reports else claims[0].population,
        country=body.country,
        body=body.name or "one body",
        days=days,
        gap=max(claim.value for claim in claims) - min(claim.value for claim in claims),
        change=None if change is None else change.amount,
        shared=list(shared),
        also=also,
    )


def _days_between(one: Statement, other: Statement) -> int:
    """Return how far two moments may at most be apart: 0 for the same period, or a January and its year."""
    days = [day for day in (*one.period, *other.period) if day is not None]
    gap = (max(days) - min(days)).days if days else 0
    return 0 if one.period == other.period or {one.start, one.end} & {other.start, other.end} else gap


def _not_comparable(claims: Sequence[Statement], *, body: Body) -> Finding:
    populations = sorted({claim.population for claim in claims})
    several = len(populations) > 1
    return _finding(
        "undated_claims",
        claims,
        indicator=None if several else populations[0],
        country=body.country,
        dimension="definition" if several else "moment",
        body=body.name,
        populations=[wording.label("populations", code) for code in populations],
        also="populations" if several else "undated",
    )


def _finding(
    check: str,
    claims: Sequence[Statement],
    *,
    indicator: str | None,
    country: str | None = None,
    dimension: str = "value",
    **details: object,
) -> Finding:
    ordered = sorted(claims, key=lambda claim: (claim.value, claim.row_id))
    found = of_figures(
        check,
        claims,
        details={"amounts": distinct(claim.amount for claim in ordered), **details},
        indicator=indicator,
        difference=ordered[-1].value - ordered[0].value,
        dimension=dimension,
    )
    return replace(found, indicator=indicator, country=country or found.country, event_id=None)
