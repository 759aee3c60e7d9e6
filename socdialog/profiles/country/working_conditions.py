"""Working conditions: the latest values of official series that no other section shows."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog.display.messages import words
from socdialog.display.official_words import format_official
from socdialog.display.parts import Folded, Heading, Leaf, Part, Sentence
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import label
from socdialog.profiles.country.series_figure import cautions, not_published
from socdialog.profiles.detail import MOST
from socdialog.profiles.listing import Cell, Columns, Row, linked, listed

#: Sections that show their series themselves; those of others, and of none, are listed here.
_ELSEWHERE = ("actors", "dialogue", "disputes", "standards")
#: How many indicators are shown openly.
_OPEN = 4
#: The classifications of a total.
_TOTALS = "(?:_TOTAL|_T)$"


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the latest values of the first indicators, folded those of the others, and what is not published."""
    elsewhere = pl.col("section").is_in(_ELSEWHERE).fill_null(value=False)
    indicators = (
        context["indicators"]
        .filter(~elsewhere)
        .sort(pl.col("section").is_null(), "section_order", "indicator", nulls_last=True)
    )
    unbound = indicators.get_column("section").null_count() > 0
    yield Heading("working-conditions", words(f"wages.working_conditions{'_and_others' if unbound else ''}"))
    latest = latest_values(context, indicators)
    codes = latest.get_column("indicator").unique(maintain_order=True)
    absences = tuple(_absences(context, indicators))
    opened = latest.filter(pl.col("indicator").is_in(codes.head(_OPEN).implode()))
    others = latest.filter(~pl.col("indicator").is_in(codes.head(_OPEN).implode()))
    if opened.height:
        caption = words("wages.conditions_caption", country=context.in_prose)
        yield listed("official", caption, opened, _columns(context), note=words("wages.conditions_note"))
    elif not absences:
        yield context.no_data(words("wages.conditions_none"))
    if others.height:
        n, caption = len(codes) - _OPEN, words("wages.others_caption", country=context.in_prose)
        table: Leaf = listed("official-others", caption, others.head(MOST), _columns(context))
        yield Folded("official-list", words("wages.others", n=n), (table, *absences))
    elif len(absences) > 1:
        yield Folded("official-list", words("wages.not_published"), absences)
    else:
        yield from absences


def latest_values(context: ProfileContext, indicators: pl.DataFrame) -> pl.DataFrame:
    """Return the latest value of each series, from the latest release of its source, and totals where there are any."""
    series = ["indicator", "source", "classification"]
    classified = pl.col("classification")
    total = classified.is_null() | classified.str.contains(_TOTALS)
    return (
        context.rows_for("country_years")
        .drop_nulls("value")
        .join(indicators.with_row_index("place").select("place", "indicator", "label", "caveat"), on="indicator")
        .filter(release_order() == release_order().max().over(series))
        .filter(pl.col("year") == pl.col("year").max().over(series))
        .filter(total | ~total.any().over("indicator"))
        .sort("place", *series, "vintage", nulls_last=True)
    )


def _absences(context: ProfileContext, indicators: pl.DataFrame) -> Iterator[Sentence]:
    """Say of each series who does not publish it."""
    for indicator in indicators["indicator"]:
        for spans in not_published(context, [indicator], what=in_sentence(label(context, indicator))):
            yield Sentence(spans)


def _columns(context: ProfileContext) -> Columns:
    def limits(row: Row) -> Cell:
        return tuple(linked(said, row) for said in (row["caveat"], *cautions(context, row["indicator"])))

    return {
        words("wages.indicator"): lambda row: linked(label(context, row["indicator"]), row),
        words("wages.value"): lambda row: linked(format_official(row["value"], row["unit"]), row),
        words("wages.year"): lambda row: str(row["year"]),
        words("wages.publisher"): lambda row: words(
            "series.line", source=row["source"], release=release(row["vintage"])
        ),
        words("wages.limits"): limits,
    }
