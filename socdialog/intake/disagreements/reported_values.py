"""Two values for one thing: within one text, and between the reports of one event.

Figures are compared when indicator, unit, currency, scope, body and period agree; what one report
tells as the whole and another as a named part is not one thing. Values that no number fulfils
together contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, distinct, of_figures
from socdialog.intake.disagreements.reported_figures import ReportedFigure, by_key, one_body, same_body
from socdialog.intake.disagreements.rules import Rules

#: A number of fewer digits may be the same by chance.
_TELLING_DIGITS = 3


def within_texts(reports: Iterable[Sequence[ReportedFigure]], *, rules: Rules) -> Iterator[Finding]:
    """Find things that one text gives two values for; `reports` are the figures of one report each."""
    for figures in reports:
        for group in _groups(figures, by_scope=False):
            clashing = _clashes(group, rules=rules, same_text=True)
            if clashing:
                yield _finding("within_text", [*clashing, *_quoting(clashing, figures)], clashing)


def between_reports(figures: Sequence[ReportedFigure], *, rules: Rules) -> Iterator[Finding]:
    """Find things that two reports of one event give different values for."""
    elsewhere = {(told.event_id, told.indicator, told.value) for told in figures if told.scope}
    for group in _groups(figures, by_scope=True):
        if len({told.report_id for told in group}) == 1:
            continue
        fair = [told for told in group if told.scope or (told.event_id, told.indicator, told.value) not in elsewhere]
        clashing = _clashes(fair, rules=rules, same_text=False)
        if clashing:
            yield _finding("between_reports", clashing, clashing)


def cumulative_values(figures: Sequence[ReportedFigure], *, rules: Rules) -> Iterator[Finding]:
    """Keep numbers that grow while an event lasts, and differ between reports without telling for which day."""
    growing = [told for told in figures if told.indicator in rules.cumulative - rules.counted_days]
    for group in _groups(growing, by_scope=True):
        differing = {
            told.key: told
            for one, other in combinations(group, 2)
            if one.report_id != other.report_id
            and one.country == other.country
            and same_body(one, other)
            and (one.period == (None, None) or other.period == (None, None))
            and not _agree(one, other, same_text=False)
            and not reported_by_both(one, other, group)
            for told in (one, other)
        }
        if differing:
            yield _finding("growing", list(differing.values()), list(differing.values()))


def moved_numbers(figures: Iterable[ReportedFigure]) -> Iterator[Finding]:
    """Find one telling number that reports of one event give for periods that exclude each other."""
    telling = [
        told
        for told in figures
        if told.qualifier == "exact" and told.start and told.end and _digits(told.value) >= _TELLING_DIGITS
    ]
    for group in by_key(
        telling, lambda told: (told.event_id, told.indicator, told.unit, told.scope, told.value)
    ).values():
        clashing = {
            told.key: told
            for one, other in combinations(group, 2)
            if one.report_id != other.report_id and one_body(one, other) and _apart(one, other)
            for told in (one, other)
        }
        if clashing:
            dated = sorted(clashing.values(), key=lambda told: (str(told.start), told.key))
            periods = {told.told_period: told.when for told in dated}
            yield of_figures(
                "moved_number",
                dated,
                details={"value": dated[0].value, "what": dated[0].what, "periods": list(periods.values())},
            )


def _digits(value: float) -> int:
    """Count the significant digits: 3 for 305 and for 305000."""
    return len(f"{value:.10g}".replace(".", "").strip("-0"))


def _apart(one: ReportedFigure, other: ReportedFigure) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.end < other.start or other.end < one.start


def _groups(figures: Iterable[ReportedFigure], *, by_scope: bool) -> Iterator[list[ReportedFigure]]:
    def one_thing(told: ReportedFigure) -> tuple[object, ...]:
        scope = told.scope if by_scope or told.indicator == "other" else None
        return told.event_id, told.indicator, told.unit, told.currency, scope

    named = (told for told in figures if told.indicator != "other" or told.scope)
    yield from (group for group in by_key(named, one_thing).values() if len(group) > 1)


def _clashes(group: Sequence[ReportedFigure], *, rules: Rules, same_text: bool) -> list[ReportedFigure]:
    """Return the figures that contradict another one of the group."""
    named = [told for told in group if told.body]
    several = any(not one_body(named[0], told) for told in named[1:])
    clashing: dict[str, ReportedFigure] = {}
    for one, other in combinations(group, 2):
        if (one.report_id == other.report_id) is not same_text or one.country != other.country:
            continue
        if not (one_body(one, other) if several else same_body(one, other)):
            continue
        if not _one_moment(one, other, rules=rules, same_text=same_text) or not _one_scope(one, other):
            continue
        if not _agree(one, other, same_text=same_text) and (same_text or not reported_by_both(one, other, group)):
            clashing |= {one.key: one, other.key: other}
    return list(clashing.values())


def _one_moment(one: ReportedFigure, other: ReportedFigure, *, rules: Rules, same_text: bool) -> bool:
    """Whether two values are for one period: a value that grows is so only when the period is told."""
    return one.period == other.period and (
        same_text or one.period != (None, None) or one.indicator not in rules.cumulative
    )


def _one_scope(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether two scopes count one thing: they are the same, or two claimants describe it more and less fully.

    One text that gives the numbers of two claimants, "underground" and "underground in four mines",
    sets them against each other.
    """
    if one.scope == other.scope:
        return True
    if not (one.claimed_by and other.claimed_by and one.claimed_by != other.claimed_by):
        return False
    short, long = sorted((one.scope_words, other.scope_words), key=len)
    return bool(short) and long.startswith(f"{short} ")


def _agree(one: ReportedFigure, other: ReportedFigure, *, same_text: bool) -> bool:
    if not same_text:
        # "200" in one report and "more than 200" in another are two roundings of one number.
        return one.value == other.value or one.bounds.meets(other.bounds)
    return one.bounds.meets(other.bounds) and not _qualified_apart(one, other)


def reported_by_both(one: ReportedFigure, other: ReportedFigure, group: Sequence[ReportedFigure]) -> bool:
    """Whether one of two reports tells both values itself: then that text holds the contradiction, not the pair."""
    return any(
        (told.report_id == one.report_id and _agree(told, other, same_text=False))
        or (told.report_id == other.report_id and _agree(told, one, same_text=False))
        for told in group
    )


def _qualified_apart(one: ReportedFigure, other: ReportedFigure) -> bool:
    """Whether one text bounds one thing twice from one side, or gives one number with two qualifiers."""
    if one.qualifier == other.qualifier:
        return one.qualifier != "exact" and one.high is None and other.high is None and one.value != other.value
    return one.value == other.value


def _quoting(clashing: Sequence[ReportedFigure], figures: Sequence[ReportedFigure]) -> list[ReportedFigure]:
    """Return the figures whose scope quotes one of the clashing numbers: "the 491 seminars"."""
    numbers = {f" {fold(f'{told.value:g}')} " for told in clashing}
    return [
        told
        for told in figures
        if told not in clashing and any(number in f" {told.scope_words} " for number in numbers)
    ]


def _finding(check: str, rows: Sequence[ReportedFigure], clashing: Sequence[ReportedFigure]) -> Finding:
    values = sorted(clashing, key=lambda told: (told.value, told.high or told.value, told.report_id, told.figure))
    lowest, highest = values[0], values[-1]
    scope = list(lowest.scope) if lowest.indicator != "other" else []
    return of_figures(
        check,
        rows,
        indicator=lowest.indicator,
        difference=round(highest.value - lowest.value, 6),
        details={
            "what": lowest.what,
            "scope": scope,
            "amounts": distinct(told.amount for told in values),
        },
    )
