"""What a told number allows: the interval of its last printed digit and of its qualifier.

``72.7`` per cent stands for everything from 72.65 to 72.75; ``more than 500`` for everything above;
``about 6,000`` for everything between 5,700 and 6,300, as the vocabulary of qualifiers reads it. Counts and money
stand as printed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import inf

from socdialog.codebook import qualifiers

#: Relative slack for sums of binary fractions.
_DUST = 1e-9


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a told number allows; an open end is not among them.

    Parameters
    ----------
    low, high
        The ends.
    low_open, high_open
        Whether an end itself is left out.
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"an interval runs upwards, not from {self.low} to {self.high}")

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both; ends that only touch count when both are closed."""
        if self.high < other.low or other.high < self.low:
            return False
        if self.high == other.low:
            return not (self.high_open or other.low_open)
        if other.high == self.low:
            return not (other.high_open or self.low_open)
        return True

    def adjoins(self, other: Interval) -> bool:
        """Whether some number lies in both, touching ends and the dust of binary fractions forgiven."""
        slack = _DUST * max(1.0, *(abs(end) for end in (self.low, self.high, other.low, other.high) if abs(end) < inf))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        """Multiply by an interval of numbers that are not negative."""
        ends = [_times(one, two) for one in (self.low, self.high) for two in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def over(self, other: Interval) -> Interval | None:
        """Divide intervals of numbers that are not negative; None where the divisor may be zero only."""
        if other.high <= 0:
            return None
        low = 0.0 if other.high == inf else self.low / other.high
        return Interval(low, inf if other.low <= 0 or self.high == inf else self.high / other.low)


def _times(one: float, other: float) -> float:
    return 0.0 if one == 0 or other == 0 else one * other


def total_of(parts: Iterable[Interval]) -> Interval:
    """Return what a sum of told numbers allows."""
    return sum(parts, Interval(0.0, 0.0))


def step(value: float) -> float:
    """Return the unit of the last printed digit: 1 for 28 and for 28.0, 0.1 for 72.7.

    Clean tables carry numbers, so the digits are those of the shortest text that gives the number.
    """
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return float(10.0 ** min(int(exponent), 0)) if isinstance(exponent, int) else 1.0


@lru_cache(maxsize=65536)
def allowed(
    value: float,
    *,
    high: float | None = None,
    qualifier: str = "exact",
    rounded: bool = False,
    last_digit: float | None = None,
) -> Interval:
    """Return the numbers that a told number allows.

    Parameters
    ----------
    value, high
        The number, or the ends of a range.
    qualifier
        How the source qualifies it: a code of the vocabulary of qualifiers, which says what it bounds.
    rounded
        Whether the number is rounded to its last printed digit (shares, factors) or stands as printed (counts, money).
    last_digit
        The unit of that digit where more is known than the number shows: a 5 of a series with one decimal is 5.0.

    Examples
    --------
    >>> allowed(72.7, rounded=True)
    Interval(low=72.65, high=72.75, low_open=False, high_open=True)
    """
    known = qualifiers.qualifier(qualifier)
    low, top = known.bounds(value, high)
    # The ends of a range, and a bound that is left out, are no rounded numbers: nothing that would be rounded is meant.
    whole = not rounded or high is not None or (known.strict and (low is None or top is None))
    first, last = sorted((value, value if high is None else high))
    below, above = (0.0 if whole else (last_digit or step(end)) / 2 for end in (first, last))
    # Counts and money are not negative; a change in per cent may be.
    bottom = 0.0 if value >= 0 and not rounded else -inf
    is_one = low == top
    return Interval(
        bottom if low is None else min(low, round(first - below, 10)),
        inf if top is None else max(top, round(last + above, 10)),
        low_open=known.strict and low is not None and not is_one,
        high_open=top is not None and (not whole if is_one else known.strict),
    )
