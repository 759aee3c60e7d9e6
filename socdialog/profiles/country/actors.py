"""The actors: peak organisations by side, their affiliations, and the memberships claimed for them."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.metrics import membership
from socdialog.profiles.context import ProfileContext, format_official, ids, joined, plural, rows, warning


def section(context: ProfileContext) -> Section:
    """Show the organisations of each side, and what they claim."""
    own = context.rows_for("organisations", context.countries[0])
    parts: list[Part] = [_pluralism(context, own, side) for side in codebook.section_indicators()["sides"]]
    parts += _organisations(context, own)
    parts += _affiliations(context, own)
    parts += _memberships(context, own)
    return Section("actors", "Actors", tuple(parts))


def _pluralism(context: ProfileContext, own: pl.DataFrame, side: str) -> Part:
    peaks = own.filter((pl.col("side") == side) & pl.col("level").is_in(codebook.section_indicators()["peaks"]))
    of_side = f"of {wording.label('sides', side).lower()}"
    if peaks.height == 0:
        return context.no_data(f"peak organisation {of_side}")
    names = joined(
        row["name"] + ("" if not row["acronym"] or row["acronym"] in row["name"] else f" ({_acronyms(row)})")
        for row in peaks.sort("name").iter_rows(named=True)
    )
    return sentence(
        Value(f"{peaks.height} {plural(peaks.height, 'peak organisation')} {of_side}", ids(peaks)),
        f" {plural(peaks.height, 'was', 'were')} met in the texts and registers: {names}.",
    )


def _organisations(context: ProfileContext, own: pl.DataFrame) -> list[Part]:
    sides, levels = (list(codebook.section_indicators()[name]) for name in ("sides", "levels"))
    shown = own.filter(pl.col("side").is_in(sides) & pl.col("level").is_in(levels))
    if shown.height == 0:
        return []
    ordered = sorted(
        shown.iter_rows(named=True),
        key=lambda row: (sides.index(row["side"]), levels.index(row["level"]), row["name"], row["row_id"]),
    )
    return [
        table(
            "organisations",
            f"{context.about}: organisations of workers and employers met in the texts and registers",
            ["organisation", "acronym", "side", "level", "founded", "#named in events found"],
            [_organisation(context, row) for row in ordered],
            note="Organisations that no collected text names are missing. Every event in which an organisation is "
            "named counts, whatever its role.",
        )
    ]


def _organisation(context: ProfileContext, row: dict[str, str]) -> tuple[Span | tuple[Span, ...], ...]:
    own = (row["row_id"],)
    named = context["actors"].filter(pl.col("org_id") == row["org_id"]).get_column("event_id")
    events = context["events"].filter(pl.col("event_id").is_in(named.implode()))
    native = (Value(row["native_name"], own),) if row["native_name"] not in {None, row["name"]} else ()
    return (
        (Value(row["name"], own), *native),
        _acronyms(row),
        wording.label("sides", row["side"]),
        wording.label("org_levels", row["level"]),
        Value(dates.written(row["founded"]), own) if row["founded"] else Value("not known here", absent=True),
        Value(str(events.height), ids(events)) if events.height else Value("none found", absent=True),
    )


def _acronyms(row: Mapping[str, str | None]) -> str:
    """Write the acronyms of an organisation; one cell may list those of several scripts."""
    return ", ".join(part.strip() for part in (row["acronym"] or "").split(";"))


def _affiliations(context: ProfileContext, own: pl.DataFrame) -> list[Part]:
    found = context["affiliations"].filter(pl.col("org_id").is_in(own.get_column("org_id").implode()))
    if found.height == 0:
        return [context.no_data("affiliation to another organisation")]

    def day(row: dict[str, str], field: str, absent: str) -> Value:
        written = dates.written(row[field]) if row[field] else ""
        return Value(written, (row["row_id"],)) if written else Value(absent, absent=True)

    cells = [
        (
            Value(context.organisation(row["org_id"]), (row["row_id"],)),
            context.organisation(row["affiliate_of"]),
            wording.label("affiliation_statuses", row["status"]),
            day(row, "since", "not known here"),
            day(row, "until", "no end met"),
            day(row, "as_of", "source undated"),
        )
        for row in found.sort("org_id", "since_first", "affiliate_of", "row_id", nulls_last=True).iter_rows(named=True)
    ]
    return [
        table(
            "affiliations",
            f"{context.about}: affiliations",
            ["organisation", "belongs to", "status", "since", "until", "as of"],
            cells,
        )
    ]


def _memberships(context: ProfileContext, own: pl.DataFrame) -> list[Part]:
    found = context["memberships"].filter(pl.col("org_id").is_in(own.get_column("org_id").implode()))
    if found.height == 0:
        return [context.no_data("claimed membership")]
    beside = _employees(context)
    told = context.publishers(found)
    ordered = found.sort("org_id", "population", "as_of_last", "value", "row_id", nulls_last=True)
    cells = [
        (
            Value(context.organisation(row["org_id"]), (row["row_id"],)),
            wording.label("populations", row["population"]),
            Value(wording.quantity(row["value"], None, qualifier=row["qualifier"]), (row["row_id"],)),
            Value(dates.written(row["as_of"]), (row["row_id"],))
            if row["as_of"]
            else Value("source undated", absent=True),
            told.get(row["row_id"], ""),
            beside.get(row["row_id"], ()) or Value("not known here", absent=True),
        )
        for row in ordered.iter_rows(named=True)
    ]
    return [
        table(
            "memberships",
            f"{context.about}: membership as claimed, beside the number of employees",
            ["organisation", "what is counted", "#claimed", "as of", "told by", "#employees of the country"],
            cells,
            note="Claims stand side by side, also where they contradict each other. Employees: of the year of the "
            "claim, or of the last year before it that the series has; a claim without a year has the newest. They "
            "stand beside claims of persons only.",
        ),
        warning("claimed_membership_not_density"),
    ]


def _employees(context: ProfileContext) -> dict[str, tuple[Span, ...]]:
    """Return the number of employees to stand beside each claim of persons, one a series."""
    found: dict[str, tuple[Span, ...]] = {}
    for indicator in codebook.section_indicators()["employees"]:
        beside = membership.claims_with_employees(
            context["memberships"],
            context["organisations"],
            context["country_years"],
            country=context.countries[0],
            indicator=indicator,
        ).frame.drop_nulls("employees")
        claims = set(context["memberships"].get_column("row_id"))
        for row in beside.iter_rows(named=True):
            claim = next(row_id for row_id in row["evidence"] if row_id in claims)
            release = f"{row['employees_source']} {row['employees_vintage']}"
            words = f"{format_official(row['employees'])} in {row['employees_year']} ({release})"
            series = (row_id for row_id in row["evidence"] if row_id != claim)
            found[claim] = (*found.get(claim, ()), Value(words, rows(series)))
    return found
