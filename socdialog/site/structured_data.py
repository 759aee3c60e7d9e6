"""What a page is for search engines and catalogues: a data set in the terms of schema.org, as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import wording
from socdialog.display.addresses import profile_page
from socdialog.display.messages import words
from socdialog.site.country_slices import CountrySlice
from socdialog.store.study import Notes

#: Measures and publishers that are named: the first series, and the publishers of most sources.
_NAMED, _PUBLISHERS = 40, 12
#: The pages that are the whole study.
_WHOLE = ("index.html", "data.html")
_LICENCES = "https://spdx.org/licenses/"


def datasets(
    tables: Mapping[str, pl.DataFrame],
    slices: Iterable[CountrySlice],
    notes: Notes,
    *,
    edition: str,
    version: str,
    fingerprint: str,
) -> dict[str | None, str]:
    """Return what pages are as data, as JSON, by their paths.

    The front page and the page of the data are the whole study, with its fingerprint; a profile is a part of it; any
    other page (None) is of the study and does not name the state of its data, so that it changes with its content only.

    Parameters
    ----------
    tables
        The published tables, complete.
    slices
        The rows of each country.
    notes
        What the study says of itself.
    edition, version, fingerprint
        Of the data and of the package.
    """
    common = _common(notes, edition=edition, version=version)
    listed = tables["countries"].select("country", "name").sort("country").iter_rows()
    names = {code: name or wording.label("iso_countries", code) for code, name in listed}
    whole = {
        **common,
        "name": notes.title,
        "description": notes.about or notes.title,
        "url": _address(notes, "index.html"),
        "spatialCoverage": [_place(code, name) for code, name in names.items()],
        **_content(tables, notes, edition),
    }
    identified = _written({**whole, "identifier": f"sha256:{fingerprint}" if fingerprint else None})
    found: dict[str | None, str] = {None: _written(whole), **dict.fromkeys(_WHOLE, identified)}
    for own in slices:
        code, name = own.country, own.name
        found[profile_page(code)] = _written(
            {
                **common,
                "name": words("structured.profile", country=name, study=notes.title),
                "description": words("structured.description", country=name),
                "url": _address(notes, profile_page(code)),
                "spatialCoverage": _place(code, name),
                "isPartOf": {"@type": "Dataset", "name": notes.title},
                **_content(own.tables, notes, edition),
            }
        )
    return found


def _common(notes: Notes, *, edition: str, version: str) -> dict[str, Any]:
    given = (
        (words("data.csv"), "text/csv", "csv"),
        (words("data.parquet"), "application/vnd.apache.parquet", "parquet"),
    )
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "version": edition,
        "dateModified": edition,
        "license": _LICENCES + notes.licence if notes.licence and not notes.licence.startswith("LicenseRef") else None,
        "creator": {"@type": "Organization", "name": notes.publisher} if notes.publisher else None,
        "measurementTechnique": words("structured.technique"),
        "citation": words("structured.citation", study=notes.title, edition=edition, version=version),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": words("structured.events", format=name),
                "encodingFormat": kind,
                "contentUrl": _address(notes, f"data/events.{end}") or f"data/events.{end}",
            }
            for name, kind, end in given
        ],
    }


def _content(tables: Mapping[str, pl.DataFrame], notes: Notes, edition: str) -> dict[str, Any]:
    """Return what of a description follows from the rows: measures, publishers and years."""
    publishers = tables["citations"].group_by("publisher").len().sort("len", "publisher", descending=[True, False])
    known = tables["country_years"].get_column("indicator").implode()
    series = tables["indicators"].filter(pl.col("indicator").is_in(known)).get_column("label").unique().sort()
    earliest = tables["events"].get_column("start_first").min()
    first = notes.first_year or (earliest.year if isinstance(earliest, date) else None)
    last = _year(edition)
    return {
        "temporalCoverage": f"{first}/{last}" if first and last else None,
        "variableMeasured": [codebook.tables()["events"].title, *series.head(_NAMED)],
        "isBasedOn": [
            {"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": name}}
            for name in publishers.head(_PUBLISHERS).get_column("publisher")
        ],
    }


def _year(edition: str) -> str:
    day = dates.last_day(edition)
    return "" if day is None else str(day.year)


def _place(code: str, name: str) -> dict[str, str]:
    return {"@type": "Country", "name": name, "identifier": code}


def _address(notes: Notes, path: str) -> str | None:
    return f"{notes.site_address.rstrip('/')}/{path}" if notes.site_address else None


def _written(description: Mapping[str, Any]) -> str:
    """Write a description as JSON that stands in a page: no sign in it can end its element."""
    content = {name: value for name, value in description.items() if value not in (None, "", [])}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
