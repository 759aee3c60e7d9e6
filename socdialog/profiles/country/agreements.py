"""General agreements: how many were found, the periods that they cover and the gaps between; others are folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr
from socdialog.codebook.cldr import joined
from socdialog.display import charts
from socdialog.display.addresses import sources_page
from socdialog.display.messages import say, words
from socdialog.display.parts import Figure, Folded, Heading, Part, Span, Spans, Value, sentence
from socdialog.display.prose import on_date
from socdialog.folding import folded
from socdialog.metrics import institutions as metric
from socdialog.profiles.agreement_spans import placed
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import disputed, sources_differ
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import NOT_STATED, Columns, Row, Show, coded, day, ids, linked, listed, text

#: The longest title of a chart, and the most gaps that a sentence lists.
_TITLE, _GAPS = 90, 3


def parts(context: ProfileContext, institutions: pl.DataFrame) -> Iterator[Part]:
    """Show the general agreements of a country among its institutions."""
    yield Heading("general-agreements", words("dialogue.general_agreements"))
    agreements = metric.agreement_periods(institutions)
    if agreements.height:
        spans = placed(agreements)
        yield sentence(*_found(context, agreements), *_gaps(context, agreements, spans))
        yield from sources_differ(context, ids(agreements))
        yield from _timeline(context, agreements, spans)
    else:
        yield context.no_data(words("dialogue.agreements_subject"))
    yield from _others(context, institutions, agreements)


def _found(context: ProfileContext, agreements: pl.DataFrame) -> Spans:
    """Say how many agreements were found, and when the one that ends last was signed and ends."""
    last = agreements.sort(
        pl.coalesce("period_end_last", "date_last"), "date_last", folded("name"), "row_id", nulls_last=False
    ).row(-1, named=True)
    given: dict[str, Span] = {}
    if last["date"] is not None:
        given["when"] = linked(on_date(last["date"]), last)
    if last["period_end"] is not None:
        given["end"] = linked(cldr.date(last["period_end"]), last)
    ends = "runs" if last["period_end"] is not None and last["period_end_last"] >= context.as_of else "ran"
    key = {
        ("when", "end"): f"signed_{ends}",
        ("when",): "signed",
        ("end",): ends,
        (): "undated",
    }[tuple(given)]
    return say(f"dialogue.{key}", n=agreements.height, **given)


def _bounds(context: ProfileContext, spans: pl.DataFrame) -> tuple[date, date] | None:
    """Return the first and the last day of the agreements drawn, the last at most the day of the edition."""
    since, until = spans.select(pl.col("start").min(), pl.col("end").max()).row(0)
    if since is None or min(until, context.as_of) <= since:
        return None
    return since, min(until, context.as_of)


def _gaps(context: ProfileContext, agreements: pl.DataFrame, spans: pl.DataFrame) -> Iterator[Span]:
    """Say for which months, between the first and the last agreement or the edition, none was found."""
    bounds = _bounds(context, spans)
    if bounds is None:
        return
    gaps = metric.agreement_gaps(agreements, since=bounds[0], until=bounds[1]).frame.select("gap_from", "gap_to").rows()
    stated = [(first, last) for first, last in gaps if not _open_at(spans, last)]
    if len(stated) > _GAPS:
        yield from (" ", *say("dialogue.gaps_many", n=len(stated), gap=_months(*stated[-1])))
    elif stated:
        yield from (" ", *say("dialogue.gaps", gaps=joined(_months(*gap) for gap in stated)))


def _months(first: date, last: date) -> str:
    """Write the months from a first to a last, with the year once where it is one."""
    if (first.year, first.month) == (last.year, last.month):
        return _month(first)
    begin = _month(first).removesuffix(f" {first.year}") if first.year == last.year else _month(first)
    return words("dialogue.gap", first=begin, last=_month(last))


def _open_at(spans: pl.DataFrame, day: date) -> bool:
    """Whether the last agreement that began by a day has no stated end: it may apply for as long as no other does."""
    begun = spans.filter(pl.col("start") <= day)
    return begun.height > 0 and begun["period_end"][-1] is None


def _timeline(context: ProfileContext, agreements: pl.DataFrame, spans: pl.DataFrame) -> Iterator[Part]:
    """Draw the years of each agreement that has a date; without any, list them."""
    table = listed(
        "agreements",
        words("dialogue.agreements_caption", country=context.in_prose),
        latest_first(agreements),
        _columns(context, agreements),
    )
    if spans.height == 0:
        yield table
        return
    title, subtitle = _title(spans), words("dialogue.timeline_subtitle")
    years = spans.with_columns(pl.col("name").alias("label"), pl.col("start", "end").dt.year())
    chart = charts.spans(years, title=title, subtitle=subtitle).to_dict(validate=False)
    yield Figure("agreements", chart, (*_covered(context, agreements, spans), *_missing(agreements), "."), table)


def _columns(context: ProfileContext, agreements: pl.DataFrame) -> Columns:
    entries = disputed(context)

    def name(row: Row) -> Value:
        return Value(row["name"], (row["row_id"],), disputed=entries.get(row["row_id"], ""))

    columns: dict[str, Show] = {
        words("dialogue.agreement"): name,
        words("dialogue.signed_on"): day("date", NOT_STATED),
        words("dialogue.runs_to"): day("period_end", NOT_STATED),
    }
    if agreements.get_column("legal_basis").count():
        columns[words("dialogue.legal_basis")] = text("legal_basis", NOT_STATED)
    return columns


def _title(spans: pl.DataFrame) -> str:
    """Name the years that agreements were found for and those between without one, as far as a title has room."""
    periods: list[tuple[int, int]] = []
    for start, end in spans.select(pl.col("start", "end").dt.year()).rows():
        if periods and start <= periods[-1][1] + 1:
            periods[-1] = (periods[-1][0], max(end, periods[-1][1]))
        else:
            periods.append((start, end))
    between = [
        (before[1] + 1, after[0] - 1)
        for before, after in pairwise(periods)
        if not _open_at(spans, date(after[0] - 1, 12, 31))
    ]
    named, gaps = _years(periods), _years(between)
    titles = [
        *([words("dialogue.timeline_gaps", periods=named, gaps=gaps)] if between else []),
        words("dialogue.timeline", periods=named),
        words("dialogue.timeline_short", first=str(periods[0][0]), last=str(periods[-1][1])),
    ]
    return next(title for title in titles if len(title) <= _TITLE)


def _years(periods: Sequence[tuple[int, int]]) -> str:
    return joined(cldr.date_range(str(first), str(last)) for first, last in periods)


def _covered(context: ProfileContext, agreements: pl.DataFrame, spans: pl.DataFrame) -> tuple[Span, ...]:
    """Say how many months the agreements cover, of those that are drawn up to the edition."""
    n, evidence = agreements.height, ids(agreements)
    bounds = _bounds(context, spans)
    found = bounds and metric.months_covered_by_agreement(agreements, since=bounds[0], until=bounds[1]).frame
    if found is None or found.get_column("value")[0] is None or bounds is None:
        return say("dialogue.covered_unknown", n=n)
    row = found.row(0, named=True)
    low, high = cldr.number(row["value"]), Value(cldr.number(row["high"]), evidence)
    named = {"all": str(row["months"]), "first": _month(bounds[0]), "last": _month(bounds[1])}
    if row["value"] == row["months"]:
        return say("dialogue.covered_all", n=n, **named | {"all": high})
    if row["value"] == row["high"]:
        return say("dialogue.covered", n=n, months=high, **named)
    return say("dialogue.covered_between", n=n, low=low, high=high, **named)


def _missing(agreements: pl.DataFrame) -> Iterator[str]:
    """Say how many signing dates and ends are not stated."""
    for key, column in (("unsigned", "date"), ("unended", "period_end")):
        missing = agreements.get_column(column).null_count()
        if missing:
            yield f"; {words(f'dialogue.{key}', n=missing)}"


def _others(context: ProfileContext, institutions: pl.DataFrame, agreements: pl.DataFrame) -> Iterator[Folded]:
    """List agreements of one place and those that are not concluded."""
    every = institutions.filter(pl.col("kind").is_in(codebook.section_codes()["general_agreements"]))
    others = every.filter(~pl.col("row_id").is_in(agreements["row_id"].implode()))
    if others.height:
        yield folded_list(
            "other-agreements",
            words("dialogue.other_agreements", n=others.height),
            words("dialogue.other_agreements_caption", country=context.in_prose),
            latest_first(others),
            {**_columns(context, others), words("dialogue.status"): _status},
            elsewhere=sources_page(context.countries[0]),
        )


def latest_first(institutions: pl.DataFrame) -> pl.DataFrame:
    """Return institutions by the last day that is stated of each, its end or else its date; undated ones are last."""
    by = (pl.coalesce("period_end_last", "date_last"), "date_last", folded("name"), "row_id")
    return institutions.sort(*by, descending=[True, True, False, False], nulls_last=True)


def _status(row: Row) -> str:
    return str(coded("status", "event_statuses")(row)) or words("dialogue.concluded")


def _month(day: date) -> str:
    return cldr.date(f"{day:%Y-%m}")
