"""Reported disputes: how many, of them strikes, the latest eight with their claims, bans, conflicts resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from small_page import small_page

from socdialog.display.parts import Folded, Sentence, Table, Value, plain
from socdialog.profiles.country import reported_disputes

Row = Mapping[str, object]


def event(name: str, kind: str = "strike", day: date | None = date(2020, 5, 1), **more: object) -> Row:
    about = {"event_id": name, "row_id": f"events:{name}", "label": f"Event {name}", "kind": kind, "status": "held"}
    dated = {"start_date": day and day.isoformat(), "start_first": day, "start_last": day, "date_basis": "printed"}
    return about | dated | {"countries": ["PER"], "n_sources": 1} | more


def figure(event_id: str, value: float, *, shown_with: str = "strike_workers", **more: object) -> Row:
    about = {"event_id": event_id, "shown_with": shown_with, "indicator": "workers_on_strike", "value": value}
    return about | {"report_id": "r#1", "country": "PER", "unit": "persons", "qualifier": "exact"} | more


def made(events: Sequence[Row], **tables: Sequence[Row]) -> list[object]:
    context = small_page(events=events, **({"sources": [{"source_id": "s", "publisher": "P"}]} | tables))
    return list(reported_disputes.parts(context, reported_disputes.disputes_of(context, context["events"])))


def said(parts: Sequence[object]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Sentence)]


def listed(parts: Sequence[object]) -> Table:
    return next(part for part in parts if isinstance(part, Table) and part.key == "disputes")


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (["strike"], "The collection holds 1 reported dispute, a strike."),
        (["protest"], "The collection holds 1 reported dispute; it is not a strike."),
        (["protest", "strike_notice"], "The collection holds 2 reported disputes; none of them is a strike."),
        (["strike", "protest"], "The collection holds 2 reported disputes, 1 of them a strike."),
        (["strike", "strike"], "The collection holds 2 reported disputes, both of them strikes."),
        (["strike"] * 3, "The collection holds 3 reported disputes, all of them strikes."),
    ],
)
def test_disputes_and_strikes_are_counted_for_any_number(kinds: Sequence[str], text: str) -> None:
    parts = made([event(f"ev-{at}", kind) for at, kind in enumerate(kinds)] + [event("ev-x", "meeting")])
    assert said(parts)[0] == text


def test_a_count_leads_to_exactly_its_list() -> None:
    lead = next(part for part in made([event("ev-1"), event("ev-2", "protest")]) if isinstance(part, Sentence))
    assert [one.to for one in lead.spans if isinstance(one, Value)] == [
        "countries/PER-events.html#set-disputes",
        "countries/PER-events.html#type-strike",
    ]


@pytest.mark.parametrize(
    ("n", "end"),
    [(1, "both of them strikes. One of them is undated."), (2, "all of them strikes. Two of them are undated.")],
)
def test_undated_disputes_are_counted_and_said_to_be_undated(n: int, end: str) -> None:
    parts = made([event("ev-1"), *(event(f"ev-u{at}", day=None) for at in range(n))])
    assert said(parts)[0].endswith(f", {end}")
    assert [plain((row[1],)) for row in listed(parts).rows][-1] == "undated"


def test_without_a_dated_dispute_the_sources_searched_are_named() -> None:
    assert said(made([]))[0] == "No strikes, strike notices or protests found in the one source on Peru."


def test_the_latest_eight_are_shown_and_the_list_of_all_is_one_step_away() -> None:
    parts = made([event(f"ev-{day:02}", day=date(2020, 5, day)) for day in range(1, 11)])
    table = listed(parts)
    assert table.caption == "Latest 8 of 10 reported disputes in Peru"
    assert [row[0].text for row in table.rows] == [f"Event ev-{day:02}" for day in range(10, 2, -1)]
    assert isinstance(table.rows[0][0], Value)
    assert table.rows[0][0].to == "countries/PER-events.html#ev-10"
    assert table.note[-1] == Value("All 10 reported disputes", to="countries/PER-events.html#set-disputes")
    assert "All " not in plain(listed(made([event("ev-1"), event("ev-2")])).note)


def test_claims_are_listed_each_once_with_whom_they_count() -> None:
    figures = [
        figure("ev-1", 500, row_id="figures:1"),
        figure("ev-1", 500, row_id="figures:2"),
        figure("ev-1", 700, qualifier="more_than", scope="two mines"),
        figure("ev-1", 3, shown_with="dispute_workers", indicator="hunger_strikers"),
        figure("ev-2", 9, shown_with="reach", indicator="participants"),
    ]
    table = listed(made([event("ev-1"), event("ev-2", outcomes=["dispute_settled", "wage_increase"])], figures=figures))
    rows = {row[0].text: row[3:] for row in table.rows}
    workers, outcome = rows["Event ev-1"]
    assert isinstance(workers, tuple)
    assert [one.text for one in workers if isinstance(one, Value)] == [
        "3 (hunger strikers)",
        "500",
        "more than 700 (two mines)",
    ]
    assert workers[1] == Value("500", ("figures:1", "figures:2"))
    assert plain((outcome,)) == "not stated"
    assert plain(rows["Event ev-2"]) == "not statedDispute resolved and wage increase"
    assert plain(table.note).startswith(
        "The number of workers is stated for 1 of the 2 reported disputes, the outcome for 1."
    )


def test_a_value_that_another_contradicts_leads_to_the_entry() -> None:
    figures = [figure("ev-1", 500, row_id="figures:1"), figure("ev-1", 700, row_id="figures:2")]
    between = {"disagreement_id": "cf-1", "row_ids": ["figures:1", "figures:2"], "kind": "between_sources"}
    between |= {"status": "open", "check": "between_reports", "indicator": "workers_on_strike", "details": "{}"}
    table = listed(made([event("ev-1")], figures=figures, disagreements=[between]))
    cell = table.rows[0][3]
    assert [one.disputed for one in cell if isinstance(one, Value)] == ["disagreement-cf-1"] * 2


@pytest.mark.parametrize(
    ("banned", "text"),
    [
        (0, None),
        (1, "Of 3 strikes and strike notices with a known outcome, 1 was banned or postponed"),
        (2, "Of 3 strikes and strike notices with a known outcome, 2 were banned or postponed"),
    ],
)
def test_bans_are_counted_among_strikes_with_a_known_outcome(banned: int, text: str | None) -> None:
    events = [
        event(f"ev-{at}", outcomes=["strike_banned" if at < banned else "dispute_settled"]) for at in range(3)
    ] + [event("ev-none")]
    found = [one for one in said(made(events)) if "banned" in one]
    assert found == ([] if text is None else [f"{text} by an authority or court."])


def test_conflicts_claimed_to_be_resolved_are_folded_claim_by_claim() -> None:
    pair = {"report_id": "r#1", "attributed_to": "Federation", "period_start": "2024", "period_end": "2024"}
    figures = [
        figure("ev-1", 68, shown_with="conflicts", indicator="labour_conflicts", **pair),
        figure("ev-1", 49, shown_with="conflicts_resolved", indicator="labour_conflicts_resolved", **pair),
    ]
    (folded,) = [part for part in made([event("ev-1")], figures=figures) if isinstance(part, Folded)]
    assert folded.summary == "Claimed conflicts resolved without a strike (1)"
    (table,) = folded.parts
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [["Federation", "2024", "68", "49"]]
    assert [column.numeric for column in table.columns] == [False, False, True, True]
