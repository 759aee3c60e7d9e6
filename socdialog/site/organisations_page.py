"""The pages of organisations: each once, with its names, affiliations, claims of membership, events and partners.

There is a page for each country and one for international bodies, so that a page stays light however many there are;
``organisations.html`` leads to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl

from socdialog.codebook import cldr, wording
from socdialog.display.addresses import event_anchor, events_page, organisation_anchor, organisations_page
from socdialog.display.language_tags import LanguageTags
from socdialog.display.messages import words
from socdialog.folding import alphabetical
from socdialog.intake.evidence import build_evidence, sources_by_row
from socdialog.loaders.selection import events_within
from socdialog.metrics import co_participation
from socdialog.site.cited_sources import CitedSource, cited_sources
from socdialog.site.page_shell import SiteInfo, site_page

Row = Mapping[str, Any]
Tables = Mapping[str, pl.DataFrame]
#: The tables that the pages of organisations are made from, and no other.
OF_ORGANISATIONS = frozenset(
    {
        "actors",
        "affiliations",
        "citations",
        "countries",
        "events",
        "memberships",
        "organisation_names",
        "organisations",
        "reports",
    }
)
#: Entries on one page, which then weighs about 300 kB; of more each has a line there, and its entry on a part.
_ENTRIES = 75
#: Organisations that the page of all countries names; of more it names the countries only.
_NAMED = 1500
#: Forms that a body is not called by: they are kept so that broken texts are understood.
_NOT_NAMES = ("damaged",)
_UNKNOWN = "unknown"
#: What is said of the dates of an affiliation.
_DATES = {"since": "organisations.since", "until": "organisations.until", "as_of": "organisations.as_of"}


class Name(NamedTuple):
    """A name, and the language that it is in, as HTML names languages; None for that of the page."""

    text: str
    tag: str | None


class Linked(NamedTuple):
    """Words, the place that they lead to, and what is said beside them; the place is None where there is none."""

    text: str
    address: str | None
    note: str = ""


class Membership(NamedTuple):
    """A claim of membership: how many, of what, as of when, and the sources."""

    value: str
    population: str
    as_of: str
    sources: tuple[CitedSource, ...]


class Affiliation(NamedTuple):
    """An affiliation, with the other organisation and what is known of it."""

    other: Linked
    details: str
    sources: tuple[CitedSource, ...]


class Organisation(NamedTuple):
    """An organisation with all that the collection holds on it."""

    org_id: str
    anchor: str
    country: str | None
    name: str
    acronym: str
    native: Name | None
    side: str
    level: str
    founded: str
    names: tuple[Name, ...]
    affiliations: tuple[Affiliation, ...]
    affiliates: tuple[Affiliation, ...]
    memberships: tuple[Membership, ...]
    events: tuple[Linked, ...]
    partners: tuple[Linked, ...]
    sources: tuple[CitedSource, ...]


def render_organisations(tables: Tables, site: SiteInfo, *, countries: Iterable[str]) -> dict[str, str]:
    """Return the pages of organisations by their path.

    Parameters
    ----------
    tables
        Those of `OF_ORGANISATIONS`, without what must not be published.
    site
        The site.
    countries
        The countries that have a page of events; only there events are linked.
    """
    linked = frozenset(countries)
    by_page: defaultdict[str, list[Organisation]] = defaultdict(list)
    for one in organisations_of(tables, countries=linked, since=site.notes.first_year):
        by_page[organisations_page(one.country)].append(one)
    names = dict(tables["countries"].select("country", "name").iter_rows())

    def place(country: str | None) -> str:
        if country is None:
            return words("organisations.international")
        return names.get(country) or wording.label("iso_countries", country)

    others = {one.country for of in by_page.values() for one in of if one.country} - set(names)
    order = [*alphabetical(names, place), *alphabetical(others, place), None]
    groups = {
        path: (place(country), by_page[path])
        for country in order
        if (path := organisations_page(country)) in by_page or country in names
    }
    pages: dict[str, str] = {}
    for country in order:
        path = organisations_page(country)
        if path not in groups:
            continue
        name, found = groups[path]
        title = name if path == organisations_page(None) else words("organisations.title_of", country=name)
        values: dict[str, Any] = {"template": "organisations_of.html.j2", "name": name, "n": len(found), "main": path}
        values |= {"country": country if country in linked else None, "profile": site.profile(country or "")}
        starts = range(0, len(found), _ENTRIES) if len(found) > _ENTRIES else ()
        parts = {
            organisations_page(country, start // _ENTRIES + 1): found[start : start + _ENTRIES] for start in starts
        }
        pages[path] = site_page(path, title, site, organisations=() if parts else found, parts=parts, **values)
        for number, (part, some) in enumerate(parts.items(), start=1):
            named = words("page.part", title=title, part=str(number), parts=str(len(parts)))
            pages[part] = site_page(part, named, site, organisations=some, parts={}, **values)
    every = sum(len(found) for _, found in groups.values())
    path, title = "organisations.html", words("organisations.title")
    return pages | {path: site_page(path, title, site, groups=groups, named=every <= _NAMED)}


def organisations_of(tables: Tables, *, countries: frozenset[str], since: int | None) -> tuple[Organisation, ...]:
    """Return every organisation, in alphabetical order."""
    read = _Reader(tables, countries, since)
    ordered = alphabetical(read.bodies.values(), lambda row: str(row["name"]), lambda row: str(row["org_id"]))
    return tuple(map(read.organisation, ordered))


class _Reader:
    """Reads what belongs to each organisation out of all tables once."""

    def __init__(self, tables: Tables, countries: frozenset[str], since: int | None) -> None:
        self._tables = tables
        self.bodies = {row["org_id"]: row for row in tables["organisations"].iter_rows(named=True)}
        stating = ("organisations", "organisation_names", "affiliations", "memberships")
        rows = [row_id for name in stating for row_id in tables[name].get_column("row_id")]
        self._sources = sources_by_row(build_evidence(tables, rows))
        self._cited = cited_sources(tables["citations"])
        self._languages = dict(tables["citations"].select("source_id", "language").iter_rows())
        self._tag = LanguageTags(tables["citations"].select("title", "language").iter_rows())
        self._names = _grouped(tables["organisation_names"], "org_id")
        self._memberships = _grouped(tables["memberships"], "org_id", "population", "as_of_last", "value")
        self._affiliations = _grouped(tables["affiliations"], "org_id")
        self._affiliates = _grouped(tables["affiliations"], "affiliate_of")
        events = events_within(tables["events"], since=since)
        self._events = self._events_by_body(events, countries)
        self._partners = self._partners_by_body(events)

    def organisation(self, row: Row) -> Organisation:
        """Return all that is known of a body."""
        org_id = row["org_id"]
        languages = dict(self._printed(org_id))
        native = row["native_name"] if row["native_name"] != row["name"] else None
        shown = {row["name"], row["native_name"], *(part.strip() for part in (row["acronym"] or "").split(";"))}
        return Organisation(
            org_id,
            organisation_anchor(org_id),
            row["country"],
            row["name"],
            ", ".join(part.strip() for part in (row["acronym"] or "").split(";") if part.strip()),
            self._name(native, languages.get(native)) if native else None,
            wording.label("sides", row["side"]),
            wording.label("org_levels", row["level"]),
            cldr.date(row["founded"]) if row["founded"] else "",
            tuple(self._name(text, language) for text, language in sorted(languages.items()) if text not in shown),
            tuple(self._affiliation(one, "affiliate_of") for one in self._affiliations[org_id]),
            tuple(self._affiliation(one, "org_id") for one in self._affiliates[org_id]),
            tuple(map(self._membership, self._memberships[org_id])),
            self._events[org_id],
            self._partners[org_id],
            self._stating(row),
        )

    def _printed(self, org_id: str) -> Iterator[tuple[str, str | None]]:
        """Yield the names of a body as published, with the language of the source of each."""
        for row in self._names[org_id]:
            if row["kind"] not in _NOT_NAMES:
                sources = self._sources.get(row["row_id"], ())
                yield row["name"], next((self._languages[one] for one in sources if self._languages[one]), None)

    def _name(self, text: str, language: str | None) -> Name:
        tag = self._tag(text, language)
        return Name(text, tag if tag not in {"en", "und-Latn"} else None)

    def _stating(self, row: Row) -> tuple[CitedSource, ...]:
        return tuple(self._cited[source_id] for source_id in self._sources.get(row["row_id"], ()))

    def _linked(self, org_id: str, note: str = "") -> Linked:
        body = self.bodies[org_id]
        return Linked(body["name"], f"{organisations_page(body['country'])}#{organisation_anchor(org_id)}", note)

    def _affiliation(self, row: Row, other: str) -> Affiliation:
        status = (
            words("organisations.status_not_stated")
            if row["status"] == _UNKNOWN
            else wording.label("affiliation_statuses", row["status"]).lower()
        )
        known = [words(key, date=cldr.date(row[name])) for name, key in _DATES.items() if row[name]]
        return Affiliation(self._linked(row[other]), ", ".join([status, *known]), self._stating(row))

    def _membership(self, row: Row) -> Membership:
        return Membership(
            wording.quantity(row["value"], None, qualifier=row["qualifier"]),
            wording.label("populations", row["population"]),
            cldr.date(row["as_of"]) if row["as_of"] else "",
            self._stating(row),
        )

    def _events_by_body(self, events: pl.DataFrame, countries: frozenset[str]) -> defaultdict[str, tuple[Linked, ...]]:
        """Return the events that name each body, the most recent first, with its roles."""
        named = self._tables["actors"].drop_nulls("org_id").select("org_id", "event_id", "role").unique()
        by_role = named.group_by("org_id", "event_id").agg(pl.col("role").sort())
        told = by_role.join(
            events.select("event_id", "label", "start_date", "end_date", "start_first", "countries"), on="event_id"
        ).sort("start_first", "event_id", "org_id", descending=[True, False, False], nulls_last=True)
        found: defaultdict[str, tuple[Linked, ...]] = defaultdict(tuple)
        for row in told.iter_rows(named=True):
            own = self.bodies[row["org_id"]]["country"]
            shown = sorted(countries.intersection(row["countries"]), key=lambda one: (one != own, one))
            address = f"{events_page(shown[0])}#{event_anchor(row['event_id'])}" if shown else None
            roles = cldr.listing(wording.label("roles", role).lower() for role in row["role"])
            date = wording.period(row["start_date"], row["end_date"])
            note = (
                words("organisations.event", date=date, roles=roles)
                if date
                else words("organisations.event_undated", roles=roles)
            )
            found[row["org_id"]] += (Linked(row["label"], address, note),)
        return found

    def _partners_by_body(self, events: pl.DataFrame) -> defaultdict[str, tuple[Linked, ...]]:
        """Return the bodies that take part in the same events, those with most shared events first."""
        pairs = co_participation.shared_events(co_participation.participations(events, self._tables["actors"])).frame
        both = [(a, b, int(n)) for a, b, n in pairs.select("org_a", "org_b", "value").iter_rows()]
        shared: defaultdict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for one, other, n in both + [(b, a, n) for a, b, n in both]:
            shared[one].append((-n, self.bodies[other]["name"], other))
        found: defaultdict[str, tuple[Linked, ...]] = defaultdict(tuple)
        for one, others in shared.items():
            found[one] = tuple(self._linked(other, cldr.number(-n)) for n, _, other in sorted(others))
        return found


def _grouped(frame: pl.DataFrame, by: str, *order: str) -> defaultdict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in frame.sort(by, *order, "row_id", nulls_last=True).iter_rows(named=True):
        found[row[by]].append(row)
    return found
