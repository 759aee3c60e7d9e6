"""Compare two reports feature by feature; every feature gives or takes whole points.

The points are few and round, so that a person can add them up. Their order of size follows the
weights that a logistic regression gives the same features on labelled pairs.
"""

from __future__ import annotations

import polars as pl

from socdialog.codebook.attributes import with_alike
from socdialog.intake.linking.facts import NEWS_DAYS, Facts
from socdialog.intake.linking.knowledge import dispute_stages, knowledge, related_kinds

#: Starts more than so many days apart are never one event, whatever else is shared.
FAR = 14
#: A name is rare, known or frequent that reports of so many months give (up to and including).
RARE, KNOWN, FREQUENT = 2, 8, 24
#: Points of two starts told to the day: up to so many days apart, so many points; further: `AGAINST`.
STARTS = ((0, 6), (1, 4), (2, 2), (7, -3))
#: Points of two undated texts, by the days between their publication; further: `AGAINST`.
TEXTS = ((3, 4), (10, 2), (NEWS_DAYS, 0))
#: Points of an undated text and a date, by the days from the date to its publication; further: 2.
TOLD = ((7, 4),)
#: Points against dates that do not meet, and kinds that do not go together.
AGAINST, OTHER_KIND = -6, -8
#: Points for two dates of which one is told to the month only, and for ranges that do not meet.
SAME_MONTH, NEARLY = 3, -4
#: Points against two reports that name other employers, callers, workers' bodies or hosts, or nothing in common.
EMPLOYERS, CALLERS, GATHERED, HOSTS, NUMBERS, STRANGERS = -10, -8, -3, -8, -8, -2
#: Points against a row of a register and a report from elsewhere: that share a name, or none.
ROW, NAMELESS_ROW = -2, -8
#: Most points of bodies, of people, of both; of words of unresolved names; of figures.
MOST_BODIES, MOST_PEOPLE, MOST_NAMES, MOST_WORDS, MOST_FIGURES = 6, 6, 10, 4, 6
#: Most points of a round number that both reports give.
ROUND = 2
#: The features whose points add up to the score.
FEATURES = ("date", "kind", "country", "place", "names", "figures", "parted")

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
    "document",
    "register",
    "named",
    "bodies",
    "s0",
    "e0",
    "e1",
    "ends",
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
        ``a``, ``b``, the points of the `FEATURES`, their sum ``score``, ``never`` where one event
        is impossible, ``gap`` in days between the starts and ``rare``, the number of shared rare
        names.
    """
    told = facts.reports.select("i", *_SIDES)
    both = pairs.join(told, left_on="a", right_on="i").join(told, left_on="b", right_on="i", suffix="_b")
    both = both.join(related_kinds().with_columns(related=True), on=["kind", "kind_b"], how="left")
    both = _named(_parted(both, facts), facts)
    both = both.with_columns(
        gap=pl.max_horizontal(pl.col("first_b") - pl.col("last"), pl.col("first") - pl.col("last_b"), 0),
        apart=pl.max_horizontal(pl.col("first_b") - pl.col("until"), pl.col("first") - pl.col("until_b"), 0),
        common=pl.col("countries").list.set_intersection("countries_b").list.len(),
    )
    return both.select(
        "a",
        "b",
        "gap",
        "rare",
        date=_date(),
        kind=_kind(),
        country=_country(),
        place=_place(),
        names=_names(),
        figures=pl.col("numbers").clip(upper_bound=MOST_FIGURES).cast(pl.Int32),
        parted=_parties(),
        never=_never(),
    ).with_columns(score=pl.sum_horizontal(FEATURES))


def points_of(months: pl.Expr) -> pl.Expr:
    """Points of a name that reports of so many months give: the fewer, the more it says."""
    return pl.when(months <= RARE).then(4).when(months <= KNOWN).then(3).when(months <= FREQUENT).then(2).otherwise(1)


def _named(both: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Add the points of what both reports name, by its type, and the number of rare names."""
    tokens = facts.tokens.select("i", "type", "token", "months", "everywhere", "round")
    points = pl.when("everywhere").then(1).otherwise(points_of(pl.col("months")))
    points = pl.when("round").then(pl.min_horizontal(points, ROUND)).otherwise(points)
    shared = (
        both.select("a", "b")
        .join(tokens, left_on="a", right_on="i")
        .join(tokens.select("i", "type", "token"), left_on=["b", "type", "token"], right_on=["i", "type", "token"])
        .with_columns(points=points.cast(pl.Int32))
        .group_by("a", "b")
        .agg(
            organisations=pl.col("points").filter(pl.col("type") == "organisation").sum(),
            people=pl.col("points").filter(pl.col("type") == "person").sum(),
            met=(pl.col("type") == "person").sum().cast(pl.Int32),
            words=(pl.col("points") - 1).filter(pl.col("type") == "word").sum(),
            numbers=pl.col("points").filter(pl.col("type") == "figure").sum(),
            shared=pl.len().cast(pl.Int32),
            rare=((pl.col("months") <= RARE) & ~pl.col("everywhere") & (pl.col("type") != "figure")).sum(),
        )
    )
    counts = ("organisations", "people", "words", "met", "numbers", "shared", "rare")
    return both.join(shared, on=["a", "b"], how="left").with_columns(pl.col(counts).fill_null(0))


def _parted(both: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Add whether both name bodies of the parting side, or callers of a gathering, and none in common."""
    for part in ("number", "gathers", "role"):
        of_part = facts.parties.filter(pl.col("part") == part).select("i", "token")
        told = of_part.select("i").unique().with_columns(told=True)
        common = (
            both.select("a", "b")
            .join(of_part, left_on="a", right_on="i")
            .join(of_part, left_on=["b", "token"], right_on=["i", "token"])
            .select("a", "b")
            .unique()
            .with_columns(shared=True)
        )
        both = (
            both.join(told, left_on="a", right_on="i", how="left")
            .join(told, left_on="b", right_on="i", how="left", suffix="_b")
            .join(common, on=["a", "b"], how="left")
            .with_columns(
                (pl.col("told").is_not_null() & pl.col("told_b").is_not_null() & pl.col("shared").is_null()).alias(part)
            )
            .drop("told", "told_b", "shared")
        )
    return both.join(_other_employers(both.select("a", "b"), facts), on=["a", "b"], how="left").with_columns(
        side=pl.col("side").is_not_null()
    )


def _other_employers(pairs: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Return the pairs that both name employers, of which no two can be one: ``a``, ``b``, ``side``.

    Two are one when they have one id, or when, one of them not being resolved, most of what the words of
    the shorter name weigh is shared: "Contractors of Iowa" and "Contractors of Indiana" share the word
    that weighs less.
    """
    weighed = facts.employers.with_columns(
        weight=pl.when(pl.col("token").str.starts_with("=")).then(0).otherwise(points_of(pl.col("months")) - 1)
    ).with_columns(whole=pl.col("weight").sum().over("i", "body"))
    named = weighed.select("i").unique()
    both = pairs.join(named, left_on="a", right_on="i").join(named, left_on="b", right_on="i")
    columns = ("i", "body", "known", "token", "whole", "weight")
    alike = (
        both.join(weighed.select(columns), left_on="a", right_on="i")
        .join(weighed.select(columns), left_on=["b", "token"], right_on=["i", "token"], suffix="_b")
        .group_by("a", "b", "body", "body_b")
        .agg(
            shared=pl.col("weight").sum(),
            one=pl.col("token").str.starts_with("=").any(),
            open=~(pl.col("known") & pl.col("known_b")).all(),
            whole=pl.min_horizontal("whole", "whole_b").first(),
        )
        .filter(pl.col("one") | (pl.col("open") & (2 * pl.col("shared") > pl.col("whole"))))
    )
    return both.join(alike.select("a", "b").unique(), on=["a", "b"], how="anti").with_columns(side=True)


def _both(value: str) -> pl.Expr:
    return (pl.col("basis") == value) & (pl.col("basis_b") == value)


def _any(value: str) -> pl.Expr:
    return (pl.col("basis") == value) | (pl.col("basis_b") == value)


def _steps(amount: pl.Expr, steps: tuple[tuple[int, int], ...], otherwise: int) -> pl.Expr:
    """Points of the first step that `amount` does not pass."""
    points = pl.lit(otherwise)
    for upto, told in reversed(steps):
        points = pl.when(amount <= upto).then(told).otherwise(points)
    return points


def _date() -> pl.Expr:
    """Points of the dates, by their bounds; none where one is unknown or tells the year only."""
    told_after = (
        pl.when(pl.col("basis") == "news")
        .then(pl.col("p1") - pl.col("last_b"))
        .otherwise(pl.col("p1_b") - pl.col("last"))
        .abs()
    )
    starts = _steps(pl.col("gap"), STARTS, AGAINST)
    # Two days of one longer action: a text that comes later may tell of a later day. Where nobody told the
    # end of an action, the later day may still be one of its days.
    acts = [kind for kind, stage in dispute_stages().items() if stage == "action"]
    open_end = (
        pl.when(pl.col("last") <= pl.col("last_b")).then(pl.col("ends").not_()).otherwise(pl.col("ends_b").not_())
    )
    lasting = pl.all_horizontal(pl.col("kind", "kind_b").is_in(sorted(acts))) & open_end
    within = (
        pl.when(pl.col("apart") == 0)
        .then(pl.max_horizontal(starts, pl.lit(2)))
        .when(lasting & (pl.col("gap") <= FAR))
        .then(pl.max_horizontal(starts, pl.lit(STARTS[-1][1])))
        .otherwise(starts)
    )
    points = (
        pl.when(_any("none"))
        .then(0)
        .when(_both("news"))
        .then(_steps((pl.col("p1") - pl.col("p1_b")).abs(), TEXTS, AGAINST))
        .when(_any("news") & (pl.col("gap") == 0))
        .then(_steps(told_after, TOLD, 2))
        .when(_both("day"))
        .then(within)
        .when(pl.col("gap") > 0)
        .then(NEARLY)
        .when(_any("year"))
        .then(0)
        .otherwise(SAME_MONTH)
    )
    return points.cast(pl.Int32)


def _kind() -> pl.Expr:
    same = pl.col("kind") == pl.col("kind_b")
    seldom = pl.col("kind").is_in(with_alike("event_kinds", sorted(knowledge().seldom_kinds)))
    return (
        pl.when(same & seldom)
        .then(4)
        .when(same)
        .then(2)
        .when(pl.col("related"))
        .then(-2)
        .otherwise(OTHER_KIND)
        .cast(pl.Int32)
    )


def _country() -> pl.Expr:
    same = (pl.col("common") == pl.col("countries").list.len()) & (pl.col("common") == pl.col("countries_b").list.len())
    several = pl.col("common") > 1
    return (
        pl.when(same & several)
        .then(3)
        .when(same)
        .then(1)
        .when(pl.col("common") > 0)
        .then(0)
        .otherwise(-2)
        .cast(pl.Int32)
    )


def _place() -> pl.Expr:
    same = pl.col("place") == pl.col("place_b")
    comparable = pl.col("place").str.starts_with("~") == pl.col("place_b").str.starts_with("~")
    return pl.when(same).then(2).when(comparable).then(-3).otherwise(0).cast(pl.Int32)


def _names() -> pl.Expr:
    bodies = pl.col("organisations").clip(upper_bound=MOST_BODIES) + pl.col("people").clip(upper_bound=MOST_PEOPLE)
    words = pl.col("words").clip(upper_bound=MOST_WORDS)
    return pl.max_horizontal(bodies.clip(upper_bound=MOST_NAMES), words).cast(pl.Int32)


def _parties() -> pl.Expr:
    """Points against: other employers; other callers of a gathering; one guest with other hosts."""
    disputes, talks = sorted(dispute_stages()), with_alike("event_kinds", sorted(knowledge().talks))
    gatherings = ~pl.any_horizontal(pl.col("kind", "kind_b").is_in(disputes))
    meetings = pl.all_horizontal(pl.col("kind", "kind_b").is_in(talks))
    hosts = meetings & (pl.col("met") == 1) & (pl.col("named") > 1) & (pl.col("named_b") > 1)
    strangers = (pl.col("bodies") > 0) & (pl.col("bodies_b") > 0) & (pl.col("shared") == 0)
    row = pl.when(pl.col("organisations") + pl.col("people") + pl.col("words") > 0).then(ROW).otherwise(NAMELESS_ROW)
    against = (
        (pl.col("side"), EMPLOYERS),
        (pl.col("role") & gatherings, CALLERS),
        (pl.col("gathers") & ~pl.col("role") & gatherings, GATHERED),
        (hosts, HOSTS),
        (pl.col("number"), NUMBERS),
        (pl.any_horizontal(pl.col("register", "register_b").is_not_null()), row),
        (strangers & ~pl.col("side"), STRANGERS),
    )
    return pl.sum_horizontal(pl.when(told).then(points).otherwise(0) for told, points in against).cast(pl.Int32)


def _never() -> pl.Expr:
    """Whether one event is impossible: too far apart, other country or kind, or told apart by one source."""
    early = (pl.col("basis") == "news") & (pl.col("first_b") > pl.col("last") + 1)
    late = (pl.col("basis_b") == "news") & (pl.col("first") > pl.col("last_b") + 1)
    spans = pl.all_horizontal(pl.col("s0", "e1", "s0_b", "e1_b").is_not_null())
    disjoint = spans & ((pl.col("s0") > pl.col("e1_b")) | (pl.col("s0_b") > pl.col("e1")))
    return pl.any_horizontal(
        pl.col("gap") > FAR,
        pl.col("venue") != pl.col("venue_b"),
        pl.col("document") == pl.col("document_b"),
        pl.col("register") == pl.col("register_b"),
        early,
        late,
        disjoint,
        (pl.col("kind") != pl.col("kind_b")) & pl.col("related").is_null(),
    ).fill_null(value=False)
