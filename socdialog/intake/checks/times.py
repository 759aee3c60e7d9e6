"""Rules that compare dates, always by their first and last possible day: 1992 is not before 1992-05-19."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import cldr
from socdialog.codebook.attributes import codes_with
from socdialog.intake.checks.rule_context import CheckContext, Finding, each
from socdialog.intake.distinct import by_text
from socdialog.intake.typed import with_bounds
from socdialog.schemas import bound_names


def reversed_dates(context: CheckContext) -> Iterator[Finding]:
    """Report when a date lies before the one it may not precede."""
    for table, column, frame in context.columns("date"):
        if column.after is not None and column.after in frame.columns:
            rows = with_bounds(frame, column.name, column.after)
            rows = rows.filter(pl.col(bound_names(column.name)[1]) < pl.col(bound_names(column.after)[0]))
            message = f"{{{column.name}!r}} is before {column.after} {{{column.after}!r}}; correct one of them"
            yield from each(table, rows, column.name, message)


def date_ahead(context: CheckContext) -> Iterator[Finding]:
    """Report when something that must be past is dated after the day of the check."""
    for table, column, frame in context.columns("date", "integer"):
        if not column.past:
            continue
        if column.type == "date":
            rows = with_bounds(frame, column.name).filter(pl.col(bound_names(column.name)[0]) > context.today)
        else:
            ahead = pl.col(column.name).cast(pl.Int64) > context.today.year
            rows = frame.filter(ahead) if context.cells(table).select(ahead.any()).item() else frame.clear()
        message = f"{{{column.name}!r}} is {_after(context)}; a past event cannot have a future date"
        yield from each(table, rows, column.name, message)


def _after(context: CheckContext) -> str:
    return f"later than the date of this check, {context.today.isoformat()}"


def held_ahead(context: CheckContext) -> Iterator[Finding]:
    """Report when an event that took place is dated after the day of the check."""
    rows = with_bounds(context.frame("reports", "status", "start_date", "end_date"), "start_date", "end_date")
    begins = pl.col("status").is_in(codes_with("event_statuses", "happened")) & (pl.col("start_first") > context.today)
    ends = pl.col("status").is_in(codes_with("event_statuses", "over")) & (pl.col("end_first") > context.today)
    begins = begins.fill_null(value=False)
    for column, ahead in (("start_date", begins), ("end_date", ends & ~begins)):
        message = f"{{{column}!r}} is {_after(context)}, but status is {{status!r}}; correct one of them"
        yield from each("reports", rows.filter(ahead), column, message)


def ends_after_publication(context: CheckContext) -> Iterator[Finding]:
    """Report when an event coded as over ends after its source was published."""
    reports = context.frame("reports", "source_id", "status", "start_date", "end_date")
    rows = with_bounds(reports, "start_date", "end_date").join(
        _first(context, "sources", "source_id", "published"), on="source_id"
    )
    end = pl.coalesce("end_first", "start_first")
    rows = rows.filter(pl.col("status").is_in(codes_with("event_statuses", "over")), end > pl.col("published_last"))
    has_end = pl.col("end_date").is_not_null()
    for column, which in (("start_date", ~has_end), ("end_date", has_end)):
        message = (
            f"{{{column}!r}} is later than the source's publication date ({{published}}), but status is {{status!r}}; "
            "use 'ongoing' or 'announced', or correct the date"
        )
        yield from each("reports", rows.filter(which), column, message)


def ratified_before_adoption(context: CheckContext) -> Iterator[Finding]:
    """Report when a ratification, or its law, is older than the convention."""
    ratifications = context.frame("ratifications", "convention")
    for column in [name for name in ("ratified_on", "law_on") if name in ratifications.columns]:
        rows = with_bounds(ratifications, column).join(
            _first(context, "conventions", "convention", "adopted"), on="convention"
        )
        rows = rows.filter(pl.col(f"{column}_last") < pl.col("adopted_first"))
        message = (
            f"{{{column}!r}} is before {{convention}} was adopted ({{adopted}}); correct the date or the convention"
        )
        yield from each("ratifications", rows, column, message)


def ratified_before_membership(context: CheckContext) -> Iterator[Finding]:
    """Report when a ratification is older than the country's membership of the ILO."""
    ratifications = with_bounds(context.frame("ratifications", "country", "convention", "ratified_on"), "ratified_on")
    rows = ratifications.join(_first(context, "countries", "country", "ilo_member_since"), on="country")
    rows = rows.filter(pl.col("ratified_on_last") < pl.col("ilo_member_since_first"))
    # One mistake, one line: a date before the convention existed is named by its own rule.
    rows = rows.join(_first(context, "conventions", "convention", "adopted"), on="convention", how="left")
    rows = rows.filter((pl.col("ratified_on_last") >= pl.col("adopted_first")).fill_null(value=True))
    message = (
        "{ratified_on!r} is before {country} joined the ILO ({since}); leave out ratifications by a predecessor State"
    )
    rows = rows.with_columns(since=by_text("ilo_member_since", cldr.date))
    yield from each("ratifications", rows, "ratified_on", message)


def _first(context: CheckContext, table: str, key: str, column: str) -> pl.DataFrame:
    """Return key, date and bounds of the first row of a table with each key."""
    rows = with_bounds(context.frame(table, key, column), column)
    return rows.select(key, column, *bound_names(column)).unique(key, keep="first")
