"""How much a name says: the fewer months reports name it in, the more."""

from __future__ import annotations

import polars as pl

#: A name is rare, known or frequent that reports of so many months give (up to and including).
RARE, KNOWN, FREQUENT = 2, 8, 24


def points_of(months: pl.Expr) -> pl.Expr:
    """Points of a name that reports of so many months give: the fewer, the more it says."""
    return pl.when(months <= RARE).then(4).when(months <= KNOWN).then(3).when(months <= FREQUENT).then(2).otherwise(1)
