"""Ratified conventions: which fundamental and governance conventions are in force, and what else is reported."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display.addresses import sources_page
from socdialog.display.convention_names import in_sentence, short_name
from socdialog.display.messages import say, words
from socdialog.display.parts import Folded, Heading, Part, Sentence, Span, Value, lead
from socdialog.display.prose import FIXED_SPACE, listing
from socdialog.metrics import standards as metric
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.disputed import disputed
from socdialog.profiles.detail import folded_list
from socdialog.profiles.listing import (
    DASH,
    NOT_STATED,
    Cell,
    Columns,
    Row,
    absence,
    coded,
    day,
    ids,
    linked,
    listed,
    own,
    rank,
    rows,
)

#: How many conventions a sentence names.
_NAMED = 3


def counted_groups() -> tuple[str, ...]:
    """Return the groups of conventions that are held completely, and so can be counted."""
    return codebook.section_codes()["counted_groups"]


def ratifications(context: ProfileContext) -> pl.DataFrame:
    """Return the ratification of each convention of the counted groups by each country of the page."""
    return context.measured(metric.ratification_matrix, countries=list(context.countries), as_of=context.as_of)


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the conventions of the counted groups, and folded the technical ones and reported totals."""
    yield Heading("conventions", words("standards.conventions"))
    recorded = context.rows_for("ratifications").select("convention", recorded="status")
    found = (
        ratifications(context)
        .filter(~pl.col("apart"))
        .join(recorded, on="convention", how="left")
        .sort(rank("group", counted_groups()), "convention")
    )
    if found.get_column("known").sum():
        yield _lead(context, found)
        caption = words("standards.caption", country=context.in_prose)
        yield listed("standards", caption, found, _columns(), note=_note(context, found))
    else:
        yield context.no_data(words("standards.subject"))
    yield from _technical(context)
    yield from _totals(context)


def in_force_of(context: ProfileContext, country: str, group: str) -> Value | None:
    """Return how many conventions of a group are in force, ``7 of 10``; None where nothing is known of any."""
    found = context.measured(metric.conventions_in_force, country=country, group=group, as_of=context.as_of)
    row = found.row(0, named=True)
    if row["value"] is None:
        return None
    text = words("standards.of", part=cldr.number(row["value"]), whole=cldr.number(row["n"]))
    return Value(text, rows(row["evidence"]))


def _lead(context: ProfileContext, found: pl.DataFrame) -> Sentence:
    """Say how many conventions of each group are in force, and on which there is no data, or none of today."""
    counts: list[Span] = []
    missing: list[str] = []
    for group in counted_groups():
        label = wording.label("convention_groups", group).lower()
        value = in_force_of(context, context.countries[0], group)
        if value is not None:
            counts.append(Value(words("standards.count", value=value.text, group=label), value.evidence))
        elif found.filter(pl.col("group") == group).height:
            missing.append(words("standards.group_subject", group=label))
    known = found.filter(pl.col("known").sum().over("group") > 0)
    unknown = known.filter(pl.col("status") == metric.NOT_KNOWN)
    gaps = say("standards.no_data", what=cldr.joined([*_named(unknown), *missing])) if unknown.height or missing else ()
    stale = known.filter(pl.col("status") == metric.STALE)
    if stale.height:
        outdated = Value(cldr.joined(_named(stale)), ids(stale, "evidence"))
        gaps = (*gaps, *say("standards.stale", n=stale.height, what=outdated))
    country = context.in_prose
    return lead(*say("standards.lead", country=country[:1].upper() + country[1:], counts=listing(counts), gaps=gaps))


def _named(found: pl.DataFrame) -> list[str]:
    """Name conventions within a sentence; of many, how many there are."""
    codes = found.get_column("convention").sort().to_list()
    if not codes:
        return []
    if len(codes) > _NAMED:
        return [words("standards.several", n=len(codes))]
    return [in_sentence(*codes)]


def _columns() -> Columns:
    return {
        words("standards.convention"): lambda row: short_name(row["convention"], row["title"]),
        words("standards.status"): _status,
        words("standards.registered"): _registered,
        words("standards.as_of"): day("status_as_of", DASH),
    }


def _status(row: Row) -> Cell:
    """Show the status as of the edition; one that is out of date in brackets after the dash of no data."""
    if row["status"] == metric.NOT_KNOWN:
        return DASH
    if row["status"] != metric.STALE:
        return Value(_label(row["status"]), own(row))
    outdated = words("standards.outdated", status=_label(row["recorded"]).lower(), year=row["status_as_of"][:4])
    return Value(outdated, own(row), absent=True)


def _label(status: str) -> str:
    """Return a status on one line, so that each convention of the list has one."""
    return wording.label("ratification_statuses", status).replace(" ", FIXED_SPACE)


def _registered(row: Row) -> Cell:
    """Show the year in which the ratification was registered; nothing where there is none."""
    if row["value"] != 1:
        return DASH if row["value"] is None else ""
    return linked(row["ratified_on"] and row["ratified_on"][:4], row, NOT_STATED)


def _note(context: ProfileContext, found: pl.DataFrame) -> str:
    """Explain the list: when a convention is in force, which group the last rows are of, and what the dash means."""
    last = found.get_column("group")[-1]
    n = found.filter(pl.col("group") == last).height
    group = wording.label("convention_groups", last).lower()
    return words("standards.note", n=n, date=cldr.date(context.edition), group=group)


def _technical(context: ProfileContext) -> Iterator[Folded]:
    """Show the technical conventions and the protocols of which anything is reported."""
    apart = ratifications(context).filter(pl.col("apart")).get_column("convention").implode()
    of_them = ~pl.col("group").is_in(counted_groups()) | pl.col("convention").is_in(apart)
    named = context["conventions"].filter(of_them).select("convention", "title")
    found = context.rows_for("ratifications").join(named, on="convention").sort("convention")
    if found.height:
        yield folded_list(
            "technical",
            words("standards.technical", n=found.height),
            words("standards.technical_caption", country=context.in_prose),
            found,
            {
                words("standards.convention"): lambda row: short_name(row["convention"], row["title"]),
                words("standards.status"): lambda row: linked(_label(row["status"]), row),
                words("standards.registered"): day("ratified_on", DASH),
                words("standards.law"): day("law_on", DASH),
                words("standards.as_of"): day("status_as_of", DASH),
            },
            elsewhere=sources_page(context.countries[0]),
            note=words("standards.technical_note"),
        )


def _totals(context: ProfileContext) -> Iterator[Folded]:
    """Show the totals that sources report, those that are disputed with a link to their entry."""
    found = context.rows_for("ratification_counts").sort("as_of_last", "count", "row_id", nulls_last=True)
    entries = disputed(context)

    def total(row: Row) -> Value:
        return Value(cldr.number(row["count"]), own(row), disputed=entries.get(row["row_id"], ""))

    if found.height:
        yield folded_list(
            "totals",
            words("standards.totals", n=found.height),
            words("standards.totals_caption", country=context.in_prose),
            found,
            {
                words("standards.totals_as_of"): day("as_of", absence(words("standards.undated"))),
                words("standards.total"): total,
                words("standards.publisher_type"): coded("source_kind", "source_kinds"),
            },
            elsewhere=sources_page(context.countries[0]),
            note=words("standards.totals_note"),
        )
