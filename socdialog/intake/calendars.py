"""Days of the Iranian (Solar Hijri), Islamic and Buddhist calendars as days of the Gregorian one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from socdialog import dates

#: The first day of each calendar, counted as `date.toordinal` does.
_SOLAR_EPOCH, _LUNAR_EPOCH = 226_895, 227_015
#: Days before each month of the Iranian calendar: six of 31 days, five of 30, the last of 29 or 30.
_SOLAR_MONTHS = tuple(min(month, 6) * 31 + max(month - 6, 0) * 30 for month in range(12))
#: Years of both that are of our time (1921 to 2042, and 1883 to 2077), and those of the Buddhist calendar.
_SOLAR_YEARS, _LUNAR_YEARS, _BUDDHIST_YEARS = range(1300, 1421), range(1300, 1501), range(2400, 2600)
#: Years that the Buddhist calendar is ahead.
_BUDDHIST = 543


def other_calendars(text: str) -> Iterator[tuple[str, str]]:
    """Yield each other calendar by which a date may be meant, and that date in ours.

    Parameters
    ----------
    text
        A date of reduced precision. Of a year alone that year of ours is given in which most of it lies, of a month
        that month in which it begins.

    Examples
    --------
    >>> list(other_calendars("1402-05-10"))
    [('Iranian', '2023-08-01'), ('Islamic', '1982-03-06')]
    >>> list(other_calendars("2567")), list(other_calendars("2024"))
    ([('Buddhist', '2024')], [])
    """
    year, month, day = (int(part) for part in (text + {4: "-03-01", 7: "-01"}.get(len(text), "")).split("-"))
    found = {}
    if 1 <= month <= len(_SOLAR_MONTHS):
        if year in _SOLAR_YEARS:
            found["Iranian"] = date.fromordinal(_solar(year, month, day)).isoformat()
        if year in _LUNAR_YEARS:
            found["Islamic"] = date.fromordinal(_lunar(year, month, day)).isoformat()
    if year in _BUDDHIST_YEARS:
        found["Buddhist"] = f"{year - _BUDDHIST}{text[4:]}"
    for name, ours in found.items():
        with suppress(ValueError):
            dates.bounds(ours[: len(text)])
            yield name, ours[: len(text)]


def _solar(year: int, month: int, day: int) -> int:
    """Return the day of a date of the Iranian calendar; its leap years follow a cycle of 33 years in our time."""
    return _SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) // 33 + _SOLAR_MONTHS[month - 1] + day - 1


def _lunar(year: int, month: int, day: int) -> int:
    """Return the day of a date of the Islamic calendar as tables reckon it: a day off what was observed at most."""
    return _LUNAR_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
