"""Opening one table of a study: whole, of some countries, of some years, with labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import Table
from socdialog.dates import DateLike
from socdialog.errors import UsageError
from socdialog.intake.disputes import build_disputes
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import CheckedRaw, Data, open_tables
from socdialog.loaders.labels import Labels, with_labels
from socdialog.loaders.selection import Tables, known_countries, of_countries, of_years

#: One or several countries, by code or name; None = all.
Countries: TypeAlias = "str | Sequence[str] | None"
End: TypeAlias = "DateLike | None"
#: What makes a table that is not stored of those that are.
_MADE: dict[str, Callable[[Tables], pl.DataFrame]] = {"disputes": build_disputes, "evidence": build_evidence}


def load(
    table: str,
    *,
    countries: Countries = None,
    since: End = None,
    until: End = None,
    labels: Labels = False,
    data: Data = None,
) -> pl.DataFrame:
    """Load any table of the data dictionary, raw or derived, by its name.

    Parameters
    ----------
    table
        Name of the table, such as ``"events"``.
    countries
        One or several countries, by ISO 3166-1 code or by name; rows that belong to any of them are kept.
    since, until
        A year, month or day; rows whose date may be within the period are kept.
    labels
        ``True`` adds a column of labels after each column of codes; ``"own"`` names countries and organisations in
        their own language where it is known, a language (``"ru"``) countries, languages and currencies in it.
    data
        The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    polars.DataFrame
        Sorted by its key. Null means not reported.

    Raises
    ------
    DataError
        With every error of the raw data.
    UsageError
        For an unknown table or country, a wrong date, or an option that the table cannot serve.

    Examples
    --------
    >>> sd.load("events", countries="Kazakhstan", since=2020, labels=True)     # doctest: +SKIP
    """
    if not isinstance(table, str) or table not in codebook.tables():
        raise UsageError(unknown("table", str(table), codebook.tables()), hint="sd.find() looks for tables by any word")
    frame = _rows(codebook.tables()[table], countries, data)
    frame = of_years(frame, table, since=since, until=until)
    return with_labels(frame, table, lookup(data), labels)


def lookup(data: Data = None) -> Callable[[str], pl.DataFrame]:
    """Return the function that loads a table of a study by name."""
    return lambda name: _rows(codebook.tables()[name], None, data)


def _rows(spec: Table, countries: Countries, data: Data) -> pl.DataFrame:
    table = spec.name
    found = open_tables(table, data)
    if spec.stored and not found.has(table):
        raise UsageError(
            f"this snapshot has no table {table}", hint="tables of people are included only with --with-people"
        )
    wanted = None if countries is None else known_countries(found.table, table, countries)
    if isinstance(found, CheckedRaw) or (spec.stored and wanted is None) or spec.by_country:
        return found.table(table) if wanted is None else found.rows(table, pl.col("country").is_in(wanted))
    tables = found.tables() if wanted is None else of_countries(found.tables(), wanted)
    if spec.stored and (table not in tables or spec.belongs_to == ("all",)):
        raise UsageError(f"{table}: its rows belong to no country", hint="leave countries out")
    return tables[table] if spec.stored else _MADE[table](tables)
