"""Work on the different texts of a column, each once: long tables repeat few of them many times."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl


def by_text(column: str, function: Callable[[str], object], dtype: type[pl.DataType] = pl.String) -> pl.Expr:
    """Return what `function` makes of the texts of a column; null where a cell is empty."""

    def apply(cells: pl.Series) -> pl.Series:
        texts = cells.drop_nulls().unique()
        made = pl.Series([function(text) for text in texts], dtype=dtype)
        return cells.replace_strict(texts, made, default=None, return_dtype=dtype)

    return pl.col(column).map_batches(apply, return_dtype=dtype)
