"""States of official series: which one to use, and what changed from one to another."""

from __future__ import annotations

import sys
from datetime import date

import polars as pl

from socdialog.advice import unknown
from socdialog.errors import UsageError
from socdialog.inputs import code, text
from socdialog.intake.official_snapshots import best_sources
from socdialog.loaders.fresh import Data
from socdialog.loaders.labels import table_labels

#: The latest release of each series, and all releases.
LATEST, ALL = "latest", "all"
#: What one release gives as a series.
_SERIES = ("country", "indicator", "classification", "source")
#: Columns that identify a value of one release, whatever survey it comes from.
_VALUE = ("country", "indicator", "source", "classification", "period")
#: Digits to which the numbers in a release are filled up, so that their texts sort as they do.
_DIGITS = 20
#: So many releases are named in one line.
_NAMED = 3


def release_order(vintage: str = "vintage") -> pl.Expr:
    """Return what releases sort by: each number in their text counts as a number, so that 6.1 comes before 10.0."""
    parts = pl.col(vintage).str.extract_all(r"\d+|\D+")
    return parts.list.eval(pl.element().str.zfill(_DIGITS)).list.join("")


def of_vintage(frame: pl.DataFrame, vintage: str | date) -> pl.DataFrame:
    """Return the rows of one state of each series; releases are never mixed within a series.

    Parameters
    ----------
    frame
        The clean table of official series.
    vintage
        ``"latest"``: the latest release of each series. ``"all"``: every release. A text such as ``"2026-02"`` or
        ``"6.1"``: the latest release of that name or within that month or year. A day: the latest release on that day.

    Raises
    ------
    UsageError
        When no series has such a release.
    """
    if isinstance(vintage, date):
        known = frame.filter(_first_day() <= vintage.isoformat())
    elif vintage in {LATEST, ALL}:
        known = frame
    else:
        text(vintage, name="vintage")
        known = frame.filter((pl.col("vintage") == vintage) | pl.col("vintage").str.starts_with(f"{vintage}-"))
    if known.is_empty() and not frame.is_empty():
        names = frame["vintage"].unique().to_list()
        raise UsageError(unknown("vintage", str(vintage), names), hint=f"releases: {', '.join(sorted(names))}")
    releases = known.select("indicator", "source", "vintage").unique()
    if vintage == ALL or not releases.select("indicator", "source").is_duplicated().any():
        return known
    ordered = releases.select(pl.col("vintage").unique()).sort(release_order(), "vintage")["vintage"]
    rank = pl.col("vintage").replace_strict(
        ordered, pl.int_range(len(ordered), eager=True), default=None, return_dtype=pl.Int64
    )
    return known.filter(rank == rank.max().over(*_SERIES, pl.col("freq").fill_null("A")))


def _first_day() -> pl.Expr:
    """Return the first day that a release can be of; null where it is named by a number."""
    day = pl.col("vintage").str.extract(r"^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T.*)?$")
    return day + pl.when(day.str.len_chars() == len("2026")).then(pl.lit("-01-01")).when(
        day.str.len_chars() == len("2026-01")
    ).then(pl.lit("-01")).otherwise(pl.lit(""))


def report_vintages(frame: pl.DataFrame, every: pl.DataFrame) -> None:
    """Print which releases were taken, where a series has others that were left out."""
    if frame.height == every.height:
        return
    left_out = every.join(frame, on="row_id", how="anti")
    series = left_out.select("indicator", "source").unique()
    taken = frame.join(series, on=["indicator", "source"], how="semi").select("source", "vintage").unique()
    named = [f"{source} {vintage}" for source, vintage in taken.sort("source", release_order(), "vintage").iter_rows()]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    used = f"{', '.join(named[-_NAMED:])}{more}"
    print(  # noqa: T201 - a person must know which release was taken
        f"official series: {left_out.height:,} rows of other releases left out; used: {used}; "
        'vintage="all" gives every release',
        file=sys.stderr,
    )


def compare_vintages(a: str | date, b: str | date, *, indicator: str | None = None, data: Data = None) -> pl.DataFrame:
    """Return what differs between two states of official series.

    Parameters
    ----------
    a, b
        The earlier and the later state, as ``vintage`` of `load_country_years`.
    indicator
        Code or label of one indicator; None compares all that both states have.
    data
        The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    DataFrame
        One row per value that differs: ``country``, ``indicator``, ``source``, ``classification``, ``period``,
        ``change``, ``vintage_a``, ``vintage_b``, ``value_a``, ``value_b``, ``status_a``, ``status_b``,
        ``series_source_a``, ``series_source_b``. ``change`` is ``added``, ``gone``, ``changed`` or ``status``: the
        same value with another status. Only the source that the publisher prefers is compared. A series that one of
        the two states does not have is left out.

    Raises
    ------
    UsageError
        When there is no such state or indicator.

    Examples
    --------
    >>> sd.compare_vintages("2022-08", "2026-02")     # doctest: +SKIP
    """
    from socdialog.loaders.opening import load, lookup

    every = best_sources(load("country_years", data=data))
    if indicator is not None:
        named = table_labels("indicators", lookup(data))
        terms = {one: named.get(one, "") for one in every["indicator"].unique()}
        every = every.filter(pl.col("indicator") == code(indicator, terms, what="indicator", name="indicator"))
    one, other = (_state(every, vintage) for vintage in (a, b))
    shared = ["indicator", "source"]
    pair = (one.join(other, on=shared, how="semi"), other.join(one, on=shared, how="semi"))
    key = list(_VALUE)
    both = (
        pair[0]
        .join(pair[1], on=key, how="full", coalesce=True, nulls_equal=True, suffix="_b")
        .rename({name: f"{name}_a" for name in _REPORTED})
    )
    is_there = [pl.col(f"vintage_{side}").is_not_null() for side in ("a", "b")]
    changed = pl.col("value_a").ne_missing(pl.col("value_b"))
    status = pl.col("status_a").ne_missing(pl.col("status_b"))
    change = (
        pl.when(~is_there[0]).then(pl.lit("added"))
        .when(~is_there[1]).then(pl.lit("gone"))
        .when(changed).then(pl.lit("changed"))
        .when(status).then(pl.lit("status"))
    )  # fmt: skip
    sides = [f"{name}_{side}" for name in _REPORTED for side in ("a", "b")]
    return (
        both.with_columns(change=change).drop_nulls("change").select(*key, "change", *sides).sort(key, nulls_last=True)
    )


_REPORTED = ("vintage", "value", "status", "series_source")


def _state(frame: pl.DataFrame, vintage: str | date) -> pl.DataFrame:
    rows = of_vintage(frame, vintage)
    period = pl.coalesce("period", pl.col("year").cast(pl.String))
    found = rows.select(
        *_VALUE[:-1], period.alias("period"), pl.col("obs_status").alias("status"), *_REPORTED[:2], _REPORTED[3]
    )
    if found.select(_VALUE).is_duplicated().any():
        message = "one release gives several values for one period, and none of them is the preferred one"
        raise UsageError(message, hint="fetch the data set with --best-source yes")
    return found


__all__ = ["compare_vintages", "of_vintage", "release_order", "report_vintages"]
