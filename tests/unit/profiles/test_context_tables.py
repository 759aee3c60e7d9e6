"""What the context of a page makes of its tables: metrics, listings, names, reasons of dates."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.display.parts import Sentence, Table, Value, plain
from socdialog.metrics.activity import events_by
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.listing import text
from socdialog.store.study import Notes

EVENTS = pl.DataFrame(
    {
        "row_id": ["events:a", "events:b", "events:c"],
        "event_id": ["a", "b", "c"],
        "kind": ["strike", "strike", "meeting"],
        "date_basis": ["inferred", "printed", "inferred"],
    }
)
REPORTS = pl.DataFrame(
    {
        "report_id": ["r2", "r1", "r3", "r4"],
        "event_id": ["a", "a", "b", "c"],
        "date_reason": ["later", "days not printed; articles of 12 and 13 May", "odd", None],
        "note": ["", "date: not this", "", "date: nor this"],
    }
)


@pytest.fixture
def context() -> ProfileContext:
    tables = {
        "events": EVENTS,
        "reports": REPORTS,
        "countries": pl.DataFrame({"country": ["BBB", "AAA"], "name": ["Alpha", "Beta"]}),
        "places": pl.DataFrame({"place_id": ["p"], "name": ["Somewhere"]}),
    }
    return ProfileContext(("AAA", "BBB"), tables, Notes(region="Region"), None, None, "2026", "0" * 64)


def test_a_metric_takes_the_tables_by_their_names(context: ProfileContext) -> None:
    found = context.measured(events_by, field="kind")
    assert found.select("kind", "value").rows() == [("strike", 2.0), ("meeting", 1.0)]


def test_a_table_that_is_given_stands_for_that_of_the_page(context: ProfileContext) -> None:
    found = context.measured(events_by, field="kind", events=EVENTS.head(1))
    assert found.select("kind", "value").rows() == [("strike", 1.0)]


def test_an_empty_listing_says_which_absence_it_is_and_nothing_that_goes_with_rows(context: ProfileContext) -> None:
    none = context.no_data("strikes")
    more = {"also": (warning("none_found"),)}
    assert context.listing_or(none, "k", "w", EVENTS.clear(), {"kind": text("kind")}, **more) == (none,)
    shown, caution = context.listing_or(none, "k", "w", EVENTS, {"kind": text("kind")}, **more)
    assert isinstance(shown, Table)
    assert shown.caption == "Region: w"
    assert shown.rows[0] == (Value("strike", ("events:a",)),)
    assert isinstance(caution, Sentence)


def test_countries_stand_in_the_order_of_their_names(context: ProfileContext) -> None:
    shown = context.each_country("k", "w", ["code"], lambda country: (country,))
    assert shown.rows == (("Alpha", "BBB"), ("Beta", "AAA"))


def test_a_row_without_name_is_called_by_its_code(context: ProfileContext) -> None:
    assert context.called("places", "p") == "Somewhere"
    assert context.called("places", "q") == "q"


def test_what_is_not_known_is_said_of_whom(context: ProfileContext) -> None:
    assert plain(context.no_data("strikes").spans) == "No data found on strikes."


def of_texts(number: int, about: str) -> ProfileContext:
    sources = pl.DataFrame({"row_id": [f"sources:{at}" for at in range(number)]}, schema={"row_id": pl.String})
    countries = pl.DataFrame({"country": ["AAA"], "name": [about]})
    return ProfileContext(("AAA",), {"sources": sources, "countries": countries}, Notes(), 2010, None, "2026", "")


@pytest.mark.parametrize(
    ("texts", "about", "words"),
    [
        (0, "Togo", "No events found: the collection holds no sources on Togo."),
        (1, "Togo", "No events found in the one source on Togo."),
        (36, "Togo", "No events found in the 36 sources on Togo."),
        (2, "United States", "No events found in the 2 sources on the United States."),
        (0, "United States", "No events found: the collection holds no sources on the United States."),
    ],
)
def test_nothing_found_reads_well_for_any_number_of_texts(texts: int, about: str, words: str) -> None:
    assert of_texts(texts, about).none_found("events").text == words


def test_what_lies_outside_the_years_is_told() -> None:
    dates = ["1984", "1990-05-01", None]
    every = pl.DataFrame({"row_id": ["events:a", "events:b", "events:c"], "start_date": dates})
    told = [part.text for part in of_texts(3, "Togo").none_within("events", every)]
    assert told == [
        "No events since 2010 found in the 3 sources on Togo.",
        "The collection holds 2 events of other years and 1 undated event.",
    ]
    assert [part.text for part in of_texts(3, "Togo").none_within("events", every.tail(1))][1:] == [
        "The collection holds 1 undated event."
    ]
    nothing = [part.text for part in of_texts(3, "Togo").none_within("events", every.clear())]
    assert nothing[1].startswith("Read this as the content of the collection")
