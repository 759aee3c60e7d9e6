"""Bodies that part two reports: each names some of a part, such as employers, and no two of them can be one."""

from __future__ import annotations

import polars as pl

from socdialog.intake.linking.facts import Facts
from socdialog.intake.linking.rarity import points_of

#: What may part two reports, see `socdialog.intake.linking.bodies.parties`.
PARTS = ("side", "gathers", "role", "own_role", "number")


def parted(pairs: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Return the pairs ``a``, ``b`` with whether each of the `PARTS` parts them.

    Two bodies are one when they have one id, or when, one of them not being resolved, most of what the words
    of the shorter name weigh is shared: "Contractors of Iowa" and "Contractors of Indiana" share the word that
    weighs less. Unresolved names in two alphabets may be translations, and part nothing.
    """
    named = pl.col("token").str.starts_with("=")
    weight = pl.when(named).then(0).otherwise(points_of(pl.col("months")) - 1)
    weighed = facts.parties.with_columns(weight=weight.cast(pl.Int32))
    whole = pl.col("weight").sum().over("i", "part", "body")
    # A word without weight makes no two bodies one, and a body of such words alone may be any body.
    weighed = weighed.with_columns(whole=whole).filter(named | (pl.col("weight") > 0)).drop("months")
    totals = weighed.group_by("i", "part").agg(
        latin=(~pl.col("known") & pl.col("latin")).any(), other=(~pl.col("known") & ~pl.col("latin")).any()
    )
    both = pairs.join(totals, left_on="a", right_on="i").join(
        totals, left_on=["b", "part"], right_on=["i", "part"], suffix="_b"
    )
    both = both.filter(~(pl.col("latin") & pl.col("other_b")) & ~(pl.col("other") & pl.col("latin_b")))
    both = both.select("a", "b", "part")
    weighed = weighed.drop("latin")
    alike = (
        both.join(weighed, left_on=["a", "part"], right_on=["i", "part"])
        .join(weighed, left_on=["b", "part", "token"], right_on=["i", "part", "token"], suffix="_b")
        .group_by("a", "b", "part", "body", "body_b")
        .agg(
            shared=pl.col("weight").sum(),
            one=named.any(),
            open=~(pl.col("known") & pl.col("known_b")).first(),
            whole=pl.min_horizontal("whole", "whole_b").first(),
        )
        .filter(pl.col("one") | (pl.col("open") & (2 * pl.col("shared") > pl.col("whole"))))
    )
    apart = both.join(alike.select("a", "b", "part").unique(), on=["a", "b", "part"], how="anti")
    found = apart.group_by("a", "b").agg((pl.col("part") == part).any().alias(part) for part in PARTS)
    return pairs.join(found, on=["a", "b"], how="left").with_columns(pl.col(PARTS).fill_null(value=False))
