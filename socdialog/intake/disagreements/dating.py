"""Dates and lengths: reports that date one event differently, lengths against the dates told with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import ceil
from typing import Any

import polars as pl
import polars.selectors as cs

from socdialog.codebook.attributes import attribute
from socdialog.intake.date_parts import year_alone_inferred
from socdialog.intake.disagreements.arithmetic import broken
from socdialog.intake.disagreements.figure_bounds import Interval
from socdialog.intake.disagreements.findings import Finding, of_figures, only
from socdialog.intake.disagreements.rules import Identity
from socdialog.intake.disagreements.statements import Statement, by_key, digits, one_body, same_body

Row = dict[str, Any]

#: A number of fewer digits may be the same by chance.
_DISTINCTIVE_DIGITS = 3


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
    prints_day = (pl.col("date_basis") == "printed") | year_alone_inferred()
    dated_reports = reports.filter(pl.col("recodes").is_null() & prints_day & pl.col("event_id").is_not_null()).sort(
        "report_id"
    )
    events: dict[str, list[Row]] = {}
    needed = ("report_id", "row_id", "event_id", "kind", "countries", "date_basis")
    for row in dated_reports.select(*needed, cs.starts_with("start_", "end_")).iter_rows(named=True):
        same_day = published.get(row["report_id"]) == row["start_first"]
        events.setdefault(row["event_id"], []).append(_with_length(row, lengths) | {"same_day": same_day})
    for rows in (rows for rows in events.values() if len(rows) > 1):
        lasting = any(_lasts(str(row["kind"])) for row in rows)
        for column in ("start", "end"):
            statement = [row for row in rows if row[f"{column}_first"] is not None]
            clashing = [
                row
                for row in statement
                if any(_dates_differ(row, other, column, lasting=lasting) for other in statement)
            ]
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


def _dates_differ(one: Row, other: Row, column: str, *, lasting: bool) -> bool:
    """Whether two dates exclude each other; a day inside the span of a meeting of several days does not."""
    first_one, last_one = one[f"{column}_first"], one[f"{column}_last"]
    first_other, last_other = other[f"{column}_first"], other[f"{column}_last"]
    if first_one <= last_other and first_other <= last_one:
        return False
    if "inferred" in {one["date_basis"], other["date_basis"]} and first_one.year != first_other.year:
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
    distinctive = [
        statement
        for statement in figures
        if statement.qualifier == "exact"
        and statement.start
        and statement.end
        and digits(statement.value) >= _DISTINCTIVE_DIGITS
    ]
    for group in by_key(
        distinctive,
        lambda statement: (statement.event_id, statement.indicator, statement.unit, statement.scope, statement.value),
    ).values():
        clashing = {
            statement.key: statement
            for one, other in combinations(group, 2)
            if one.report_id != other.report_id and one_body(one, other) and _exclusive(one, other)
            for statement in (one, other)
        }
        if clashing:
            dated = sorted(clashing.values(), key=lambda statement: (str(statement.start), statement.key))
            periods = {statement.reported_period: statement.when for statement in dated}
            yield of_figures(
                "moved_number",
                dated,
                details={"value": dated[0].value, "what": dated[0].what, "periods": list(periods.values())},
            )


def _exclusive(one: Statement, other: Statement) -> bool:
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.end < other.start or other.end < one.start


def period_years(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``years = year(period_end) - year(period_start) + 1``."""
    for statement in figures:
        if statement.indicator != identity.one("result") or statement.year_start is None or statement.year_end is None:
            continue
        years = statement.year_end - statement.year_start + 1
        if statement.bounds.adjoins(Interval(_full_years(statement), years)):
            continue
        yield broken(
            [statement],
            identity,
            years,
            first=str(statement.year_start),
            last=str(statement.year_end),
        )


def _full_years(statement: Statement) -> int:
    """Return how many full years the period holds at least: three from 1 July 2021 to 1 July 2024.

    From 2025 to 2029 it may be four, from some day of the first year to the same day of the last.
    """
    assert statement.start is not None
    assert statement.end is not None
    if not statement.end_is_day:
        return statement.end.year - statement.start.year
    after = statement.end + timedelta(days=1)
    return after.year - statement.start.year - ((after.month, after.day) < (statement.start.month, statement.start.day))


def days(figures: Sequence[Statement], report: Mapping[str, object], identity: Identity) -> Iterator[Finding]:
    """Test the length of an event, or of a strike so far, against the printed dates of the report.

    The last day is the end of the event, or the end of the figure's own period where it has one;
    counting the first day or not is left open for strikes, half days are allowed.
    """
    start = _day(report, "start")
    if start is None or report["date_basis"] != "printed":
        return
    for statement in figures:
        if statement.indicator != identity.one("result"):
            continue
        so_far = identity.form == "days_so_far"
        last = _period_day(statement) if so_far else _day(report, "end")
        if last is None or last < start:
            continue
        counted = (last - start).days + 1
        right = Interval(counted - 1 if so_far else counted, counted)
        shown = (
            Interval(ceil(statement.bounds.low), ceil(statement.bounds.high))
            if statement.qualifier == "exact"
            else statement.bounds
        )
        if right.adjoins(statement.bounds) or right.adjoins(shown):
            continue
        yield broken(
            [statement],
            identity,
            counted,
            start=start.isoformat(),
            end=last.isoformat(),
        )


def _day(report: Mapping[str, object], column: str) -> date | None:
    first, last = report[f"{column}_first"], report[f"{column}_last"]
    return first if isinstance(first, date) and first == last else None


def _period_day(statement: Statement) -> date | None:
    """Return the day up to which a figure counts: the end of its period, or a period of one day."""
    return statement.end if statement.end_is_day else None


def day_counts(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test that two dated counts of the days of one event differ by the days between them."""
    counts = [
        statement
        for statement in figures
        if statement.indicator == identity.one("result") and statement.qualifier == "exact"
        if statement.end_is_day and not statement.scope
    ]
    for group in by_key(counts, lambda statement: statement.event_id).values():
        for one, other in combinations(sorted(group, key=lambda statement: (str(statement.end), statement.key)), 2):
            assert one.end is not None
            assert other.end is not None
            between = (other.end - one.end).days
            counted = other.value - one.value
            if one.report_id == other.report_id or not same_body(one, other) or counted == between:
                continue
            yield of_figures(
                "day_counts",
                [one, other],
                difference=counted - between,
                details={
                    "one": one.value,
                    "one_date": one.end.isoformat(),
                    "other": other.value,
                    "other_date": other.end.isoformat(),
                    "between": between,
                    "counted": counted,
                    "also": "first_day" if abs(counted - between) == 1 else None,
                },
            )
