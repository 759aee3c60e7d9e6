"""International labour standards: ratified conventions, supervision by the ILO, and compliance with labour rights."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.display.parts import Part
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import ilo_supervision, labour_rights, ratified_conventions
from socdialog.profiles.country.ratified_conventions import counted_groups, in_force_of, ratifications

__all__ = ["counted_groups", "in_force_of", "parts", "ratifications"]


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show what is ratified, what supervisory bodies say, and the score of compliance."""
    yield from ratified_conventions.parts(context)
    yield from ilo_supervision.parts(context)
    yield from labour_rights.parts(context)
