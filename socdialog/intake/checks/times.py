"""Rules that compare dates, always by their first and last possible day: 1992 is not before 1992-05-19."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import dates
from socdialog.intake.checks.rule_context import CheckContext, Finding, terms_with
from socdialog.intake.typed import with_bounds
from socdialog.schemas import bound_names


def reversed_dates(context: CheckContext) -> Iterator[Finding]:
    """Report when a date lies before the one it may not precede."""
    for table, column, frame in context.columns("date"):
        if column.after is None or column.after not in frame.columns:
            continue
        rows = with_bounds(frame, column.name, column.after)
        rows = rows.filter(pl.col(bound_names(column.name)[1]) < pl.col(bound_names(column.after)[0]))
        for line, value, earlier in rows.select("raw_line", column.name, column.after).iter_rows():
            message = f"{value!r} is before {column.after} {earlier!r}; mend one of the two"
            yield Finding(table, line, column.name, message)


def date_ahead(context: CheckContext) -> Iterator[Finding]:
    """Report when something that must be past is dated after the day of the check."""
    for table, column, frame in context.columns("date"):
        if column.past:
            rows = with_bounds(frame, column.name).filter(pl.col(bound_names(column.name)[0]) > context.today)
            for line, value in rows.select("raw_line", column.name).iter_rows():
                yield Finding(table, line, column.name, _ahead(value, context))
    for table, column, frame in context.columns("integer"):
        if column.past:
            ahead = pl.col(column.name).cast(pl.Int64) > context.today.year
            if not context.cells(table).select(ahead.any()).item():
                continue
            rows = frame.filter(ahead)
            for line, value in rows.select("raw_line", column.name).iter_rows():
                yield Finding(table, line, column.name, _ahead(value, context))


def _ahead(value: str, context: CheckContext) -> str:
    return f"{value!r} is after the day of this check, {context.today.isoformat()}; what has happened cannot lie ahead"


def held_ahead(context: CheckContext) -> Iterator[Finding]:
    """Report when an event that took place is dated after the day of the check."""
    reports = context.frame("reports", "status", "start_date", "end_date")
    if reports is None:
        return
    rows = with_bounds(reports, "start_date", "end_date")
    begins = pl.col("status").is_in(terms_with("event_statuses", "happened")) & (pl.col("start_first") > context.today)
    ends = pl.col("status").is_in(terms_with("event_statuses", "over")) & (pl.col("end_first") > context.today)
    rows = rows.with_columns(
        pl.when(begins.fill_null(value=False))
        .then(pl.lit("start_date"))
        .when(ends)
        .then(pl.lit("end_date"))
        .alias("column")
    ).filter(pl.col("column").is_not_null())
    for row in rows.iter_rows(named=True):
        message = (
            f"{row[row['column']]!r} is after the day of this check, {context.today.isoformat()}, "
            f"but status is {row['status']!r}; mend one of the two"
        )
        yield Finding("reports", row["raw_line"], row["column"], message)


def ends_after_publication(context: CheckContext) -> Iterator[Finding]:
    """Report when an event coded as over ends after its source was published."""
    reports = context.frame("reports", "source_id", "status", "start_date", "end_date")
    sources = context.frame("sources", "source_id", "published")
    if reports is None or sources is None:
        return
    published = (
        with_bounds(sources, "published")
        .select("source_id", "published", "published_last")
        .unique("source_id", keep="first")
    )
    rows = with_bounds(reports, "start_date", "end_date").join(published, on="source_id")
    end = pl.coalesce("end_first", "start_first")
    rows = rows.filter(pl.col("status").is_in(terms_with("event_statuses", "over")), end > pl.col("published_last"))
    for row in rows.sort("raw_line").iter_rows(named=True):
        column = "end_date" if row["end_date"] else "start_date"
        message = (
            f"{row[column]!r} is after its source was published ({row['published']}), but status is {row['status']!r}; "
            "was it under way or announced?"
        )
        yield Finding("reports", row["raw_line"], column, message)


def ratified_before_adoption(context: CheckContext) -> Iterator[Finding]:
    """Report when a ratification, or its law, is older than the convention."""
    ratifications, conventions = (
        context.frame("ratifications", "convention"),
        context.frame("conventions", "convention", "adopted"),
    )
    if ratifications is None or conventions is None:
        return
    adopted = (
        with_bounds(conventions, "adopted")
        .select("convention", "adopted", "adopted_first")
        .unique("convention", keep="first")
    )
    for column in ("ratified_on", "law_on"):
        if column not in ratifications.columns:
            continue
        rows = with_bounds(ratifications, column).join(adopted, on="convention")
        rows = rows.filter(pl.col(f"{column}_last") < pl.col("adopted_first")).sort("raw_line")
        for line, value, convention, since in rows.select("raw_line", column, "convention", "adopted").iter_rows():
            yield Finding(
                "ratifications",
                line,
                column,
                f"{value!r} is before {convention} was adopted ({since}); mend the date or the convention",
            )


def ratified_before_membership(context: CheckContext) -> Iterator[Finding]:
    """Report when a ratification is older than the country's membership of the ILO."""
    ratifications = context.frame("ratifications", "country", "ratified_on")
    countries = context.frame("countries", "country", "ilo_member_since")
    if ratifications is None or countries is None:
        return
    joined = with_bounds(countries, "ilo_member_since").select("country", "ilo_member_since", "ilo_member_since_first")
    rows = with_bounds(ratifications, "ratified_on").join(joined.unique("country", keep="first"), on="country")
    adopted = context.frame("conventions", "convention", "adopted")
    rows = rows.filter(pl.col("ratified_on_last") < pl.col("ilo_member_since_first")).sort("raw_line")
    if adopted is not None:  # one mistake, one line: a date before the convention existed is named by its own rule
        first = with_bounds(adopted, "adopted").select("convention", "adopted_first").unique("convention", keep="first")
        rows = rows.join(first, on="convention", how="left").filter(
            (pl.col("ratified_on_last") >= pl.col("adopted_first")).fill_null(value=True)
        )
    for line, value, country, since in (
        rows.sort("raw_line").select("raw_line", "ratified_on", "country", "ilo_member_since").iter_rows()
    ):
        message = (
            f"{value!r} is before {country} joined the ILO ({dates.written(since)}); "
            "a ratification of an earlier State is not this one's"
        )
        yield Finding("ratifications", line, "ratified_on", message)
