"""Compare two reports feature by feature; every feature gives or takes whole points.

The points are few and round, so that a person can add them up. Their order of size follows the
weights that a logistic regression gives the same features on labelled pairs.
"""

from __future__ import annotations

import polars as pl

from socdialog.intake.linking.facts import Facts, knowledge

#: Starts more than so many days apart are never one event, whatever else is shared.
FAR = 14
#: Points of a thing both name, by the number of months in which reports name it (up to and including).
RARE, KNOWN, FREQUENT = 2, 8, 24

_SIDES = (
    "kind",
    "countries",
    "venue",
    "place",
    "first",
    "last",
    "until",
    "basis",
    "p0",
    "p1",
    "status",
    "source_id",
    "s0",
    "e0",
    "e1",
)


def compare(pairs: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Return the points of each pair ``a``, ``b`` of report numbers, feature by feature.

    Parameters
    ----------
    pairs
        Columns ``a`` and ``b``: numbers of reports, each pair once.
    facts
        What is known of the reports.

    Returns
    -------
    polars.DataFrame
        ``a``, ``b``, the points ``date``, ``kind``, ``country``, ``place``, ``names``,
        ``figures``, their sum ``score``, and ``never`` where one event is impossible.
    """
    told = facts.reports.select("i", *_SIDES)
    both = pairs.join(told, left_on="a", right_on="i").join(told, left_on="b", right_on="i", suffix="_b")
    both = both.join(knowledge().together.with_columns(related=True), on=["kind", "kind_b"], how="left")
    both = _shared(both, facts)
    both = both.with_columns(
        gap=pl.max_horizontal(pl.col("first_b") - pl.col("last"), pl.col("first") - pl.col("last_b"), 0),
        apart=pl.max_horizontal(pl.col("first_b") - pl.col("until"), pl.col("first") - pl.col("until_b"), 0),
        common=pl.col("countries").list.set_intersection("countries_b").list.len(),
    )
    return both.with_columns(
        date=_date(), kind_points=_kind(), country=_country(), place_points=_place(), never=_never()
    ).with_columns(score=pl.sum_horizontal("date", "kind_points", "country", "place_points", "names", "figures"))


def _points(months: pl.Expr) -> pl.Expr:
    return pl.when(months <= RARE).then(4).when(months <= KNOWN).then(3).when(months <= FREQUENT).then(2).otherwise(1)


def _shared(both: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Add the points of what both name: organisations and people (``names``), and ``figures``."""
    tokens = facts.tokens.select("i", "type", "token", "months")
    shared = (
        both.select("a", "b")
        .join(tokens, left_on="a", right_on="i")
        .join(tokens.select("i", "type", "token"), left_on=["b", "type", "token"], right_on=["i", "type", "token"])
        .with_columns(points=_points(pl.col("months")))
        .group_by("a", "b")
        .agg(
            organisations=pl.col("points").filter(pl.col("type") == "organisation").sum(),
            people=pl.col("points").filter(pl.col("type") == "person").sum(),
            words=(pl.col("points") - 1).filter(pl.col("type") == "word").sum(),
            numbers=pl.col("points").filter(pl.col("type") == "figure").sum(),
            rare=(pl.col("months").filter(pl.col("type") != "figure") <= RARE).sum(),
        )
    )
    shared = both.join(shared, on=["a", "b"], how="left").with_columns(
        pl.col("organisations", "people", "words", "numbers", "rare").fill_null(0)
    )
    return shared.with_columns(
        names=pl.max_horizontal(
            (pl.col("organisations") + pl.col("people")).clip(upper_bound=8), pl.col("words").clip(upper_bound=4)
        ),
        figures=pl.col("numbers").clip(upper_bound=6),
    )


def _both(value: str) -> pl.Expr:
    return (pl.col("basis") == value) & (pl.col("basis_b") == value)


def _any(value: str) -> pl.Expr:
    return (pl.col("basis") == value) | (pl.col("basis_b") == value)


def _date() -> pl.Expr:
    """Points of the dates, by their bounds."""
    gap, apart = pl.col("gap"), pl.col("apart")
    between = (pl.col("p1") - pl.col("p1_b")).abs()
    before = (
        pl.when(pl.col("basis") == "news")
        .then(pl.col("p1") - pl.col("last_b"))
        .otherwise(pl.col("p1_b") - pl.col("last"))
    )
    return (
        pl.when(_any("none"))
        .then(0)
        .when(_both("news"))
        .then(pl.when(between <= 3).then(4).when(between <= 10).then(2).when(between <= 31).then(0).otherwise(-6))
        .when(_any("news") & (gap == 0))
        .then(pl.when(before.abs() <= 7).then(4).otherwise(2))
        .when(_both("day"))
        .then(
            pl.when(gap == 0)
            .then(6)
            .when(gap == 1)
            .then(4)
            .when((gap == 2) | (apart == 0))
            .then(3)
            .when(gap <= 7)
            .then(-3)
            .otherwise(-6)
        )
        .when(gap > 0)
        .then(-4)
        .when(_any("year"))
        .then(1)
        .when(_any("ended"))
        .then(3)
        .otherwise(3)
    )


def _kind() -> pl.Expr:
    return pl.when(pl.col("kind") == pl.col("kind_b")).then(2).when(pl.col("related")).then(0).otherwise(-8)


def _country() -> pl.Expr:
    same = (pl.col("common") == pl.col("countries").list.len()) & (pl.col("common") == pl.col("countries_b").list.len())
    return pl.when(same).then(1).when(pl.col("common") > 0).then(0).otherwise(-2)


def _place() -> pl.Expr:
    same = pl.col("place") == pl.col("place_b")
    return pl.when(same).then(2).when(~same).then(-4).otherwise(0)


def _never() -> pl.Expr:
    """Whether one event is impossible: too far apart, other country, or told apart by one source."""
    early = (pl.col("basis") == "news") & (pl.col("first_b") > pl.col("last") + 1)
    late = (pl.col("basis_b") == "news") & (pl.col("first") > pl.col("last_b") + 1)
    return (
        (pl.col("gap") > FAR).fill_null(value=False)
        | (pl.col("venue") != pl.col("venue_b")).fill_null(value=False)
        | (pl.col("source_id") == pl.col("source_id_b"))
        | early.fill_null(value=False)
        | late.fill_null(value=False)
    )
