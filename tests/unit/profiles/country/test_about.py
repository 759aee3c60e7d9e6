"""About a page: its sources in one sentence, its citation, its downloads and its parameters."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_page import small_page

from socdialog.display.parts import Folded, Heading, Part, Sentence, Table, Value, plain
from socdialog.profiles.country import about
from socdialog.store.study import Notes


def parts(*publishers: str, notes: Notes | None = None) -> list[Part]:
    """Return the section for a page with a source and a report for each of these publishers."""
    sources: list[Mapping[str, object]] = [
        {
            "source_id": f"s{at}",
            "publisher": name.strip("*"),
            "language": "es" if name.startswith("*") else "en",
            "kind": "news",
        }
        for at, name in enumerate(publishers)
    ]
    reports = [{"report_id": f"s{at}#1", "source_id": f"s{at}"} for at in range(len(publishers))]
    return list(about.parts(small_page(sources=sources, citations=sources, reports=reports, notes=notes)))


@pytest.mark.parametrize(
    ("publishers", "said"),
    [
        ((), "The collection holds no sources on reported events."),
        (("Daily",), "The reported events are based on 1 source from one publisher, Daily."),
        (
            ("Daily", "Daily", "*Diario"),
            (
                "The reported events are based on 3 sources, 2 of them in English; the largest publisher, Daily, "
                "supplies 2 of 3 reports."
            ),
        ),
        (
            ("*Diario", "*Prensa"),
            (
                "The reported events are based on 2 sources, none of them in English; no publisher supplies more than "
                "1 of 2 reports."
            ),
        ),
    ],
)
def test_the_lead_says_how_many_sources_in_which_language_and_of_whom(publishers: tuple[str, ...], said: str) -> None:
    assert next(part.text for part in parts(*publishers) if isinstance(part, Sentence)) == said


def test_counts_lead_to_the_page_of_sources() -> None:
    (table,) = (part for part in parts("Daily", "Diario") if isinstance(part, Table) and part.key == "sources-by-type")
    ((name, count),) = table.rows
    assert (name, plain([count])) == ("News", "2")  # type: ignore[list-item]
    assert isinstance(count, Value)
    assert count.to == "countries/PER-sources.html#mix"


def test_the_subjects_have_the_ids_that_other_pages_link_to() -> None:
    keys = [part.key for part in parts("Daily") if isinstance(part, Heading)]
    assert keys == ["sources", "cite", "download", "built"]


def test_the_citation_names_what_the_study_states_and_nothing_else() -> None:
    notes = Notes(title="Strikes", publisher="Makers", site_address="https://a.example/")
    assert cited(notes) == (
        "Makers. (2024). Peru: profile of social dialogue (2024 edition, data ). In Strikes. "
        "https://a.example/countries/PER.html"
    )
    bare = Notes(title="Strikes")
    assert cited(bare) == "Peru: profile of social dialogue (2024 edition, data ). (2024). In Strikes."


def cited(notes: Notes) -> str:
    """Return the sentence under the heading Cite."""
    found = parts(notes=notes)
    (at,) = (place for place, part in enumerate(found) if isinstance(part, Heading) and part.key == "cite")
    assert isinstance(found[at + 1], Sentence)
    return found[at + 1].text  # type: ignore[union-attr]


def test_parameters_are_folded() -> None:
    bibtex, folded = (part for part in parts("Daily") if isinstance(part, Folded))
    assert bibtex.key == "bibtex"
    (table,) = folded.parts
    assert isinstance(table, Table)
    shown = {str(name): str(value) for name, value in table.rows}
    assert shown["Countries"] == "PER"
    assert shown["Names of people"].startswith("left out")
