"""``study.yaml`` is typed: every mistake is told at once, at its line, with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.codebook.terms import EXTENSIBLE, DeclaredCountry, OwnTerm
from socdialog.intake.notes import NotesRead, read_notes
from socdialog.intake.study_file import TermsEntry
from socdialog.store.study import StudyNotebook


def read(tmp_path: Path, text: str) -> NotesRead:
    path = tmp_path / "data" / "raw" / "study.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return read_notes({"study.yaml": path}, path.parent)


def lines(found: NotesRead) -> list[str]:
    return [str(problem).removeprefix("data/raw/study.yaml:") for problem in sorted(found.problems)]


WHOLE = """\
title: Strikes in West Africa
languages: [en, fr]
first_year: 1984
edition: 2026-05
licence: CC-BY-4.0
site_address: https://example.org/strikes/
comparison: false
collection: register
notebooks:
  - {file: wages.ipynb, run: for_each_country, title: Wages}
coders:
  ab: {label: First coder, definition: Coded every row.}
terms:
  event_kinds:
    walkout:
      label: Walkout
      definition: Workers leave work for some hours.
      like: strike
  units:
    shifts: {label: Shifts, definition: Shifts not worked., like: days, one: shift}
countries:
  XKX: {name: Kosovo, since: 2008}
"""


def test_every_entry_is_read_as_what_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert lines(found) == []
    notes = found.of_edition("2026-11-02")
    assert (notes.languages, notes.first_year, notes.edition) == (("en", "fr"), 1984, "2026-05")
    assert (notes.licence, notes.collection, notes.site_address) == (
        "CC-BY-4.0",
        "register",
        "https://example.org/strikes/",
    )
    assert not notes.compares(9)
    assert notes.notebooks == (StudyNotebook("wages.ipynb", "for_each_country", "Wages"),)
    assert notes.coders == {"ab": OwnTerm("First coder", "Coded every row.")}
    assert notes.terms["event_kinds"]["walkout"].like == "strike"
    assert notes.terms["units"]["shifts"].one == "shift"
    assert notes.countries == {"XKX": DeclaredCountry("Kosovo", 2008)}
    assert type(notes).from_json(notes.to_json()) == notes


def test_a_licence_is_told_in_words_where_the_study_does_not(tmp_path: Path) -> None:
    assert read(tmp_path, "licence: CC0-1.0\n").notes.data_licence == (
        "CC0 1.0. Public domain dedication by Creative Commons."
    )


def test_countries_are_compared_from_two_on_unless_the_study_says_otherwise(tmp_path: Path) -> None:
    notes = read(tmp_path, "title: Unions\n").notes
    assert (notes.compares(1), notes.compares(2)) == (False, True)


OF_A_USER = "which would be published; write it as https://example.org/site/"
WRONG = {
    "all at once": (
        "languages: [en, french]\nfirst_year: 203\ncomparison: maybe\ncollection: survey\nlicence: CC BY 4.0\n",
        [
            "1: languages: 'french' is not a known language; did you mean 'fr'?",
            "2: first_year: '203' is not a year from 1000 to 2999; write four digits, such as 2010",
            "3: comparison: is 'maybe'; write true or false",
            "4: collection: 'survey' is not a known kind of collection; known: register, sample, selection",
            "5: licence: 'CC BY 4.0' is not a known licence (SPDX); did you mean 'CC-BY-4.0'?",
        ],
    ),
    "a code of ours, at the line of another mistake": (
        "first_year: soon\nterms:\n  topics:\n    wages: {label: Pay, definition: Pay.}\n",
        [
            "1: first_year: 'soon' is not a year from 1000 to 2999; write four digits, such as 2010",
            "4: wages: 'wages' is already a code of socdialog; choose another code",
        ],
    ),
    "no definition": (
        "terms:\n  topics:\n    heat:\n      label: Heat\n",
        ["3: definition: is missing; write what it means, in one sentence"],
    ),
    "not like one of ours": (
        "terms:\n  event_kinds:\n    walkout:\n      label: Walkout\n      definition: x.\n      like: strke\n",
        ["6: like: 'strke' is not a known code of socdialog; did you mean 'strike'?; name a code of socdialog"],
    ),
    "a label that is there": (
        "terms:\n  roles:\n    chair: {label: host, definition: x.}\n",
        ["3: label: 'host' is the label of 'host' already; write a different label"],
    ),
    "no code": (
        "coders:\n  First Coder: {label: First, definition: x.}\n",
        ["2: First Coder: 'First Coder' is not a code; write lower-case letters, digits and _, such as 'work_to_rule'"],
    ),
    "an unknown vocabulary": (
        "terms:\n  sides:\n    crowd: {label: Crowd, definition: x.}\n",
        [
            "2: sides: 'sides' is not a known entry; known: event_kinds, org_levels, outcomes, roles, topics, units",
        ],
    ),
    "a country of ISO 3166-1": (
        "countries:\n  GHA: {name: Ghana}\n",
        ["2: GHA: 'GHA' is in ISO 3166-1 (Ghana) and needs no declaration; delete it"],
    ),
    "years the wrong way round": (
        "countries:\n  SUN: {name: Soviet Union, since: 1991, until: 1922}\n",
        ["2: until: 1922 is before since, 1991; correct one of them"],
    ),
    "names of notebooks that name no page, or another": (
        (
            "notebooks:\n"
            "  - {file: Wages 2024.ipynb, run: once, title: Wages}\n"
            "  - {file: comparison.ipynb, run: once, title: Ours}\n"
            "  - {file: a.ipynb, run: once, title: A}\n"
            "  - {file: a.ipynb, run: for_each_country, title: B}\n"
            "  - {file: b.ipynb, run: twice}\n"
        ),
        [
            (
                "2: file: 'Wages 2024.ipynb' cannot name a page; "
                "write lower-case letters, digits and _, such as wages.ipynb"
            ),
            "3: file: 'comparison.ipynb' is the name of a page or a notebook of every study; choose another name",
            "5: file: 'a.ipynb' is listed already; delete one of the entries",
            "6: run: is 'twice'; write for_each_country or once",
            "6: title: is missing; write the heading of its page",
        ],
    ),
    "an address with a password": (
        "site_address: https://a:b@b.org\n",
        [
            "1: site_address: 'https://a:b@b.org' is not the address of a site: it contains a user name or password, "
            + OF_A_USER,
        ],
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_at_its_line(tmp_path: Path, name: str) -> None:
    text, says = WRONG[name]
    assert lines(read(tmp_path, text)) == says


def test_each_vocabulary_that_a_study_may_add_to_has_its_entry() -> None:
    assert tuple(TermsEntry.model_fields) == EXTENSIBLE
