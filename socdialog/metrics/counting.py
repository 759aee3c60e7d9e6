"""How the metrics count: groups with their evidence, sums that stay null, ratios that are guarded."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from typing import TypeVar

import polars as pl
from polars.dataframe.group_by import GroupBy

from socdialog.codebook.attributes import attribute, codes_with
from socdialog.errors import UsageError
from socdialog.inputs import choice, number, numbers
from socdialog.results import Result, tidy

#: A scalar (None = not known), a column of values, or a polars expression; a formula returns what it was given.
Quantity = TypeVar("Quantity", "float | None", pl.Series, pl.Expr)


def worked(formula: Callable[..., pl.Expr], *values: Quantity) -> Quantity:
    """Apply a formula, written once as a polars expression, to expressions, to columns or to plain numbers.

    With at least one expression among `values` the result is an expression; else with a column of any library, a
    polars column; with numbers alone it is a number, or None where the formula gives null.

    Raises
    ------
    UsageError
        When a value is no number, or two columns are of different length.
    """
    if any(isinstance(value, pl.Expr) for value in values):
        return formula(*(value if isinstance(value, pl.Expr) else _literal(value) for value in values))  # type: ignore[return-value]
    columns = {f"{at}": _column(value) for at, value in enumerate(values) if isinstance(value, Sized)}
    if not columns:
        return pl.select(formula(*map(_literal, values))).item()  # type: ignore[no-any-return]
    if len({column.len() for column in columns.values()}) > 1:
        raise UsageError(
            f"columns of {', '.join(str(column.len()) for column in columns.values())} values do not belong together",
            hint="give columns of one table",
        )
    given = [pl.col(f"{at}") if f"{at}" in columns else _literal(value) for at, value in enumerate(values)]
    return pl.DataFrame(columns).select(formula(*given).alias("value")).to_series()  # type: ignore[return-value]


def _literal(value: object) -> pl.Expr:
    return pl.lit(number(value, name="value"), dtype=pl.Float64)


def _column(values: object) -> pl.Series:
    return pl.Series(numbers(values, name="value"), dtype=pl.Float64)  # type: ignore[arg-type]  # it refuses no column


def known(value: pl.Expr) -> pl.Expr:
    """Return `value` as a float in which NaN is null: both mean that it is not known."""
    return value.cast(pl.Float64).fill_nan(None)


def ratio(numerator: pl.Expr, denominator: pl.Expr, *, where: pl.Expr | None = None) -> pl.Expr:
    """Divide; null where either is not known, the denominator is not above zero, or `where` does not hold."""
    # NaN counts as greater than any number, so the guard names it; inside the condition that costs least.
    allowed = (denominator > 0) & denominator.is_not_nan() & numerator.is_not_nan()
    return pl.when(allowed if where is None else allowed & where).then(numerator / denominator)


def ratio_by(
    frame: pl.DataFrame, by: Sequence[str], formula: Callable[..., pl.Expr], *, above: pl.Expr, below: pl.Expr
) -> pl.DataFrame:
    """Apply a formula to the sums of what stands above and below a line, by group, over the rows that have both.

    Returns
    -------
    DataFrame
        `by`, ``n`` (rows), ``known`` (rows that have both) and, where there are row ids,
        ``evidence``, and ``value``. No row for an empty frame.
    """
    some, every = known(above), known(below)
    return (
        grouped(
            frame.with_columns(pl.when(every > 0).then(some).alias("_above"), every.alias("_below")).with_columns(
                pl.when(pl.col("_above").is_not_null()).then(pl.col("_below")).alias("_below")
            ),
            by,
        )
        .agg(
            pl.col("_above").sum().alias("above"),
            pl.col("_below").sum().alias("below"),
            pl.len().alias("n"),
            pl.col("_above").count().alias("known"),
            *evidence(frame),
        )
        .sort(by, nulls_last=True)
        .with_columns(formula(pl.col("above"), pl.col("below")).alias("value"))
        .drop("above", "below")
    )


def grouped(frame: pl.DataFrame, by: Sequence[str]) -> GroupBy:
    """Group by columns, or take the whole frame as one group; an empty frame has no group, so it gives no zero."""
    return frame.group_by(list(by)) if by else frame.with_columns(pl.lit("all").alias("_all")).group_by("_all")


def total(value: pl.Expr) -> pl.Expr:
    """Sum what is known; null, and not zero, where nothing is."""
    return pl.when(known(value).count() > 0).then(known(value).sum())


def mean(value: pl.Expr) -> pl.Expr:
    """Return the mean of what is known; null where nothing is."""
    return known(value).mean()


def is_known(frame: pl.DataFrame, field: str) -> pl.Expr:
    """Say of each row whether `field` is coded: not null and, for a list, not empty."""
    column = pl.col(field)
    if isinstance(frame.schema[field], pl.List):
        return column.is_not_null() & (column.list.len().fill_null(0) > 0)
    return column.is_not_null()


def evidence(frame: pl.DataFrame) -> list[pl.Expr]:
    """Return the aggregation that collects the row ids of a group of `frame`, sorted; none without row ids.

    Rows keep their order within a group, so that a frame already in order need not be sorted once more.
    """
    if "row_id" not in frame.columns:
        return []
    ids = pl.col("row_id")
    return [(ids if frame.get_column("row_id").is_sorted() else ids.sort()).alias("evidence")]


def evidence_list(frame: pl.DataFrame) -> pl.Series:
    """Return the row ids of the whole `frame` as one cell of evidence."""
    ids = frame.get_column("row_id").unique().sort().to_list() if "row_id" in frame.columns else []
    return pl.Series("evidence", [ids], dtype=pl.List(pl.String))


def one_row(value: float | None, *, n: int, known: int, shown: pl.DataFrame, **about: object) -> pl.DataFrame:
    """Return a frame of one value: what it is about, n, known, and the rows of `shown` as evidence."""
    return pl.DataFrame(
        {**{name: [cell] for name, cell in about.items()}, "value": [value], "n": [n], "known": [known]},
        schema_overrides={"value": pl.Float64, "n": pl.Int64, "known": pl.Int64},
    ).with_columns(evidence_list(shown))


def share(name: str, shown: pl.DataFrame, *, n: int, known: int, definition: str, not_measured: str) -> Result:
    """Return the share of the `known` rows that are `shown`, which are its evidence; null where none is known."""
    value = shown.height / known if known else None
    return Result(name, tidy(one_row(value, n=n, known=known, shown=shown), unit="share"), definition, not_measured)


def by_itself() -> dict[str, pl.Expr]:
    """Return ``n``, ``known`` and ``evidence`` of rows of which each gives a value of its own."""
    known = pl.col("value").is_not_null().cast(pl.Int64)
    return {"n": pl.lit(1), "known": known, "evidence": pl.concat_list("row_id")}


def year_of(date: str) -> pl.Expr:
    """Return the year in which a date lies by its bounds; null where it may lie in several, or is not told."""
    first = pl.col(f"{date}_first").dt.year()
    return pl.when(first == pl.col(f"{date}_last").dt.year()).then(first).cast(pl.Int64)


def counted(frame: pl.DataFrame, by: Sequence[str], *, n: int, known: int) -> pl.DataFrame:
    """Count the rows of `frame` by group, the largest group first, with their row ids as evidence.

    The caller says `n` (records looked at) and `known` (those in which the field is known), because
    both are larger than what is left in a filtered `frame`.
    """
    return (
        frame.group_by(list(by))
        .agg(pl.len().cast(pl.Float64).alias("value"), *evidence(frame))
        .with_columns(n=pl.lit(n, dtype=pl.Int64), known=pl.lit(known, dtype=pl.Int64))
        .sort(pl.col("value").neg(), *by, nulls_last=True)
    )


def persons_in(unit: str) -> float:
    """Return how many persons one of `unit` is: workers come in thousands in one table and in units in the next.

    Raises
    ------
    UsageError
        When `unit` does not count persons.
    """
    persons = codes_with("units", "family", "persons")
    return float(str(attribute("units", choice(unit, persons, what="unit of persons"), "scale")))
