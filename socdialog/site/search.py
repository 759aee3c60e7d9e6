"""The search of the front page: an index of countries, organisations and events, read from disk without a server."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.addresses import event_anchor, organisation_anchor, profile_page
from socdialog.display.messages import words
from socdialog.folding import PLAIN_LETTERS, fold, folded
from socdialog.intake.names.transliteration import latin


class Entry(NamedTuple):
    """Something to find.

    Parameters
    ----------
    label, note
        Its name, and what it is.
    address
        Where it is, below the site.
    forms
        Every name of it, normalised, in each of its scripts and in Latin letters.
    """

    label: str
    note: str
    address: str
    forms: tuple[str, ...]


def search_file(tables: Mapping[str, pl.DataFrame], *, profiles: Iterable[str], places: Mapping[str, str]) -> bytes:
    """Return the index of the search as a script that gives it to the front page.

    Parameters
    ----------
    tables
        The published tables, complete.
    profiles
        Countries that have a profile.
    places
        The page that each organisation and each event is on, by its id there.
    """
    entries = [
        *_countries(tables, frozenset(profiles)),
        *_organisations(tables, places),
        *_events(tables, places),
    ]
    letters = {chr(code): plain or "" for code, plain in sorted(PLAIN_LETTERS.items())}
    content = json.dumps({"plain": letters, "entries": entries}, ensure_ascii=True, separators=(",", ":"))
    return f"window.sdSearch={content};\n".encode()


def forms(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return names normalised, each also in Latin letters.

    Examples
    --------
    >>> forms(["Жанаозен"])
    ('жанаозен', 'zhanaozen')
    """
    known = [name for name in names if name]
    return tuple(dict.fromkeys(fold(one) for name in known for one in (name, latin(name)) if fold(one)))


def _countries(tables: Mapping[str, pl.DataFrame], profiles: frozenset[str]) -> Iterator[Entry]:
    for country, name, own in (
        tables["countries"].select("country", "name", "own_name").sort(folded("name"), "country").iter_rows()
    ):
        if country in profiles:
            name = name or wording.label("iso_countries", country)  # noqa: PLW2901 - the study need not name it
            yield Entry(name, words("search.country"), profile_page(country), forms((name, own, country)))


def _organisations(tables: Mapping[str, pl.DataFrame], places: Mapping[str, str]) -> Iterator[Entry]:
    names = tables["organisation_names"].group_by("org_id").agg(pl.col("name").sort())
    found = tables["organisations"].join(names.rename({"name": "names"}), on="org_id", how="left")
    countries = dict(tables["countries"].select("country", "name").iter_rows())
    for row in found.sort(folded("name"), "org_id").iter_rows(named=True):
        anchor = organisation_anchor(row["org_id"])
        if anchor in places:
            every = (row["name"], row["acronym"], row["native_name"], *(row["names"] or ()))
            note = words("search.organisation", country=countries.get(row["country"]) or words("search.international"))
            short = row["acronym"] if row["acronym"] and row["acronym"] not in row["name"] else None
            label = words("search.named", name=row["name"], short=short) if short else row["name"]
            yield Entry(label, note, f"{places[anchor]}#{anchor}", forms(every))


def _events(tables: Mapping[str, pl.DataFrame], places: Mapping[str, str]) -> Iterator[Entry]:
    where = tables["places"].select("place_id", place="name", spelled="variants")
    found = tables["events"].join(where, on="place_id", how="left")
    for row in found.sort("start_first", "event_id", descending=[True, False], nulls_last=True).iter_rows(named=True):
        anchor = event_anchor(row["event_id"])
        if anchor in places:
            when = cldr.date(row["start_date"]) if row["start_date"] else words("search.undated")
            every = (row["label"], row["place"], *(row["spelled"] or ()))
            note = words("search.event", place=row["place"], date=when) if row["place"] else when
            yield Entry(row["label"], note, f"{places[anchor]}#{anchor}", forms(every))
