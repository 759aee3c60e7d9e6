"""Strikes and labour disputes: official statistics first, then what the collection holds."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.display.messages import say
from socdialog.display.parts import Figure, Part, caution
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import official_strikes, reported_disputes


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the official statistics of strikes and lockouts, and the reported disputes."""
    official = tuple(official_strikes.parts(context))
    disputes = reported_disputes.disputes_of(context, context.with_undated["events"])
    yield from official
    if disputes.height and any(isinstance(part, Figure) for part in official) and not context.represents:
        yield caution(*say("disputes.not_comparable"), kind="not_comparable")
    yield from reported_disputes.parts(context, disputes)
