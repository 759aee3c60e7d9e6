"""Figures about the whole country that reports claim, and that no disagreement and no other section shows."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.display.addresses import events_page
from socdialog.display.messages import words
from socdialog.display.parts import Folded, Value
from socdialog.intake.disagreements.rules import rules
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.claimants import Claimants
from socdialog.profiles.country.disputed import is_country_wide, listed
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import Cell, Columns, Row, ids, linked

#: What two figures have in common that are shown as one, reported by several sources.
_SAME = (
    *("event_id", "country", "indicator", "value", "value_high", "unit", "currency", "qualifier"),
    *("period_start", "period_end", "claimed_by", "scope"),
)
_OTHER = "other"


def claimed_figures(context: ProfileContext) -> Iterator[Folded]:
    """Show figures about the whole country, by event; nothing where there is none."""
    context = context.with_undated
    shown = ids(listed(context), "evidence")
    figures = context.rows_for("figures").filter(pl.col("organisation").is_null() & ~pl.col("row_id").is_in(shown))
    if context.rows_for("ratification_counts").height:
        figures = figures.filter(pl.col("indicator") != rules().ratified)
    wide = [is_country_wide(context, row) for row in figures.iter_rows(named=True)]
    found = figures.filter(pl.Series(wide, dtype=pl.Boolean))
    if found.height == 0:
        return
    events = context["events"].select("event_id", "label", "start_first")
    same = found.group_by(*_SAME).agg(pl.col("row_id").sort(), pl.col("period_start_first").first())
    newest = [False] * (3 + len(_SAME))
    newest[0] = True
    ordered = same.join(events, on="event_id", how="left").sort(
        "start_first", "label", "indicator", *_SAME, descending=newest, nulls_last=True
    )
    yield folded_list(
        "claimed-figures",
        words("disagreements.claimed", n=ordered.height),
        words("disagreements.claimed_caption", country=context.in_prose),
        ordered,
        _columns(context),
        elsewhere=events_page(context.countries[0]),
        note=words("disagreements.claimed_note"),
    )


def _columns(context: ProfileContext) -> Columns:
    claimants = Claimants.of(context)
    return {
        words("disagreements.claimed_event"): lambda row: _event(context, row),
        words("disagreements.claimed_quantity"): _what,
        words("disagreements.claimed_value"): _amount,
        words("disagreements.claimed_period"): lambda row: wording.figure_period(
            row["period_start"], row["period_end"]
        ),
        words("disagreements.claimed_by"): lambda row: linked(
            row["claimed_by"] and claimants.written_as(row["claimed_by"]), row, words("disagreements.claimed_source")
        ),
    }


def _event(context: ProfileContext, row: Row) -> Cell:
    """Show the event that a figure is reported with; nothing where it is none of the page."""
    return Value(row["label"], to=context.event_entry(row["event_id"])) if row["label"] else ""


def _what(row: Row) -> str:
    """Name what a figure counts: its indicator in words, or its scope where that is all there is."""
    name = str(row["scope"]) if row["indicator"] == _OTHER else wording.figure_words(row["indicator"])
    return name[:1].upper() + name[1:]


def _amount(row: Row) -> Cell:
    return linked(
        wording.quantity(
            row["value"],
            row["unit"],
            high=row["value_high"],
            qualifier=row["qualifier"],
            currency=row["currency"],
        ),
        row,
    )
