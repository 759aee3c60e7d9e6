"""What sections of a page say again and again: counts, parts, rounded values, dates, absences."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog import codebook
from socdialog.display.parts import Value
from socdialog.profiles.context import ProfileContext, age, among, count, coverage, joined, when
from socdialog.store.study import Notes

FRAME = pl.DataFrame({"row_id": ["events:b", "events:a"]})
NONE = FRAME.clear()


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (None, None, ""),
        (2010, None, " since 2010"),
        ("2018-05", None, " since May 2018"),
        (None, "2018-05-12", " until 12 May 2018"),
        (2010, "2018-05", " from 2010 to May 2018"),
    ],
)
def test_the_span_of_a_page_is_written_as_dates(since: int | str | None, until: int | str | None, words: str) -> None:
    context = ProfileContext((), {}, Notes(), since=since, until=until, edition="2026", fingerprint="")
    assert context.years == words


def test_countries_are_listed_as_a_reader_looks_them_up() -> None:
    named = pl.DataFrame({"country": ["TKM", "TUR"], "name": ["Turkmenistan", "Türkiye"]})
    context = ProfileContext(("TKM", "TUR"), {"countries": named}, Notes(), None, None, "2026", "")
    assert context.by_name == ("TUR", "TKM")


def test_a_count_rests_on_the_rows_counted() -> None:
    assert count(FRAME, "event").text == "2 events"
    assert count(FRAME, "event").evidence == ("events:a", "events:b")
    assert count(FRAME.head(1), "event").text == "1 event"


def test_nothing_found_is_no_zero() -> None:
    nothing = count(NONE, "event")
    assert nothing.absent
    assert "0" not in nothing.text


def test_a_part_says_of_how_many() -> None:
    assert coverage(1, FRAME).text == "1 of 2"
    assert len(coverage(1, FRAME).evidence) == 2


def test_a_date_says_what_it_rests_on() -> None:
    row = {"start_date": "2024-08-23", "end_date": None, "date_basis": "inferred"}
    assert when(row) == "23 August 2024 (inferred)"
    assert when(row | {"date_basis": "printed"}) == "23 August 2024"
    assert when(row | {"end_date": "2024-08-25"}) == "23–25 August 2024 (inferred)"
    assert when(row | {"start_date": None}) == "date not given"


def test_lists_and_ages_read_well() -> None:
    from datetime import date

    assert joined(["a", "b", "c"]) == "a, b and c"
    assert joined([]) == ""
    assert age(date(2025, 6, 1), today=date(2026, 1, 1)) == "under 1 year"
    assert age(date(2024, 12, 31), today=date(2026, 1, 1)) == "1 year"


SAYS = ("is dated", "are dated", "is not dated")


@pytest.mark.parametrize(
    ("found", "n", "words"),
    [
        (0, 4, "None of the 4 events is dated."),
        (1, 4, "1 of the 4 events is dated."),
        (3, 4, "3 of the 4 events are dated."),
        (1, 1, "The one event is dated."),
        (0, 1, "The one event is not dated."),
    ],
)
def test_a_part_of_several_and_of_one_reads_well(found: int, n: int, words: str) -> None:
    rows = tuple(f"events:{at}" for at in range(n))
    told = among(rows[:found], n, rows, ("event", "events", ""), SAYS)
    assert told.text == words
    assert {row for span in told.spans if isinstance(span, Value) for row in span.evidence} == set(rows)


@pytest.mark.parametrize(
    ("collection", "begins", "represents"),
    [
        ("selection", "Use these counts to find events and their sources.", False),
        ("register", "Use these counts for the cases that an authority", True),
        ("sample", "Use rates as estimates for the population sampled.", True),
    ],
)
def test_what_counts_stand_for_follows_the_collection(collection: str, begins: str, *, represents: bool) -> None:
    def page(reports: pl.DataFrame) -> ProfileContext:
        return ProfileContext((), {"reports": reports}, Notes(collection=collection), None, None, "2026", "")

    (caution,) = page(FRAME).collection_caution()
    assert caution.text.startswith(begins)
    assert page(FRAME).represents is represents
    assert list(page(NONE).collection_caution()) == [], "where nothing is counted there is nothing to be careful about"


def test_every_kind_of_collection_has_its_caution() -> None:
    for kind in codebook.vocabulary("collection_kinds").values():
        assert kind.more["caution"] in codebook.vocabulary("usage_warnings")
