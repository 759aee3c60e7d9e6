"""The names of releases of official statistics."""

from __future__ import annotations

from socdialog import dates
from socdialog.codebook import cldr
from socdialog.display.messages import words


def release(vintage: str) -> str:
    """Write the name of a release.

    Examples
    --------
    >>> release("2026-02"), release("6.1")
    ('February 2026 release', 'release 6.1')
    """
    try:
        dates.bounds(vintage)
    except ValueError:
        return words("series.release", vintage=vintage)
    return words("series.release_dated", date=cldr.date(vintage))
