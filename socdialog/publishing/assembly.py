"""Put pages, new and carried over, together as a whole site in a staging folder."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from socdialog import dates
from socdialog.codebook.cldr import language_of_own_name
from socdialog.display.addresses import page_name
from socdialog.errors import DataError
from socdialog.loaders.fresh import Frozen
from socdialog.publishing.executor import Failure, Made, unfit
from socdialog.publishing.plan import PagePlan, package_hash, pages_of, versions
from socdialog.site.editions import PastEdition
from socdialog.site.figure_files import files_of_figures
from socdialog.site.guard import refuse_people
from socdialog.site.page_body import published_body
from socdialog.site.page_caps import over_caps
from socdialog.site.page_shell import SiteInfo, render_page
from socdialog.site.pages import PageInfo, PageResult
from socdialog.site.previous_site import PreviousSite
from socdialog.site.writing import write_site
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.remembering import Remembered, made_anew


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of the pages.

    Parameters
    ----------
    kept
        Names of pages that failed and were carried over from the old site.
    carried, stale
        Names of pages no one asked for, carried over as they are; and carried over though their data changed since.
    refused
        Pages whose notebook ran, and whose page is not fit to be published.
    over_caps
        What pages built now have too much of, by country.
    """

    kept: tuple[str, ...]
    carried: tuple[str, ...]
    stale: tuple[str, ...]
    refused: Mapping[str, Failure]
    over_caps: Mapping[str, tuple[str, ...]]


def assemble(
    staging: Path,
    pages: Sequence[PagePlan],
    made: Made,
    *,
    old: PreviousSite,
    frozen: Frozen,
    site: SiteInfo,
    others: Mapping[str, str],
    looked_at: Container[str] = (),
    past: tuple[PastEdition, ...] = (),
    remembered: Remembered = made_anew,
) -> Assembled:
    """Write the new site into `staging`.

    Parameters
    ----------
    staging
        Rebuilt.
    pages
        What was asked for.
    made
        What came of it.
    old
        The site that stands.
    frozen
        The data of this build.
    site
        What the site is.
    others
        Hash of the slice that each page of the old site would be given today, by path.
    looked_at
        The SHA-256 of files that are known to name no one.
    past
        The past editions that the site keeps.
    remembered
        Returns what was made from the same before, else makes it.
    """
    own_names, latest = _own_names(frozen.tables), _latest_events(frozen.tables["events"], site.edition)
    results: list[PageResult] = []
    kept: list[str] = []
    carried: list[str] = []
    stale: list[str] = []
    refused: dict[str, Failure] = {}
    for page in pages:
        info = _info(page, site, own_names, latest)
        failure = made.failures.get(page.name)
        if page.name in made.unfit:
            failure = refused[page.name] = made.unfit[page.name]
        if failure is None:
            inputs = made.inputs[page.name]
            try:
                made_of = made.notebooks[page.name], made.figures[page.name]
                results.append(_result(*made_of, info, site, inputs, page.parameters, "built", remembered=remembered))
                continue
            except DataError as problem:
                failure = refused[page.name] = unfit(problem)
        result = _carried(old, page.path, site, reason=failure.reason)
        if result is None:
            results.append(PageResult(replace(info, kept_reason=failure.reason), None, None, status="failed"))
        else:
            kept.append(page.name)
            results.append(result)
    ours = pages_of(frozen.snapshot.notes, frozen.tables["countries"].get_column("country").to_list())
    ended = {path for path, entry in old.pages().items() if entry["kind"] != "country"} - ours
    for path in sorted(set(old.pages()) - {page.path for page in pages} - ended):
        result = _carried(old, path, site) or _still_missing(old, path)
        if result is None:
            continue
        if result.status == "unchanged":
            current = result.inputs.get("data") == others.get(path)
            (carried if current else stale).append(page_name(path))
            result = result if current else replace(result, status="stale")
        results.append(result)
    write_site(staging, results, frozen.tables, problems=frozen.problems, site=site, past=past, remembered=remembered)
    refuse_people(staging, frozen.people, looked_at=looked_at, before=old.published)
    new = {page.path for page in pages if page.name in made.seconds.keys() | made.rendered}
    over = _over_caps(staging, (one.info for one in results if one.status == "built" and one.info.path in new))
    return Assembled(tuple(kept), tuple(carried), tuple(stale), refused, over)


def _info(page: PagePlan, site: SiteInfo, own_names: Mapping[str, str], latest_events: Mapping[str, str]) -> PageInfo:
    """Return what a page says of itself: that of a country has its own name, and the date of its latest event."""
    info = PageInfo(page.path, page.title, page.kind, page.country, site.edition)
    if page.kind != "country":
        return replace(info, subtitle=site.notes.region) if page.kind == "comparison" else info
    country, own_name = str(page.country), own_names.get(str(page.country), "")
    language = language_of_own_name(country, own_name)
    return replace(info, subtitle=own_name, language=language, events_to=latest_events.get(country, ""))


def _over_caps(staging: Path, new: Iterable[PageInfo]) -> dict[str, tuple[str, ...]]:
    """Return what new pages of countries have too much of."""
    pages = {str(one.country): one.path for one in new if one.kind == "country"}
    found = {country: over_caps((staging / path).read_text(encoding="utf-8")) for country, path in pages.items()}
    return {country: tuple(map(str, excess)) for country, excess in found.items() if excess}


def _result(
    notebook: bytes,
    figures: Mapping[str, bytes],
    info: PageInfo,
    site: SiteInfo,
    *made_from: Any,
    remembered: Remembered = made_anew,
) -> PageResult:
    """Return the page of a published notebook in today's shell."""

    def render() -> dict[str, bytes]:
        body = published_body(json.loads(notebook))
        return {info.path: render_page(body, info, site_title=site.notes.title).encode()}

    named = f"{sha256_bytes(notebook)} {info} {site.notes.title}"
    html = remembered(sha256_bytes(named.encode()), render)[info.path].decode()
    return PageResult(info, html, notebook, figures, *made_from)


def _carried(old: PreviousSite, path: str, site: SiteInfo, *, reason: str = "") -> PageResult | None:
    """Return a page of the old site for the new one; None when there is none that may be carried over.

    It is made again from its executed notebook, so that it is in today's shell. A page that may
    name people is not carried into a site that must not.
    """
    entry, notebook = old.pages().get(path), old.notebook(path)
    if entry is None or notebook is None or (old.with_people and not site.with_people):
        return None
    info = PageInfo.of_entry(path, entry)
    if reason:
        info = replace(info, kept_from=info.kept_from or info.edition, kept_reason=reason)
    status = "kept" if info.kept_from else "unchanged"
    try:
        figures = _figures(old, path, notebook)
        return _result(notebook, figures, info, site, entry["inputs"], entry["parameters"], status)
    except DataError:
        return None


def _figures(old: PreviousSite, path: str, notebook: bytes) -> Mapping[str, bytes]:
    """Return the files of the figures of a page of the old site, drawn again unless they would be the same."""
    entry = old.pages()[path]
    drawn_alike = (entry["inputs"].get("package"), entry["inputs"].get("versions")) == (package_hash(), versions())
    standing = old.figures(path) if drawn_alike else None
    return dict(files_of_figures(json.loads(notebook), path)) if standing is None else standing


def _still_missing(old: PreviousSite, path: str) -> PageResult | None:
    """Return a page that failed earlier and that no one asked for now, so that the index goes on saying so."""
    entry = old.pages()[path]
    return (
        PageResult(PageInfo.of_entry(path, entry), None, None, status="failed") if entry["status"] == "failed" else None
    )


def _own_names(tables: Mapping[str, Any]) -> dict[str, str]:
    rows = tables["countries"].select("country", "own_name", "name").iter_rows()
    return {code: own for code, own, name in rows if own and own != name}


def _latest_events(events: pl.DataFrame, edition: str) -> dict[str, str]:
    """Return the date of the latest event of each country up to the edition."""
    until = dates.last_day(edition)
    if until is None:
        return {}
    held = events.explode("countries").filter(pl.col("start_last") <= until)
    latest = held.sort("start_last", "start_first", "event_id").group_by("countries", maintain_order=True).last()
    return dict(latest.select("countries", "start_date").iter_rows())
