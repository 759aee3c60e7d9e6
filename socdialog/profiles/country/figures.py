"""Reported figures, each with its qualifier and who claims it, and where sources disagree."""

from __future__ import annotations

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.parts import Part, Section, Span, Value, sentence, table
from socdialog.profiles.desk import Desk, plural, rows, warning


def section(desk: Desk) -> Section:
    """Show what is claimed about the country and its organisations, outside single disputes."""
    kinds = [code for code, term in codebook.vocabulary("event_kinds").items() if term.more.get("family") == "dispute"]
    disputes = desk["events"].filter(pl.col("kind").is_in(kinds)).get_column("event_id")
    found = desk["figures"].filter(~pl.col("event_id").is_in(disputes.implode()))
    own = found.filter((pl.col("country") == desk.countries[0]) | pl.col("country").is_null())
    if own.height == 0:
        return Section("figures", "Reported figures", (desk.none_found("figure outside disputes"),))
    definitions = dict(desk["indicators_reported"].select("indicator", "definition").iter_rows())
    ordered = own.sort("indicator", "period_start_first", "organisation", "value", "row_id", nulls_last=True)
    cells = [
        (
            _what(row, definitions),
            Value(
                wording.quantity(
                    row["value"],
                    row["unit"],
                    high=row["value_high"],
                    qualifier=row["qualifier"],
                    currency=row["currency"],
                ),
                (row["row_id"],),
            ),
            wording.period(row["period_start"], row["period_end"]) or "not told",
            row["organisation"] or "",
            row["attributed_to"] or "the source",
        )
        for row in ordered.iter_rows(named=True)
    ]
    return Section(
        "figures",
        "Reported figures",
        (
            warning("claims_not_measurements"),
            table(
                "figures",
                f"{desk.about}: figures reported outside single disputes",
                ["what is counted", "#value", "period", "of whom", "claimed by"],
                cells,
                note=f"{own.height} of {desk['figures'].height} figures; those of disputes stand with them, all are in the downloads.",
            ),
        ),
    )


def _what(row: dict[str, object], definitions: dict[str, str]) -> str:
    """Say what a figure counts: its scope where it has one, else the definition of its indicator."""
    name = str(row["indicator"]).replace("_", " ").removesuffix(" pct").capitalize()
    if row["indicator"] == "other":
        return str(row["scope"] or "not told")
    return f"{name}: {row['scope']}" if row["scope"] else definitions.get(str(row["indicator"]), name)


def disagreements(desk: Desk) -> Section:
    """Show every contradiction, the values side by side, with the rule that is broken."""
    title = "Where sources disagree"
    found = desk["conflicts"]
    shown = [row for row in found.iter_rows(named=True) if row["status"] != "not_comparable"]
    if not shown:
        return Section(
            "conflicts",
            title,
            (
                sentence(
                    Value("No contradiction was found among the values collected", absent=True),
                    "; few values are told by more than one source.",
                ),
            ),
        )
    order = list(codebook.vocabulary("conflict_kinds"))
    shown.sort(key=lambda row: (order.index(row["kind"]), row["conflict_id"]))
    cells: list[tuple[Span | tuple[Span, ...], ...]] = [
        (
            wording.label("conflict_kinds", row["kind"]),
            Value(row["explanation"], rows(row["row_ids"])),
            tuple(row["values"]),
            row["rule"],
        )
        for row in shown
    ]
    aside = found.height - len(shown)
    parts: list[Part] = [
        sentence(
            Value(
                f"{len(shown)} {plural(len(shown), 'contradiction')}",
                rows(row_id for row in shown for row_id in row["row_ids"]),
            ),
            f" {plural(len(shown), 'was', 'were')} found. Nothing is averaged or left out: the values stand side by side.",
        ),
        table(
            "conflicts",
            f"{desk.about}: contradictions",
            ["kind", "what disagrees", "values", "rule"],
            cells,
            note=f"{aside} further {plural(aside, 'pair')} of values differ but cannot be compared; see the page on quality."
            if aside
            else "",
        ),
    ]
    return Section("conflicts", title, tuple(parts))
