"""Minimum wages: two sources for one rate from one day."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.findings import Finding
from socdialog.intake.disagreements.statements import amount


def wage_floors(minimum_wages: pl.DataFrame) -> Iterator[Finding]:
    """Find rates that differ for one country, first day, currency, period of pay and group."""
    cell = ["country", "from", "currency", "per", "scope"]
    dated = minimum_wages.filter(pl.col("from").is_not_null()).sort("row_id")
    for group in dated.filter(pl.col("value").n_unique().over(cell) > 1).partition_by(cell, maintain_order=True):
        rows = sorted(group.iter_rows(named=True), key=lambda row: (row["value"], row["row_id"]))
        given = [amount(row["value"], currency=row["currency"]) for row in rows]
        yield Finding(
            "wage_floor",
            tuple(row["row_id"] for row in rows),
            {"amounts": given, "per": wording.label("wage_periods", rows[0]["per"]), "since": rows[0]["from"]},
            indicator="minimum_wage",
            country=rows[0]["country"],
            difference=rows[-1]["value"] - rows[0]["value"],
        )
