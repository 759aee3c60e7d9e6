"""Which rows of each clean table belong to a country, and which to a span of years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import polars as pl

from socdialog import dates, schemas
from socdialog.dates import DateLike
from socdialog.errors import UsageError, unknown

Tables = Mapping[str, pl.DataFrame]

#: Tables that hold for every country: kept whole.
WHOLE = (
    "countries",
    "conventions",
    "indicators",
    "indicators_reported",
)
#: Tables whose rows belong to their own country, and hang on nothing else.
BY_COUNTRY = (
    "institutions",
    "ratifications",
    "ratification_counts",
    "legal_framework",
    "supervision",
    "minimum_wages",
    "country_years",
    "not_published",
)
#: The date column by which `since` and `until` choose rows.
DATED = {
    "events": "start_date",
    "reports": "start_date",
    "sources": "published",
    "memberships": "as_of",
    "institutions": "date",
    "ratifications": "ratified_on",
    "ratification_counts": "as_of",
    "legal_framework": "as_of",
    "minimum_wages": "from",
}
#: The column that holds a year as a number.
YEARED = {"country_years": "year", "supervision": "year"}


def known_countries(tables: Callable[[str], pl.DataFrame], table: str, countries: Iterable[str]) -> tuple[str, ...]:
    """Return `countries` sorted, after refusing any that the data does not know.

    Raises
    ------
    UsageError
        With one line for each unknown country, and the nearest right code.
    """
    wanted = tuple(sorted(set(countries)))
    study = set(tables("countries").get_column("country"))
    met = study | set(tables("reports").get_column("countries").explode(empty_as_null=True).drop_nulls())
    wrong = [code for code in wanted if code not in met]
    if wrong:
        raise UsageError(
            f"load_{table}: no such country in this study",
            details=[unknown("country", code, study if len(code) != 3 else met) for code in wrong],  # noqa: PLR2004 - ISO 3166-1 alpha-3
            hint="countries are ISO 3166-1 alpha-3 codes, as in data/raw/registry/countries.csv",
        )
    return wanted


#: Tables for those who review links. What they say of two reports weighs names by the whole collection, so a
#: page must not depend on them: a report about one country would change the pages of others.
OF_REVIEW = ("links", "decisions")


def for_pages(tables: Tables, countries: tuple[str, ...] | None) -> dict[str, pl.DataFrame]:
    """Return what a page about `countries` may depend on; None = about all of them."""
    chosen = tables if countries is None else of_countries(tables, countries)
    return {name: frame for name, frame in chosen.items() if name not in OF_REVIEW}


def of_countries(tables: Tables, countries: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Return the rows of every table that belong to `countries`.

    A report belongs to the countries it is about; what hangs on it, on its event or on its source
    goes with it. A registered organisation belongs to its country, and to every country whose
    events or affiliations name it.
    """
    has = pl.col("countries").list.eval(pl.element().is_in(countries)).list.any()
    kept: dict[str, pl.DataFrame] = {name: tables[name] for name in WHOLE if name in tables}
    kept["events"] = tables["events"].filter(has)
    reports = _among(tables["reports"], "event_id", kept["events"].get_column("event_id"))
    kept["reports"] = reports
    for name in ("actors", "people", "figures"):
        if name in tables:
            kept[name] = _among(tables[name], "report_id", reports.get_column("report_id"))
    kept["sources"] = _with_originals(tables["sources"], reports.get_column("source_id"))
    told = set(reports.get_column("report_id"))
    for name in OF_REVIEW:
        if name in tables:
            kept[name] = tables[name].filter(pl.col("report_a").is_in(told) & pl.col("report_b").is_in(told))
    kept["places"] = _among(tables["places"], "place_id", reports.get_column("place_id"))
    kept["disagreements"] = tables["disagreements"].filter(
        pl.col("country").is_in(countries) | pl.col("event_id").is_in(set(kept["events"].get_column("event_id")))
    )
    kept |= {name: tables[name].filter(pl.col("country").is_in(countries)) for name in BY_COUNTRY}
    kept |= _registry(tables, kept, countries)
    if "person_names" in tables:
        named = set(kept["people"].get_column("person_id").drop_nulls())
        kept["person_names"] = tables["person_names"].filter(
            pl.col("person_id").is_in(named) | pl.col("country").is_in(countries)
        )
        kept["persons"] = _among(tables["persons"], "person_id", kept["person_names"].get_column("person_id"))
    rows = pl.concat([frame.get_column("row_id") for frame in kept.values()])
    kept["evidence"] = _among(tables["evidence"], "row_id", rows)
    kept["citations"] = _with_originals(tables["citations"], kept["evidence"].get_column("source_id"))
    return kept


def _registry(tables: Tables, kept: Tables, countries: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    own = tables["organisations"].filter(pl.col("country").is_in(countries)).get_column("org_id")
    met = pl.concat([kept[name].get_column("org_id").drop_nulls() for name in ("actors", "figures")])
    affiliations = _among(tables["affiliations"], "org_id", own)
    wanted = pl.concat([own, met, affiliations.get_column("affiliate_of")])
    organisations = _among(tables["organisations"], "org_id", wanted)
    return {
        "organisations": organisations,
        "organisation_names": _among(tables["organisation_names"], "org_id", organisations.get_column("org_id")),
        "affiliations": affiliations,
        "memberships": _among(tables["memberships"], "org_id", own),
    }


def _among(frame: pl.DataFrame, column: str, values: pl.Series) -> pl.DataFrame:
    return frame.filter(pl.col(column).is_in(values.drop_nulls().unique().implode()))


def _with_originals(sources: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Keep `wanted` sources, and the texts that they copy."""
    copied = dict(sources.select("source_id", "copy_of").drop_nulls().iter_rows())
    ids = set(wanted.drop_nulls())
    while more := {copied[one] for one in ids if one in copied} - ids:
        ids |= more
    return sources.filter(pl.col("source_id").is_in(ids))


def of_years(frame: pl.DataFrame, table: str, *, since: DateLike | None, until: DateLike | None) -> pl.DataFrame:
    """Return the rows of `frame` whose date may lie from `since` to `until`.

    Bounds decide: a row of 1992 may lie after 1992-05. A row without a date is left out as soon as
    either end is given.

    Raises
    ------
    UsageError
        When an end is no date, or the two are out of order.
    """
    if since is None and until is None:
        return frame
    first, last = dates.span(since, until)
    if table in YEARED:
        low, high = (pl.date(pl.col(YEARED[table]), month, day) for month, day in ((1, 1), (12, 31)))
    else:
        low, high = (pl.col(name) for name in schemas.bound_names(DATED[table]))
    return frame.filter(high >= first, low <= last)
