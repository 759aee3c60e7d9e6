"""Compare two reports feature by feature; every feature gives or takes whole points.

The points are few and round, so that a person can add them up. Their order of size follows the
weights that a logistic regression gives the same features on labelled pairs.
"""

from __future__ import annotations

import polars as pl

from socdialog.codebook.attributes import with_alike
from socdialog.intake.linking.dating import date_points, impossible_dates, with_gaps
from socdialog.intake.linking.facts import Facts
from socdialog.intake.linking.knowledge import dispute_stages, knowledge, related_kinds
from socdialog.intake.linking.locations import known_apart, one_holds, one_place
from socdialog.intake.linking.parting import parted
from socdialog.intake.linking.rarity import FREQUENT, RARE, points_of

#: Points against kinds that do not go together.
OTHER_KIND = -8
#: Points of a place in the other, of places known to lie apart, and of two of which nothing more is known.
WITHIN, APART, ELSEWHERE = 1, -4, -1
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

#: What may exclude that two reports tell of one event, and what else of a report is compared.
_EXCLUDING = (
    *("kind", "venue", "document", "register", "case"),
    *("first", "last", "until", "basis", "s0", "e1", "moved", "yearless"),
)
_FURTHER = (
    *("countries", "place", "holders", "placed", "parts", "p1"),
    *("named", "bodies", "ends", "season", "passing"),
)


def compare(pairs: pl.DataFrame, facts: Facts, *, possible: bool = False) -> pl.DataFrame:
    """Return the points of each pair ``a``, ``b`` of report numbers, feature by feature.

    Parameters
    ----------
    pairs
        Columns ``a`` and ``b``: numbers of reports, each pair once.
    facts
        What is known of the reports.
    possible
        Whether to leave out the pairs that cannot be one event, before their names are looked at.

    Returns
    -------
    polars.DataFrame
        ``a``, ``b``, the points of the `FEATURES`, their sum ``score``, ``never`` where one event
        is impossible, ``gap`` in days between the starts and ``rare``, the number of shared rare
        names.
    """
    both = _joined(pairs, facts, _EXCLUDING)
    both = both.join(related_kinds().with_columns(related=True), on=["kind", "kind_b"], how="left")
    both = with_gaps(both).with_columns(never=impossible_dates() | _never())
    if possible:
        both = both.filter(~pl.col("never"))
    both = _joined(both, facts, _FURTHER)
    both = _named(both.join(parted(both.select("a", "b"), facts), on=["a", "b"]), facts)
    both = both.with_columns(common=pl.col("countries").list.set_intersection("countries_b").list.len())
    return both.select(
        "a",
        "b",
        "gap",
        "rare",
        date=date_points(),
        kind=_kind(),
        country=_country(),
        place=_place(),
        names=_names(),
        figures=pl.col("numbers").clip(upper_bound=MOST_FIGURES).cast(pl.Int32),
        parted=_parties(),
        never=pl.col("never"),
    ).with_columns(score=pl.sum_horizontal(FEATURES))


def _joined(both: pl.DataFrame, facts: Facts, columns: tuple[str, ...]) -> pl.DataFrame:
    """Add what is known of the two reports of each pair; of the second, names end in ``_b``."""
    known = facts.reports.select("i", *columns)
    return both.join(known, left_on="a", right_on="i").join(known, left_on="b", right_on="i", suffix="_b")


def _never() -> pl.Expr:
    """Return whether another country or kind, or one source that tells two events apart, excludes one event."""
    return pl.any_horizontal(
        pl.col("venue") != pl.col("venue_b"),
        pl.col("document") == pl.col("document_b"),
        pl.col("register") == pl.col("register_b"),
        (pl.col("case").struct[0] == pl.col("case_b").struct[0])
        & (pl.col("case").struct[1] != pl.col("case_b").struct[1]),
        (pl.col("kind") != pl.col("kind_b")) & pl.col("related").is_null(),
    ).fill_null(value=False)


def _named(both: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Add the points of what both reports name, by its type, and the number of rare names."""
    # A word of names of every month says nothing; most pairs of a long list share such words.
    tokens = facts.tokens.filter((pl.col("type") != "word") | (pl.col("months") <= FREQUENT))
    tokens = tokens.select("i", "type", "token", "months", "everywhere", "round")
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
    return (
        pl.when(one_place())
        .then(2)
        .when(one_holds())
        .then(WITHIN)
        .when(pl.col("place") != pl.col("place_b"))
        .then(pl.when(known_apart()).then(APART).otherwise(ELSEWHERE))
        .otherwise(0)
        .cast(pl.Int32)
    )


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
        (pl.any_horizontal("role", "own_role") & gatherings, CALLERS),
        (pl.col("gathers") & ~pl.any_horizontal("role", "own_role") & gatherings, GATHERED),
        (hosts, HOSTS),
        (pl.col("number"), NUMBERS),
        (pl.any_horizontal(pl.col("register", "register_b").is_not_null()), row),
        (strangers & ~pl.col("side"), STRANGERS),
    )
    return pl.sum_horizontal(pl.when(holds).then(points).otherwise(0) for holds, points in against).cast(pl.Int32)
