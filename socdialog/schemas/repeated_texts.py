"""Long tables in little memory: a text that many rows repeat is held once, and each row holds its place.

Millions of official values share some hundred codes. As text a row of theirs takes 300 bytes, packed 80. Packed tables
have the same rows, the same values and the same order as their text; they are made and written as text again some rows
at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import polars as pl
import polars.selectors as cs

#: Rows of a long table that are text at one time.
AT_ONCE = 500_000
#: How many numbers a column of whole numbers holds.
_NUMBERS = 2**64 - 1
#: Packed columns as their text.
_TEXT = (cs.categorical() | cs.enum()).cast(pl.String)


def packed(frame: pl.DataFrame, *, but: Collection[str] = ()) -> pl.DataFrame:
    """Return a part of a table with its texts packed, but for columns of texts of which none is repeated.

    Examples
    --------
    >>> packed(pl.DataFrame({"country": ["KAZ", "KAZ"]})).schema["country"]
    Categorical
    """
    # A text joined to nothing is a copy: else a column that was cut from longer texts keeps those alive.
    copies = [pl.concat_str(pl.col(name), pl.lit("")) for name in but]
    return frame.with_columns((cs.string() - cs.by_name(*but)).cast(pl.Categorical), *copies)


def joined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return packed parts, or parts beside a packed one, as one packed table whose texts sort as text.

    Examples
    --------
    >>> parts = [packed(pl.DataFrame({"country": [code]})) for code in ("UZB", "KAZ")]
    >>> joined(parts).sort("country").get_column("country").to_list()
    ['KAZ', 'UZB']
    """
    repeated = [name for name, dtype in parts[0].schema.items() if _is_packed(dtype)]
    texts = {
        name: pl.concat(part.get_column(name).unique().cast(pl.String) for part in parts).drop_nulls().unique().sort()
        for name in repeated
    }
    kinds = {name: pl.Enum(found) for name, found in texts.items()}
    return pl.concat(part.with_columns(pl.col(name).cast(kind) for name, kind in kinds.items()) for part in parts)


def is_packed(frame: pl.DataFrame) -> bool:
    """Return whether the texts of a table are packed."""
    return any(map(_is_packed, frame.dtypes))


def sorted_by(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return a packed table sorted by columns of packed texts and whole numbers, empty cells last.

    Of all columns of a row one number is made, and these are sorted: eight times as fast as row by row, and small.

    Examples
    --------
    >>> rows = packed(pl.DataFrame({"country": ["UZB", "KAZ", None, "KAZ"], "year": [2012, None, 2012, 2017]}))
    >>> sorted_by(joined([rows]), ["country", "year"]).rows()
    [('KAZ', 2017), ('KAZ', None), ('UZB', 2012), (None, 2012)]
    """
    number, numbers = pl.zeros(frame.height, pl.UInt64, eager=True), 1
    for name in columns:
        codes, count = _from_zero(frame.get_column(name))
        if numbers * count > _NUMBERS:
            number, numbers = _ranks(number)
        if numbers * count > _NUMBERS:
            codes, count = _ranks(codes)
        number, numbers = number * count + codes, numbers * count
    return frame[number.arg_sort()]


def _from_zero(cells: pl.Series) -> tuple[pl.Series, int]:
    """Return cells as whole numbers in their order from zero, empty ones behind all, and how many there may be."""
    codes = cells.to_physical().cast(pl.Int64)
    low, high = codes.min(), codes.max()
    if not isinstance(low, int) or not isinstance(high, int):
        return pl.zeros(len(cells), pl.UInt64, eager=True), 1
    count = high - low + 2
    return (codes - low).fill_null(count - 1).cast(pl.UInt64), count


def _ranks(numbers: pl.Series) -> tuple[pl.Series, int]:
    """Return numbers of the same order that are as small as can be, and how many there are."""
    ranks = numbers.rank("dense").cast(pl.UInt64) - 1
    return ranks, numbers.n_unique()


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows of a packed table with their texts."""
    return frame.with_columns(_TEXT)


def written(frame: pl.DataFrame) -> pl.LazyFrame:
    """Return a table as it is written: whoever writes it makes text of some rows at a time."""
    return frame.lazy().with_columns(_TEXT)


def text_parts(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield a table as text, some rows at a time; an empty table is one part."""
    for start in range(0, max(frame.height, 1), AT_ONCE):
        yield as_text(frame.slice(start, AT_ONCE))


def _is_packed(dtype: pl.DataType) -> bool:
    return isinstance(dtype, pl.Categorical | pl.Enum)
