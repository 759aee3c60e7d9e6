"""The names of participating sides, as measures of events count them: employers by what they are."""

from __future__ import annotations

from types import MappingProxyType

from socdialog.codebook import wording
from socdialog.display.messages import words

#: The parts of the employers' side, by the message that names each.
_PARTS = MappingProxyType(
    {"employers": "organisations", "employers:enterprise": "enterprise", "employers:not_known": "unidentified"}
)


def side_name(code: str) -> str:
    """Return the name of a side of ``events_by_side``.

    Examples
    --------
    >>> side_name("workers"), side_name("employers:enterprise")
    ('Workers', 'Individual employers')
    """
    return words(f"events.{_PARTS[code]}") if code in _PARTS else wording.label("sides", code)
