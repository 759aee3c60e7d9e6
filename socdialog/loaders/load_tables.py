"""Loading: one validated table a call, as an eager frame sorted by its key.

`load` serves any table of the data dictionary; each table has a function of its own, whose options are those that the
table can serve:

countries
    ISO 3166-1 alpha-3 codes. Rows that belong to any of them are kept; an unknown code is an error.
since, until
    A year (``2018``), a month (``"2018-05"``) or a day. Rows whose date may lie within are
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
from datetime import date

import polars as pl

from socdialog import codebook, schemas
from socdialog.advice import unknown
from socdialog.codebook import Table
from socdialog.dates import DateLike
from socdialog.errors import UsageError
from socdialog.intake.disputes import build_disputes
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import CheckedRaw, Data, open_tables
from socdialog.loaders.selection import Tables, known_countries, of_countries, of_years
from socdialog.loaders.vintages import LATEST, of_vintage, tell_vintages

Ends = DateLike | None
#: What makes a table that is not stored of those that are.
_MADE: dict[str, Callable[[Tables], pl.DataFrame]] = {"disputes": build_disputes, "evidence": build_evidence}


def load(
    table: str,
    *,
    countries: Sequence[str] | None = None,
    since: Ends = None,
    until: Ends = None,
    data: Data = None,
) -> pl.DataFrame:
    """Load any table of the data dictionary, raw or derived, by its name.

    Parameters
    ----------
    table
        Name of the table, such as ``"events"``.
    countries
        ISO 3166-1 alpha-3 codes; rows that belong to any of them are kept.
    since, until
        A year, month or day; rows whose date may lie within are kept.
    data
        The folder that holds ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Raises
    ------
    DataError
        With every error of the raw data.
    UsageError
        For an unknown table or country, a wrong date, or an option that the table cannot serve.
    """
    if table not in codebook.tables():
        raise UsageError(unknown("table", table, codebook.tables()))
    spec = codebook.tables()[table]
    frame = _of(spec, countries, data)
    return frame if (since, until) == (None, None) else of_years(frame, table, since=since, until=until)


def _of(spec: Table, countries: Sequence[str] | None, data: Data) -> pl.DataFrame:
    table = spec.name
    found = open_tables(table, data)
    if spec.stored and not found.has(table):
        raise UsageError(
            f"this snapshot holds no table {table}", hint="tables of people are there only with --with-people"
        )
    if isinstance(countries, str):
        raise UsageError("countries takes a list of codes", hint=f'write countries=["{countries}"]')
    wanted = None if countries is None else known_countries(found.table, table, countries)
    if isinstance(found, CheckedRaw) or (spec.stored and wanted is None) or spec.by_country:
        return found.table(table) if wanted is None else found.rows(table, pl.col("country").is_in(wanted))
    tables = found.tables() if wanted is None else of_countries(found.tables(), wanted)
    if spec.stored and (table not in tables or spec.belongs_to == ("all",)):
        raise UsageError(f"{table}: its rows belong to no country", hint="leave countries out")
    return tables[table] if spec.stored else _MADE[table](tables)


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
    """Load the sources that report union activity."""
    return load("sources", countries=countries, since=since, until=until, data=data)


@_documented
def load_reports(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load what one source reports about one event."""
    return load("reports", countries=countries, since=since, until=until, data=data)


@_documented
def load_events(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load events, each with one or more reports."""
    return load("events", countries=countries, since=since, until=until, data=data)


@_documented
def load_disputes(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load strikes and lockouts with what is claimed of them, as `socdialog.metrics.disputes` takes them."""
    return load("disputes", countries=countries, since=since, until=until, data=data)


@_documented
def load_links(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load pairs of reports that were compared, with the judgement and why."""
    return load("links", countries=countries, data=data)


@_documented
def load_decisions(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load decisions that two reports are about one event, or are not."""
    return load("decisions", countries=countries, data=data)


@_documented
def load_event_ids(*, data: Data = None) -> pl.DataFrame:
    """Load the permanent ids of events."""
    return load("event_ids", data=data)


@_documented
def load_actors(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load organisations named in reports."""
    return load("actors", countries=countries, data=data)


@_documented
def load_people(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load officials named in reports, in an official capacity."""
    return load("people", countries=countries, data=data)


@_documented
def load_figures(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load numbers in reports, with who claims them."""
    return load("figures", countries=countries, data=data)


@_documented
def load_indicators_reported(*, data: Data = None) -> pl.DataFrame:
    """Load indicators that reported figures may use."""
    return load("indicators_reported", data=data)


@_documented
def load_disagreements(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load disagreements between and within sources."""
    return load("disagreements", countries=countries, data=data)


@_documented
def load_countries(*, data: Data = None) -> pl.DataFrame:
    """Load the countries of the study."""
    return load("countries", data=data)


@_documented
def load_organisations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load registered organisations."""
    return load("organisations", countries=countries, data=data)


@_documented
def load_organisation_names(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load printed forms of organisations' names."""
    return load("organisation_names", countries=countries, data=data)


@_documented
def load_name_decisions(*, data: Data = None) -> pl.DataFrame:
    """Load decisions on which organisation or person a name means."""
    return load("name_decisions", data=data)


@_documented
def load_name_exceptions(*, data: Data = None) -> pl.DataFrame:
    """Load names of bodies and places that are called after a person."""
    return load("name_exceptions", data=data)


@_documented
def load_affiliations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load memberships of organisations in others."""
    return load("affiliations", countries=countries, data=data)


@_documented
def load_memberships(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load claimed memberships, all claims about one body."""
    return load("memberships", countries=countries, since=since, until=until, data=data)


@_documented
def load_persons(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load registered officials."""
    return load("persons", countries=countries, data=data)


@_documented
def load_person_names(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load printed forms of officials' names."""
    return load("person_names", countries=countries, data=data)


@_documented
def load_person_distinct(*, data: Data = None) -> pl.DataFrame:
    """Load pairs of officials with similar names who are different people."""
    return load("person_distinct", data=data)


@_documented
def load_institutions(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load tripartite bodies, laws, programmes and general agreements."""
    return load("institutions", countries=countries, since=since, until=until, data=data)


@_documented
def load_context(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load curated statements on a country's labour relations; rows without one are further sources of it."""
    return load("context", countries=countries, since=since, until=until, data=data)


@_documented
def load_places(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load places of events."""
    return load("places", countries=countries, data=data)


@_documented
def load_conventions(*, data: Data = None) -> pl.DataFrame:
    """Load ILO conventions and protocols."""
    return load("conventions", data=data)


@_documented
def load_ratifications(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load what is known of each country's ratifications."""
    return load("ratifications", countries=countries, since=since, until=until, data=data)


@_documented
def load_ratification_counts(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load totals of ratifications as someone reports them."""
    return load("ratification_counts", countries=countries, since=since, until=until, data=data)


@_documented
def load_legal_framework(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load provisions of law, as one source states them."""
    return load("legal_framework", countries=countries, since=since, until=until, data=data)


@_documented
def load_supervision(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load comments and cases of the ILO's supervisory bodies."""
    return load("supervision", countries=countries, since=since, until=until, data=data)


@_documented
def load_minimum_wages(
    *, countries: Sequence[str] | None = None, since: Ends = None, until: Ends = None, data: Data = None
) -> pl.DataFrame:
    """Load minimum wages, nominal, as reported."""
    return load("minimum_wages", countries=countries, since=since, until=until, data=data)


@_documented
def load_country_years(
    *,
    countries: Sequence[str] | None = None,
    since: Ends = None,
    until: Ends = None,
    vintage: str | date = LATEST,
    data: Data = None,
) -> pl.DataFrame:
    """Load official values of one release of each series; which ones were left out is printed.

    ``vintage`` is ``"latest"``, ``"all"``, a release (``"6.1"``, ``"2026-02-26"``), a month or year of releases
    (``"2026-02"``), or a day: the release that was the latest then. Releases are never mixed within a series.
    """
    every = load("country_years", countries=countries, data=data)
    found = of_vintage(every, vintage)
    if vintage == LATEST:
        tell_vintages(found, every)
    return of_years(found, "country_years", since=since, until=until)


@_documented
def load_not_published(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load series that the publisher does not publish."""
    return load("not_published", countries=countries, data=data)


@_documented
def load_indicator_cautions(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load what must be known of an official series in one country only."""
    return load("indicator_cautions", countries=countries, data=data)


def load_indicators(*, data: Data = None) -> pl.DataFrame:
    """Load indicators of official series."""
    return load("indicators", data=data)


@_documented
def load_citations(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load every source that any row is based on."""
    return load("citations", countries=countries, data=data)


@_documented
def load_evidence(*, countries: Sequence[str] | None = None, data: Data = None) -> pl.DataFrame:
    """Load what each source reports for each row."""
    return load("evidence", countries=countries, data=data)
