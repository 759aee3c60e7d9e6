"""Write a whole site into a staging folder: pages, front page, quality, codebook, methods, downloads, manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from socdialog.intake.evidence import build_evidence
from socdialog.site.codebook_page import render_codebook
from socdialog.site.downloads import write_downloads
from socdialog.site.index import render_index
from socdialog.site.manifest import NAME, manifest
from socdialog.site.methods_page import render_methods
from socdialog.site.page_shell import Link, asset, finish_page
from socdialog.site.pages import PageResult
from socdialog.site.quality import Problem, render_quality
from socdialog.store.files import write_staged
from socdialog.store.privacy import published_columns, without_people
from socdialog.store.study import Notes

_ASSETS = ("icon.svg",)


def write_site(
    staging: Path,
    pages: Sequence[PageResult],
    tables: Mapping[str, pl.DataFrame],
    *,
    edition: str,
    problems: Iterable[Problem],
    with_people: bool,
    notes: Notes,
    fingerprint: str,
    version: str,
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
    edition
        Of the site.
    problems
        What the checks found and a reader may see.
    with_people
        Whether tables and names of people may be published.
    notes
        What the study says of itself.
    fingerprint, version
        Of the data and of the package.
    """
    kept = dict(tables) if with_people else without_people(tables)
    published = kept if with_people else {name: published_columns(name, frame) for name, frame in kept.items()}
    published["evidence"] = build_evidence(kept)
    ordered = sorted(
        (_told(result) for result in pages), key=lambda one: (one.info.kind, one.info.title, one.info.path)
    )
    neighbours = [Link(one.info.path, one.info.title) for one in ordered if one.html is not None]
    files = write_downloads(
        staging / "data",
        published,
        title=notes.title,
        fingerprint=fingerprint,
        edition=edition,
        licence=notes.data_licence,
        sources=_origins(notes),
    )
    for result in ordered:
        if result.html is not None:
            _write(staging, result.info.path, finish_page(result.html, result.info, neighbours=neighbours))
        if result.notebook is not None:
            _write(staging, result.info.notebook, result.notebook)
    front = render_index(
        ordered,
        published,
        notes=notes,
        edition=edition,
        version=version,
        fingerprint=fingerprint,
        files=files,
        neighbours=neighbours,
    )
    _write(staging, "index.html", front)
    quality = render_quality(
        published, problems=problems, edition=edition, site_title=notes.title, neighbours=neighbours
    )
    _write(staging, "quality.html", quality)
    codes = render_codebook(
        edition=edition,
        site_title=notes.title,
        published=set(published),
        with_people=with_people,
        neighbours=neighbours,
    )
    _write(staging, "codebook.html", codes)
    methods = render_methods(edition=edition, site_title=notes.title, neighbours=neighbours)
    _write(staging, "methods.html", methods)
    for name in _ASSETS:
        _write(staging, f"assets/{name}", asset(name))
    content = manifest(
        staging, ordered, edition=edition, fingerprint=fingerprint, version=version, with_people=with_people
    )
    _write(staging, NAME, content)


def _told(result: PageResult) -> PageResult:
    """Reduce the reason of a failure to one sentence: a trace would carry paths."""
    reason = result.info.kept_reason
    if reason is None:
        return result
    first = next((line.strip() for line in reason.splitlines() if line.strip()), "")
    return replace(result, info=replace(result.info, kept_reason=first))


def _origins(notes: Notes) -> list[dict[str, str]]:
    """Return the publishers the data were compiled from, each once."""
    found: dict[str, None] = {}
    for _, origin in sorted(notes.origins.items()):
        entries = origin.get("compiled_from")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and entry.get("publisher"):
                found[" ".join(str(entry["publisher"]).split())] = None
    return [{"title": title} for title in found]


def _write(staging: Path, name: str, content: bytes | str) -> None:
    path = staging / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_staged(path, content if isinstance(content, bytes) else content.encode("utf-8"))
