"""Social dialogue institutions over time: months under a general agreement, last recorded meetings."""

from __future__ import annotations

import polars as pl

from socdialog import dates
from socdialog.codebook.attributes import attributes, codes_with
from socdialog.dates import DateLike, period
from socdialog.inputs import Columns, Frame, Needed, frame_with, frames_with
from socdialog.metrics.participation import taking_part
from socdialog.results import Result, tidy

__all__ = [
    "agreement_gaps",
    "agreement_periods",
    "days_since_last_recorded_meeting",
    "months_covered_by_agreement",
    "national_agreements",
]
__dir__ = __all__.copy

#: The years in a name, written ``2018-2020``, ``2018/20`` or ``2018 to 2020``; ``2018-12`` is a month.
_NAMED_PERIOD = r"\b(\d{4})\s*(?:[-‐‑–—−/]|to|until|till|through)\s*(?:\d{4}|1[3-9]|[2-9]\d)\b"
_NOT_COVERED = (
    "Agreements that no collected source names; whether an agreement applies to a day before its signature or was "
    "extended after its end; how it is carried out."
)


def months_covered_by_agreement(
    institutions: Frame, *, since: DateLike, until: DateLike, columns: Columns = None
) -> Result:
    """Count the months in which a general agreement was in place, by country.

    Parameters
    ----------
    institutions
        Institutions with ``country``, ``kind``, ``name``, ``date`` and ``period_end``; `national_agreements` of them
        count.
    since, until
        First and last day of the period, or a year or month that begins or ends it.
    columns
        How one's own tables call a column, such as ``{"period_end": "…"}``.

    Returns
    -------
    Result
        Column ``country``; ``value`` = months surely covered, ``high`` = months possibly covered (dates of reduced
        precision read widely, and periods stated only in the name of an agreement), ``n`` = agreements, ``known`` =
        those with a date of signature and an end. Null where none can be placed. ``months`` = months of the period.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: number of months whose last day lies between signature and end of at least one agreement. Months under two
    agreements count once.
    Unit: months.
    Domain: integers from 0 to the months of the period.
    Missing: an agreement without a date of signature surely covers nothing; without an end it covers nothing. Both are
    told by ``n``. An agreement of one place, or one that is not concluded, counts as none.
    Not measured: compliance with agreements, and agreements without a source in the collection: a month not covered is
    one for which no agreement was found.
    Reference: Project definition.

    Examples
    --------
    >>> agreements = sd.load_institutions(countries="KAZ")     # doctest: +SKIP
    >>> sd.metrics.institutions.months_covered_by_agreement(agreements, since=2014, until=2026)     # doctest: +SKIP
    """
    agreements, months = agreement_periods(institutions, columns=columns), _month_ends(since, until)
    found = (
        _by_month(agreements, months)
        .group_by("country")
        .agg(
            pl.col("sure").sum().cast(pl.Float64).alias("value"),
            pl.col("possible").sum().cast(pl.Float64).alias("high"),
        )
    )
    frame = (
        _counts(agreements)
        .join(found, on="country", how="left")
        .with_columns(low=pl.col("value"), months=pl.lit(len(months), dtype=pl.Int64))
        .select("country", "months", "value", "n", "known", "low", "high", "evidence")
        .sort("country")
    )
    return Result(
        "months_covered_by_agreement_months",
        tidy(frame, unit="months"),
        "Months of the period whose last day lies between signature and end of a general agreement. "
        "Project definition.",
        _NOT_COVERED,
    )


def agreement_gaps(institutions: Frame, *, since: DateLike, until: DateLike, columns: Columns = None) -> Result:
    """Return the periods for which no general agreement was found, by country.

    Parameters
    ----------
    institutions, since, until
        As for `months_covered_by_agreement`; only countries with an agreement known well enough are listed.
    columns
        How one's own tables call a column, such as ``{"period_end": "…"}``.

    Returns
    -------
    Result
        Columns ``country``, ``gap_from``, ``gap_to`` (first and last day); ``value`` = months. An agreement is read
        widely, so that a gap is sure as far as the agreements known go.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: runs of months that `months_covered_by_agreement` counts as not even possibly covered.
    Unit: months.
    Domain: integers from 1.
    Missing: a country without a well dated agreement has no row.
    Not measured: agreements without a source in the collection, their content and compliance with them.
    Reference: Project definition.

    Examples
    --------
    >>> agreements = sd.load_institutions(countries="KAZ")     # doctest: +SKIP
    >>> sd.metrics.institutions.agreement_gaps(agreements, since=2014, until=2026)     # doctest: +SKIP
    """
    agreements = agreement_periods(institutions, columns=columns)
    frame = (
        _by_month(agreements, _month_ends(since, until))
        .sort("country", "month")
        .with_columns(pl.col("possible").rle_id().over("country").alias("run"))
        .filter(~pl.col("possible"))
        .group_by("country", "run")
        .agg(
            pl.col("month").min().dt.month_start().alias("gap_from"),
            pl.col("month").max().alias("gap_to"),
            pl.len().cast(pl.Float64).alias("value"),
        )
        .join(_counts(agreements), on="country", how="left")
        .select("country", "gap_from", "gap_to", "value", "n", "known", "evidence")
        .sort("country", "gap_from")
    )
    return Result(
        "agreement_gaps_months",
        tidy(frame, unit="months"),
        "Months in a row for which no general agreement was seen. Project definition.",
        _NOT_COVERED,
    )


def days_since_last_recorded_meeting(
    institutions: Frame, events: Frame, actors: Frame, *, as_of: DateLike, columns: Columns = None
) -> Result:
    """Return the days since the last recorded meeting of the tripartite bodies of each country.

    Parameters
    ----------
    institutions, events, actors
        Institutions with ``country``, ``kind`` and ``name``; events with ``event_id``, ``status`` and ``start_date``;
        actors with ``event_id``, ``side``, ``role`` and ``country``. A meeting is an event that took place and in which
        an actor of the side ``tripartite`` of that country takes part.
    as_of
        The day from which is counted back; of a year or month the last day. Later events do not count.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        One row per country with a registered body or a recorded meeting: ``country``, ``bodies`` (registered names),
        ``last_event_id``, ``last_recorded_meeting`` (as reported); ``value`` = days, null where the day is not stated
        or no meeting was found; ``low`` and ``high`` its bounds for a date of reduced precision; ``n`` = recorded
        meetings, ``known`` = those with a date.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: `as_of` − the last possible day of the latest dated meeting. The actor tables name such bodies without a
    registered id, so that the meeting is assigned to the country and not to one of several bodies.
    Unit: days.
    Domain: integers from 0.
    Missing: null where the date of the last meeting is not stated, or no meeting was found.
    Not measured: meetings without a source in the collection.
    Reference: Project definition.

    Examples
    --------
    >>> bodies, events = sd.load_institutions(countries="KAZ"), sd.load_events(countries="KAZ")     # doctest: +SKIP
    >>> tables = bodies, events, sd.load_actors()     # doctest: +SKIP
    >>> sd.metrics.institutions.days_since_last_recorded_meeting(*tables, as_of="2026-11")     # doctest: +SKIP
    """
    day = dates.day(as_of, name="as_of")
    institutions, events, actors = frames_with(
        columns,
        institutions=Needed(institutions, ("country", "kind", "name"), ("row_id",)),
        events=Needed(events, ("event_id", "status", "start_first", "start_last"), ("start_date", "row_id")),
        actors=Needed(actors, ("event_id", "side", "role", "country")),
    )
    happened = codes_with("event_statuses", "happened", value=True)
    joint = [code for code, sides in attributes("sides", "seats", None).items() if sides]
    meetings = (
        taking_part(actors)
        .filter(pl.col("side").is_in(joint) & pl.col("country").is_not_null())
        .select("country", "event_id")
        .unique()
        .join(
            events.filter(
                pl.col("status").is_in(happened) & (pl.col("start_first").is_null() | (pl.col("start_first") <= day))
            ),
            on="event_id",
            how="inner",
        )
    )
    latest = (
        meetings.filter(pl.col("start_last").is_not_null())
        .sort("start_last", "start_first", "event_id")
        .group_by("country", maintain_order=True)
        .last()
        .select(
            "country",
            pl.col("event_id").alias("last_event_id"),
            pl.col("start_date").alias("last_recorded_meeting"),
            pl.max_horizontal(pl.lit(0), (pl.lit(day) - pl.col("start_last")).dt.total_days()).alias("low"),
            (pl.lit(day) - pl.col("start_first")).dt.total_days().alias("high"),
        )
        .with_columns(pl.when(pl.col("low") == pl.col("high")).then(pl.col("low")).alias("value"))
    )
    counts = meetings.group_by("country").agg(
        pl.len().alias("n"), pl.col("start_last").count().alias("known"), pl.col("row_id").sort().alias("evidence")
    )
    bodies = (
        institutions.filter(pl.col("kind").is_in(codes_with("institution_kinds", "meets", value=True)))
        .group_by("country")
        .agg(pl.col("name").sort().alias("bodies"), pl.col("row_id").sort().alias("registered"))
    )
    frame = (
        bodies.join(counts, on="country", how="full", coalesce=True)
        .join(latest, on="country", how="left")
        .with_columns(
            pl.col("n", "known").fill_null(0),
            pl.coalesce("evidence", "registered").alias("evidence"),
        )
        .select(
            "country",
            "bodies",
            "last_event_id",
            "last_recorded_meeting",
            "value",
            "n",
            "known",
            "low",
            "high",
            "evidence",
        )
        .sort("country")
    )
    return Result(
        "days_since_last_meeting_days",
        tidy(frame, unit="days"),
        "Days since the last recorded meeting of a tripartite body of the country. Project definition.",
        "Meetings without a source in the collection.",
    )


def national_agreements(institutions: Frame, *, columns: Columns = None) -> pl.DataFrame:
    """Return the general agreements concluded for a complete country.

    Parameters
    ----------
    institutions
        Table of institutions; needs ``kind``; ``place_id`` and ``status`` are used where the table has them.
    columns
        How one's own tables call a column, such as ``{"kind": "…"}``.

    Returns
    -------
    DataFrame
        Its rows of a kind that runs from a day to a day, without those of one place and those that are only announced,
        postponed or cancelled.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Step of: `months_covered_by_agreement` and `agreement_gaps`.

    Examples
    --------
    >>> sd.metrics.institutions.national_agreements(sd.load_institutions(countries="KAZ"))     # doctest: +SKIP
    """
    institutions = frame_with(institutions, "kind", columns=columns, table="institutions")
    national = pl.col("kind").is_in(codes_with("institution_kinds", "covers_months", value=True))
    if "place_id" in institutions.columns:
        national &= pl.col("place_id").is_null()
    if "status" in institutions.columns:
        national &= pl.col("status").is_null() | pl.col("status").is_in(
            codes_with("event_statuses", "happened", value=True)
        )
    return institutions.filter(national)


def agreement_periods(institutions: Frame, *, columns: Columns = None) -> pl.DataFrame:
    """Return the general agreements of countries with the first day from which each applies.

    Parameters
    ----------
    institutions
        Institutions with ``country``, ``kind``, ``name``, ``date`` and ``period_end``; `national_agreements` of them
        are returned.
    columns
        How one's own tables call a column, such as ``{"kind": "…"}``.

    Returns
    -------
    DataFrame
        Its rows with ``sure_from``, the first day from which an agreement certainly applies, and ``possible_from``,
        the first day from which it may apply. Null = no such day can be stated.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Step of: `months_covered_by_agreement` and `agreement_gaps`.

    The years in a name are the period that the agreement was made for: signed earlier, it certainly applies only from
    there; signed later or on a day that is not stated, it may apply from there. An end that is a year or a month is
    the last day of it.

    Examples
    --------
    >>> sd.metrics.institutions.agreement_periods(sd.load_institutions(countries="KAZ"))     # doctest: +SKIP
    """
    needed = Needed(
        institutions, ("country", "kind", "name", "date_first", "date_last", "period_end_last"), ("row_id",)
    )
    (institutions,) = frames_with(columns, institutions=needed)
    named_from = pl.date(pl.col("name").str.extract(_NAMED_PERIOD, 1).cast(pl.Int32), 1, 1)
    return national_agreements(institutions).with_columns(
        pl.when(pl.col("date_last").is_not_null())
        .then(pl.max_horizontal(pl.col("date_last"), named_from))
        .alias("sure_from"),
        pl.min_horizontal(pl.col("date_first"), named_from).alias("possible_from"),
    )


def _by_month(agreements: pl.DataFrame, months: pl.Series) -> pl.DataFrame:
    """Return for each country that has a dated agreement, and each month, whether one surely, and possibly, applied."""
    placed = agreements.filter(pl.col("possible_from").is_not_null() & pl.col("period_end_last").is_not_null())
    return (
        placed.join(months.to_frame("month"), how="cross")
        .group_by("country", "month")
        .agg(
            pl.col("month").is_between("sure_from", "period_end_last").fill_null(value=False).any().alias("sure"),
            pl.col("month").is_between("possible_from", "period_end_last").any().alias("possible"),
        )
    )


def _counts(agreements: pl.DataFrame) -> pl.DataFrame:
    """Return the agreements of each country, and those that surely apply from some day to another."""
    placed = pl.col("sure_from").is_not_null() & pl.col("period_end_last").is_not_null()
    return agreements.group_by("country").agg(
        pl.len().alias("n"), placed.sum().alias("known"), pl.col("row_id").filter(placed).sort().alias("evidence")
    )


def _month_ends(since: DateLike, until: DateLike) -> pl.Series:
    """Return the last day of every month that ends within the period."""
    first, last = period(since, until)
    ends = pl.date_range(first, last, interval="1d", eager=True).dt.month_end().unique().sort().alias("month")
    return ends.filter(ends <= last)
