"""The outline of a table says what a look at every row says: which texts, which together, whether keys ascend."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.intake.outline import Outline, outlined

COLUMNS = ("a", "b", "c")
CELL = st.sampled_from([None, "A", "B", "Ä", "AB"])
NUMBER = st.sampled_from([None, "9", "10", "100"])
ROWS = st.lists(st.tuples(CELL, NUMBER, CELL), max_size=12)


def outline(rows: list[tuple[str | None, ...]], *, parts: int = 1) -> Outline:
    """Return the outline of rows that lie in one part or in several, as a reader of long files leaves them."""
    schema = dict.fromkeys(COLUMNS, pl.String)
    size = max(1, len(rows) // parts)
    frames = [pl.DataFrame(rows[at : at + size], schema=schema, orient="row") for at in range(0, len(rows), size)]
    frame = pl.concat(frames, rechunk=False) if frames else pl.DataFrame(schema=schema)
    return outlined(frame, COLUMNS)


def key(row: tuple[str | None, ...]) -> list[tuple[bool, object]]:
    """Return a key by which python sorts as the tables are sorted: numbers as numbers, empty cells last."""
    a, b, c = row
    return [(a is None, a or ""), (b is None, int(b or 0)), (c is None, c or "")]


def ascending(rows: list[tuple[str | None, ...]]) -> list[tuple[str | None, ...]]:
    return sorted(set(rows), key=key)


@given(ROWS, st.integers(1, 4))
def test_texts_are_all_texts(rows, parts):
    found = outline(rows, parts=parts)
    for place, name in enumerate(COLUMNS):
        assert set(found.texts(name).drop_nulls()) == {row[place] for row in rows} - {None}


@given(ROWS, st.integers(1, 4))
def test_together_are_all_full_combinations_once(rows, parts):
    found = outline(rows, parts=parts).together("a", "c").rows()
    assert len(found) == len(set(found))
    assert set(found) == {(a, c) for a, _, c in rows if a is not None and c is not None}


@given(ROWS | ROWS.map(ascending))
def test_rows_ascend_when_each_is_after_the_one_above(rows):
    keys = [key(row) for row in rows]
    expected = all(one < other for one, other in pairwise(keys))
    assert outline(rows).ascends(COLUMNS, whole_numbers={"b"}) is expected


@pytest.mark.parametrize(
    ("rows", "ascends"),
    [
        ([("A", "9", None), ("A", "10", "A")], True),
        ([("A", "10", None), ("A", "9", "A")], False),
        ([("A", "9", "A"), ("A", "9", None)], True),
        ([("A", "9", None), ("A", "9", "A")], False),
        ([("A", "9", "A"), ("A", "9", "A")], False),
        ([("A", "9", None), ("A", "9", None)], False),
        ([(None, None, None)], True),
        ([], True),
    ],
)
def test_worked_cases_of_order(rows, ascends):
    assert outline(rows).ascends(COLUMNS, whole_numbers={"b"}) is ascends
