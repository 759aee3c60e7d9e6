"""What changed between two editions: the rows that are new, corrected or removed, by country.

Rows are compared by their key, in the columns that a source states. Where a value or a wording is part of the key,
as of a claimed membership, a row that differs in nothing else of its key, such as its source, is the same row
corrected, if there is one such row in each edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from socdialog import codebook
from socdialog.codebook import Column, Table
from socdialog.site.country_slices import every_table

Tables = Mapping[str, pl.DataFrame]
Kind = Literal["corrected", "removed", "new"]
#: What happened to a row, in the order in which a page shows it.
KINDS: tuple[Kind, ...] = ("corrected", "removed", "new")
_IDS = ("previous_row_id", "row_id")
#: Where a row belongs, as `_placed` adds it.
_COUNTRIES = "_countries"
_SCHEMA = pl.Schema(
    {
        "change": pl.String(),
        "table": pl.String(),
        "countries": pl.List(pl.String()),
        "previous_row_id": pl.String(),
        "row_id": pl.String(),
        "column": pl.String(),
        "previous": pl.String(),
        "current": pl.String(),
    }
)


def compare_editions(before: Tables, after: Tables) -> pl.DataFrame:
    """Return every cell that differs between two editions.

    Parameters
    ----------
    before, after
        The published tables of an edition and of a later one.

    Returns
    -------
    polars.DataFrame
        ``change``, ``table``, ``countries`` that the row belongs to (none = no single one), ``previous_row_id``,
        ``row_id``, ``column``, ``previous`` and ``current``, the cell as text in each edition; null = empty, or no
        such row. Sorted by table and row.
    """
    older, newer = every_table(before), every_table(after)
    specs = [spec for spec in codebook.tables().values() if spec.states and spec.file and not spec.personal]
    found = [_of_table(spec, older, newer) for spec in specs]
    whole = pl.concat([pl.DataFrame(schema=_SCHEMA), *found])
    return whole.sort("table", pl.col("change").cast(pl.Enum(KINDS)), *_IDS, "column", nulls_last=True)


def stated_columns(spec: Table) -> tuple[str, ...]:
    """Return the columns of a published table that hold what a source states in a row."""
    published_as = {column.published_as: column.name for column in spec.every_column.values() if column.published_as}
    named = (published_as.get(name, name) for given in spec.states.values() for name in given)
    return tuple(dict.fromkeys(name for name in named if spec.every_column[name].people != "withheld"))


def _of_table(spec: Table, before: Tables, after: Tables) -> pl.DataFrame:
    """Return the cells of one table that differ."""
    stated = stated_columns(spec)
    old, new = (_placed(spec, tables).select("row_id", _COUNTRIES, *_cells(spec, tables)) for tables in (before, after))
    both = old.join(new, on="row_id", suffix="_new").with_columns(row_id_new="row_id")
    gone, come = old.join(new, on="row_id", how="anti"), new.join(old, on="row_id", how="anti")
    fixed = _fixed(spec)
    if fixed:
        pairs = _alone(gone, fixed).join(_alone(come, fixed), on=fixed, suffix="_new", nulls_equal=True)
        pairs = pairs.with_columns(pl.col(name).alias(f"{name}_new") for name in fixed)
        gone = gone.join(pairs, on="row_id", how="anti")
        come = come.join(pairs, left_on="row_id", right_on="row_id_new", how="anti")
        both = pl.concat([both, pairs.select(both.columns)])
    empty = {f"{name}_new": pl.lit(None, both.schema[f"{name}_new"]) for name in old.columns}
    removed = gone.with_columns(**empty)
    added = come.rename({name: f"{name}_new" for name in come.columns}).with_columns(
        pl.lit(None, come.schema[name]).alias(name) for name in come.columns
    )
    wide = {"corrected": both, "removed": removed, "new": added}
    return pl.concat(
        frame.select(
            change=pl.lit(kind),
            table=pl.lit(spec.name),
            countries=pl.coalesce(f"{_COUNTRIES}_new", _COUNTRIES),
            previous_row_id="row_id",
            row_id="row_id_new",
            column=pl.lit(name),
            previous=name,
            current=f"{name}_new",
        ).filter(pl.col("previous").ne_missing(pl.col("current")))
        for kind, frame in wide.items()
        for name in stated
    ).cast(_SCHEMA)


def _cells(spec: Table, tables: Tables) -> list[pl.Expr]:
    """Return the columns that are compared, as text; one that no row of an edition fills may lack in its file."""
    frame = tables[spec.name]
    wanted = dict.fromkeys((*stated_columns(spec), *_fixed(spec)))
    return [
        (pl.col(name).cast(pl.String) if name in frame.columns else pl.lit(None, pl.String)).alias(name)
        for name in wanted
    ]


def _fixed(spec: Table) -> tuple[str, ...]:
    """Return what a corrected row keeps of its key where its value or wording is a part of that; else nothing."""
    free = [name for name in spec.key if _is_stated_value(spec, spec.every_column[name])]
    return tuple(name for name in spec.key if name not in free) if free else ()


def _is_stated_value(spec: Table, column: Column) -> bool:
    """Return whether a column of a key holds what is stated, and not what it is stated of: a value, or words."""
    return column.name in spec.states.get("value", ()) or column.words


def _alone(frame: pl.DataFrame, fixed: tuple[str, ...]) -> pl.DataFrame:
    """Return the rows that are the only one with their cells in the columns `fixed`."""
    return frame.filter(pl.len().over(fixed) == 1)


def _placed(spec: Table, tables: Tables) -> pl.DataFrame:
    """Return a table with the countries that each row belongs to: those that it bears, or that what it names bears."""
    frame = tables[spec.name].with_row_index("_row")
    bears = [name for name in (*spec.belongs_to, spec.goes_with) if name is not None and name != "all"]
    if spec.belongs_to == ("all",):
        bears = [name for name in spec.key if _is_country(spec.every_column[name])]
    found = [
        (
            _own(frame, name)
            if _is_country(spec.every_column[name])
            else _of_named(spec.every_column[name], frame, tables)
        )
        for name in bears
    ]
    each = pl.concat([pl.DataFrame(schema={"_row": pl.UInt32, _COUNTRIES: pl.String}), *found])
    listed = each.drop_nulls().unique().sort("_row", _COUNTRIES).group_by("_row", maintain_order=True).agg(_COUNTRIES)
    return frame.join(listed, on="_row", how="left", maintain_order="left").drop("_row")


def _is_country(column: Column) -> bool:
    return column.of in {"iso_countries", "countries.country"}


def _own(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Return the countries in a column of codes, each with its row."""
    column = pl.col(name)
    cells = column if isinstance(frame.schema[name], pl.List) else pl.concat_list(column)
    return frame.select("_row", cells.alias(_COUNTRIES)).explode(_COUNTRIES, empty_as_null=True)


def _of_named(column: Column, frame: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Return the countries of the rows that a column refers to, each with the row that refers to it."""
    table, _, key = str(column.of).partition(".")
    named = _placed(codebook.tables()[table], tables).select(pl.col(key).alias(column.name), _COUNTRIES)
    found = frame.select("_row", column.name).join(named, on=column.name, how="inner")
    return found.select("_row", _COUNTRIES).explode(_COUNTRIES, empty_as_null=True)
