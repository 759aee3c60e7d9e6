"""From checked raw text to typed columns: dates get bounds, lists become lists, numbers numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from functools import partial

import polars as pl

from socdialog import codebook, dates, schemas
from socdialog.intake.distinct import by_text
from socdialog.schemas.repeated_texts import is_packed, sorted_by

#: Longest key that stands as it is in a row id; longer ones are hashed.
_PLAIN_KEY = 80
#: Digits of a hash that stand in a row id, and keys hashed at once.
_DIGITS, _AT_ONCE = 12, 100_000


def row_id(table: str, *, columns: Collection[str] | None = None) -> pl.Expr:
    """Return the id of each row as an expression: the table, and its key.

    Columns of the key that a file may lack are part of the id of those rows only that fill one of them.

    Parameters
    ----------
    table
        Name of the table in the data dictionary.
    columns
        The columns that the file has; None = all.
    """
    spec = codebook.tables()[table]
    key = spec.key_of(())
    optional = [name for name in spec.key if name not in key]
    further = [pl.col(name).cast(pl.String) for name in optional]
    form = f"{table}:{'|'.join('{}' for _ in key)}"
    made = pl.format(form, *(pl.col(name).cast(pl.String).fill_null("") for name in key))
    if optional and (columns is None or not set(columns).isdisjoint(optional)):
        joined = pl.concat_str(pl.lit(""), *(cell.fill_null("") for cell in further), separator="|")
        made += pl.when(pl.any_horizontal(cell.is_not_null() for cell in further)).then(joined).otherwise(pl.lit(""))
    return made.alias("row_id")


def with_short_ids(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with row ids in which a long key is hashed; two keys of one hash have more digits of theirs."""
    ids = frame.get_column("row_id")
    plain = len(f"{table}:") + _PLAIN_KEY
    long = (ids.str.len_chars() > plain).arg_true()
    if long.is_empty():
        return frame
    digests = _digests(ids.gather(long).str.strip_prefix(f"{table}:"))
    short = digests.str.head(_DIGITS)
    # Twelve digits are met twice by chance among some millions of rows.
    short = short.zip_with(~short.is_duplicated(), digests)
    return frame.with_columns(row_id=ids.scatter(long, pl.select(pl.lit(f"{table}:") + short).to_series()))


def with_ids_apart(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows whose ids were made in parts; where ids of two parts met by chance they have all digits now."""
    ids = frame.get_column("row_id")
    hashes = ids.hash()
    if hashes.n_unique() == len(hashes):
        return frame
    met = ids.is_duplicated()
    keys = frame.filter(met).select(row_id(table)).to_series().str.strip_prefix(f"{table}:")
    apart = pl.select(pl.lit(f"{table}:") + _digests(keys)).to_series()
    return frame.with_columns(row_id=ids.scatter(met.arg_true(), apart))


def _digests(keys: pl.Series) -> pl.Series:
    """Return the SHA-256 of each key, as text; some at a time, since text is large outside of polars."""
    parts = (keys.slice(start, _AT_ONCE) for start in range(0, len(keys), _AT_ONCE))
    made = [pl.Series([hashlib.sha256(key.encode()).hexdigest() for key in part], dtype=pl.String) for part in parts]
    return pl.concat(made)


def _bound(text: str, *, side: int) -> date:
    return dates.bounds(text)[side]


def with_bounds(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Add the first and last possible day of date columns, as ``Date``: ``<column>_first`` and ``<column>_last``."""
    return frame.with_columns(
        by_text(column, partial(_bound, side=side), pl.Date).alias(name)
        for column in columns
        for side, name in enumerate(schemas.bound_names(column))
    )


def typed(table: str, raw: pl.DataFrame, *, in_order: bool = False) -> pl.DataFrame:
    """Return the clean form of a raw table, without the columns that later steps add.

    Parameters
    ----------
    table
        Name of the table in the data dictionary.
    raw
        Its raw columns as text (null = empty cell), ``raw_file`` and ``raw_line``. It must have
        passed the checks: a bad value raises here.
    in_order
        Whether its rows are sorted by key, or are to stay as they are.
    """
    spec = codebook.tables()[table]
    frame = raw.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in spec.columns if name not in raw.columns
    )
    frame = with_bounds(frame, *(column.name for column in spec.columns.values() if column.type == "date"))
    made = [row_id(table, columns=raw.columns)]
    for column in spec.columns.values():
        if column.type in {"codes", "texts", "refs"}:
            made.append(pl.col(column.name).str.split(";"))
        elif column.type in schemas.NUMBER_TYPES:
            made.append(pl.col(column.name).cast(schemas.NUMBER_TYPES[column.type]))
    names = [name for name in schemas.clean_dtypes(table) if name not in spec.adds]
    frame = with_short_ids(table, frame.with_columns(made).select(names))
    return frame if in_order else in_key_order(table, frame)


def in_key_order(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a clean table sorted by its key, empty cells last."""
    key = codebook.tables()[table].key
    return sorted_by(frame, key) if is_packed(frame) else frame.sort(*key, nulls_last=True)
