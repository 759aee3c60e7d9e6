"""Wages and working conditions: the minimum wage, and official statistics."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.display.parts import Part
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import minimum_wage, working_conditions


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the minimum wage and the latest official statistics on work."""
    yield from minimum_wage.parts(context)
    yield from working_conditions.parts(context)
