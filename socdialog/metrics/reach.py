"""Reported figures: the participants of an activity with bounds, and the range of claims."""

from __future__ import annotations

import polars as pl

from socdialog.codebook.qualifiers import qualifier
from socdialog.inputs import Columns, Frame, Needed, frames_with
from socdialog.metrics.counting import by_itself, evidence
from socdialog.results import Result, tidy

#: What tells apart the things that figures count; figures alike in all of these are claims about one thing.
SAME_THING = (
    "event_id",
    "country",
    "organisation",
    "indicator",
    "unit",
    "currency",
    "period_start",
    "period_end",
    "scope",
)


def with_claimed_bounds(figures: pl.DataFrame) -> pl.DataFrame:
    """Add ``low`` and ``high``, the bounds of a value under its qualifier.

    An exact figure bounds itself; "more than" and "at least" bound from below, "less than" and "at most"
    from above; a range has both ends, and "about" the width that the vocabulary ``qualifiers`` reads it
    with (``tolerance``). A bound that is not given is null.
    """
    claims = figures.select("value", "value_high", "qualifier").unique(maintain_order=True)
    bounds = [
        (None, None) if value is None else qualifier(code).bounds(value, high)
        for value, high, code in claims.iter_rows()
    ]
    bounded = claims.hstack(pl.DataFrame(bounds, schema={"low": pl.Float64, "high": pl.Float64}, orient="row"))
    return figures.join(bounded, on=claims.columns, how="left", nulls_equal=True, maintain_order="left")


def reach_per_activity(figures: Frame, *, columns: Columns = None) -> Result:
    """Return the number of participants claimed for each activity, with qualifiers as bounds.

    Parameters
    ----------
    figures
        Table of figures; needs ``event_id``, ``shown_with`` and ``value``, and uses those that are shown with
        ``reach``.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        One row per figure: ``event_id``, ``attributed_to``, ``scope``, ``qualifier``; ``value`` as
        reported, ``low`` and ``high`` the bounds under its qualifier (null = open). Figures of one event
        are listed, never averaged or added.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: the figure itself.
    Unit: persons.
    Domain: ≥ 0.
    Missing: an activity without a figure has no row.
    Not measured: actual participants: these are claims; different people over several activities.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.activity.reach_per_activity(sd.load_figures(countries="TUR"))     # doctest: +SKIP
    """
    needed = ("event_id", "shown_with", "value")
    optional = ("value_high", "qualifier", "attributed_to", "scope", "unit", "row_id")
    (figures,) = frames_with(columns, figures=Needed(figures, needed, optional))
    frame = (
        with_claimed_bounds(figures.filter(pl.col("shown_with") == "reach"))
        .with_columns(**by_itself())
        .sort("event_id", "row_id")
        .select(
            "event_id",
            "attributed_to",
            "scope",
            "qualifier",
            *("value", "unit", "n", "known", "low", "high", "evidence"),
        )
    )
    return Result(
        "reach_per_activity_persons",
        tidy(frame, unit="persons"),
        "Participants claimed for an activity, as reported, with the bounds its qualifier gives. Project definition.",
        "Different people reached over several activities; participants of activities without a figure.",
    )


def claim_range(figures: Frame, *, columns: Columns = None) -> Result:
    """Return the range of values that different reports give for one quantity.

    Parameters
    ----------
    figures
        Table of figures; needs ``report_id``, ``indicator`` and ``value``. Figures are about one quantity when they
        agree in event, country, organisation, indicator, unit, currency, period and scope.
    columns
        How one's own tables call a column, such as ``{"value": "…"}``.

    Returns
    -------
    Result
        One row for each quantity for which at least two reports state different values, with the columns
        that identify it and ``claims`` (number of different values); ``value`` = highest less lowest, in
        the figures' own unit, ``low`` and ``high`` = the lowest and the highest, ``n`` = figures.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: max − min over the claims; for a range both ends count.
    Unit: that of the figures.
    Domain: ≥ 0.
    Missing: a quantity in one report only has no row. No values are averaged.
    Not measured: which claim is correct; the error of a quantity in one report only.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.activity.claim_range(sd.load_figures(countries="GEO"))     # doctest: +SKIP
    """
    needed = ("report_id", "indicator", "value")
    (figures,) = frames_with(columns, figures=Needed(figures, needed, (*SAME_THING, "value_high", "row_id")))
    top = pl.coalesce("value_high", "value")
    frame = (
        figures.filter(pl.col("value").is_not_null())
        .group_by(SAME_THING)
        .agg(
            pl.struct("value", top.alias("top")).n_unique().cast(pl.Int64).alias("claims"),
            pl.col("report_id").n_unique().alias("reports"),
            pl.len().alias("n"),
            pl.len().alias("known"),
            pl.col("value").min().alias("low"),
            top.max().alias("high"),
            *evidence(figures),
        )
        .filter((pl.col("claims") > 1) & (pl.col("reports") > 1))
        .with_columns(value=pl.col("high") - pl.col("low"))
        .drop("reports")
        .sort(*SAME_THING, nulls_last=True)
    )
    return Result(
        "claim_range",
        tidy(frame, unit=""),
        "Highest less lowest of the values that different reports claim of the same thing. Project definition.",
        "Which claim is right; claims whose scope is worded differently.",
    )
