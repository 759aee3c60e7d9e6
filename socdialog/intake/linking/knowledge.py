"""What linking knows of the codes: the reviewed ``codebook/linking.yaml``, and the stages of a dispute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import permutations

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import attributes, with_alike
from socdialog.codebook.reviewed_files import reviewed, reviewed_as


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The reviewed knowledge of ``codebook/linking.yaml``."""

    kinds_that_go_together: tuple[tuple[str, str], ...]
    kind_that_may_be_any: str
    took_place: frozenset[str]
    durations: frozenset[str]
    unspecific: frozenset[str]
    side_that_parts: str
    side_that_gathers: str
    roles_that_part: frozenset[str]
    seldom_kinds: frozenset[str]
    talks: frozenset[str]
    sides_everywhere: frozenset[str]
    holds_parts: frozenset[str]
    can_be_part: frozenset[str]
    words_of_no_body: frozenset[str]
    news_kinds: frozenset[str]


@cache
def knowledge() -> Knowledge:
    """Return what the codebook knows for linking."""
    return reviewed_as(Knowledge, reviewed("linking.yaml"))


def related_kinds() -> pl.DataFrame:
    """Return the pairs ``kind``, ``kind_b`` of different kinds that may be one event told differently.

    A kind that the study added goes with the one it is like, and with all that this one goes with.
    """
    either = knowledge().kind_that_may_be_any
    pairs = [
        (own, other)
        for a, b in knowledge().kinds_that_go_together
        for own in with_alike("event_kinds", [a])
        for other in with_alike("event_kinds", [b])
    ]
    kinds = codebook.vocabulary("event_kinds")
    pairs += [(a, b) for kind in kinds for a, b in permutations(with_alike("event_kinds", [kind]), 2)]
    pairs += [(either, kind) for kind in kinds if kind != either]
    both = pairs + [(b, a) for a, b in pairs]
    return pl.DataFrame(both, schema=["kind", "kind_b"], orient="row").unique(maintain_order=True)


def dispute_stages() -> Mapping[str, str]:
    """Return the stage of a dispute that each kind of event is, of those that are one."""
    stages = attributes("event_kinds", "dispute_stage")
    return {code: str(stage) for code, stage in stages.items() if stage is not None}
