"""Disputes and strikes: what was found, with workers, days and outcome, and what official statistics say."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Sentence, Span, Value, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as metric
from socdialog.profiles.context import (
    ProfileContext,
    count,
    coverage,
    found_in,
    joined,
    newest_first,
    plural,
    warning,
    when,
)
from socdialog.profiles.country import official_section
from socdialog.profiles.listing import NOT_TOLD, Row, coded, ids, linked, rows, text


def section(context: ProfileContext) -> Section:
    """Show the disputes found, and the official strike statistics with what they leave out."""
    found = context.measured(metric.disputes_found).get_column("event_id")
    none = (context.none_found(f"strike, strike notice or protest {context.years}"), warning("none_found"))
    return Section.of(
        "disputes",
        "Disputes and strikes",
        _found(context, newest_first(context["events"].filter(pl.col("event_id").is_in(found.implode()))))
        if len(found)
        else none,
        _conflicts(context),
        _statistics(context),
    )


def _found(context: ProfileContext, disputes: pl.DataFrame) -> list[Part]:
    workers, days = _by_event(context, "dispute_workers"), _by_event(context, "dispute_days")
    events = set(disputes.get_column("event_id"))
    known = {
        "Known: workers for ": len(events & workers.keys()),
        "; days for ": len(events & days.keys()),
        "; outcome for ": activity_metric.completeness(disputes, ["outcomes"]).frame.get_column("known")[0],
    }
    told = [span for word, number in known.items() for span in (word, coverage(number, disputes))]
    return [
        *_strikes(context, disputes),
        context.listing(
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
                *told,
                ". Several values are several claims; nothing is added up. Notice, strike and settlement stand apart.",
            ),
        ),
    ]


def _strikes(context: ProfileContext, disputes: pl.DataFrame) -> list[Part]:
    """Say how many of the disputes are strikes, and how many of these were banned."""
    strikes = disputes.filter(pl.col("kind").is_in(codebook.section_indicators()["strike_kinds"]))
    if strikes.height == 0:
        return []
    found = sentence(
        count(strikes, "strike"),
        f" {plural(strikes.height, 'is', 'are')} among the ",
        count(disputes, "event of dispute", "events of dispute"),
        f" found {context.years}. This is what the texts tell, not how often people strike.",
    )
    bans = metric.bans_among_strikes(disputes).frame.row(0, named=True)
    if not bans["value"]:
        return [found]
    return [
        found,
        sentence(
            found_in(bans["evidence"]),
            " of the ",
            Value(f"{bans['known']} strikes and strike notices with a known outcome", ids(disputes)),
            f" {plural(len(bans['evidence']), 'was', 'were')} banned or postponed by an authority or court.",
        ),
    ]


def _outcomes(row: Row) -> Span:
    words = joined(wording.label("outcomes", code).lower() for code in row["outcomes"] or [])
    return words.capitalize() or NOT_TOLD


def _by_event(context: ProfileContext, theme: str) -> Mapping[str, tuple[Span, ...]]:
    """Return the claims of a theme by event in words, what several sources claim alike once."""
    chosen = context["figures"].filter(pl.col("indicator").is_in(codebook.section_indicators()[theme]))
    alike: dict[str, dict[str, list[str]]] = {}
    for row in chosen.sort("event_id", "indicator", "value", "row_id").iter_rows(named=True):
        words = wording.quantity(row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"])
        scope = f" ({row['scope']})" if row["scope"] else ""
        alike.setdefault(row["event_id"], {}).setdefault(words + scope, []).append(row["row_id"])
    return {event: tuple(Value(words, rows(told)) for words, told in claims.items()) for event, claims in alike.items()}


def _conflicts(context: ProfileContext) -> list[Sentence]:
    """Say how many registered labour conflicts were settled without a strike, claim by claim."""
    return [
        sentence(
            f"Labour conflicts as claimed by {row['attributed_to'] or 'the source'}, ",
            f"{wording.period(row['period_start'], row['period_end']) or 'a period that is not told'}: ",
            linked(
                f"{wording.number(row['resolved'])} of {wording.number(row['conflicts'])} settled without a strike", row
            ),
            ".",
        )
        for row in metric.resolved_without_strike(context.rows_for("figures")).frame.iter_rows(named=True)
    ]


def _statistics(context: ProfileContext) -> list[Part]:
    parts = official_section.themed(context, "strikes")
    if not parts:
        return [context.no_data("official strike statistics")]
    return [
        sentence("Official statistics of strikes and lockouts follow; they are another thing than the events above."),
        *parts,
        warning("strike_statistics_scope"),
    ]
