"""Official series: density and bargaining coverage, strikes, SDG 8.8.2, and whatever else is published."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from socdialog.codebook.cldr import joined
from socdialog.display.parts import Part, Sentence, Value, sentence
from socdialog.metrics import official
from socdialog.metrics.releases import release_order
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.context import format_official as rounded
from socdialog.profiles.country.official_lines import whole
from socdialog.profiles.country.series_figure import known_rows, limits, series_figure, series_lead
from socdialog.profiles.listing import NOT_KNOWN, ids, own

#: The tables of official series: the values, and what was looked for.
OFFICIAL = ("country_years", "not_published")


def indicators_in(context: ProfileContext, section: str) -> list[str]:
    """Return the indicators that the study binds to a section, in its order."""
    bound = context["indicators"].filter(pl.col("section") == section)
    return bound.sort("section_order", "indicator", nulls_last=True).get_column("indicator").to_list()


def none_in(context: ProfileContext, what: str, *, listed: str = "under Other official series") -> Sentence:
    """Say that nothing is known of a section's series; where series are bound to no section, where they are listed."""
    bound = context["indicators"].drop_nulls("section").get_column("indicator").implode()
    loose = ~pl.col("indicator").is_in(bound) & pl.col("country").is_in(context.countries)
    if any(context[name].filter(loose).height for name in OFFICIAL):
        return sentence(f"The official series of {context.in_prose} are listed {listed}.")
    return context.no_data(what)


class Newest(NamedTuple):
    """The newest official value of a country, or that it is not published or not known here."""

    label: str
    value: Value
    year: str
    release: str


def newest(context: ProfileContext, country: str, indicator: str) -> Newest:
    """Return the newest value of an official series, from its newest release that has one."""
    label = context.called("indicators", indicator, "label")
    found = whole(context, country, indicator)
    if found is None:
        total, releases = _in_parts(context, country, indicator)
        return Newest(label, total, "", releases)
    given = found.drop_nulls("value").sort(release_order(), "vintage", "year", "source")
    if given.height:
        row = given.row(-1, named=True)
        shown = Value(rounded(row["value"], row["unit"]), own(row))
        return Newest(label, shown, str(row["year"]), f"{row['source']}, release {row['vintage']}")
    absent = _not_published(found)
    if absent.height:
        return Newest(label, _absent(absent), "", joined(dict.fromkeys(absent["source"])))
    if found.height:
        without = Value("no value published", ids(found, "evidence"), absent=True)
        return Newest(label, without, "", joined(dict.fromkeys(found["source"])))
    return Newest(label, NOT_KNOWN, "", "")


def _in_parts(context: ProfileContext, country: str, indicator: str) -> tuple[Value, str]:
    """Say that there is no total, and in which releases there are parts."""
    parts = context.rows_for("country_years", country).filter(pl.col("indicator") == indicator)
    told = parts.select("source", "vintage").unique().sort("source", release_order(), "vintage")
    releases = "; ".join(f"{source}, release {vintage}" for source, vintage in told.iter_rows())
    return Value("no total published", ids(parts), absent=True), releases


def _not_published(found: pl.DataFrame) -> pl.DataFrame:
    return found.filter(pl.col("availability") == official.NOT_PUBLISHED)


def _absent(absent: pl.DataFrame) -> Value:
    return Value("not published", ids(absent, "evidence"), absent=True)


def series_in(context: ProfileContext, section: str) -> list[Part]:
    """Return the official series of a section, each with its latest value, its chart and its limits."""
    parts: list[Part] = []
    for indicator in indicators_in(context, section):
        if known_rows(context, indicator):
            parts += [*series_lead(context, [indicator]), *series_figure(context, indicator, key=series_key(indicator))]
            parts += limits(context, [indicator], key=series_key(indicator))
    return parts


def series_key(indicator: str) -> str:
    """Return the id of the figure of a series by itself."""
    return f"series-{indicator.lower().replace('_', '-')}"
