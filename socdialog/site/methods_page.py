"""The methods as a page: what each metric measures, how, and what it does not, with its worked examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup, escape

from socdialog import codebook
from socdialog.intake.disagreements.comparison import comparison
from socdialog.site.methods import PARTS, Subject, subjects
from socdialog.site.page_shell import Link, finish_page, render
from socdialog.site.pages import PageInfo

#: ``literal``, `name`, *emphasis*: what docstrings and specifications use.
_MARKED = re.compile(r"``(?P<literal>.+?)``|`(?P<name>[^`]+)`|\*(?P<words>\w[^*`]*\w)\*")


def render_methods(*, edition: str, site_title: str, neighbours: Sequence[Link]) -> str:
    """Return the page of the methods.

    Parameters
    ----------
    edition, site_title
        Of the site.
    neighbours
        The pages that exist.
    """
    page = PageInfo("methods.html", "Methods", "comparison", None, edition)
    found = subjects()
    places = _places(found)

    def marked(text: str, subject: str) -> Markup:
        return mark(text, subject=subject, places=places)

    html = render(
        "methods.html.j2",
        page=page,
        title=page.title,
        site_title=site_title,
        subjects=found,
        parts=PARTS,
        marked=marked,
        comparison=verdicts(),
    )
    return finish_page(html, page, neighbours=neighbours)


def verdicts() -> list[tuple[str, str, str]]:
    """Return the table of comparison as readers see it: what the dimensions answer, the verdict, and why."""
    dimensions = codebook.vocabulary("comparison_dimensions")
    statuses = codebook.vocabulary("disagreement_statuses")
    names = {"agree": "Agree", "contradict": "Contradict"} | {code: term.label for code, term in statuses.items()}
    return [
        (
            "; ".join(f"{dimensions[name].label}: {' or '.join(said)}" for name, said in row.when.items())
            or "Nothing else differs",
            names[row.verdict],
            row.because,
        )
        for row in comparison().verdicts
    ]


def mark(text: str, *, subject: str, places: Mapping[tuple[str, str], str]) -> Markup:
    """Escape `text` and set its literals, names and emphasis as HTML; a name with a place becomes a link.

    Parameters
    ----------
    text
        As a docstring or a specification has it.
    subject
        Where it stands; a name is looked for there first.
    places
        Ids on the page by subject and name.
    """
    done = Markup()
    at = 0
    for found in _MARKED.finditer(text):
        done += escape(text[at : found.start()]) + _set(found, subject, places)
        at = found.end()
    return done + escape(text[at:])


def _set(found: re.Match[str], subject: str, places: Mapping[tuple[str, str], str]) -> Markup:
    if found["words"]:
        return Markup("<em>{}</em>").format(found["words"])
    name = found["literal"] or found["name"]
    elsewhere = sorted(place for (_, public), place in places.items() if public == name)
    place = places.get((subject, name)) or (elsewhere[0] if elsewhere else None)
    code = Markup("<code>{}</code>").format(name)
    return code if found["literal"] or place is None else Markup('<a href="#{}">{}</a>').format(place, code)


def _places(found: Sequence[Subject]) -> dict[tuple[str, str], str]:
    every = (one for subject in found for one in (*subject.methods, *subject.steps))
    return {(one.subject, one.name): f"{one.subject}-{one.name}" for one in every}
