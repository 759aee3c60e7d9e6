"""A disagreement is listed once, national figures first, and the values it is about lead to it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from small_page import small_page

from socdialog import codebook
from socdialog.display.disagreement_questions import question
from socdialog.display.messages import catalogue
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import disputed

Row = Mapping[str, object]
#: The checks that ask for an amount, by its unit.
OF_AMOUNTS = {"within_text", "between_reports", "may_have_grown", "not_comparable", "rounding", "period_claims"}
FIGURE = {"report_id": "r#1", "country": "PER", "unit": "persons", "qualifier": "exact", "event_id": "ev-1"}


def disagreement(name: str, kind: str, check: str, row_ids: list[str], **cells: object) -> Row:
    details = cells.pop("details", {})
    about = {"status": "open", "country": "PER", "countries": ["PER"], "difference": None}
    return (
        about
        | {
            "row_id": f"disagreements:{name}",
            "disagreement_id": name,
            "kind": kind,
            "check": check,
            "row_ids": row_ids,
            "details": json.dumps(details),
        }
        | cells
    )


def amounts(*values: float, unit: str = "persons") -> Row:
    return {"amounts": [{"value": value, "unit": unit, "qualifier": "exact"} for value in values], "scope": []}


@pytest.fixture
def page() -> ProfileContext:
    return made("Mine strike")


def made(label: str) -> ProfileContext:
    figures = [
        FIGURE | {"row_id": "figures:1", "indicator": "workers_on_strike", "value": 10.0},
        FIGURE | {"row_id": "figures:2", "indicator": "workers_on_strike", "value": 12.0},
        FIGURE | {"row_id": "figures:3", "indicator": "strikes", "value": 3.0, "scope": "Peru, total"},
        FIGURE | {"row_id": "figures:4", "indicator": "strikes", "value": 4.0, "scope": "Peru"},
        FIGURE | {"row_id": "figures:5", "indicator": "strikes", "value": 4.0, "scope": "Lima"},
        FIGURE | {"row_id": "figures:6", "indicator": "disputes", "value": 9.0, "scope": "Peru"},
        FIGURE
        | {"row_id": "figures:7", "indicator": "union_members", "value": 9.0, "org_id": "cgt", "organisation": "CGT"},
    ]
    return small_page(
        figures=figures,
        events=[{"event_id": "ev-1", "label": label, "countries": ["PER"]}],
        organisations=[{"org_id": "cgt", "name": "CGT", "level": "peak", "country": "PER"}],
        conventions=[{"convention": "C087", "title": "Freedom of Association, 1948"}],
        disagreements=[
            disagreement("cf-a", "date", "first_day", ["reports:1"], event_id="ev-1"),
            disagreement(
                "cf-b",
                "between_sources",
                "between_reports",
                ["figures:1", "figures:2"],
                event_id="ev-1",
                indicator="workers_on_strike",
                details=amounts(10, 12),
            ),
            disagreement(
                "cf-c", "arithmetic", "share", ["figures:3", "figures:6"], event_id="ev-1", indicator="strikes"
            ),
            disagreement("cf-d", "ratification", "law_after_registration", ["ratifications:1"], indicator="C087"),
            disagreement(
                "cf-e", "between_sources", "claims", ["figures:7"], indicator="union_members", details=amounts(8, 9)
            ),
            disagreement("cf-f", "vintage", "releases", ["country_years:1"], status="revision"),
            disagreement(
                "cf-g",
                "within_text",
                "within_text",
                ["figures:5"],
                indicator="strikes",
                event_id="ev-1",
                details=amounts(4, 5, unit="count"),
            ),
        ],
    )


def test_national_figures_are_first_and_disagreements_between_sources_before_arithmetic(page: ProfileContext) -> None:
    found = disputed.contradictions(page).select("disagreement_id", "level").rows()
    assert found == [("cf-e", 0), ("cf-c", 0), ("cf-d", 1), ("cf-b", 2), ("cf-g", 2), ("cf-a", 2)]


def test_a_row_leads_to_its_entry_and_what_it_was_only_checked_against_does_not(page: ProfileContext) -> None:
    assert disputed.disputed(page) == {
        "figures:1": "disagreement-cf-b",
        "figures:2": "disagreement-cf-b",
        "figures:3": "disagreement-cf-c",
        "figures:5": "disagreement-cf-g",
        "figures:7": "disagreement-cf-e",
        "ratifications:1": "disagreement-cf-d",
        "reports:1": "disagreement-cf-a",
    }


def test_a_line_next_to_a_figure_is_for_disagreements_between_sources_only(page: ProfileContext) -> None:
    (line,) = disputed.sources_differ(page, ["figures:1", "figures:3", "figures:5"])
    assert line.kind == "differ"
    assert line.text == "Mine strike: how many workers on strike? 10 or 12."
    assert getattr(line.spans[0], "to", "") == "#disagreement-cf-b"
    assert list(disputed.sources_differ(page, ["figures:3"])) == []


def test_a_line_that_would_be_too_long_has_the_question_only() -> None:
    (line,) = disputed.sources_differ(made(" ".join(["word"] * 40)), ["figures:1"])
    assert "10 or 12" not in line.text


def test_questions_name_the_event_unless_the_figure_is_national(page: ProfileContext) -> None:
    asked = {
        row["disagreement_id"]: disputed.asked(page, row) for row in disputed.contradictions(page).iter_rows(named=True)
    }
    assert asked == {
        "cf-a": "Mine strike: when did it begin?",
        "cf-b": "Mine strike: how many workers on strike?",
        "cf-c": "Do the figures for the strikes add up?",
        "cf-d": "Freedom of Association, 1948: when was it ratified?",
        "cf-e": "CGT: how many trade union members?",
        "cf-g": "Mine strike: how many strikes?",
    }


@pytest.mark.parametrize("check", sorted(codebook.vocabulary("disagreement_checks")))
def test_every_check_has_a_question(check: str) -> None:
    valued = amounts(1, unit="percent") | {"value": 1, "since": "2020", "other": "B", "one": "A"}
    asked = question({"check": check, "details": json.dumps(valued)}, what="pay")
    assert asked.endswith("?")
    assert f"disagreements.asks_{check}" in catalogue() or check in OF_AMOUNTS


def test_no_data_no_disagreements() -> None:
    assert disputed.contradictions(small_page()).height == 0
    assert disputed.disputed(small_page()) == {}
