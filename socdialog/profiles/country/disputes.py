"""Disputes and strikes: what was found, with workers, days and outcome, and what official statistics say."""

from __future__ import annotations

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.profiles.country import official
from socdialog.profiles.desk import Desk, ids, plural, warning, when


def section(desk: Desk) -> Section:
    """Show the disputes found, and the official strike statistics with what they leave out."""
    kinds = [code for code, term in codebook.vocabulary("event_kinds").items() if term.more.get("family") == "dispute"]
    disputes = desk["events"].filter(pl.col("kind").is_in(kinds))
    parts: list[Part] = []
    if disputes.height == 0:
        parts += [desk.none_found(f"strike, strike notice or protest {desk.years}"), warning("none_found")]
    else:
        parts += _found(desk, disputes)
    parts += _statistics(desk)
    return Section("disputes", "Disputes and strikes", tuple(parts))


def _found(desk: Desk, disputes: pl.DataFrame) -> list[Part]:
    figures = desk["figures"].filter(pl.col("event_id").is_in(disputes.get_column("event_id").implode()))
    workers = _by_event(figures, desk, "dispute_workers")
    days = _by_event(figures, desk, "dispute_days")
    newest = disputes.sort("start_first", "event_id", descending=[True, False], nulls_last=True)
    cells = [
        (
            Value(str(row["label"]), (row["row_id"],)),
            when(row),
            wording.label("event_kinds", row["kind"]),
            workers.get(row["event_id"], "not told"),
            days.get(row["event_id"], "not told"),
            ", ".join(wording.label("outcomes", code).lower() for code in row["outcomes"] or []) or "not told",
        )
        for row in newest.iter_rows(named=True)
    ]
    told = [row for row in newest.iter_rows(named=True)]
    known = f"Known of {len(told)}: workers {sum(row['event_id'] in workers for row in told)}, days {sum(row['event_id'] in days for row in told)}, outcome {sum(row['outcomes'] is not None for row in told)}."
    strikes = disputes.filter(pl.col("kind") == "strike")
    first: list[Part] = []
    if strikes.height:
        first = [
            sentence(
                Value(f"{strikes.height} {plural(strikes.height, 'strike')}", ids(strikes)),
                f" {plural(strikes.height, 'is', 'are')} among the ",
                Value(f"{disputes.height} {plural(disputes.height, 'event')} of dispute", ids(disputes)),
                f" found {desk.years}. This is what the texts tell, not how often people strike.",
            )
        ]
    return [
        *first,
        table(
            "disputes",
            f"{desk.about}: disputes found, the newest first",
            ["dispute", "date", "kind", "workers", "days", "outcome"],
            cells,
            note=f"{known} Several values are several claims. Notice, strike and settlement are events of their own.",
        ),
    ]


def _by_event(figures: pl.DataFrame, desk: Desk, theme: str) -> dict[str, tuple[Span, ...]]:
    """Return the claims of a theme by event, each with its evidence, in words."""
    chosen = figures.filter(pl.col("indicator").is_in(codebook.section_indicators()[theme]))
    found: dict[str, tuple[Span, ...]] = {}
    for row in chosen.sort("event_id", "indicator", "value", "row_id").iter_rows(named=True):
        words = wording.quantity(row["value"], row["unit"], high=row["value_high"], qualifier=row["qualifier"])
        scope = f" ({row['scope']})" if row["scope"] else ""
        found[row["event_id"]] = (*found.get(row["event_id"], ()), Value(words + scope, (row["row_id"],)))
    return found


def _statistics(desk: Desk) -> list[Part]:
    parts = official.themed(desk, "strikes")
    if not parts:
        return [desk.not_met("official strike statistics")]
    return [
        sentence("Official statistics of strikes and lockouts follow; they are another thing than the events above."),
        *parts,
        warning("strike_statistics_scope"),
    ]
