"""Parts and wholes: parts add up to a total, in one text or told by another; votes add up to the votes cast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from socdialog.intake.disagreements.arithmetic import broken, figures_for_indicator
from socdialog.intake.disagreements.comparison import comparison, content, described
from socdialog.intake.disagreements.figure_bounds import total_of
from socdialog.intake.disagreements.findings import Finding, of_figures
from socdialog.intake.disagreements.rules import Identity, Rules
from socdialog.intake.disagreements.statements import Statement, by_key, one_body, same_body

#: One figure is no sum.
_SEVERAL = 2


def parts(figures: Sequence[Statement], identity: Identity, *, rules: Rules) -> Iterator[Finding]:
    """Test that parts do not exceed their total, and make it up where the text says that they are all.

    Parts are all there when a word says that one is the rest, when they are a set that the codebook
    declares exhaustive, or when several continue the scope of the total ("companies" and
    "companies: one region").
    """
    amounts = figures_for_indicator(figures, identity.one("of"))
    for whole in amounts:
        near = [
            statement
            for statement in amounts
            if statement is not whole
            and statement.country == whole.country
            and same_body(statement, whole)
            and statement.period == whole.period
            and statement.unit == whole.unit
            and set(statement.scope) > set(whole.scope)
        ]
        for members, complete in _sets(whole, near, rules):
            total = total_of(statement.bounds for statement in members)
            if total.adjoins(whole.bounds) or (total.high < whole.bounds.low and not complete):
                continue
            yield broken(
                [whole, *members],
                identity,
                sum(statement.value for statement in members),
                parts=[statement.value for statement in members],
                whole=whole.value,
                also="complete" if complete else "exceeding",
            )


def _sets(whole: Statement, near: Sequence[Statement], rules: Rules) -> Iterator[tuple[list[Statement], bool]]:
    """Yield the sets of parts of a total, and whether each is the whole of it."""
    narrower = {statement: tuple(part for part in statement.scope if part not in whole.scope) for statement in near}
    for words in rules.exhaustive:
        named = [statement for statement in near if len(narrower[statement]) == 1 and narrower[statement][0] in words]
        if {narrower[statement][0] for statement in named} == words and len(named) == len(words):
            yield named, True
            return
    marked = [statement for statement in near if any(part in rules.rest for part in narrower[statement])]
    if marked and len(near) > 1:
        yield list(near), True
        return
    listed = [statement for statement in near if whole.scope_stem and statement.scope_stem == whole.scope_stem]
    if len(listed) > 1:
        yield listed, True


def parts_reported_elsewhere(event: Sequence[Statement], *, rules: Rules, places: frozenset[str]) -> Iterator[Finding]:
    """Find totals of one report of an event that the parts told by another exceed, or miss by little.

    Parts that miss the total by more may be some of them only, and groups that exceed it may overlap unless they are
    listed alike. What is told for several moments, or defined in several ways, does not add up.
    """
    known = comparison()
    countable = [
        statement for statement in event if statement.unit in known.additive and statement.indicator != "other"
    ]
    for group in by_key(countable, lambda statement: (statement.indicator, statement.unit)).values():
        for members in by_key(group, lambda statement: statement.report_id).values():
            for whole in group:
                parts = _parts_of(whole, members, rules=rules, places=places)
                if len(parts) < _SEVERAL or whole.report_id == parts[0].report_id:
                    continue
                total = total_of(statement.bounds for statement in parts)
                least = whole.bounds.low * (1 - known.short_share)
                if total.adjoins(whole.bounds) or total.high <= least:
                    continue
                if total.low > whole.bounds.high and not _listed_alike(parts, places):
                    continue
                right = sum(statement.value for statement in parts)
                yield of_figures(
                    "parts_elsewhere",
                    [whole, *parts],
                    indicator=whole.indicator,
                    difference=round(whole.value - right, 6),
                    details={
                        "what": whole.indicator,
                        "parts": [statement.value for statement in parts],
                        "right": right,
                        "whole": whole.plain,
                    },
                )


def _parts_of(
    whole: Statement, members: Sequence[Statement], *, rules: Rules, places: frozenset[str]
) -> list[Statement]:
    """Return the figures of one text that are parts of a total, apart from each other."""
    if whole.scope:
        return []
    rest = [statement for statement in members if any(part in rules.rest for part in statement.scope)]
    parts: list[Statement] = []
    for statement in members:
        answers = described(statement.scope, whole.scope, places)
        narrower = answers["scope"] == "part" or bool(statement.body and not whole.body) or bool(rest)
        if narrower and {answers.get("moment"), answers.get("definition")} == {None} and same_body(statement, whole):
            parts.append(statement)
    disjoint = all(
        described(one.scope, other.scope, places)["scope"] == "different"
        or (one.body and other.body and not one_body(one, other))
        or (rest and (one in rest) != (other in rest))
        for one, other in combinations(parts, 2)
    )
    return parts if disjoint else []


def _listed_alike(parts: Sequence[Statement], places: frozenset[str]) -> bool:
    """Whether parts are set apart by places, bodies or a word like "plant", so that nobody is in two of them."""
    words = [content(statement.scope) for statement in parts]
    return (
        bool(frozenset.intersection(*words))
        or all(each and each <= places for each in words)
        or all(statement.body for statement in parts)
        or not all(words)
    )


def ballots(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test that the votes for all options and the spoilt ones make up the votes cast.

    Options may be left out of a text, so fewer votes than cast are a contradiction only where the
    spoilt votes and at least two options are told.
    """
    options, spoilt = (
        figures_for_indicator(figures, identity.one("options")),
        figures_for_indicator(figures, identity.one("rest")),
    )
    for cast in figures_for_indicator(figures, identity.one("whole")):
        named = [statement for statement in options if statement.scope_stem == cast.scope_words]
        invalid = [statement for statement in spoilt if statement.scope_words == cast.scope_words]
        if not named:
            continue
        total = total_of(statement.bounds for statement in [*named, *invalid])
        whole = bool(invalid) and len(named) > 1
        if total.adjoins(cast.bounds) or (total.high < cast.bounds.low and not whole):
            continue
        right = sum(statement.value for statement in [*named, *invalid])
        yield broken(
            [cast, *named, *invalid],
            identity,
            right,
            ballot=cast.scope_text,
            votes=[statement.value for statement in [*named, *invalid]],
            cast=cast.value,
            also="over" if right > cast.value else "short",
        )
