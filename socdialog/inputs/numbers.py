"""Single numbers within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any

from socdialog.errors import UsageError
from socdialog.inputs.missing import is_missing, listed


def number(value: Any, *, name: str) -> Any:
    """Return a number as it is, and every form of missing as None.

    Raises
    ------
    UsageError
        When it is something else, such as a text.

    Examples
    --------
    >>> number(5, name="days"), number(float("nan"), name="days")
    (5, None)
    """
    if is_missing(value):
        return None
    if isinstance(value, bool) or not isinstance(value, Real):
        raise UsageError(f"{name}: {value!r} is not a number", hint="write None where it is not known")
    return value


def numbers(values: Iterable[Any], *, name: str) -> list[Any]:
    """Return a list of numbers, with every form of missing as None; see `number`."""
    return [number(value, name=name) for value in listed(values, name=name)]


def at_least(value: int, least: int, *, name: str) -> int:
    """Return a whole number of at least `least`.

    Raises
    ------
    UsageError
        When it is not a whole number, or is smaller.

    Examples
    --------
    >>> at_least(3, 1, name="limit")
    3
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise UsageError(f"{name}: {value!r} is not a whole number of {least} or more")
    return value


def within(value: float, low: float, high: float, *, name: str) -> float:
    """Return a number between two others, both left out.

    Raises
    ------
    UsageError
        When it is not a number, or is outside the range.

    Examples
    --------
    >>> within(0.95, 0, 1, name="confidence")
    0.95
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not low < value < high:
        raise UsageError(f"{name}: {value!r} is not a number between {low} and {high}")
    return float(value)
