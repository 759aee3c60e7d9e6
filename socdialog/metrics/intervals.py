"""Intervals for data that earns them: a random sample, or a complete register read as one outcome of a chance process.

Not for counts of a collection that is not a sample: such a count has no random error that an interval
could express, and no page of this project shows one. The exact intervals need scipy (``pip install
socdialog[stats]``).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from types import ModuleType
from typing import Literal, get_args

from socdialog.errors import UsageError
from socdialog.inputs import choice, number, within
from socdialog.metrics.capture import Abundance, chapman, lincoln_petersen
from socdialog.metrics.diversity import effective_classes, herfindahl, shannon

__all__ = [
    "Abundance",
    "Interval",
    "chapman",
    "effective_classes",
    "herfindahl",
    "lincoln_petersen",
    "poisson_rate",
    "rate_ratio",
    "shannon",
    "wilson",
]
__dir__ = __all__.copy

PoissonMethod = Literal["exact", "byar"]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval.

    Parameters
    ----------
    value
        The estimate.
    low, high
        Ends of the interval; None = open.
    n
        Base: units of the sample, or events.
    confidence
        Level, such as 0.95.
    method
        How the interval was made.
    """

    value: float
    low: float
    high: float | None
    n: float
    confidence: float
    method: str


def wilson(successes: float | None, n: float | None, *, confidence: float = 0.95) -> Interval | None:
    """Return a proportion with its Wilson interval.

    Parameters
    ----------
    successes, n
        Units with the property, and all units, of a random sample (for a survey, effective numbers).
    confidence
        Level of the interval.

    Returns
    -------
    Interval or None
        None where an input is missing or `n` is not above 0.

    Raises
    ------
    UsageError
        When successes lie outside 0 to n, or the level outside 0 to 1.

    Notes
    -----
    Formula: ``(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)``.
    Unit: share.
    Domain: 0-1.
    Missing: null where an input is, or `n` is not above 0.
    Not measured: error other than that of sampling. For a random sample only.
    Reference: Wilson 1927, Journal of the American Statistical Association 22.

    Examples
    --------
    >>> wilson(5, 10).value
    0.5
    """
    successes, n = number(successes, name="successes"), number(n, name="n")
    z = _z(confidence)
    if successes is None or n is None or n <= 0:
        return None
    if not 0 <= successes <= n:
        raise UsageError(f"{successes} successes of {n}", hint="Successes lie between 0 and n.")
    p = successes / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if successes == 0 else (middle - half) / scale
    high = 1.0 if successes == n else (middle + half) / scale
    return Interval(p, low, high, n, confidence, "wilson")


def poisson_rate(
    count: int | None,
    exposure: float | None,
    *,
    method: PoissonMethod,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> Interval | None:
    """Return the rate of a count of independent events, with its Poisson interval.

    Parameters
    ----------
    count
        Number of events in a complete register.
    exposure
        What the events arise from, such as country-years; name its unit where you show the rate.
    method
        ``exact`` (Garwood; needs scipy) or ``byar``. There is no default, and the two are not mixed in one table:
        at small counts they differ.
    multiplier
        The rate is per this many units of exposure.
    confidence
        Level of the interval.

    Returns
    -------
    Interval or None
        None where an input is missing or the exposure is not above 0: no events without exposure is not a rate of 0.

    Raises
    ------
    UsageError
        When the count is negative or not whole, or scipy is needed and missing.

    Notes
    -----
    Formula: ``m × x / t``; exact limits ``χ²(α/2; 2x)/2`` and ``χ²(1−α/2; 2x+2)/2``; Byar ``x(1 − 1/9x − z/3√x)³`` and
    ``(x+1)(1 − 1/9(x+1) + z/3√(x+1))³``; x = 0 has the lower limit 0. Applies to a register of independent events.
    Unit: events per `multiplier` units of exposure.
    Domain: ≥ 0.
    Missing: null where an input is, or the exposure is not above 0.
    Not measured: error other than chance: events that the register lacks, events that cause each other.
    Reference: Garwood 1936, Biometrika 28; Breslow and Day 1987, vol. II.

    Examples
    --------
    >>> poisson_rate(10, 5.0, method="byar").value
    2.0
    """
    choice(method, get_args(PoissonMethod), what="method")
    count, exposure = number(count, name="count"), number(exposure, name="exposure")
    z = _z(confidence)
    if count is None or exposure is None or exposure <= 0:
        return None
    _whole(count)
    if method == "exact":
        chi2 = _scipy_stats().chi2
        tail = (1 - _level(confidence)) / 2
        low = float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
        high = float(chi2.ppf(1 - tail, 2 * count + 2)) / 2
    else:
        above = count + 1
        low = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
        high = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    scale = multiplier / exposure
    return Interval(count * scale, max(low, 0.0) * scale, high * scale, count, confidence, method)


def rate_ratio(
    count: int | None,
    exposure: float | None,
    other_count: int | None,
    other_exposure: float | None,
    *,
    confidence: float = 0.95,
) -> Interval | None:
    """Return the ratio of two Poisson rates with its exact conditional interval (needs scipy).

    Parameters
    ----------
    count, exposure
        Events and exposure of the first.
    other_count, other_exposure
        Events and exposure of the second, in the same units.
    confidence
        Level of the interval.

    Returns
    -------
    Interval or None
        None where an input is missing, an exposure is not above 0, or the second has no events. ``high`` is never
        open then.

    Raises
    ------
    UsageError
        For what is no count or number, or a confidence outside 0 and 1; where scipy is not installed.

    Notes
    -----
    Formula: ``(x₁/t₁) / (x₂/t₂)``; given the total, x₁ is binomial with ``p = t₁ρ/(t₁ρ + t₂)``, whose Clopper-Pearson
    limits are turned into limits of ρ. Applies as `poisson_rate`.
    Unit: ratio.
    Domain: ≥ 0.
    Missing: null where an input is, an exposure is not above 0, or the second has no events.
    Not measured: error other than chance; why the rates differ.
    Reference: Clopper and Pearson 1934; Przyborowski and Wilenski 1940.

    Examples
    --------
    >>> round(rate_ratio(10, 2.0, 5, 3.0).value, 4)
    3.0
    """
    count, exposure = number(count, name="count"), number(exposure, name="exposure")
    other_count = number(other_count, name="other_count")
    other_exposure = number(other_exposure, name="other_exposure")
    if count is None or other_count is None or exposure is None or other_exposure is None:
        return None
    if exposure <= 0 or other_exposure <= 0 or other_count == 0:
        return None
    _whole(count)
    _whole(other_count)
    beta = _scipy_stats().beta
    tail = (1 - _level(confidence)) / 2
    low = float(beta.ppf(tail, count, other_count + 1)) if count else 0.0
    high = float(beta.ppf(1 - tail, count + 1, other_count))
    odds = other_exposure / exposure
    value = count / other_count * odds
    return Interval(value, low / (1 - low) * odds, high / (1 - high) * odds, count + other_count, confidence, "exact")


def _whole(count: float) -> None:
    if count < 0 or count != int(count):
        raise UsageError(f"{count} is not a count", hint="Events are whole numbers from 0.")


def _level(confidence: float) -> float:
    return within(confidence, 0, 1, name="confidence")


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(1 - (1 - _level(confidence)) / 2)


def _scipy_stats() -> ModuleType:
    try:
        from scipy import stats
    except ModuleNotFoundError as missing:
        raise UsageError(
            "this interval needs scipy, which is not installed", hint="python -m pip install 'socdialog[stats]'"
        ) from missing
    found: ModuleType = stats
    return found
