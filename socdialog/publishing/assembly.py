"""Put pages, new and carried over, together as a whole site in a staging folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import socdialog
from socdialog.errors import DataError
from socdialog.loaders.fresh import Frozen
from socdialog.publishing.executor import Failure
from socdialog.publishing.guard import refuse_people
from socdialog.publishing.plan import PagePlan
from socdialog.publishing.previous_site import PreviousSite
from socdialog.site.page_shell import render_page
from socdialog.site.pages import PageInfo, PageResult
from socdialog.site.writing import write_site


@dataclass(frozen=True, slots=True)
class Assembled:
    """What became of the pages.

    Parameters
    ----------
    kept
        Names of pages that failed and were carried over from the old site.
    stale
        Names of pages nobody asked for, carried over though their data changed since.
    refused
        Pages whose notebook ran, and whose page is not fit to be published.
    """

    kept: tuple[str, ...]
    stale: tuple[str, ...]
    refused: Mapping[str, Failure]


def assemble(
    staging: Path,
    pages: Sequence[PagePlan],
    notebooks: Mapping[str, bytes],
    inputs: Mapping[str, Mapping[str, str]],
    failures: Mapping[str, Failure],
    *,
    old: PreviousSite,
    frozen: Frozen,
    with_people: bool,
    edition: str,
    others: Mapping[str, str],
) -> Assembled:
    """Write the new site into `staging`.

    Parameters
    ----------
    staging
        Made anew.
    pages
        What was asked for.
    notebooks, inputs, failures
        What came of it, by name.
    old
        The site that stands.
    frozen
        The data of this build.
    with_people, edition
        As asked for.
    others
        Hash of the slice that each page of the old site would be given today, by path.
    """
    notes, tables = frozen.snapshot.notes, frozen.tables
    own_names = _own_names(tables)
    results: list[PageResult] = []
    kept: list[str] = []
    stale: list[str] = []
    refused: dict[str, Failure] = {}
    for page in pages:
        info = PageInfo(
            path=page.path,
            title=page.title,
            kind="comparison" if page.country is None else "country",
            country=page.country,
            edition=edition,
            subtitle=own_names.get(page.country or "", ""),
        )
        failure = failures.get(page.name)
        if failure is None:
            notebook = notebooks[page.name]
            try:
                html = render_page(json.loads(notebook), info, site_title=notes.title)
            except DataError as problem:
                failure = refused[page.name] = Failure("page", "its page is not fit to be published", str(problem))
            else:
                results.append(PageResult(info, html, notebook, inputs[page.name], page.injected(), "built"))
                continue
        result = _carried(old, page.path, site_title=notes.title, with_people=with_people, reason=failure.reason)
        if result is None:
            results.append(PageResult(replace(info, kept_reason=failure.reason), None, None, status="failed"))
        else:
            kept.append(page.name)
            results.append(result)
    for path in sorted(set(old.pages()) - {page.path for page in pages}):
        result = _carried(old, path, site_title=notes.title, with_people=with_people, reason=None)
        if result is None:
            results += _still_missing(old, path)
            continue
        if result.status != "kept" and result.inputs.get("data") != others.get(path):
            stale.append(result.info.country or "comparison")
            result = replace(result, status="stale")
        results.append(result)
    write_site(
        staging,
        results,
        tables,
        edition=edition,
        problems=frozen.problems,
        with_people=with_people,
        notes=notes,
        fingerprint=frozen.snapshot.fingerprint or "",
        version=socdialog.__version__,
    )
    refuse_people(staging, frozen.people)
    return Assembled(tuple(kept), tuple(stale), refused)


def _carried(
    old: PreviousSite, path: str, *, site_title: str, with_people: bool, reason: str | None
) -> PageResult | None:
    """Return a page of the old site for the new one; None when there is none that may be carried over.

    It is made again from its executed notebook, so that it stands in today's shell. A page that may
    name people is not carried into a site that must not.
    """
    entry, notebook = old.pages().get(path), old.notebook(path)
    if entry is None or notebook is None or (old.with_people and not with_people):
        return None
    since = entry.get("kept_from") or entry["edition"]
    info = PageInfo(
        path=path,
        title=entry["title"],
        kind=entry["kind"],
        country=entry["country"],
        edition=entry["edition"],
        kept_from=since if reason else entry.get("kept_from"),
        kept_reason=reason or entry.get("kept_reason"),
        subtitle=entry.get("subtitle", ""),
    )
    try:
        html = render_page(json.loads(notebook), info, site_title=site_title)
    except DataError:
        return None
    status = "kept" if info.kept_from else "unchanged"
    return PageResult(info, html, notebook, entry["inputs"], entry["parameters"], status)  # type: ignore[arg-type]


def _still_missing(old: PreviousSite, path: str) -> list[PageResult]:
    """Return a page that failed earlier and that nobody asked for now, so that the index goes on saying so."""
    entry = old.pages()[path]
    if entry["status"] != "failed":
        return []
    info = PageInfo(
        path=path,
        title=entry["title"],
        kind=entry["kind"],
        country=entry["country"],
        edition=entry["edition"],
        kept_reason=entry["kept_reason"],
    )
    return [PageResult(info, None, None, status="failed")]


def _own_names(tables: Mapping[str, Any]) -> dict[str, str]:
    rows = tables["countries"].select("country", "own_name", "name").iter_rows()
    return {code: own for code, own, name in rows if own and own != name}
