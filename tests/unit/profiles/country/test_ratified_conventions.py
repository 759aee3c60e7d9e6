"""Ratified conventions: a count of each group, what is not known of which, and a list that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from small_page import small_page

from socdialog.display.parts import Folded, Part, Sentence, Table, Value, plain
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import ratified_conventions

Row = Mapping[str, object]


def convention(code: str, group: str) -> Row:
    first = date(1950, 1, 1)
    return {
        "convention": code,
        "title": f"Title of {code[1:]} Convention, 1950",
        "group": group,
        "adopted_first": first,
    }


CONVENTIONS = [
    convention("C087", "fundamental"),
    convention("C098", "fundamental"),
    convention("C081", "governance"),
    convention("C095", "technical"),
]


def ratified(code: str, status: str = "in_force", as_of: str = "2024-03-01", **cells: object) -> Row:
    day = date.fromisoformat(as_of)
    known = {"status_as_of": as_of, "status_as_of_first": day, "status_as_of_last": day}
    since = {"ratified_on": "2000", "ratified_on_first": date(2000, 1, 1), "ratified_on_last": date(2000, 12, 31)}
    return {
        "country": "PER",
        "convention": code,
        "status": status,
        **known,
        **(since if status == "in_force" else {}),
    } | cells


def page(*found: Row, **tables: list[Row]) -> ProfileContext:
    return small_page(edition="2024-06", conventions=CONVENTIONS, ratifications=list(found), **tables)


def parts(*found: Row, **tables: list[Row]) -> list[Part]:
    return list(ratified_conventions.parts(page(*found, **tables)))


def lead(*found: Row) -> str:
    return next(part.text for part in parts(*found) if isinstance(part, Sentence))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "No data found on fundamental and governance conventions."),
        (
            [ratified("C087"), ratified("C098"), ratified("C081")],
            "Peru has 2 of 2 fundamental and 1 of 1 governance conventions in force.",
        ),
        (
            [ratified("C087"), ratified("C081")],
            (
                "Peru has 1 of 2 fundamental and 1 of 1 governance conventions in force; "
                "no data found on Convention No. 98."
            ),
        ),
        (
            [ratified("C087"), ratified("C098")],
            "Peru has 2 of 2 fundamental conventions in force; no data found on governance conventions.",
        ),
        (
            [ratified("C087"), ratified("C098", "not_ratified", "2019-05-01"), ratified("C081")],
            (
                "Peru has 1 of 2 fundamental and 1 of 1 governance conventions in force; "
                "the status of Convention No. 98 is out of date."
            ),
        ),
        (
            [ratified("C087"), ratified("C098", "not_ratified"), ratified("C081")],
            "Peru has 1 of 2 fundamental and 1 of 1 governance conventions in force.",
        ),
    ],
)
def test_the_lead_counts_what_is_in_force_and_names_what_is_not_known(found: list[Row], said: str) -> None:
    assert lead(*found) == said


def rows(table: Table) -> dict[str, list[str]]:
    return {plain([name]): [plain([cell]).replace("\u00a0", " ") for cell in cells] for name, *cells in table.rows}  # type: ignore[list-item]


def test_the_list_has_every_convention_of_the_groups_once_governance_last() -> None:
    (table,) = (
        part
        for part in parts(ratified("C087"), ratified("C098", "not_ratified", "2019-05-01"))
        if isinstance(part, Table)
    )
    assert rows(table) == {
        "No. 87 Title of 087": ["In force", "2000", "1 March 2024"],
        "No. 98 Title of 098": ["– (not ratified in 2019)", "–", "1 May 2019"],
        "No. 81 Title of 081": ["–", "–", "–"],
    }
    assert "The last row is a governance convention." in plain(table.note)


def test_technical_conventions_and_reported_totals_are_folded_and_not_counted() -> None:
    totals = [{"country": "PER", "count": 24, "source_kind": "union", "as_of": "2019"}]
    found = parts(ratified("C087"), ratified("C095"), ratification_counts=totals)
    technical, reported = (part for part in found if isinstance(part, Folded))
    assert isinstance(technical.parts[0], Table)
    assert list(rows(technical.parts[0])) == ["No. 95 Title of 095"]
    assert reported.summary == "1 reported total of ratified conventions"
    (total,) = (row[1] for row in reported.parts[0].rows if isinstance(reported.parts[0], Table))  # type: ignore[union-attr]
    assert isinstance(total, Value)
    assert (total.text, total.disputed) == ("24", "")


def test_a_disputed_total_leads_to_its_entry() -> None:
    totals = [
        {"row_id": f"ratification_counts:{n}", "country": "PER", "count": n, "source_kind": "union", "as_of": "2019"}
        for n in (24, 25)
    ]
    disagreement = {
        "disagreement_id": "cf-1",
        "kind": "between_sources",
        "check": "counts_of_one_date",
        "status": "open",
        "row_ids": ["ratification_counts:24", "ratification_counts:25"],
        "details": "{}",
    }
    found = parts(ratified("C087"), ratification_counts=totals, disagreements=[disagreement])
    shown = next(part for part in found if isinstance(part, Folded) and part.key == "totals-list").parts[0]
    assert isinstance(shown, Table)
    assert {cell.disputed for row in shown.rows if isinstance(cell := row[1], Value)} == {"disagreement-cf-1"}
