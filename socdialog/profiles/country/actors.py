"""The actors: peak organisations by side, their affiliations, and the memberships claimed for them."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.codebook.cldr import joined, plural
from socdialog.display.parts import Part, Span, Value, sentence
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.country.official_lines import used_as
from socdialog.profiles.country.official_series import newest
from socdialog.profiles.country.series_figure import limits, series_figure, series_lead
from socdialog.profiles.listing import NONE_FOUND, NOT_KNOWN, Row, absence, coded, day, ids, linked, rank, rows, text

_UNDATED = absence("source undated")


def _organisation_parts(context: ProfileContext) -> Iterator[Part]:
    """Show the organisations of each side, and what they claim."""
    own = context.rows_for("organisations")
    for side in codebook.section_codes()["sides"]:
        yield _pluralism(context, own, side)
    yield from _organisations(context, own)
    names = own.select("org_id", "name")
    yield from _affiliations(context, context["affiliations"].join(names, on="org_id"))
    yield from _memberships(context, context["memberships"].join(names, on="org_id"))


def _pluralism(context: ProfileContext, own: pl.DataFrame, side: str) -> Part:
    peaks = own.filter((pl.col("side") == side) & pl.col("level").is_in(codebook.section_codes()["peaks"]))
    of_side = f"of {wording.label('sides', side).lower()}"
    if peaks.height == 0:
        return context.no_data(f"peak organisations {of_side}")
    names = joined(
        row["name"] + ("" if not row["acronym"] or row["acronym"] in row["name"] else f" ({_acronyms(row)})")
        for row in peaks.sort("name").iter_rows(named=True)
    )
    return sentence(
        Value(f"{peaks.height} {plural(peaks.height, 'peak organisation')} {of_side}", ids(peaks)),
        f" {plural(peaks.height, 'was', 'were')} met in the texts and registers: {names}.",
    )


def _organisations(context: ProfileContext, own: pl.DataFrame) -> Iterator[Part]:
    sides, levels = (codebook.section_codes()[name] for name in ("sides", "levels"))
    shown = own.filter(pl.col("side").is_in(sides) & pl.col("level").is_in(levels))
    if shown.height == 0:
        return
    found = context.with_undated
    named = found["actors"].select("org_id", "event_id").unique()
    events = dict(
        named.join(found["events"].select("event_id", "row_id"), on="event_id")
        .group_by("org_id")
        .agg("row_id")
        .iter_rows()
    )

    def events_naming(row: Row) -> Value:
        found = rows(events.get(row["org_id"], ()))
        return Value(str(len(found)), found) if found else NONE_FOUND

    yield context.listing(
        "organisations",
        "organisations of workers and employers met in the texts and registers",
        shown.sort(rank("side", sides), rank("level", levels), "name", "row_id"),
        {
            "organisation": _names,
            "acronym": _acronyms,
            "side": coded("side", "sides"),
            "level": coded("level", "org_levels"),
            "founded": day("founded", NOT_KNOWN),
            "#named in events found": events_naming,
        },
        note="Organisations that no collected text names are missing. Every event in which an organisation is "
        "named counts, whatever its role.",
    )


def _names(row: Row) -> tuple[Span, ...]:
    native = row["native_name"] not in {None, row["name"]}
    return tuple(linked(row[column], row) for column in ("name", *(["native_name"] if native else [])))


def _acronyms(row: Row) -> str:
    """Write the acronyms of an organisation; one cell may list those of several scripts."""
    return ", ".join(part.strip() for part in (row["acronym"] or "").split(";"))


def _affiliations(context: ProfileContext, found: pl.DataFrame) -> tuple[Part, ...]:
    return context.listing_or(
        context.no_data("affiliations to other organisations"),
        "affiliations",
        "affiliations",
        found.sort("org_id", "since_first", "affiliate_of", "row_id", nulls_last=True),
        {
            "organisation": text("name"),
            "belongs to": lambda row: context.called("organisations", row["affiliate_of"]),
            "status": coded("status", "affiliation_statuses"),
            "since": day("since", NOT_KNOWN),
            "until": day("until", absence("no end met")),
            "as of": day("as_of", _UNDATED),
        },
    )


def _memberships(context: ProfileContext, found: pl.DataFrame) -> tuple[Part, ...]:
    told = context.publishers(found)
    return context.listing_or(
        context.no_data("claimed memberships"),
        "memberships",
        "membership as claimed",
        found.sort("org_id", "population", "as_of_last", "value", "row_id", nulls_last=True),
        {
            "organisation": text("name"),
            "what is counted": coded("population", "populations"),
            "#claimed": lambda row: linked(wording.quantity(row["value"], None, qualifier=row["qualifier"]), row),
            "as of": day("as_of", _UNDATED),
            "told by": lambda row: told.get(row["row_id"], ""),
        },
        note=("All claims are listed, even where they contradict each other.", *_employees(context)),
        also=(warning("claimed_membership_not_density"),),
    )


def _employees(context: ProfileContext) -> Iterator[Span]:
    """Yield the latest number of employees, once for all claims: the scale that they are read against."""
    for indicator in context["indicators"].filter(pl.col("shown_with") == "employees").get_column("indicator"):
        latest = newest(context, context.countries[0], indicator)
        if latest.year:
            yield f" For scale: {latest.label} "
            yield latest.value
            yield f" in {latest.year} ({latest.release})."


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show who represents workers and employers, and trade union density."""
    yield from _organisation_parts(context)
    density = used_as(context, "union_density", "actors")
    yield from series_lead(context, density, key="actors.density")
    yield from series_figure(context, density, key="density")
    yield from limits(context, density, key="density")
