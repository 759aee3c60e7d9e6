"""The minimum wage leads with the latest amount in force; changes are drawn, amounts of other scopes are folded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from small_page import small_page

from socdialog.display.parts import Figure, Folded, Part, Sentence, Table, Value, plain
from socdialog.profiles.country import minimum_wage


def wage(begin: str | None, value: float, scope: str = "national", **cells: object) -> Mapping[str, object]:
    first = None if begin is None else date.fromisoformat(f"{begin}-01-01"[:10])
    about = {"country": "PER", "currency": "PEN", "per": "month", "scope": scope, "from": begin, "from_first": first}
    return about | {"value": value} | cells


def parts(*wages: Mapping[str, object], **tables: list[Mapping[str, object]]) -> list[Part]:
    return list(minimum_wage.parts(small_page(edition="2024-06", minimum_wages=list(wages), **tables)))


def sentences(found: list[Part]) -> list[str]:
    return [part.text for part in found if isinstance(part, Sentence)]


def test_no_data_and_no_dated_amount_are_said_in_words() -> None:
    assert sentences(parts()) == ["No data found on minimum wages."]
    found = parts(wage(None, 100))
    assert sentences(found) == ["No data found on a minimum wage for workers in general with a first day."]
    (folded,) = (part for part in found if isinstance(part, Folded))
    assert folded.summary == "1 minimum wage found"


def test_one_amount_is_a_sentence_and_no_chart() -> None:
    found = parts(wage("2022-07-01", 100))
    assert sentences(found) == ["The latest minimum wage found is PEN 100 a month, in force since 1 July 2022."]
    assert not any(isinstance(part, Figure) for part in found)


def test_changes_are_drawn_up_to_the_edition_and_the_future_is_only_listed() -> None:
    found = parts(wage("2020", 1000), wage("2022", 1200), wage("2025-01-01", 1500), wage("2021", 9, "nurses"))
    assert sentences(found) == ["The latest minimum wage found is PEN 1,200 a month, in force since 2022."]
    (figure,) = (part for part in found if isinstance(part, Figure))
    assert figure.key == "minimum-wage"
    assert figure.title == "Minimum wage in Peru: PEN 1,200 a month from 2022"
    assert figure.alt.startswith("The minimum wage in Peru was PEN 1,000 a month from 2020 and PEN 1,200 a month")
    values = figure.chart["layer"][0]["data"]["values"] if "data" in figure.chart["layer"][0] else None
    assert values is None or {row["value"] for row in values} == {1000, 1200}
    assert figure.table is not None
    assert [plain([row[0]]) for row in figure.table.rows] == ["2022", "2020"]  # type: ignore[list-item]
    (folded,) = (part for part in found if isinstance(part, Folded))
    table = folded.parts[0]
    assert isinstance(table, Table)
    assert [plain([row[0]]) for row in table.rows] == [  # type: ignore[list-item]
        "1 January 2025 (after this edition)",
        "2022",
        "2021",
        "2020",
    ]


def test_gross_and_net_are_named_and_the_list_of_all_is_left_out_where_the_chart_has_it() -> None:
    found = parts(wage("2020", 1000, "net"), wage("2022", 1200, "net"), wage("2022", 1500, "gross"))
    (said,) = sentences(found)
    assert said == (
        "The latest minimum wage found is PEN 1,500 a month (gross) and PEN 1,200 a month (net), in force since 2022."
    )
    assert not any(isinstance(part, Folded) for part in found)


def test_a_disputed_amount_leads_to_its_entry_and_the_sources_are_named_next_to_it() -> None:
    wages = [wage("2022", 1000, row_id="minimum_wages:a"), wage("2022", 1100, row_id="minimum_wages:b")]
    disagreement = {
        "disagreement_id": "cf-1",
        "kind": "between_sources",
        "check": "wage_floor",
        "status": "open",
        "indicator": "minimum_wage",
        "row_ids": ["minimum_wages:a", "minimum_wages:b"],
        "details": '{"amounts": [{"value": 1000, "currency": "PEN"}, {"value": 1100, "currency": "PEN"}], '
        '"since": "2022", "per": "per month"}',
    }
    found = parts(*wages, disagreements=[disagreement])
    assert sentences(found)[1] == "What was the minimum wage from 2022? PEN 1,000 or PEN 1,100."
    (figure,) = (part for part in found if isinstance(part, Figure))
    assert figure.table is not None
    marks = {cell.disputed for row in figure.table.rows if isinstance(cell := row[1], Value)}
    assert marks == {"disagreement-cf-1"}
