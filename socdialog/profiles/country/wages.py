"""Wages and working conditions: the minimum wage, and official indicators."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.codebook import cldr, wording
from socdialog.display.parts import Part
from socdialog.profiles.context import ProfileContext, warning
from socdialog.profiles.country import official_series
from socdialog.profiles.listing import day, linked, text


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show minimum wages as found."""
    found = context.rows_for("minimum_wages")
    yield from context.listing_or(
        context.no_data("minimum wages"),
        "wages",
        "minimum wages, nominal, as found",
        found.sort("from_first", "value", "row_id", descending=[True, True, False], nulls_last=True),
        {
            "from": day("from", "in force when the source was read"),
            "#amount": lambda row: linked(f"{cldr.number(row['value'])} {row['currency']}", row),
            "per": lambda row: wording.label("wage_periods", row["per"]).lower(),
            "whom it covers": text("scope"),
        },
        also=(warning("nominal_wages"),),
    )
    yield from official_series.other(context)
