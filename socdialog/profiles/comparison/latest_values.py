"""Official series side by side: the latest value of each country, with its year, on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import cldr, wording
from socdialog.display.messages import say, words
from socdialog.display.official_words import format_official
from socdialog.display.parts import Column, Figure, Mark, Part, ScalePlot, ScaleRow, Span, Value, caution, sentence
from socdialog.display.small_multiples import multiples
from socdialog.metrics import official
from socdialog.metrics.releases import release_order
from socdialog.profiles.comparison.countries import MANY, linked, without
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country.official_lines import number as written
from socdialog.profiles.listing import grid, own

#: A value more than so many years older than the latest one is hollow.
_OLD = 3
#: Where a country's profile shows the series of a section.
_PLACES = {
    "actors": "union-density",
    "dialogue": "bargaining-coverage",
    "standards": "sdg-882",
    "disputes": "official-strikes",
}
#: Numbers that a scale may end with, in each power of ten, and into how many parts it is divided.
_ENDS = {1: 5, 2: 4, 4: 4, 5: 5, 8: 4, 10: 5}


class Latest(NamedTuple):
    """The latest value of a series for a country."""

    value: Value
    number: float
    year: int
    source: str
    release: str


def density_and_coverage(context: ProfileContext) -> Iterator[Part]:
    """Show trade union density and bargaining coverage."""
    for section in ("actors", "dialogue"):
        yield from _first(context, section)


def compliance(context: ProfileContext) -> Iterator[Part]:
    """Show the scores of compliance with labour rights."""
    for indicator in indicators(context, "standards")[:1]:
        panels = by_year(context, indicator)
        yield from (panels,) if panels else plot(context, indicator, "standards")
        yield caution(codebook.vocabulary("usage_warnings")["sdg_882_not_ranking"].definition)


def strikes(context: ProfileContext) -> Iterator[Part]:
    """Show the official statistics of strikes and lockouts."""
    every = indicators(context, "disputes")
    for indicator in every if len(context.countries) <= MANY else every[:1]:
        yield from plot(context, indicator, "disputes")


def _first(context: ProfileContext, section: str) -> Iterator[Part]:
    """Show the first series of a section of which anything is known."""
    yield from (part for indicator in indicators(context, section)[:1] for part in plot(context, indicator, section))


def indicators(context: ProfileContext, section: str) -> list[str]:
    """Return the series of a section of which anything is known for a country of the page, in the study's order."""
    there = pl.col("country").is_in(context.countries)
    known = {code for name in ("country_years", "not_published") for code in context[name].filter(there)["indicator"]}
    bound = context["indicators"].filter(pl.col("section") == section)
    return [code for code in bound.sort("section_order", "indicator", nulls_last=True)["indicator"] if code in known]


def latest(context: ProfileContext, country: str, indicator: str) -> Latest | str:
    """Return the latest value of a series for a country, or the key of the absence in its place."""
    try:
        found = context.measured(official.official_series, country=country, indicator=indicator)
    except official.NoTotalError:
        return "only_parts"
    given = found.drop_nulls("value").sort(release_order(), "vintage", "year", "source")
    if given.height == 0:
        checked = found.filter(~pl.col("availability").is_in([official.PUBLISHED, official.NOT_KNOWN])).height
        return "not_published" if checked else "no_data"
    row = given.row(-1, named=True)
    shown = Value(format_official(row["value"], row["unit"]), own(row), bundle=f"{row['source']} {row['vintage']}")
    return Latest(shown, row["value"], row["year"], row["source"], row["vintage"])


def plot(context: ProfileContext, indicator: str, section: str) -> Iterator[Part]:
    """Show the latest value of a series for each country on one scale, or where it is not published."""
    every = {country: latest(context, country, indicator) for country in context.by_name}
    found = {country: one for country, one in every.items() if isinstance(one, Latest)}
    absent = without(context, {country: one for country, one in every.items() if isinstance(one, str)})
    label = context.called("indicators", indicator, "label")
    if not found:
        yield sentence(*say("comparison.nowhere", label=label), " ", absent)
        return
    newest = max(one.year for one in found.values())
    old = any(newest - one.year > _OLD for one in found.values())
    years = _span(min(one.year for one in found.values()), newest)
    ticks = scale(context, indicator, [one.number for one in found.values()])
    releases = cldr.listing(_release(one) for one in found.values())
    absent_words = (words("comparison.hollow") if old else "", absent)
    yield ScalePlot(
        f"latest-{indicator.lower().replace('_', '-')}",
        words("comparison.published_for", n=len(found), label=label, years=years),
        words("comparison.latest_year", unit=_unit(context, indicator), releases=releases),
        (words("comparison.country"), words("comparison.value_year")),
        ticks,
        tuple(cldr.number(tick) for tick in ticks),
        tuple(
            ScaleRow(
                linked(context, country, _PLACES[section]),
                (Mark(one.number, hollow=newest - one.year > _OLD),),
                (one.value, f" ({one.year})"),
            )
            for country, one in found.items()
        ),
        (" ".join(part for part in absent_words if part),),
    )


def by_year(context: ProfileContext, indicator: str) -> Figure | None:
    """Show a series of each country by year in a panel of its own; nothing for many countries, or without years."""
    every = {country: latest(context, country, indicator) for country in context.by_name}
    found = {country: one for country, one in every.items() if isinstance(one, Latest)}
    if not 1 < len(found) <= MANY:
        return None
    frames = [
        context.measured(official.official_series, country=country, indicator=indicator)
        .filter((pl.col("source") == one.source) & (pl.col("vintage") == one.release))
        .drop_nulls("value")
        .select(pl.lit(context.name(country)).alias("label"), "year", "value", "unit", "evidence", "source", "vintage")
        .sort("year")
        for country, one in found.items()
    ]
    points = pl.concat(frames)
    if points["year"].n_unique() < 2:  # noqa: PLR2004 - one year makes no line
        return None
    years = _span(points["year"].min(), points["year"].max())  # type: ignore[arg-type]
    label = context.called("indicators", indicator, "label")
    ticks = scale(context, indicator, points["value"].to_list())
    releases = cldr.listing(_release(one) for one in found.values())
    title = words("comparison.published_for", n=len(found), label=label, years=years)
    values: dict[str, dict[str, Span]] = {}
    for row in points.sort("year", "label", descending=[True, False]).iter_rows(named=True):
        shown = Value(written(row), own(row), bundle=f"{row['source']} {row['vintage']}")
        values.setdefault(str(row["year"]), {})[row["label"]] = shown
    names = {context.name(country): Column(context.name(country), numeric=True) for country in found}
    caption: list[Span] = [words("comparison.panels", label=label, years=years), " "]
    for country, one in found.items():
        caption += [f"{context.name(country)} ", values[str(one.year)][context.name(country)], f" ({one.year}); "]
    caption[-1] = str(caption[-1]).removesuffix("; ") + "."
    absent = without(context, {country: one for country, one in every.items() if isinstance(one, str)})
    return Figure(
        "compliance",
        multiples(
            points,
            title=title,
            subtitle=words("comparison.by_years", unit=_unit(context, indicator), releases=releases),
            domain=(ticks[0], ticks[-1]),
        ).to_dict(validate=False),
        (*caption, *((" ", absent) if absent else ())),
        grid("compliance", title, words("comparison.year"), names, values, note=""),
    )


def _release(one: Latest) -> str:
    """Name the release that a value is from, with its publisher."""
    try:
        return words("comparison.release", source=one.source, date=cldr.date(one.release))
    except ValueError:
        return words("comparison.release_number", source=one.source, number=one.release)


def _unit(context: ProfileContext, indicator: str) -> str:
    """Return the unit of a series in words, and which end of it is best where that is so."""
    row = context["indicators"].row(by_predicate=pl.col("indicator") == indicator, named=True)
    unit = wording.label("units", row["unit"])
    family = codebook.vocabulary("units").get(row["unit"])
    scored = family is not None and family.more.get("family") == "score"
    ends = {"lower_better": "comparison.low_best", "higher_better": "comparison.high_best"}.get(row["direction"] or "")
    return f"{unit}, {words(ends)}" if scored and ends else unit


def scale(context: ProfileContext, indicator: str, numbers: list[float]) -> tuple[float, ...]:
    """Return the numbers written on a scale from zero to a round number above all of `numbers`."""
    unit = context["indicators"].row(by_predicate=pl.col("indicator") == indicator, named=True)["unit"]
    term = codebook.vocabulary("units").get(unit)
    if term is not None and term.more.get("family") == "score":
        return (0.0, 2.5, 5.0, 7.5, 10.0)
    most, power = max(*numbers, 0.0), 1.0
    while most > 10 * power:
        power *= 10
    end, parts = next(((one, parts) for one, parts in _ENDS.items() if one * power >= most), (10, 5))
    return tuple(end * power * place / parts for place in range(parts + 1))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
