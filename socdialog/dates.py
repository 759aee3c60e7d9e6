"""Dates of reduced precision: ``1992``, ``1992-07`` or ``1992-07-13`` (ISO 8601), and their bounds.

A date in this project is a text of one of three precisions. It is never compared as a text or
completed to a day; its first and last possible day are compared instead, so that ``1992`` is not
before ``1992-05-19``.
"""

from __future__ import annotations

import calendar
import contextlib
import re
from datetime import date
from typing import NamedTuple

from socdialog.errors import UsageError

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
RULE = "write YYYY, YYYY-MM or YYYY-MM-DD"
MONTHS = tuple(calendar.month_name)
#: A date as a person gives it: a year, a text of one of the three precisions, or a day.
DateLike = int | str | date


class Bounds(NamedTuple):
    """The first and the last day a date of reduced precision may mean."""

    first: date
    last: date


def bounds(text: str) -> Bounds:
    """Return the first and last day that `text` may mean.

    Raises
    ------
    ValueError
        When `text` is not a date of this form or names an impossible day.

    Examples
    --------
    >>> bounds("2024-02")
    Bounds(first=datetime.date(2024, 2, 1), last=datetime.date(2024, 2, 29))
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a date; {RULE}")
    year, month, day = found.groups()
    with contextlib.suppress(ValueError):
        first = date(int(year), int(month or 1), int(day or 1))
        last_month = int(month or 12)
        return Bounds(first, date(first.year, last_month, int(day or calendar.monthrange(first.year, last_month)[1])))
    raise ValueError(f"{text!r} is not a date; {RULE}")


def period(since: DateLike, until: DateLike) -> tuple[date, date]:
    """Return the first day that `since` may mean and the last day that `until` may mean.

    Raises
    ------
    UsageError
        When one of them is not a date, or `since` is later than `until`.

    Examples
    --------
    >>> period("2018-05", 2018)
    (datetime.date(2018, 5, 1), datetime.date(2018, 12, 31))
    """
    first, last = _given("since", since).first, _given("until", until).last
    if first > last:
        raise UsageError(f"since: {since} is later than until, {until}", hint="give the earlier date as since")
    return first, last


def span(since: DateLike | None, until: DateLike | None) -> tuple[date, date]:
    """Return the same as `period`, where None leaves an end open."""
    return period(date.min if since is None else since, date.max if until is None else until)


def day(value: DateLike, *, name: str) -> date:
    """Return the day that is meant by a date; of a year or a month the last day.

    Raises
    ------
    UsageError
        When it is not a date.

    Examples
    --------
    >>> day("2024-05", name="as_of")
    datetime.date(2024, 5, 31)
    """
    return _given(name, value).last


def _given(name: str, value: DateLike) -> Bounds:
    text = str(value)[:10] if isinstance(value, date) else str(value)
    with contextlib.suppress(ValueError):
        return bounds(text)
    raise UsageError(
        f"{name}: {value!r} is not a date", hint="give a year (2018), month ('2018-05') or day ('2018-05-12')"
    )


def last_day(text: str) -> date | None:
    """Return the last possible day of a date of reduced precision; None for a text that is no date.

    Examples
    --------
    >>> last_day("2026-11"), last_day("first edition")
    (datetime.date(2026, 11, 30), None)
    """
    try:
        return bounds(text).last
    except ValueError:
        return None
