"""Disputes and strikes: what was found, with workers, days and outcome, and what official statistics say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.codebook.cldr import joined
from socdialog.display.parts import Part, Span, Value, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes as metric
from socdialog.profiles.context import (
    ProfileContext,
    among,
    coverage,
    newest_first,
    warning,
    when,
)
from socdialog.profiles.country import official_series, stoppage_rates
from socdialog.profiles.listing import NOT_STATED, Row, coded, ids, linked, rows, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the disputes found, and the official strike statistics with what they leave out."""
    disputes, listed = (_disputes_of(context, one["events"]) for one in (context, context.with_undated))
    if disputes.height:
        yield from _strikes(context, disputes, undated=listed.height - disputes.height)
        yield from stoppage_rates.parts(context)
    else:
        every = _disputes_of(context, context.tables["events"])
        yield from context.none_within("strikes, strike notices or protests", every)
    if listed.height:
        yield _disputes(context.with_undated, newest_first(listed))
    yield from _conflicts(context)
    statistics = official_series.series_in(context, "disputes")
    if not statistics:
        yield official_series.none_in(context, "official strike statistics")
        return
    if listed.height:
        yield sentence(
            "Official statistics of strikes and lockouts follow; they count differently from the events above."
        )
    yield from statistics
    yield warning("strike_statistics_scope")


def _disputes_of(context: ProfileContext, events: pl.DataFrame) -> pl.DataFrame:
    """Return the disputes among events."""
    found = context.with_undated.measured(metric.disputes_found, events=events).get_column("event_id")
    return events.filter(pl.col("event_id").is_in(found.implode()))


def _disputes(context: ProfileContext, disputes: pl.DataFrame) -> Part:
    workers, days = _by_event(context, "strike_workers", "dispute_workers"), _by_event(context, "strike_days")
    not_worked = _by_event(context, "days_not_worked")
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
            "workers": lambda row: workers.get(row["event_id"], NOT_STATED),
            "days": lambda row: days.get(row["event_id"], NOT_STATED),
            **({"days not worked": lambda row: not_worked.get(row["event_id"], NOT_STATED)} if not_worked else {}),
            "outcome": _outcomes,
            **_filled(disputes),
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


def _industry(row: Row) -> str:
    """Name an industry, with its code in the classification that it is of."""
    name, code = row["industry"], row["industry_code"]
    coded_as = f"{wording.label('industry_classifications', row['industry_classification'])} {code}" if code else ""
    return f"{name} ({coded_as})" if name and code else name or coded_as


#: What registers tell besides, by heading.
_DETAILS: Mapping[str, tuple[str, Callable[[Row], str]]] = {
    "industry": ("industry", _industry),
    "ownership": ("ownership", lambda row: wording.label("ownerships", row["ownership"])),
    "region": ("region", lambda row: row["region"] or ""),
    "further places": ("other_places", lambda row: "; ".join(row["other_places"] or ())),
    "bargaining unit": ("bargaining_unit", lambda row: row["bargaining_unit"] or ""),
    "lawful": ("lawfulness", lambda row: wording.label("lawfulness", row["lawfulness"])),
    "demands": ("demands", lambda row: "; ".join(row["demands"] or ())),
    "without work": (
        "stoppage_start_date",
        lambda row: wording.period(row["stoppage_start_date"], row["stoppage_end_date"]),
    ),
    "case": ("case_numbers", lambda row: "; ".join(row["case_numbers"] or ())),
}


def _filled(disputes: pl.DataFrame) -> dict[str, Callable[[Row], Span]]:
    """Return the columns of what registers tell, those that any dispute has."""

    def shown(words: Callable[[Row], str]) -> Callable[[Row], Span]:
        return lambda row: linked(words(row), row, NOT_STATED)

    there = (name for name in _DETAILS if disputes.get_column(_DETAILS[name][0]).null_count() < disputes.height)
    return {name: shown(_DETAILS[name][1]) for name in there}


def _strikes(context: ProfileContext, disputes: pl.DataFrame, *, undated: int) -> Iterator[Part]:
    """Say how many of the disputes are strikes, and how many of these were banned."""
    strikes = disputes.filter(pl.col("kind").is_in(codebook.section_codes()["strike_kinds"]))
    if strikes.height == 0:
        return
    yield among(
        ids(strikes),
        disputes.height,
        ids(disputes),
        ("event of dispute", "events of dispute", f" found{context.years}"),
        ("is a strike", "are strikes", "is no strike"),
        "" if context.represents else " This is what the texts tell, not how often people strike.",
        " Undated events are listed and not counted." if undated else "",
    )
    bans = metric.bans_among_strikes(disputes).frame.row(0, named=True)
    if bans["value"]:
        banned = "banned or postponed by an authority or court"
        known = " with a known outcome"
        yield among(
            rows(bans["evidence"]),
            bans["known"],
            ids(disputes),
            ("strike or strike notice", "strikes and strike notices", known),
            (f"was {banned}", f"were {banned}", f"was not {banned}"),
        )


def _outcomes(row: Row) -> Span:
    words = joined(wording.label("outcomes", code).lower() for code in row["outcomes"] or [])
    return words.capitalize() or NOT_STATED


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
        period = wording.figure_period(row["period_start"], row["period_end"]) or "a period that is not told"
        settled = f"{cldr.number(row['resolved'])} of {cldr.number(row['conflicts'])} settled without a strike"
        claimant = row["attributed_to"] or "the source"
        yield sentence(f"Labour conflicts as claimed by {claimant}, {period}: ", linked(settled, row), ".")
