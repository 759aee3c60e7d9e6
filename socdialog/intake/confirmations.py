"""Supervisory comments as evidence of ratifications: a convention that is commented on was in force in that year.

The Committee of Experts and the Conference Committee examine the application of conventions that are in force. A
complaint about freedom of association needs no ratification, and confirms none.
"""

from __future__ import annotations

import polars as pl

from socdialog.codebook.attributes import codes_with


def comments_on_application(supervision: pl.DataFrame) -> pl.DataFrame:
    """Return the dated comments that are made only where a convention is in force."""
    bodies = codes_with("supervisory_bodies", "of_ratified", value=True)
    return supervision.filter(pl.col("body").is_in(bodies)).drop_nulls(["convention", "year"])


def with_confirmations(ratifications: pl.DataFrame, *, supervision: pl.DataFrame) -> pl.DataFrame:
    """Return ratifications with the status of each as of its latest evidence.

    Parameters
    ----------
    ratifications, supervision
        Clean tables.

    Returns
    -------
    polars.DataFrame
        `ratifications` with ``status_source``. Where a comment is of a later year than ``status_as_of`` and the
        convention is called in force, both are those of the latest comment; elsewhere ``status_source`` is null.
    """
    latest = (
        comments_on_application(supervision)
        .sort("year", "row_id", descending=[True, False])
        .unique(["country", "convention"], keep="first", maintain_order=True)
        .select("country", "convention", pl.col("year").alias("commented"), pl.col("source").alias("status_source"))
    )
    binding = codes_with("ratification_statuses", "binding", value=True)
    later = pl.col("status").is_in(binding) & (pl.col("commented") > pl.col("status_as_of_last").dt.year())
    comment = {
        "status_as_of": pl.col("commented").cast(pl.String),
        "status_as_of_first": pl.date("commented", 1, 1),
        "status_as_of_last": pl.date("commented", 12, 31),
    }
    return (
        ratifications.join(latest, on=["country", "convention"], how="left", maintain_order="left")
        .with_columns(later=later.fill_null(value=False))
        .with_columns(
            pl.when("later").then("status_source"),
            *(pl.when("later").then(value).otherwise(name).alias(name) for name, value in comment.items()),
        )
        .drop("commented", "later")
    )
