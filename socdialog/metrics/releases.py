"""Releases of industrial relations data: their missing codes, and the rule that they are never spliced."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.errors import UsageError
from socdialog.inputs import Frame, column_names, frame_with
from socdialog.loaders.vintages import release_order
from socdialog.metrics.counting import grouped

#: OECD/AIAS ICTWSS 2021 writes these numbers where it has no data (-88) or where the item does not apply (-99).
MISSING_CODES = (-88.0, -99.0)
#: Columns that tell releases apart.
_RELEASE = ("source", "vintage")


def without_missing_codes(frame: Frame, fields: str | Sequence[str]) -> pl.DataFrame:
    """Return `frame` with the missing codes of OECD/AIAS ICTWSS 2021 as null.

    Parameters
    ----------
    frame
        A table of that release.
    fields
        One or several of its numeric columns, in which −88 and −99 are codes and not values.

    Returns
    -------
    polars.DataFrame
        The table, with null for each missing code.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Step of: every metric over that release, before anything is computed.

    The two are null, never numbers: an average over them would be wrong without any sign of it. Reference: the file
    of the release; −88 no data, −99 not applicable, as inferred from its use.

    Examples
    --------
    >>> without_missing_codes(pl.DataFrame({"level": [3, -99]}), "level")["level"].to_list()
    [3, None]
    """
    table = frame_with(frame)
    names = column_names(fields, table.columns, name="fields")
    texts = [name for name in names if not table.schema[name].is_numeric()]
    if texts:
        raise UsageError(f"fields: {', '.join(texts)}: not numeric", hint="name columns of numbers")
    return table.with_columns(
        pl.when(~pl.col(name).cast(pl.Float64).is_in(MISSING_CODES)).then(pl.col(name)).alias(name) for name in names
    )


def one_release(frame: pl.DataFrame, by: Sequence[str]) -> None:
    """Refuse to put values of several sources or vintages into one group.

    Raises
    ------
    UsageError
        When a group of `by` has more than one source or vintage.
    """
    for name in _RELEASE:
        if name not in frame.columns or name in by:
            continue
        mixed = grouped(frame, by).agg(pl.col(name).unique().sort()).filter(pl.col(name).list.len() > 1)
        if mixed.height:
            values = mixed.get_column(name).explode().unique().sort().drop_nulls().to_list()
            raise UsageError(
                f"one group would join several values of {name}; releases are never spliced",
                details=[str(value) for value in values],
                hint=f"Choose one, or add {name!r} to by.",
            )


__all__ = ["MISSING_CODES", "one_release", "release_order", "without_missing_codes"]
