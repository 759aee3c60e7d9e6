"""The page of the sources on a country: each once with what it states, by publisher, and the mix of sources."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import polars as pl

from socdialog import codebook
from socdialog.codebook import wording
from socdialog.display.addresses import event_anchor, list_anchor, slug, sources_page
from socdialog.display.messages import words
from socdialog.display.statements import Statement
from socdialog.folding import alphabetical
from socdialog.metrics import activity
from socdialog.site.cited_sources import CitedSource, states
from socdialog.site.country_slices import CountrySlice
from socdialog.site.page_shell import SiteInfo, site_page

#: How the mix of sources is shown: the column, its heading, the caption of its table, and the vocabulary of its codes.
_MIXES = {
    "kind": ("source_page.type", "source_page.by_type", "source_kinds"),
    "language": ("source_page.language", "source_page.by_language", "languages"),
}
#: Statements of one source that the page writes.
_WRITTEN = 1000


class Reference(NamedTuple):
    """A source, what it states, and the events that it reports: their names and their places on the page of events.

    Of a publisher of thousands of values the first are written; `more` says how many are not.
    """

    source: CitedSource
    states: tuple[str, ...]
    events: tuple[tuple[str, str], ...]
    more: int


class Publisher(NamedTuple):
    """A publisher with its sources; the names that it is written with share a place."""

    anchor: str
    name: str
    references: tuple[Reference, ...]

    @property
    def events(self) -> int:
        """How many events its sources report."""
        return len({anchor for one in self.references for _, anchor in one.events})


class Mix(NamedTuple):
    """How many sources are of which kind, and for how many of all this is stated."""

    title: str
    caption: str
    rows: tuple[tuple[str, int], ...]
    known: int
    n: int


def render_sources(own: CountrySlice, site: SiteInfo) -> str:
    """Return the page of the sources on a country.

    Parameters
    ----------
    own
        The rows of the country.
    site
        The site.
    """
    publishers = publishers_of(own)
    return site_page(
        sources_page(own.country),
        words("source_page.title", country=own.name),
        site,
        template="sources.html.j2",
        own=own,
        profile=site.profile(own.country),
        publishers=publishers,
        n=sum(len(one.references) for one in publishers),
        mixes=source_mixes(own),
    )


def publishers_of(own: CountrySlice) -> tuple[Publisher, ...]:
    """Return the publishers of all sources that rows of the country are based on, in alphabetical order."""
    order = {name: place for place, name in enumerate(codebook.tables())}
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    place = pl.col("table").replace_strict(order, default=None, return_dtype=pl.Int64)
    stated = own.evidence.sort(place, "raw_file", "raw_line", "row_id", "source_id")
    for row in stated.iter_rows(named=True):
        said[row["source_id"]].append(Statement.of(row))
    events = _events(own)
    cited = own.cited
    found: defaultdict[str, list[Reference]] = defaultdict(list)
    for source_id in sorted(said, key=lambda one: (cited[one].published or "9", cited[one].text, one)):
        source = cited[source_id]
        written, more = states(said[source_id][:_WRITTEN]), max(0, len(said[source_id]) - _WRITTEN)
        found[slug(source.publisher)].append(Reference(source, written, events[source_id], more))
    named = [
        Publisher(list_anchor("publisher", of[0].source.publisher), min(one.source.publisher for one in of), tuple(of))
        for of in found.values()
    ]
    return tuple(alphabetical(named, lambda one: one.name, lambda one: one.anchor))


def source_mixes(own: CountrySlice) -> tuple[Mix, ...]:
    """Count the sources of the country by type and by language."""
    of_country = own["citations"].filter(pl.col("source_id").is_in(own.evidence.get_column("source_id").implode()))
    found = []
    for field, (title, caption, vocabulary) in _MIXES.items():
        frame = activity.source_mix(of_country, field).frame
        counts = frame.select(field, "value").iter_rows()
        rows = tuple((wording.label(vocabulary, code), int(value)) for code, value in counts)
        known = sum(value for _, value in rows)
        found.append(Mix(words(title), words(caption, country=own.name), rows, known, of_country.height))
    return tuple(found)


def _events(own: CountrySlice) -> defaultdict[str, tuple[tuple[str, str], ...]]:
    """Return the events that each source reports, each once, by date."""
    labels = own["events"].select("event_id", "start_first", event_label="label")
    told = own["reports"].select("event_id", "source_id").unique().join(labels, on="event_id")
    found: defaultdict[str, tuple[tuple[str, str], ...]] = defaultdict(tuple)
    for row in told.sort("start_first", "event_id", "source_id", nulls_last=True).iter_rows(named=True):
        found[row["source_id"]] += ((row["event_label"], event_anchor(row["event_id"])),)
    return found
