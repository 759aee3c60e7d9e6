"""The sections of a country's page, one subject a file, in reading order."""

from __future__ import annotations

from socdialog.display.parts import Section
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import (
    about_page,
    activity_section,
    actors,
    co_participation_section,
    disputes_section,
    figures,
    glance,
    institutions_section,
    law,
    official_section,
    sources,
    standards_section,
    supervision,
)


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the page about one country."""
    return (
        glance.section(context),
        actors.section(context),
        law.section(context),
        institutions_section.section(context),
        activity_section.section(context),
        co_participation_section.section(context),
        disputes_section.section(context),
        figures.section(context),
        figures.disagreements(context),
        official_section.density(context),
        standards_section.section(context),
        supervision.section(context),
        official_section.compliance(context),
        supervision.wages(context),
        official_section.other(context),
        sources.section(context),
        about_page.section(context, title=f"{context.about}: profile of social dialogue"),
    )
