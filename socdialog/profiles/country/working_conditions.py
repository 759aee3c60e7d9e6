"""Working conditions: the latest values of official series that no other section shows."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from socdialog import codebook
from socdialog.display.messages import say, words
from socdialog.display.official_words import format_official
from socdialog.display.parts import Folded, Heading, Part, Sentence, Table, Value, small_print
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import class_words, label
from socdialog.profiles.country.series_figure import cautions, not_published
from socdialog.profiles.detail import MOST
from socdialog.profiles.listing import Cell, Columns, Row, linked, listed

#: Sections that show their series themselves; those of others, and of none, are listed here.
_ELSEWHERE = ("actors", "dialogue", "disputes", "standards")
#: How many indicators are shown openly, and rows of theirs: one given by its parts only may have hundreds.
_OPEN, _ROWS = 4, 10
#: Where all values are.
_EVERY = "data.html"


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
        yield from _rows(
            "official", caption, opened, _columns(context), most=_ROWS, note=words("wages.conditions_note")
        )
    elif not absences:
        yield context.no_data(words("wages.conditions_none"))
    if others.height:
        n, caption = len(codes) - _OPEN, words("wages.others_caption", country=context.in_prose)
        table = _rows("official-others", caption, others, _columns(context), most=MOST)
        yield Folded("official-list", words("wages.others", n=n), (*table, *absences))
    elif len(absences) > 1:
        yield Folded("official-list", words("wages.not_published"), absences)
    else:
        yield from absences


def _rows(
    key: str, caption: str, found: pl.DataFrame, columns: Columns, *, most: int, note: str = ""
) -> Iterator[Table | Sentence]:
    """List rows, of many the first, and say where all are."""
    yield listed(key, caption, found.head(most), columns, note=note)
    if found.height > most:
        every = Value("".join(map(str, say("detail.all", n=found.height))), to=_EVERY)
        yield small_print(*say("detail.first", n=most, all=every))


def latest_values(context: ProfileContext, indicators: pl.DataFrame) -> pl.DataFrame:
    """Return the latest value of each series, from the latest release of its source, and totals where there are any."""
    series = ["indicator", "source", "classification"]
    classified = pl.col("classification")
    total = classified.is_null() | classified.str.contains(codebook.TOTALS)
    return (
        context.rows_for("country_years")
        .drop_nulls("value")
        .join(indicators.with_row_index("place").select("place", "indicator", "label", "caveat"), on="indicator")
        .filter(release_order() == release_order().max().over(series))
        .filter(pl.col("year") == pl.col("year").max().over(series))
        .filter(total | ~total.any().over("indicator"))
        # Without a total, its label alone does not tell one row from the next.
        .with_columns(in_parts=pl.len().over("indicator", "source") > 1)
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

    def name(row: Row) -> Cell:
        named = label(context, row["indicator"])
        if row["in_parts"]:
            of_class = class_words(row["classification"])
            named = words("series.classified_line", line=named, classification=of_class)
        return linked(named, row)

    return {
        words("wages.indicator"): name,
        words("wages.value"): lambda row: linked(format_official(row["value"], row["unit"]), row),
        words("wages.year"): lambda row: str(row["year"]),
        words("wages.publisher"): lambda row: words(
            "series.line", source=row["source"], release=release(row["vintage"])
        ),
        words("wages.limits"): limits,
    }
