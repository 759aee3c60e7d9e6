"""Institutions of social dialogue: bodies, laws, programmes, and the timeline of general agreements with its gaps."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Figure, Part, Section, Span, Value, sentence, table
from socdialog.metrics import institutions as metric
from socdialog.profiles.context import ProfileContext, joined, plural, rows


def section(context: ProfileContext) -> Section:
    """Show the institutions met, when general agreements were in force, and when a body was last seen to meet."""
    found = context.rows_for("institutions", context.countries[0])
    title = "Institutions of social dialogue"
    if found.height == 0:
        return Section(
            "institutions", title, (context.no_data("institution of social dialogue"), *_meetings(context, found))
        )
    kinds = list(codebook.vocabulary("institution_kinds"))
    ordered = sorted(
        found.iter_rows(named=True),
        key=lambda row: (
            kinds.index(row["kind"]),
            str(row["date_first"] or row["period_end_first"] or "9999"),
            row["name"],
            row["row_id"],
        ),
    )
    parts: list[Part] = [
        table(
            "institutions",
            f"{context.about}: bodies, laws, programmes and general agreements met",
            ["name", "kind", "date or period", "legal basis"],
            [_institution(row) for row in ordered],
        ),
        *_agreements(context, found),
        *_meetings(context, found),
    ]
    return Section("institutions", title, tuple(parts))


def _institution(row: dict[str, str]) -> tuple[Span, ...]:
    own = (row["row_id"],)
    when = wording.period(row["date"], row["period_end"])
    return (
        Value(row["name"], own),
        wording.label("institution_kinds", row["kind"]),
        Value(when, own) if when else Value("not known here", absent=True),
        Value(row["legal_basis"], own) if row["legal_basis"] else Value("not stated", absent=True),
    )


def _agreements(context: ProfileContext, found: pl.DataFrame) -> list[Part]:
    agreements = found.filter(
        pl.col("kind").is_in(codebook.section_indicators()["general_agreements"])
        & (pl.col("date").is_not_null() | pl.col("period_end").is_not_null())
    )
    if agreements.height == 0:
        return [context.no_data("dated general agreement")]
    spans = agreements.with_columns(
        label=pl.col("name"),
        start=pl.coalesce(pl.col("date_first"), pl.col("period_end_first")).dt.year(),
        end=pl.coalesce(pl.col("period_end_last"), pl.col("date_last")).dt.year(),
        certain=pl.col("date").is_not_null() & pl.col("period_end").is_not_null(),
    ).sort("start", "end", "label", "row_id")
    unsure = spans.filter(~pl.col("certain"))
    shown = table(
        "agreements",
        f"{context.about}: general agreements, from signature to the end stated",
        ["agreement", "signed", "until"],
        [_span(row) for row in spans.iter_rows(named=True)],
    )
    if spans.height == 1:
        return [shown, *_coverage(context, spans)]
    count = Value(f"{spans.height} general agreements", rows(spans.get_column("row_id")))
    dashed: tuple[Span, ...] = ()
    if unsure.height:
        dashed = (
            "; ",
            Value(f"{unsure.height} of them", rows(unsure.get_column("row_id"))),
            f" {plural(unsure.height, 'is', 'are')} dashed, as one end is not known here",
        )
    first, last = min(spans.get_column("start").to_list()), max(spans.get_column("end").to_list())
    figure = Figure(
        "agreements",
        charts.spans(
            spans,
            title=f"{context.about}: general agreements met, {first} to {last}",
            subtitle="From signature to the end stated; dashed: one end is not known here",
        ),
        ("Timeline of ", count, *dashed, "."),
        shown,
    )
    return [figure, *_coverage(context, spans)]


def _span(row: dict[str, str]) -> tuple[Span, ...]:
    own = (row["row_id"],)
    absent = Value("not known here", absent=True)
    return (
        Value(row["label"], own),
        Value(dates.written(row["date"]), own) if row["date"] else absent,
        Value(dates.written(row["period_end"]), own) if row["period_end"] else absent,
    )


def _coverage(context: ProfileContext, spans: pl.DataFrame) -> list[Part]:
    """Say how many months an agreement covers, and where there are gaps between the first and the last."""
    begins = spans.select(pl.coalesce("date_first", "period_end_first").min()).item()
    ends = spans.select(pl.coalesce("period_end_last", "date_last").max()).item()
    assert isinstance(begins, date)
    assert isinstance(ends, date)
    since, until = begins, min(ends, context.as_of)
    if until <= since:
        return []
    months = metric.months_covered_by_agreement(spans, since=since, until=until).frame.row(0, named=True)
    evidence = rows(spans.get_column("row_id"))
    period = f"From {dates.written(since.isoformat()[:7])} to {dates.written(until.isoformat()[:7])}, "
    if months["value"] is None:
        return []
    sure, possible = int(months["value"]), int(months["high"])
    range_ = f"{sure}" if sure == possible else f"{sure} to {possible}"
    parts: list[Part] = [
        sentence(
            period,
            "an agreement met here was in place in ",
            Value(f"{range_} of {months['months']} months", evidence),
            ", as far as dates of signature and ends are told.",
        )
    ]
    gaps = metric.agreement_gaps(spans, since=since, until=until).frame
    if gaps.height:
        words = joined(
            f"{dates.written(row['gap_from'].isoformat()[:7])} to {dates.written(row['gap_to'].isoformat()[:7])}"
            for row in gaps.iter_rows(named=True)
        )
        parts.append(
            sentence(
                "No agreement met here covers ", Value(words, evidence), ". An agreement may exist that was not met."
            )
        )
    return parts


def _meetings(context: ProfileContext, found: pl.DataFrame) -> list[Part]:
    """Say when a tripartite body of the country was last seen to meet."""
    country = context.countries[0]
    seen = metric.days_since_last_recorded_meeting(
        found, context["events"], context["actors"], as_of=context.as_of
    ).frame
    seen = seen.filter(pl.col("country") == country)
    if seen.height == 0 or seen["n"][0] == 0:
        return [context.none_found("meeting of a tripartite body of the country")]
    row = seen.row(0, named=True)
    meetings = Value(f"{row['n']} {plural(row['n'], 'event')}", rows(row["evidence"]))
    if row["last_met"] is None:
        return [sentence("A tripartite body of the country is seen in ", meetings, ", none of them dated.")]
    last = context["events"].filter(pl.col("event_id") == row["last_event_id"]).row(0, named=True)
    return [
        sentence(
            "A tripartite body of the country is seen in ",
            meetings,
            ", last in ",
            Value(f"{last['label']} ({dates.written(row['last_met'])})", (last["row_id"],)),
            ". Later meetings may not have been met.",
        )
    ]
