"""Minimum wages: two sources for one rate from one day."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import wording
from socdialog.intake.disagreements.findings import Finding

RATES = "one minimum wage holds from one day for one group"


def wage_floors(minimum_wages: pl.DataFrame) -> Iterator[Finding]:
    """Find rates that differ for one country, first day, currency, period of pay and group."""
    cell = ["country", "from", "currency", "per", "scope"]
    dated = minimum_wages.filter(pl.col("from").is_not_null()).sort("row_id")
    for group in dated.filter(pl.col("value").n_unique().over(cell) > 1).partition_by(cell, maintain_order=True):
        rows = sorted(group.iter_rows(named=True), key=lambda row: (row["value"], row["row_id"]))
        amounts = [f"{wording.number(row['value'])} {row['currency']}" for row in rows]
        since = wording.period(rows[0]["from"], None)
        yield Finding(
            kind="between_sources",
            rule=RATES,
            indicator="minimum_wage",
            country=rows[0]["country"],
            row_ids=tuple(row["row_id"] for row in rows),
            values=tuple(
                f"{amount} a {row['per']} ({row['scope']}, from {since})"
                for amount, row in zip(amounts, rows, strict=True)
            ),
            difference=rows[-1]["value"] - rows[0]["value"],
            explanation=f"Sources give {' and '.join(dict.fromkeys(amounts))} a {rows[0]['per']} from {since}.",
        )
