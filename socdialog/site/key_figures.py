"""The key figures of each country on the front page: official rates, conventions, general agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import cldr, wording
from socdialog.errors import UsageError
from socdialog.metrics import official, standards
from socdialog.metrics.institutions import national_agreements
from socdialog.metrics.releases import release_order

Tables = Mapping[str, pl.DataFrame]
#: The sections whose first official series is a key figure.
_SECTIONS = ("actors", "dialogue")


class Figure(NamedTuple):
    """A key figure as a cell shows it.

    Parameters
    ----------
    text
        The value; empty where there is none.
    note
        Its year, or what else belongs to it.
    published
        Whether the publisher gives a value, as far as is known: False when it was checked and gives none.
    """

    text: str = ""
    note: str = ""
    published: bool = True


class Heading(NamedTuple):
    """A key figure: its heading, and the section of a profile that shows it."""

    text: str
    section: str


def headings(tables: Tables) -> tuple[Heading, ...]:
    """Return the headings of the key figures, in their order."""
    indicators = tables["indicators"]
    labels = dict(indicators.select("indicator", "label").iter_rows())
    series = [Heading(labels[code], section) for section, code in key_series(tables).items()]
    group = wording.label("convention_groups", _group())
    return (*series, Heading(f"{group} conventions in force", "standards"), Heading("General agreement", "dialogue"))


def key_figures(tables: Tables, country: str, *, edition: str) -> tuple[Figure, ...]:
    """Return the key figures of a country, in the order of `headings`."""
    series = (_latest(tables, country, indicator) for indicator in key_series(tables).values())
    return (*series, _conventions(tables, country, edition), _agreement(tables["institutions"], country))


def key_series(tables: Tables) -> dict[str, str]:
    """Return the series that is the key figure of a section: the first bound to it of which anything is known."""
    known = {code for name in ("country_years", "not_published") for code in tables[name].get_column("indicator")}
    bound = tables["indicators"].sort("section_order", "indicator", nulls_last=True)
    found: dict[str, str] = {}
    for section in _SECTIONS:
        codes = bound.filter(pl.col("section") == section).get_column("indicator").to_list()
        for code in [code for code in codes if code in known][:1]:
            found[section] = code
    return found


def _group() -> str:
    """Return the group of conventions that is a key figure: the first of those that are held completely."""
    return codebook.section_codes()["counted_groups"][0]


def _latest(tables: Tables, country: str, indicator: str) -> Figure:
    """Return the latest value of an official series, of its latest release that has one."""
    try:
        found = official.official_series(
            tables["country_years"], tables["not_published"], country=country, indicator=indicator
        ).frame
    except UsageError:
        # A publisher gives parts of it only, which are never added up.
        return Figure("no total published")
    given = found.drop_nulls("value").sort(release_order(), "vintage", "year", "source")
    if given.height:
        row = given.row(-1, named=True)
        return Figure(wording.quantity(round(row["value"], 1), row["unit"]), str(row["year"]))
    checked = found.filter(pl.col("availability") == official.NOT_PUBLISHED)
    return Figure(published=checked.is_empty())


def _conventions(tables: Tables, country: str, edition: str) -> Figure:
    try:
        as_of = dates.bounds(edition).last
    except ValueError:
        return Figure()
    found = standards.conventions_in_force(
        tables["ratifications"], tables["conventions"], country=country, group=_group(), as_of=as_of
    ).frame.row(0, named=True)
    if found["value"] is None:
        return Figure()
    missing = f"no data found on {found['not_known']}" if found["not_known"] else ""
    return Figure(f"{cldr.number(found['value'])} of {found['n']}", missing)


def _agreement(institutions: pl.DataFrame, country: str) -> Figure:
    """Return the end of the latest general agreement, and when it was signed."""
    own = national_agreements(institutions.filter(pl.col("country") == country))
    if own.is_empty():
        return Figure()
    last = pl.max_horizontal("date_last", "period_end_last")
    row = own.sort(last, "row_id", descending=[True, False], nulls_last=True).row(0, named=True)
    signed = f"signed {cldr.date(row['date'])}" if row["date"] else "signature not dated"
    if row["period_end"] is None:
        return Figure(signed, "end not stated")
    return Figure(f"until {cldr.date(row['period_end'])}", signed)
