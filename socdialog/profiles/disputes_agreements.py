"""Disputes found and general agreements met, country beside country."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog.display.parts import Section, Span, Value
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes, institutions
from socdialog.profiles.context import ProfileContext, coverage, warning
from socdialog.profiles.country.institutions_section import general_agreements, months_covered
from socdialog.profiles.listing import NONE_FOUND, absence, ids

#: Whole years, up to the edition, over which months under a general agreement are counted.
_YEARS = 10


def section(context: ProfileContext) -> Section:
    """Show the disputes found, what is known of them, and the months under a general agreement."""
    first, last = context.as_of.year - _YEARS, context.as_of.year - 1
    covered = _covered(context, date(first, 1, 1), date(last, 12, 31))
    none = absence("no agreement met")
    return Section.of(
        "practice",
        "Disputes and general agreements",
        context.each_country(
            "disputes",
            f"disputes found {context.years}",
            ["#disputes", "#workers told", "#outcome told"],
            lambda country: _disputes(context, country),
            note="Strikes, notices and protests that texts tell of, not how often people strike.",
        ),
        context.each_country(
            "covered",
            f"months under a general agreement, {first} to {last}",
            ["#months covered"],
            lambda country: (covered.get(country, none),),
            note="Two numbers: surely, and possibly covered, as dates of signature are not always told. "
            "Agreements that no source names are missing.",
        ),
        warning("convenience_collection"),
    )


def _disputes(context: ProfileContext, country: str) -> tuple[Span, ...]:
    events = context.events_of(country)
    found = disputes.disputes_found(events, context["figures"]).frame
    if found.height == 0:
        return (NONE_FOUND,) * 3
    own = events.filter(pl.col("event_id").is_in(found.get_column("event_id").implode()))
    workers = found.filter(pl.col("known") > 0).height
    outcome = activity_metric.completeness(own, ["outcomes"]).frame.get_column("known")[0]
    return (Value(str(own.height), ids(own)), coverage(workers, own), coverage(outcome, own))


def _covered(context: ProfileContext, since: date, until: date) -> dict[str, Value]:
    agreements = general_agreements(context["institutions"])
    found = institutions.months_covered_by_agreement(agreements, since=since, until=until).frame.drop_nulls("value")
    return {
        row["country"]: Value(months_covered(row), ids(agreements.filter(pl.col("country") == row["country"])))
        for row in found.iter_rows(named=True)
    }
