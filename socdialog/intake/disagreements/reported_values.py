"""Two values for one thing: within one text, and between the reports of one event.

Figures are compared when indicator, unit, currency, scope, body and period agree; what one report
tells as the whole and another as a named part is not one thing. Values that no number fulfils
together contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from socdialog.codebook import wording
from socdialog.folding import fold
from socdialog.intake.disagreements.findings import Finding, of_figures
from socdialog.intake.disagreements.reported_figures import ReportedFigure, by_key, one_body, same_body
from socdialog.intake.disagreements.rules import Rules

WITHIN = "one text gives one value for one thing"
BETWEEN = "sources on one event give one value for one thing"
GROWS = "a number that grows is compared for one day"
MOVED = "sources date one and the same number alike"

#: A number of fewer digits may be the same by chance.
_TELLING_DIGITS = 3


def within_texts(reports: Iterable[Sequence[ReportedFigure]], *, rules: Rules) -> Iterator[Finding]:
    """Find things that one text gives two values for; `reports` are the figures of one report each."""
    for figures in reports:
        for group in _groups(figures, by_scope=False):
            clashing = _clashes(group, rules=rules, same_text=True)
            if clashing:
                yield _finding([*clashing, *_quoting(clashing, figures)], clashing, kind="within_text", rule=WITHIN)


def between_reports(figures: Sequence[ReportedFigure], *, rules: Rules) -> Iterator[Finding]:
    """Find things that two reports of one event give different values for."""
    elsewhere = {(told.event_id, told.indicator, told.value) for told in figures if told.scope}
    for group in _groups(figures, by_scope=True):
        if len({told.report_id for told in group}) == 1:
            continue
        fair = [told for told in group if told.scope or (told.event_id, told.indicator, told.value) not in elsewhere]
        clashing = _clashes(fair, rules=rules, same_text=False)
        if clashing:
            yield _finding(clashing, clashing, kind="between_sources", rule=BETWEEN)


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
            values = sorted(differing.values(), key=lambda told: (told.value, told.key))
            yield of_figures(
                values,
                kind="between_sources",
                rule=GROWS,
                difference=round(values[-1].value - values[0].value, 6),
                explanation=(
                    f"{wording.listing(told.amount for told in values)} for {values[0].what} cannot be compared: "
                    "the number may have grown, and not all reports say for which day it holds."
                ),
                status="not_comparable",
            )


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
            yield of_figures(
                dated,
                kind="date",
                rule=MOVED,
                explanation=(
                    f"The same {wording.number(dated[0].value)} ({dated[0].what}) is told for "
                    f"{' and for '.join(dict.fromkeys(told.period_words for told in dated))}."
                ),
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


def _finding(rows: Sequence[ReportedFigure], clashing: Sequence[ReportedFigure], *, kind: str, rule: str) -> Finding:
    values = sorted(clashing, key=lambda told: (told.value, told.high or told.value, told.report_id, told.figure))
    lowest, highest = values[0], values[-1]
    subject = lowest.what
    if lowest.scope and lowest.indicator != "other":
        subject = f"{subject} ({', '.join(lowest.scope)})"
    where = "One text gives" if kind == "within_text" else "Reports of one event give"
    attached = [figure for figure in rows if figure not in clashing]
    return of_figures(
        rows,
        kind=kind,
        rule=rule,
        indicator=lowest.indicator,
        difference=round(highest.value - lowest.value, 6),
        explanation=(
            f"{where} different values for {subject}: {wording.listing(told.amount for told in values)}."
            + (f" With them go {' and '.join(figure.words for figure in attached)}." if attached else "")
        ),
    )
