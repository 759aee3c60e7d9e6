"""Disputes and strikes: what was found, with workers, days and outcome, and what official statistics say."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as metric
from socdialog.profiles.context import ProfileContext, count, coverage, joined, plural, rows, warning, when
from socdialog.profiles.country import official_section


def section(context: ProfileContext) -> Section:
    """Show the disputes found, and the official strike statistics with what they leave out."""
    found = metric.disputes_found(context["events"], context["figures"]).frame
    parts: list[Part] = []
    if found.height == 0:
        parts += [context.none_found(f"strike, strike notice or protest {context.years}"), warning("none_found")]
    else:
        parts += _found(context, found)
    parts += _conflicts(context)
    parts += _statistics(context)
    return Section("disputes", "Disputes and strikes", tuple(parts))


def _found(context: ProfileContext, found: pl.DataFrame) -> list[Part]:
    disputes = context["events"].filter(pl.col("event_id").is_in(found.get_column("event_id").implode()))
    newest = disputes.sort("start_first", "event_id", descending=[True, False], nulls_last=True)
    workers, days = _by_event(context, "dispute_workers"), _by_event(context, "dispute_days")
    known = {
        "workers": sum(event in workers for event in newest.get_column("event_id")),
        "days": sum(event in days for event in newest.get_column("event_id")),
        "outcome": activity_metric.completeness(disputes, ["outcomes"]).frame.get_column("known")[0],
    }
    told: list[Span] = ["Known: "]
    for word, number in known.items():
        told += ["; " if len(told) > 1 else "", f"{word} for ", coverage(number, disputes)]
    return [
        *_strikes(context, disputes),
        table(
            "disputes",
            f"{context.about}: disputes found, the newest first",
            ["dispute", "date", "kind", "workers", "days", "outcome"],
            [_dispute(row, workers, days) for row in newest.iter_rows(named=True)],
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
    parts: list[Part] = [
        sentence(
            count(strikes, "strike"),
            f" {plural(strikes.height, 'is', 'are')} among the ",
            count(disputes, "event of dispute", "events of dispute"),
            f" found {context.years}. This is what the texts tell, not how often people strike.",
        )
    ]
    bans = metric.bans_among_strikes(disputes).frame.row(0, named=True)
    if bans["value"]:
        number = len(bans["evidence"])
        parts.append(
            sentence(
                Value(str(number), rows(bans["evidence"])),
                " of the ",
                Value(
                    f"{bans['known']} strikes and strike notices with a known outcome",
                    rows(disputes.get_column("row_id")),
                ),
                f" {plural(number, 'was', 'were')} banned or postponed by an authority or court.",
            )
        )
    return parts


def _dispute(
    row: dict[str, str], workers: Mapping[str, tuple[Span, ...]], days: Mapping[str, tuple[Span, ...]]
) -> tuple[Span | tuple[Span, ...], ...]:
    own = (row["row_id"],)
    outcomes = joined(wording.label("outcomes", code).lower() for code in row["outcomes"] or [])
    absent = Value("not told", absent=True)
    return (
        Value(row["label"], own),
        Value(when(row), own),
        wording.label("event_kinds", row["kind"]),
        workers.get(row["event_id"], absent),
        days.get(row["event_id"], absent),
        outcomes.capitalize() or absent,
    )


def _by_event(context: ProfileContext, theme: str) -> dict[str, tuple[Span, ...]]:
    """Return the claims of a theme by event in words, what several sources claim alike once."""
    chosen = context["figures"].filter(pl.col("indicator").is_in(codebook.section_indicators()[theme]))
    alike: dict[str, dict[str, list[str]]] = {}
    for row in chosen.sort("event_id", "indicator", "value", "row_id").iter_rows(named=True):
        words = wording.quantity(row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"])
        scope = f" ({row['scope']})" if row["scope"] else ""
        alike.setdefault(row["event_id"], {}).setdefault(words + scope, []).append(row["row_id"])
    return {event: tuple(Value(words, rows(told)) for words, told in claims.items()) for event, claims in alike.items()}


def _conflicts(context: ProfileContext) -> list[Part]:
    """Say how many registered labour conflicts were settled without a strike, claim by claim."""
    own = context["figures"].filter(pl.col("country") == context.countries[0])
    found = metric.resolved_without_strike(own).frame
    parts: list[Part] = []
    for row in found.iter_rows(named=True):
        period = wording.period(row["period_start"], row["period_end"]) or "a period that is not told"
        claimant = row["attributed_to"] or "the source"
        parts.append(
            sentence(
                f"Labour conflicts as claimed by {claimant}, {period}: ",
                Value(
                    f"{wording.number(row['resolved'])} of {wording.number(row['conflicts'])} settled without a strike",
                    rows(row["evidence"]),
                ),
                ".",
            )
        )
    return parts


def _statistics(context: ProfileContext) -> list[Part]:
    parts = official_section.themed(context, "strikes")
    if not parts:
        return [context.no_data("official strike statistics")]
    return [
        sentence("Official statistics of strikes and lockouts follow; they are another thing than the events above."),
        *parts,
        warning("strike_statistics_scope"),
    ]
