"""Reported disputes: how many the collection holds, the latest of them, bans, and claims on conflicts resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display.messages import counted, say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Span, Spans, Table, Value, lead, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as metric
from socdialog.profiles.context import ProfileContext, newest_first, when
from socdialog.profiles.country import stoppage_rates
from socdialog.profiles.country.disputed import disputed
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import NOT_STATED, Row, coded, ids, linked, listed, rows, text

#: Disputes that a page shows; all are on the page of events.
_LATEST = 8
#: How many are both.
_BOTH = 2
_WORKERS = ("strike_workers", "dispute_workers")


def disputes_of(context: ProfileContext, events: pl.DataFrame) -> pl.DataFrame:
    """Return the disputes among events."""
    found = context.with_undated.measured(metric.disputes_found, events=events).get_column("event_id")
    return events.filter(pl.col("event_id").is_in(found.implode()))


def parts(context: ProfileContext, disputes: pl.DataFrame) -> Iterator[Part]:
    """Show the reported disputes of a page, those without a date included."""
    yield Heading("reported-disputes", words("disputes.reported"))
    if disputes.get_column("start_date").count():
        yield _lead(context, disputes)
    else:
        every = disputes_of(context, context.tables["events"])
        yield from context.none_within(words("disputes.subject"), every)
    if disputes.height:
        yield from _bans(disputes)
        yield _latest(context.with_undated, newest_first(disputes))
    if disputes.get_column("start_date").count():
        yield from stoppage_rates.parts(context)
    yield from _conflicts(context)


def _lead(context: ProfileContext, disputes: pl.DataFrame) -> Sentence:
    """Say how many disputes the collection holds, how many of them are strikes, and how many are undated."""
    n, strikes = disputes.height, disputes.filter(pl.col("kind").is_in(codebook.section_codes()["strike_kinds"]))
    given: dict[str, Any] = {
        "disputes": counted("disputes.disputes", n, ids(disputes), to=context.events_list("set", "disputes")),
        "years": context.years,
    }
    undated = disputes.get_column("start_date").null_count()
    if strikes.height == 0 or n == 1:
        said = say("disputes.no_strikes" if strikes.height == 0 else "disputes.one_strike", n=n, **given)
    else:
        every = words("disputes.both" if n == _BOTH else "disputes.every") if strikes.height == n else ""
        number = Value(every or cldr.number(strikes.height), ids(strikes), to=_of_one_type(context, strikes))
        said = say("disputes.some_strikes", n=strikes.height, strikes=number, **given)
    return lead(*said, *((" ", *say("disputes.undated", n=undated)) if undated else ()))


def _of_one_type(context: ProfileContext, events: pl.DataFrame) -> str:
    """Return the list of events of one type; nowhere for events of several types, of which there is no list."""
    types = events.get_column("kind").unique().to_list()
    return context.events_list("type", types[0]) if len(types) == 1 else ""


def _latest(context: ProfileContext, disputes: pl.DataFrame) -> Table:
    """List the latest disputes, with what is known of all and where these are listed."""
    n, shown = disputes.height, disputes.head(_LATEST)
    key = "disputes.caption_latest" if n > _LATEST else "disputes.caption"
    named = {"all": str(n), "country": context.in_prose}
    workers = _workers(context)
    with_workers = len(set(disputes.get_column("event_id")) & workers.keys())
    outcomes = int(activity_metric.completeness(disputes, ["outcomes"]).frame.get_column("known")[0])
    every = context.events_list("set", "disputes")
    note = say("disputes.note", workers=_some(with_workers), outcomes=_some(outcomes), all=str(n)) if n > 1 else ()
    if note and any(len(workers.get(event, ())) > 1 for event in shown.get_column("event_id")):
        note = (*note, *say("disputes.note_claims"))
    if n > _LATEST and every:
        note = (*note, " ", Value(words("disputes.all", n=n), to=every))
    return listed(
        "disputes",
        words(key, n=shown.height, **named),
        shown,
        {
            words("disputes.dispute"): partial(_dispute, context),
            words("disputes.date"): _date,
            words("disputes.type"): coded("kind", "event_kinds"),
            words("disputes.workers"): lambda row: workers.get(row["event_id"], NOT_STATED),
            words("disputes.outcome"): _outcomes,
        },
        note=note,
    )


def _some(number: int) -> str:
    return str(number) if number else words("disputes.none")


def _dispute(context: ProfileContext, row: Row) -> Value:
    return Value(str(row["label"]), (row["row_id"],), to=context.event_entry(row["event_id"]))


def _date(row: Row) -> Span:
    return linked(when(row) if row["start_date"] else words("disputes.undated_event"), row)


def _outcomes(row: Row) -> Span:
    said = cldr.joined(wording.label("outcomes", code).lower() for code in row["outcomes"] or [])
    return said[:1].upper() + said[1:] if said else NOT_STATED


def _workers(context: ProfileContext) -> Mapping[str, Spans]:
    """Return the numbers of workers of each event in words; one that several sources claim is written once."""
    chosen = context["figures"].filter(pl.col("shown_with").is_in(_WORKERS))
    entries = disputed(context)
    claims: dict[str, dict[str, list[str]]] = {}
    for row in chosen.sort("event_id", "indicator", "value", "row_id").iter_rows(named=True):
        claims.setdefault(row["event_id"], {}).setdefault(_claimed(row), []).append(row["row_id"])
    return {
        event: tuple(
            Value(amount, rows(own), disputed=next((entries[row] for row in own if row in entries), ""))
            for amount, own in amounts.items()
        )
        for event, amounts in claims.items()
    }


def _claimed(row: Row) -> str:
    """Write a number of workers with whom it counts: its scope, and what it is where they are not on strike."""
    amount = wording.quantity(row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"])
    others = wording.figure_words(row["indicator"]) if row["shown_with"] != _WORKERS[0] else ""
    whom = ", ".join(part for part in (others, row["scope"]) if part)
    return words("disputes.whom", amount=amount, whom=whom) if whom else amount


def _bans(disputes: pl.DataFrame) -> Iterator[Sentence]:
    """Say how many of the strikes with a known outcome were banned or postponed, where any was."""
    bans = metric.bans_among_strikes(disputes).frame.row(0, named=True)
    if bans["value"]:
        evidence = rows(bans["evidence"])
        banned = Value(cldr.number(len(evidence)), evidence)
        known = words("disputes.known_strikes", n=bans["known"])
        yield sentence(*say("disputes.banned", n=len(evidence), known=known, banned=banned))


def _conflicts(context: ProfileContext) -> Iterator[Folded]:
    """List how many registered labour conflicts were resolved without a strike, claim by claim."""
    found = metric.resolved_without_strike(context.rows_for("figures")).frame
    if found.height:
        yield folded_list(
            "conflicts",
            words("disputes.conflicts", n=found.height),
            words("disputes.conflicts_caption", country=context.in_prose),
            found.sort("period_start", "period_end", "report_id", descending=[True, True, False], nulls_last=True),
            {
                words("disputes.claimed_by"): text("attributed_to", NOT_STATED),
                words("disputes.period"): _period,
                words("disputes.conflicts_registered"): _number("conflicts"),
                words("disputes.conflicts_resolved"): _number("resolved"),
            },
            elsewhere=context.events_list("set", "disputes"),
        )


def _period(row: Row) -> Span:
    return linked(wording.figure_period(row["period_start"], row["period_end"]), row, NOT_STATED)


def _number(column: str) -> Callable[[Row], Span]:
    return lambda row: linked(cldr.number(row[column]), row)
