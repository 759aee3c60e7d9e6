"""Minimum wages in national currency: the latest one that applies on the day of the edition."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.display.parts import Cell, Part, Value, small_print, table
from socdialog.profiles.comparison.countries import linked, without
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.listing import Row


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the minimum wage of each country; amounts are not converted."""
    every = context["minimum_wages"].filter(pl.col("country").is_in(context.countries))
    begun = every.filter(pl.col("from_first").is_null() | (pl.col("from_first") <= context.as_of))
    rows: list[tuple[Cell, ...]] = []
    none: dict[str, str] = {}
    for country in context.by_name:
        own = begun.filter(pl.col("country") == country)
        latest = own.filter(pl.col("from_first") == pl.col("from_first").max()) if own["from_first"].count() else own
        if latest.height == 0:
            none[country] = "no_data"
            continue
        shown = latest.sort("value", "row_id", descending=[True, False]).unique(
            ["value", "currency", "per"], keep="first", maintain_order=True
        )
        amounts = tuple(_amount(row, country) for row in shown.iter_rows(named=True))
        since = latest["from"][0]
        rows.append((linked(context, country, "minimum-wage"), amounts, cldr.date(since) if since else "–"))
    if not rows:
        yield context.no_data(words("comparison.minimum_wages"))
        return
    heads = [words("comparison.country"), words("comparison.amount"), words("comparison.since")]
    yield table("minimum-wages", words("comparison.wages", date=cldr.date(context.edition)), heads, rows)
    yield small_print(" ".join(part for part in (words("comparison.wages_note"), without(context, none)) if part))


def _amount(row: Row, country: str) -> Value:
    """Write an amount with its period, as a link to the profile."""
    per = wording.label("wage_periods", row["per"]).lower()
    text = words("comparison.wage", currency=row["currency"], value=cldr.number(row["value"]), per=per)
    return Value(text, to=f"{profile_page(country)}#minimum-wage")
