"""From the rows of a file to rows of raw tables, each with the cells that it was made of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import cldr
from socdialog.errors import DataError, UsageError
from socdialog.folding import fold
from socdialog.importing.map_file import NAMED, Cell, Entry, Hashed, Map
from socdialog.importing.sheets import ROW, Sheet

#: The place of the entry of the map that a row was made by.
ENTRY = "_entry"
#: So many doubled ids are listed.
_SHOWN = 20
_ID = "_id"
#: Signs of a hash: among a million rows, two alike are not to be expected.
_HASH = 16
#: What an id of a row is joined by, and what replaces a sign that no ID may have.
_JOINT = "-"


@dataclass(frozen=True)
class NewRows:
    """The rows of one table that a file gives.

    Parameters
    ----------
    table, frame
        Its name and columns, as texts, with `ROW` (null = of the map itself) and `ENTRY`.
    gathered
        The lists that hold the cells of several rows of the file.
    """

    table: str
    frame: pl.DataFrame
    gathered: frozenset[str] = frozenset()


def refuse_unknown_columns(sheet: Sheet, found: Map) -> None:
    """Refuse a map that names columns that the file has not.

    Raises
    ------
    UsageError
        With the line of each, and what was meant.
    """
    named = [(name, found.line("id", place)) for place, name in enumerate(found.content.id_columns)]
    named += [
        (name, found.line_of(table, number, column))
        for table, number, entry in found.content.entries
        for column, cell in entry.items()
        if isinstance(cell, Cell)
        for name in cell.columns
    ]
    wrong = dict.fromkeys((name, line) for name, line in named if name not in sheet.columns)
    problems = [
        f"{found.path.name}:{line}: {unknown('column of the file', name, sheet.columns)}" for name, line in wrong
    ]
    if problems:
        raise UsageError(
            f"{sheet.path.name} lacks columns that the map names",
            details=problems,
            hint=f"its columns are: {', '.join(sheet.columns)}",
        )


def columns_named(found: Map, *types: str) -> frozenset[str]:
    """Return the columns of the file that the map names, in cells of these logical types (all, if none is given)."""
    named = frozenset(
        name
        for table, _, entry in found.content.entries
        for column, cell in entry.items()
        if isinstance(cell, Cell) and (not types or codebook.tables()[table].columns[column].type in types)
        for name in cell.columns
    )
    return named if types else named | frozenset(found.content.id_columns)


def new_rows(sheet: Sheet, found: Map) -> Iterator[NewRows]:
    """Yield the rows of each table, those that other rows refer to first.

    Raises
    ------
    DataError
        When two different rows of the file have one id.
    """
    yield NewRows("sources", _of_source(found))
    source = str(found.content.source["source_id"])
    rows = _with_ids(sheet, found)
    entries: dict[str, list[pl.DataFrame]] = {}
    for table, number, entry in found.content.entries:
        entries.setdefault(table, []).append(_of_entry(rows, table, number, entry, source))
    for table in sorted(entries, key=lambda name: ("report_id" in codebook.tables()[name].columns, name != "reports")):
        frame = pl.concat(entries[table], how="diagonal")
        # Many rows of a file may name the same place.
        same = [name for name in frame.columns if name not in {ROW, ENTRY}]
        yield NewRows(table, frame.unique(same, keep="first", maintain_order=True), _gathers(found, table))


def _gathers(found: Map, table: str) -> frozenset[str]:
    entries = (entry for name, _, entry in found.content.entries if name == table)
    return frozenset(
        name for entry in entries for name, cell in entry.items() if isinstance(cell, Cell) and cell.gather
    )


def _of_source(found: Map) -> pl.DataFrame:
    columns = codebook.tables()["sources"].columns
    cells = {name: [found.content.source.get(name)] for name in columns}
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String))
    return frame.with_columns(pl.lit(None, pl.Int64).alias(ROW), pl.lit(1).alias(ENTRY))


def _with_ids(sheet: Sheet, found: Map) -> pl.DataFrame:
    """Give each row its id; rows that are the same in all cells are one."""
    once = sheet.frame.unique(sheet.columns, keep="first", maintain_order=True)
    columns = found.content.id_columns
    # The signs of an id; a hash is made of the cells as they stand.
    joined = pl.concat_str([pl.col(name).fill_null("") for name in columns], separator=_JOINT)
    plain = joined.str.replace_all(r"[^\p{L}0-9_.:]+", _JOINT).str.strip_chars("-_.:")
    rows = once.with_columns(plain.alias(_ID))
    if isinstance(found.content.id, Hashed):
        whole = pl.struct(columns).map_elements(_hashed, return_dtype=pl.String)
        rows = rows.with_columns(pl.when(pl.col(_ID) != "").then(whole).otherwise(_ID).alias(_ID))
    shown = f"id: {', '.join(columns)}"
    nameless = rows.filter(pl.col(_ID) == "").get_column(ROW).to_list()
    doubled = rows.filter(pl.col(_ID).is_duplicated()).group_by(_ID, maintain_order=True).agg(ROW)
    details = [f"{sheet.path.name}: row {row}: {shown}: these cells are empty" for row in nameless]
    details += [
        f"{sheet.path.name}: rows {', '.join(map(str, places))}: {shown}: all are {name!r}, and they differ elsewhere"
        for name, places in doubled.iter_rows()
        if name
    ]
    if details:
        more = [f"and {len(details) - _SHOWN:,} more"] if len(details) > _SHOWN else []
        raise DataError(
            f"{cldr.counted(len(details), 'row')} of {sheet.path.name} cannot be identified",
            details=[*details[:_SHOWN], *more],
            hint="name further columns in 'id:' of the map, or correct the file; nothing was imported",
        )
    return rows


def _hashed(cells: Mapping[str, str | None]) -> str:
    text = json.dumps(list(cells.values()), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:_HASH]


def _of_entry(rows: pl.DataFrame, table: str, number: int, entry: Entry, source: str) -> pl.DataFrame:
    """Return what an entry of the map makes of the rows; without a cell that the table must have there is no row."""
    spec = codebook.tables()[table]
    made = [_cell(cell, split=spec.columns[name].type in _LISTS).alias(name) for name, cell in entry.items()]
    own = {
        "report_id": pl.concat_str(pl.lit(f"{source}#"), pl.col(_ID)),
        "source_id": pl.lit(source),
        "figure": pl.lit(str(number)),
    }
    made += [value.alias(name) for name, value in own.items() if name in spec.columns and name not in entry]
    frame = rows.select(*made, ROW, pl.lit(number).alias(ENTRY))
    for name, cell in entry.items():
        if isinstance(cell, Cell) and cell.gather:
            frame = _gathered(frame, name, list(spec.key))
    if table == "reports":
        return frame
    needed = [name for name, cell in entry.items() if isinstance(cell, Cell) and (_must(table, name))]
    return frame.drop_nulls(needed) if needed else frame


def _gathered(frame: pl.DataFrame, name: str, key: list[str]) -> pl.DataFrame:
    """Make one row of those with one key, with all that they have in the list `name`."""
    rows = frame.group_by(key, maintain_order=True)
    return rows.agg(pl.exclude(name).first(), pl.col(name).drop_nulls().unique().sort().str.join(";"))


_LISTS = frozenset({"codes", "texts", "refs"})


def _must(table: str, name: str) -> bool:
    spec = codebook.tables()[table]
    return name in spec.key or spec.columns[name].required


def _cell(cell: Cell | str | None, *, split: bool) -> pl.Expr:
    """Return the cells of a column of a raw table."""
    if not isinstance(cell, Cell):
        return pl.lit(cell, dtype=pl.String)
    named = NAMED.findall(cell.form)
    made = pl.format(NAMED.sub("{}", cell.form), *(pl.col(name) for name in named)) if named else pl.lit(cell.form)
    if cell.where is not None:
        made = pl.when(pl.col(cell.where).is_not_null()).then(made)
    if cell.slug is not None:
        made = made.map_elements(slug, return_dtype=pl.String)
    if cell.split is not None and split:
        made = made.str.split(cell.split).list.eval(pl.element().str.strip_chars(" ")).list.join(";")
    return made.replace(dict(cell.codes)) if cell.codes else made


def slug(text: str) -> str:
    """Return a text as an id: small letters, digits and single signs ``-``.

    Examples
    --------
    >>> slug("USA: St. Louis, MO")
    'usa-st-louis-mo'
    """
    return _JOINT.join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def made_of(found: Map, table: str, number: int, column: str) -> tuple[str, ...]:
    """Return the columns of the file that a cell of a raw table was made of; none where the map gives it."""
    given: Mapping[str, tuple[str, ...]] = {"report_id": tuple(found.content.id_columns)}
    if table == "sources":
        return ()
    entries = found.content.tables[table]
    entry = entries[number - 1] if isinstance(entries, list) else entries
    cell = entry.get(column)
    return cell.columns if isinstance(cell, Cell) else given.get(column, ())
