"""The methods as a page: what each number of the pages measures, in plain words."""

from __future__ import annotations

from typing import NamedTuple

from socdialog import codebook
from socdialog.codebook.cldr import joined
from socdialog.display.messages import words
from socdialog.intake.disagreements.comparison import comparison
from socdialog.site.page_shell import SiteInfo, site_page

#: The measures in the order of the pages, each with the sections of a profile, or the pages, that use it.
_MEASURES = {
    "absences": ("general",),
    "dates": ("general",),
    "people": ("general",),
    "density": ("actors", "comparison_page"),
    "membership": ("actors", "organisations_page"),
    "meetings": ("dialogue",),
    "agreements": ("dialogue", "comparison_page"),
    "coverage": ("dialogue", "comparison_page"),
    "strikes": ("disputes", "comparison_page"),
    "disputes": ("disputes",),
    "rates": ("disputes",),
    "law": ("law",),
    "conventions": ("standards", "comparison_page"),
    "supervision": ("standards",),
    "compliance": ("standards", "comparison_page"),
    "wages": ("wages", "comparison_page"),
    "events": ("events", "events_page"),
    "independence": ("summary", "events_page", "comparison_page"),
    "disagreements": ("disagreements",),
    "participation": ("organisations_page",),
    "latest": ("comparison_page",),
}
_PAGES = frozenset({"general", "comparison_page", "organisations_page", "events_page"})
_PARTS = ("computed", "missing", "limits", "reference")


class Measure(NamedTuple):
    """What one number of the pages measures: each part with its heading."""

    key: str
    name: str
    question: str
    parts: tuple[tuple[str, str], ...]


def render_methods(site: SiteInfo) -> str:
    """Return the page of the methods."""
    measures = tuple(map(_measure, _MEASURES))
    return site_page("methods.html", words("methods.title"), site, measures=measures, comparison=verdicts())


def _measure(key: str) -> Measure:
    parts = [(words(f"methods.{part}"), words(f"methods.{key}_{part}")) for part in _PARTS]
    places = joined(
        words(f"methods.{place}" if place in _PAGES else f"section.{place}") or words("methods.key_figures")
        for place in _MEASURES[key]
    )
    name, question = words(f"methods.{key}_name"), words(f"methods.{key}_question")
    return Measure(key, name, question, (*parts, (words("methods.used_in"), places)))


def verdicts() -> list[tuple[str, str, str]]:
    """Return the table of comparison as readers see it: what the dimensions answer, the verdict, and why."""
    dimensions = codebook.vocabulary("comparison_dimensions")
    statuses = codebook.vocabulary("disagreement_statuses")
    names = {"agree": words("methods.agree"), "contradict": words("methods.contradict")}
    names |= {code: term.label for code, term in statuses.items()}
    return [
        (
            "; ".join(f"{dimensions[name].label}: {' or '.join(said)}" for name, said in row.when.items())
            or words("methods.nothing_else"),
            names[row.verdict],
            row.because,
        )
        for row in comparison().verdicts
    ]
