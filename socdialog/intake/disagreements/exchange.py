"""Amounts that one text gives in two currencies: one rate must turn the one into the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from socdialog.codebook.qualifiers import qualifier
from socdialog.intake.disagreements.findings import Finding, of_figures
from socdialog.intake.disagreements.rules import Identity
from socdialog.intake.disagreements.statements import Statement, same_body


@dataclass(frozen=True, slots=True)
class _Rate:
    """What one unit of the second currency costs in the first, from a pair of amounts."""

    one: Statement
    other: Statement
    low: float
    high: float


def exchange_rates(figures: Sequence[Statement], identity: Identity) -> Iterator[Finding]:
    """Find conversions of one text that no one rate explains.

    Two amounts told one after the other, of one indicator and body, in two currencies, are read as a
    conversion when the scope of the second repeats nothing that the first does not say. A range must
    be turned into a range by one rate, and all conversions of a text between two currencies must
    share one rate; a difference within the tolerance of "about" is rounding.
    """
    rates = [
        rate
        for rate in map(_rate, figures, figures[1:])
        if rate is not None and rate.one.indicator in identity.fields["of"]
    ]
    tolerance = qualifier("about").tolerance
    for rate in rates:
        if rate.high > rate.low * (1 + tolerance):
            yield _finding(identity, [rate], "range", rate.low, rate.high)
    for first, second in combinations(rates, 2):
        if (first.one.currency, first.other.currency) != (second.one.currency, second.other.currency):
            continue
        low, high = sorted((first, second), key=lambda rate: rate.low)
        if high.low > low.high * (1 + tolerance):
            yield _finding(identity, [first, second], "places", first.low, second.low)


def _rate(one: Statement, other: Statement) -> _Rate | None:
    if (
        one.indicator != other.indicator
        or one.unit != other.unit
        or not (one.currency and other.currency)
        or one.currency == other.currency
        or not same_body(one, other)
        or not set(other.scope) <= set(one.scope)
        or (one.high is None) != (other.high is None)
        or min(end for statement in (one, other) for end in (statement.value, statement.high) if end is not None) <= 0
    ):
        return None
    ends = [one.value / other.value]
    if one.high is not None and other.high is not None:
        ends.append(one.high / other.high)
    return _Rate(one, other, min(ends), max(ends))


def _finding(identity: Identity, rates: Sequence[_Rate], also: str, one: float, other: float) -> Finding:
    rows = [statement for rate in rates for statement in (rate.one, rate.other)]
    low, high = min(rate.low for rate in rates), max(rate.high for rate in rates)
    by_claimants = len({statement.claimed_by for statement in rows}) > len(rates)
    return of_figures(
        "exchange_by_claimants" if by_claimants else "exchange",
        rows,
        identity=identity.id,
        difference=round(high - low, 4),
        details={
            "currency": rows[0].currency,
            "other": rows[1].currency,
            "one_rate": _rounded(one),
            "other_rate": _rounded(other),
            "also": also,
        },
    )


def _rounded(rate: float) -> float:
    return round(rate, 0 if rate >= 100 else 2)  # noqa: PLR2004 - three figures are enough to compare
