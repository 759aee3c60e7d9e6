"""The actors: peak organisations by side, their affiliations, and the memberships claimed for them."""

from __future__ import annotations

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Value, sentence, table
from socdialog.metrics import official
from socdialog.profiles.desk import Desk, ids, joined, plural, warning

#: Sides whose peak organisations a profile names, in this order.
_SIDES = ("workers", "employers")
#: Levels of organisation, from the widest; enterprises are parties to disputes, not organisations of a side.
_LEVELS = ("peak", "sectoral", "regional", "primary")


def section(desk: Desk) -> Section:
    """Show the organisations of each side, and what they claim."""
    country = desk.countries[0]
    own = desk.of("organisations", country)
    parts: list[Part] = [_pluralism(desk, own, side) for side in _SIDES]
    parts += _organisations(desk, own)
    parts += _affiliations(desk, own)
    parts += _memberships(desk, own)
    return Section("actors", "Actors", tuple(parts))


def _pluralism(desk: Desk, own: pl.DataFrame, side: str) -> Part:
    peaks = own.filter((pl.col("side") == side) & (pl.col("level") == "peak")).sort("name")
    word = {"workers": "confederation or peak federation of workers", "employers": "peak organisation of employers"}[
        side
    ]
    many = {"workers": "confederations or peak federations of workers", "employers": "peak organisations of employers"}[
        side
    ]
    if peaks.height == 0:
        return desk.not_met(word)
    names = joined(
        row["name"] + (f" ({row['acronym']})" if row["acronym"] else "") for row in peaks.iter_rows(named=True)
    )
    return sentence(
        Value(f"{peaks.height} {plural(peaks.height, word, many)}", ids(peaks)), f" met in the texts: {names}."
    )


def _organisations(desk: Desk, own: pl.DataFrame) -> list[Part]:
    shown = own.filter(pl.col("side").is_in(_SIDES) & pl.col("level").is_in(_LEVELS))
    if shown.height == 0:
        return []
    order = {level: place for place, level in enumerate(_LEVELS)}
    ordered = shown.with_columns(
        place=pl.col("level").replace_strict(order, return_dtype=pl.Int64),
        first=pl.col("side").replace_strict({side: place for place, side in enumerate(_SIDES)}, return_dtype=pl.Int64),
    ).sort("first", "place", "name")
    met = desk["actors"].drop_nulls("org_id").group_by("org_id").agg(pl.col("event_id").n_unique())
    events = dict(met.iter_rows())
    cells = [
        (
            (Value(row["name"], (row["row_id"],)), *((row["native_name"],) if row["native_name"] else ())),
            row["acronym"] or "",
            wording.label("sides", row["side"]),
            wording.label("org_levels", row["level"]),
            dates.written(row["founded"]) if row["founded"] else "not known here",
            str(events[row["org_id"]]) if row["org_id"] in events else "none found",
        )
        for row in ordered.iter_rows(named=True)
    ]
    return [
        table(
            "organisations",
            f"{desk.about}: organisations of workers and employers met in the texts",
            ["organisation", "acronym", "side", "level", "founded", "#named in events"],
            cells,
            note="Organisations that no text collected names are missing. Events in which an organisation is named count, "
            "whatever its role.",
        )
    ]


def _affiliations(desk: Desk, own: pl.DataFrame) -> list[Part]:
    found = desk["affiliations"].filter(pl.col("org_id").is_in(own.get_column("org_id").implode()))
    if found.height == 0:
        return [desk.not_met("affiliation to another organisation")]
    cells = [
        (
            Value(desk.organisation(row["org_id"]), (row["row_id"],)),
            desk.organisation(row["affiliate_of"]),
            wording.label("affiliation_statuses", row["status"]),
            dates.written(row["since"]) if row["since"] else "not known here",
            dates.written(row["until"]) if row["until"] else "no end met",
            dates.written(row["as_of"]) if row["as_of"] else "source undated",
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "affiliations",
            f"{desk.about}: affiliations",
            ["organisation", "belongs to", "status", "since", "until", "as of"],
            cells,
        )
    ]


def _memberships(desk: Desk, own: pl.DataFrame) -> list[Part]:
    found = desk["memberships"].filter(pl.col("org_id").is_in(own.get_column("org_id").implode()))
    if found.height == 0:
        return [desk.not_met("claimed membership"), _employees(desk)]
    ordered = found.sort("org_id", "population", "as_of_last", "value", "row_id", nulls_last=True)
    cells = [
        (
            Value(desk.organisation(row["org_id"]), (row["row_id"],)),
            wording.label("populations", row["population"]),
            wording.quantity(row["value"], None, qualifier=row["qualifier"]),
            dates.written(row["as_of"]) if row["as_of"] else "source undated",
            _claimant(desk, row["row_id"]),
        )
        for row in ordered.iter_rows(named=True)
    ]
    return [
        table(
            "memberships",
            f"{desk.about}: membership as claimed",
            ["organisation", "what is counted", "#claimed", "as of", "told by"],
            cells,
            note="Claims stand side by side, also where they contradict each other.",
        ),
        _employees(desk),
        warning("claimed_membership_not_density"),
    ]


def _claimant(desk: Desk, row_id: str) -> str:
    sources = desk["evidence"].filter(pl.col("row_id") == row_id).get_column("source_id")
    told = (
        desk["citations"].filter(pl.col("source_id").is_in(sources.implode())).sort("source_id").get_column("publisher")
    )
    return joined(dict.fromkeys(told))


def _employees(desk: Desk) -> Part:
    country = desk.countries[0]
    for indicator in codebook.section_indicators()["employees"]:
        row = official.latest_official(
            desk["country_years"], desk["not_published"], country=country, indicator=indicator
        ).frame.row(0, named=True)
        if row["value"] is not None:
            number = Value(wording.number(row["value"], decimals=0) + " thousand", tuple(row["evidence"]))
            words = f" employees in {row['year']} ({row['source']}, release {row['vintage']}; {row['note'] or 'no remark'})."
            return sentence(f"Beside these claims: {desk.about} had ", number, words)
    return desk.not_met("number of employees")
