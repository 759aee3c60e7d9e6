"""Two values for one thing: within one text, and between the reports of one event.

Figures are compared when indicator, unit, currency, scope, organisation and period agree; what one
report tells as the whole and another as a named part is not one thing. Values that no number
fulfils together contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from socdialog.codebook import wording
from socdialog.intake.conflicts.findings import Finding, of_figures
from socdialog.intake.conflicts.rules import Rules
from socdialog.intake.conflicts.told import Told

WITHIN = "one text gives one value for one thing"
BETWEEN = "sources on one event give one value for one thing"


def within_texts(figures: Iterable[Told], *, rules: Rules) -> Iterator[Finding]:
    """Find things that one text gives two values for."""
    for group in _groups(figures, by_event=False):
        clashing = _clashes(group, rules=rules, same_text=True)
        if clashing:
            yield _finding(clashing, kind="within_text", rule=WITHIN)


def between_reports(figures: Sequence[Told], *, rules: Rules) -> Iterator[Finding]:
    """Find things that two reports of one event give different values for."""
    elsewhere = _told_as_part(figures)
    for group in _groups(figures, by_event=True):
        if len({told.report_id for told in group}) == 1:
            continue
        fair = [told for told in group if told.scope or not _is_part(told, elsewhere)]
        clashing = _clashes(fair, rules=rules, same_text=False)
        if clashing:
            yield _finding(clashing, kind="between_sources", rule=BETWEEN)


def _groups(figures: Iterable[Told], *, by_event: bool) -> Iterator[list[Told]]:
    found: dict[tuple[object, ...], list[Told]] = {}
    for told in figures:
        if told.indicator == "other" and not told.scope:
            continue
        place = told.event_id if by_event else told.report_id
        found.setdefault((place, told.indicator, told.unit, told.currency, told.scope), []).append(told)
    yield from (group for group in found.values() if len(group) > 1)


def _told_as_part(figures: Iterable[Told]) -> set[tuple[str, str, float]]:
    """Return what some report of an event tells as a named part: event, indicator, value."""
    return {(told.event_id, told.indicator, told.value) for told in figures if told.scope}


def _is_part(told: Told, elsewhere: set[tuple[str, str, float]]) -> bool:
    return (told.event_id, told.indicator, told.value) in elsewhere


def _clashes(group: Sequence[Told], *, rules: Rules, same_text: bool) -> list[Told]:
    """Return the figures that contradict another one of the group."""
    bodies = {told.organisation for told in group if told.organisation}
    clashing: dict[str, Told] = {}
    for one, other in combinations(group, 2):
        if (one.report_id == other.report_id) is not same_text:
            continue
        if one.organisation != other.organisation and (one.organisation and other.organisation or len(bodies) > 1):
            continue
        if not _one_moment(one, other, rules=rules, same_text=same_text):
            continue
        if not one.bounds.meets(other.bounds) or (same_text and _qualified_apart(one, other)):
            clashing[one.key] = one
            clashing[other.key] = other
    return list(clashing.values())


def _one_moment(one: Told, other: Told, *, rules: Rules, same_text: bool) -> bool:
    """Whether two values are for one moment: the same period, or none told and the value is not one that grows."""
    if one.period != (None, None) and other.period != (None, None):
        return one.period == other.period
    if same_text:
        return one.period == other.period
    return one.period == other.period and one.indicator not in rules.cumulative


def _qualified_apart(one: Told, other: Told) -> bool:
    """Whether one text gives two bounds of one direction, or one number with two qualifiers."""
    if one.qualifier == other.qualifier:
        return one.qualifier != "exact" and one.high is None and other.high is None and one.value != other.value
    return one.value == other.value and {one.qualifier, other.qualifier} != {"exact", "about"}


def _finding(clashing: Sequence[Told], *, kind: str, rule: str) -> Finding:
    values = sorted(clashing, key=lambda told: (told.value, told.high or told.value, told.report_id, told.figure))
    lowest, highest = values[0], values[-1]
    subject = (lowest.scope_text if lowest.indicator == "other" else lowest.indicator.replace("_", " ")) or "value"
    told = list(dict.fromkeys(_amount(figure) for figure in values))
    where = "One text gives" if kind == "within_text" else "Reports of one event give"
    return of_figures(
        values,
        kind=kind,
        rule=rule,
        difference=round(highest.value - lowest.value, 6),
        explanation=f"{where} different values for {subject}: {', '.join(told[:-1])} and {told[-1]}."
        if len(told) > 1
        else f"{where} different values for {subject}.",
    )


def _amount(told: Told) -> str:
    return wording.quantity(
        told.value, told.unit, high=told.high, qualifier=told.qualifier, currency=told.currency or None
    )
