"""The page of the events of a country: each event once with all that is stated of it, and the lists of counts."""

from __future__ import annotations

from typing import Any

import polars as pl

from socdialog.display.addresses import events_page, slug
from socdialog.display.messages import words
from socdialog.site.country_slices import CountrySlice
from socdialog.site.event_entries import Event, events_of
from socdialog.site.event_lists import event_lists
from socdialog.site.page_shell import SiteInfo, site_page

#: Entries on one page, which then weighs about 300 kB; of more events each has a line there, and its entry on a part.
_ENTRIES = 80


def render_events(own: CountrySlice, site: SiteInfo, *, pages: frozenset[str]) -> dict[str, str]:
    """Return the page of the events of a country by its path, and the parts of its entries where there are many.

    Every event and every list has its place on the page itself, whatever their number: of many events the page has
    one line each, which leads to the entry.

    Parameters
    ----------
    own
        The rows of the country.
    site
        The site.
    pages
        The pages of organisations that exist; only these are linked.
    """
    path, title = events_page(own.country), words("event.title", country=own.name)
    events = events_of(own, pages=pages)
    parts = {} if len(events) <= _ENTRIES else dict(enumerate(_batches(events), start=1))
    shown_on = {
        event.event_id: events_page(own.country, part).rpartition("/")[2]
        for part, entries in parts.items()
        for event in entries
    }
    values: dict[str, Any] = {
        "own": own,
        "profile": site.profile(own.country),
        "events": {event.event_id: event for event in events},
        "shown_on": shown_on,
        "lists_on": path.rpartition("/")[2] if parts else "",
    }
    rendered = {
        path: site_page(
            path,
            title,
            site,
            template="events.html.j2",
            groups=event_lists(own),
            lead=_lead(own, site.notes.collection),
            **values,
        )
    }
    for part, entries in parts.items():
        name = words("page.part", title=title, part=str(part), parts=str(len(parts)))
        part_path = events_page(own.country, part)
        rendered[part_path] = site_page(
            part_path, name, site, template="events_part.html.j2", entries=entries, **values
        )
    return rendered


def _batches(events: tuple[Event, ...]) -> list[tuple[Event, ...]]:
    return [events[start : start + _ENTRIES] for start in range(0, len(events), _ENTRIES)]


def _lead(own: CountrySlice, collection: str) -> str:
    """Say how many events the collection holds, from which years, and on what they are based."""
    events, sources = own["events"], own["sources"]
    publishers = {slug(publisher) for publisher in sources.get_column("publisher")}
    return words(
        "events.lead",
        of=words(f"events.{collection}"),
        events=words("events.events", n=events.height),
        period=_period(events),
        sources=words("events.sources", n=sources.height),
        publishers=words("events.publishers", n=len(publishers)),
    )


def _period(events: pl.DataFrame) -> str:
    """Say from which year to which the events with a date are."""
    years = events.get_column("start_first").dt.year().drop_nulls().sort().to_list()
    if not years:
        return ""
    first, last = str(years[0]), str(years[-1])
    if first == last:
        return words("events.period_year", first=first)
    return words("events.period_years", first=first, last=last)
