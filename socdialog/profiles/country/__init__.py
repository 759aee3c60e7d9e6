"""The sections of a country's page, one subject a file, in reading order."""

from __future__ import annotations

from socdialog.display.messages import words
from socdialog.display.parts import Section
from socdialog.profiles.context import ProfileContext, sections_of
from socdialog.profiles.country import (
    about,
    actors,
    dialogue,
    disagreements,
    disputes,
    law,
    reported_events,
    standards,
    summary,
    wages,
)

_SECTIONS = {
    "summary": summary.parts,
    "actors": actors.parts,
    "dialogue": dialogue.parts,
    "disputes": disputes.parts,
    "law": law.parts,
    "standards": standards.parts,
    "wages": wages.parts,
    "events": reported_events.parts,
    "disagreements": disagreements.parts,
    "about": about.parts,
}


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the page about one country."""
    return sections_of(context, ((key, words(f"section.{key}"), parts) for key, parts in _SECTIONS.items()))
