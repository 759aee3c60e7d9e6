"""Independence of sources: independent sources, publishers, and shares of self-reported and single-source events."""

from __future__ import annotations

import polars as pl

from socdialog.codebook.attributes import attributes
from socdialog.inputs import Columns, Frame, Needed, choice, frame_with, frames_with
from socdialog.metrics.counting import counted, is_known, share, year_of
from socdialog.metrics.participation import taking_part
from socdialog.results import Result, tidy

_MIX = "What other texts say that were not collected; how trustworthy a source is."
SOURCE_FIELDS = ("kind", "language", "publisher", "year")


def single_source_share(events: Frame, *, columns: Columns = None) -> Result:
    """Return the share of events with one independent source only.

    Parameters
    ----------
    events
        Table of events; needs ``n_sources``, in which copies and second codings do not count.
    columns
        How one's own tables call a column, such as ``{"n_sources": "…"}``.

    Returns
    -------
    Result
        One row: share 0-1 of the ``known`` events; ``evidence`` = the events with one source.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: events with ``n_sources = 1`` / events with known ``n_sources``.
    Unit: share.
    Domain: 0-1.
    Missing: null where none is known.
    Not measured: whether a source is correct; sources that were not collected.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.activity.single_source_share(sd.load_events(countries="KAZ"))     # doctest: +SKIP
    """
    events = frame_with(events, "n_sources", columns=columns, table="events")
    return share(
        "single_source_share",
        events.filter(pl.col("n_sources") == 1),
        n=events.height,
        known=events.get_column("n_sources").count(),
        definition="Share of reported events with one independent source only. Project definition.",
        not_measured=_MIX,
    )


def sources_per_event(events: Frame, *, columns: Columns = None) -> Result:
    """Return the number of reported events by their number of independent sources.

    Parameters
    ----------
    events
        Table of events; needs ``n_sources``.
    columns
        How one's own tables call a column, such as ``{"n_sources": "…"}``.

    Returns
    -------
    Result
        Column ``sources`` (number of independent sources), ascending; ``value`` = events.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of events with that ``n_sources``. Copies and second codings add no source.
    Unit: events.
    Domain: integers from 1.
    Missing: an event whose number is not known adds to ``n`` only.
    Not measured: whether the sources agree; sources that were not collected.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.activity.sources_per_event(sd.load_events(countries="KAZ"))     # doctest: +SKIP
    """
    events = frame_with(events, "n_sources", columns=columns, table="events")
    rows = events.filter(pl.col("n_sources").is_not_null()).rename({"n_sources": "sources"})
    frame = counted(rows, ["sources"], n=events.height, known=rows.height).sort("sources")
    return Result(
        "sources_per_event_events",
        tidy(frame, unit="events"),
        "Reported events by the number of independent sources. Project definition.",
        _MIX,
    )


def self_reported_share(
    events: Frame, reports: Frame, sources: Frame, actors: Frame, *, columns: Columns = None
) -> Result:
    """Return the share of events reported only by a participating side.

    Parameters
    ----------
    events, reports, sources, actors
        Events with ``event_id``; reports with ``event_id`` and ``source_id``; sources with ``source_id`` and ``kind``;
        actors with ``event_id``, ``side`` and ``role``. The side for which a source speaks is the attribute
        ``represents`` of its kind in the vocabulary ``source_kinds``; a kind without it is an outside source.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        One row: share 0-1 of the ``known`` events (those with a source of known kind and with coded
        participants); ``evidence`` = the self-reported events.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: events all of whose sources represent one side, which takes part / events
    known.
    Unit: share.
    Domain: 0-1.
    Missing: null where none is known. The publisher is counted for its side, not for one organisation.
    Not measured: whether the source represents the organisation it reports on, and whether it is correct.
    Reference: Project definition.

    Examples
    --------
    >>> tables = sd.load_reports(), sd.load_sources(), sd.load_actors()     # doctest: +SKIP
    >>> sd.metrics.activity.self_reported_share(sd.load_events(countries="KAZ"), *tables)     # doctest: +SKIP
    """
    events, reports, sources, actors = frames_with(
        columns,
        events=Needed(events, ("event_id",)),
        reports=Needed(reports, ("event_id", "source_id")),
        sources=Needed(sources, ("source_id", "kind")),
        actors=Needed(actors, ("event_id", "side", "role")),
    )
    represented_side = {
        code: side for code, side in attributes("source_kinds", "represents", None).items() if isinstance(side, str)
    }
    spoken = (
        reports.select("event_id", "source_id")
        .join(sources.select("source_id", "kind"), on="source_id", how="inner")
        .filter(pl.col("kind").is_not_null())
        .group_by("event_id")
        .agg(
            pl.col("kind")
            .replace_strict(represented_side, default=None, return_dtype=pl.String)
            .alias("voice")
            .unique()
        )
    )
    sides = taking_part(actors).group_by("event_id").agg(pl.col("side").unique().alias("sides"))
    known = events.join(spoken, on="event_id", how="inner").join(sides, on="event_id", how="inner")
    shown = known.filter(
        (pl.col("voice").list.len() == 1)
        & pl.col("voice").list.first().is_not_null()
        & pl.col("sides").list.contains(pl.col("voice").list.first())
    )
    return share(
        "self_reported_share",
        shown,
        n=events.height,
        known=known.height,
        definition="Share of reported events that only a participating side reports. Project definition.",
        not_measured="Whether the report is correct; whether the publisher is the organisation that takes part.",
    )


def publishers(sources: Frame, reports: Frame, *, columns: Columns = None) -> Result:
    """Count the reports by publisher.

    Parameters
    ----------
    sources, reports
        Sources with ``source_id``, ``publisher`` and ``published``; reports with ``source_id``. Second codings of a
        text (``recodes``) do not count.
    columns
        How one's own tables call a column, such as ``{"publisher": "…"}``.

    Returns
    -------
    Result
        Columns ``publisher``, ``share`` (0-1 of all reports), ``first_year`` (of its earliest dated text;
        null where none shows a date); ``value`` = reports.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of reports whose text is of the publisher.
    Unit: reports.
    Domain: integers from 1; ``share`` 0-1.
    Missing: a report without a publisher stands under publisher null.
    Not measured: the reach or independence of a publisher; sources that were not collected.
    Reference: Project definition.

    Examples
    --------
    >>> sd.metrics.activity.publishers(sd.load_sources(), sd.load_reports(countries="KAZ"))     # doctest: +SKIP
    """
    sources, reports = frames_with(
        columns,
        sources=Needed(sources, ("source_id", "publisher", "published_first", "published_last")),
        reports=Needed(reports, ("source_id",), ("recodes", "row_id")),
    )
    first = reports.filter(pl.col("recodes").is_null())
    rows = first.join(
        sources.select("source_id", "publisher", year=year_of("published")),
        on="source_id",
        how="left",
        maintain_order="left",
    )
    years = rows.group_by("publisher").agg(pl.col("year").min().alias("first_year"))
    named = rows.filter(pl.col("publisher").is_not_null())
    frame = (
        counted(named, ["publisher"], n=first.height, known=named.height)
        .join(years, on="publisher", how="left", maintain_order="left")
        .with_columns(share=pl.col("value") / pl.col("known"))
        .select("publisher", "share", "first_year", "value", "n", "known", "evidence")
    )
    return Result("outlets_reports", tidy(frame, unit="reports"), "Reports by publisher. Project definition.", _MIX)


def source_mix(sources: Frame, field: str, *, columns: Columns = None) -> Result:
    """Count the sources by kind, language, publisher or year of publication.

    Parameters
    ----------
    sources
        Table of sources; needs the column that `field` names, for ``year`` the date ``published``.
    field
        ``kind``, ``language``, ``publisher`` or ``year``.
    columns
        How one's own tables call a column, such as ``{"publisher": "…"}``.

    Returns
    -------
    Result
        A column named as `field`; ``value`` = sources; ``n`` = all sources, ``known`` = those in which it
        is known. Years ascend; other fields stand by size.

    Raises
    ------
    UsageError
        When `field` is not one of these.

    Notes
    -----
    Formula: count of sources. A text without a date of publication adds to ``n`` only.
    Unit: sources.
    Domain: integers from 1.
    Missing: a text in which the field is not known, such as one without a date of publication, adds to ``n`` only.
    Not measured: the mix of all existing sources; the quality of a source.
    Reference: Project definition.

    Examples
    --------
    >>> source_mix(pl.DataFrame({"kind": ["news", "news"]}), "kind").frame.select("kind", "value").rows()
    [('news', 2.0)]
    """
    choice(field, SOURCE_FIELDS, what="field of sources")
    needed = ("published_first", "published_last") if field == "year" else (field,)
    sources = frame_with(sources, *needed, columns=columns, table="sources")
    if field == "year":
        sources = sources.with_columns(year=year_of("published"))
    rows = sources.filter(is_known(sources, field))
    found = counted(rows, [field], n=sources.height, known=rows.height)
    return Result(
        f"source_mix_{field}_sources",
        tidy(found.sort(field) if field == "year" else found, unit="sources"),
        f"Texts collected, by {field}. Project definition.",
        _MIX,
    )
