"""Loading: one validated table a call, as an eager frame sorted by its key.

`load` serves any table of the data dictionary; each table has a function of its own, whose options are those that the
table can serve:

countries
    One or several countries, by ISO 3166-1 code or by name; an unknown one is an error. Rows that belong to any of
    them are kept.
since, until
    A year (``2018``), a month (``"2018-05"``) or a day. Rows whose date may be within the period are
    kept; rows without a date are left out as soon as either end is given.
labels
    ``True`` adds a column of labels after each column of codes; a language (``"ru"``) gives names of countries in it.
data
    The folder that contains ``raw/`` and ``clean/``; default: ``SOCDIALOG_DATA``, else the nearest
    ``data/`` at or above the working folder.

The clean tables are refreshed when the raw data changed; raw files unchanged since the last
check (by size, inode and times) are not read again to find out. While the clean tables are behind, a long
file of official series is checked and read itself, and nothing is written: `sd.clean()` makes its Parquet,
of which one country's rows are read without the others'.

They raise `DataError` with every error of the raw data, and `UsageError` for a wrong option.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

import polars as pl

from socdialog.loaders.choosing import Chosen, events_about, of_codes
from socdialog.loaders.documenting import documented
from socdialog.loaders.fresh import Data
from socdialog.loaders.labels import Labels, table_labels, with_labels
from socdialog.loaders.opening import Countries, End, load, lookup
from socdialog.loaders.selection import of_years
from socdialog.loaders.vintages import LATEST, of_vintage, report_vintages


class LoadTable(Protocol):
    """Loads a table whose rows belong to no country."""

    def __call__(self, *, labels: Labels = False, data: Data = None) -> pl.DataFrame:
        """Load the table."""


class LoadByCountry(Protocol):
    """Loads a table whose rows belong to countries."""

    def __call__(self, *, countries: Countries = None, labels: Labels = False, data: Data = None) -> pl.DataFrame:
        """Load the rows of the table."""


class LoadByCountryAndDate(Protocol):
    """Loads a table whose rows belong to countries and have dates."""

    def __call__(
        self,
        *,
        countries: Countries = None,
        since: End = None,
        until: End = None,
        labels: Labels = False,
        data: Data = None,
    ) -> pl.DataFrame:
        """Load the rows of the table."""


def _table(name: str, summary: str) -> LoadTable:
    def load_table(*, labels: Labels = False, data: Data = None) -> pl.DataFrame:
        return load(name, labels=labels, data=data)

    return documented(load_table, name, summary)


def _by_country(name: str, summary: str) -> LoadByCountry:
    def load_table(*, countries: Countries = None, labels: Labels = False, data: Data = None) -> pl.DataFrame:
        return load(name, countries=countries, labels=labels, data=data)

    return documented(load_table, name, summary)


def _by_country_and_date(name: str, summary: str) -> LoadByCountryAndDate:
    def load_table(
        *,
        countries: Countries = None,
        since: End = None,
        until: End = None,
        labels: Labels = False,
        data: Data = None,
    ) -> pl.DataFrame:
        return load(name, countries=countries, since=since, until=until, labels=labels, data=data)

    return documented(load_table, name, summary)


load_sources = _by_country_and_date("sources", "Load the sources that report union activity.")
load_reports = _by_country_and_date("reports", "Load what one source reports about one event.")
load_disputes = _by_country_and_date(
    "disputes", "Load strikes and lockouts with what is claimed of them, as `socdialog.metrics.disputes` takes them."
)
load_links = _by_country("links", "Load pairs of reports that were compared, with the judgement and why.")
load_decisions = _by_country("decisions", "Load decisions that two reports are about one event, or are not.")
load_source_descriptions = _table("source_descriptions", "Load publishers of websites and titles of cited pages.")
load_event_ids = _table("event_ids", "Load the permanent ids of events.")
load_actors = _by_country("actors", "Load organisations named in reports.")
load_people = _by_country("people", "Load officials named in reports, in an official capacity.")
load_indicators_reported = _table("indicators_reported", "Load indicators that reported figures may use.")
load_disagreements = _by_country("disagreements", "Load disagreements between and within sources.")
load_countries = _table("countries", "Load the countries of the study.")
load_organisations = _by_country("organisations", "Load registered organisations.")
load_organisation_names = _by_country("organisation_names", "Load printed forms of organisations' names.")
load_name_decisions = _table("name_decisions", "Load decisions on which organisation or person a name means.")
load_name_exceptions = _table(
    "name_exceptions", "Load names of organisations and places that contain the name of a person."
)
load_affiliations = _by_country("affiliations", "Load memberships of organisations in others.")
load_memberships = _by_country_and_date("memberships", "Load claimed memberships, all claims about one body.")
load_persons = _by_country("persons", "Load registered officials.")
load_person_names = _by_country("person_names", "Load printed forms of officials' names.")
load_person_distinct = _table("person_distinct", "Load pairs of officials with similar names who are different people.")
load_institutions = _by_country_and_date(
    "institutions", "Load tripartite bodies, laws, programmes and general agreements."
)
load_context = _by_country_and_date(
    "context", "Load curated statements on a country's labour relations; rows without one are further sources of it."
)
load_places = _by_country("places", "Load places of events.")
load_conventions = _table("conventions", "Load ILO conventions and protocols.")
load_ratification_counts = _by_country_and_date(
    "ratification_counts", "Load totals of ratifications as someone reports them."
)
load_legal_framework = _by_country_and_date("legal_framework", "Load provisions of law, as one source states them.")
load_supervision = _by_country_and_date("supervision", "Load comments and cases of the ILO's supervisory bodies.")
load_minimum_wages = _by_country_and_date("minimum_wages", "Load minimum wages, nominal, as reported.")
load_not_published = _by_country("not_published", "Load series that the publisher does not publish.")
load_indicator_cautions = _by_country(
    "indicator_cautions", "Load what must be known of an official series in one country only."
)
load_indicators = _table("indicators", "Load indicators of official series.")
load_citations = _by_country("citations", "Load every source that any row is based on.")
load_evidence = _by_country("evidence", "Load what each source reports for each row.")


def load_events(
    *,
    countries: Countries = None,
    since: End = None,
    until: End = None,
    kind: Chosen = None,
    topic: Chosen = None,
    organisation: Chosen = None,
    text: str | None = None,
    labels: Labels = False,
    data: Data = None,
) -> pl.DataFrame:
    """Load events, each with one or more reports."""
    frame, tables = load("events", countries=countries, since=since, until=until, data=data), lookup(data)
    frame = events_about(frame, tables, kind=kind, topic=topic, organisation=organisation, words=text)
    return with_labels(frame, "events", tables, labels)


def load_figures(
    *, countries: Countries = None, indicator: Chosen = None, labels: Labels = False, data: Data = None
) -> pl.DataFrame:
    """Load numbers in reports, with who claims them."""
    frame, tables = load("figures", countries=countries, data=data), lookup(data)
    if indicator is not None:
        terms = dict(tables("indicators_reported").select("indicator", "definition").iter_rows())
        frame = of_codes(frame, "indicator", indicator, terms, what="indicator of reports", name="indicator")
    return with_labels(frame, "figures", tables, labels)


def load_country_years(
    *,
    countries: Countries = None,
    indicator: Chosen = None,
    since: End = None,
    until: End = None,
    source: Chosen = None,
    vintage: str | date = LATEST,
    labels: Labels = False,
    data: Data = None,
) -> pl.DataFrame:
    """Load official values of one release of each series; which ones were left out is printed.

    Releases are never mixed within a series.
    """
    every, tables = load("country_years", countries=countries, data=data), lookup(data)
    if indicator is not None:
        terms = table_labels("indicators", tables)
        every = of_codes(every, "indicator", indicator, terms, what="indicator", name="indicator")
    if source is not None:
        terms = dict.fromkeys(tables("country_years").get_column("source").unique().sort(), "")
        every = of_codes(every, "source", source, terms, what="source", name="source")
    found = of_vintage(every, vintage)
    if vintage == LATEST:
        report_vintages(found, every)
    found = of_years(found, "country_years", since=since, until=until)
    return with_labels(found, "country_years", tables, labels)


def load_ratifications(
    *,
    countries: Countries = None,
    convention: Chosen = None,
    since: End = None,
    until: End = None,
    labels: Labels = False,
    data: Data = None,
) -> pl.DataFrame:
    """Load what is known of each country's ratifications."""
    frame, tables = load("ratifications", countries=countries, since=since, until=until, data=data), lookup(data)
    if convention is not None:
        terms = dict(tables("conventions").select("convention", "title").iter_rows())
        frame = of_codes(frame, "convention", convention, terms, what="convention", name="convention")
    return with_labels(frame, "ratifications", tables, labels)


for _load in (load_events, load_figures, load_country_years, load_ratifications):
    documented(_load, _load.__name__.removeprefix("load_"), str(_load.__doc__))
