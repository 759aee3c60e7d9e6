"""Tripartite bodies: how many, the latest recorded meeting, since when and by which law; and programmes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from small_page import small_page

from socdialog import dates
from socdialog.display.parts import Folded, Sentence, Table, Value
from socdialog.profiles.country import dialogue

Row = Mapping[str, object]
COUNCIL = {"country": "PER", "kind": "body", "name": "Council"}
BOARD = {"country": "PER", "kind": "body", "name": "Board", "date": "1990-03", "legal_basis": "Act"}


def meeting(name: str, day: str | None) -> tuple[Row, Row]:
    """A meeting in which the tripartite body of the country takes part: the event, and who takes part."""
    bounds = dates.bounds(day) if day else None
    event = {
        "event_id": name,
        "row_id": f"events:{name}",
        "label": f"Meeting {name}",
        "kind": "meeting",
        "status": "held",
        "countries": ["PER"],
        "start_date": day,
        "start_first": bounds and bounds.first,
        "start_last": bounds and bounds.last,
    }
    return event, {"event_id": name, "country": "PER", "side": "tripartite", "role": "organiser", "name": "Council"}


def made(institutions: Sequence[Row], *meetings: tuple[Row, Row], **tables: Sequence[Row]) -> list[object]:
    context = small_page(
        institutions=institutions,
        events=[event for event, _ in meetings],
        actors=[actor for _, actor in meetings],
        sources=[{"source_id": "s", "publisher": "P"}],
        **tables,
    )
    parts = list(dialogue.parts(context))
    keys = [getattr(part, "key", "") for part in parts]
    return parts[keys.index("tripartite-bodies") + 1 : keys.index("general-agreements")]


def said(parts: Sequence[object]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Sentence)]


@pytest.mark.parametrize(
    ("bodies", "begin"),
    [
        ([COUNCIL], "The Council is the tripartite body named in the sources."),
        ([COUNCIL, BOARD], "The Board and the Council are the tripartite bodies named in the sources."),
        ([{**COUNCIL, "name": f"Body {at}"} for at in range(4)], "The sources name 4 tripartite bodies."),
    ],
)
def test_bodies_are_named_and_many_are_counted(bodies: Sequence[Row], begin: str) -> None:
    parts = made(bodies)
    assert said(parts) == [begin, "No meetings of a tripartite body found in the one source on Peru."]


def test_the_latest_meeting_leads_to_its_event() -> None:
    parts = made([COUNCIL], meeting("ev-1", "2022-05-03"), meeting("ev-2", "2023-01"), meeting("ev-3", None))
    (lead,) = [part for part in parts if isinstance(part, Sentence)]
    assert lead.text.endswith("Its latest recorded meeting was in January 2023; later meetings may exist.")
    assert lead.spans[-2] == Value("in January 2023", ("events:ev-2",), to="countries/PER-events.html#ev-2")


def test_of_several_bodies_the_meeting_is_of_one_of_them() -> None:
    text = said(made([COUNCIL, BOARD], meeting("ev-1", "2022-05-03")))[0]
    assert text.endswith(
        "The latest recorded meeting of a tripartite body was on 3 May 2022; later meetings may exist."
    )


@pytest.mark.parametrize(
    ("n", "end"),
    [
        (1, "One meeting of a tripartite body was found; it is undated."),
        (2, "Two meetings of a tripartite body were found; all are undated."),
    ],
)
def test_meetings_without_a_date_are_counted(n: int, end: str) -> None:
    assert said(made([COUNCIL], *(meeting(f"ev-{at}", None) for at in range(n))))[0].endswith(end)


def test_what_other_tables_hold_on_a_body_is_said_in_place_of_an_absence() -> None:
    law = {"country": "PER", "kind": "law", "name": "Law on the commission"}
    (lead, none) = said(made([law]))
    assert lead == "No data found on tripartite bodies. The legal framework lists the Law on the commission."
    dated = {**law, "name": "Act on unions", "date": "2018-10-20"}
    (lead, _) = said(made([law, dated]))
    assert lead.endswith("The legal framework lists the Act on unions (2018) and the Law on the commission.")
    (lead, _) = said(made([{**law, "name": f"Law {number}"} for number in "abcd"]))
    assert lead.endswith("The legal framework lists 4 laws on social dialogue.")
    assert none.startswith("No meetings")
    assert said(made([], meeting("ev-1", "2022"))) == [
        "The latest recorded meeting of a tripartite body was in 2022; later meetings may exist."
    ]
    assert said(made([])) == ["No data found on tripartite bodies."]


def test_since_when_and_by_which_law_a_body_exists() -> None:
    assert said(made([BOARD]))[1:3] == ["The body was established in March 1990.", "Legal basis: Act."]
    (table,) = [part for part in made([BOARD, COUNCIL]) if isinstance(part, Table)]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Board", "March 1990", "Act"],
        ["Council", "not stated", "not stated"],
    ]
    assert not [part for part in made([COUNCIL, {**COUNCIL, "name": "Other"}]) if isinstance(part, Table)]


def test_programmes_are_folded_the_one_whose_last_stated_day_is_latest_first() -> None:
    named = [("Roadmap", None, "2024"), ("Plan", "2025", None), ("Country programme", "2021", "2026")]
    programmes = [
        {"country": "PER", "kind": "programme", "name": name, "date": start, "period_end": end}
        | {"period_end_last": end and dates.bounds(end).last, "date_last": start and dates.bounds(start).last}
        for name, start, end in named
    ]
    parts = list(dialogue.parts(small_page(institutions=programmes)))
    (folded,) = [part for part in parts if isinstance(part, Folded)]
    assert (folded.key, folded.summary) == ("programmes-list", "Programmes (3)")
    (table,) = folded.parts
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Country programme", "2021–2026"],
        ["Plan", "2025"],
        ["Roadmap", "until 2024"],
    ]
