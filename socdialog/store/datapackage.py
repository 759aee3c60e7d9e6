"""``datapackage.json``: the data dictionary written next to tables, as a Frictionless Data Package.

One pure function describes the clean snapshot (Parquet) and the downloads of a site (CSV), so both
say the same of every column: type, unit, meaning, allowed values, key, and what it refers to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal, NamedTuple

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook import Column, Table

Format = Literal["csv", "parquet"]

_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_LISTS = frozenset({"codes", "texts", "refs"})
_PATTERNS = {"date": r"\d{4}(-\d{2}(-\d{2})?)?", "url": "https?://.+"}
#: Columns that every clean table has and the data dictionary therefore does not repeat.
_COMMON = {
    "row_id": Column("row_id", "id", "The table and the key of the row; evidence refers to it.", required=True),
    "raw_file": Column("raw_file", "text", "File of the raw data the row was read from.", required=True),
    "raw_line": Column("raw_line", "integer", "Line in that file.", required=True, min=1),
}


class DataFile(NamedTuple):
    """A file of a package: its path below the package, its size and its SHA-256 in hexadecimal."""

    path: str
    bytes: int
    sha256: str


def describe(
    frames: Mapping[str, pl.DataFrame],
    *,
    format: Format,  # noqa: A002 - the word of the standard
    files: Mapping[str, tuple[str, int, str]],
    fingerprint: str,
    title: str,
    description: str = "",
    licence: str = "",
    licence_id: str = "",
    known_problems: Mapping[str, str] = MappingProxyType({}),
    edition: str = "",
    sources: Sequence[Mapping[str, str]] = (),
) -> dict[str, object]:
    """Describe clean tables as a Frictionless Data Package.

    Parameters
    ----------
    frames
        The clean tables by name; only those with an entry in `files` are described.
    format
        Format of the files. A Parquet file is described as a file with a schema, so that checking the
        package needs no reader of Parquet; a CSV file as a table, whose every cell can be checked.
    files
        For each table the path below the package, the size in bytes and the SHA-256.
    fingerprint
        Fingerprint of the raw data the tables were made from.
    title, description, licence, edition
        Of the package; empty ones are left out.
    licence_id
        SPDX identifier of the licence; empty = none stated.
    known_problems
        What is known to be wrong with each table; for one not named here, what the data dictionary says.
    sources
        Where the data come from, each with ``title`` and perhaps ``path``.

    Returns
    -------
    dict
        The content of ``datapackage.json``. Foreign keys are given where the table they refer to is in
        the package; units stand at each number, or point to the column that holds them.
    """
    present = {name: frames[name] for name in sorted(frames) if name in files}
    package: dict[str, object] = {"name": "socdialog", "title": title}
    licences = [_licence(licence_id, licence)] if licence or licence_id else []
    optional = {"description": description, "version": edition, "licenses": licences}
    package.update({key: value for key, value in optional.items() if value})
    if sources:
        package["sources"] = [dict(source) for source in sources]
    package["fingerprint"] = f"sha256:{fingerprint}"
    package["schemaVersion"] = schemas.SCHEMA_VERSION
    package["resources"] = [
        _resource(
            codebook.tables()[name],
            frame,
            kind=format,
            file=DataFile(*files[name]),
            present=present,
            problems=known_problems.get(name, codebook.tables()[name].known_problems),
        )
        for name, frame in present.items()
    ]
    return package


def dump(package: Mapping[str, object]) -> bytes:
    """Write a package as the bytes of ``datapackage.json``."""
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def columns(name: str) -> dict[str, Column]:
    """Return every column of the clean table `name` with its entry in the data dictionary, in order.

    Bounds of a date and the columns common to all tables are entries of their own here.
    """
    spec = codebook.tables()[name]
    known = {**_COMMON, **spec.columns, **spec.adds}
    for date in [column for column in known.values() if column.type == "date"]:
        first, last = schemas.bound_names(date.name)
        known[first] = Column(first, "day", f"First possible day of {date.name}.")
        known[last] = Column(last, "day", f"Last possible day of {date.name}.")
    return {column: known[column] for column in schemas.clean_dtypes(name)}


def _licence(identifier: str, words: str) -> dict[str, str]:
    term = codebook.vocabulary("licences").get(identifier)
    path = {} if term is None else {"path": str(term.more["url"])}
    return {"name": identifier or "see-title", **path, "title": words or (identifier if term is None else term.label)}


def _resource(
    spec: Table,
    frame: pl.DataFrame,
    *,
    kind: Format,
    file: DataFile,
    present: Mapping[str, pl.DataFrame],
    problems: str,
) -> dict[str, object]:
    known = columns(spec.name)
    stray = [column for column in frame.columns if column not in known]
    if stray:
        raise ValueError(f"{spec.name}: {', '.join(stray)}: not in the data dictionary")
    keys = _foreign_keys(spec, frame, present)
    return {
        "name": spec.name.replace("_", "-"),
        "type": "table" if kind == "csv" else "file",
        "path": file.path,
        "format": kind,
        "mediatype": _MEDIA[kind],
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "title": spec.title,
        "description": " ".join(part.strip() for part in (spec.row, problems) if part),
        "rows": frame.height,
        **({"encoding": "utf-8"} if kind == "csv" else {}),
        "schema": {
            "fields": [_field(known[column], frame.columns) for column in frame.columns],
            "missingValues": [""],
            "primaryKey": list(spec.key_of(frame.columns)),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _field(column: Column, siblings: Sequence[str]) -> dict[str, object]:
    kind = {"integer": "integer", "number": "number", "boolean": "boolean", "day": "date"}.get(column.type, "string")
    field: dict[str, object] = {"name": column.name, "type": "list" if column.type in _LISTS else kind}
    if column.type in _LISTS:
        field |= {"delimiter": ";", "itemType": "string"}
    field["description"] = column.doc
    if column.unit is not None:
        field["unit"] = column.unit
    elif column.type == "number" and "unit" in siblings:
        field["unitColumn"] = "unit"
    if column.of is not None:
        field["vocabulary" if column.type in {"code", "codes"} else "refersTo"] = column.of
    constraints = _constraints(column)
    if constraints:
        field["constraints"] = constraints
    return field


def _constraints(column: Column) -> dict[str, object]:
    is_number = column.type in {"integer", "number"}
    found: dict[str, object] = {
        "required": column.required or None,
        "unique": column.unique or None,
        "minimum": _plain(column.min) if is_number else None,
        "maximum": _plain(column.max) if is_number else None,
        "pattern": _PATTERNS.get(column.type),
        "enum": list(codebook.vocabulary(column.of)) if column.type == "code" and column.of is not None else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _plain(bound: float | None) -> float | None:
    """Return a bound without a decimal point where it needs none."""
    return int(bound) if bound is not None and float(bound).is_integer() else bound


def _foreign_keys(spec: Table, frame: pl.DataFrame, present: Mapping[str, pl.DataFrame]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for column in spec.every_column.values():
        if column.type != "ref" or column.of is None or column.name not in frame.columns:
            continue
        table, _, target = column.of.partition(".")
        if table in present and target in present[table].columns:
            # An empty name is the standard's word for the table itself.
            name = "" if table == spec.name else table.replace("_", "-")
            found.append({"fields": [column.name], "reference": {"resource": name, "fields": [target]}})
    return found
