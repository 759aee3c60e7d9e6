"""Write a whole site into a staging folder: pages of notebooks, pages made from the tables, downloads, manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import polars as pl

from socdialog.display.addresses import sources_page
from socdialog.folding import alphabetical
from socdialog.intake.disputes import build_disputes
from socdialog.intake.evidence import build_evidence
from socdialog.intake.problems import Problem
from socdialog.schemas import without_spare
from socdialog.site.changes_page import PATH as CHANGES
from socdialog.site.changes_page import render_changes
from socdialog.site.codebook_page import render_codebook
from socdialog.site.country_slices import CountrySlice, country_slices, every_table
from socdialog.site.data_page import citation, render_data
from socdialog.site.downloads import csv_bytes, write_downloads
from socdialog.site.editions import PastEdition
from socdialog.site.events_page import render_events
from socdialog.site.index import render_index
from socdialog.site.manifest import NAME, manifest
from socdialog.site.methods_page import render_methods
from socdialog.site.organisations_page import OF_ORGANISATIONS, render_organisations
from socdialog.site.page_reading import SEARCH
from socdialog.site.page_shell import Link, SiteInfo, asset, finish_page
from socdialog.site.pages import PageResult
from socdialog.site.quality import read_quality
from socdialog.site.quality_page import quality_frames, render_quality
from socdialog.site.search import search_file
from socdialog.site.sources_page import render_sources
from socdialog.site.structured_data import datasets
from socdialog.store.files import write_staged
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.privacy import published_columns, without_people
from socdialog.store.remembering import Remembered, made_anew
from socdialog.store.snapshot import content_key

#: The id of the entry of an event or an organisation.
_ENTRY = re.compile(rb'<(?:article|section|li|h3)[^>]* id="((?:ev|org)-[^"]+)"')


def write_site(
    staging: Path,
    pages: Sequence[PageResult],
    tables: Mapping[str, pl.DataFrame],
    *,
    problems: Iterable[Problem],
    site: SiteInfo,
    past: tuple[PastEdition, ...] = (),
    remembered: Remembered = made_anew,
) -> None:
    """Write the site into the empty folder `staging`.

    Parameters
    ----------
    staging
        Where it is made; swapping it in is the build's affair.
    pages
        Every page that was to be made. A page without HTML is listed in the index as failed.
    tables
        The clean tables, with or without those of people.
    problems
        What the checks found and a reader may see.
    site
        What it is; its neighbours are found among `pages`.
    past
        The past editions that it keeps, the earliest first.
    remembered
        Returns the files that were made from the same before, else makes them.
    """
    kept = dict(tables) if site.with_people else without_people(tables)
    public = {name: published_columns(name, frame) for name, frame in without_people(tables).items()}
    derived = {"disputes": build_disputes(kept), "evidence": build_evidence(kept)}
    published = (kept if site.with_people else public) | derived
    written = {name: without_spare(name, frame) for name, frame in published.items()}
    named = alphabetical(map(_told, pages), lambda one: one.info.title, lambda one: one.info.path)
    ordered = sorted(named, key=lambda one: one.info.kind)
    neighbours = tuple(Link(one.info.path, one.info.title) for one in ordered if one.html is not None)
    countries = _countries(kept, ordered)
    slices = tuple(country_slices(every_table(kept), countries, since=site.notes.first_year))
    described = datasets(
        every_table(published),
        slices,
        site.notes,
        edition=site.edition,
        version=site.version,
        fingerprint=site.fingerprint,
    )
    site = replace(site, neighbours=neighbours, datasets=described)
    files = write_downloads(staging / "data", written, site)
    for result in ordered:
        if result.html is not None:
            write_staged(staging / result.info.path, _finished(result, site))
        if result.notebook is not None:
            write_staged(staging / result.info.notebook, result.notebook)
        for path, content in result.figures.items():
            write_staged(staging / path, content)
    further = _further_pages(kept, slices, site, remembered)
    for path, html in further.items():
        write_staged(staging / path, html)
    profiles = (str(one.info.country) for one in ordered if one.html is not None and one.info.kind == "country")
    search = search_file(every_table(published), profiles=profiles, places=_anchors(further))
    write_staged(staging / SEARCH, search)
    write_staged(staging / "index.html", render_index(ordered, published, site))
    write_staged(staging / "data.html", render_data(written, files, site))
    write_staged(staging / "data/citation.bib", f"{citation(site).bibtex()}\n")
    quality = read_quality(written, problems, countries=countries)
    for name, frame in quality_frames(quality).items():
        write_staged(staging / "data" / f"{name}.csv", csv_bytes(frame))
    write_staged(staging / "quality.html", render_quality(quality, site))
    for edition in past:
        write_staged(staging / edition.path, edition.content)
    changes = render_changes(public | derived, past, site, countries=countries)
    write_staged(staging / CHANGES, changes.html)
    write_staged(staging / "data/changes.csv", csv_bytes(changes.cells))
    write_staged(staging / "codebook.html", render_codebook(published.keys(), site))
    write_staged(staging / "methods.html", render_methods(site))
    write_staged(staging / "assets/icon.svg", asset("icon.svg"))
    write_staged(staging / NAME, manifest(staging, ordered, site))


def _finished(result: PageResult, site: SiteInfo) -> str:
    """Return the page of a notebook with its links to other pages and with what it is as data."""
    assert result.html is not None
    return finish_page(result.html, result.info, neighbours=site.neighbours, dataset=site.dataset(result.info.path))


def _further_pages(
    tables: Mapping[str, pl.DataFrame], slices: Sequence[CountrySlice], site: SiteInfo, remembered: Remembered
) -> dict[str, bytes]:
    """Return the pages of events, sources and organisations by their path, whatever became of the notebooks."""
    # What else is on these pages: the links to other pages, and what the site is apart from the rest of its data.
    around = replace(site, fingerprint="", datasets={None: site.dataset("")})
    shown = frozenset(own.country for own in slices)
    of_organisations = {name: frame for name, frame in every_table(tables).items() if name in OF_ORGANISATIONS}
    made_from = f"{content_key(of_organisations)} {around} {sorted(shown)}"
    found = dict(remembered(sha256_bytes(made_from.encode()), partial(_organisations, of_organisations, site, shown)))
    linked = frozenset(found)
    for own in slices:
        made_from = f"{own.country} {own.name} {content_key(own.tables)} {around} {sorted(linked)}"
        found |= remembered(sha256_bytes(made_from.encode()), partial(_pages_of, own, site, linked))
    return found


def _organisations(tables: Mapping[str, pl.DataFrame], site: SiteInfo, countries: frozenset[str]) -> dict[str, bytes]:
    return _encoded(render_organisations(tables, site, countries=countries))


def _pages_of(own: CountrySlice, site: SiteInfo, organisations: frozenset[str]) -> dict[str, bytes]:
    """Return the pages of the events and sources of a country by their path."""
    events = render_events(own, site, pages=organisations)
    return _encoded(events | {sources_page(own.country): render_sources(own, site)})


def _encoded(pages: Mapping[str, str]) -> dict[str, bytes]:
    return {path: html.encode() for path, html in pages.items()}


def _anchors(pages: Mapping[str, bytes]) -> dict[str, str]:
    """Return the page that each organisation and each event has its entry on, by its id there."""
    found: dict[str, str] = {}
    for path, html in sorted(pages.items()):
        for anchor in _ENTRY.findall(html):
            found.setdefault(anchor.decode(), path)
    return found


def _countries(tables: Mapping[str, pl.DataFrame], pages: Iterable[PageResult]) -> frozenset[str]:
    """Return the countries that get pages of events and sources: those of the study, and of pages carried over."""
    profiled = {one.info.country for one in pages if one.info.country is not None}
    study = tables["countries"].get_column("country") if "countries" in tables else ()
    return frozenset({*study, *profiled})


def _told(result: PageResult) -> PageResult:
    """Reduce the reason of a failure to one sentence: a trace would carry paths."""
    reason = result.info.kept_reason
    if reason is None:
        return result
    first = next((line.strip() for line in reason.splitlines() if line.strip()), "")
    return replace(result, info=replace(result.info, kept_reason=first))
