"""Disputes and strikes: what was found, with workers, days and outcome, and what official statistics say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.codebook.wording import joined
from socdialog.display.parts import Part, Span, Value, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as metric
from socdialog.profiles.context import (
    ProfileContext,
    count,
    coverage,
    found_in,
    newest_first,
    plural,
    warning,
    when,
)
from socdialog.profiles.country import official_section
from socdialog.profiles.listing import NOT_TOLD, Row, coded, ids, linked, rows, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the disputes found, and the official strike statistics with what they leave out."""
    disputes, listed = (_disputes_of(context, one["events"]) for one in (context, context.with_undated))
    if disputes.height:
        yield from _strikes(context, disputes, undated=listed.height - disputes.height)
    else:
        every = _disputes_of(context, context.tables["events"])
        yield from context.none_within("strikes, strike notices or protests", every)
    if listed.height:
        yield _disputes(context.with_undated, newest_first(listed))
    yield from _conflicts(context)
    statistics = official_section.series_in(context, "disputes")
    if not statistics:
        yield official_section.none_in(context, "official strike statistics")
        return
    yield sentence("Official statistics of strikes and lockouts follow; they are another thing than the events above.")
    yield from statistics
    yield warning("strike_statistics_scope")


def _disputes_of(context: ProfileContext, events: pl.DataFrame) -> pl.DataFrame:
    """Return the disputes among events."""
    found = context.with_undated.measured(metric.disputes_found, events=events).get_column("event_id")
    return events.filter(pl.col("event_id").is_in(found.implode()))


def _disputes(context: ProfileContext, disputes: pl.DataFrame) -> Part:
    workers, days = _by_event(context, "strike_workers", "dispute_workers"), _by_event(context, "strike_days")
    events = set(disputes.get_column("event_id"))
    outcome = activity_metric.completeness(disputes, ["outcomes"]).frame.get_column("known")[0]
    return context.listing(
        "disputes",
        "disputes found, the newest first",
        disputes,
        {
            "dispute": text("label"),
            "date": lambda row: linked(when(row), row),
            "kind": coded("kind", "event_kinds"),
            "workers": lambda row: workers.get(row["event_id"], NOT_TOLD),
            "days": lambda row: days.get(row["event_id"], NOT_TOLD),
            "outcome": _outcomes,
        },
        note=(
            "Known: workers for ",
            coverage(len(events & workers.keys()), disputes),
            "; days for ",
            coverage(len(events & days.keys()), disputes),
            "; outcome for ",
            coverage(outcome, disputes),
            ". Several values are several claims; nothing is added up. Notice, strike and settlement stand apart.",
        ),
    )


def _strikes(context: ProfileContext, disputes: pl.DataFrame, *, undated: int) -> Iterator[Part]:
    """Say how many of the disputes are strikes, and how many of these were banned."""
    strikes = disputes.filter(pl.col("kind").is_in(codebook.section_codes()["strike_kinds"]))
    if strikes.height == 0:
        return
    yield sentence(
        count(strikes, "strike"),
        f" {plural(strikes.height, 'is', 'are')} among the ",
        count(disputes, "event of dispute", "events of dispute"),
        f" found{context.years}. This is what the texts tell, not how often people strike.",
        " Undated events are listed and not counted." if undated else "",
    )
    bans = metric.bans_among_strikes(disputes).frame.row(0, named=True)
    if bans["value"]:
        yield sentence(
            found_in(bans["evidence"]),
            " of the ",
            Value(f"{bans['known']} strikes and strike notices with a known outcome", ids(disputes)),
            f" {plural(len(bans['evidence']), 'was', 'were')} banned or postponed by an authority or court.",
        )


def _outcomes(row: Row) -> Span:
    words = joined(wording.label("outcomes", code).lower() for code in row["outcomes"] or [])
    return words.capitalize() or NOT_TOLD


def _by_event(context: ProfileContext, *uses: str) -> Mapping[str, tuple[Span, ...]]:
    """Return the figures that are shown with disputes by event in words, what several sources claim alike once."""
    chosen = context["figures"].filter(pl.col("shown_with").is_in(uses))
    alike: dict[str, dict[str, list[str]]] = {}
    for row in chosen.sort("event_id", "indicator", "value", "row_id").iter_rows(named=True):
        words = wording.quantity(row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"])
        scope = f" ({row['scope']})" if row["scope"] else ""
        alike.setdefault(row["event_id"], {}).setdefault(words + scope, []).append(row["row_id"])
    return {event: tuple(Value(words, rows(told)) for words, told in claims.items()) for event, claims in alike.items()}


def _conflicts(context: ProfileContext) -> Iterator[Part]:
    """Say how many registered labour conflicts were settled without a strike, claim by claim."""
    for row in metric.resolved_without_strike(context.rows_for("figures")).frame.iter_rows(named=True):
        period = wording.period(row["period_start"], row["period_end"]) or "a period that is not told"
        settled = f"{wording.number(row['resolved'])} of {wording.number(row['conflicts'])} settled without a strike"
        claimant = row["attributed_to"] or "the source"
        yield sentence(f"Labour conflicts as claimed by {claimant}, {period}: ", linked(settled, row), ".")
