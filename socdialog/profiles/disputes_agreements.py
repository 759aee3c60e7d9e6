"""Disputes found and general agreements met, country beside country."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.display.parts import Section, Span, Value, table
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes, institutions
from socdialog.profiles.context import ProfileContext, coverage, ids, rows, warning

#: Whole years, up to the edition, over which months under a general agreement are counted.
_YEARS = 10


def section(context: ProfileContext) -> Section:
    """Show the disputes found, what is known of them, and the months under a general agreement."""
    order = sorted(context.countries, key=context.name)
    first, last = context.as_of.year - _YEARS, context.as_of.year - 1
    covered = _covered(context, date(first, 1, 1), date(last, 12, 31))
    return Section(
        "practice",
        "Disputes and general agreements",
        (
            table(
                "disputes",
                f"{context.about}: disputes found {context.years}",
                ["country", "#disputes", "#workers told", "#outcome told"],
                [(context.name(country), *_disputes(context, country)) for country in order],
                note="Strikes, notices and protests that texts tell of, not how often people strike.",
            ),
            table(
                "covered",
                f"{context.about}: months under a general agreement, {first} to {last}",
                ["country", "#months covered"],
                [(context.name(country), covered.get(country, _NONE)) for country in order],
                note="Two numbers: surely, and possibly covered, as dates of signature are not always told. "
                "Agreements that no source names are missing.",
            ),
            warning("convenience_collection"),
        ),
    )


_NONE = Value("no agreement met", absent=True)


def _disputes(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events = context["events"].filter(pl.col("countries").list.contains(country))
    found = disputes.disputes_found(events, context["figures"]).frame
    if found.height == 0:
        return (Value("none found", absent=True),) * 3
    own = events.filter(pl.col("event_id").is_in(found.get_column("event_id").implode()))
    workers = found.filter(pl.col("known") > 0).height
    outcome = activity_metric.completeness(own, ["outcomes"]).frame.get_column("known")[0]
    return (Value(str(own.height), ids(own)), coverage(workers, own), coverage(outcome, own))


def _covered(context: ProfileContext, since: date, until: date) -> dict[str, Value]:
    agreements = context["institutions"].filter(
        pl.col("kind").is_in(codebook.section_indicators()["general_agreements"])
    )
    found = institutions.months_covered_by_agreement(agreements, since=since, until=until).frame
    shown: dict[str, Value] = {}
    for row in found.drop_nulls("value").iter_rows(named=True):
        sure, possible = int(row["value"]), int(row["high"])
        months = f"{sure}" if sure == possible else f"{sure} to {possible}"
        evidence = agreements.filter(pl.col("country") == row["country"]).get_column("row_id")
        shown[row["country"]] = Value(f"{months} of {row['months']}", rows(evidence))
    return shown
