"""Independent sources: chains of copies, circles, and the texts of one publisher."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.independent_sources import copies, originals, source_groups

SOURCES = pl.DataFrame(
    {
        "source_id": ["a", "b", "c", "d", "e", "f", "g", "h"],
        "publisher": ["Agency", "Paper", "Echo", "agency ", "Ring", "Ring 2", "Kazakhstan–Today", "«Kazakhstan Today»"],
        "copy_of": [None, "a", "b", None, "f", "e", None, "not collected"],
    }
)


def test_voices_follow_copies_and_publishers():
    told = dict(source_groups(SOURCES).iter_rows())
    assert told["a"] == told["b"] == told["c"] == told["d"] == "agency"
    assert told["e"] == told["f"] == "ring"
    assert told["g"] == told["h"] == "kazakhstan today"
    assert len(set(told.values())) == 3


def test_a_publisher_without_a_letter_is_told_apart_by_its_text():
    told = dict(
        source_groups(
            pl.DataFrame({"source_id": ["a", "b"], "publisher": ["…", None], "copy_of": [None, None]})
        ).iter_rows()
    )
    assert told == {"a": "a", "b": "b"}


@pytest.mark.parametrize(
    ("text", "copied", "chain"),
    [
        ("a", {}, ["a"]),
        ("c", {"c": "b", "b": "a"}, ["c", "b", "a"]),
        ("f", {"e": "f", "f": "e"}, ["f", "e", "e"]),
        ("b", {"b": "b"}, ["b", "b"]),
        ("a", {"a": "c", "c": "b", "b": "c"}, ["a", "c", "b", "b"]),  # the tail of a circle is no part of it
    ],
)
def test_a_chain_ends_at_the_first_text_and_a_circle_at_its_least_id(text, copied, chain):
    assert originals(text, copied) == chain


def test_every_text_comes_with_all_that_it_repeats_and_that_is_here():
    found = copies(SOURCES).filter(pl.col("source_id").is_in(["a", "c", "h"])).rows()
    assert found == [("a", "a"), ("c", "c"), ("c", "b"), ("c", "a"), ("h", "h")]
