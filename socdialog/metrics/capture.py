"""How many events two overlapping registers missed together: Lincoln-Petersen and Chapman.

Both need a closed population, right matching, and registers that are independent of each other. Publishers that copy
each other are not: their overlap is too large and the estimate too low. For the texts collected here they would say
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from socdialog.errors import UsageError
from socdialog.inputs import numbers

__all__ = ["Abundance", "chapman", "lincoln_petersen"]


@dataclass(frozen=True, slots=True)
class Abundance:
    """An estimated number with its standard error.

    Parameters
    ----------
    value
        Estimated number.
    se
        Standard error.
    n
        Different units recorded in either register.
    """

    value: float
    se: float
    n: int


def lincoln_petersen(both: int | None, first_only: int | None, second_only: int | None) -> Abundance | None:
    """Return the Lincoln-Petersen estimate of a number from two registers.

    Parameters
    ----------
    both, first_only, second_only
        Units recorded in both registers, in the first only, in the second only.

    Returns
    -------
    Abundance or None
        None where an input is missing or no unit is in both: use `chapman`.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``n₁ n₂ / m``; variance ``n₁ n₂ (n₁ − m)(n₂ − m) / m³``. Applies to two independent registers of a closed
    population.
    Unit: units.
    Domain: ≥ 0.
    Missing: null where an input is, or no unit is in both registers.
    Not measured: units that can be in neither register; change of the population between them. For two independent
    registers of a closed population only.
    Reference: Seber 1982, The Estimation of Animal Abundance, p. 59-60.

    Examples
    --------
    >>> lincoln_petersen(10, 10, 5).value
    30.0
    """
    both, first_only, second_only = numbers([both, first_only, second_only], name="units")
    if both is None or first_only is None or second_only is None:
        return None
    first, second = _sizes(both, first_only, second_only)
    if both == 0:
        return None
    variance = first * second * first_only * second_only / both**3
    return Abundance(first * second / both, sqrt(variance), both + first_only + second_only)


def chapman(both: int | None, first_only: int | None, second_only: int | None) -> Abundance | None:
    """Return Chapman's estimate, nearly unbiased in small samples and defined without an overlap.

    Parameters
    ----------
    both, first_only, second_only
        As for `lincoln_petersen`.

    Returns
    -------
    Abundance or None
        None where an input is missing.

    Raises
    ------
    UsageError
        For what is no number.

    Notes
    -----
    Formula: ``(n₁+1)(n₂+1)/(m+1) − 1``; variance ``(n₁+1)(n₂+1)(n₁−m)(n₂−m) / ((m+1)²(m+2))``. Applies as
    `lincoln_petersen`.
    Unit: units.
    Domain: ≥ 0.
    Missing: null where an input is.
    Not measured: units that can be in neither register; change of the population between them. For two independent
    registers of a closed population only.
    Reference: Chapman 1951; Seber 1982, p. 60.

    Examples
    --------
    >>> chapman(0, 3, 4).value
    19.0
    """
    both, first_only, second_only = numbers([both, first_only, second_only], name="units")
    if both is None or first_only is None or second_only is None:
        return None
    first, second = _sizes(both, first_only, second_only)
    product = (first + 1) * (second + 1)
    variance = product * first_only * second_only / ((both + 1) ** 2 * (both + 2))
    return Abundance(product / (both + 1) - 1, sqrt(variance), both + first_only + second_only)


def _sizes(both: int, first_only: int, second_only: int) -> tuple[int, int]:
    if min(both, first_only, second_only) < 0:
        raise UsageError("a count is below 0", hint="Units seen in both, in the first only, in the second only.")
    return both + first_only, both + second_only
