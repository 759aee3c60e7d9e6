"""The front page: what the site is, its countries with their key figures, and how to read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from socdialog import dates
from socdialog.display import key_figure_words
from socdialog.display.language_tags import LanguageTags
from socdialog.display.messages import words
from socdialog.folding import alphabetical
from socdialog.loaders.selection import events_within
from socdialog.metrics.key_figures import key_figures
from socdialog.results import KeyFigure
from socdialog.site.country_slices import every_table
from socdialog.site.page_reading import section_ids
from socdialog.site.page_shell import FRONT_PAGE, SiteInfo, site_page
from socdialog.site.pages import PageResult

#: The key figures of a country in the table of countries, by the section of its page that shows each.
_FIGURES = {
    "union_density": "actors",
    "bargaining_coverage": "dialogue",
    "conventions": "standards",
    "agreement": "dialogue",
}


#: How to read the site: messages of the terms, each with the message of what it means.
_READING = {
    "index.number": "index.number_means",
    "index.zero": "index.zero_means",
    "index.not_published_term": "index.not_published_means",
    "index.no_data_term": "index.no_data_means",
    "index.coded": "index.coded_means",
    "index.release": "index.release_means",
    "index.claimed": "index.claimed_means",
}


class Cell(NamedTuple):
    """A key figure as the table of countries shows it.

    Parameters
    ----------
    text, note
        The value, and its year or what else belongs to it; empty where there is none.
    published
        Whether the publisher gives a value, as far as is known: False when it was checked and gives none.
    """

    text: str = ""
    note: str = ""
    published: bool = True


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country as the index lists it.

    Parameters
    ----------
    result
        How its page was made.
    own_name, own_tag
        Its name in its own language, empty where it is not known; and the script of it, as HTML names languages.
    figures
        Its key figures, each with the section of its page that shows it; None where the page has no such section.
    without
        What of the key figures has no value.
    n
        How many key figures there are.
    events
        Events in the collection; None where none was found.
    """

    result: PageResult
    own_name: str
    own_tag: str | None
    figures: tuple[tuple[Cell, str | None], ...]
    without: tuple[str, ...]
    n: int
    events: int | None

    @property
    def found(self) -> int:
        """How many key figures have a value."""
        return self.n - len(self.without)


def render_index(pages: Sequence[PageResult], tables: Mapping[str, pl.DataFrame], site: SiteInfo) -> str:
    """Return the front page of a site.

    Parameters
    ----------
    pages
        Every page that was to be made, failed ones too.
    tables
        The published tables.
    site
        The site.
    """
    tables = every_table(tables)
    return site_page(
        "index.html",
        site.notes.title,
        site,
        countries=country_rows(pages, tables, site),
        headings=[words(f"key_figures.heading_{key}") for key in _FIGURES],
        reading=[(words(term), words(means)) for term, means in _READING.items()],
        scripts=(FRONT_PAGE,),
        comparisons=[result for result in pages if result.info.kind == "comparison"],
        further=[result for result in pages if result.info.kind == "further"],
    )


def country_rows(
    pages: Sequence[PageResult], tables: Mapping[str, pl.DataFrame], site: SiteInfo
) -> tuple[CountryRow, ...]:
    """Return the countries in alphabetical order, with their key figures."""
    events = _events(tables["events"], site.notes.first_year)
    own = dict(tables["countries"].select("country", "own_name").iter_rows())
    tag = LanguageTags(())
    rows = []
    for result in pages:
        country = str(result.info.country)
        if result.info.kind == "country":
            shown = section_ids(result.html or "")
            figures = figures_of(tables, country, edition=site.edition)
            linked = (section if section in shown else None for section in _FIGURES.values())
            name = str(own.get(country) or "")
            cells = tuple(zip(key_cells(figures, edition=site.edition), linked, strict=True))
            without = absent_figures(figures)
            named = (name, tag(name, None))
            rows.append(CountryRow(result, *named, cells, without, len(figures), events.get(country)))
    return tuple(alphabetical(rows, lambda row: row.result.info.title, lambda row: row.result.info.path))


def figures_of(tables: Mapping[str, pl.DataFrame], country: str, *, edition: str) -> tuple[KeyFigure, ...]:
    """Return the key figures of a country as of an edition."""
    return key_figures(tables, country=country, as_of=_as_of(edition))


def key_cells(figures: Sequence[KeyFigure], *, edition: str) -> tuple[Cell, ...]:
    """Return the key figures that the table of countries shows."""
    by_key = {one.key: one for one in figures}
    return tuple(_cell(by_key[key], _as_of(edition)) for key in _FIGURES)


def absent_figures(figures: Sequence[KeyFigure]) -> tuple[str, ...]:
    """Return the names of the key figures that have no value, in the order of the country page."""
    return tuple(words(f"key_figures.name_{one.key}") for one in figures if one.availability != "published")


def _as_of(edition: str) -> date:
    """Return the last day of an edition; one without a date is after all dates."""
    return dates.last_day(edition) or date.max


def _cell(figure: KeyFigure, as_of: date) -> Cell:
    return Cell(*key_figure_words.short(figure, as_of=as_of), published=figure.availability != "not_published")


def _events(events: pl.DataFrame, since: int | None) -> dict[str, int]:
    """Count the events of each country, of the years of the study."""
    counted = events_within(events, since=since).select("event_id", "countries").explode("countries")
    return dict(counted.group_by("countries").len().iter_rows())
