"""The sections of a country's page, one subject a file, in reading order."""

from __future__ import annotations

from socdialog.display.parts import Section
from socdialog.profiles.context import ProfileContext, sections_of
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

_SECTIONS = (
    ("glance", "At a glance", glance.parts),
    ("actors", "Actors", actors.parts),
    ("law", "Legal frame", law.parts),
    ("institutions", "Institutions of social dialogue", institutions_section.parts),
    ("activity", "Activity found", activity_section.parts),
    ("co_participation", "Who appears together", co_participation_section.parts),
    ("disputes", "Disputes and strikes", disputes_section.parts),
    ("figures", "Reported figures", figures.parts),
    ("disagreements", "Where sources disagree", figures.disagreements),
    ("density", "Trade union density and bargaining coverage", official_section.density),
    ("standards", "Labour standards ratified", standards_section.parts),
    ("supervision", "What the ILO's supervisory bodies said", supervision.parts),
    ("compliance", "National compliance with labour rights (SDG 8.8.2)", official_section.compliance),
    ("wages", "Minimum wages", supervision.wages),
    ("official", "Other official series", official_section.other),
    ("sources", "Sources", sources.parts),
    ("making", "How this page was made", about_page.parts("profile of social dialogue")),
)


def sections(context: ProfileContext) -> tuple[Section, ...]:
    """Return every section of the page about one country."""
    return sections_of(context, _SECTIONS)
