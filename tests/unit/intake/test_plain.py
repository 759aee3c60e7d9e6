"""A long plain file read in whole columns gives what the reader of lines gives; any other is left to that reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from socdialog import codebook
from socdialog.intake import plain
from socdialog.intake.plain import read_plain
from socdialog.intake.reading import read_file, read_table

NAME, SHOWN = "not_published", "data/raw/indicators/not_published.csv"
COLUMNS = tuple(codebook.tables()[NAME].columns)
HEADER = ",".join(COLUMNS).encode() + b"\n"
ROW = b"KAZ,A,,B,2020,n\n"


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LONG", 0)


def by_lines(data: bytes):
    return read_table(NAME, data, shown=SHOWN)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "not_published.csv"
    path.write_bytes(data)
    return path


def test_a_plain_file_is_read_alike(tmp_path: Path) -> None:
    data = HEADER + ROW * 3 + " ü ,=1,007,İ, 1e5,N/A\n".encode()
    path = written(tmp_path, data)
    assert read_plain(NAME, path, shown=SHOWN) is not None
    quick = read_file(NAME, path, shown=SHOWN)
    assert quick.frame is not None
    assert_frame_equal(quick.frame, by_lines(data).frame)
    assert quick.frame.row(3) == (" ü ", "=1", "007", "İ", " 1e5", "N/A", SHOWN.removeprefix("data/"), 5)


@pytest.mark.parametrize(
    "data",
    [
        HEADER + ROW + b'KAZ,A,,B,2020,"n, m"\n',
        HEADER + ROW.replace(b"\n", b"\r\n"),
        HEADER + ROW + ROW[:-1],
        HEADER + ROW + b"\n" + ROW,
        HEADER + ROW + b",,,,,\n",
        HEADER + b",,,,,\n" + ROW,
        HEADER + b"KAZ,A,,B,2020\n" + b"KAZ,A,,B,2020,n,m\n",
        HEADER + b"KAZ,A,,B,2020,n,m\n" + b"KAZ,A,,B,2020\n",
        HEADER + b"KAZ,A,,B,2020,\x00\n",
        HEADER + b"KAZ,A,,B,2020,\xff\n",
        b"\xef\xbb\xbf" + HEADER + ROW,
        HEADER.replace(b"note", b"nite") + ROW,
        HEADER.replace(b"note", b"source") + ROW,
        b"a,b\n1,2\n",
        HEADER[:-1],
    ],
)
def test_a_file_that_is_not_plain_is_left_to_the_reader_of_lines(data: bytes, tmp_path: Path) -> None:
    assert read_plain(NAME, written(tmp_path, data), shown=SHOWN) is None


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(st.text('a,"\n\r é0', max_size=3), min_size=5, max_size=7), max_size=5))
def test_whatever_the_text_both_readers_agree(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    data = HEADER + "".join(",".join(row) + "\n" for row in rows).encode()
    path = written(tmp_path_factory.mktemp("raw"), data)
    quick, slow = read_file(NAME, path, shown=SHOWN), by_lines(data)
    assert quick.problems == slow.problems
    assert (quick.frame is None) == (slow.frame is None)
    if quick.frame is not None and slow.frame is not None:
        assert_frame_equal(quick.frame, slow.frame)
