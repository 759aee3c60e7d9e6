"""Packed tables: the same rows, values and order as their text, whatever the texts are."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from socdialog import schemas
from socdialog.errors import DataError
from socdialog.schemas import clean_dtypes, repeated_texts, validate
from socdialog.schemas.repeated_texts import as_text, is_packed, joined, packed, sorted_by, text_parts, written

SCHEMA = {"id": pl.String, "code": pl.String, "more": pl.String, "year": pl.Int64, "value": pl.Float64}
TEXTS = st.none() | st.text(st.sampled_from("aBИş𝒳 \x00"), max_size=3)
ROWS = st.lists(
    st.tuples(st.text(), TEXTS, TEXTS, st.none() | st.integers(-(2**62), 2**62), st.none() | st.floats()), max_size=12
)


def frames(rows: list[tuple[object, ...]], cut: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows as text, and packed in two parts."""
    text = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return text, joined([packed(part, but=["id"]) for part in (text.head(cut), text.slice(cut))])


@given(ROWS, st.integers(0, 12))
def test_packed_rows_are_the_same_rows(rows: list[tuple[object, ...]], cut: int) -> None:
    text, found = frames(rows, cut)
    assert is_packed(found)
    assert found.schema["id"] == pl.String
    assert not is_packed(text)
    assert_frame_equal(as_text(found), text)
    assert_frame_equal(written(found).collect(), text)
    assert_frame_equal(pl.concat(text_parts(found)), text)


@given(ROWS, st.integers(0, 12), st.permutations(["code", "more", "year"]))
def test_packed_rows_sort_as_their_text_does(rows: list[tuple[object, ...]], cut: int, by: list[str]) -> None:
    text, found = frames(rows, cut)
    expected = text.select(by).sort(by, nulls_last=True)
    assert_frame_equal(as_text(sorted_by(found, by)).select(by), expected)


def test_a_table_is_made_text_some_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_texts, "AT_ONCE", 2)
    text, found = frames([(str(n), "a", None, n, 1.0) for n in range(5)], 3)
    parts = list(text_parts(found))
    assert [part.height for part in parts] == [2, 2, 1]
    assert_frame_equal(pl.concat(parts), text)
    assert [part.height for part in text_parts(text)] == [2, 2, 1]
    assert [part.height for part in text_parts(found.clear())] == [0]


def rows_of(*vintages: str) -> pl.DataFrame:
    """A clean table of official series with a row for each vintage, packed."""
    given = {"country": "KAZ", "indicator": "X", "unit": "percent", "source": "ILOSTAT", "raw_file": "a", "raw_line": 2}
    rows = [{**given, "row_id": f"country_years:{one}", "year": 2012, "vintage": one} for one in vintages]
    return joined([packed(pl.DataFrame(rows, schema=clean_dtypes("country_years")), but=["row_id"])])


def test_a_packed_table_is_held_to_the_schema_of_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_texts, "AT_ONCE", 1)
    good = rows_of("2019", "2020", "2021")
    assert validate("country_years", good) is good
    wrong = good.with_columns(obs_status=pl.Series([None, None, "?"], dtype=pl.String).cast(pl.Categorical))
    with pytest.raises(DataError) as refused:
        validate("country_years", wrong)
    assert any("obs_status" in line and "?" in line for line in refused.value.details), refused.value.details


def test_two_rows_of_one_id_are_found_across_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeated_texts, "AT_ONCE", 1)
    monkeypatch.setattr(schemas, "AT_ONCE", 1)
    for frame in (rows_of("2019", "2020", "2019"), as_text(rows_of("2019", "2020", "2019"))):
        with pytest.raises(DataError) as refused:
            validate("country_years", frame)
        assert refused.value.details == ("country_years: row_id: field_uniqueness: country_years:2019",)
