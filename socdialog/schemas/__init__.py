"""One pandera schema per raw and clean table, made from the data dictionary of the codebook.

A field is defined once, in ``codebook/tables``; its type there decides the columns of the clean
table here:

=================  ==========================================================================
type               clean columns
=================  ==========================================================================
id text code ref   one text column; null = not reported
url source         one text column
codes texts refs   one list of texts; null = not reported, never an empty list
date               the text as reported, and its bounds ``*_first``, ``*_last`` (``start_date``
                   gives ``start_first`` and ``start_last``)
integer number     ``Int64`` and ``Float64``; null = not reported
boolean            ``Boolean``; null = not reported
=================  ==========================================================================

Every clean table begins with ``row_id`` and ends with ``raw_file`` and ``raw_line``, so that each
row leads back to the place it was read from; derived tables have no such place.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from socdialog import codebook
from socdialog.errors import DataError
from socdialog.schemas.repeated_texts import AT_ONCE, text_parts

if TYPE_CHECKING:
    import pandera.polars as pa

#: Version of the clean tables; a change of columns or meaning raises it.
SCHEMA_VERSION = 1

#: The types of numbers, by logical type.
NUMBER_TYPES = {"integer": pl.Int64(), "number": pl.Float64()}
_DTYPES: dict[str, pl.DataType] = {
    "id": pl.String(),
    "text": pl.String(),
    "code": pl.String(),
    "ref": pl.String(),
    "url": pl.String(),
    "source": pl.String(),
    "codes": pl.List(pl.String()),
    "texts": pl.List(pl.String()),
    "refs": pl.List(pl.String()),
    "date": pl.String(),
    "boolean": pl.Boolean(),
    **NUMBER_TYPES,
}
TYPES = frozenset(_DTYPES)


def bound_names(column: str) -> tuple[str, str]:
    """Return the names of the two bound columns of a date column."""
    stem = column.removesuffix("_date")
    return f"{stem}_first", f"{stem}_last"


@cache
def clean_dtypes(table: str) -> dict[str, pl.DataType]:
    """Return column names and types of the clean table, in their order."""
    spec = codebook.tables()[table]
    found: dict[str, pl.DataType] = {"row_id": pl.String()}
    for column in spec.every_column.values():
        found[column.name] = _DTYPES[column.type]
        if column.type == "date":
            first, last = bound_names(column.name)
            found[first] = pl.Date()
            found[last] = pl.Date()
    if spec.file is not None:
        found["raw_file"] = pl.String()
        found["raw_line"] = pl.Int64()
    return found


def without_spare(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a clean table without the columns that its file may lack and that no row fills."""
    spare = [name for name in codebook.tables()[table].spare_columns if name in frame.columns]
    empty = [name for name in spare if frame.height and frame.get_column(name).null_count() == frame.height]
    dates = [name for name in empty if codebook.tables()[table].every_column[name].type == "date"]
    return frame.drop(*empty, *(bound for name in dates for bound in bound_names(name)))


def clean_schema(table: str, *, is_whole: bool = True) -> pa.DataFrameSchema:
    """Return the schema of a clean table: types, nulls, codes, ranges and, where it is whole, that ids are unique."""
    import pandera.polars as pa

    spec = codebook.tables()[table]
    fields = spec.every_column
    columns: dict[str, pa.Column] = {}
    for name, dtype in clean_dtypes(table).items():
        field = fields.get(name)
        checks: list[pa.Check] = []
        if field is not None and field.type == "code" and field.of is not None:
            checks.append(pa.Check.isin(list(codebook.vocabulary(field.of))))
        if field is not None and field.type in {"integer", "number"} and field.min is not None:
            checks.append(pa.Check.ge(field.min))
        if field is not None and field.type in {"integer", "number"} and field.max is not None:
            checks.append(pa.Check.le(field.max))
        columns[name] = pa.Column(
            dtype,
            checks=checks,
            nullable=not (field.required if field is not None else name in {"row_id", "raw_file", "raw_line"}),
            unique=is_whole and name == "row_id" and field is None,
            description=field.doc if field is not None else None,
        )
    return pa.DataFrameSchema(
        columns,
        strict=True,
        ordered=True,
        name=table,
        title=spec.title,
        description=f"{spec.row} {spec.known_problems}".strip(),
    )


def validate(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` when it keeps every rule of the clean table, else raise with all that is broken.

    A long table is looked at some rows at a time, and a packed one (`repeated_texts`) as the text it stands for.

    Raises
    ------
    DataError
        With one line for each broken rule.
    """
    is_whole = frame.height <= AT_ONCE
    broken = {line for part in text_parts(frame) for line in _broken(clean_schema(table, is_whole=is_whole), part)}
    if not is_whole:
        broken |= {f"{table}: row_id: field_uniqueness: {row_id}" for row_id in _repeated(frame.get_column("row_id"))}
    if broken:
        raise DataError(
            f"the table {table} fails its schema",
            details=sorted(broken),
            hint="if data/raw passes `socdialog check`, this is a defect of socdialog; please report it",
        )
    return frame


def _broken(schema: pa.DataFrameSchema, frame: pl.DataFrame) -> list[str]:
    """Return a line for each rule of a clean table that rows break."""
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as broken:
        return [
            f"{schema.name}: {row['column'] or row['schema_context']}: {row['check']}: {row['failure_case']}"
            for row in broken.failure_cases.iter_rows(named=True)
        ]
    return []


def _repeated(ids: pl.Series) -> list[str]:
    """Return the ids that rows share; of millions their hashes are compared first, since they are small."""
    if ids.hash().n_unique() == len(ids):
        return []
    return ids.filter(ids.is_duplicated()).unique().sort().to_list()
