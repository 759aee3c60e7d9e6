"""At a glance: the few things a reader asks first, each computed from the sections below."""

from __future__ import annotations

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Sentence, Value, sentence
from socdialog.metrics import activity as activity_metric
from socdialog.metrics import official
from socdialog.profiles.country.standards import counted_groups, in_force
from socdialog.profiles.desk import Desk, ids, plural, rows, warning


def section(desk: Desk) -> Section:
    """Say in a few sentences what the page holds."""
    parts: list[Part] = [_member(desk), *_activity(desk)]
    parts += [in_force(desk, desk.countries[0], group) for group in counted_groups()]
    parts += [_official(desk, theme) for theme in ("density", "coverage", "strikes")]
    parts += [_conflicts(desk), warning("convenience_collection")]
    return Section("glance", "At a glance", tuple(parts))


def _member(desk: Desk) -> Sentence:
    row = desk.of("countries", desk.countries[0]).row(0, named=True)
    if row["ilo_member_since"] is None:
        return desk.not_met("date of joining the ILO")
    return sentence(
        f"{desk.about} ({row['own_name']}) has been a member of the International Labour Organization since ",
        Value(dates.written(row["ilo_member_since"]), (row["row_id"],)),
        ".",
    )


def _activity(desk: Desk) -> list[Sentence]:
    events = desk["events"]
    if events.height == 0:
        return [desk.none_found(f"event {desk.years}")]
    row = activity_metric.tripartite_share(events, desk["actors"], organisations=desk["organisations"]).frame.row(
        0, named=True
    )
    together = len(row["evidence"])
    return [
        sentence(
            Value(f"{events.height} {plural(events.height, 'event')}", ids(events)),
            f" {desk.years} {plural(events.height, 'is', 'are')} told by ",
            Value(f"{desk.texts} {plural(desk.texts, 'text')}", ids(desk["sources"])),
            f" of {desk['sources'].get_column('publisher').n_unique()} publishers.",
        ),
        sentence(
            "Workers, employers' organisations and government are all seen in ",
            Value(str(together), tuple(row["evidence"])) if together else Value("none", absent=True),
            f" of the {row['known']} events with coded participants.",
        ),
    ]


def _official(desk: Desk, theme: str) -> Sentence:
    """Say the newest official value of the first series of a theme that says anything."""
    country = desk.countries[0]
    first: Sentence | None = None
    for indicator in codebook.section_indicators()[theme]:
        label = str(desk["indicators"].filter(pl.col("indicator") == indicator).get_column("label").first())
        found = official.official_series(
            desk["country_years"], desk["not_published"], country=country, indicator=indicator
        ).frame
        given = found.drop_nulls("value").sort("vintage", "year")
        if given.height:
            row = given.row(-1, named=True)
            return sentence(
                f"{label}: ",
                Value(wording.quantity(row["value"], row["unit"]), tuple(row["evidence"])),
                f" in {row['year']} ({row['source']}, release {row['vintage']}).",
            )
        absent = found.filter(pl.col("availability") == official.NOT_PUBLISHED)
        if absent.height and first is None:
            evidence = rows(row_id for group in absent.get_column("evidence") for row_id in group)
            where = ", ".join(dict.fromkeys(absent.get_column("source")))
            first = sentence(f"{label}: ", Value("not published", evidence, absent=True), f" by {where}.")
    return first or desk.not_met({"strikes": "official strike statistics"}.get(theme, f"official series of {theme}"))


def _conflicts(desk: Desk) -> Sentence:
    found = desk["conflicts"].filter(pl.col("status") != "not_comparable")
    if found.height == 0:
        return sentence(
            Value("No contradiction between sources was found", absent=True), "; few values are told twice."
        )
    evidence = rows(row_id for group in found.get_column("row_ids") for row_id in group)
    return sentence(
        "Sources or figures contradict each other in ",
        Value(f"{found.height} {plural(found.height, 'place')}", evidence),
        ", shown side by side below.",
    )
