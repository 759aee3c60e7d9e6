"""No page prints what another row of it refutes: each law is seen to fail, and every shipped page keeps all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import page_laws as laws
import polars as pl
import pytest

import socdialog as sd
from socdialog.display.parts import Card, Cards, Claim, Disagreement, Section, Value, sentence, table

ROOT = Path(__file__).parents[2]
EDITION = date(2026, 11, 30)
TABLES = (
    *("institutions", "minimum_wages", "memberships", "ratifications", "supervision", "events"),
    *("organisations", "indicators", "country_years", "ratification_counts", "affiliations", "legal_framework"),
)


def page(*parts, **rows):
    """A page of parts, with rows of tables as an author of a law needs them."""
    told = {row_id: {"row_id": row_id, "table": row_id.partition(":")[0], **row} for row_id, row in rows.items()}
    return laws.Page("KAZ", parts, told, EDITION)


def listed(*row_ids, key="t"):
    return table(key, "T", ["what"], [(Value(row_id, (row_id,)),) for row_id in row_ids])


def naming(*row_ids):
    return Disagreement("d", "?", tuple(Claim(Value(row_id, (row_id,)), "-") for row_id in row_ids), "-", "open")


def event(day, label="Tripartite council", **more):
    row = {"label": label, "start_first": day, "start_last": day, "start_date": str(day), "status": "held"}
    return row | {"kind": "meeting", "end_date": None, "report_ids": ["a#1"]} | more


MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
LAST = sentence("A tripartite body met, last in ", Value("May", ("events:1",)), ".")
MEETINGS = {"events:1": event(MAY, "Commission"), "events:2": event(JUNE)}
NO_WAGES = sentence(Value("No data found on minimum wages for Kazakhstan.", absent=True))
NO_STRIKES = sentence(Value("No strikes", absent=True), " were found in the ", Value("3 texts", ("sources:1",)), ".")
CITY = {"kind": "agreement", "name": "City agreement", "place_id": "kaz-city", "status": None, "date": "2020"}
PLAN = CITY | {"place_id": None, "status": "announced", "date": None}
COVER = sentence("An agreement was in place in ", Value("12 months", ("institutions:1",)), ".")
GROUP = {"country": "KAZ", "currency": "KZT", "per": "month", "scope": "national"}
OLD, NEW = (GROUP | {"value": value, "from": str(day), "from_first": day} for value, day in ((1, MAY), (2, JUNE)))
WAGE = Cards("c", (Card("Minimum wage in force", Value("1 KZT", ("minimum_wages:1",))),))
WAGES = {"minimum_wages:1": OLD, "minimum_wages:2": NEW}
MANY = {"population": "members", "value": 3_000_000}
STAFF = {
    "memberships:1": MANY,
    "country_years:1": {"country": "KAZ", "indicator": "EMP", "unit": "thousand_persons", "value": 2000},
    "indicators:1": {"indicator": "EMP", "shown_with": "employees"},
}
RATIFIED = {"country": "KAZ", "convention": "C087", "status": "in_force", "status_as_of": "2020"}
RATIFIED |= {"status_as_of_last": date(2020, 12, 31)}
COMMENT = {"country": "KAZ", "convention": "C087", "body": "ceacr_observation", "year": 2023}
COUNT = sentence(Value("2 of 10", ("ratifications:1", "ratifications:2")), " conventions in force.")
ONGOING = event(date(2023, 1, 1), "Strike", status="ongoing", kind="strike")
GENERAL = {"kind": "agreement", "name": "General Agreement 2020-2022", "date": None}
SIGNED = event(MAY, "General Agreement 2020-2022 signed", kind="agreement")


@pytest.mark.parametrize(
    ("law", "given", "refuted"),
    [
        (laws.absent_and_shown, page(NO_WAGES, **WAGES), 0),
        (laws.absent_and_shown, page(NO_WAGES, listed("minimum_wages:1"), **WAGES), 1),
        (laws.absent_and_shown, page(NO_STRIKES, listed("events:1"), **{"events:1": event(MAY, kind="strike")}), 1),
        (laws.absent_and_shown, page(NO_STRIKES, listed("events:1"), **{"events:1": event(MAY)}), 0),
        (laws.absent_and_shown, page(sentence("No contradictions were found."), naming("figures:1")), 1),
        (laws.absent_and_shown, page(sentence("No contradictions were found.")), 0),
        (laws.later_meeting, page(LAST, **MEETINGS), 0),
        (laws.later_meeting, page(LAST, listed("events:2"), **MEETINGS), 1),
        (laws.later_meeting, page(LAST, listed("events:2"), naming("reports:a#1"), **MEETINGS), 0),
        (laws.later_meeting, page(LAST, listed("events:2"), **MEETINGS | {"events:2": event(JUNE, "Forum")}), 0),
        (
            laws.later_meeting,
            page(LAST, listed("events:2"), **MEETINGS | {"events:2": event(JUNE, status="announced")}),
            0,
        ),
        (laws.cover_of_a_part, page(COVER, **{"institutions:1": CITY}), 1),
        (laws.cover_of_a_part, page(COVER, **{"institutions:1": PLAN}), 1),
        (laws.cover_of_a_part, page(COVER, **{"institutions:1": CITY | {"place_id": None}}), 0),
        (laws.cover_of_a_part, page(listed("institutions:1"), **{"institutions:1": CITY}), 0),
        (
            laws.signed_and_undated,
            page(listed("institutions:1", "events:1"), **{"institutions:1": GENERAL, "events:1": SIGNED}),
            1,
        ),
        (
            laws.signed_and_undated,
            page(listed("institutions:1"), **{"institutions:1": GENERAL, "events:1": SIGNED}),
            0,
        ),
        (
            laws.signed_and_undated,
            page(
                listed("institutions:1", "events:1"),
                naming("institutions:1"),
                **{"institutions:1": GENERAL, "events:1": SIGNED},
            ),
            0,
        ),
        (laws.wage_in_force, page(WAGE, listed("minimum_wages:2"), **WAGES), 1),
        (laws.wage_in_force, page(WAGE, **WAGES), 0),
        (laws.wage_in_force, page(WAGE, listed("minimum_wages:2"), naming("minimum_wages:2"), **WAGES), 0),
        (
            laws.wage_in_force,
            page(
                WAGE, listed("minimum_wages:2"), **WAGES | {"minimum_wages:2": NEW | {"from_first": date(2027, 1, 1)}}
            ),
            0,
        ),
        (
            laws.wage_in_force,
            page(WAGE, listed("minimum_wages:2"), **WAGES | {"minimum_wages:2": NEW | {"scope": "mining"}}),
            0,
        ),
        (laws.members_above_employees, page(listed("memberships:1"), **STAFF), 1),
        (laws.members_above_employees, page(listed("memberships:1"), naming("memberships:1"), **STAFF), 0),
        (
            laws.members_above_employees,
            page(listed("memberships:1"), **STAFF | {"memberships:1": MANY | {"value": 2_000_000}}),
            0,
        ),
        (laws.conventions_counted, page(COUNT, **{"ratifications:1": RATIFIED, "ratifications:2": RATIFIED}), 0),
        (
            laws.conventions_counted,
            page(COUNT, **{"ratifications:1": RATIFIED, "ratifications:2": RATIFIED | {"status": "not_ratified"}}),
            1,
        ),
        (
            laws.status_and_comment,
            page(listed("ratifications:1", "supervision:1"), **{"ratifications:1": RATIFIED, "supervision:1": COMMENT}),
            1,
        ),
        (
            laws.status_and_comment,
            page(
                listed("ratifications:1", "supervision:1"),
                **{"ratifications:1": RATIFIED, "supervision:1": COMMENT | {"year": 2020}},
            ),
            0,
        ),
        (laws.not_over, page(listed("events:1"), **{"events:1": ONGOING}), 1),
        (laws.not_over, page(listed("events:1"), naming("reports:a#1"), **{"events:1": ONGOING}), 0),
        (laws.not_over, page(listed("events:1"), **{"events:1": ONGOING | {"start_first": date(2024, 1, 1)}}), 0),
    ],
)
def test_each_law_is_seen_to_fail(law, given, refuted):
    assert len(list(law(given))) == refuted


def test_a_section_s_folded_parts_are_looked_at_too():
    frames = {"minimum_wages": pl.DataFrame({"row_id": ["minimum_wages:1"]})}
    found = laws.Page.of("KAZ", [Section("s", "S", (NO_WAGES, listed("minimum_wages:1")))], frames, edition=EDITION)
    assert len(list(laws.absent_and_shown(found))) == 1


@pytest.fixture(scope="module")
def tables():
    return {name: sd.load(name, data=ROOT / "data") for name in TABLES}


@pytest.mark.parametrize("country", ["ARM", "AZE", "GEO", "KAZ", "KGZ", "TJK", "TKM", "TUR", "UZB"])
def test_no_sentence_of_a_shipped_page_is_refuted_by_the_page(country, tables):
    profile = sd.country_profile(country, data=ROOT / "data")
    finished = laws.Page.of(country, profile.sections, tables, edition=EDITION)
    assert [refuted for law in laws.LAWS for refuted in law(finished)] == []
