"""Labour standards: what is in force, what is not known here, with the age of the evidence; totals as others report them."""

from __future__ import annotations

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Sentence, Value, sentence, table
from socdialog.metrics import standards as metric
from socdialog.profiles.desk import Desk, age, warning


def counted_groups() -> list[str]:
    """Return the groups of conventions that are held completely, and so can be counted."""
    return [code for code in codebook.vocabulary("convention_groups") if code != "technical"]


def section(desk: Desk) -> Section:
    """Show the standards ratified."""
    parts: list[Part] = [in_force(desk, desk.countries[0], group) for group in counted_groups()]
    parts.append(_matrix(desk))
    parts += _technical(desk)
    parts += _totals(desk)
    parts.append(warning("ratifications_partial"))
    return Section("standards", "Labour standards ratified", tuple(parts))


def in_force(desk: Desk, country: str, group: str) -> Sentence:
    """Say how many conventions of a group are in force: ``7 of 10, 1 not known here, as of …``."""
    row = metric.conventions_in_force(
        desk["ratifications"], desk["conventions"], country=country, group=group, as_of=desk.as_of
    ).frame.row(0, named=True)
    label = wording.label("convention_groups", group).lower()
    if row["value"] is None:
        return sentence(f"{label.capitalize()} conventions: ", Value("none of them is known here", absent=True), ".")
    unknown = f", {row['not_known']} not known here" if row["not_known"] else ""
    return sentence(
        Value(f"{wording.number(row['value'])} of {row['n']}", tuple(row["evidence"])),
        f" {label} conventions in force{unknown}, as of {dates.written(desk.edition)}.",
    )


def _matrix(desk: Desk) -> Part:
    found = metric.ratification_matrix(
        desk["ratifications"], desk["conventions"], list(desk.countries), as_of=desk.as_of
    ).frame
    cells = [
        (
            f"{row['convention']} {row['title']}",
            wording.label("convention_groups", row["group"]) + (" (protocol)" if row["apart"] else ""),
            Value(row["status_words"], tuple(row["evidence"]), absent=not row["evidence"]),
            dates.written(row["ratified_on"]) if row["ratified_on"] else "not known here",
            _evidence_age(desk, row["status_as_of"]),
        )
        for row in found.iter_rows(named=True)
    ]
    return table(
        "standards",
        f"{desk.about}: fundamental and governance conventions",
        ["convention", "group", "status", "registered with the ILO", "evidence of"],
        cells,
        note="The Protocol of 2014 is listed and not counted. A convention is in force twelve months after registration.",
    )


def _evidence_age(desk: Desk, status_as_of: str | None) -> str:
    if status_as_of is None:
        return "no evidence"
    return f"{dates.written(status_as_of)} ({age(dates.bounds(status_as_of).last, today=desk.as_of)} old)"


def _technical(desk: Desk) -> list[Part]:
    technical = desk["conventions"].filter(pl.col("group") == "technical").select("convention", "title")
    found = desk.of("ratifications", desk.countries[0]).join(technical, on="convention", how="inner").sort("convention")
    if found.height == 0:
        return [desk.not_met("technical convention")]
    cells = [
        (
            f"{row['convention']} {row['title']}",
            Value(wording.label("ratification_statuses", row["status"]), (row["row_id"],)),
            dates.written(row["ratified_on"]) if row["ratified_on"] else "not known here",
            dates.written(row["law_on"]) if row["law_on"] else "",
            _evidence_age(desk, row["status_as_of"]),
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "technical",
            f"{desk.about}: technical conventions of which something was met",
            ["convention", "status as told", "registered with the ILO", "national law", "evidence of"],
            cells,
            note="Not a complete list: technical conventions are held in part only and have no total here.",
        )
    ]


def _totals(desk: Desk) -> list[Part]:
    found = desk.of("ratification_counts", desk.countries[0]).sort("as_of_last", "count", "row_id", nulls_last=True)
    if found.height == 0:
        return [desk.not_met("reported total of ratifications")]
    cells = [
        (
            dates.written(row["as_of"]) if row["as_of"] else "source undated",
            Value(f"{row['count']} conventions", (row["row_id"],)),
            wording.label("source_kinds", row["source_kind"]),
            row["note"] or "",
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        table(
            "totals",
            f"{desk.about}: totals of ratified conventions as reported",
            ["as of", "#total reported", "told by", "remark"],
            cells,
        ),
        warning("ratification_totals_rules"),
    ]
