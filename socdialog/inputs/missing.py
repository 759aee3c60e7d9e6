"""Missing values: None, NaN, and what other libraries write for them, such as pandas' ``NaT`` and ``NA``."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from typing import Any, TypeVar

import polars as pl

from socdialog.errors import UsageError

T = TypeVar("T")


def is_missing(value: object) -> bool:
    """Say whether a single value is missing, whichever library wrote it.

    Examples
    --------
    >>> is_missing(None), is_missing(float("nan")), is_missing(0), is_missing("")
    (True, True, False, False)
    """
    if value is None or isinstance(value, Sized):
        return value is None
    try:
        return bool(value != value)  # noqa: PLR0124 - NaN and NaT differ from themselves
    except TypeError:
        # pandas' NA says neither yes nor no when it is compared with itself.
        return True


def whole_missing(value: T | None) -> T | None:
    """Return a single value, with every form of missing as None.

    Examples
    --------
    >>> whole_missing(float("nan")), whole_missing(3)
    (None, 3)
    """
    return None if is_missing(value) else value


def listed(values: Iterable[Any], *, name: str) -> list[Any]:
    """Return a list, array or column of any library as a list, with every form of missing as None.

    Raises
    ------
    UsageError
        For a text or a single value, which is not a list.
    """
    _refuse_single(values, name)
    if isinstance(values, pl.Series):
        return [whole_missing(value) for value in values.to_list()]
    return [whole_missing(_plain(value)) for value in values]


def lists(values: Iterable[Iterable[Any]], *, name: str) -> list[list[Any]]:
    """Return a list of lists, arrays or columns of any library as one of lists; see `listed`."""
    _refuse_single(values, name)
    return [listed(one, name=name) for one in values]


def _refuse_single(values: object, name: str) -> None:
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        raise UsageError(f"{name}: {values!r} is not a list", hint="give one value for each unit, such as [1, 2, None]")


def _plain(value: Any) -> Any:
    """Return a value of numpy or pyarrow as one of Python, by the way that each of these libraries has for it."""
    to_python = getattr(value, "as_py", getattr(value, "item", None))
    return value if to_python is None else to_python()
