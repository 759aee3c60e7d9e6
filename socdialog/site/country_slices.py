"""What the pages of events and sources of a country are made from: its rows, and what each source states in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook import wording
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.selection import events_within, of_countries
from socdialog.site.cited_sources import CitedSource, cited_sources


@dataclass(frozen=True)
class CountrySlice:
    """The rows of one country.

    Parameters
    ----------
    country, name
        Its code and its name.
    tables
        Its rows of every clean table, without what must not be published; events and what belongs to them are of the
        years of the study, as on the profile, so that counts and lists agree.
    """

    country: str
    name: str
    tables: Mapping[str, pl.DataFrame]

    def __getitem__(self, table: str) -> pl.DataFrame:
        return self.tables[table]

    @cached_property
    def cited(self) -> dict[str, CitedSource]:
        """Its sources by id."""
        return cited_sources(self.tables["citations"])

    @cached_property
    def evidence(self) -> pl.DataFrame:
        """What each source states in rows that belong to the country, and not to every country."""
        rows = [
            row_id
            for name, spec in codebook.tables().items()
            if spec.file and spec.sources and spec.belongs_to not in {(), ("all",)}
            for row_id in self.tables[name].get_column("row_id")
        ]
        return build_evidence(self.tables, rows)


def every_table(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return `tables` with an empty one for each that is not among them, so that pages need not ask."""
    return {
        name: tables[name] if name in tables else pl.DataFrame(schema=schemas.clean_dtypes(name))
        for name in codebook.tables()
    }


def country_slices(
    tables: Mapping[str, pl.DataFrame], countries: Iterable[str], *, since: int | None
) -> Iterator[CountrySlice]:
    """Yield the rows of each country, by code.

    Parameters
    ----------
    tables
        The clean tables, without what must not be published.
    countries
        Codes of the countries that get pages.
    since
        The first year of the study; None = with its first event.
    """
    names = dict(tables["countries"].select("country", "name").iter_rows())
    for country in sorted(countries):
        own = of_countries(tables, (country,))
        own = {name: own.get(name, frame.clear()) for name, frame in tables.items()}
        kept = events_within(own["events"], since=since).filter(pl.col("countries").list.contains(country))
        within = pl.col("event_id").is_in(kept.get_column("event_id").implode()) | pl.col("event_id").is_null()
        own = {name: frame.filter(within) if "event_id" in frame.columns else frame for name, frame in own.items()}
        told = own["reports"].get_column("source_id").implode()
        own["sources"] = tables["sources"].filter(pl.col("source_id").is_in(told))
        yield CountrySlice(country, names.get(country) or wording.label("iso_countries", country), own)
