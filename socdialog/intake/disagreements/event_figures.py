"""Figures that the reports of one event give for one thing: each pair that differs gets a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from socdialog.folding import fold
from socdialog.intake.disagreements.comparison import compare, comparison, content
from socdialog.intake.disagreements.findings import Finding, distinct, joined, of_figures
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.disagreements.statements import Statement, by_key, digits, one_body

Pair = tuple[Statement, Statement]

#: A number of fewer digits may be the same by chance.
_DISTINCTIVE_DIGITS = 2


def of_event(event: Sequence[Statement], *, rules: Rules, places: frozenset[str]) -> Iterator[Finding]:
    """Find what the figures of one event and country say differently, with the verdict on each."""
    if len(event) == 1:
        return
    for group in (group for group in by_key(event, _quantity).values() if len(group) > 1):
        yield from _findings(group, event, rules=rules, places=places)
    yield from _parts_as_wholes(event, rules=rules, places=places)
    yield from _one_number_for_two(event)


def _quantity(statement: Statement) -> object:
    """Return what a figure counts: its indicator or, where none stands for it, the words of its description."""
    return statement.indicator if statement.indicator != "other" else content((statement.scope_stem,)) or statement.key


def _findings(
    group: Sequence[Statement], event: Sequence[Statement], *, rules: Rules, places: frozenset[str]
) -> Iterator[Finding]:
    """Compare all figures of one quantity; contradictions that share a figure are one."""
    elsewhere = {statement.value: statement for statement in reversed(group) if statement.scope}
    several = _several_bodies(group)
    verdicts: dict[tuple[str, str], list[Pair]] = {}
    for pair in combinations(group, 2):
        row = compare(*_as_parts(pair, elsewhere), rules=rules, several_bodies=several, places=places)
        if row.verdict != "agree" and not (row.verdict == "not_comparable" and _separated_within_a_source(pair, group)):
            verdicts.setdefault((row.verdict, row.dimension), []).append(pair)
    for (verdict, dimension), pairs in verdicts.items():
        if verdict != "contradict":
            yield _finding(
                verdict, list({statement.key: statement for pair in pairs for statement in pair}.values()), dimension
            )
            continue
        for clashing in joined(pairs):
            check = "within_text" if len({statement.report_id for statement in clashing}) == 1 else "between_reports"
            yield _finding(check, clashing, dimension, more=_quoting(clashing, event))


def _separated_within_a_source(pair: Pair, group: Sequence[Statement]) -> bool:
    """Whether a text gives both values itself and says what sets them apart, so that nobody takes them for one thing.

    The values of one text are set apart by words, dates, bodies or currencies of their own on both sides; of what a
    text and another tell, a text that gives both judges.
    """
    one, other = pair
    if one.report_id != other.report_id:
        return any(
            (statement.report_id == one.report_id and _same_shape(statement, other))
            or (statement.report_id == other.report_id and _same_shape(statement, one))
            for statement in group
        )
    if (one.unit, one.currency) != (other.unit, other.currency):
        return bool(one.currency and other.currency)
    left, right = content(one.scope), content(other.scope)
    return bool(
        (left - right and right - left)
        or (one.period != other.period and (None, None) not in {one.period, other.period})
        or (one.body and other.body and not one_body(one, other))
    )


def _same_shape(one: Statement, other: Statement) -> bool:
    return (one.unit, one.currency) == (other.unit, other.currency) and (
        one.value == other.value or one.bounds.meets(other.bounds)
    )


def _several_bodies(group: Sequence[Statement]) -> bool:
    named = [statement for statement in group if statement.body]
    return any(not one_body(named[0], statement) for statement in named[1:])


def _as_parts(pair: Pair, elsewhere: Mapping[float, Statement]) -> Pair:
    """Read a number that another report gives for a part as that part, where a text gives it without a description."""
    one, other = pair
    if one.report_id == other.report_id:
        return pair
    first, last = (
        replace(statement, scope=found.scope)
        if not statement.scope and (found := elsewhere.get(statement.value)) and found.report_id != statement.report_id
        else statement
        for statement in pair
    )
    return first, last


def _parts_as_wholes(event: Sequence[Statement], *, rules: Rules, places: frozenset[str]) -> Iterator[Finding]:
    """Find parts of a workforce that another text gives as the whole of it, or as less."""
    for part, whole in comparison().parts.items():
        wholes = [statement for statement in event if statement.indicator == whole]
        parts = [statement for statement in event if statement.indicator == part] if wholes else []
        several = _several_bodies([*parts, *wholes])
        pairs = [
            (one, other)
            for one in parts
            for other in wholes
            if one.report_id != other.report_id
            and compare(one, other, rules=rules, several_bodies=several, places=places).verdict == "contradict"
        ]
        for clashing in joined(pairs):
            first = next(statement for statement in clashing if statement.indicator == part)
            last = next(statement for statement in clashing if statement.indicator == whole)
            yield of_figures(
                "part_is_whole",
                clashing,
                indicator=part,
                dimension="counted",
                difference=round(first.value - last.value, 6),
                details={"part": first.plain, "what": part, "whole": last.plain, "base": whole},
            )


def _one_number_for_two(event: Sequence[Statement]) -> Iterator[Finding]:
    """Find one telling number that two reports give for two things, and neither for both."""
    distinctive = [
        statement
        for statement in event
        if digits(statement.value) >= _DISTINCTIVE_DIGITS and statement.indicator != "other"
    ]
    for group in by_key(distinctive, lambda statement: (statement.value, statement.unit, statement.currency)).values():
        of_report = by_key(group, lambda statement: statement.report_id)
        things = [frozenset(statement.indicator for statement in figures) for figures in of_report.values()]
        if len(things) > 1 and frozenset.union(*things) != max(things, key=len):
            yield of_figures(
                "two_quantities",
                group,
                dimension="counted",
                details={
                    "value": group[0].value,
                    "whats": sorted({statement.indicator for statement in group}),
                },
            )


def _quoting(clashing: Sequence[Statement], event: Sequence[Statement]) -> list[Statement]:
    """Return the figures of the same texts whose scope quotes one of the clashing numbers: "the 491 seminars"."""
    texts = {statement.report_id for statement in clashing}
    numbers = {f" {fold(f'{statement.value:g}')} " for statement in clashing}
    return [
        statement
        for statement in event
        if statement.report_id in texts
        and statement not in clashing
        and any(number in f" {statement.scope_words} " for number in numbers)
    ]


def _finding(check: str, rows: Sequence[Statement], dimension: str, *, more: Sequence[Statement] = ()) -> Finding:
    values = sorted(
        rows,
        key=lambda statement: (
            statement.value,
            statement.high or statement.value,
            statement.report_id,
            statement.figure,
        ),
    )
    lowest, highest = values[0], values[-1]
    same_unit = len({(statement.unit, statement.currency) for statement in rows}) == 1
    shared = min((statement.scope for statement in rows), key=lambda scope: (len(content(scope)), scope))
    one_thing = lowest.indicator != "other" or len({statement.scope for statement in rows}) == 1
    one_scope = all(content(shared) <= content(statement.scope) for statement in rows)
    return of_figures(
        check,
        [*rows, *more],
        indicator=lowest.indicator,
        dimension=dimension,
        difference=round(highest.value - lowest.value, 6) if same_unit else None,
        details={
            "what": lowest.what if one_thing else lowest.scope_text.partition(":")[0],
            "scope": list(shared) if lowest.indicator != "other" and one_scope else [],
            "amounts": distinct(statement.amount for statement in values),
            "dimension": dimension,
        },
    )
