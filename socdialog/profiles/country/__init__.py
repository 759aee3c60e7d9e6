"""The sections of a country's page, one subject a file, in reading order."""

from __future__ import annotations

from socdialog.display.parts import Section
from socdialog.profiles.country import (
    activity,
    actors,
    disputes,
    figures,
    glance,
    institutions,
    law,
    making,
    official,
    sources,
    standards,
    supervision,
    together,
)
from socdialog.profiles.desk import Desk


def sections(desk: Desk) -> tuple[Section, ...]:
    """Return every section of the page about one country."""
    return (
        glance.section(desk),
        actors.section(desk),
        law.section(desk),
        institutions.section(desk),
        activity.section(desk),
        together.section(desk),
        disputes.section(desk),
        figures.section(desk),
        figures.disagreements(desk),
        official.density(desk),
        standards.section(desk),
        supervision.section(desk),
        official.compliance(desk),
        supervision.wages(desk),
        official.other(desk),
        sources.section(desk),
        making.section(desk, title=f"{desk.about}: profile of social dialogue"),
    )
