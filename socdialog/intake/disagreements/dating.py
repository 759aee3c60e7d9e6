"""Dates of one event: reports that date it differently, days that do not count up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.intake.disagreements.findings import Finding, of_figures, only
from socdialog.intake.disagreements.statements import Statement, by_key, digits, one_body

Row = dict[str, Any]

#: A number of fewer digits may be the same by chance.
_TELLING_DIGITS = 3


def between_dates(
    reports: pl.DataFrame, *, lengths: Mapping[str, int], published: Mapping[str, date | None]
) -> Iterator[Finding]:
    """Find events whose reports print first or last days that exclude each other.

    Parameters
    ----------
    reports
        The clean reports with their events.
    lengths
        Days an event lasts by report, where the report says so; they give a last day to a report that prints none.
    published
        Day of publication by report. A text of the day tells what goes on that day, not when it began.
    """
    printed = reports.filter(
        pl.col("recodes").is_null() & (pl.col("date_basis") == "printed") & pl.col("event_id").is_not_null()
    ).sort("report_id")
    several = printed.filter(pl.col("event_id").count().over("event_id") > 1)
    for event in several.partition_by("event_id", maintain_order=True):
        rows = [
            _with_length(row, lengths) | {"same_day": published.get(row["report_id"]) == row["start_first"]}
            for row in event.iter_rows(named=True)
        ]
        lasting = any(_lasts(str(row["kind"])) for row in rows)
        for column in ("start", "end"):
            told = [row for row in rows if row[f"{column}_first"] is not None]
            clashing = [row for row in told if any(_apart(row, other, column, lasting=lasting) for other in told)]
            if clashing:
                yield _finding(clashing, column=column)


def _with_length(row: Row, lengths: Mapping[str, int]) -> Row:
    """Give a report that prints a first day and a length its last day, for the span only."""
    start, days = row["start_first"], lengths.get(str(row["report_id"]))
    if row["end_date"] is None and isinstance(start, date) and start == row["start_last"] and days is not None:
        return row | {"span_last": start + timedelta(days=days - 1)}
    return row | {"span_last": row["end_last"]}


def _span(row: Row) -> tuple[date, date]:
    first, last = row["start_first"] or row["end_first"], row["span_last"] or row["start_last"]
    return first, last


def _lasts(kind: str) -> bool:
    """Whether events of a kind go on until they end, so that a report gives their first day, not one of their days."""
    return attribute("event_kinds", kind, "dispute_stage") == "action"


def _apart(one: Row, other: Row, column: str, *, lasting: bool) -> bool:
    """Whether two dates exclude each other; a day inside the span of a meeting of several days does not."""
    first_one, last_one = one[f"{column}_first"], one[f"{column}_last"]
    first_other, last_other = other[f"{column}_first"], other[f"{column}_last"]
    if first_one <= last_other and first_other <= last_one:
        return False
    return not any(
        _inside(inner, outer) and (not lasting or bool(inner["same_day"]))
        for inner, outer in ((one, other), (other, one))
    )


def _inside(one: Row, other: Row) -> bool:
    """Whether a report of one day falls into the several days that the other tells."""
    if other["span_last"] is None or one["end_date"] not in {None, one["start_date"]}:
        return False
    first, last = _span(other)
    start, end = _span(one)
    return first <= start and end <= last


def _finding(rows: list[Row], *, column: str) -> Finding:
    dated = sorted(rows, key=lambda row: (row[f"{column}_first"], row["report_id"]))
    low, high = dated[0][f"{column}_first"], dated[-1][f"{column}_first"]
    return Finding(
        "first_day" if column == "start" else "last_day",
        tuple(str(row["row_id"]) for row in dated),
        {"dates": list(dict.fromkeys(row[f"{column}_date"] for row in dated))},
        indicator=f"{column}_date",
        country=only(country for row in dated for country in row["countries"] or ()),
        event_id=str(dated[0]["event_id"]),
        report_ids=tuple(sorted(str(row["report_id"]) for row in dated)),
        difference=float((high - low) / timedelta(days=1)),
    )


def moved_numbers(figures: Iterable[Statement]) -> Iterator[Finding]:
    """Find one telling number that reports of one event give for periods that exclude each other."""
    telling = [
        told
        for told in figures
        if told.qualifier == "exact" and told.start and told.end and digits(told.value) >= _TELLING_DIGITS
    ]
    for group in by_key(
        telling, lambda told: (told.event_id, told.indicator, told.unit, told.scope, told.value)
    ).values():
        clashing = {
            told.key: told
            for one, other in combinations(group, 2)
            if one.report_id != other.report_id and one_body(one, other) and _exclusive(one, other)
            for told in (one, other)
        }
        if clashing:
            dated = sorted(clashing.values(), key=lambda told: (str(told.start), told.key))
            periods = {told.told_period: told.when for told in dated}
            yield of_figures(
                "moved_number",
                dated,
                details={"value": dated[0].value, "what": dated[0].what, "periods": list(periods.values())},
            )


def _exclusive(one: Statement, other: Statement) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.end < other.start or other.end < one.start
