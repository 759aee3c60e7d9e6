"""Institutions of social dialogue: bodies, laws, programmes, and the timeline of general agreements with its gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.codebook.cldr import joined, plural
from socdialog.display import charts
from socdialog.display.parts import Figure, Part, Sentence, Span, Table, Value, sentence
from socdialog.metrics import institutions as metric
from socdialog.profiles.context import ProfileContext, counted
from socdialog.profiles.country import official_series
from socdialog.profiles.listing import NOT_KNOWN, NOT_STATED, Row, coded, day, ids, linked, rank, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the institutions met, when general agreements were in force, and when a body was last seen to meet."""
    found = context.rows_for("institutions")
    if found.height:
        yield _institutions(context, found)
        yield from _agreements(context, found)
    else:
        yield context.no_data("institutions of social dialogue")
    yield _meetings(context, found)
    yield from official_series.series_in(context, "dialogue")


def _institutions(context: ProfileContext, found: pl.DataFrame) -> Part:
    kinds = codebook.vocabulary("institution_kinds")
    first = pl.coalesce("date_first", "period_end_first")
    return context.listing(
        "institutions",
        "bodies, laws, programmes and general agreements met",
        found.sort(rank("kind", kinds), first, "name", "row_id", nulls_last=True),
        {
            "name": text("name"),
            "kind": coded("kind", "institution_kinds"),
            "date or period": lambda row: linked(wording.period(row["date"], row["period_end"]), row, NOT_KNOWN),
            "legal basis": text("legal_basis", NOT_STATED),
        },
    )


def general_agreements(institutions: pl.DataFrame) -> pl.DataFrame:
    """Return the general agreements among institutions, concluded and for the whole country."""
    return metric.national_agreements(institutions)


def months_covered(row: Row) -> str:
    """Write how many months agreements cover: ``30 of 36``, or ``24 to 30 of 36`` where dates leave it open."""
    sure, possible = int(row["value"]), int(row["high"])
    return f"{sure} of {row['months']}" if sure == possible else f"{sure} to {possible} of {row['months']}"


def _agreements(context: ProfileContext, found: pl.DataFrame) -> Iterator[Part]:
    agreements = general_agreements(found).filter(pl.col("date").is_not_null() | pl.col("period_end").is_not_null())
    if agreements.height == 0:
        yield context.no_data("dated general agreements")
        return
    spans = agreements.with_columns(
        label=pl.col("name"),
        start=pl.coalesce("date_first", "period_end_first").dt.year(),
        end=pl.coalesce("period_end_last", "date_last").dt.year(),
        certain=pl.col("date").is_not_null() & pl.col("period_end").is_not_null(),
    ).sort("start", "end", "label", "row_id")
    shown = context.listing(
        "agreements",
        "general agreements, from signature to the end stated",
        spans,
        {"agreement": text("name"), "signed": day("date", NOT_KNOWN), "until": day("period_end", NOT_KNOWN)},
    )
    yield _timeline(context, spans, shown) if spans.height > 1 else shown
    yield from _coverage(context, spans)


def _timeline(context: ProfileContext, spans: pl.DataFrame, shown: Table) -> Figure:
    unsure = spans.filter(~pl.col("certain"))
    dashed: tuple[Span, ...] = ()
    if unsure.height:
        is_dashed = f" {plural(unsure.height, 'is', 'are')} dashed, as one end is not known here"
        dashed = ("; ", Value(f"{unsure.height} of them", ids(unsure)), is_dashed)
    first, last = spans.select(pl.col("start").min(), pl.col("end").max()).row(0)
    return Figure(
        "agreements",
        charts.spans(
            spans,
            title=f"{context.about}: general agreements met, {first} to {last}",
            subtitle="From signature to the end stated; dashed: one end is not known here",
        ).to_dict(validate=False),
        ("Timeline of ", counted(spans.height, ids(spans), "general agreement"), *dashed, "."),
        shown,
    )


def _coverage(context: ProfileContext, spans: pl.DataFrame) -> Iterator[Sentence]:
    """Say how many months an agreement covers, and where there are gaps between the first and the last."""
    since = spans.select(pl.coalesce("date_first", "period_end_first").min()).item()
    until = min(spans.select(pl.coalesce("period_end_last", "date_last").max()).item(), context.as_of)
    if until <= since:
        return
    months = metric.months_covered_by_agreement(spans, since=since, until=until).frame.row(0, named=True)
    if months["value"] is None:
        return
    yield sentence(
        f"From {_month(since)} to {_month(until)}, an agreement met here was in place in ",
        Value(f"{months_covered(months)} months", ids(spans)),
        ", as far as dates of signature and ends are told.",
    )
    gaps = metric.agreement_gaps(spans, since=since, until=until).frame.select("gap_from", "gap_to")
    words = joined(f"{_month(first)} to {_month(last)}" for first, last in gaps.iter_rows())
    if words:
        uncovered = Value(words, ids(spans))
        yield sentence("No agreement met here covers ", uncovered, ". An agreement may exist that was not met.")


def _month(day: date) -> str:
    return cldr.date(f"{day:%Y-%m}")


def _meetings(context: ProfileContext, found: pl.DataFrame) -> Sentence:
    """Say when a tripartite body of the country was last seen to meet."""
    every = context.with_undated.measured(
        metric.days_since_last_recorded_meeting, institutions=found, as_of=context.as_of
    )
    seen = every.filter((pl.col("country") == context.countries[0]) & (pl.col("n") > 0))
    if seen.height == 0:
        return context.none_found("meetings of a tripartite body of the country")
    row = seen.row(0, named=True)
    told = ("A tripartite body of the country is seen in ", counted(row["n"], tuple(row["evidence"]), "event"))
    if row["last_met"] is None:
        return sentence(*told, ", none of them dated.")
    last = context.with_undated["events"].row(by_predicate=pl.col("event_id") == row["last_event_id"], named=True)
    where = f"{last['label']} ({cldr.date(row['last_met'])})"
    return sentence(*told, ", last in ", linked(where, last), ". Later meetings may not have been met.")
