"""The ``load_*`` functions: one validated table a call, as an eager frame sorted by its key.

All take the same keyword options:

countries
    ISO 3166-1 alpha-3 codes. Rows that belong to any of them are kept; an unknown code is an error.
since, until
    A year (``2018``) or a date of reduced precision (``"2018-05"``). Rows whose date may lie within are
    kept; rows without a date are left out as soon as either end is given.
data
    The folder that holds ``raw/`` and ``clean/``; default: ``SOCDIALOG_DATA``, else the nearest
    ``data/`` at or above the working folder.

The clean tables are refreshed when the raw data changed; raw files that nobody touched since the last
look (by size, inode and times) are not read again to find out. While the clean tables are behind, a long
file of official series is checked and read itself, and nothing is written: `sd.clean()` makes its Parquet,
of which one country's rows are read without the others'.

They raise `DataError` with every error of the raw data, and `UsageError` for a wrong option.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from socdialog import codebook, schemas
from socdialog.errors import UsageError
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import CheckedRaw, Data, open_tables
from socdialog.loaders.selection import known_countries, of_countries, of_years

Ends = int | str | None


def _load(
    table: str,
    *,
    countries: Sequence[str] | None = None,
    since: Ends = None,
    until: Ends = None,
    data: Data = None,
) -> pl.DataFrame:
    spec = codebook.tables()[table]
    found = open_tables(table, data)
    if spec.stored and not found.has(table):
        raise UsageError(
            f"this snapshot holds no table {table}", hint="tables of people are there only with --with-people"
        )
    if isinstance(countries, str):
        raise UsageError("countries takes a list of codes", hint=f'write countries=["{countries}"]')
    wanted = None if countries is None else known_countries(found.table, table, countries)
    if isinstance(found, CheckedRaw) or (spec.stored and wanted is None) or spec.by_country:
        frame = found.table(table) if wanted is None else found.rows(table, pl.col("country").is_in(wanted))
    else:
        tables = found.tables() if wanted is None else of_countries(found.tables(), wanted)
        if spec.stored and table not in tables:
            raise UsageError(f"load_{table}: its rows belong to no country", hint="leave countries out")
        frame = tables[table] if spec.stored else build_evidence(tables)
    return of_years(frame, table, since=since, until=until) if (since, until) != (None, None) else frame


def _documented(load: Callable[..., pl.DataFrame]) -> Callable[..., pl.DataFrame]:
    """Complete the docstring with the columns of the data dictionary, so that they stand in one place."""
    table = codebook.tables()[load.__name__.removeprefix("load_")]
    fields = table.every_column
    lines = [
        f"    {name} : {dtype}{f' ({fields[name].unit})' if name in fields and fields[name].unit else ''}\n"
        f"        {fields[name].doc if name in fields else _GENERAL.get(name, 'First or last day the date may mean.')}"
        for name, dtype in schemas.clean_dtypes(table.name).items()
    ]
    known = f"\n\n    Known problems: {table.known_problems}" if table.known_problems else ""
    load.__doc__ = (
        f"{load.__doc__}\n\n    One row is: {table.row}{known}\n\n    Null means not reported; zero is a reported zero."
        "\n\n    Columns\n    -------\n" + "\n".join(lines) + "\n"
    )
    return load


_GENERAL = {
    "row_id": "Id of the row, as evidence lists name it.",
    "raw_file": "File the row was read from.",
    "raw_line": "Line of that file.",
}


@_documented
def load_sources(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load the texts that tell of union activity."""
    return _load("sources", countries=countries, since=since, until=until, data=data)


@_documented
def load_reports(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load what one source says of one event."""
    return _load("reports", countries=countries, since=since, until=until, data=data)


@_documented
def load_events(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load events, each told by one or more reports."""
    return _load("events", countries=countries, since=since, until=until, data=data)


@_documented
def load_links(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load pairs of reports that were compared, with the judgement and why."""
    return _load("links", countries=countries, data=data)


@_documented
def load_actors(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load organisations named in reports."""
    return _load("actors", countries=countries, data=data)


@_documented
def load_people(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load officials named in reports, in an official capacity."""
    return _load("people", countries=countries, data=data)


@_documented
def load_figures(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load numbers in reports, with who claims them."""
    return _load("figures", countries=countries, data=data)


@_documented
def load_indicators_reported(*, data: Data = None) -> pl.DataFrame:
    """Load indicators that reported figures may use."""
    return _load("indicators_reported", data=data)


@_documented
def load_disagreements(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load values that contradict each other."""
    return _load("disagreements", countries=countries, data=data)


@_documented
def load_countries(*, data: Data = None) -> pl.DataFrame:
    """Load the countries of the study."""
    return _load("countries", data=data)


@_documented
def load_organisations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load registered organisations."""
    return _load("organisations", countries=countries, data=data)


@_documented
def load_organisation_names(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load printed forms of organisations' names."""
    return _load("organisation_names", countries=countries, data=data)


@_documented
def load_affiliations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load memberships of organisations in others."""
    return _load("affiliations", countries=countries, data=data)


@_documented
def load_memberships(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load claimed memberships, beside each other."""
    return _load("memberships", countries=countries, since=since, until=until, data=data)


@_documented
def load_persons(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load registered officials."""
    return _load("persons", countries=countries, data=data)


@_documented
def load_person_names(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load printed forms of officials' names."""
    return _load("person_names", countries=countries, data=data)


@_documented
def load_institutions(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load tripartite bodies, laws, programmes and general agreements."""
    return _load("institutions", countries=countries, since=since, until=until, data=data)


@_documented
def load_places(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load places of events."""
    return _load("places", countries=countries, data=data)


@_documented
def load_conventions(*, data: Data = None) -> pl.DataFrame:
    """Load ILO conventions and protocols."""
    return _load("conventions", data=data)


@_documented
def load_ratifications(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load what is known of each country's ratifications."""
    return _load("ratifications", countries=countries, since=since, until=until, data=data)


@_documented
def load_ratification_counts(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load totals of ratifications as someone reports them."""
    return _load("ratification_counts", countries=countries, since=since, until=until, data=data)


@_documented
def load_legal_framework(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load provisions of law, as one source states them."""
    return _load("legal_framework", countries=countries, since=since, until=until, data=data)


@_documented
def load_supervision(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load comments and cases of the ILO's supervisory bodies."""
    return _load("supervision", countries=countries, since=since, until=until, data=data)


@_documented
def load_minimum_wages(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load minimum wages, nominal, as found."""
    return _load("minimum_wages", countries=countries, since=since, until=until, data=data)


@_documented
def load_country_years(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load official values by country, indicator, year, classification, source and vintage."""
    return _load("country_years", countries=countries, since=since, until=until, data=data)


@_documented
def load_not_published(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load series that were looked for and are not published."""
    return _load("not_published", countries=countries, data=data)


@_documented
def load_indicators(*, data: Data = None) -> pl.DataFrame:
    """Load indicators of official series."""
    return _load("indicators", data=data)


@_documented
def load_citations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load every source that any row rests on."""
    return _load("citations", countries=countries, data=data)


@_documented
def load_evidence(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load what each source gave for each row."""
    return _load("evidence", countries=countries, data=data)
