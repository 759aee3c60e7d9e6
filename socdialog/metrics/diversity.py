"""Diversity of a sample over classes: Shannon's entropy with its corrections, Herfindahl, effective number.

For a random sample from a population of classes. On a convenience collection they describe the collection alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import Literal, get_args

from socdialog.errors import UsageError
from socdialog.inputs import choice, numbers, yes_or_no

__all__ = ["Estimator", "effective_classes", "herfindahl", "shannon"]

Estimator = Literal["ml", "miller_madow", "chao_shen", "jeffreys", "laplace", "shrink"]
#: What each Bayesian estimator adds to every class, the empty ones included.
_PSEUDO = {"jeffreys": 0.5, "laplace": 1.0}


def shannon(counts: Sequence[int], *, estimator: Estimator) -> float | None:
    """Return Shannon's entropy of a sample, in nats.

    Parameters
    ----------
    counts
        Units per class. Give the full list of classes, the empty ones too: ``jeffreys``, ``laplace`` and ``shrink``
        need them.
    estimator
        ``ml`` (plug-in, biased low), ``miller_madow``, ``chao_shen``, ``jeffreys``, ``laplace`` or ``shrink``.

    Returns
    -------
    float or None
        None where there is no unit, or a count is missing.

    Raises
    ------
    UsageError
        For what is no list of counts, or an unknown estimator.

    Notes
    -----
    Formula: ``H = −Σ p ln p``; Miller-Madow ``H + (m − 1)/2N`` with m non-empty classes; Chao-Shen weights by coverage
    ``1 − f₁/N``.
    Unit: nats.
    Domain: ≥ 0.
    Missing: null where there is no unit, or a count is missing.
    Not measured: the quality of the classes; classes missing from the list. Show N with it.
    Reference: Miller 1955; Chao and Shen 2003; Hausser and Strimmer 2009.

    Examples
    --------
    >>> round(shannon([5, 5], estimator="ml"), 4)
    0.6931
    """
    choice(estimator, get_args(Estimator), what="estimator")
    counts = numbers(counts, name="counts")
    total = _total(counts)
    if total is None or total == 0:
        return None
    if estimator in _PSEUDO:
        added = _PSEUDO[estimator]
        return _entropy([(count + added) / (total + added * len(counts)) for count in counts])
    plain = [count / total for count in counts]
    if estimator == "shrink":
        return _entropy(_shrunk(plain, total))
    if estimator == "chao_shen":
        return _chao_shen(counts, total)
    filled = sum(count > 0 for count in counts)
    return _entropy(plain) + ((filled - 1) / (2 * total) if estimator == "miller_madow" else 0.0)


def herfindahl(counts: Sequence[int], *, unbiased: bool = False) -> float | None:
    """Return the Herfindahl index of a sample: the chance that two units are of one class.

    Parameters
    ----------
    counts
        Units per class.
    unbiased
        Draw the two units without replacement, which removes the bias of a small sample.

    Returns
    -------
    float or None
        None where there is no unit, where a count is missing, or, unbiased, with fewer than two.

    Raises
    ------
    UsageError
        For what is no list of counts.

    Notes
    -----
    Formula: ``Σ p²``, or ``Σ n_i(n_i − 1) / (N(N − 1))``.
    Unit: index.
    Domain: 0-1.
    Missing: null where there is no unit, where a count is missing or, unbiased, with fewer than two.
    Not measured: the quality of the classes.
    Reference: Simpson 1949, Nature 163; Herfindahl 1950.

    Examples
    --------
    >>> herfindahl([5, 5])
    0.5
    """
    counts = numbers(counts, name="counts")
    total = _total(counts)
    if total is None:
        return None
    if yes_or_no(unbiased, name="unbiased"):
        return sum(count * (count - 1) for count in counts) / (total * (total - 1)) if total > 1 else None
    return sum(count * count for count in counts) / total**2 if total else None


def effective_classes(counts: Sequence[int]) -> float | None:
    """Return the effective number of classes, ``1 / Σ p²``; None where there is no unit (Hill 1973, order 2).

    Parameters
    ----------
    counts
        Units per class.

    Returns
    -------
    float or None
        Classes of equal size; None where there is no unit, or a count is missing.

    Raises
    ------
    UsageError
        For what is no list of counts.

    Notes
    -----
    Formula: ``1 / Σ p²``.
    Unit: classes of equal size.
    Domain: ≥ 1.
    Missing: null where there is no unit, or a count is missing.
    Not measured: the number of classes that exist; their quality.
    Reference: Hill 1973, Ecology 54(2), order 2.

    Examples
    --------
    >>> effective_classes([5, 5])
    2.0
    """
    index = herfindahl(counts)
    return None if index is None else 1 / index


def _total(counts: Sequence[int | None]) -> int | None:
    """Return the number of units; None where that of a class is missing."""
    known = [count for count in counts if count is not None]
    wrong = next((count for count in known if count < 0 or count != int(count)), None)
    if wrong is not None:
        raise UsageError(f"counts: {wrong} is not a whole number of 0 or more", hint="Give the units per class.")
    return sum(known) if len(known) == len(counts) else None


def _entropy(shares: Sequence[float]) -> float:
    return -sum(share * log(share) for share in shares if share > 0)


def _chao_shen(counts: Sequence[int], total: int) -> float:
    singles = sum(count == 1 for count in counts)
    # With nothing but singletons the coverage would be 0; the authors' own program lets one of them count twice.
    coverage = 1 - (singles - (singles == total)) / total
    shares = [coverage * count / total for count in counts if count]
    return -sum(share * log(share) / (1 - (1 - share) ** total) for share in shares)


def _shrunk(shares: Sequence[float], total: int) -> list[float]:
    """Pull the shares towards equal ones, as far as their own variance says (James and Stein)."""
    target = 1 / len(shares)
    distance = sum((target - share) ** 2 for share in shares)
    variance = (1 - sum(share**2 for share in shares)) / (total - 1) if total > 1 else float("inf")
    weight = 1.0 if distance == 0 else min(1.0, max(0.0, variance / distance))
    return [weight * target + (1 - weight) * share for share in shares]
