"""A file that is cut at any byte, or has any byte changed under gzip, is never taken for the whole one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.sources.question import Question, check_answer
from socdialog.sources.reader import read_series
from socdialog.sources.source_error import SourceError
from tests.official import DENSITY, csv, packed, parquet

WHOLE = csv(f"KAZ,FX:{year % 7},{DENSITY},{year},{year / 7},B" for year in range(1990, 2025))
PACKED, PARQUET = packed(WHOLE), parquet(WHOLE)


def taken(content: bytes) -> bool:
    """Whether a file is taken for the whole data set of 35 rows."""
    try:
        check_answer(Question(f"{DENSITY}_A"), read_series(content), {"n.records": 35})
    except SourceError as refused:
        return refused.cause == ""
    return True


@pytest.mark.parametrize("pack", [bytes, packed, parquet])
def test_a_whole_file_is_taken(pack: Callable[[bytes], bytes]) -> None:
    assert taken(pack(WHOLE))


@pytest.mark.parametrize("whole", [WHOLE, PACKED, PARQUET], ids=["text", "gzip", "parquet"])
def test_a_file_cut_at_any_byte_is_refused(whole: bytes) -> None:
    assert [at for at in range(len(whole)) if taken(whole[:at])] == []


@given(st.integers(0, len(PACKED) - 1), st.integers(1, 255))
def test_a_packed_file_with_a_changed_byte_is_refused_or_the_same(at: int, change: int) -> None:
    changed = PACKED[:at] + bytes([PACKED[at] ^ change]) + PACKED[at + 1 :]
    try:
        found = read_series(changed)
    except SourceError:
        return
    # The head of gzip has bytes (a time, a system) that say nothing of the content.
    assert found.equals(read_series(WHOLE))


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_a_cause(content: bytes) -> None:
    for layout in ("ilostat", "sdmx-csv"):
        with pytest.raises(SourceError):
            read_series(content, layout)


@given(st.sampled_from([WHOLE, PARQUET]), st.data())
def test_a_damaged_file_is_refused_or_a_table(whole: bytes, data: st.DataObject) -> None:
    """Whatever happens to bytes, no other error than a refusal leaves the reader."""
    at = data.draw(st.integers(0, len(whole) - 1))
    put = data.draw(st.binary(max_size=8))
    gone = data.draw(st.integers(0, 8))
    taken(whole[:at] + put + whole[at + gone :])
