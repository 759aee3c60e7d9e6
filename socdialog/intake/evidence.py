"""What each source states in each row: from every clean row to the texts and series it is based on.

The data dictionary says of each table which columns name its sources and what a source states in a row. ``citations``
lists every source once; ``evidence`` is made of the rows that are asked for, as structure: words are made of it where
they are shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook import STATEMENT, Column, Table
from socdialog.intake.addresses import SCHEMES, host, split

Tables = Mapping[str, pl.DataFrame]
_NO_TEXTS = pl.DataFrame(schema={"source_id": pl.String, "url": pl.String})
#: The columns of a date, and the columns of a description of a source.
_DATED = ("published", "published_first", "published_last")
_NO_DESCRIPTIONS = pl.DataFrame(
    schema={
        **dict.fromkeys(("url", "title", "publisher", "published", "language"), pl.String),
        **dict.fromkeys(("published_first", "published_last"), pl.Date),
    }
)
#: How the id of the publisher of a series begins.
_SERIES = "series-"
#: Parts that every source of a row states: what it is about, and how that stands.
_OF_ANY = frozenset({"subject", "about", "status"})
#: Parts of a statement whose codes stay codes: with them a value is written.
_OF_VALUES = frozenset({"unit", "currency", "qualifier"})


def build_citations(tables: Tables) -> pl.DataFrame:
    """Return every source that a row of any table is based on, once.

    The coded texts are as they are; any other address or named source has an id made from it, and the publisher of a
    series one made from its name. What a coded text does not state, and what an address alone cannot, comes from rows
    that describe sources (`Table.describes`); else the host stands for the publisher.
    """
    columns = [name for name in codebook.tables()["citations"].every_column if name in tables["sources"].columns]
    coded = tables["sources"].select(*columns, "published_first", "published_last")
    urls = set(coded.get_column("url"))
    cells = {kind: _every_cell(tables, kind) for kind in ("source", "text")}
    parts = sorted({part for cell in cells["source"] for part in split(cell)} - urls)
    of_series = _publishers(tables["indicators"])
    described = _descriptions(tables)
    of_hosts = dict(described.filter(~pl.col("url").str.contains("/")).select("url", "publisher").iter_rows())
    made = [
        *((address_id(part), part, _of_host(host(part), of_hosts)) for part in parts if part.startswith(SCHEMES)),
        *((address_id(part), None, part) for part in parts if not part.startswith(SCHEMES)),
        *((series_id(name), of_series.get(name), name) for name in sorted(cells["text"])),
    ]
    extra = pl.DataFrame(made, schema=dict.fromkeys(("source_id", "url", "publisher"), pl.String), orient="row")
    extra = extra.unique("source_id", keep="first", maintain_order=True)
    named = extra.join(described.select("url", better="publisher"), on="url", how="left", maintain_order="left")
    extra = named.with_columns(publisher=pl.coalesce("better", "publisher")).drop("better")
    every = pl.concat([coded, extra], how="diagonal")
    stated = every.join(described, on="url", how="left", suffix="_described", maintain_order="left")
    dated = pl.col("published").is_null()
    return stated.with_columns(
        pl.coalesce("title", "title_described"),
        pl.coalesce("language", "language_described"),
        *(pl.when(dated).then(f"{name}_described").otherwise(name).alias(name) for name in _DATED),
    ).select(every.columns)


def _descriptions(tables: Tables) -> pl.DataFrame:
    """Return how rows describe sources: each address or host once, by the first row that describes it."""
    found = [
        tables[spec.name]
        .filter(pl.col(spec.describes["url"]).is_not_null())
        .select(
            *(pl.col(column).cast(pl.String).alias(name) for name, column in spec.describes.items()),
            *map(pl.Expr.alias, map(pl.col, schemas.bound_names(spec.describes["published"])), _DATED[1:]),
        )
        for spec in codebook.tables().values()
        if spec.describes and spec.name in tables
    ]
    return pl.concat([_NO_DESCRIPTIONS, *found], how="diagonal").unique("url", keep="first", maintain_order=True)


def _of_host(name: str, publishers: Mapping[str, str]) -> str:
    """Return the publisher of the pages of a host: its own, or that of the host it belongs to; else the host."""
    parts = name.split(".")
    return next((found for at in range(len(parts)) if (found := publishers.get(".".join(parts[at:])))), name)


def build_evidence(tables: Tables, rows: Collection[str] | None = None) -> pl.DataFrame:
    """Return what each source states in rows of clean tables.

    Parameters
    ----------
    tables
        The clean tables; of one that is not among them nothing is returned.
    rows
        Ids of the rows; None = every row.

    Returns
    -------
    polars.DataFrame
        The table ``evidence`` of the data dictionary, sorted by row and source.
    """
    wanted = pl.lit(value=True) if rows is None else pl.col("row_id").is_in(sorted(rows))
    specs = [spec for spec in codebook.tables().values() if spec.sources and spec.name in tables]
    ids = _ids(tables)
    frame = pl.concat(_statements(spec, tables[spec.name].filter(wanted), tables, ids) for spec in specs)
    once = frame.unique(["row_id", "source_id"], keep="first", maintain_order=True)
    return once.sort("row_id", "source_id")


def sources_by_row(evidence: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the ids of the sources behind each row of `evidence`."""
    found = evidence.group_by("row_id", maintain_order=True).agg("source_id")
    return {row_id: tuple(sources) for row_id, sources in found.iter_rows()}


def cited(rows: Tables, tables: Tables) -> pl.Series:
    """Return the ids of all sources that `rows` of the clean `tables` are based on."""
    specs = [spec for spec in codebook.tables().values() if spec.sources and spec.file and spec.name in rows]
    known = _ids(tables)
    ids = (_with_sources(spec, rows[spec.name], tables, known).get_column("source_id") for spec in specs)
    return pl.concat(ids).drop_nulls().unique()


def address_id(address: str) -> str:
    """Return the id of a source that has no row of its own, made from its address or name."""
    return "at-" + hashlib.sha256(address.encode()).hexdigest()[:10]


def series_id(publisher: str) -> str:
    """Return the id of the publisher of an official series."""
    return _SERIES + "-".join("".join(c if c.isalnum() else " " for c in publisher.lower()).split())


def is_series(source_id: str) -> bool:
    """Return whether a source is the publisher of an official series, and no single page."""
    return source_id.startswith(_SERIES)


def _every_cell(tables: Tables, kind: str) -> set[str]:
    """Return the cells of all columns of a type that name sources."""
    return {
        cell
        for spec in codebook.tables().values()
        for name in (spec.sources if spec.name in tables else ())
        if (column := spec.every_column[name]).type == kind and name in tables[spec.name].columns
        for cell in _cells(tables[spec.name], column)
    }


def _cells(frame: pl.DataFrame, column: Column) -> list[str]:
    return frame.get_column(column.name).drop_nulls().unique().to_list()


def _publishers(indicators: pl.DataFrame) -> dict[str, str]:
    """Return the address of each publisher of series; a row of that publisher alone goes first."""
    listed = indicators.select("source", "url").drop_nulls("source")
    alone = listed.sort(pl.col("source").list.len() > 1, maintain_order=True)
    first = alone.select(pl.col("source").list.first(), "url").unique("source", keep="first", maintain_order=True)
    return dict(first.iter_rows())


def _ids(tables: Tables) -> dict[str, str]:
    """Return the ids of sources by their address: of a coded text its own."""
    texts = tables.get("citations", _NO_TEXTS).filter(~pl.col("source_id").str.starts_with(_SERIES))
    return dict(texts.select("url", "source_id").iter_rows())


def _statements(spec: Table, frame: pl.DataFrame, tables: Tables, ids: Mapping[str, str]) -> pl.DataFrame:
    """Return what sources state in rows of a table; a derived row has the statements of the rows it is based on."""
    stated = spec
    if spec.file is None:
        through = spec.every_column[spec.sources[0]]
        table, key = str(through.of).split(".")
        stated = codebook.tables()[table]
        rests_on = frame.select("row_id", pl.col(through.name).alias(key)).explode(key)
        frame = rests_on.join(tables[table].drop("row_id"), on=key, maintain_order="left")
    found = _with_sources(stated, frame, tables, ids)
    stating = {part: _states(stated, part, found.columns) for part in STATEMENT}
    found = found.with_columns(
        pl.when(states).then(_part(stated, part, tables)).alias(part) for part, states in stating.items()
    )
    return found.select(_column(name, dtype, spec) for name, dtype in schemas.clean_dtypes("evidence").items())


def _column(name: str, dtype: pl.DataType, spec: Table) -> pl.Expr:
    return pl.lit(spec.name).alias("table") if name == "table" else pl.col(name).cast(dtype)


def _with_sources(spec: Table, frame: pl.DataFrame, tables: Tables, ids: Mapping[str, str]) -> pl.DataFrame:
    """Return each row once for each source that it names, with its ``source_id``."""
    given = [name for name in spec.sources if name in frame.columns]
    return pl.concat(
        _through(spec.every_column[name], frame, tables, ids).with_columns(named_in=pl.lit(name)) for name in given
    )


def _through(column: Column, frame: pl.DataFrame, tables: Tables, ids: Mapping[str, str]) -> pl.DataFrame:
    if column.name == "source_id":
        return frame
    key = column.name
    if column.type == "ref":
        table, key = str(column.of).split(".")
        known = _with_sources(codebook.tables()[table], tables[table], tables, ids).select(key, "source_id")
    else:
        made = address_id if column.type == "source" else series_id
        parted = split if column.type == "source" else lambda name: [name]
        pairs = [(cell, ids.get(part) or made(part)) for cell in _cells(frame, column) for part in parted(cell)]
        known = pl.DataFrame(pairs, schema=dict.fromkeys((key, "source_id"), pl.String), orient="row")
    return frame.join(known, left_on=column.name, right_on=key, maintain_order="left")


def _states(spec: Table, part: str, columns: Collection[str]) -> pl.Expr:
    """Return whether a source states a part of a statement; see `Table.stated_by`."""
    states = pl.lit(value=True)
    for of_part, column in spec.stated_by.items():
        if column in columns and part == of_part:
            named = (pl.when(pl.col("named_in") == name).then(name) for name in spec.sources if name in columns)
            states &= pl.col(column).is_null() | (pl.coalesce(named) == pl.col(column))
        elif column in columns and part not in _OF_ANY:
            states &= pl.col("named_in") != column
    return states


def _part(spec: Table, part: str, tables: Tables) -> pl.Expr:
    """Return one part of a statement: numbers as they are, codes by their label, rows that are named by their name."""
    given = [_named_or_labelled(spec.every_column[name], part, tables) for name in spec.states.get(part, ())]
    if part == "scope":
        return pl.concat_list(given).list.drop_nulls() if given else pl.lit(None, dtype=pl.List(pl.String))
    return given[0] if given else pl.lit(None)


def _named_or_labelled(column: Column, part: str, tables: Tables) -> pl.Expr:
    cell = pl.col(column.name)
    if column.type == "ref":
        table, key = str(column.of).split(".")
        title = codebook.tables()[table].title_column
        return cell if title is None else cell.replace(*tables[table].select(key, title))
    if column.type == "code" and part not in _OF_VALUES:
        terms = codebook.vocabulary(str(column.of))
        return cell.replace({code: term.label for code, term in terms.items()})
    return cell if part in {"value", "value_high"} else cell.cast(pl.String)
