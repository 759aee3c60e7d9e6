"""What does not fit the collection is told: countries outside it, a list begun and not complete, one report twice."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog.codebook.reviewed_files import reviewed
from socdialog.intake.checks import CheckContext, Finding
from socdialog.intake.checks.collection import (
    country_outside_study,
    missing_conventions,
    same_report_twice,
    same_text_twice,
)

COUNTRIES = [{"country": "KAZ"}, {"country": "UZB"}]


def test_an_event_of_no_country_of_the_study_is_told(judge) -> None:
    reports = [
        {"report_id": f"a#{n}", "countries": one} for n, one in enumerate(["KAZ", "DEU", "DEU;UZB", "DEU;FRA"], 1)
    ]
    found = judge(country_outside_study, countries=COUNTRIES, reports=reports)
    assert [(line, column) for line, column, _ in found] == [(3, "countries"), (5, "countries")]
    assert found[0][2].startswith("'DEU' is not a country of the study; no page shows the event")
    assert found[1][2].startswith("none of 'DEU;FRA' is a country of the study")
    assert judge(country_outside_study, reports=reports) == [], "the registry could not be read"


# ILO: the eleven fundamental instruments (with the Protocol of 2014), and the four governance conventions.
FUNDAMENTAL = ["C029", "C087", "C098", "C100", "C105", "C111", "C138", "C155", "C182", "C187", "P029"]
GOVERNANCE = ["C081", "C122", "C129", "C144"]


def listed(*codes: str) -> list[dict[str, str | None]]:
    return [{"convention": code, "group": "fundamental" if code in FUNDAMENTAL else "governance"} for code in codes]


def test_the_groups_are_those_of_the_ilo() -> None:
    assert reviewed("convention_groups.yaml")["whole"] == {"fundamental": FUNDAMENTAL, "governance": GOVERNANCE}


def test_a_list_that_is_begun_must_be_complete(judge) -> None:
    assert judge(missing_conventions, conventions=listed(*FUNDAMENTAL, *GOVERNANCE)) == []
    assert judge(missing_conventions, conventions=listed(*FUNDAMENTAL)) == [], "no governance convention at all"
    ((line, column, message),) = judge(missing_conventions, conventions=listed(*FUNDAMENTAL[:-2], *GOVERNANCE))
    assert (line, column) == (10, "group")
    assert message.startswith("the list of fundamental conventions lacks C187, P029; counts of the group need all")


def test_where_a_code_is_wrong_already_its_absence_is_not_told_too() -> None:
    reports = [{"countries": "KAZ"}, {"countries": "DEU"}]
    given = {"conventions": listed(*FUNDAMENTAL[:-1]), "countries": COUNTRIES, "reports": reports}
    frames = {
        name: pl.DataFrame(rows).with_columns(raw_line=pl.int_range(2, len(rows) + 2)) for name, rows in given.items()
    }
    context = CheckContext(frames, frames, {}, {}, date(2026, 11, 29))
    for rule, table, column in (
        (missing_conventions, "conventions", "convention"),
        (country_outside_study, "countries", "country"),
    ):
        assert len(list(rule(context))) == 1
        assert list(rule(context.without([Finding(table, 2, column, "is wrong")]))) == []


ROW = {
    "report_id": "a#1",
    "source_id": "a",
    "kind": "strike",
    "label": "Strike in Oral",
    "start_date": "2021",
    "recodes": None,
}
AGAIN = {**ROW, "report_id": "a#2"}


def test_a_report_under_two_ids_is_told_at_the_second(judge) -> None:
    ((line, column, message),) = judge(same_report_twice, reports=[ROW, AGAIN])
    assert (line, column) == (3, "report_id")
    assert message == "'a#2' says in every cell what 'a#1' in line 2 says; delete one of them"


def test_what_is_said_differently_or_recoded_is_no_report_twice(judge) -> None:
    assert judge(same_report_twice, reports=[ROW, {**AGAIN, "start_date": "2022"}]) == []
    assert judge(same_report_twice, reports=[ROW, {**AGAIN, "source_id": "b"}]) == []
    assert judge(same_report_twice, reports=[ROW, {**AGAIN, "recodes": "a#1"}]) == []
    figures = [{"report_id": "a#1", "value": "5"}, {"report_id": "a#2", "value": "6"}]
    assert judge(same_report_twice, reports=[ROW, AGAIN], figures=figures) == []
    same = [{"report_id": "a#1", "value": "5"}, {"report_id": "a#2", "value": "5"}]
    assert len(judge(same_report_twice, reports=[ROW, AGAIN], figures=same)) == 1
    assert len(judge(same_report_twice, reports=[ROW, AGAIN], figures=same[:1])) == 1, "one of the two says less"


TEXT = {
    "source_id": "a",
    "publisher": "A paper",
    "title": "Miners of Oral end their strike",
    "published": "2021-05-01",
    "copy_of": None,
}


def test_one_text_under_two_ids_is_told_at_the_second(judge) -> None:
    ((line, column, message),) = judge(same_text_twice, sources=[TEXT, {**TEXT, "source_id": "b"}])
    assert (line, column) == (3, "title")
    assert message.startswith("'b' has the publisher, title and date of 'a' in line 2; use one source per article")


def test_copies_that_are_declared_and_other_texts_are_silent(judge) -> None:
    for other in ({"copy_of": "a"}, {"published": "2021-05-02"}, {"publisher": "B"}, {"title": "Miners of Oral go on"}):
        assert judge(same_text_twice, sources=[TEXT, {**TEXT, "source_id": "b", **other}]) == []
    short = {**TEXT, "title": "Weekly news"}
    assert judge(same_text_twice, sources=[short, {**short, "source_id": "b"}]) == []
    undated = {**TEXT, "published": None}
    assert judge(same_text_twice, sources=[undated, {**undated, "source_id": "b"}]) == []
