"""What the dates of two reports say of their being one event: points, and dates that cannot be one."""

from __future__ import annotations

import polars as pl

from socdialog.intake.linking.facts import NEWS_DAYS
from socdialog.intake.linking.knowledge import dispute_stages

#: Starts more than so many days apart are never one event, whatever else is shared.
FAR = 14
#: Points of two starts told to the day: up to so many days apart, so many points; further: `AGAINST`.
STARTS = ((0, 6), (1, 4), (2, 2), (7, -3))
#: Points that near starts lose, by on how many days of the season events of the kind begin: over 4 (one day in
#: twenty), over 12 (one in seven); a shared day is chance then.
SEASON = ((4, 0), (12, -2))
BUSY = -3
#: Points of two undated texts, by the days between their publication; further: `AGAINST`.
TEXTS = ((3, 4), (10, 2), (NEWS_DAYS, 0))
#: Points of an undated text and a date, by the days from the date to its publication; further: 2.
NAMED_PRECISION = ((7, 4),)
#: Points against dates that do not meet.
AGAINST = -6
#: Points for two dates of which one is told to the month or the year only, and for ranges that do not meet.
SAME_MONTH, SAME_YEAR, NEARLY = 3, 2, -4
#: Points that a shared month or year gains where no other event of the kind is in it: the action singles it out.
ALONE = 1
#: Most points of a day whose year is taken to be another: of the same day as much as of a shared month, else fewer.
SAME_DAY_OF_OTHER_YEAR, MISPRINT = 3, 1


def with_gaps(both: pl.DataFrame) -> pl.DataFrame:
    """Add ``gap`` (days between the nearest possible starts), ``apart`` (between the whole lengths) and ``misprint``.

    A day whose year is suspect (``moved``) is read with the other year where that brings the starts nearer; a day whose
    year alone was inferred (``yearless``) with the year of the other, where both are one day of it.
    """
    read = _gap("first", "last", "first_b", "last_b")
    moved = pl.min_horizontal(
        _gap("moved", "moved", "first_b", "last_b"),
        _gap("first", "last", "moved_b", "moved_b"),
        pl.when(_one_day_of_any_year()).then(0),
    )
    return both.with_columns(read=read, other_year=moved).with_columns(
        gap=pl.min_horizontal("read", "other_year"),
        misprint=(pl.col("other_year") < pl.col("read")).fill_null(value=False),
        apart=pl.max_horizontal(pl.col("first_b") - pl.col("until"), pl.col("first") - pl.col("until_b"), 0),
    )


def month_day(first: str) -> pl.Expr:
    """Return month and day, such as ``05-06``, of a day given in days since 1970."""
    return pl.from_epoch(pl.col(first), time_unit="d").dt.strftime("%m-%d")


def _one_day_of_any_year() -> pl.Expr:
    """Return whether both are one day of the year, and the year of one of them was inferred."""
    return _both("day") & pl.any_horizontal("yearless", "yearless_b") & (month_day("first") == month_day("first_b"))


def _gap(first: str, last: str, first_b: str, last_b: str) -> pl.Expr:
    known = pl.all_horizontal(pl.col(first, last, first_b, last_b).is_not_null())
    gap = pl.max_horizontal(pl.col(first_b) - pl.col(last), pl.col(first) - pl.col(last_b), 0)
    return pl.when(known).then(gap)


def _both(value: str) -> pl.Expr:
    return (pl.col("basis") == value) & (pl.col("basis_b") == value)


def _any(value: str) -> pl.Expr:
    return (pl.col("basis") == value) | (pl.col("basis_b") == value)


def _steps(amount: pl.Expr, steps: tuple[tuple[int, int], ...], otherwise: int) -> pl.Expr:
    points = pl.lit(otherwise)
    for most, worth in reversed(steps):
        points = pl.when(amount <= most).then(worth).otherwise(points)
    return points


def date_points() -> pl.Expr:
    """Return the points of the dates, by their bounds; none where one is unknown."""
    told_after = (
        pl.when(pl.col("basis") == "news")
        .then(pl.col("p1") - pl.col("last_b"))
        .otherwise(pl.col("p1_b") - pl.col("last"))
        .abs()
    )
    starts = _starts()
    alone = pl.when(pl.max_horizontal("season", "season_b") == 0).then(ALONE).otherwise(0)
    points = (
        pl.when(_any("none"))
        .then(0)
        .when("misprint")
        .then(pl.min_horizontal(starts, pl.when(pl.col("gap") == 0).then(SAME_DAY_OF_OTHER_YEAR).otherwise(MISPRINT)))
        .when(_both("news"))
        .then(_steps((pl.col("p1") - pl.col("p1_b")).abs(), TEXTS, AGAINST))
        .when(_any("news") & (pl.col("gap") == 0))
        .then(_steps(told_after, NAMED_PRECISION, 2))
        .when(_recalled() & pl.any_horizontal("passing", "passing_b"))
        .then(0)
        .when(_recalled() & (pl.col("gap") > FAR))
        .then(AGAINST)
        .when(_both("day"))
        .then(starts)
        .when(pl.col("gap") > 0)
        .then(NEARLY)
        .when(_any("year"))
        .then(SAME_YEAR + alone)
        .otherwise(SAME_MONTH + alone)
    )
    return points.cast(pl.Int32)


def _starts() -> pl.Expr:
    """Return the points of two days, by how far they are apart and how much a shared day says in their season."""
    starts = _steps(pl.col("gap"), STARTS, AGAINST)
    chance = _steps(pl.max_horizontal("season", "season_b"), SEASON, BUSY)
    starts = pl.when(starts > 0).then(starts + chance).otherwise(starts)
    # Two days of one longer action: a text that comes later may tell of a later day. Where nobody told the
    # end of an action, the later day may still be one of its days.
    acts = [kind for kind, stage in dispute_stages().items() if stage == "action"]
    ends = pl.when(pl.col("last") <= pl.col("last_b")).then("ends").otherwise("ends_b")
    lasting = pl.all_horizontal(pl.col("kind", "kind_b").is_in(sorted(acts))) & ~ends
    return (
        pl.when((pl.col("apart") == 0) & ~pl.col("misprint"))
        .then(pl.max_horizontal(starts, pl.lit(2)))
        .when(lasting & (pl.col("gap") <= FAR))
        .then(pl.max_horizontal(starts, pl.lit(STARTS[-1][1])))
        .otherwise(starts)
    )


def _recalled() -> pl.Expr:
    """Return whether an undated text came out long after the other event: it may recall what was past."""
    one = (pl.col("basis") == "news") & (pl.col("last_b") < pl.col("first"))
    other = (pl.col("basis_b") == "news") & (pl.col("last") < pl.col("first_b"))
    return (one | other).fill_null(value=False) & ~_both("news")


def impossible_dates() -> pl.Expr:
    """Return whether the dates exclude one event: too far apart, not yet over, or ended before the other began."""
    early = (pl.col("basis") == "news") & (pl.col("first_b") > pl.col("last") + 1)
    late = (pl.col("basis_b") == "news") & (pl.col("first") > pl.col("last_b") + 1)
    spans = pl.all_horizontal(pl.col("s0", "e1", "s0_b", "e1_b").is_not_null()) & ~pl.col("misprint")
    disjoint = spans & ((pl.col("s0") > pl.col("e1_b")) | (pl.col("s0_b") > pl.col("e1")))
    far = (pl.col("gap") > FAR) & ~_recalled()
    return pl.any_horizontal(far, early, late, disjoint).fill_null(value=False)
