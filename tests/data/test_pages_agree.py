"""No page prints a sentence that another row of it refutes: rules over the finished parts of the shipped pages.

A clash that the data hold is no fault of a page as long as the page names it among its contradictions.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import socdialog as sd
from socdialog.codebook.attributes import attribute
from socdialog.display.parts import Section, Sentence, Table, Value, sentence, table
from socdialog.folding import fold

ROOT = Path(__file__).parents[2]


def spans(part):
    """Yield the spans of a sentence, or of the cells of a table."""
    if isinstance(part, Sentence):
        yield from part.spans
    elif isinstance(part, Table):
        for row in part.rows:
            for cell in row:
                yield from cell if isinstance(cell, tuple) else (cell,)


def rows_named(parts, key):
    """Return the ids of all rows that the table `key` of a page rests on."""
    tables = [part for part in parts if isinstance(part, Table) and part.key == key]
    return {row_id for part in tables for span in spans(part) if isinstance(span, Value) for row_id in span.evidence}


def refuted(sections, events):
    """Return the sentences of a page that another row of it refutes, and that it does not name as contradictions.

    `events` gives label, last possible day and reports of the events that took place, by their row.
    """
    parts = [part for section in sections for part in section.parts]
    named = rows_named(parts, "disagreements")
    shown = {row_id for part in parts for span in spans(part) if isinstance(span, Value) for row_id in span.evidence}
    on_page = {row_id: event for row_id, event in events.items() if row_id in shown}
    for part in (part for part in parts if isinstance(part, Sentence)):
        text = "".join(span.text if isinstance(span, Value) else span for span in part.spans)
        if "No contradiction" in text and named:
            yield text
        if "tripartite body" in text and ", last in " in text:
            told = [
                events[row] for span in part.spans if isinstance(span, Value) for row in span.evidence if row in events
            ]
            last = max((event["day"] for event in told if event["day"]), default=None)
            for event in on_page.values():
                later = last is not None and event["day"] is not None and event["day"] > last and event not in told
                if later and " tripartite " in f" {fold(event['label'])} " and not named & event["reports"]:
                    yield f"{text} / {event['label']}"


MET = Value("2 events", ("events:1",))
LATER = table("t", "T", ["event"], [(Value("Tripartite council", ("events:2",)),)])
NAMED = table("disagreements", "D", ["what"], [(Value("unseen", ("reports:b",)),)])
EVENTS = {
    "events:1": {"label": "Commission", "day": 1, "reports": {"reports:a"}},
    "events:2": {"label": "Tripartite council", "day": 2, "reports": {"reports:b"}},
}


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ((sentence("A tripartite body is seen in ", MET, ", last in May."),), 0),
        ((sentence("A tripartite body is seen in ", MET, ", last in May."), LATER), 1),
        ((sentence("A tripartite body is seen in ", MET, ", last in May."), LATER, NAMED), 0),
        ((sentence("No contradiction between sources was found."),), 0),
        ((sentence("No contradiction between sources was found."), NAMED), 1),
    ],
)
def test_a_refuted_sentence_is_found(parts, count):
    assert len(list(refuted([Section("s", "S", parts)], EVENTS))) == count


@pytest.mark.parametrize("country", ["KGZ", "TUR"])
def test_no_sentence_of_a_shipped_page_is_refuted_by_the_page(country):
    data = ROOT / "data"
    reports = sd.load_reports(data=data)
    told = reports.group_by("event_id").agg(pl.col("row_id"))
    events = {
        row["row_id"]: {"label": row["label"], "day": row["start_last"], "reports": set(row["row_id_right"] or ())}
        for row in sd.load_events(data=data).join(told, on="event_id", how="left").iter_rows(named=True)
        if attribute("event_statuses", row["status"], "happened") is True
    }
    assert list(refuted(sd.country_profile(country, data=data).sections, events)) == []
