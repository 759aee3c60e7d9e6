"""Read a long plain file in whole columns, as exactly as the reader of lines would, in the time of a plain read.

A long file comes from a statistical service: nothing in it is quoted, and every line has all its cells.
Such a file is cut at its commas and line feeds and nowhere else, so that its cells, its commas and its line
feeds together have as many bytes as the file. Where that law does not hold, or anything could be read in
two ways, the file is left to the reader of lines, which says what is wrong.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from socdialog.intake.header import read_header

#: Bytes from which a file is long.
LONG = 1_000_000
#: The column with the line of a row.
LINE = "raw_line"
#: What begins a file that is not plain UTF-8, and what no plain file holds: quotes, other ends of lines, no text.
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ODD = (b'"', b"\r", b"\x00")
#: Bytes looked at in one go: few enough to stay near the processor.
_PART = 1 << 20


def is_long(path: Path) -> bool:
    """Say whether a raw file is there and long."""
    return path.is_file() and path.stat().st_size >= LONG


def read_plain(name: str, path: Path, *, shown: str) -> pl.DataFrame | None:
    """Return the table `name` as it is in a plain file, and the line of each row; None for any other file.

    Parameters
    ----------
    name
        Name of the table in the data dictionary.
    path
        The file.
    shown
        Its path as problems show it.
    """
    with path.open("rb") as file:
        first = file.readline()
        if not first.endswith(b"\n") or first.startswith(_MARKS):
            return None
        file.seek(0)
        while part := file.read(_PART):
            if any(sign in part for sign in _ODD):
                return None
        size = file.tell()
    try:
        header, problems = read_header(name, first[:-1].decode("utf-8"), shown=shown)
        if header is None or problems or None in header.names:
            return None
        with path.open("rb") as file:  # a path that polars is given is a pattern
            cells = pl.read_csv(file, infer_schema=False, quote_char=None, truncate_ragged_lines=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError):
        return None
    if cells.width != len(header.names) or len(first) + _bytes(cells) != size or _has_empty_row(cells):
        return None
    return cells.with_columns(pl.int_range(2, cells.height + 2).alias(LINE))


def _bytes(cells: pl.DataFrame) -> int:
    """Return the bytes of all cells, and of the comma or line feed that ends each."""
    return int(sum(cells.select(pl.all().str.len_bytes().sum()).row(0))) + cells.width * cells.height


def _has_empty_row(cells: pl.DataFrame) -> bool:
    return bool(cells.select(pl.all_horizontal(pl.all().is_null()).any()).item())
