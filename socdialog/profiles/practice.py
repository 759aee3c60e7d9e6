"""Disputes found and general agreements met, country beside country."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.display.parts import Section, Span, Value, table
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import disputes, institutions
from socdialog.profiles.desk import Desk, ids, part_of, rows, warning

#: Whole years, up to the edition, over which months under a general agreement are counted.
_YEARS = 10


def section(desk: Desk) -> Section:
    """Show the disputes found, what is known of them, and the months under a general agreement."""
    order = sorted(desk.countries, key=desk.name)
    first, last = desk.as_of.year - _YEARS, desk.as_of.year - 1
    covered = _covered(desk, date(first, 1, 1), date(last, 12, 31))
    return Section(
        "practice",
        "Disputes and general agreements",
        (
            table(
                "disputes",
                f"{desk.about}: disputes found {desk.years}",
                ["country", "#disputes", "#workers told", "#outcome told"],
                [(desk.name(country), *_disputes(desk, country)) for country in order],
                note="Strikes, notices and protests that texts tell of, not how often people strike.",
            ),
            table(
                "covered",
                f"{desk.about}: months under a general agreement, {first} to {last}",
                ["country", "#months covered"],
                [(desk.name(country), covered.get(country, _NONE)) for country in order],
                note="Two numbers: surely, and possibly covered, as dates of signature are not always told. "
                "Agreements that no source names are missing.",
            ),
            warning("convenience_collection"),
        ),
    )


_NONE = Value("no agreement met", absent=True)


def _disputes(desk: Desk, country: str) -> tuple[Span, ...]:
    events = desk["events"].filter(pl.col("countries").list.contains(country))
    found = disputes.disputes_found(events, desk["figures"]).frame
    if found.height == 0:
        return (Value("none found", absent=True),) * 3
    own = events.filter(pl.col("event_id").is_in(found.get_column("event_id").implode()))
    workers = found.filter(pl.col("known") > 0).height
    outcome = activity_metric.known_of_n(own, ["outcomes"]).frame.get_column("known")[0]
    return (Value(str(own.height), ids(own)), part_of(workers, own), part_of(outcome, own))


def _covered(desk: Desk, since: date, until: date) -> dict[str, Value]:
    agreements = desk["institutions"].filter(pl.col("kind").is_in(codebook.section_indicators()["general_agreements"]))
    found = institutions.months_covered_by_agreement(agreements, since=since, until=until).frame
    shown: dict[str, Value] = {}
    for row in found.drop_nulls("value").iter_rows(named=True):
        sure, possible = int(row["value"]), int(row["high"])
        months = f"{sure}" if sure == possible else f"{sure} to {possible}"
        evidence = agreements.filter(pl.col("country") == row["country"]).get_column("row_id")
        shown[row["country"]] = Value(f"{months} of {row['months']}", rows(evidence))
    return shown
