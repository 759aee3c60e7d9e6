"""One engine for any two values about one thing: each dimension answers, and a reviewed table gives the verdict.

The dimensions and the table are those of ``codebook/comparison.yaml``: the first row whose conditions all hold decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from math import inf
from re import fullmatch

from socdialog.codebook.reviewed_files import reviewed, reviewed_as
from socdialog.intake.disagreements.rules import Rules
from socdialog.intake.disagreements.statements import Statement, one_body
from socdialog.intake.names.words import singular

Period = tuple[date | None, date | None]

_YEAR = r"(1[89]|20)\d\d"
_JANUARY = (1, 31)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the verdict and its dimension, where every dimension named answers as listed."""

    verdict: str
    dimension: str
    when: Mapping[str, tuple[str, ...]]
    because: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that ``codebook/comparison.yaml`` declares."""

    title: str
    answers: Mapping[str, str]
    verdicts: tuple[Row, ...]
    parts: Mapping[str, str]
    additive: frozenset[str]
    short_share: float
    definition: frozenset[str]
    moment: frozenset[str]
    particles: frozenset[str]

    def verdict(self, answers: Mapping[str, str]) -> Row:
        """Return the first row that fits; a dimension that was not asked counts as the same."""
        return next(
            row
            for row in self.verdicts
            if all(answers.get(dimension, "same") in fitting for dimension, fitting in row.when.items())
        )


@cache
def comparison() -> Comparison:
    """Return the declared dimensions and verdicts, read once."""
    raw = reviewed("comparison.yaml")
    words = {name: [singular(word) for word in raw[name]] for name in ("definition", "moment", "particles")}
    return reviewed_as(Comparison, raw | words)


def compare(
    one: Statement,
    other: Statement,
    *,
    rules: Rules,
    several_bodies: bool = False,
    places: frozenset[str] = frozenset(),
) -> Row:
    """Return the verdict on two values about one thing.

    Parameters
    ----------
    one, other
        The two values.
    rules
        The declared identities.
    several_bodies
        Whether the values that these two belong to name several bodies, so that a value without one may be any's.
    places
        Folded words of the names of places.
    """
    first = {
        "counted": counted(one, other),
        "release": "different" if one.release != other.release else "same",
        "unit": "same" if (one.unit, one.currency) == (other.unit, other.currency) else "different",
    }
    value = "compatible" if _dated_days(one, other, rules) else _value(one, other, first["counted"])
    if value == "compatible":
        # No other dimension can set apart what some number fulfils.
        return _verdict(tuple(first.items()), value)
    scope = described(one.scope, other.scope, places)
    if scope["scope"] == "part" and _fuller_wording(one, other):
        scope = {"scope": "compatible"}
    if one.population != other.population:
        scope = {**scope, "definition": "different"}
    answers = {
        **first,
        "body": _body(one, other, several_bodies=several_bodies),
        "moment": moment(one, other, rules=rules),
        "growth": "different" if grows(one, other, rules) else "same",
        **scope,
    }
    return _verdict(tuple(answers.items()), value)


@lru_cache(maxsize=4096)
def _verdict(answers: tuple[tuple[str, str], ...], value: str) -> Row:
    return comparison().verdict({**dict(answers), "value": value})


def _dated_days(one: Statement, other: Statement, rules: Rules) -> bool:
    """Whether both count the days up to days of their own: an identity says by how much such counts differ."""
    return one.indicator == other.indicator in rules.counted_days and one.end_is_day and other.end_is_day


def counted(one: Statement, other: Statement) -> str:
    """Say whether two values count the same, one a part of the other, or different things."""
    if one.indicator == other.indicator:
        return "same"
    parts = comparison().parts
    is_part = parts.get(one.indicator) == other.indicator or parts.get(other.indicator) == one.indicator
    return "part" if is_part else "different"


def grows(one: Statement, other: Statement, rules: Rules) -> bool:
    """Say whether a number may have grown from one value to the other: the days of a finished action have not."""
    if one.indicator in rules.counted_days:
        return not (one.finished and other.finished)
    return one.indicator in rules.cumulative


@lru_cache(maxsize=65536)
def content(scope: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a description that say what is counted, as singulars."""
    return frozenset(singular(word) for part in scope for word in part.split()) - comparison().particles


@lru_cache(maxsize=65536)
def described(one: tuple[str, ...], other: tuple[str, ...], places: frozenset[str]) -> Mapping[str, str]:
    """Answer for scope, definition, place and moment from the words in which two descriptions differ."""
    left, right = content(one), content(other)
    differing = left ^ right
    if not differing:
        return {"scope": "same"}
    known = comparison()
    if differing & known.definition:
        return {"scope": "same", "definition": "different"}
    if differing & known.moment or any(fullmatch(_YEAR, word) for word in differing):
        return {"scope": "same", "moment": "different"}
    answer = "part" if left < right or right < left else "different"
    return {"scope": answer, "place": answer if differing <= places else "same"}


def _fuller_wording(one: Statement, other: Statement) -> bool:
    """Whether two claimants describe one thing more and less fully, and so are set against each other."""
    return bool(
        one.scope and other.scope and one.claimed_by and other.claimed_by and one.claimed_by != other.claimed_by
    )


def _body(one: Statement, other: Statement, *, several_bodies: bool) -> str:
    if one_body(one, other):
        return "same"
    if one.body and other.body:
        return "different"
    return "unknown" if several_bodies else "compatible"


def moment(one: Statement, other: Statement, *, rules: Rules) -> str:
    """Say whether two values are for one moment or period.

    Values that name none are for one where they stand in one text, or in one event and do not grow. Counts of January
    stand for their year; two moments within the days that the rules declare are one, unless the number grows.
    """
    named = (None, None) not in {one.period, other.period}
    if one.period == other.period:
        return "same" if named or _one_context(one, other, rules) else "unknown"
    if not named:
        return "unknown"
    if _within(one, other, rules) or _january(one.period, other.period) or _january(other.period, one.period):
        return "same"
    return "different" if _exclusive(one.period, other.period) else "unknown"


def _exclusive(one: Period, other: Period) -> bool:
    """Whether two periods exclude each other: one ends before the other begins, or both have one end only."""
    (start, end), (first, last) = one, other
    if (start and last and last < start) or (end and first and end < first):
        return True
    return (end is None and last is None) or (start is None and first is None)


def _one_context(one: Statement, other: Statement, rules: Rules) -> bool:
    """Whether two values that name no time are for one: those of one text, or of one event where they do not grow."""
    if one.report_id == other.report_id:
        return bool(one.report_id)
    return one.event_id == other.event_id and not grows(one, other, rules)


def _within(one: Statement, other: Statement, rules: Rules) -> bool:
    """Whether the whole of both periods lies within the days that make one moment of a value that does not grow."""
    days = (one.start, one.end, other.start, other.end)
    if one.indicator in rules.cumulative or not all(days):
        return False
    known = [day for day in days if day is not None]
    return max(known) - min(known) <= timedelta(days=rules.same_moment_days)


def _january(year: Period, other: Period) -> bool:
    """Whether one period is a calendar year, and the other lies in its January."""
    (start, end), (first, last) = year, other
    if start is None or end is None or first is None or last is None:
        return False
    return (start, end) == (date(start.year, 1, 1), date(start.year, 12, 31)) and (
        start <= first and last <= date(start.year, *_JANUARY)
    )


def _value(one: Statement, other: Statement, counted: str) -> str:
    """Say how two numbers relate that count the same, or one a part of the other."""
    if counted == "part":
        part, whole = (one, other) if comparison().parts.get(one.indicator) == other.indicator else (other, one)
        if part.bounds.low > whole.bounds.high:
            return "exceeds"
        return "same" if part.value == whole.value and whole.bounds.high < inf else "compatible"
    if one.report_id != other.report_id or not one.report_id:
        return "compatible" if one.value == other.value or one.bounds.meets(other.bounds) else "different"
    if not one.bounds.meets(other.bounds):
        return "rounding" if one.value == other.value else "different"
    return _twice_bounded(one, other)


def _twice_bounded(one: Statement, other: Statement) -> str:
    """Judge two values of one text that some number fulfils.

    A text that bounds one thing twice from one side contradicts itself; one number with two qualifiers is one.
    """
    if one.value == other.value and one.high == other.high:
        return "same" if one.qualifier == other.qualifier else "rounding"
    bounded = one.qualifier == other.qualifier != "exact" and one.high is None and other.high is None
    return "different" if bounded else "compatible"
