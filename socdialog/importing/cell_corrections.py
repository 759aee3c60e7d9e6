"""Correct the cells of an imported file: only as its map declares, and count the cells changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime

import polars as pl

from socdialog.errors import UsageError
from socdialog.importing.map_file import Corrections

#: Blanks that do not break, as word processors and spreadsheets write them.
_NO_BREAK = "[\u00a0\u202f\u2007]"
#: Days of a spreadsheet: a number below the first one (18 March 1908) is a year, which is a date too.
_DAY_ZERO, _FIRST_DAY, _LAST_DAY = date(1899, 12, 30), 3000, 2_958_465
_SERIAL, _MIDNIGHT = r"^[0-9]{4,7}(\.0+)?$", r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00(\.0+)?$"


def correct_cells(
    frame: pl.DataFrame, how: Corrections, *, dates: Iterable[str], numbers: Iterable[str]
) -> tuple[pl.DataFrame, Mapping[str, int]]:
    """Return the texts of a file corrected as `how` declares, and how many cells each option changed.

    Parameters
    ----------
    frame
        The columns of a file as texts.
    how
        The corrections declared.
    dates, numbers
        The columns that dates, and numbers, are made of; the others are never read as such.
    """
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    dates, numbers = list(dates), list(numbers)
    steps: list[tuple[str, bool, Iterable[str], Callable[[pl.Expr], pl.Expr]]] = [
        ("no_break_spaces", how.no_break_spaces, texts, lambda cell: cell.str.replace_all(_NO_BREAK, " ")),
        ("blanks", how.blanks, texts, lambda cell: cell.str.replace_all(" +", " ").str.strip_chars(" ")),
        ("empty", bool(how.empty), texts, lambda cell: pl.when(~cell.is_in(how.empty)).then(cell)),
        ("spreadsheet_dates", how.spreadsheet_dates, dates, _of_spreadsheet),
        ("date_form", how.date_form is not None, dates, lambda cell: _in_form(cell, str(how.date_form))),
        ("thousands", how.thousands is not None, numbers, lambda cell: _without(cell, str(how.thousands))),
        ("decimal", how.decimal is not None, numbers, lambda cell: _point(cell, str(how.decimal))),
        ("whole_numbers", how.whole_numbers, texts, lambda cell: cell.str.replace(r"^(-?[0-9]+)\.0+$", "${1}")),
    ]
    counts: dict[str, int] = {}
    for option, is_declared, columns, step in steps:
        if is_declared:
            after = frame.with_columns(step(pl.col(name)).alias(name) for name in columns)
            counts[option] = sum(int(frame[name].ne_missing(after[name]).sum()) for name in columns)
            frame = after
    # A cell of which nothing is left is empty.
    return frame.with_columns(pl.when(pl.col(name) != "").then(pl.col(name)) for name in texts), counts


def _of_spreadsheet(cell: pl.Expr) -> pl.Expr:
    """Return the day that a spreadsheet counts from 1900, or writes with a midnight, as YYYY-MM-DD."""
    number = cell.str.extract(r"^([0-9]+)").cast(pl.Int64, strict=False)
    is_day = cell.str.contains(_SERIAL) & number.is_between(_FIRST_DAY, _LAST_DAY)
    day = pl.lit(_DAY_ZERO) + pl.duration(days=pl.when(is_day).then(number))
    return pl.when(is_day).then(day.dt.to_string("%Y-%m-%d")).otherwise(cell.str.replace(_MIDNIGHT, "${1}"))


def _in_form(cell: pl.Expr, form: str) -> pl.Expr:
    """Return a date that is written in `form` as YYYY-MM-DD; any other text as it is."""
    some = datetime(2001, 2, 3)  # noqa: DTZ001 - a day of no place
    try:
        is_whole = datetime.strptime(some.strftime(form), form) == some  # noqa: DTZ007
    except ValueError:
        is_whole = False
    if not is_whole:
        problem = f"corrections: date_form: {form!r} does not name day, month and year"
        raise UsageError(problem, hint="write it as in '%m/%d/%Y'")
    return pl.coalesce(cell.str.strptime(pl.Date, form, strict=False).dt.to_string("%Y-%m-%d"), cell)


def _without(cell: pl.Expr, sign: str) -> pl.Expr:
    is_grouped = cell.str.replace_all(sign, ",", literal=True).str.contains(r"^-?[0-9]{1,3}(,[0-9]{3})+($|[^0-9,])")
    return pl.when(is_grouped).then(cell.str.replace_all(sign, "", literal=True)).otherwise(cell)


def _point(cell: pl.Expr, sign: str) -> pl.Expr:
    pointed = cell.str.replace(sign, ".", literal=True)
    return pl.when(pointed.str.contains(r"^-?[0-9]+\.[0-9]+$")).then(pointed).otherwise(cell)
