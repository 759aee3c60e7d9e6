"""Minimum wages in national currency: the latest one for workers in general, in force on the day of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.codebook import cldr
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.display.parts import Cell, Part, Value, small_print, table
from socdialog.metrics.minimum_wages import in_force_on
from socdialog.profiles.comparison.countries import linked, without
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.minimum_wage import amount


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the minimum wage of each country; amounts are not converted."""
    rows: list[tuple[Cell, ...]] = []
    none: dict[str, str] = {}
    for country in context.by_name:
        found = in_force_on(context["minimum_wages"], country=country, as_of=context.as_of)
        if found.height == 0:
            none[country] = "no_data"
            continue
        place = f"{profile_page(country)}#minimum-wage"
        amounts = tuple(Value(amount(row), to=place) for row in found.iter_rows(named=True))
        since = cldr.date(min(found.get_column("since")))
        rows.append((linked(context, country, "minimum-wage"), amounts, since))
    if not rows:
        yield context.no_data(words("comparison.minimum_wages"))
        return
    heads = [words("comparison.country"), words("comparison.amount"), words("comparison.since")]
    yield table("minimum-wages", words("comparison.wages", date=cldr.date(context.edition)), heads, rows)
    yield small_print(" ".join(part for part in (words("comparison.wages_note"), without(context, none)) if part))
