"""Cells and tables from descriptions of columns: what they show, and what they rest on."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.display.parts import Value
from socdialog.profiles.listing import (
    DASH,
    NOT_KNOWN,
    absence,
    coded,
    day,
    grid,
    ids,
    linked,
    number,
    own,
    rank,
    text,
)

ROW = {"row_id": "events:a", "name": "One", "none": None, "on": "2024-05", "kind": "strike"}


def test_a_row_of_the_data_rests_on_itself_and_a_result_on_its_evidence() -> None:
    assert own(ROW) == ("events:a",)
    assert own({"row_id": "results:1", "evidence": ["events:b", "events:a", "events:b"]}) == ("events:a", "events:b")
    assert own({"row_id": ["events:b", "events:a"]}) == ("events:a", "events:b")


def test_words_lead_to_their_row_and_no_words_are_what_stands_otherwise() -> None:
    assert linked("One", ROW) == Value("One", ("events:a",))
    assert linked("", ROW, NOT_KNOWN) == linked(None, ROW, NOT_KNOWN) == NOT_KNOWN
    assert linked(None, ROW) == ""


@pytest.mark.parametrize(
    ("show", "cell"),
    [
        (text("name"), Value("One", ("events:a",))),
        (text("none", "the source"), "the source"),
        (day("on"), Value("May 2024", ("events:a",))),
        (day("none", absence("no end met")), Value("no end met", absent=True)),
        (coded("kind", "event_kinds"), "Strike"),
    ],
)
def test_a_column_is_described_by_what_its_cells_show(show: object, cell: object) -> None:
    assert show(ROW) == cell  # type: ignore[operator]


def test_a_result_without_value_is_not_zero() -> None:
    assert number({"value": None, "evidence": []}) == NOT_KNOWN
    assert number({"value": 0.0, "evidence": ["events:a"]}) == Value("0", ("events:a",))


def test_ids_come_from_a_column_of_ids_or_of_lists() -> None:
    frame = pl.DataFrame({"row_id": ["b", "a"], "evidence": [["d", "c"], ["d"]]})
    assert ids(frame) == ("a", "b")
    assert ids(frame, "evidence") == ("c", "d")
    assert ids(frame.clear(), "evidence") == ()
    assert ids(pl.DataFrame({"evidence": [[], ["c"], None]}), "evidence") == ("c",)


def test_codes_are_sorted_in_the_order_that_is_named() -> None:
    frame = pl.DataFrame({"side": ["employers", "workers", "government"]})
    ordered = frame.sort(rank("side", ["workers", "government", "employers"]))
    assert ordered.get_column("side").to_list() == ["workers", "government", "employers"]


def test_a_line_that_has_nothing_in_a_column_shows_a_dash() -> None:
    cell = Value("3", ("events:a",))
    shown = grid("t", "T", "year", {"A": "#a", "B": "#b"}, {"2020": {"B": cell}}, note="N", separate=True)
    assert shown.rows == (("2020", DASH, cell),)
    assert [column.heading for column in shown.columns] == ["year", "a", "b"]
    assert [column.numeric for column in shown.columns] == [False, True, True]
    assert (shown.separate, shown.note) == (True, ("N",))
