"""From judged pairs to events: the strongest links first, and never against what tells two apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Pair = tuple[int, int]


def pair(a: int, b: int) -> Pair:
    """Return two numbers in their order."""
    return (a, b) if a < b else (b, a)


@dataclass(slots=True)
class Groups:
    """Disjoint groups of numbers 0 to n - 1."""

    of: list[int]
    members: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def singles(cls, n: int) -> Groups:
        """Return `n` groups of one."""
        return cls(list(range(n)), {i: [i] for i in range(n)})

    def join(self, a: int, b: int) -> None:
        """Make one group of those of `a` and `b`."""
        small, large = sorted((self.of[a], self.of[b]), key=lambda g: (len(self.members[g]), g))
        if small == large:
            return
        for i in self.members[small]:
            self.of[i] = large
        self.members[large] += self.members.pop(small)

    def across(self, a: int, b: int) -> list[Pair]:
        """Return all pairs between the groups of `a` and `b`."""
        return [pair(x, y) for x in self.members[self.of[a]] for y in self.members[self.of[b]]]


def declared_groups(n: int, *, same: Iterable[Pair], different: frozenset[Pair]) -> Groups:
    """Join what is declared to be one event, in the given order.

    A pair declared different is never in one group: of a chain of declarations that would bring it
    together, the last one in the order (the weakest) does not join.
    """
    groups = Groups.singles(n)
    for a, b in same:
        if groups.of[a] != groups.of[b] and different.isdisjoint(groups.across(a, b)):
            groups.join(a, b)
    return groups


def link_groups(
    groups: Groups,
    *,
    links: Iterable[Pair],
    scores: Mapping[Pair, int],
    never: frozenset[Pair],
    undated: frozenset[int],
    crowd: frozenset[int],
    support: float,
    lead: int,
) -> dict[Pair, str]:
    """Join groups along `links`, the strongest first; return the links that could not join, with why.

    Two groups become one when no two of their reports tell of events that cannot be one (dates,
    countries, decisions), and when all pairs between them together, not only the one link, speak
    for it: their mean is at least `support`. An undated report joins only where it fits one event
    better than any other, by at least `lead` points.

    Parameters
    ----------
    groups
        The declared groups; changed in place.
    links
        Pairs that reach the points of one event, the strongest first.
    scores, never
        Points of the pairs compared, and those that cannot be one event or were decided not to be.
    undated
        Reports without any date.
    crowd
        Reports of which not all pairs were compared: a pair without points stands against.
    support, lead
        See above.
    """
    ordered = sorted(links, key=lambda both: not undated.isdisjoint(both))
    rivals: dict[int, list[int]] = {}
    for both in ordered:
        for one, other in (both, both[::-1]):
            if one in undated:
                rivals.setdefault(one, []).append(other)
    refused: dict[Pair, str] = {}
    for a, b in ordered:
        if groups.of[a] == groups.of[b]:
            continue
        across = groups.across(a, b)
        if a in crowd and not all(both in scores for both in across):
            refused[a, b] = "not_all_alike"
        elif not never.isdisjoint(across):
            refused[a, b] = "contradicted"
        elif sum(scores.get(both, 0) for both in across) < support * len(across):
            refused[a, b] = "others_against"
        elif any(
            scores[pair(one, rival)] > scores[a, b] - lead and groups.of[rival] not in (groups.of[a], groups.of[b])
            for one in (a, b)
            if one in undated and len(groups.members[groups.of[one]]) == 1
            for rival in rivals.get(one, ())
        ):
            refused[a, b] = "fits_several"
        else:
            groups.join(a, b)
    return refused


def components(n: int, links: Iterable[Pair]) -> Groups:
    """Return the groups that `links` hold together."""
    groups = Groups.singles(n)
    for a, b in links:
        groups.join(a, b)
    return groups
