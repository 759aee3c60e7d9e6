"""Docstrings of load functions, made of the data dictionary, so that columns and options are described in one place."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import TypeVar

from socdialog import codebook, schemas

F = TypeVar("F", bound=Callable[..., object])

_OPTIONS = {
    "countries": "One or several countries, by ISO 3166-1 code or by name; rows that belong to any of them are kept.",
    "since": 'A year, month (``"2018-05"``) or day; rows whose date may be this or later are kept.',
    "until": "A year, month or day; rows whose date may be this or earlier are kept.",
    "kind": "One or several types of event, by code or label.",
    "topic": "One or several topics, by code or label.",
    "organisation": "One or several organisations, by id or by any name or acronym; events that name one are kept.",
    "text": "Words that begin words of the event's label, of its reports' labels or of its place; all of them.",
    "indicator": "One or several indicators, by code or label.",
    "convention": 'One or several conventions, by code (``"C087"``) or title.',
    "source": "One or several publishers, as the column ``source`` writes them.",
    "vintage": '``"latest"``, ``"all"``, a release (``"6.1"``), a month or year of releases (``"2026-02"``), or a day: '
    "the release that was the latest then.",
    "labels": '``True`` adds a column of labels after each column of codes; ``"own"`` names countries and '
    'organisations in their own language where it is known, a language (``"ru"``) countries, languages and currencies '
    "in it.",
    "data": "The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.",
}
_GENERAL = {
    "row_id": "ID of the row, as used in lists of evidence.",
    "raw_file": "File from which the row was read.",
    "raw_line": "Line in that file.",
}


def documented(load: F, table: str, summary: str) -> F:
    """Name a load function after its table, and document its options and the columns that it returns.

    Parameters
    ----------
    load
        The function.
    table
        Name of its table.
    summary
        What it loads, as the first line of its docstring.
    """
    spec = codebook.tables()[table]
    fields = spec.every_column
    options = [f"    {name}\n        {_OPTIONS[name]}" for name in signature(load).parameters]
    columns = [
        f"    {name} : {dtype}{f' ({fields[name].unit})' if name in fields and fields[name].unit else ''}\n"
        f"        {fields[name].doc if name in fields else _GENERAL.get(name, 'First or last day the date may mean.')}"
        for name, dtype in schemas.clean_dtypes(table).items()
    ]
    known = f"\n\n    Known problems: {spec.known_problems}" if spec.known_problems else ""
    load.__doc__ = (
        f"{summary}\n\n    One row is: {spec.row}{known}\n\n    Null means not reported; zero is a reported zero.\n\n"
        f"{_section('Parameters', options)}\n\n"
        f"{_section('Returns', ['    polars.DataFrame', '        Sorted by its key, with the columns below.'])}\n\n"
        f"{_section('Raises', ['    DataError', _ERRORS_OF_DATA, '    UsageError', _WRONG_USE])}\n\n"
        f"{_section('Columns', columns)}\n\n"
        f"{_section('Examples', [f'    >>> sd.load_{table}()     # doctest: +SKIP'])}\n"
    )
    load.__name__ = load.__qualname__ = f"load_{table}"
    return load


_ERRORS_OF_DATA = "        With every error of the raw data."
_WRONG_USE = "        For an unknown country or code, or a wrong date, with what may be meant."


def _section(heading: str, lines: list[str]) -> str:
    return f"    {heading}\n    {'-' * len(heading)}\n" + "\n".join(lines)
