"""Reported events: how many, by year and family, the latest eight, and counts that are links to exactly their list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from small_page import dated, small_page

from socdialog.display.parts import Figure, Folded, Part, Sentence, Table, Value, cell_spans, plain
from socdialog.profiles.country import reported_events
from socdialog.store.study import Notes

Row = Mapping[str, object]


def event(name: str, day: str | None = "2020-05-01", kind: str = "strike", **more: object) -> Row:
    about = {"event_id": name, "row_id": f"events:{name}", "label": f"Event {name}", "kind": kind, "status": "held"}
    basis = {"date_basis": "printed" if day else "unknown"}
    return about | dated("start_date", day) | basis | {"countries": ["PER"], "n_sources": 1} | more


def made(events: Sequence[Row], notes: Notes | None = None, **tables: Sequence[Row]) -> list[Part]:
    sources = {"sources": [{"source_id": "s", "publisher": "P", **dated("published", "2020")}]} | tables
    return list(reported_events.parts(small_page(events=events, notes=notes, **sources)))


def said(parts: Sequence[Part]) -> list[str]:
    return [part.text for part in parts if isinstance(part, Sentence)]


def cells(table: Table) -> list[list[str]]:
    return [[plain(cell_spans(cell)) for cell in row] for row in table.rows]


def chart(parts: Sequence[Part]) -> Figure:
    return next(part for part in parts if isinstance(part, Figure))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (["2020"], "The collection holds 1 event in 2020, based on 1 source from 1 publisher."),
        (["2018", "2020-05"], "The collection holds 2 events from 2018 to 2020, based on 1 source from 1 publisher."),
        (
            ["2020", None],
            "The collection holds 2 events in 2020, based on 1 source from 1 publisher. One event is undated.",
        ),
    ],
)
def test_the_lead_has_years_sources_and_publishers(days: Sequence[str | None], text: str) -> None:
    assert said(made([event(str(at), day) for at, day in enumerate(days)]))[0] == text


def test_a_register_is_called_a_register_and_may_be_compared_over_time() -> None:
    notes = replace(Notes(), collection="register")
    parts = made([event("a")], notes)
    assert said(parts)[0].startswith("The register holds 1 event")
    assert chart(parts).title == "Peru: 1 reported event in the register, by year, 2020"
    assert "not comparable" not in chart(parts).subtitle
    assert "not comparable over time" in chart(made([event("a")])).subtitle


def test_without_events_the_sources_that_were_read_are_named() -> None:
    assert said(made([]))[0] == "No events found in the one source on Peru."
    assert not [part for part in made([]) if isinstance(part, Figure | Table | Folded)]


def test_undated_events_alone_are_listed_without_a_chart() -> None:
    parts = made([event("a", None)])
    assert not [part for part in parts if isinstance(part, Figure)]
    (table,) = (part for part in parts if isinstance(part, Table))
    assert cells(table) == [["Event a", "undated", "Strike", "not stated"]]


def test_events_are_counted_by_year_and_family_and_each_year_leads_to_its_list() -> None:
    every = [
        event("a", "2018"),
        event("b", "2018", "meeting"),
        event("c", "2020", "protest"),
        event("d", "2020", "congress"),
        event("e", None, "meeting"),
    ]
    figure = chart(made(every))
    assert figure.title == "Peru: 5 reported events in the collection, by year, 2018–2020"
    assert figure.table is not None
    assert [column.heading for column in figure.table.columns] == [
        *("Year", "All events", "Disputes", "Dialogue", "Organisations")
    ]
    assert cells(figure.table) == [
        ["2020", "2", "1", "–", "1"],
        ["2018", "2", "1", "1", "–"],
        ["Year not stated", "1", "–", "1", "–"],
    ]
    links = [row[1].to for row in figure.table.rows if isinstance(row[1], Value)]
    assert links == [f"countries/PER-events.html#{anchor}" for anchor in ("year-2020", "year-2018", "undated")]
    assert "Disputes 2, Dialogue 1 and Organisations 1; one event without a certain year is left out." in figure.alt


def test_the_year_in_which_the_largest_source_starts_is_marked_unless_all_start_with_it() -> None:
    sources = [
        {"source_id": "old", "publisher": "Old", **dated("published", "2010")},
        {"source_id": "big", "publisher": "Big", **dated("published", "2018")},
    ]
    reports = [{"report_id": f"{one}#{at}", "source_id": one} for one, n in (("old", 1), ("big", 3)) for at in range(n)]
    figure = chart(made([event("a", "2010"), event("b", "2020")], sources=sources, reports=reports))
    assert "The dashed line marks 2018, the year of the first dated article of the largest source (Big)." in figure.alt
    alone = chart(made([event("a", "2018"), event("b", "2020")], sources=sources, reports=reports))
    assert "dashed line" not in alone.alt


def test_the_latest_eight_events_lead_to_their_entries_and_the_rest_to_the_page_of_all() -> None:
    parts = made([event(f"e{at:02}", f"2020-01-{at + 1:02}", status="announced") for at in range(9)])
    table = next(part for part in parts if isinstance(part, Table))
    assert table.caption == "Latest 8 of 9 reported events in Peru"
    assert cells(table)[0] == ["Event e08", "9 January 2020", "Strike (announced)", "not stated"]
    first = table.rows[0][0]
    assert isinstance(first, Value)
    assert first.to == "countries/PER-events.html#ev-e08"
    (every,) = (part for part in parts if isinstance(part, Sentence) and part.kind == "small")
    assert (every.text, every.spans[0].to) == ("All 9 reported events", "countries/PER-events.html")  # type: ignore[union-attr]
    eight = made([event(f"e{at}") for at in range(8)])
    assert next(part for part in eight if isinstance(part, Table)).caption == "Reported events in Peru"
    assert not [part for part in eight if isinstance(part, Sentence) and part.kind == "small"]


def test_counts_by_type_topic_and_side_are_folded_links() -> None:
    every = [event("a", topics=["wages", "safety"]), event("b", None), event("c", kind="meeting")]
    actors = [{"event_id": "a", "side": "workers", "role": "organiser"}]
    (folded,) = (part for part in made(every, actors=actors) if isinstance(part, Folded))
    by_type, by_topic, by_side = folded.parts
    assert isinstance(by_type, Table)
    assert cells(by_type) == [["Strike", "2"], ["Meeting", "1"]]
    count = by_type.rows[0][1]
    assert isinstance(count, Value)
    assert (count.to, count.evidence) == ("countries/PER-events.html#type-strike", ("events:a", "events:b"))
    assert isinstance(by_topic, Table)
    assert plain(by_topic.note) == "Coded for 1 of 3 events. An event can have several."
    assert isinstance(by_side, Table)
    assert cells(by_side) == [["Workers", "1"]]
