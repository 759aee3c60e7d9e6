"""The front page: what the site is, its countries, how to read it, its data, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from socdialog import codebook
from socdialog.independent_sources import copies
from socdialog.site.downloads import CSV_RULE
from socdialog.site.page_reading import section_ids
from socdialog.site.page_shell import SiteInfo, site_page
from socdialog.site.pages import PageResult
from socdialog.store.datapackage import DataFile
from socdialog.store.study import Notes


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country as the index lists it; None where nothing was found."""

    result: PageResult
    own_name: str
    texts: int | None
    events: int | None
    sections: frozenset[str]


def render_index(
    pages: Sequence[PageResult],
    tables: Mapping[str, pl.DataFrame],
    files: Mapping[str, tuple[DataFile, DataFile]],
    site: SiteInfo,
) -> str:
    """Return the front page of a site.

    Parameters
    ----------
    pages
        Every page that was to be made, failed ones too.
    tables
        The published tables.
    files
        The downloads.
    site
        The site.
    """
    return site_page(
        "index.html",
        site.notes.title,
        site,
        countries=country_rows(pages, tables),
        comparisons=[result for result in pages if result.info.kind == "comparison"],
        limits=_limits(site.notes),
        downloads=[(codebook.tables()[name], tables[name].height, *files[name]) for name in sorted(files)],
        csv_rule=CSV_RULE,
    )


def country_rows(pages: Sequence[PageResult], tables: Mapping[str, pl.DataFrame]) -> tuple[CountryRow, ...]:
    """Return the countries in the order of their names, with what was found about each."""
    texts, events = _texts(tables), _count(tables.get("events"), "event_id")
    own = dict(tables["countries"].select("country", "own_name").iter_rows()) if "countries" in tables else {}
    rows = [
        CountryRow(
            result,
            own_name=str(own.get(result.info.country) or ""),
            texts=texts.get(str(result.info.country)),
            events=events.get(str(result.info.country)),
            sections=section_ids(result.html or ""),
        )
        for result in pages
        if result.info.kind == "country"
    ]
    return tuple(sorted(rows, key=lambda row: (row.result.info.title, row.result.info.path)))


def _limits(notes: Notes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what each folder of the data says of how it was collected and what it cannot tell."""
    wanted = ("do_not_conclude", "limits", "note", "inclusion", "method", "coders", "people")
    return [
        (folder, [(name, " ".join(str(origin[name]).split())) for name in wanted if origin.get(name)])
        for folder, origin in sorted(notes.origins.items())
    ]


def _texts(tables: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Count the texts that tell of the events of each country, and the texts that those copy."""
    if not {"events", "reports", "sources"} <= set(tables):
        return {}
    of_events = tables["events"].select("event_id", "countries")
    told = tables["reports"].select("event_id", "source_id").join(of_events, on="event_id", maintain_order="left")
    return _count(told.join(copies(tables["sources"]), on="source_id", maintain_order="left"), "original")


def _count(frame: pl.DataFrame | None, what: str) -> dict[str, int]:
    if frame is None:
        return {}
    counted = frame.select("countries", what).drop_nulls().explode("countries").group_by("countries")
    return {str(country): int(n) for country, n in counted.agg(pl.col(what).n_unique()).iter_rows()}
