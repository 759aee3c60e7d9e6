"""Lengths of time: of agreements, events and strikes, against the dates that are told with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import ceil

import polars as pl

from socdialog.intake.disagreements.arithmetic import broken
from socdialog.intake.disagreements.figure_bounds import Interval
from socdialog.intake.disagreements.findings import Finding, of_figures
from socdialog.intake.disagreements.rules import Identity
from socdialog.intake.disagreements.statements import Statement, by_key, same_body


def period_years(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test ``years = year(period_end) - year(period_start) + 1``."""
    for told in figures:
        if told.indicator != identity.one("result") or told.year_start is None or told.year_end is None:
            continue
        years = told.year_end - told.year_start + 1
        if told.bounds.adjoins(Interval(_full_years(told), years)):
            continue
        yield broken(
            [told],
            identity,
            years,
            first=str(told.year_start),
            last=str(told.year_end),
        )


def _full_years(told: Statement) -> int:
    """Return how many full years the period holds at least: three from 1 July 2021 to 1 July 2024.

    From 2025 to 2029 it may be four, from some day of the first year to the same day of the last.
    """
    assert told.start is not None
    assert told.end is not None
    if not told.end_is_day:
        return told.end.year - told.start.year
    after = told.end + timedelta(days=1)
    return after.year - told.start.year - ((after.month, after.day) < (told.start.month, told.start.day))


def days(figures: Sequence[Statement], report: Mapping[str, object], identity: Identity) -> Iterator[Finding]:
    """Test the length of an event, or of a strike so far, against the printed dates of the report.

    The last day is the end of the event, or the end of the figure's own period where it has one;
    counting the first day or not is left open for strikes, half days are allowed.
    """
    start = _day(report, "start")
    if start is None or report["date_basis"] != "printed":
        return
    for told in figures:
        if told.indicator != identity.one("result"):
            continue
        so_far = identity.form == "days_so_far"
        last = _period_day(told) if so_far else _day(report, "end")
        if last is None or last < start:
            continue
        counted = (last - start).days + 1
        right = Interval(counted - 1 if so_far else counted, counted)
        shown = Interval(ceil(told.bounds.low), ceil(told.bounds.high)) if told.qualifier == "exact" else told.bounds
        if right.adjoins(told.bounds) or right.adjoins(shown):
            continue
        yield broken(
            [told],
            identity,
            counted,
            start=start.isoformat(),
            end=last.isoformat(),
        )


def _day(report: Mapping[str, object], column: str) -> date | None:
    first, last = report[f"{column}_first"], report[f"{column}_last"]
    return first if isinstance(first, date) and first == last else None


def _period_day(told: Statement) -> date | None:
    """Return the day up to which a figure counts: the end of its period, or a period of one day."""
    return told.end if told.end_is_day else None


def day_counts(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Test that two dated counts of the days of one event differ by the days between them."""
    counts = [
        told
        for told in figures
        if told.indicator == identity.one("result") and told.qualifier == "exact"
        if told.end_is_day and not told.scope
    ]
    for group in by_key(counts, lambda told: told.event_id).values():
        for one, other in combinations(sorted(group, key=lambda told: (str(told.end), told.key)), 2):
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


def report_rows(reports: pl.DataFrame) -> dict[str, Mapping[str, object]]:
    """Return the rows of reports by id."""
    return {row["report_id"]: row for row in reports.iter_rows(named=True)}
