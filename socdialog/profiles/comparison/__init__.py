"""The sections of the comparison of a region, one subject a file, in reading order.

Countries are in alphabetical order, never by value, and each name links to the section of its profile: what a value is
based on is there, so that the page stays light for any number of countries.
"""

from __future__ import annotations

from socdialog.display.messages import words
from socdialog.display.parts import Section
from socdialog.profiles.comparison import agreements, collection, conventions, latest_values, opening, wages
from socdialog.profiles.context import ProfileContext, sections_of
from socdialog.profiles.country import about

_SECTIONS = {
    "summary": opening.parts,
    "density": latest_values.density_and_coverage,
    "standards": conventions.parts,
    "compliance": latest_values.compliance,
    "strikes": latest_values.strikes,
    "agreements": agreements.parts,
    "wages": wages.parts,
    "collection": collection.parts,
    "about": about.of_comparison,
}


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the comparison, in reading order."""
    return sections_of(context, ((key, words(f"comparison.section_{key}"), parts) for key, parts in _SECTIONS.items()))
