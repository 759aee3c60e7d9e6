"""Releases of industrial relations data: their missing codes, and the rule that they are never spliced."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.errors import UsageError
from socdialog.metrics.counting import grouped, need

#: OECD/AIAS ICTWSS 2021 writes these numbers where it has no data (-88) or where the item does not apply (-99).
MISSING_CODES = (-88.0, -99.0)
#: Columns that tell releases apart.
_RELEASE = ("source", "vintage")
#: A day or month, and the year behind it.
_YEAR_LAST = r"\b[0-9]{1,2}[^0-9]+[0-9]{4}\b"


#: Digits that a number of a release is filled up to, so that numbers sort as texts.
_DIGITS = 12


def release_order(column: str = "vintage") -> pl.Expr:
    """Return the texts by which releases sort: numbers in them count as numbers.

    Notes
    -----
    Step of: every choice of the newest release.

    Release 6.1 is before 10.0, and 2026-9 before 2026-10. Only releases that are written in one form have an order.

    Examples
    --------
    >>> pl.DataFrame({"vintage": ["10.0", "6.1"]}).sort(release_order())["vintage"].to_list()
    ['6.1', '10.0']
    """
    filled = pl.col(column).str.replace_all(r"([0-9]+)", f"{'0' * _DIGITS}$1")
    return filled.str.replace_all(rf"[0-9]*([0-9]{{{_DIGITS}}})", "$1")


def one_form(series: pl.DataFrame, what: str) -> None:
    """Refuse to call one release of a source newer than another where they are not written in one form that sorts.

    Raises
    ------
    UsageError
        When the releases of a source are of different forms, or have the year behind the month.
    """
    releases = series.drop_nulls("vintage").group_by("source").agg(pl.col("vintage").unique().sort())
    forms = pl.col("vintage").list.eval(pl.element().str.replace_all("[0-9]+", "0")).list.n_unique()
    year_last = pl.col("vintage").list.eval(pl.element().str.contains(_YEAR_LAST)).list.any()
    mixed = releases.filter(pl.col("vintage").list.len() > 1, (forms > 1) | year_last)
    if mixed.height:
        raise UsageError(
            f"{what}: the vintages of one source are not written in one form that sorts, "
            "so none can be called the newest",
            details=[f"{source}: {', '.join(vintages)}" for source, vintages in mixed.sort("source").rows()],
            hint="Write all vintages of a source in one form, the year first, such as 2026-02.",
        )


def without_missing_codes(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return `frame` with the missing codes of OECD/AIAS ICTWSS 2021 as null.

    Parameters
    ----------
    frame
        A table of that release.
    columns
        Its numeric columns in which −88 and −99 are codes and not values.

    Notes
    -----
    Step of: every metric over that release, before anything is computed.

    The two are null, never numbers: an average over them would be wrong without any sign of it. Reference: the file
    of the release; −88 no data, −99 not applicable, as inferred from its use.
    """
    need(frame, columns)
    return frame.with_columns(
        pl.when(~pl.col(name).cast(pl.Float64).is_in(MISSING_CODES)).then(pl.col(name)).alias(name) for name in columns
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
