"""Who claims a figure: an organisation by its one abbreviation, whatever form the source uses."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from socdialog.profiles.context import ProfileContext


@dataclass(frozen=True, slots=True)
class Claimants:
    """The organisations of a page, by every name that is of one of them only.

    Parameters
    ----------
    organisations
        Id of the organisation of each name.
    written
        How each organisation is written: its abbreviation, or its name where it has none.
    """

    organisations: dict[str, str]
    written: dict[str, str]

    @classmethod
    def of(cls, context: ProfileContext) -> Claimants:
        """Return the organisations of the countries of a page, and those of no single country."""
        own = pl.col("country").is_null() | pl.col("country").is_in(context.countries)
        organisations = context.tables["organisations"].filter(own)
        names = context.tables["organisation_names"].join(organisations.select("org_id"), on="org_id", how="semi")
        every = pl.concat([names.select("name", "org_id"), organisations.select("name", "org_id")]).unique()
        single = every.filter(pl.col("org_id").n_unique().over("name") == 1)
        abbreviation = pl.col("acronym").str.split(";").list.first().str.strip_chars()
        written = organisations.select("org_id", abbreviation.fill_null(pl.col("name")))
        return cls(dict(single.iter_rows()), dict(written.iter_rows()))

    def written_as(self, claimant: str) -> str:
        """Return how a claimant is written."""
        return self.written.get(self.organisations.get(claimant, ""), claimant)

    def is_publisher(self, claimant: str, publisher: str) -> bool:
        """Return whether a publisher claims a figure itself, which needs no saying."""
        organisation = self.organisations.get(claimant)
        return organisation is not None and organisation == self.organisations.get(publisher)
