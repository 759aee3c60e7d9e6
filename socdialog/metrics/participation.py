"""Who takes part in an event, and for which side: read from the reviewed attributes of roles, sides and levels."""

from __future__ import annotations

import polars as pl

from socdialog.codebook.attributes import attributes, codes_with


def taking_part(actors: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `actors` whose role means taking part (the target of a strike does not)."""
    return actors.filter(pl.col("role").is_in(codes_with("roles", "takes_part", value=True, default=True)))


def single_levels() -> list[str]:
    """Return the levels of organisation that are one employer or workplace, not several."""
    return codes_with("org_levels", "single", value=True)


def seats() -> pl.Expr:
    """Return the sides that an actor represents: its own, or those with seats in it."""
    seats = {code: list(sides) for code, sides in attributes("sides", "seats", None).items() if isinstance(sides, list)}
    own = pl.concat_list("side")
    if not seats:
        return own.alias("side")
    return pl.coalesce(
        pl.col("side").replace_strict(list(seats), list(seats.values()), default=None, return_dtype=pl.List(pl.String)),
        own,
    ).alias("side")
