"""What a qualified number allows: ``about 6,000``, ``more than 500``, ``30 to 35``, by the vocabulary of qualifiers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from socdialog import codebook

#: Decimals of a bound: what lies behind them is the dust of binary fractions.
_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Qualifier:
    """How a qualifier bounds the true value.

    Parameters
    ----------
    has_low, has_high
        Whether the true value has a lower, and an upper, bound.
    strict
        Whether the bound itself is left out.
    tolerance
        How far the true value may be from the number given, as a part of that number, on a side that is bounded.
    """

    has_low: bool
    has_high: bool
    strict: bool
    tolerance: float

    def bounds(self, value: float, high: float | None = None) -> tuple[float | None, float | None]:
        """Return the least and the greatest true value that the number, or the range up to `high`, allows; None = open.

        Examples
        --------
        >>> qualifier("about").bounds(6000)
        (5700.0, 6300.0)
        >>> qualifier("more_than").bounds(500)
        (500.0, None)
        """
        low, top = sorted((value, value if high is None else high))
        least, greatest = low - self.tolerance * abs(low), top + self.tolerance * abs(top)
        return (
            round(least, _DECIMALS) if self.has_low else None,
            round(greatest, _DECIMALS) if self.has_high else None,
        )


@cache
def qualifier(code: str | None) -> Qualifier:
    """Return the qualifier of this code; one that the vocabulary does not have bounds nothing."""
    term = codebook.vocabulary("qualifiers").get(code or "")
    more = {} if term is None else term.more
    sides, tolerance = more.get("bounds"), more.get("tolerance", 0.0)
    assert isinstance(tolerance, float)
    return Qualifier(
        has_low=sides in {"exact", "both", "low"},
        has_high=sides in {"exact", "both", "high"},
        strict=more.get("strict") is True,
        tolerance=tolerance,
    )
