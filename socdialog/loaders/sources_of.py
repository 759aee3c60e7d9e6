"""The sources behind anything: a disagreement, an event, a result, rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.errors import UsageError
from socdialog.inputs import Frame, as_polars
from socdialog.intake.evidence import build_evidence
from socdialog.loaders.fresh import Data, snapshot
from socdialog.loaders.selection import Tables
from socdialog.results import Result

#: Columns that name rows, the first that a frame has: of results, of disagreements, of any other table.
_NAMING = ("evidence", "row_ids", "row_id")
_CITED = ("source_id", "title", "publisher", "published", "language", "kind", "url")


def sources_of(what: str | Iterable[str] | Mapping[str, Any] | Frame | Result, *, data: Data = None) -> pl.DataFrame:
    """Return the sources that something is based on.

    Parameters
    ----------
    what
        A result of a metric; a table of the library, or some of its rows (``sd.load_disagreements()``); one such row as
        a mapping; or ids of rows, events, disagreements or organisations, one or several.
    data
        The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    polars.DataFrame
        One row per source, most recent first: ``source_id``, ``title``, ``publisher``, ``published``, ``language``,
        ``kind``, ``url`` and ``rows`` (ids of the rows that it is a source of).

    Raises
    ------
    DataError
        With every error of the raw data.
    UsageError
        When it names no row of the data.

    Examples
    --------
    >>> sd.sources_of(sd.load_disagreements(countries="KAZ").row(0, named=True))     # doctest: +SKIP
    """
    tables = snapshot(data).tables()
    rows = _rows(what, tables)
    evidence = build_evidence(tables, rows)
    cited = evidence.group_by("source_id").agg(pl.col("row_id").unique().sort().alias("rows"))
    return (
        tables["citations"]
        .join(cited, on="source_id", how="inner")
        .sort("published_last", "source_id", descending=[True, False], nulls_last=True)
        .select(*_CITED, "rows")
    )


def _rows(what: Any, tables: Tables) -> list[str]:
    """Return the ids of the rows that something names."""
    if isinstance(what, str):
        return _of_ids([what], tables)
    if isinstance(what, Mapping):
        return _of_frame(pl.DataFrame([dict(what)]))
    if isinstance(what, list | tuple | pl.Series) and all(isinstance(one, str) for one in what):
        return _of_ids(list(what), tables)
    return _of_frame(as_polars(what, name="what"))


def _of_frame(frame: pl.DataFrame) -> list[str]:
    naming = next((name for name in _NAMING if name in frame.columns), None)
    if naming is None:
        raise UsageError(
            "the table does not say which rows of the data it is based on",
            details=[f"it has: {', '.join(frame.columns) or 'no columns'}"],
            hint=f"keep one of its columns {', '.join(_NAMING)}",
        )
    cells = frame.get_column(naming)
    named = (cells.explode(empty_as_null=True) if isinstance(cells.dtype, pl.List) else cells).drop_nulls()
    return named.cast(pl.String).unique().sort().to_list()


def _of_ids(ids: list[str], tables: Tables) -> list[str]:
    """Return the rows of ids; a disagreement represents the rows it compares.

    Raises
    ------
    UsageError
        For an id that the data does not have.
    """
    found: list[str] = []
    for one in ids:
        rows = [row for name, frame in tables.items() for row in _rows_of(one, name, frame)]
        if not rows:
            events = tables["events"].get_column("event_id")
            raise UsageError(unknown("id of the data", one, events), hint="sd.find() looks for ids by any word")
        found += rows
    return sorted(set(found))


def _rows_of(one: str, table: str, frame: pl.DataFrame) -> list[str]:
    key = codebook.tables()[table].key
    is_it = pl.col("row_id") == one
    if len(key) == 1 and frame.schema[key[0]] == pl.String:
        is_it |= pl.col(key[0]) == one
    here = frame.filter(is_it)
    return _of_frame(here) if here.height else []
