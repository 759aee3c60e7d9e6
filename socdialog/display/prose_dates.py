"""Dates within a sentence, with the preposition that their precision takes."""

from __future__ import annotations

from socdialog import dates
from socdialog.display.messages import words

#: Letters of a date of full precision.
_DAY = len("2025-12-17")


def on_date(text: str) -> str:
    """Write a date within a sentence.

    Examples
    --------
    >>> on_date("2025-12-17"), on_date("2025-12"), on_date("2025")
    ('on 17 December 2025', 'in December 2025', 'in 2025')
    """
    return words("date.on_day" if len(text) == _DAY else "date.in_period", date=dates.written(text))
