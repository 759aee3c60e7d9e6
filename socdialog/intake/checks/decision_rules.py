"""Rules about decisions of a person: they must not contradict each other."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from socdialog.codebook.attributes import codes_with
from socdialog.intake.checks.rule_context import CheckContext, Finding

_COLUMNS = ("report_a", "report_b", "decision")


class _Decision(NamedTuple):
    line: int
    a: str
    b: str
    kind: str


def contradicting_decisions(context: CheckContext) -> Iterator[Finding]:
    """Report when a pair is decided twice the other way round, or decisions join what another holds apart.

    Two decisions with the same reports in the same order are the matter of `repeated_key`.
    """
    frame = context.frame("decisions", *_COLUMNS)
    decisions = [
        _Decision(*row) for row in frame.select("raw_line", *_COLUMNS).drop_nulls().sort("raw_line").iter_rows()
    ]
    first: dict[frozenset[str], _Decision] = {}
    for one in decisions:
        earlier = first.setdefault(frozenset((one.a, one.b)), one)
        if (one.a, one.b) == (earlier.b, earlier.a) and one.a != one.b:
            yield _finding(one, f"line {earlier.line} decides this pair differently ({earlier.kind}); keep one of them")
    joining = codes_with("decision_kinds", "joins")
    ways = _ways([one for one in decisions if one.kind in joining])
    for one in decisions:
        chain = [] if one.kind in joining else _chain(ways, one.a, one.b)
        if len(chain) > 1:
            steps = ", ".join(f"{step.a} {step.kind} {step.b} in line {step.line}" for step in chain)
            yield _finding(one, f"other decisions link these reports ({steps}); correct the wrong one")


def _finding(one: _Decision, message: str) -> Finding:
    return Finding("decisions", one.line, "decision", f"{one.a} and {one.b} are {one.kind!r} here, but {message}")


def _ways(joined: list[_Decision]) -> Mapping[str, list[tuple[str, _Decision]]]:
    """Return for each report those it is joined to, and by which decision."""
    ways: dict[str, list[tuple[str, _Decision]]] = defaultdict(list)
    for one in joined:
        ways[one.a].append((one.b, one))
        ways[one.b].append((one.a, one))
    return ways


def _chain(ways: Mapping[str, list[tuple[str, _Decision]]], start: str, end: str) -> list[_Decision]:
    """Return the shortest chain of decisions that joins two reports, earliest lines first; empty where none does."""
    reached: dict[str, list[_Decision]] = {start: []}
    waiting = deque([start])
    while waiting and end not in reached:
        here = waiting.popleft()
        for other, by in ways.get(here, ()):
            if other not in reached:
                reached[other] = [*reached[here], by]
                waiting.append(other)
    return reached.get(end, [])
