"""The key figures of a country: latest official values, conventions in force, agreement, minimum wage, members claimed.

Each is one value, or which absence it is; pages put it into words. They are the same wherever a page shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from socdialog import codebook
from socdialog.codebook.attributes import attribute, codes_with
from socdialog.metrics import official, standards
from socdialog.metrics.institutions import agreement_periods
from socdialog.metrics.minimum_wages import in_force_on
from socdialog.metrics.releases import release_order
from socdialog.results import KeyFigure

Tables = Mapping[str, pl.DataFrame]
#: The official series that are key figures, by the section of a page that shows each.
_SERIES = {
    "union_density": "actors",
    "bargaining_coverage": "dialogue",
    "strikes": "disputes",
    "labour_rights": "standards",
}


def key_figures(tables: Tables, *, country: str, as_of: date) -> tuple[KeyFigure, ...]:
    """Return the key figures of a country in the order in which pages show them.

    Parameters
    ----------
    tables
        Clean tables by name.
    country
        Country (ISO 3166-1 alpha-3).
    as_of
        The day of the edition: a wage that begins later is not in force.

    Notes
    -----
    Step of: every page that shows key figures.
    """
    series = {use: official_figure(tables, use, country=country) for use in _SERIES}
    return (
        series["union_density"],
        series["bargaining_coverage"],
        series["strikes"],
        conventions_figure(tables, country=country, as_of=as_of),
        series["labour_rights"],
        agreement_figure(tables["institutions"], country=country),
        wage_figure(tables["minimum_wages"], country=country, as_of=as_of),
        members_figure(tables["memberships"], tables["organisations"], country=country),
    )


def shown_as(indicators: pl.DataFrame, use: str, section: str) -> list[str]:
    """Return the indicators that a study shows as one quantity, such as union density, in its order.

    Parameters
    ----------
    indicators
        Clean table.
    use
        Code of ``shown_with``.
    section
        The section whose first series is returned where the study says of none what it is shown with.

    Notes
    -----
    Step of: `key_figures`.
    """
    ordered = indicators.sort("section_order", "indicator", nulls_last=True)
    marked = ordered.filter(pl.col("shown_with") == use)
    if marked.height:
        return marked.get_column("indicator").to_list()
    free = ordered.filter((pl.col("section") == section) & pl.col("shown_with").is_null())
    return free.get_column("indicator").to_list()[:1]


def by_publisher(indicators: pl.DataFrame, indicator: str) -> pl.Expr:
    """Return what rows of a series sort by: its publishers in the order of the catalogue, others after them.

    Notes
    -----
    Step of: `key_figures`.
    """
    listed = indicators.filter(pl.col("indicator") == indicator).get_column("source").explode().drop_nulls().to_list()
    places = {name: place for place, name in enumerate(listed)}
    return pl.col("source").replace_strict(places, default=len(places), return_dtype=pl.Int64)


def latest_value(tables: Tables, codes: Sequence[str], *, country: str) -> dict[str, Any] | None:
    """Return the latest value of the first series that has one; None without any.

    Parameters
    ----------
    tables
        Clean tables by name.
    codes
        Indicators, in their order.
    country
        Country (ISO 3166-1 alpha-3).

    Returns
    -------
    dict
        The row of `official.official_series` with the ``indicator``: of the first publisher in the catalogue that has
        a value, from its latest release with one.

    Notes
    -----
    Step of: `key_figures`.
    """
    for indicator in codes:
        found = series_of(tables, indicator, country=country)
        given = None if found is None else found.drop_nulls("value")
        if given is not None and given.height:
            order = (by_publisher(tables["indicators"], indicator), "source", release_order(), "vintage", "year")
            first = given.sort(*order, descending=[False, False, True, True, True])
            return {**first.row(0, named=True), "indicator": indicator}
    return None


def series_of(tables: Tables, indicator: str, *, country: str) -> pl.DataFrame | None:
    """Return a series as a whole; None where a publisher gives parts of it only, which are never added up.

    Notes
    -----
    Step of: `latest_value`.
    """
    try:
        found = official.official_series(
            tables["country_years"],
            tables["not_published"],
            country=country,
            indicator=indicator,
            indicators=tables["indicators"],
        ).frame
    except official.NoTotalError:
        return None
    return found.filter(pl.col("availability") != official.NOT_KNOWN)


def official_figure(tables: Tables, use: str, *, country: str) -> KeyFigure:
    """Return the latest value of an official series as a key figure, or which absence it is.

    Notes
    -----
    Step of: `key_figures`.
    """
    codes = shown_as(tables["indicators"], use, _SERIES[use])
    catalogue = {row["indicator"]: row for row in tables["indicators"].iter_rows(named=True)}
    row = latest_value(tables, codes, country=country)
    if row is not None:
        about = catalogue[row["indicator"]]
        return KeyFigure(
            use,
            value=row["value"],
            unit=row["unit"],
            date=str(row["year"]),
            publisher=row["source"],
            release=row["vintage"],
            modelled=attribute("obs_statuses", row["obs_status"], "modelled") is True,
            whom=about.get("share_of") or "",
            direction=about["direction"],
            evidence=tuple(row["evidence"]),
        )
    for indicator in codes:
        found = series_of(tables, indicator, country=country)
        if found is None:
            own = tables["country_years"].filter((pl.col("country") == country) & (pl.col("indicator") == indicator))
            return _absent(use, "only_parts", own.sort(release_order(), "vintage", "source").row(-1, named=True))
        if found.height:
            last = found.sort(release_order(), "vintage", "source").row(-1, named=True)
            return _absent(use, last["availability"], last)
    return KeyFigure(use, availability="no_data")


def _absent(use: str, availability: str, row: Mapping[str, Any]) -> KeyFigure:
    evidence = tuple(row["evidence"]) if "evidence" in row else (row["row_id"],)
    return KeyFigure(use, availability=availability, publisher=row["source"], release=row["vintage"], evidence=evidence)


def conventions_figure(tables: Tables, *, country: str, as_of: date) -> KeyFigure:
    """Return how many conventions of the first group that is held completely are in force.

    Notes
    -----
    Step of: `key_figures`.
    """
    group = codebook.section_codes()["counted_groups"][0]
    found = standards.conventions_in_force(
        tables["ratifications"], tables["conventions"], country=country, group=group, as_of=as_of
    ).frame.row(0, named=True)
    if found["value"] is None:
        return KeyFigure("conventions", availability="no_data", group=group)
    return KeyFigure(
        "conventions",
        value=found["value"],
        total=float(found["n"]),
        missing=float(found["not_known"] - found["stale"]),
        outdated=float(found["stale"]),
        group=group,
        date=as_of.strftime("%Y-%m"),
        evidence=tuple(found["evidence"]),
    )


def agreement_figure(institutions: pl.DataFrame, *, country: str) -> KeyFigure:
    """Return the general agreement that ends last: its years, and when it was signed.

    Notes
    -----
    Step of: `key_figures`.
    """
    own = agreement_periods(institutions.filter(pl.col("country") == country))
    if own.is_empty():
        return KeyFigure("agreement", availability="no_data")
    ends = pl.coalesce("period_end_last", "date_last")
    row = own.sort(ends, "date_last", "name", "row_id", nulls_last=False).row(-1, named=True)
    begins = row["sure_from"] or row["possible_from"]
    return KeyFigure(
        "agreement",
        start=str(begins.year) if begins is not None else None,
        end=row["period_end"],
        date=row["date"],
        body=row["name"],
        evidence=(row["row_id"],),
    )


def wage_figure(minimum_wages: pl.DataFrame, *, country: str, as_of: date) -> KeyFigure:
    """Return the minimum wage in force; of several amounts that of the longest period of pay, gross before net.

    Notes
    -----
    Step of: `key_figures`.
    """
    found = in_force_on(minimum_wages, country=country, as_of=as_of)
    if found.is_empty():
        return KeyFigure("minimum_wage", availability="no_data")
    periods = {code: place for place, code in enumerate(reversed(list(codebook.vocabulary("wage_periods"))))}
    longest = pl.col("per").replace_strict(periods, default=len(periods), return_dtype=pl.Int64)
    row = found.sort(longest, "counted", "currency", "value").row(0, named=True)
    return KeyFigure(
        "minimum_wage",
        value=row["value"],
        unit=row["per"],
        currency=row["currency"],
        counted=row["counted"],
        start=row["since"],
        evidence=tuple(row["evidence"]),
    )


def members_figure(memberships: pl.DataFrame, organisations: pl.DataFrame, *, country: str) -> KeyFigure:
    """Return the largest membership that is claimed for a trade union confederation, each by its latest claim.

    Notes
    -----
    Step of: `key_figures`.
    """
    is_peak = (pl.col("side") == "workers") & pl.col("level").is_in(codebook.section_codes()["peaks"])
    bodies = organisations.filter((pl.col("country") == country) & is_peak).select("org_id", "name", "acronym")
    claims = latest_claims(memberships).join(bodies, on="org_id")
    if claims.is_empty():
        return KeyFigure("members", availability="no_data")
    row = claims.sort("value", "name", "org_id", descending=[True, False, False]).row(0, named=True)
    return KeyFigure(
        "members",
        value=row["value"],
        qualifier=row["qualifier"],
        date=row["as_of"],
        body=(row["acronym"] or "").split(";")[0].strip() or row["name"],
        evidence=(row["row_id"],),
    )


def latest_claims(memberships: pl.DataFrame) -> pl.DataFrame:
    """Return the latest claim of the total membership of each organisation; an undated claim only without a dated one.

    Notes
    -----
    Step of: `members_figure`.
    """
    total = codes_with("populations", "total", value=True)
    place = pl.col("population").cast(pl.Enum(total))
    found = memberships.filter(pl.col("population").is_in(total))
    ordered = found.sort(
        *("org_id", "as_of_last", place, "value", "row_id"),
        descending=[False, True, False, True, False],
        nulls_last=True,
    )
    return ordered.unique("org_id", keep="first", maintain_order=True)


__all__ = [
    "agreement_figure",
    "by_publisher",
    "conventions_figure",
    "key_figures",
    "latest_claims",
    "latest_value",
    "members_figure",
    "official_figure",
    "series_of",
    "shown_as",
    "wage_figure",
]
__dir__ = __all__.copy
