"""From checked raw text to typed columns: dates get bounds, lists become lists, numbers numbers."""

from __future__ import annotations

import hashlib

import polars as pl

from socdialog import codebook, dates, schemas

#: Longest key that stands as it is in a row id; longer ones are hashed.
_PLAIN_KEY = 80


def row_ids(table: str, frame: pl.DataFrame) -> pl.Series:
    """Return the id of each row: the table, and its key (hashed where it is long)."""
    key = codebook.tables()[table].key
    joined = frame.select(
        pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in key], separator="|").alias("key")
    ).get_column("key")
    long = joined.filter(joined.str.len_chars() > _PLAIN_KEY).to_list()
    short = joined.replace(long, [hashlib.sha256(text.encode()).hexdigest()[:12] for text in long])
    return (table + ":" + short).alias("row_id")


def with_bounds(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add the first and last possible day of a date column, as ``Date``, behind it."""
    first, last = schemas.bound_names(column)
    known = {text: dates.bounds(text) for text in frame.get_column(column).drop_nulls().unique().sort().to_list()}
    texts = list(known)
    return frame.with_columns(
        pl.col(column)
        .replace_strict(texts, [getattr(known[text], side) for text in texts], default=None, return_dtype=pl.Date)
        .alias(name)
        for name, side in ((first, "first"), (last, "last"))
    )


def typed(table: str, raw: pl.DataFrame) -> pl.DataFrame:
    """Return the clean form of a raw table, without the columns that later steps add.

    Parameters
    ----------
    table
        Name of the table in the data dictionary.
    raw
        Its raw columns as text (null = empty cell), ``raw_file`` and ``raw_line``. It must have
        passed the checks: a bad value raises here.
    """
    spec = codebook.tables()[table]
    frame = raw.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in spec.columns if name not in raw.columns
    )
    for column in spec.columns.values():
        if column.type == "date":
            frame = with_bounds(frame, column.name)
        elif column.type in {"codes", "texts", "refs"}:
            frame = frame.with_columns(pl.col(column.name).str.split(";"))
        elif column.type == "integer":
            frame = frame.with_columns(pl.col(column.name).cast(pl.Int64))
        elif column.type == "number":
            frame = frame.with_columns(pl.col(column.name).cast(pl.Float64))
    frame = frame.with_columns(row_ids(table, frame))
    return frame.select(name for name in schemas.clean_dtypes(table) if name not in spec.adds).sort(
        *spec.key, nulls_last=True
    )
