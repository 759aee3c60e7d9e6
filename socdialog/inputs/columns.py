"""The columns that a metric needs, in a table of the library or in one's own under other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import polars as pl

from socdialog import codebook, dates, schemas
from socdialog.advice import advice
from socdialog.errors import UsageError
from socdialog.inputs.frames import Frame, as_polars

#: How one's own table calls the columns that a metric needs: our name, and theirs.
Columns: TypeAlias = "Mapping[str, str] | None"

_TEXTS = pl.List(pl.String)
#: Columns that metrics need of one's own table and that no table of the library has, or has for something else.
_OWN: Mapping[str, tuple[str, pl.DataType]] = {
    "members": ("trade union members", pl.Float64()),
    "employees": ("employees, in the unit of what is divided by them", pl.Float64()),
    "covered": ("workers covered by collective agreements", pl.Float64()),
    "excluded": ("employees without the right to bargain", pl.Float64()),
    "value": ("the value", pl.Float64()),
    "year": ("the year, a whole number", pl.Int64()),
    "country": ("the country, an ISO 3166-1 alpha-3 code", pl.String()),
    "completed": ("whether the action had ended", pl.Boolean()),
}
_SHOWN_VALUES = 3


@dataclass(frozen=True, slots=True)
class Needed:
    """What a metric needs of one table.

    Parameters
    ----------
    frame
        The table as it was given.
    columns
        Columns without which it cannot work. Of the bounds of a date, such as ``start_first``, the date itself
        (``start_date``) is enough.
    optional
        Columns that are null where the table lacks them.
    """

    frame: Frame
    columns: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def frame_with(frame: Frame, *needed: str, columns: Columns = None, table: str = "") -> pl.DataFrame:
    """Return the one table of a metric with the columns that it needs; see `frames_with`.

    Examples
    --------
    >>> frame_with(pl.DataFrame({"n_involved": [500]}), "workers", columns={"workers": "n_involved"})["workers"][0]
    500.0
    """
    return next(frames_with(columns, **{table or "the table": Needed(frame, needed)}))


def frames_with(columns: Columns = None, /, **needed: Needed) -> Iterator[pl.DataFrame]:
    """Yield the tables of a metric as polars frames, each with the columns that it needs, in their types.

    Parameters
    ----------
    columns
        For one's own tables, how they call a column: ``{"workers": "n_involved"}``.
    **needed
        What is needed of each table, by the name of the argument. Where that is a table of the data dictionary, its
        columns mean there what they mean here.

    Raises
    ------
    UsageError
        When columns are missing, with what they mean and what the table has; when a value is not of the column's type;
        or when `columns` names what the metric does not need or what no table has.
    """
    frames = {name: as_polars(one.frame, name=name) for name, one in needed.items()}
    _refuse_unused(columns or {}, needed, frames)
    for name, one in needed.items():
        frame = frames[name]
        named = {ours: theirs for ours, theirs in (columns or {}).items() if theirs in frame.columns}
        if named:
            frame = frame.with_columns(pl.col(theirs).alias(ours) for ours, theirs in named.items())
        asked = (*one.columns, *one.optional)
        frame = _with_bounds(frame, asked, name, named)
        missing = [column for column in one.columns if column not in frame.columns]
        if missing:
            raise _lacking(missing, name, frames[name])
        absent = [column for column in one.optional if column not in frame.columns]
        if absent:
            frame = frame.with_columns(
                pl.lit(None, dtype=_known(column, name)[1] or pl.String()).alias(column) for column in absent
            )
        yield _typed(frame, asked, name)


def _refuse_unused(
    columns: Mapping[str, str], needed: Mapping[str, Needed], frames: Mapping[str, pl.DataFrame]
) -> None:
    """Refuse what `columns` says in vain: a name of ours that is not needed, or of theirs that is nowhere."""
    if isinstance(columns, str) or not isinstance(columns, Mapping):
        raise UsageError(f"columns: {columns!r} is not a mapping", hint='write columns={"workers": "n_involved"}')
    wanted = dict.fromkeys(
        name for one in needed.values() for column in (*one.columns, *one.optional) for name in _names_of(column)
    )
    there = dict.fromkeys(column for frame in frames.values() for column in frame.columns)
    problems = [f"columns: {ours!r} is not needed{_meant(ours, wanted)}" for ours in columns if ours not in wanted]
    problems += [
        f"columns: no table has a column {theirs!r}{_meant(theirs, there)}"
        for theirs in columns.values()
        if theirs not in there
    ]
    if problems:
        raise UsageError(
            problems[0],
            details=problems[1:],
            hint=f"needed: {', '.join(wanted)}; given: {', '.join(there) or 'no columns'}",
        )


def _meant(name: str, allowed: Iterable[str]) -> str:
    found = advice(str(name), allowed)
    return f"; {found}" if found else ""


def _names_of(column: str) -> tuple[str, ...]:
    """Return the name of a column and, of a bound, the dates that it can be made from."""
    return (column, *_dates_of(column))


def _dates_of(bound: str) -> tuple[str, ...]:
    stem = bound.removesuffix("_first").removesuffix("_last")
    return () if stem == bound else (f"{stem}_date", stem)


def _with_bounds(frame: pl.DataFrame, asked: Iterable[str], name: str, named: Mapping[str, str]) -> pl.DataFrame:
    """Add the bounds that are asked for and can be made from a date: a year, a text of reduced precision, or a day."""
    for bound in asked:
        dated = next((one for one in _dates_of(bound) if one in frame.columns), None)
        if dated is None or (bound in frame.columns and dated not in named):
            continue
        at = 0 if bound.endswith("_first") else 1
        frame = frame.with_columns(_bounds(frame.get_column(dated), at, f"{name}, {dated}").alias(bound))
    return frame


def _bounds(given: pl.Series, at: int, where: str) -> pl.Series:
    if given.dtype.is_temporal():
        return given.cast(pl.Date)
    try:
        written = {value: _first_or_last(value, at) for value in given.drop_nulls().unique().to_list()}
    except ValueError as problem:
        raise UsageError(f"{where}: {problem}") from None
    return pl.Series([None if value is None else written[value] for value in given.to_list()], dtype=pl.Date)


def _first_or_last(value: object, at: int) -> object:
    # pandas makes a year a float where another year is missing.
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return dates.bounds(str(whole))[at]


def _lacking(missing: Iterable[str], name: str, frame: pl.DataFrame) -> UsageError:
    """Say what a table lacks in the field's terms, and what it has."""
    lines: dict[str, None] = {}
    first = ""
    for column in missing:
        dated = _dates_of(column)
        known = next((one for one in dated if one in _documented(name)), dated[0]) if dated else column
        first = first or known
        lines[f"{name} lacks {known}: {_known(known, name)[0]}{_meant(known, frame.columns)}"] = None
    return UsageError(
        "the table lacks columns this metric needs",
        details=[*lines, f"{name} has: {', '.join(frame.columns) or 'no columns'}"],
        hint=f'Say how the table calls them, such as columns={{"{first}": "…"}}.',
    )


def _typed(frame: pl.DataFrame, asked: Iterable[str], name: str) -> pl.DataFrame:
    """Cast the columns that are asked for to the types that metrics count on."""
    changed: list[pl.Expr | pl.Series] = []
    for column in dict.fromkeys(asked):
        wanted, had = _known(column, name)[1], frame.schema[column]
        if wanted is None or wanted == had:
            continue
        given = frame.get_column(column)
        if wanted == _TEXTS and had == pl.String:
            # A list in one cell is written as in the raw tables, joined by semicolons.
            changed.append(pl.col(column).str.split(";").list.eval(pl.element().str.strip_chars()))
            continue
        try:
            # pandas makes a column of whole numbers a float where one is missing; as a text it has no decimals.
            is_whole = wanted == pl.String and had.is_float() and bool((given == given.floor()).all())
            cast = (given.cast(pl.Int64) if is_whole else given).cast(wanted)
            if had.is_float() and wanted.is_integer() and not (cast.cast(pl.Float64) == given.cast(pl.Float64)).all():
                raise pl.exceptions.InvalidOperationError
        except pl.exceptions.PolarsError:
            shown = [repr(value) for value in given.drop_nulls().unique(maintain_order=True).to_list()[:_SHOWN_VALUES]]
            kind = _KINDS.get(wanted.base_type(), "text")
            raise UsageError(
                f"{name}, {column}: {', '.join(shown)} cannot be read as {kind}",
                hint=f"{column} is {_known(column, name)[0]}",
            ) from None
        changed.append(cast.alias(column))
    return frame.with_columns(changed) if changed else frame


_KINDS: Mapping[type[pl.DataType], str] = {
    pl.Float64: "a number",
    pl.Int64: "a whole number",
    pl.Boolean: "true or false",
    pl.Date: "a date",
    pl.List: "a list of texts",
}


def _known(column: str, table: str) -> tuple[str, pl.DataType | None]:
    """Return what a column means and its type; as one of `table`, else as metrics need it, else as of any table."""
    documented = _documented(table)
    if column in documented:
        return documented[column], schemas.clean_dtypes(table)[column]
    if column in _OWN:
        return _OWN[column]
    bound = _dates_of(column)
    if bound:
        return f"{'first' if column.endswith('_first') else 'last'} day that {bound[0]} may mean", pl.Date()
    return _any_table().get(column, ("a column of the table", None))


@cache
def _documented(table: str) -> Mapping[str, str]:
    """Return what each column of a table of the library means, as a phrase."""
    if table not in codebook.tables():
        return {}
    spec = codebook.tables()[table]
    named = {name: _phrase(column) for name, column in spec.every_column.items()}
    bounds = {
        bound: f"{which} day that {name} may mean"
        for name, column in spec.every_column.items()
        if column.type == "date"
        for bound, which in zip(schemas.bound_names(name), ("first", "last"), strict=True)
    }
    return {"row_id": "id of the row, as evidence names it", **bounds, **named}


def _phrase(column: codebook.Column) -> str:
    words = column.doc.rstrip(".")
    return f"{words} ({column.unit})" if column.unit else words


@cache
def _any_table() -> Mapping[str, tuple[str, pl.DataType]]:
    """Return what a column means, and its type, in the first table that has it; the table of disputes comes first."""
    found: dict[str, tuple[str, pl.DataType]] = {}
    for table in ("disputes", *codebook.tables()):
        dtypes = schemas.clean_dtypes(table)
        for name, words in _documented(table).items():
            found.setdefault(name, (words, dtypes[name]))
    return found
