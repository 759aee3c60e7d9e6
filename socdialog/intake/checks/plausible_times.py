"""Rules about dates that can be and are hardly meant: stand-ins of programs, years of no study, actions of years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import codes_with
from socdialog.intake.calendars import other_calendars
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules, each
from socdialog.intake.nothing import STAND_IN_DATES
from socdialog.intake.typed import with_bounds

#: An action that is said to last longer, in days, is rather two, or has a slip in a year.
_LONGEST_ACTION = 3 * 366
#: What was announced is in the years to come, but not in more of them.
_YEARS_AHEAD = 10
#: Years of the Iranian and the Islamic calendar in our time, and how many years ago that time began.
_OTHER_YEARS, _RECENT = "^1[34]", 80
#: Types of the columns that hold one country.
_COUNTRY = {("code", "iso_countries"), ("ref", "countries.country")}
#: Without a first year, a year is none of the study where it lies so many years before the others.
_YEARS_APART = 200


def stand_in_date(context: CheckContext) -> Iterator[Finding]:
    """Report when a date is one that programs write for none."""
    yield from apply_rules(
        context,
        "date",
        suspect=lambda column: pl.col(column.name).is_in(sorted(STAND_IN_DATES)),
        judge=lambda _, text: (
            f"{text!r} is a placeholder for a missing date; empty the cell, or check it in the source"
        ),
    )


def date_outside_study(context: CheckContext) -> Iterator[Finding]:
    """Report when an event is dated before the study begins, or far ahead.

    A study that does not say when it begins has events of all times: only a year by another calendar is reported.
    """
    reports = with_bounds(context.frame("reports", "start_date"), "start_date")
    reports = reports.filter(pl.col("start_date").is_not_null(), ~pl.col("start_date").is_in(sorted(STAND_IN_DATES)))
    begins, last = _begin(context, reports), context.today.year + _YEARS_AHEAD
    early = pl.col("start_last").dt.year() < (begins - (0 if context.first_year else _YEARS_APART))
    for row in reports.filter(early | (pl.col("start_first").dt.year() > last)).iter_rows(named=True):
        text = row["start_date"]
        ours = [(name, day) for name, day in other_calendars(text) if begins <= int(day[:4]) <= context.today.year]
        if not (ours or context.first_year or row["start_first"].year > last):
            continue
        where = "far ahead" if row["start_first"].year > last else f"before the study begins ({begins})"
        fix = _written(ours)
        yield Finding("reports", row["raw_line"], "start_date", f"{text!r} is {where}; {fix or 'check the year'}")


def date_outside_country(context: CheckContext) -> Iterator[Finding]:
    """Report when a row of a declared country is dated before it was a state, or after."""
    states = {code: term.more for code, term in codebook.vocabulary("iso_countries").items() if term.own}
    if not states:
        return
    for table, frame in context.tables.items():
        dated = codebook.tables()[table].dated_by
        for column in _countries(table):
            if dated is None or not {dated, column} <= set(frame.columns):
                continue
            rows = frame.filter(pl.col(column).is_in(list(states)))
            years = rows.get_column(dated).str.slice(0, 4).cast(pl.Int64, strict=False)
            for line, code, text, year in zip(*rows.select("raw_line", column, dated), years, strict=True):
                since, until = (states[code].get(name) for name in ("since", "until"))
                if year is None or ((since or year) <= year <= (until or year)):
                    continue
                named = f"before {code} was a state ({since})" if year < (since or year) else f"after {code} ({until})"
                yield Finding(table, line, dated, f"{text!r} is {named}; check the year and the country")


def _countries(table: str) -> list[str]:
    """Return the columns of a table that hold one country."""
    columns = codebook.tables()[table].columns.values()
    return [one.name for one in columns if (one.type, one.of) in _COUNTRY]


def date_of_another_calendar(context: CheckContext) -> Iterator[Finding]:
    """Report when a date of anything but an event, which may be of any time, is a recent one of another calendar."""
    for table, column, _ in context.columns("date"):
        if table == "reports":
            continue
        cells = context.cells(table).get_column(column.name).drop_nulls().unique()
        fixes = {text: _recent(text, context.today.year) for text in cells.filter(cells.str.contains(_OTHER_YEARS))}
        rows = context.tables[table].filter(pl.col(column.name).is_in([text for text, fix in fixes.items() if fix]))
        for line, text in rows.select("raw_line", column.name).iter_rows():
            yield Finding(table, line, column.name, f"{text!r} is long ago; {fixes[text]}")


def _recent(text: str, year: int) -> str:
    """Say which date of our time another calendar makes of a date; empty where none does."""
    ours = [(name, day) for name, day in other_calendars(text) if year - _RECENT <= int(day[:4]) <= year]
    return _written(ours)


def _written(ours: Sequence[tuple[str, str]]) -> str:
    return " or ".join(f"write {day} if this is a date of the {name} calendar" for name, day in ours)


def _begin(context: CheckContext, reports: pl.DataFrame) -> int:
    """Return the first year of the study, as it says or as most of its events are dated."""
    if context.first_year is not None or reports.is_empty():
        return context.first_year or 0
    years = reports.get_column("start_last").dt.year()
    return int(years.quantile(0.25, interpolation="lower") or 0)


def long_action(context: CheckContext) -> Iterator[Finding]:
    """Report when a strike or another action of a dispute lasts for years."""
    reports = with_bounds(context.frame("reports", "kind", "start_date", "end_date"), "start_date", "end_date")
    lasts = (pl.col("end_first") - pl.col("start_last")).dt.total_days()
    actions = codes_with("event_kinds", "dispute_stage", "action")
    rows = reports.filter(pl.col("kind").is_in(actions), lasts > _LONGEST_ACTION).with_columns(
        years=(lasts / 365).floor().cast(pl.Int64)
    )
    message = (
        "{end_date!r} is {years} years after start_date {start_date!r}, and the event is a {kind}; check both years"
    )
    yield from each("reports", rows, "end_date", message)
