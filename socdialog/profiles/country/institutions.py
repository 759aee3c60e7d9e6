"""Institutions of social dialogue: bodies, laws, programmes, and the timeline of general agreements with its gaps."""

from __future__ import annotations

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display import charts
from socdialog.display.parts import Figure, Part, Section, Value, sentence, table
from socdialog.profiles.desk import Desk, joined, rows


def section(desk: Desk) -> Section:
    """Show the institutions met, and when general agreements were in force."""
    found = desk.of("institutions", desk.countries[0])
    title = "Institutions of social dialogue"
    if found.height == 0:
        return Section("institutions", title, (desk.not_met("institution of social dialogue"),))
    kinds = list(codebook.vocabulary("institution_kinds"))
    ordered = sorted(
        found.iter_rows(named=True),
        key=lambda row: (
            kinds.index(row["kind"]),
            row["date_first"] is None,
            str(row["date_first"]),
            row["name"],
            row["row_id"],
        ),
    )
    cells = [
        (
            Value(row["name"], (row["row_id"],)),
            wording.label("institution_kinds", row["kind"]),
            wording.period(row["date"], row["period_end"]) or "not known here",
            row["legal_basis"] or "not stated",
        )
        for row in ordered
    ]
    parts: list[Part] = [
        table(
            "institutions",
            f"{desk.about}: bodies, laws, programmes and general agreements met",
            ["name", "kind", "date or period", "legal basis"],
            cells,
        ),
        *_agreements(desk, found),
    ]
    return Section("institutions", title, tuple(parts))


def _agreements(desk: Desk, found: pl.DataFrame) -> list[Part]:
    agreements = found.filter(
        (pl.col("kind") == "agreement") & (pl.col("date").is_not_null() | pl.col("period_end").is_not_null())
    )
    if agreements.height == 0:
        return [desk.not_met("dated general agreement")]
    spans = agreements.with_columns(
        label=pl.col("name"),
        start=pl.coalesce(pl.col("date_first"), pl.col("period_end_first")).dt.year(),
        end=pl.coalesce(pl.col("period_end_last"), pl.col("date_last")).dt.year(),
        certain=pl.col("date").is_not_null() & pl.col("period_end").is_not_null(),
    ).sort("start", "end", "label", "row_id")
    title = f"{desk.about}: general agreements, from signature to the end stated"
    cells = [
        (
            Value(row["label"], (row["row_id"],)),
            str(row["date"] or "not known here"),
            str(row["period_end"] or "not known here"),
        )
        for row in spans.iter_rows(named=True)
    ]
    unsure = spans.height - int(spans.get_column("certain").sum())
    return [
        Figure(
            "agreements",
            charts.spans(spans, title=title, subtitle="Dashed: one of the two ends is not known here"),
            f"Timeline of {spans.height} general agreements; {unsure} of them with one end not known here, drawn dashed.",
            table("agreements", title, ["agreement", "signed", "until"], cells),
        ),
        _gaps(desk, spans),
    ]


def _gaps(desk: Desk, spans: pl.DataFrame) -> Part:
    covered = {
        year for start, end in spans.select("start", "end").iter_rows() for year in range(int(start), int(end) + 1)
    }
    first, last = min(covered), max(covered)
    gaps = [str(year) for year in range(first, last + 1) if year not in covered]
    evidence = rows(spans.get_column("row_id"))
    words = f"From {first} to {last}, no agreement known here covers "
    if not gaps:
        return sentence(
            f"From {first} to {last} ", Value("every year", evidence), " is touched by an agreement known here."
        )
    return sentence(words, Value(joined(gaps), evidence), ". An agreement may exist that was not met.")
