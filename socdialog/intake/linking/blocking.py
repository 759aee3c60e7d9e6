"""Candidates: the pairs of reports that share a day, or a name near in time, or something rare.

Comparing every report with every other is out of reach for a hundred thousand reports. A pair that
shares none of these blocks could not reach the points of one event, so nothing is lost by the
blocks themselves; only blocks larger than `CROWD` are passed over, for they tell nothing apart.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.intake.linking.dating import FAR, month_day
from socdialog.intake.linking.facts import Facts
from socdialog.intake.linking.rarity import FREQUENT

#: Blocks with more reports than this are not used: what so many share is no sign of one event.
CROWD = 300
#: An undated report is compared with all others that share something named by at most so many reports.
SCARCE = 60
#: Pairs met at once, before each is counted once: bounds the memory.
_AT_ONCE = 2_000_000
#: A pair of report numbers is one number, which is met and sorted in a fraction of the memory of two.
_NEXT = 2**32
_MONTH = 30
_LONGEST = 14 * _MONTH


def candidates(facts: Facts) -> pl.DataFrame:
    """Return the pairs ``a`` < ``b`` of report numbers worth comparing, sorted, each once."""
    met = pl.concat([_met(left, right) for left, right in _blocks(facts)]).unique().sort()
    return met.to_frame("pair").select(
        a=(pl.col("pair") // _NEXT).cast(pl.UInt32), b=(pl.col("pair") % _NEXT).cast(pl.UInt32)
    )


def _blocks(facts: Facts) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Yield frames ``i``, ``key`` to be met on their keys, left with right."""
    reports = facts.reports.with_columns(
        where=pl.coalesce("venue", pl.col("countries").list.first()),
        timed=pl.col("basis") != "none",
    )
    days = reports.filter(pl.col("basis") == "day").select("i", "where", "first", "moved", "yearless")
    plain = days.select("i", key=pl.concat_str("where", "first", separator="|"))
    yield plain, plain
    yield days.select("i", key=pl.concat_str("where", pl.col("first") + 1, separator="|")), plain
    suspect = days.filter(pl.col("moved").is_not_null())
    for late in range(-FAR, FAR + 1):
        yield suspect.select("i", key=pl.concat_str("where", pl.col("moved") + late, separator="|")), plain
    of_any_year = pl.concat_str("where", month_day("first"), separator="|")
    yield days.filter("yearless").select("i", key=of_any_year), days.select("i", key=of_any_year)

    words = facts.tokens.filter((pl.col("type") != "word") | (pl.col("months") <= FREQUENT))
    timed = reports.filter(pl.col("timed") & (pl.col("last") - pl.col("first") <= _LONGEST))
    named = words.join(timed.select("i", "where", "first", "last"), on="i")
    yield _monthly(named, margin=FAR), _monthly(named, margin=0)
    of_kind = timed.select("i", "where", "first", "last", type=pl.lit("kind"), token=pl.col("kind"))
    yield _monthly(of_kind, margin=FAR), _monthly(of_kind, margin=0)

    scarce = words.filter((pl.col("months") <= FREQUENT) & (pl.len().over("type", "token") <= SCARCE)).select(
        "i", key=pl.concat_str("type", "token", separator="|")
    )
    vague = reports.filter(~pl.col("timed") | (pl.col("last") - pl.col("first") > _LONGEST)).select("i")
    yield scarce.join(vague, on="i"), scarce


def _monthly(named: pl.DataFrame, *, margin: int) -> pl.DataFrame:
    first, last = (pl.col("first") - margin) // _MONTH, (pl.col("last") + margin) // _MONTH
    return (
        named.with_columns(month=pl.int_ranges(first, last + 1))
        .explode("month", empty_as_null=False)
        .select("i", key=pl.struct("type", "token", "where", "month").hash(seed=1))
    )


def _met(left: pl.DataFrame, right: pl.DataFrame) -> pl.Series:
    """Meet two frames on their keys; return each pair once as one number: the smaller report, then the larger."""
    left, right = (side.select("i", pl.col("key").hash(seed=1)) for side in (left, right))
    on_key = right.group_by("key").len().filter(pl.col("len") <= CROWD)
    expected = left.group_by("key").len().join(on_key, on="key").select(pl.col("len").dot("len_right")).item() or 0
    right = right.join(on_key, on="key", how="semi")
    parts = 1 + int(expected) // _AT_ONCE
    found = []
    for part in range(parts):
        here = pl.col("key") % parts == part
        met = left.filter(here).join(right.filter(here), on="key", suffix="_b").filter(pl.col("i") != pl.col("i_b"))
        smaller, larger = pl.min_horizontal("i", "i_b"), pl.max_horizontal("i", "i_b")
        found.append(met.select(pair=smaller.cast(pl.UInt64) * _NEXT + larger).to_series().unique())
    return pl.concat(found).unique()
