"""Official statistics of strikes and lockouts: how many, workers involved, days not worked; or who publishes none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from socdialog.codebook.attributes import attribute
from socdialog.codebook.cldr import date_range
from socdialog.display.messages import say, words
from socdialog.display.panels import panels as panels_of
from socdialog.display.parts import (
    Column,
    Figure,
    Folded,
    Heading,
    Part,
    Sentence,
    Span,
    Table,
    Value,
    lead,
    small_print,
)
from socdialog.display.prose import in_sentence
from socdialog.display.release_words import release
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import bundle, in_words, label, latest, lines, point, used_as
from socdialog.profiles.country.official_series import indicators_in, none_in
from socdialog.profiles.country.series_figure import cautions, known_rows, limits, not_published, series_lead, unit_of
from socdialog.profiles.listing import Row, grid

_SECTION = "disputes"
#: The fewest years that make a line, and the most panels of a figure.
_LINE, _PANELS = 3, 3


def parts(context: ProfileContext) -> Iterator[Part]:
    """Show the official series of the section, or who does not publish them."""
    yield Heading("official-strikes", words("disputes.official"))
    first = used_as(context, "strikes", _SECTION)
    indicators = list(dict.fromkeys([*first, *indicators_in(context, _SECTION)]))
    if not any(known_rows(context, code) for code in indicators):
        yield none_in(context, words("disputes.official_subject"))
        return
    found = lines(context, indicators)
    yield from _lead(context, first[:1], indicators, valued=found)
    yield from (small_print(caution) for code in first[:1] for caution in cautions(context, code))
    if found.height:
        yield from _figure(context, found)
    yield from limits(context, indicators, key="strikes")


def _lead(
    context: ProfileContext, first: Sequence[str], indicators: Sequence[str], *, valued: pl.DataFrame
) -> Iterator[Sentence]:
    """Say the latest number of strikes and lockouts, and which of the other series are not published."""
    with_values = set(valued.drop_nulls("value").get_column("indicator")) if valued.height else set()
    if not with_values:
        yield from series_lead(context, first, what=words("disputes.statistics"))
        return
    row = latest(context, first)
    marked = context["indicators"].filter(pl.col("shown_with") == "strikes").get_column("indicator").to_list()
    if row is not None and first[0] in marked:
        yield lead(*_number(row))
    else:
        yield from series_lead(context, first)
    for code in (code for code in indicators if code not in {*first, *with_values}):
        what = in_sentence(label(context, code))
        for spans in not_published(context, [code], what=what):
            yield Sentence(spans)


def _number(row: Row) -> tuple[Span, ...]:
    """Say how many strikes and lockouts there were; a reported zero in words."""
    said = {"publisher": row["source"], "year": str(row["year"])}
    shown = point(row)
    if row["value"] == 0:
        none = Value(words("disputes.zero"), shown.evidence, bundle=shown.bundle)
        return say("disputes.lead", value=none, **said)
    number = Value(words("disputes.count", n=row["value"], number=shown.text), shown.evidence, bundle=shown.bundle)
    return say("disputes.lead", value=number, **said)


def _figure(context: ProfileContext, found: pl.DataFrame) -> Iterator[Figure | Folded]:
    """Draw the latest release of each series in a panel of its own, where one has several years."""
    table = _table(context, found)
    known = found.drop_nulls("value")
    drawn = known.filter(pl.col("place") == pl.col("place").min().over("indicator"))
    drawn = drawn.filter(pl.len().over("indicator") >= _LINE)
    panels = drawn.partition_by("series", maintain_order=True)[:_PANELS]
    if not panels:
        yield Folded("strikes-list", words("disputes.data"), (table,))
        return
    newest = panels[0].sort("year").row(-1, named=True)
    releases = "; ".join(dict.fromkeys(_release(panel.row(0, named=True)) for panel in panels))
    chart = panels_of(
        {_name(context, panel.row(0, named=True)): panel for panel in panels},
        title=words(
            "disputes.title",
            what=newest["label"],
            country=context.in_prose,
            value=point(newest).text,
            year=str(newest["year"]),
        ),
        subtitle=words("disputes.subtitle", years=_years(pl.concat(panels)), releases=releases),
    )
    yield Figure("strikes", chart.to_dict(validate=False), tuple(_caption(context, panels)), table)


def _caption(context: ProfileContext, panels: Sequence[pl.DataFrame]) -> Iterator[Span]:
    """Say of each panel its first, last, lowest and highest value, each once."""
    for place, panel in enumerate(panels):
        if place:
            yield " "
        name = _scaled_name(context, panel.row(0, named=True))
        yield from say("disputes.panel", line=in_words(panel, name))


def _table(context: ProfileContext, found: pl.DataFrame) -> Table:
    """Return all values by year, each release of each series as a column."""
    cells: dict[str, dict[str, Span]] = {}
    for row in found.sort("year", "place", descending=[True, False]).iter_rows(named=True):
        cells.setdefault(str(row["year"]), {})[row["line"]] = point(row)
    heads = found.sort("place").unique("place", keep="first", maintain_order=True).iter_rows(named=True)
    columns = {
        row["line"]: Column(
            words("disputes.column", line=row["line"], unit=unit_of(context, row).lower()),
            numeric=True,
            bundle=bundle(row),
        )
        for row in heads
    }
    caption = words("disputes.official_caption", country=context.in_prose, years=_years(found))
    return grid("strikes-data", caption, words("series.year"), columns, cells, note=words("series.table_note"))


def _release(row: Row) -> str:
    return words("series.line", source=row["source"], release=release(row["vintage"]))


def _scaled_name(context: ProfileContext, row: Row) -> str:
    """Name a series, with its unit where its values are not plain numbers of what it counts."""
    return _name(context, row) if attribute("units", row["unit"], "scale", 1) != 1 else str(row["label"])


def _name(context: ProfileContext, row: Row) -> str:
    return words("disputes.column", line=row["label"], unit=unit_of(context, row).lower())


def _years(found: pl.DataFrame) -> str:
    first, last = found.select(pl.col("year").min(), pl.col("year").max().alias("last")).row(0)
    return date_range(str(first), str(last))
