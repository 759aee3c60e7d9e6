"""Official values as a reader needs them: rounded, with their unit."""

from __future__ import annotations

from socdialog import codebook
from socdialog.codebook import wording

#: From here on an official value is shown without decimals, or with one.
_LARGE, _MIDDLE = 1000, 10


def format_official(value: float, unit: str | None = None) -> str:
    """Write an official value, rounded as far as a reader needs; its evidence has all digits.

    Examples
    --------
    >>> format_official(46.923, "percent"), format_official(2.774, "score_0_10"), format_official(1234.5)
    ('46.9%', '2.77 of 10', '1,234')
    """
    size = abs(value)
    term = codebook.vocabulary("units").get(unit or "")
    fine = size < _MIDDLE and (term is None or term.more.get("family") != "percent")
    decimals = 0 if size >= _LARGE else 2 if fine else 1
    rounded = round(value, decimals) if round(value, decimals) or not value else value
    return wording.quantity(rounded, unit)
