"""Claims about one organisation or country for one moment or period, wherever they are told.

Unlike the figures of one event, claims are compared over all reports and with the registry: members
and member bodies of an organisation, conflicts and seminars of a year, facts that never change.
Claims for different moments do not contradict each other; where a moment is not told, or another
population is counted, the pair is kept as not comparable, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import polars as pl

from socdialog.codebook import wording
from socdialog.codebook.attributes import attribute
from socdialog.intake.disagreements.figure_bounds import Interval, allowed
from socdialog.intake.disagreements.findings import Finding, distinct, only
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.disagreements.statements import Row, Statement, amount, by_key, one_body, published


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, from a report or from the registry.

    Parameters
    ----------
    row_id, amount
        Its row, and what it says.
    value, bounds
        The number, and what it allows.
    first, last
        First and last day of the moment or period it is for; None = not told.
    population
        What is counted.
    told
        The reported figure, where it is one.
    """

    row_id: str
    amount: dict[str, object]
    value: float
    bounds: Interval
    first: date | None
    last: date | None
    population: str
    told: Statement | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """Name and country of a registered organisation."""

    name: str
    country: str | None


def organisation_claims(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find claims about one registered organisation that contradict each other, or only seem to."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    moments = _moments(tables)
    bridges = [told for told in figures if told.indicator.endswith("_change")]
    for told in figures:
        population = rules.populations.get(told.indicator)
        if population is not None and told.organisation and not told.scope and told.period == (None, None):
            groups[told.organisation].append(_of_figure(told, moments, population))
    for row in tables["memberships"].sort("row_id").iter_rows(named=True):
        groups[row["org_id"]].append(_of_membership(row))
    about = {row["org_id"]: Body(row["name"], row["country"]) for row in tables["organisations"].iter_rows(named=True)}
    neighbours = _neighbours(groups)
    for org_id, claims in sorted(groups.items()):
        yield from _compared(
            claims, bridges, body=about.get(org_id, Body("", None)), neighbours=neighbours, about=about, rules=rules
        )


def _neighbours(groups: Mapping[str, Sequence[Claim]]) -> dict[tuple[object, ...], set[str]]:
    """Return which organisations claim one number of one population for one time."""
    found: dict[tuple[object, ...], set[str]] = {}
    for org_id, claims in groups.items():
        for claim in claims:
            found.setdefault(_cell(claim), set()).add(org_id)
    return found


def _cell(claim: Claim) -> tuple[object, ...]:
    return claim.population, claim.value, claim.first, claim.last


def speaker_claims(
    figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules
) -> Iterator[Finding]:
    """Find claims of one speaker, within days, about one body that the registry does not know."""
    moments = _moments(tables)
    listed = list(figures)
    bridges = [told for told in listed if told.indicator.endswith("_change")]
    spoken = [
        told
        for told in listed
        if told.indicator in rules.populations and told.claimed_by and told.body
        if not told.organisation and not told.scope
    ]
    for group in by_key(spoken, lambda told: (told.country, told.indicator, told.claimed_by)).values():
        for one, other in combinations(group, 2):
            if one.event_id != other.event_id and one_body(one, other, common=0.5):
                population = rules.populations[one.indicator]
                pair = [_of_figure(told, moments, population) for told in (one, other)]
                yield from _compared(
                    pair, bridges, body=Body("", one.country or None), neighbours={}, about={}, rules=rules
                )


def period_claims(figures: Iterable[Statement], *, rules: Rules) -> Iterator[Finding]:
    """Find figures of different events for one body, period and scope that contradict each other."""
    dated = [told for told in figures if told.indicator in rules.claims and told.start and told.end]
    for group in by_key(
        dated, lambda told: (told.country, told.indicator, told.unit, told.currency, told.scope, told.period)
    ).values():
        clashes = [
            (_of_figure(one, {}, one.indicator), _of_figure(other, {}, other.indicator))
            for one, other in combinations(group, 2)
            if one.event_id != other.event_id and _registered_alike(one, other) and not one.bounds.meets(other.bounds)
        ]
        for claims in _joined(clashes):
            yield _finding("period_claims", claims, indicator=group[0].indicator, period=group[0].when)


def _joined(clashes: Sequence[tuple[Claim, Claim]]) -> list[list[Claim]]:
    """Join pairs that share a claim, so that one disagreement is one finding however many repeat it."""
    groups: list[dict[str, Claim]] = []
    for one, other in clashes:
        pair = {one.row_id: one, other.row_id: other}
        touching = [group for group in groups if group.keys() & pair.keys()]
        groups = [group for group in groups if not group.keys() & pair.keys()]
        groups.append({row_id: claim for group in [*touching, pair] for row_id, claim in group.items()})
    return [[group[row_id] for row_id in sorted(group)] for group in groups]


def _registered_alike(one: Statement, other: Statement) -> bool:
    """Whether two figures of different events are about one body: by id, or by the very same words.

    Names that are only similar are enough inside one event, but not across events.
    """
    if one.organisation or other.organisation:
        return one.organisation == other.organisation
    return bool(one.body) and one.body == other.body


def fixed_facts(figures: Iterable[Statement], tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find facts of a country that do not change and are told, or registered, in two ways."""
    registered = {row["country"]: row for row in tables["countries"].iter_rows(named=True)}
    facts = [told for told in figures if told.indicator in rules.fixed and told.country]
    for (indicator, country), group in sorted(by_key(facts, lambda told: (told.indicator, told.country)).items()):
        claims = [_of_figure(told, {}, indicator) for told in group]
        row = registered.get(country)
        day = row[rules.fixed[indicator]] if row is not None else None
        if row is not None and day is not None:
            year = float(str(day)[:4])
            shown = amount(year, qualifier="exact", unit="year")
            claims.append(Claim(row["row_id"], shown, year, Interval(year, year), None, None, indicator))
        if any(not one.bounds.meets(other.bounds) for one, other in combinations(claims, 2)):
            also = "only_told" if day is None else "registered"
            yield _finding("fixed_fact", claims, indicator=indicator, country=country, registered=day, also=also)


def _moments(tables: Mapping[str, pl.DataFrame]) -> dict[str, tuple[date | None, date | None]]:
    """Return for each report the day it was published, else the first day of its event."""
    began = tables["reports"].select("report_id", "start_first", "start_last").iter_rows()
    days = published(tables)
    return {report: days[report] if days[report][0] is not None else (first, last) for report, first, last in began}


def _of_figure(told: Statement, moments: Mapping[str, tuple[date | None, date | None]], population: str) -> Claim:
    first, last = moments.get(told.report_id, (None, None))
    return Claim(
        told.row_id,
        _dated(told, moments),
        told.value,
        told.bounds,
        first,
        last,
        population,
        told,
    )


def _dated(told: Statement, moments: Mapping[str, tuple[date | None, date | None]]) -> dict[str, object]:
    """Return the amount of a figure with the day it was published, where moments are compared."""
    if told.report_id not in moments:
        return told.amount
    first, last = moments[told.report_id]
    day = None if first is None else first.isoformat() if first == last else str(first.year)
    return told.amount | {"beside": [day]}


def _of_membership(row: Row) -> Claim:
    value, qualifier, population = row["value"], row["qualifier"], row["population"]
    return Claim(
        row_id=row["row_id"],
        amount=amount(value, qualifier=qualifier, beside=[row["as_of"]]),
        value=value,
        bounds=allowed(value, qualifier=qualifier),
        first=row["as_of_first"],
        last=row["as_of_last"],
        population=population,
    )


def _compared(
    claims: Sequence[Claim],
    bridges: Sequence[Statement],
    *,
    body: Body,
    neighbours: Mapping[tuple[object, ...], set[str]],
    about: Mapping[str, Body],
    rules: Rules,
) -> Iterator[Finding]:
    """Compare all claims about one organisation; what is not comparable becomes one finding for each thing counted."""
    unsure: dict[str, dict[str, Claim]] = {}
    clashes: list[tuple[Claim, Claim]] = []
    for one, other in combinations(claims, 2):
        if one.bounds.meets(other.bounds) or _one_event(one, other):
            continue
        days = _days_between(one, other)
        if one.population == other.population and days is not None and days <= rules.same_moment_days:
            if not _bridged(one, other, bridges):
                clashes.append((one, other))
        elif days is None and _one_kind(one, other) and not any(_settles(claim, (one, other)) for claim in claims):
            family = "persons" if _persons(one) else one.population
            unsure.setdefault(family, {}).update({one.row_id: one, other.row_id: other})
    for clashing in _joined(clashes):
        shared = [
            about[org_id].name
            for claim in clashing
            for org_id in sorted(neighbours.get(_cell(claim), set()))
            if org_id in about and about[org_id] != body and claim.last is not None
        ]
        yield _contradiction(clashing, bridges, body=body, shared=shared)
    for doubtful in unsure.values():
        yield _not_comparable(list(doubtful.values()), body=body)


def _settles(claim: Claim, pair: Sequence[Claim]) -> bool:
    """Whether a dated claim says the same as the undated one of a pair, and so tells when that holds."""
    return claim.first is not None and any(
        claim is not other
        and other.first is None
        and claim.population == other.population
        and claim.value == other.value
        for other in pair
    )


def _one_event(one: Claim, other: Claim) -> bool:
    return one.told is not None and other.told is not None and one.told.event_id == other.told.event_id


def _one_kind(one: Claim, other: Claim) -> bool:
    """Whether both count the same, or both count members in some way."""
    return one.population == other.population or (_persons(one) and _persons(other))


def _persons(claim: Claim) -> bool:
    return attribute("populations", claim.population, "persons") is True


def _days_between(one: Claim, other: Claim) -> int | None:
    """Return how far the two moments may at most be apart, 0 for the same period; None where one is not told."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    if (one.first, one.last) == (other.first, other.last):
        return 0
    return (max(one.last, other.last) - min(one.first, other.first)).days


def _bridged(one: Claim, other: Claim, bridges: Sequence[Statement]) -> bool:
    """Whether a change that one of the reports tells makes up the difference."""
    told = {claim.told.report_id for claim in (one, other) if claim.told is not None}
    gap = other.value - one.value
    return any(bridge.report_id in told and (bridge.bounds.low <= abs(gap) <= bridge.bounds.high) for bridge in bridges)


def _contradiction(
    claims: Sequence[Claim], bridges: Sequence[Statement], *, body: Body, shared: Sequence[str]
) -> Finding:
    told = {claim.told.report_id for claim in claims if claim.told is not None}
    change = next((bridge for bridge in bridges if bridge.report_id in told), None)
    days = max(_days_between(one, other) or 0 for one, other in combinations(claims, 2))
    also = ["days" if days else "one_time", *(["bridge"] if change else []), *(["shared"] if shared else [])]
    return _finding(
        "claims",
        claims,
        indicator=next((claim.told.indicator for claim in claims if claim.told is not None), claims[0].population),
        country=body.country,
        body=body.name or "one body",
        days=days,
        gap=max(claim.value for claim in claims) - min(claim.value for claim in claims),
        change=None if change is None else change.amount,
        shared=list(shared),
        also=also,
    )


def _not_comparable(claims: Sequence[Claim], *, body: Body) -> Finding:
    populations = sorted({claim.population for claim in claims})
    return _finding(
        "undated_claims",
        claims,
        indicator=populations[0] if len(populations) == 1 else None,
        country=body.country,
        body=body.name,
        populations=[wording.label("populations", code) for code in populations],
        also="populations" if len(populations) > 1 else "undated",
    )


def _finding(
    check: str, claims: Sequence[Claim], *, indicator: str | None, country: str | None = None, **details: object
) -> Finding:
    told = [claim.told for claim in claims if claim.told is not None]
    ordered = sorted(claims, key=lambda claim: (claim.value, claim.row_id))
    return Finding(
        check,
        tuple(sorted(claim.row_id for claim in claims)),
        {"amounts": distinct(claim.amount for claim in ordered), **details},
        indicator=indicator,
        country=country or only(figure.country for figure in told),
        report_ids=tuple(sorted({figure.report_id for figure in told})),
        figures=tuple(sorted(figure.key for figure in told)),
        difference=ordered[-1].value - ordered[0].value,
    )
