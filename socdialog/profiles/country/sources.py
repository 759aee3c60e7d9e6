"""Where all this comes from: outlets, kinds, languages, years; how much rests on one source or on one's own voice."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.metrics import activity as metric
from socdialog.profiles.context import ProfileContext, coverage, format_count, ids, plural, rows, warning
from socdialog.profiles.country.participation_section import coded_events

_TOP = 12


def section(context: ProfileContext) -> Section:
    """Show the mix of sources."""
    title = "Sources"
    if context["sources"].height == 0:
        return Section("sources", title, (context.none_found("event"),))
    parts: list[Part] = [
        *_voices(context),
        _outlets(context),
        _mix(context, "kind", "source_kinds"),
        _mix(context, "language", "languages"),
        _mix(context, "year", None),
    ]
    parts.append(warning("undated_sources"))
    return Section("sources", title, tuple(parts))


def _voices(context: ProfileContext) -> list[Part]:
    if context["events"].height == 0:
        return []
    single = metric.single_source_share(context["events"]).frame.row(0, named=True)
    own = metric.self_reported_share(
        context["events"], context["reports"], context["sources"], context["actors"]
    ).frame.row(0, named=True)

    coded = coded_events(context)
    parts: list[Part] = [_share(single, context["events"], "told by one independent source only.")]
    if coded.height:
        words = (
            "told only by the side that itself takes part (known where the kind of source and the participants are "
            "coded)."
        )
        parts.append(_share(own, coded, words))
    return parts


def _share(row: Mapping[str, list[str]], among: pl.DataFrame, words: str) -> Part:
    number = len(row["evidence"])
    return sentence(
        Value(str(number), rows(row["evidence"])) if number else Value("None", absent=True),
        " of the ",
        Value(f"{row['known']} {plural(int(str(row['known'])), 'event')}", ids(among)),
        f" {plural(number, 'is', 'are')} {words}",
    )


def _outlets(context: ProfileContext) -> Part:
    found = metric.publishers(context["sources"], context["reports"]).frame
    every = rows(row_id for group in found.get_column("evidence") for row_id in group)
    cells = [_outlet(row) for row in found.head(_TOP).iter_rows(named=True)]
    which = "The publishers with most reports, of " if found.height > _TOP else "All "
    return table(
        "outlets",
        f"{context.about}: reports by publisher",
        ["publisher", "#reports", "#share", "first dated text"],
        cells,
        note=(
            which,
            Value(f"{found.height} {plural(found.height, 'publisher')}", every),
            " and ",
            Value(f"{found['n'][0]} reports" if found["n"][0] != 1 else "one report", every),
            ". Second codings of a text do not count. A new outlet makes more events found from its first year on.",
        ),
    )


def _outlet(row: dict[str, float]) -> tuple[Span, ...]:
    own = rows(str(one) for one in row["evidence"])  # type: ignore[attr-defined]
    first = row["first_year"]
    return (
        str(row["publisher"]),
        format_count(row["value"], own),
        Value(f"{100 * row['share']:.0f} %", own),
        Value(str(first), own) if first is not None else Value("no dated text", absent=True),
    )


def _mix(context: ProfileContext, field: str, vocabulary: str | None) -> Part:
    found = metric.source_mix(context["sources"], field).frame
    words = {"kind": "kind of publisher", "language": "language", "year": "year of publication"}[field]
    if found.height == 0:
        return sentence(f"Texts by {words}: ", Value("none is known", absent=True), ".")
    cells = [
        (
            wording.label(vocabulary, row[field]) if vocabulary else str(row[field]),
            format_count(row["value"], row["evidence"]),
        )
        for row in found.iter_rows(named=True)
    ]
    return table(
        f"mix-{field}",
        f"{context.about}: texts by {words}",
        [words, "#texts"],
        cells,
        note=("Known for ", coverage(found.get_column("known")[0], context["sources"]), " texts."),
    )
