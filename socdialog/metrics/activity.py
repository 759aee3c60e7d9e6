"""Reported events by year, type, topic and side, each with n and the number of events coded.

The reports are a selection of public sources, so these counts describe the collection. They show nothing about
what happened and was not found: no rates over time, no corrected totals, no rankings.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from socdialog.codebook.attributes import codes_with
from socdialog.inputs import Columns, Frame, Needed, at_least, choice, column_names, frame_with, frames_with
from socdialog.metrics.counting import counted, is_known, one_row, share, year_of
from socdialog.metrics.institutions import agreement_gaps, days_since_last_recorded_meeting, months_covered_by_agreement
from socdialog.metrics.participation import seats, single_levels, taking_part
from socdialog.metrics.reach import claim_range, reach_per_activity
from socdialog.metrics.source_independence import (
    publishers,
    self_reported_share,
    single_source_share,
    source_mix,
    sources_per_event,
)
from socdialog.results import Result, tidy

__all__ = [
    "agreement_gaps",
    "claim_range",
    "completeness",
    "days_since_last_recorded_meeting",
    "events_by",
    "events_by_side",
    "events_by_year",
    "months_covered_by_agreement",
    "most_active_organisations",
    "publishers",
    "reach_per_activity",
    "self_reported_share",
    "single_source_share",
    "source_mix",
    "sources_per_event",
    "topics_share",
    "tripartite_share",
]
__dir__ = __all__.copy

_FOUND = "Activity that took place and was not found in the texts collected."
FIELDS = ("kind", "status", "mode", "venue_country", "topics", "outcomes", "countries")

#: The side on which organisations and single enterprises are told apart.
_EMPLOYERS = "employers"


def events_by_year(events: Frame, *, columns: Columns = None) -> Result:
    """Count the events found by the year they began.

    Parameters
    ----------
    events
        Table of events; needs ``start_date`` or its bounds ``start_first`` and ``start_last``.
    columns
        How one's own tables call a column, such as ``{"start_date": "…"}``.

    Returns
    -------
    Result
        Column ``year``. ``value`` = events found; ``n`` = all events; ``known`` = those whose year is
        known. Year null means "year not known": no date, or bounds that span two years. A year
        without a row is one in which none was found, which is not zero events.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of events with ``year(start_first) = year(start_last) = y``.
    Unit: events.
    Domain: integers from 1.
    Missing: counted under year null, never spread over years.
    Not measured: change over time: years differ in the number of sources found.
    Reference: Project definition.

    Examples
    --------
    >>> found = events_by_year(pl.DataFrame({"event_id": ["a", "b"], "start_date": ["2019-05", "2019"]}))
    >>> found.frame.select("year", "value").rows()
    [(2019, 2.0)]
    """
    events = frame_with(events, "start_first", "start_last", columns=columns, table="events")
    dated = events.with_columns(year=year_of("start"))
    known = dated.get_column("year").count()
    frame = counted(dated, ["year"], n=events.height, known=known).sort("year", nulls_last=True)
    return Result(
        "events_by_year_events",
        tidy(frame, unit="events"),
        "Events found, by the year they began. Project definition.",
        _FOUND,
    )


def events_by(events: Frame, field: str, *, columns: Columns = None) -> Result:
    """Count the events found by the values of one field.

    Parameters
    ----------
    events
        Table of events; needs the column that `field` names.
    field
        ``kind``, ``status``, ``mode``, ``venue_country``, or one of the lists ``topics``,
        ``outcomes``, ``countries``. An event counts once for each value of its list, so that the
        counts of a list add up to more than the events.
    columns
        How one's own tables call a column, such as ``{"topics": "…"}``.

    Returns
    -------
    Result
        A column named as `field`, largest count first. ``n`` = all events, ``known`` = those in which
        the field is coded: a share is ``value / known``.

    Raises
    ------
    UsageError
        When `field` is not one of these.

    Notes
    -----
    Formula: count of events that carry the value.
    Unit: events.
    Domain: integers from 1.
    Missing: an event in which the field is not coded adds to ``n`` only.
    Not measured: events without a source in the collection; change over time.
    Reference: Project definition.

    Examples
    --------
    >>> found = events_by(pl.DataFrame({"event_id": ["a", "b"], "kind": ["strike", "strike"]}), "kind")
    >>> found.frame.select("kind", "value").rows()
    [('strike', 2.0)]
    """
    choice(field, FIELDS, what="field of events")
    events = frame_with(events, field, columns=columns, table="events")
    coded = events.filter(is_known(events, field))
    listed = isinstance(events.schema[field], pl.List)
    rows = coded.with_columns(pl.col(field).list.unique()).explode(field) if listed else coded
    return Result(
        f"events_by_{field}_events",
        tidy(counted(rows, [field], n=events.height, known=coded.height), unit="events"),
        f"Events found, by {field.replace('_', ' ')}. Project definition.",
        _FOUND + (" An event counts once for each of its values, so the counts do not add up." if listed else ""),
    )


def topics_share(events: Frame, *, columns: Columns = None) -> Result:
    """Return the share of the events with coded topics that each topic has.

    Parameters
    ----------
    events
        Table of events; needs ``topics``.
    columns
        How one's own tables call a column, such as ``{"topics": "…"}``.

    Returns
    -------
    Result
        Column ``topics``; ``value`` = share 0-1 of the ``known`` events. The shares of all topics add
        up to more than 1, because an event may have several.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: events that carry the topic / events with coded topics.
    Unit: share.
    Domain: 0-1.
    Missing: events without coded topics are excluded from the denominator, as ``n`` shows; null where none is coded.
    Not measured: the weight of a topic; topics of events without a source in the collection.
    Reference: Project definition: there is no standard list of topics of social dialogue.

    Examples
    --------
    >>> sd.metrics.activity.topics_share(sd.load_events(countries="KAZ"))     # doctest: +SKIP
    """
    found = events_by(events, "topics", columns=columns).frame
    frame = found.with_columns(pl.col("value") / pl.col("known"))
    return Result(
        "topics_share",
        tidy(frame.drop("unit"), unit="share"),
        "Share of the events with coded topics that carry the topic. Project definition.",
        f"{_FOUND} The weight that social partners give to a topic.",
    )


def events_by_side(events: Frame, actors: Frame, organisations: Frame, *, columns: Columns = None) -> Result:
    """Return the number of reported events in which each side takes part.

    Parameters
    ----------
    events, actors, organisations
        Events with ``event_id``; actors with ``event_id``, ``side``, ``role`` and ``org_id``; organisations with
        ``org_id`` and ``level``. The role of an actor decides whether it takes part (vocabulary ``roles``).
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        Column ``side``. Employers have up to three rows: ``employers`` (organisations of
        employers), ``employers:enterprise`` (single enterprises) and ``employers:not_known``
        (employers that could not be resolved to a registered organisation). ``n`` = all events,
        ``known`` = those in which at least one participant is coded.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of events with at least one actor of the side that takes part.
    Unit: events.
    Domain: integers from 0.
    Missing: events without coded participants add to ``n`` only. Texts were mostly read from their beginning, so each
    count is a lower bound.
    Not measured: participants that a source does not name; the contribution of each side.
    Reference: Project definition.

    Examples
    --------
    >>> tables = sd.load_events(countries="KAZ"), sd.load_actors(), sd.load_organisations()     # doctest: +SKIP
    >>> sd.metrics.activity.events_by_side(*tables)     # doctest: +SKIP
    """
    events, actors, organisations = frames_with(
        columns,
        events=Needed(events, ("event_id",)),
        actors=Needed(actors, ("event_id", "side", "role", "org_id")),
        organisations=Needed(organisations, ("org_id", "level")),
    )
    present = (
        taking_part(actors)
        .join(organisations.select("org_id", "level"), on="org_id", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("side") != _EMPLOYERS)
            .then(pl.col("side"))
            .when(pl.col("level").is_null())
            .then(pl.lit("employers:not_known"))
            .when(pl.col("level").is_in(single_levels()))
            .then(pl.lit("employers:enterprise"))
            .otherwise(pl.col("side"))
            .alias("side")
        )
        .select("event_id", "side")
        .unique()
    )
    rows = events.join(present, on="event_id", how="inner")
    known = rows.get_column("event_id").n_unique()
    return Result(
        "events_by_side_events",
        tidy(counted(rows, ["side"], n=events.height, known=known), unit="events"),
        "Events found in which the side takes part; organisations of employers and single enterprises apart. "
        "Project definition.",
        f"{_FOUND} Participants that the text does not name.",
    )


def tripartite_share(
    events: Frame, actors: Frame, *, organisations: Frame | None = None, columns: Columns = None
) -> Result:
    """Return the share of events in which workers, employers and government all take part.

    Parameters
    ----------
    events, actors
        Events with ``event_id``; actors with ``event_id``, ``side`` and ``role``, and ``org_id`` when `organisations`
        is given.
    organisations
        Organisations with ``org_id`` and ``level``. When given, a single enterprise does not count as the employers'
        side.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        One row: ``value`` = share 0-1 of the ``known`` events, that is of those with coded
        participants; ``n`` = all events; ``evidence`` = the tripartite events.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: events with at least one workers', one employers' and one government actor that take part / events with at
    least one actor that takes part. The three sides are those marked ``tripartite`` in the vocabulary ``sides``; a body
    in which several have ``seats`` there counts for each of them. The target of a strike does not take part.
    Unit: share.
    Domain: 0-1.
    Missing: events without coded participants are excluded, as ``n`` shows; null where none is coded.
    Not measured: whether the three sides negotiated, or on equal terms; participants that a source does not name.
    Reference: Project definition: no standard exists.

    Examples
    --------
    >>> sd.metrics.activity.tripartite_share(sd.load_events(countries="KAZ"), sd.load_actors())     # doctest: +SKIP
    """
    whole = organisations is not None
    events, actors, *registered = frames_with(
        columns,
        events=Needed(events, ("event_id",)),
        actors=Needed(actors, ("event_id", "side", "role", *(("org_id",) if whole else ()))),
        **({} if organisations is None else {"organisations": Needed(organisations, ("org_id", "level"))}),
    )
    present = taking_part(actors).filter(pl.col("event_id").is_in(events.get_column("event_id").to_list()))
    coded = present.get_column("event_id").unique()
    for table in registered:
        single = table.filter(pl.col("level").is_in(single_levels())).get_column("org_id").to_list()
        alone = (pl.col("side") == _EMPLOYERS) & pl.col("org_id").is_in(single).fill_null(value=False)
        present = present.filter(~alone)
    three = codes_with("sides", "tripartite", value=True)
    met = present.with_columns(seats()).explode("side").filter(pl.col("side").is_in(three))
    sides = met.group_by("event_id").agg(pl.col("side").n_unique().alias("sides"))
    all_three = sides.filter(pl.col("sides") == len(three)).get_column("event_id").to_list()
    shown = events.filter(pl.col("event_id").is_in(all_three))
    return share(
        "tripartite_share",
        shown,
        n=events.height,
        known=coded.len(),
        definition="Share of the events with coded participants in which workers, employers and government all take "
        "part. Project definition.",
        not_measured="Whether the three sides negotiated, or on equal terms; participants that the text does not name.",
    )


def most_active_organisations(
    events: Frame, actors: Frame, organisations: Frame, *, limit: int = 10, columns: Columns = None
) -> Result:
    """List the organisations that take part in most of the events found.

    Parameters
    ----------
    events, actors, organisations
        Events with ``event_id``; actors with ``event_id``, ``side``, ``role`` and ``org_id``; organisations with
        ``org_id``, ``name``, ``side`` and ``country``. Only actors resolved to a registered organisation count.
    limit
        Length of the list. Organisations tied with the first one left out are left out too, so
        that the cut is not arbitrary, unless nothing would remain.
    columns
        How one's own tables call a column, such as ``{"event_id": "…"}``.

    Returns
    -------
    Result
        Columns ``org_id``, ``name``, ``side``, ``country``; ``value`` = events in which it takes
        part; ``n`` = rows of actors that take part, ``known`` = those of them resolved.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of distinct events.
    Unit: events.
    Domain: integers from 1.
    Missing: unresolved actors add to ``n`` only.
    Not measured: importance, size or activity itself: an organisation that publishes more is reported more often.
    Reference: Project definition.

    Examples
    --------
    >>> tables = sd.load_events(countries="KAZ"), sd.load_actors(), sd.load_organisations()     # doctest: +SKIP
    >>> sd.metrics.activity.most_active_organisations(*tables)     # doctest: +SKIP
    """
    at_least(limit, 1, name="limit")
    events, actors, organisations = frames_with(
        columns,
        events=Needed(events, ("event_id",), ("row_id",)),
        actors=Needed(actors, ("event_id", "side", "role", "org_id")),
        organisations=Needed(organisations, ("org_id", "name", "side", "country")),
    )
    present = taking_part(actors).filter(pl.col("event_id").is_in(events.get_column("event_id").to_list()))
    resolved = present.filter(pl.col("org_id").is_not_null())
    rows = (
        resolved.select("org_id", "event_id")
        .unique()
        .join(events.select("event_id", "row_id"), on="event_id", how="inner")
        .join(organisations.select("org_id", "name", "side", "country"), on="org_id", how="inner")
    )
    ranked = counted(rows, ["org_id", "name", "side", "country"], n=present.height, known=resolved.height)
    if ranked.height > limit:
        first_out = ranked.get_column("value")[limit]
        above = ranked.filter(pl.col("value") > first_out)
        ranked = above if above.height else ranked.head(limit)
    return Result(
        "most_active_organisations_events",
        tidy(ranked, unit="events"),
        "Events found in which the organisation takes part. Project definition.",
        f"{_FOUND} Size or influence of the organisation.",
    )


def completeness(frame: Frame, fields: str | Sequence[str]) -> Result:
    """Say for each field in how many rows it is known.

    Parameters
    ----------
    frame
        Any table.
    fields
        One or several of its columns; an empty list in a cell counts as not known.

    Returns
    -------
    Result
        Column ``field``, in the order given; ``value`` = ``known`` = rows in which it is known, ``n`` =
        all rows.

    Raises
    ------
    UsageError
        For a table that lacks a column it needs, or an option that is not known.

    Notes
    -----
    Formula: count of rows that are neither null nor an empty list.
    Unit: rows.
    Domain: integers from 0 to ``n``.
    Missing: a field that is never coded gives 0, because this metric counts absence.
    Not measured: whether the codes are correct.
    Reference: Project definition.

    Examples
    --------
    >>> found = completeness(pl.DataFrame({"event_id": ["a", "b"], "kind": ["strike", None]}), "kind")
    >>> found.frame.select("value", "n", "known").rows()
    [(1.0, 2, 1)]
    """
    frame = frame_with(frame)
    fields = column_names(fields, frame.columns, name="fields")
    rows = [
        one_row(float(shown.height), n=frame.height, known=shown.height, shown=shown, field=field)
        for field in fields
        for shown in [frame.filter(is_known(frame, field))]
    ]
    empty = pl.DataFrame(schema={"field": pl.String, "value": pl.Float64})
    return Result(
        "known_of_n_rows",
        tidy(pl.concat(rows) if rows else empty, unit="rows"),
        "Rows in which the field is known, of all rows. Project definition.",
        "Whether what is known is right.",
    )
