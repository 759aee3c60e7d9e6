"""Minimum wages as of a date: which amounts apply to workers in general, and since when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from socdialog.codebook.reviewed_files import reviewed, reviewed_as
from socdialog.folding import fold

#: What two amounts must have in common to be steps of one minimum wage.
_SERIES = ("country", "currency", "per", "counted")


@dataclass(frozen=True, slots=True)
class ScopeRules:
    """The words of scopes (``minimum_wages.yaml``).

    Parameters
    ----------
    general
        Parts of a scope that mean workers in general.
    counted
        Parts that say what is counted, gross or net.
    """

    title: str
    general: frozenset[str]
    counted: frozenset[str]


@cache
def scope_rules() -> ScopeRules:
    """Read the words of scopes.

    Notes
    -----
    Step of: `general_steps`.
    """
    return reviewed_as(ScopeRules, reviewed("minimum_wages.yaml"))


def general_steps(minimum_wages: pl.DataFrame) -> pl.DataFrame:
    """Return the minimum wages for workers in general that have a first day, as steps.

    Parameters
    ----------
    minimum_wages
        Clean table.

    Returns
    -------
    DataFrame
        ``country``, ``currency``, ``per``, ``counted`` (``gross``, ``net`` or empty where the source does not say),
        ``from``, ``from_first``, ``value``, ``scope``, ``evidence`` (the rows that state this amount from this day);
        sorted by these. Amounts for some workers only, and those without a first day, are left out.

    Notes
    -----
    Step of: `in_force_on`.
    """
    scopes = {scope: _read(scope) for scope in minimum_wages.get_column("scope").unique()}
    general = [scope for scope, (is_general, _) in scopes.items() if is_general]
    counted = {scope: of for scope, (_, of) in scopes.items()}
    return (
        minimum_wages.filter(pl.col("scope").is_in(general) & pl.col("from_first").is_not_null())
        .with_columns(pl.col("scope").replace_strict(counted, default=None, return_dtype=pl.String).alias("counted"))
        .group_by(*_SERIES, "from", "from_first", "value")
        .agg(pl.col("scope").sort().first(), pl.col("row_id").sort().alias("evidence"))
        .sort(*_SERIES, "from_first", "value", "from")
    )


def in_force_on(minimum_wages: pl.DataFrame, *, country: str, as_of: date) -> pl.DataFrame:
    """Return the minimum wage of a country in force on a day.

    Parameters
    ----------
    minimum_wages
        Clean table.
    country
        Country (ISO 3166-1 alpha-3).
    as_of
        The day. An amount that begins later is not in force.

    Returns
    -------
    DataFrame
        One row an amount, as of `general_steps`: those with the latest first day. ``since`` = the first day from
        which the amount is the same; ``evidence`` = the rows of all these steps. Several rows where sources differ, or
        state the amount gross and net or for several periods of pay. No row where none has a first day.

    Notes
    -----
    Step of: the key figures of a country.
    """
    steps = general_steps(minimum_wages).filter((pl.col("country") == country) & (pl.col("from_first") <= as_of))
    latest = steps.filter(pl.col("from_first") == pl.col("from_first").max())
    found = [_unchanged(row, steps) for row in latest.iter_rows(named=True)]
    schema = {**steps.schema, "since": pl.String()}
    return pl.DataFrame(found, schema=schema, orient="row").sort("counted", "per", "currency", "value")


def _unchanged(row: Mapping[str, object], steps: pl.DataFrame) -> dict[str, object]:
    """Add to an amount since when it is the same, and the rows that say so."""
    same = pl.lit(value=True)
    for name in _SERIES:
        same &= pl.col(name) == row[name]
    own = steps.filter(same).sort("from_first", descending=True)
    since, evidence = row["from"], set[str]()
    for _, step in own.group_by("from_first", maintain_order=True):
        stated = step.filter(pl.col("value") == row["value"])
        if stated.height == 0:
            break
        since = stated.get_column("from")[0]
        evidence.update(stated.get_column("evidence").explode())
    return {**row, "since": since, "evidence": sorted(evidence)}


def _read(scope: str) -> tuple[bool, str]:
    """Return whether a scope means workers in general, and what it counts."""
    rules = scope_rules()
    parts: Sequence[str] = [fold(part) for part in re.split("[,;]", scope)]
    counted = next((part for part in parts if part in rules.counted), "")
    return bool(rules.general.intersection(parts)), counted


__all__ = ["general_steps", "in_force_on", "scope_rules"]
