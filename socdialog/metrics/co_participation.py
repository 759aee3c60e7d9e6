"""Joint participation: organisations by events as a two-mode table, and measures of it.

One event with everyone in it joins everyone with everyone. So a shared event counts less the more take part
(Newman), and the distribution of event sizes is given with every such number. Events whose participants are not
known are excluded, as n shows.
"""

from __future__ import annotations

from typing import Literal

import polars as pl

from socdialog.inputs import Columns, Frame, Needed, choice, frame_with, frames_with
from socdialog.metrics.participation import taking_part
from socdialog.results import Result, tidy

__all__ = ["degree", "event_sizes", "newman_weights", "participations", "shared_events", "two_mode"]
__dir__ = __all__.copy

_NOT = "Contacts outside the events found; actual contacts; participants that a source does not name."


def participations(events: Frame, actors: Frame, *, columns: Columns = None) -> pl.DataFrame:
    """Return which organisation took part in which event.

    Parameters
    ----------
    events, actors
        Events with ``event_id``; actors with ``event_id``, ``org_id``, ``side`` and ``role``. Only actors that take
        part count, and only those resolved to a registered organisation.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    DataFrame
        ``event_id``, ``org_id``, ``row_id`` (of the event), each pair once; an event without a resolved participant
        has one row with ``org_id`` null, so that it can be counted.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Step of: `two_mode` and the metrics over its pairs.

    Examples
    --------
    >>> events = sd.load_events(countries="KGZ")     # doctest: +SKIP
    >>> sd.metrics.co_participation.participations(events, sd.load_actors())     # doctest: +SKIP
    """
    events, actors = frames_with(
        columns,
        events=Needed(events, ("event_id",), ("row_id",)),
        actors=Needed(actors, ("event_id", "org_id", "side", "role")),
    )
    pairs = taking_part(actors).filter(pl.col("org_id").is_not_null()).select("event_id", "org_id").unique()
    return (
        events.select("event_id", "row_id")
        .join(pairs, on="event_id", how="left")
        .select("event_id", "org_id", "row_id")
        .sort("event_id", "org_id")
    )


def two_mode(pairs: Frame, *, columns: Columns = None) -> Result:
    """Return the two-mode table of organisations and events.

    Parameters
    ----------
    pairs
        ``event_id`` and ``org_id``, as returned by `participations`.
    columns
        How one's own tables call a column, such as ``{"org_id": "…"}``.

    Returns
    -------
    Result
        Columns ``org_id``, ``event_id``; ``value`` = 1 (took part); ``n`` = events, ``known`` = events with a
        participant. A missing pair has no joint event in the data.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: 1 for each organisation and event in which it takes part.
    Unit: participation (1).
    Domain: 1; no row without a joint event.
    Missing: an event without known participants has no row.
    Not measured: actual contacts; participants that a source does not name.
    Reference: Borgatti and Halgin 2011.

    Examples
    --------
    >>> pairs = pl.DataFrame({"event_id": ["e", "e", "f"], "org_id": ["a", "b", "a"]})
    >>> _ = two_mode(pairs)
    """
    pairs = _pairs(pairs, columns)
    known, n = _known(pairs)
    frame = known.select(
        "org_id",
        "event_id",
        pl.lit(1.0).alias("value"),
        *_of(known, n),
        *([pl.concat_list("row_id").alias("evidence")] if "row_id" in pairs.columns else []),
    )
    return Result(
        "two_mode_participations",
        tidy(frame, unit="participations"),
        "Organisations by events found. Reference: Borgatti and Halgin 2011.",
        _NOT,
    )


def shared_events(pairs: Frame, *, columns: Columns = None) -> Result:
    """Count the events that two organisations share.

    Parameters
    ----------
    pairs
        As for `two_mode`.
    columns
        How one's own tables call a column, such as ``{"org_id": "…"}``.

    Returns
    -------
    Result
        Columns ``org_a``, ``org_b`` (in the order of their ids); ``value`` = events in which both take part; ``n``
        = events, ``known`` = events with a participant. Pairs without a shared event have no row.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: number of events e with a and b in e.
    Unit: events.
    Domain: integers from 1.
    Missing: an event without a known participant is excluded, as ``n`` shows.
    Not measured: actual contacts; contacts outside the reported events. A large event adds one to every pair in it:
    see `newman_weights`, `event_sizes`.
    Reference: projection of a two-mode network, as in networkx ``weighted_projected_graph``.

    Examples
    --------
    >>> pairs = pl.DataFrame({"event_id": ["e", "e", "f"], "org_id": ["a", "b", "a"]})
    >>> shared_events(pairs).frame.select("org_a", "org_b", "value").rows()
    [('a', 'b', 1.0)]
    """
    return _projected(
        _pairs(pairs, columns),
        pl.len().cast(pl.Float64),
        "shared_events_events",
        "events",
        "Events that both take part in.",
    )


def newman_weights(pairs: Frame, *, columns: Columns = None) -> Result:
    """Weigh the events that two organisations share by the number of others in them.

    Parameters
    ----------
    pairs
        As for `two_mode`.
    columns
        How one's own tables call a column, such as ``{"org_id": "…"}``.

    Returns
    -------
    Result
        As for `shared_events`; ``value`` = weight.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``Σ 1 / (n_e − 1)`` over the shared events, with n_e organisations in event e.
    Unit: weight.
    Domain: > 0.
    Missing: an event with one known participant adds nothing; one without is excluded, as ``n`` shows.
    Not measured: actual contacts; contacts outside the reported events.
    Reference: Newman 2001, Physical Review E 64, 016132.

    Examples
    --------
    >>> pairs = pl.DataFrame({"event_id": ["e", "e", "f"], "org_id": ["a", "b", "a"]})
    >>> newman_weights(pairs).frame.select("org_a", "org_b", "value").rows()
    [('a', 'b', 1.0)]
    """
    weight = (1 / (pl.col("size") - 1)).sum()
    return _projected(
        _pairs(pairs, columns),
        weight,
        "newman_weights",
        "weight",
        "Shared events, each divided by the number of others in it.",
    )


def degree(pairs: Frame, *, of: Literal["org_id", "event_id"] = "org_id", columns: Columns = None) -> Result:
    """Return the degree of each organisation (or event) as a share of the other mode.

    Parameters
    ----------
    pairs
        As for `two_mode`.
    of
        ``org_id`` or ``event_id``.
    columns
        How one's own tables call a column, such as ``{"org_id": "…"}``.

    Returns
    -------
    Result
        Columns `of` and ``degree`` (its number of events, or of organisations), highest first; ``value`` = degree
        divided by the number of the other mode; ``n`` = events, ``known`` = events with a participant.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``degree / size of the other mode``.
    Unit: share.
    Domain: 0-1.
    Missing: an event without a known participant is excluded, as ``n`` shows.
    Not measured: importance: it counts reported events; contacts outside the reported events.
    Reference: Borgatti and Halgin 2011.

    Examples
    --------
    >>> pairs = pl.DataFrame({"event_id": ["e", "e", "f"], "org_id": ["a", "b", "a"]})
    >>> degree(pairs).frame.select("org_id", "value").rows()
    [('a', 1.0), ('b', 0.5)]
    """
    choice(of, ("org_id", "event_id"), what="side of the network")
    pairs = _pairs(pairs, columns)
    known, n = _known(pairs)
    other = "event_id" if of == "org_id" else "org_id"
    size = known.get_column(other).n_unique()
    frame = (
        known.group_by(of)
        .agg(pl.len().cast(pl.Int64).alias("degree"), *_ids(pairs))
        .with_columns((pl.col("degree") / size).alias("value"), *_of(known, n))
        .sort(pl.col("degree").neg(), of)
    )
    return Result(
        f"degree_of_{of.removesuffix('_id')}_share",
        tidy(frame.select(of, "degree", pl.exclude(of, "degree")), unit="share"),
        "Degree in the two-mode network, as a share of the other mode. Borgatti and Halgin 2011.",
        _NOT,
    )


def event_sizes(pairs: Frame, *, columns: Columns = None) -> Result:
    """Count the events by the number of organisations in them.

    Parameters
    ----------
    pairs
        As for `two_mode`.
    columns
        How one's own tables call a column, such as ``{"org_id": "…"}``.

    Returns
    -------
    Result
        Column ``organisations``, ascending; ``value`` = events; ``n`` = events, ``known`` = events with a participant.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of events with that many different organisations. Show it with every projection.
    Unit: events.
    Domain: integers from 1.
    Missing: an event without a known participant is excluded, as ``n`` shows.
    Not measured: people in an event; participants that a source does not name.
    Reference: Borgatti and Halgin 2011, on two-mode data.

    Examples
    --------
    >>> pairs = pl.DataFrame({"event_id": ["e", "e", "f"], "org_id": ["a", "b", "a"]})
    >>> _ = event_sizes(pairs)
    """
    pairs = _pairs(pairs, columns)
    known, n = _known(pairs)
    frame = (
        known.group_by("event_id")
        .agg(pl.len().cast(pl.Int64).alias("organisations"), *_first(pairs))
        .group_by("organisations")
        .agg(pl.len().cast(pl.Float64).alias("value"), *_ids(pairs))
        .with_columns(*_of(known, n))
        .sort("organisations")
    )
    return Result(
        "event_sizes_events", tidy(frame, unit="events"), "Events by the number of organisations in them.", _NOT
    )


def _projected(pairs: pl.DataFrame, formula: pl.Expr, name: str, unit: str, definition: str) -> Result:
    known, n = _known(pairs)
    sized = known.with_columns(pl.len().over("event_id").cast(pl.Float64).alias("size"))
    right = sized.select("event_id", pl.col("org_id").alias("org_b"))
    frame = (
        sized.rename({"org_id": "org_a"})
        .join(right, on="event_id", how="inner")
        .filter(pl.col("org_a") < pl.col("org_b"))
        .sort("org_a", "org_b", "event_id")
        .group_by("org_a", "org_b", maintain_order=True)
        .agg(formula.alias("value"), *_ids(pairs))
        .with_columns(*_of(known, n))
        .sort(pl.col("value").neg(), "org_a", "org_b")
    )
    return Result(name, tidy(frame, unit=unit), definition, _NOT)


def _pairs(pairs: Frame, columns: Columns) -> pl.DataFrame:
    return frame_with(pairs, "event_id", "org_id", columns=columns, table="actors")


def _known(pairs: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return each known pair once, and the number of events, those without known participants included."""
    known = pairs.filter(pl.col("org_id").is_not_null() & pl.col("event_id").is_not_null())
    key = ["event_id", "org_id"]
    # Sorted by the row as well, so that of a pair told twice the same row is kept whatever the order.
    in_order = known.sort(*key, *(["row_id"] if "row_id" in pairs.columns else []))
    return in_order.unique(key, keep="first", maintain_order=True), pairs.get_column("event_id").drop_nulls().n_unique()


def _of(known: pl.DataFrame, n: int) -> tuple[pl.Expr, pl.Expr]:
    """Return ``n``, the events, and ``known``, those with a known participant."""
    return pl.lit(n).alias("n"), pl.lit(known.get_column("event_id").n_unique()).alias("known")


def _ids(pairs: pl.DataFrame) -> list[pl.Expr]:
    """Collect the row ids of a group; the row of an event stands once for each of its organisations."""
    return [pl.col("row_id").unique().sort().alias("evidence")] if "row_id" in pairs.columns else []


def _first(pairs: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col("row_id").first()] if "row_id" in pairs.columns else []
