"""Where all this comes from: outlets, kinds, languages, years; how much rests on one source or on one's own voice."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.display.parts import Part, Sentence, Value, sentence
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext, among, counted, coverage, warning
from socdialog.profiles.country.reported_events import coded_events
from socdialog.profiles.listing import absence, ids, linked, number, rows

_TOP = 12
_UNDATED = absence("no dated text")
_ONCE = "told by one independent source only"
_BY_ITSELF = (
    "told only by the side that itself takes part (known where the kind of source and the participants are coded)"
)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the mix of sources."""
    listed = context.with_undated
    if listed["sources"].height == 0:
        yield context.none_found(f"events{context.years}")
        return
    events, coded = context["events"], coded_events(context)
    if events.height:
        single = context.measured(metric.single_source_share)
        yield from _share(single, events, _ONCE)
    if coded.height:
        yield from _share(context.measured(metric.self_reported_share), coded, _BY_ITSELF)
    yield _publishers(listed)
    yield _mix(listed, "kind", "kind of publisher", "source_kinds")
    yield _mix(listed, "language", "language", "languages")
    yield _mix(listed, "year", "year of publication")
    yield warning("undated_sources")


def _share(found: pl.DataFrame, every: pl.DataFrame, words: str) -> Iterator[Sentence]:
    """Say of how many events something holds, among those of which it is known whether it does."""
    row = found.row(0, named=True)
    if row["known"]:
        says = (f"is {words}", f"are {words}", f"is not {words}")
        yield among(rows(row["evidence"]), row["known"], ids(every), ("event", "events", ""), says)


def _publishers(context: ProfileContext) -> Part:
    found = context.measured(metric.publishers)
    every, n = ids(found, "evidence"), found["n"][0]
    return context.listing(
        "outlets",
        "reports by publisher",
        found.head(_TOP),
        {
            "publisher": lambda row: str(row["publisher"]),
            "#reports": number,
            "#share": lambda row: linked(f"{100 * row['share']:.0f}%", row),
            "first dated text": lambda row: linked(row["first_year"] and str(row["first_year"]), row, _UNDATED),
        },
        note=(
            "The publishers with most reports, of " if found.height > _TOP else "All ",
            counted(found.height, every, "publisher"),
            " and ",
            Value(f"{n} reports" if n != 1 else "one report", every),
            ". Second codings of a text do not count. A new outlet makes more events found from its first year on.",
        ),
    )


def _mix(context: ProfileContext, field: str, words: str, vocabulary: str | None = None) -> Part:
    found = context.measured(metric.source_mix, field=field)
    if found.height == 0:
        return sentence(f"Texts by {words}: ", absence("none is known"), ".")
    return context.listing(
        f"mix-{field}",
        f"texts by {words}",
        found,
        {
            words: lambda row: wording.label(vocabulary, row[field]) if vocabulary else str(row[field]),
            "#texts": number,
        },
        note=("Known for ", coverage(found.get_column("known")[0], context["sources"]), " texts."),
    )
