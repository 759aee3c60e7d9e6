"""Disputes as found in reports: what each text tells of workers, days and outcome, and what stays open."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import codes_with
from socdialog.inputs import Columns, Frame, Needed, codes, frame_with, frames_with
from socdialog.metrics.counting import share
from socdialog.metrics.dispute_formulas import share_resolved_without_strike
from socdialog.metrics.reach import with_claimed_bounds
from socdialog.results import Result, tidy

#: What the figures that these metrics are made from are shown with.
_WORKERS, _DAYS, _CONFLICTS, _RESOLVED = "strike_workers", "strike_days", "conflicts", "conflicts_resolved"


def disputes_found(
    events: Frame, figures: Frame, *, kinds: str | Sequence[str] | None = None, columns: Columns = None
) -> Result:
    """List the disputes found, with the workers, days and outcomes that reports give.

    Parameters
    ----------
    events, figures
        Events with ``event_id``, ``start_date`` and ``kind``; figures with ``event_id``, ``shown_with`` and ``value``.
    kinds
        Kinds of event, by code or label; None means every kind of the family ``dispute``.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        One row per event, by date: ``event_id``, ``start_date``, ``label``, ``kind``, ``status``, ``countries``,
        ``outcomes``, ``workers``, ``workers_qualifier``, ``days``, ``days_qualifier``. ``value`` = ``workers``: the
        number that all reports agree on, null where none gives one or they differ; ``low`` and ``high`` = the
        bounds of the claims; ``n`` = figures on workers and days, ``known`` = of these, figures on workers. Use
        `completeness` on the frame for "known x of n".

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: none; nothing is added or averaged. Days are as the source counts them.
    Unit: persons.
    Domain: ≥ 0.
    Missing: null where no report gives a number, or where they differ.
    Not measured: disputes without a source in the collection; these are claims, not official strike statistics.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.disputes.disputes_found(sd.load_events(countries="TUR"), sd.load_figures())     # doctest: +SKIP
    """
    chosen = codes_with("event_kinds", "family", "dispute") if kinds is None else list(_kinds(kinds))
    events, figures = frames_with(
        columns,
        events=Needed(
            events,
            ("event_id", "start_first", "kind"),
            ("start_date", "label", "status", "countries", "outcomes", "row_id"),
        ),
        figures=Needed(figures, ("event_id", "shown_with", "value"), ("value_high", "qualifier", "row_id")),
    )
    claimed = with_claimed_bounds(figures.filter(pl.col("shown_with").is_in([_WORKERS, _DAYS])))
    frame = (
        events.filter(pl.col("kind").is_in(chosen))
        .join(_agreed(claimed, _WORKERS, "workers"), on="event_id", how="left")
        .join(_agreed(claimed, _DAYS, "days").drop("days_low", "days_high"), on="event_id", how="left")
        .with_columns(
            value=pl.col("workers"),
            low=pl.col("workers_low"),
            high=pl.col("workers_high"),
            n=pl.col("workers_figures").fill_null(0) + pl.col("days_figures").fill_null(0),
            known=pl.col("workers_figures").fill_null(0),
            evidence=pl.concat_list(
                pl.concat_list("row_id"),
                pl.col("workers_rows").fill_null(pl.lit([], dtype=pl.List(pl.String))),
                pl.col("days_rows").fill_null(pl.lit([], dtype=pl.List(pl.String))),
            ),
        )
        .sort("start_first", "event_id", nulls_last=True)
        .select(
            *("event_id", "start_date", "label", "kind", "status", "countries", "outcomes"),
            *("workers", "workers_qualifier", "days", "days_qualifier"),
            *("value", "n", "known", "low", "high", "evidence"),
        )
    )
    return Result(
        "disputes_found_persons",
        tidy(frame, unit="persons"),
        "Reported disputes with the workers, days and outcomes stated in reports. Project definition.",
        "Disputes without a source in the collection; official strike statistics.",
    )


def _kinds(kinds: str | Sequence[str]) -> tuple[str, ...]:
    labels = {term.code: term.label for term in codebook.known_terms("event_kinds").values()}
    return codes(kinds, labels, what="kind of event", name="kinds")


def _agreed(claimed: pl.DataFrame, use: str, name: str) -> pl.DataFrame:
    """Return per event the one value claimed (null where claims differ), its qualifier, bounds and rows."""
    claim = pl.struct("value", "value_high", "qualifier")
    one = claim.n_unique() == 1
    return (
        claimed.filter(pl.col("shown_with") == use)
        .group_by("event_id")
        .agg(
            pl.when(one).then(pl.col("value").first()).alias(name),
            pl.when(one).then(pl.col("qualifier").first()).alias(f"{name}_qualifier"),
            pl.when(one).then(pl.col("low").first()).otherwise(pl.col("value").min()).alias(f"{name}_low"),
            pl.when(one)
            .then(pl.col("high").first())
            .otherwise(pl.coalesce("value_high", "value").max())
            .alias(f"{name}_high"),
            pl.len().cast(pl.Int64).alias(f"{name}_figures"),
            pl.col("row_id").sort().alias(f"{name}_rows"),
        )
    )


def resolved_without_strike(figures: Frame, *, columns: Columns = None) -> Result:
    """Return the share of labour conflicts reported as resolved without a strike, for each claim.

    Parameters
    ----------
    figures
        Table of figures; needs ``shown_with`` and ``value``. It pairs the indicators of registered and of resolved
        conflicts that one report states for one country, organisation, period and scope.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        Columns ``country``, ``organisation``, ``period_start``, ``period_end``, ``scope``, ``report_id``,
        ``attributed_to``, ``resolved``, ``conflicts``; ``value`` = share 0-1; ``n`` = conflicts registered,
        ``known`` = 2 figures.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: ``resolved / conflicts``.
    Unit: share.
    Domain: from 0; above 1 where the two do not belong together.
    Missing: a report that states only one of the two has no row. A share above 1 is shown unchanged.
    Not measured: conflicts that were not registered; the way they were resolved.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.disputes.resolved_without_strike(sd.load_figures(countries="KAZ"))     # doctest: +SKIP
    """
    key = ["report_id", "country", "organisation", "period_start", "period_end", "scope"]
    needed = Needed(figures, ("report_id", "country", "shown_with", "value"), (*key, "attributed_to", "row_id"))
    (figures,) = frames_with(columns, figures=needed)
    parts = {
        name: figures.filter(pl.col("shown_with") == name).select(
            *key, "attributed_to", pl.col("value").alias("share"), pl.col("row_id")
        )
        for name in (_CONFLICTS, _RESOLVED)
    }
    frame = (
        parts[_RESOLVED]
        .rename({"share": "resolved"})
        .join(
            parts[_CONFLICTS].rename({"share": "conflicts", "row_id": "other_id"}).drop("attributed_to"),
            on=key,
            how="inner",
            nulls_equal=True,
        )
        .with_columns(
            value=share_resolved_without_strike(pl.col("resolved"), pl.col("conflicts")),
            n=pl.lit(2),
            known=pl.lit(2),
            evidence=pl.concat_list("row_id", "other_id").list.sort(),
        )
        .sort(*key, "row_id", "other_id", nulls_last=True)
        .select(
            *("country", "organisation", "period_start", "period_end", "scope", "report_id", "attributed_to"),
            *("resolved", "conflicts", "value", "n", "known", "evidence"),
        )
    )
    return Result(
        "resolved_without_strike_share",
        tidy(frame, unit="share"),
        "Share of registered labour conflicts said to be settled without a strike. Project definition.",
        "Conflicts that were not registered; how they were settled.",
    )


def bans_among_strikes(events: Frame, *, columns: Columns = None) -> Result:
    """Return the share of the strikes found that an authority banned or postponed.

    Parameters
    ----------
    events
        Table of events; needs ``kind``, ``status`` and ``outcomes``. Its strikes and strike notices count.
    columns
        How one's own tables call a column, such as ``{"outcomes": "…"}``.

    Returns
    -------
    Result
        One row: ``value`` = share 0-1 of the ``known`` strikes, ``n`` = strikes found, ``known`` = those whose
        outcome is coded or whose status is ``banned``; ``evidence`` = the banned ones.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: strikes with status ``banned`` or outcome ``strike_banned`` / strikes known.
    Unit: share.
    Domain: 0-1.
    Missing: null where none is known.
    Not measured: strikes not called for fear of a ban; strikes without a source in the collection.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.disputes.bans_among_strikes(sd.load_events(countries="TUR"))     # doctest: +SKIP
    """
    events = frame_with(events, "kind", "status", "outcomes", columns=columns, table="events")
    found = events.filter(pl.col("kind").is_in(codes_with("event_kinds", "strike", value=True)))
    forbidding = codes_with("outcomes", "banned", value=True)
    banned = pl.col("status").is_in(codes_with("event_statuses", "banned", value=True)) | pl.col(
        "outcomes"
    ).list.set_intersection(forbidding).list.len().fill_null(0).gt(0)
    known = found.filter(banned | (pl.col("outcomes").list.len().fill_null(0) > 0))
    shown = known.filter(banned)
    return share(
        "bans_among_strikes_share",
        shown,
        n=found.height,
        known=known.height,
        definition="Share of the strikes found with a known outcome that an authority banned or postponed. "
        "Project definition.",
        not_measured="Strikes not called for fear of a ban; strikes without a source in the collection.",
    )
