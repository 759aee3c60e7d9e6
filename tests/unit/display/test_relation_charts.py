"""A matrix has one status a pair, and a network one line a pair; colour is never the only code."""

from __future__ import annotations

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from tests.drawn_rows import rows_of

PAIRS = pl.DataFrame(
    {
        "country": ["KAZ", "KAZ", "TUR"],
        "convention": ["C087", "C098", "C087"],
        "status": ["in_force", "stale", "in_force"],
    }
)
SHARED = pl.DataFrame({"org_a": ["a", "a", "b"], "org_b": ["b", "c", "c"], "value": [3, 1, 2]})


def test_a_matrix_has_a_cell_for_each_pair_with_a_letter() -> None:
    cells = rows_of(sd.charts.matrix(PAIRS, title="x"), 0)
    assert [(cell["row"], cell["column"], cell["letter"]) for cell in cells] == [
        ("Kazakhstan", "C087", "A"),
        ("Kazakhstan", "C098", "B"),
        ("Türkiye", "C087", "A"),
    ]
    assert cells[0]["value"] == "A: In force"


def test_a_pair_told_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="one cell would show several"):
        sd.charts.matrix(pl.concat([PAIRS, PAIRS.head(1)]))
    with pytest.raises(UsageError, match="one line would show several"):
        sd.charts.network(pl.concat([SHARED, pl.DataFrame({"org_a": ["b"], "org_b": ["a"], "value": [9]})]))
    with pytest.raises(UsageError, match="11 different values"):
        sd.charts.matrix(
            pl.DataFrame({"country": [*"ABCDEFGHIJK"], "convention": ["C"] * 11, "status": [*"ABCDEFGHIJK"]})
        )


def test_a_network_names_its_ends_and_says_what_it_leaves_out() -> None:
    names = pl.DataFrame({"org_id": ["a", "b"], "name": ["Union A", "Union B"]})
    spec = sd.charts.network(SHARED, names=names, title="t").to_dict()
    assert [node["name"] for node in rows_of(spec, 1)] == ["Union A", "Union B", "c"]
    assert [line["value"] for line in rows_of(spec, 0)] == [1, 2, 3]
    fewer = sd.charts.network(SHARED, limit=2).to_dict()
    assert "1 more organisation not shown" in fewer["title"]["subtitle"]
    assert len(rows_of(fewer, 0)) == 1


def test_no_two_names_of_a_side_have_one_height() -> None:
    many = pl.DataFrame({"org_a": ["hub"] * 20, "org_b": [f"org{at:02}" for at in range(20)], "value": [1] * 20})
    nodes = rows_of(sd.charts.network(many), 1)
    places = [(node["x"] >= 0, node["y"]) for node in nodes]
    assert len(set(places)) == len(places) == 21
