"""The page of the data: what can be downloaded, its licence and citation, and the limits of the data."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from socdialog import codebook
from socdialog.display.citation import Citation
from socdialog.display.messages import words
from socdialog.site.page_shell import SHORT_HASH, SiteInfo, edition_name, site_page
from socdialog.store.datapackage import DataFile
from socdialog.store.study import Notes

#: What is shown of how a folder of the data was collected, in this order.
_PARTS = ("limits", "note", "inclusion", "method", "coders", "people")
_WARNING = "do_not_conclude"


def render_data(
    tables: Mapping[str, pl.DataFrame], files: Mapping[str, tuple[DataFile, DataFile]], site: SiteInfo
) -> str:
    """Return the page of the data.

    Parameters
    ----------
    tables
        The published tables.
    files
        The CSV and the Parquet file of each.
    site
        The site.
    """
    return site_page(
        "data.html",
        words("data.title"),
        site,
        downloads=[
            (codebook.tables()[name], tables[name].height, *files[name])
            for name in sorted(files, key=lambda name: codebook.tables()[name].title)
        ],
        citation=citation(site),
        limits=limits(site.notes),
        licences=licences(site.notes),
    )


def citation(site: SiteInfo) -> Citation:
    """Return how the study as a whole is cited."""
    fingerprint = words("about.fingerprint", fingerprint=site.fingerprint[:SHORT_HASH])
    edition = edition_name(site.edition)
    return Citation(
        site.notes.title, "", site.notes.publisher, site.edition[:4], edition, fingerprint, site.notes.site_address
    )


def limits(notes: Notes) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return for each folder of the data what must not be concluded from it, and the named parts of how it was made."""
    return [
        (
            folder,
            _line(origin.get(_WARNING) or ""),
            [(words(f"data.part_{name}"), _line(origin[name])) for name in _PARTS if origin.get(name)],
        )
        for folder, origin in sorted(notes.origins.items())
    ]


def licences(notes: Notes) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return for each folder of the data the publishers it was compiled from, with the licence of each."""
    found = []
    for folder, origin in sorted(notes.origins.items()):
        entries = origin.get("compiled_from")
        rows = [
            (_line(entry["publisher"]), _line(entry.get("licence") or ""))
            for entry in (entries if isinstance(entries, list) else ())
            if isinstance(entry, Mapping) and entry.get("publisher")
        ]
        if rows:
            found.append((folder, rows))
    return found


def _line(text: object) -> str:
    return " ".join(str(text).split())
