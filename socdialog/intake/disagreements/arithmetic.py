"""Arithmetic within one report: shares, changes, differences, products, orders and balances.

A figure stands for the interval that its digits and its qualifier allow; an identity is broken when
no numbers in these intervals fulfil it. Every function takes the figures of one report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import Any

from socdialog.intake.disagreements.figure_bounds import Interval, step, total_of
from socdialog.intake.disagreements.findings import Finding, of_figures
from socdialog.intake.disagreements.rules import Identity
from socdialog.intake.disagreements.statements import Statement, one_body, same_body

_HUNDRED = Interval(100.0, 100.0)
#: Digits of the difference of a rate, which a division makes.
_DIGITS = 4
#: Shorter words of a scope are particles.
_WORD = 4


def same_quantity(one: Statement, other: Statement) -> bool:
    """Whether two figures are about the same country, organisation, scope and period."""
    return (
        one.country == other.country and same_body(one, other) and one.scope == other.scope and _same_period(one, other)
    )


def _same_period(one: Statement, other: Statement) -> bool:
    """Whether two periods of one report are the same, or one is not told."""
    reported_one, reported_other = one.start or one.end, other.start or other.end
    return not (reported_one and reported_other) or one.period == other.period


def figures_for_indicator(figures: Sequence[Statement], indicator: str) -> list[Statement]:
    """Return the figures of one indicator."""
    return [statement for statement in figures if statement.indicator == indicator]


def broken(
    figures: Sequence[Statement], identity: Identity, right: float, *, check: str | None = None, **details: object
) -> Finding:
    """Return the finding that the first of `figures` is not `right`, which the identity makes of the others."""
    return of_figures(
        check or identity.form,
        figures,
        identity=identity.id,
        indicator=figures[0].indicator,
        difference=round(figures[0].value - right, _DIGITS),
        details={"right": right, "printed": figures[0].value, **details},
    )


def shares(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``result = 100 * part / whole``."""
    for result in figures_for_indicator(figures, identity.one("result")):
        for part in figures_for_indicator(figures, identity.one("part")):
            for whole in figures_for_indicator(figures, identity.one("whole")):
                if not (same_quantity(result, part) and same_quantity(part, whole) and same_quantity(result, whole)):
                    continue
                share = part.bounds.over(whole.bounds)
                if share is None or (share * _HUNDRED).adjoins(result.bounds):
                    continue
                right = 100 * part.value / whole.value
                yield broken(
                    [result, part, whole],
                    identity,
                    right,
                    part=part.plain,
                    whole=whole.plain,
                    **_would_fit(result, part, whole, figures),
                )


def _would_fit(result: Statement, part: Statement, whole: Statement, figures: Sequence[Statement]) -> dict[str, Any]:
    """Return which other reading of the report gives the printed share, if one does."""
    rest = Interval(max(0.0, whole.bounds.low - part.bounds.high), whole.bounds.high - part.bounds.low).over(
        whole.bounds
    )
    if rest is not None and (rest * _HUNDRED).adjoins(result.bounds):
        return {"also": "other_part", "rest": whole.value - part.value}
    for other in figures:
        for base in figures:
            if other.figure == base.figure or {other, base} == {part, whole} or not _countable(other, base, result):
                continue
            share = other.bounds.over(base.bounds)
            if share is not None and (share * _HUNDRED).adjoins(result.bounds):
                shown = {"other": other.plain, "other_what": other.what, "base": base.plain, "base_what": base.what}
                return {"also": "other_pair", **shown}
    return {}


def _countable(other: Statement, base: Statement, result: Statement) -> bool:
    return (
        other.unit == base.unit != result.unit
        and 0 < other.value < base.value < inf
        and other.qualifier == base.qualifier == "exact"
        and bool(
            set(other.scope) & set(base.scope) & set(result.scope) or (not result.scope and other.scope == base.scope)
        )
    )


def changes(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``result = 100 * (x[now] / x[before] - 1)``."""
    for result in figures_for_indicator(figures, identity.one("result")):
        pair = _pair(result, figures_for_indicator(figures, identity.one("of")), identity)
        if pair is None:
            continue
        before, now = pair
        ratio = now.bounds.over(before.bounds)
        if ratio is None:
            continue
        change = Interval(100 * (ratio.low - 1), 100 * (ratio.high - 1))
        if change.adjoins(result.bounds):
            continue
        # Without the dust of binary fractions: 119 / 100 is 19 % more, and 18 is not what cutting makes of it.
        right = round(100 * (now.value / before.value - 1), 9)
        cut = abs(right - result.value) < step(result.value) and abs(result.value) < abs(right)
        yield broken(
            [result, before, now],
            identity,
            right,
            check="change_cut" if cut else None,
            before=before.plain,
            now=now.plain,
        )


def _pair(result: Statement, amounts: Sequence[Statement], identity: Identity) -> tuple[Statement, Statement] | None:
    """Return the two amounts that a change is about: by their years, or by words for before and after."""
    fitting = [
        statement for statement in amounts if same_body(result, statement) and statement.country == result.country
    ]
    before, now = identity.one("before"), identity.one("now")
    if before:
        first = [statement for statement in fitting if before in statement.scope]
        last = [statement for statement in fitting if now in statement.scope]
        return _only(first, last)
    fitting = [
        statement
        for statement in fitting
        if statement.year_end is not None and not set(statement.scope) - set(result.scope)
    ]
    years = sorted({statement.year_end for statement in fitting if statement.year_end is not None})
    if result.year_start is not None and result.year_end is not None:
        first_year = result.year_start if result.year_start < result.year_end else result.year_end - 1
        last_year = result.year_end
    else:
        steps = [(one, other) for one, other in pairwise(years) if other == one + 1]
        if len(steps) != 1:
            return None
        first_year, last_year = steps[0]
    return _only(
        [statement for statement in fitting if statement.year_end == first_year],
        [statement for statement in fitting if statement.year_end == last_year],
    )


def _only(first: Sequence[Statement], last: Sequence[Statement]) -> tuple[Statement, Statement] | None:
    """Return the pair when there is just one way to make it, in one unit and currency."""
    pairs = [
        (one, other)
        for one in first
        for other in last
        if (one.unit, one.currency) == (other.unit, other.currency) and one_body(one, other)
    ]
    return pairs[0] if len(pairs) == 1 else None


def factors(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test a factor of growth against the first and last of two dated amounts that share a word of its scope."""
    for result in figures:
        if result.unit != identity.one("unit"):
            continue
        words = {word for word in result.scope_words.split() if len(word) >= _WORD}
        dated = [
            statement
            for statement in figures
            if statement.year_end is not None
            and statement.unit != result.unit
            and statement.country == result.country
            and same_body(statement, result)
            and words & set(statement.scope_words.split())
        ]
        if (
            len(dated) != len(("before", "now"))
            or len({(statement.indicator, statement.unit, statement.currency, statement.scope) for statement in dated})
            != 1
        ):
            continue
        before, now = sorted(dated, key=lambda statement: statement.year_end or 0)
        ratio = now.bounds.over(before.bounds)
        if before.year_end == now.year_end or ratio is None or ratio.adjoins(result.bounds):
            continue
        right = now.value / before.value
        yield broken(
            [result, before, now],
            identity,
            right,
            before=before.plain,
            now=now.plain,
        )


def compounds(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``1 + whole = (1 + first) * (1 + second)`` on rises of two half-years and of the year."""
    rises = figures_for_indicator(figures, identity.one("of"))
    for whole in rises:
        if not set(whole.scope) & set(identity.fields["whole"]) or len(whole.scope) != 1:
            continue
        first = [statement for statement in rises if statement.scope == (identity.one("first"),)]
        second = [statement for statement in rises if statement.scope == (identity.one("second"),)]
        pair = _only(first, second)
        if pair is None or not same_body(whole, pair[0]):
            continue
        made = _added_over_time(pair[0].bounds) * _added_over_time(pair[1].bounds)
        if made.adjoins(_added_over_time(whole.bounds)):
            continue
        right = 100 * ((1 + pair[0].value / 100) * (1 + pair[1].value / 100) - 1)
        yield broken(
            [whole, *pair],
            identity,
            right,
            first=pair[0].plain,
            second=pair[1].plain,
        )


def _added_over_time(rise: Interval) -> Interval:
    return Interval(max(0.0, 1 + rise.low / 100), 1 + rise.high / 100)


def differences(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``result = x[now] - x[before]``."""
    for result in figures_for_indicator(figures, identity.one("result")):
        pair = _pair(result, figures_for_indicator(figures, identity.one("of")), identity)
        if pair is None or not (one_body(pair[0], result) and one_body(pair[1], result)):
            continue
        before, now = pair
        if (now.bounds - before.bounds).adjoins(result.bounds):
            continue
        right = now.value - before.value
        yield broken(
            [result, before, now],
            identity,
            right,
            before=before.plain,
            now=now.plain,
        )


def products(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``result = one * other``."""
    one_name, other_name = identity.fields["factors"]
    for result in figures_for_indicator(figures, identity.one("result")):
        for one in figures_for_indicator(figures, one_name):
            for other in figures_for_indicator(figures, other_name):
                if one.currency != result.currency or not (same_quantity(result, one) and same_quantity(result, other)):
                    continue
                if (one.bounds * other.bounds).adjoins(result.bounds):
                    continue
                right = one.value * other.value
                yield broken(
                    [result, one, other],
                    identity,
                    right,
                    one=one.plain,
                    other=other.plain,
                    result=result.plain,
                )


def orders(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``part <= whole``."""
    for part in figures_for_indicator(figures, identity.one("part")):
        for whole in figures_for_indicator(figures, identity.one("whole")):
            if (
                part.organisation != whole.organisation
                or not same_quantity(part, whole)
                or part.bounds.low <= whole.bounds.high
            ):
                continue
            yield broken(
                [part, whole],
                identity,
                whole.value,
                part=part.plain,
                whole=whole.plain,
            )


def balances(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``x[now] = x[before] - sum(paid)``, the amounts in the order the text tells them."""
    amounts = figures_for_indicator(figures, identity.one("of"))
    for before, now in pairwise(sorted(amounts, key=lambda statement: statement.figure)):
        paid = [
            statement
            for statement in figures_for_indicator(figures, identity.one("less"))
            if statement.currency == before.currency
            and same_body(statement, before)
            and (amounts == [before, now] or before.figure < statement.figure < now.figure)
        ]
        if not paid or before.currency != now.currency or not one_body(before, now):
            continue
        if (before.bounds - total_of(statement.bounds for statement in paid)).adjoins(now.bounds):
            continue
        right = before.value - sum(statement.value for statement in paid)
        yield broken(
            [now, before, *paid],
            identity,
            right,
            before=before.plain,
            paid=[statement.plain for statement in paid],
            now=now.plain,
        )


FORMS: dict[str, Callable[[Sequence[Statement], Identity], Iterator[Finding]]] = {
    "share": shares,
    "change": changes,
    "factor": factors,
    "compound": compounds,
    "difference": differences,
    "product": products,
    "order": orders,
    "balance": balances,
}

#: Forms that need no order of telling, so that figures of several texts may be put together.
OVER_TEXTS = frozenset({"share", "change", "difference", "product"})
