"""The dates of one ratification.

A national law comes before the registration with the ILO, and a convention enters into force for a
country twelve months after it. No country ratifies before it is a member, or before the convention exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

import polars as pl

from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.rules import Rules


def ratification_dates(tables: Mapping[str, pl.DataFrame], *, rules: Rules) -> Iterator[Finding]:
    """Find ratifications whose law, registration and status exclude each other."""
    conventions = {row["convention"]: row for row in tables["conventions"].iter_rows(named=True)}
    countries = {row["country"]: row for row in tables["countries"].iter_rows(named=True)}
    for row in tables["ratifications"].sort("row_id").iter_rows(named=True):
        if row["ratified_on"] is None:
            continue
        law, as_of = row["law_on"], row["status_as_of"]
        found = partial(_of_row, row, registered=row["ratified_on"])
        if law is not None and row["ratified_on_last"] < row["law_on_first"]:
            yield found("law_after_registration", (row["law_on_first"] - row["ratified_on_last"]).days, law=law)
        if law is not None and (row["ratified_on_first"] - row["law_on_last"]).days > rules.law_to_registration_days:
            yield found("law_long_before", (row["ratified_on_first"] - row["law_on_last"]).days, law=law)
        if row["status"] in rules.in_force and _year_later(row["ratified_on_first"]) > row["status_as_of_last"]:
            days = (_year_later(row["ratified_on_first"]) - row["status_as_of_last"]).days
            yield found("in_force_early", days, as_of=as_of)
        if row["status"] in rules.not_in_force and _year_later(row["ratified_on_last"]) <= row["status_as_of_first"]:
            days = (row["status_as_of_first"] - _year_later(row["ratified_on_last"])).days
            yield found("not_in_force_late", days, as_of=as_of)
        for check, other, column in (
            ("before_adoption", conventions.get(row["convention"]), "adopted"),
            ("before_membership", countries.get(row["country"]), "ilo_member_since"),
        ):
            if other is not None and other[column] is not None and row["ratified_on_last"] < other[f"{column}_first"]:
                days = (other[f"{column}_first"] - row["ratified_on_last"]).days
                yield found(check, days, more=other["row_id"], since=other[column])


def _year_later(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _of_row(row: Mapping[str, object], check: str, days: int, *, more: str | None = None, **details: object) -> Finding:
    return Finding(
        check,
        (str(row["row_id"]),) if more is None else (str(row["row_id"]), more),
        details,
        indicator=str(row["convention"]),
        country=str(row["country"]),
        difference=float(days),
    )
