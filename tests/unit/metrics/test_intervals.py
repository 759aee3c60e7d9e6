"""Intervals of shares, rates and ratios: published values, the equations that define the ends, and cases by hand."""

from __future__ import annotations

from math import log, sqrt
from statistics import NormalDist

import pytest

from socdialog.errors import UsageError
from socdialog.metrics import intervals

#: Of the normal distribution: 95 and 99.8 per cent lie within so many standard deviations.
Z_95, Z_998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)


def close(value: float) -> object:
    return pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(65, 100, 0.552544, 0.736358), (5, 100, 0.021544, 0.111750), (222, 3215, 0.060792, 0.078340)],
)
def test_wilson_as_published(successes: int, n: int, low: float, high: float) -> None:
    # UKHSA PHEindicatormethods, test tables.
    found = intervals.wilson(successes, n)
    assert found == intervals.Interval(successes / n, close(low), close(high), n, 0.95, "wilson")  # type: ignore[arg-type]


@pytest.mark.parametrize(("confidence", "z"), [(0.95, Z_95), (0.998, Z_998)])
@pytest.mark.parametrize(("successes", "n"), [(0, 10), (1, 10), (9, 10), (10, 10), (1, 1), (0, 1), (0.5, 0.5), (3, 7)])
def test_at_each_end_of_wilson_the_share_is_z_standard_errors_away(
    successes: float, n: float, confidence: float, z: float
) -> None:
    """Wilson 1927: the ends are the shares π for which (p − π)² = z² π(1 − π) / n."""
    found = intervals.wilson(successes, n, confidence=confidence)
    assert found is not None
    assert found.high is not None
    for end in (found.low, found.high):
        assert (found.value - end) ** 2 == pytest.approx(z * z * end * (1 - end) / n, abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.low < found.high


def test_wilson_of_none_and_of_all_ends_at_0_and_at_1() -> None:
    none, everyone = intervals.wilson(0, 10), intervals.wilson(10, 10)
    assert none is not None
    assert everyone is not None
    assert (none.low, none.high) == (0.0, pytest.approx(Z_95**2 / (10 + Z_95**2)))
    assert (everyone.low, everyone.high) == (pytest.approx(10 / (10 + Z_95**2)), 1.0)


def test_no_interval_without_units() -> None:
    assert intervals.wilson(0, 0) is None
    assert intervals.wilson(None, 5) is None
    assert intervals.wilson(5, None) is None


@pytest.mark.parametrize(("successes", "n"), [(5, 4), (-1, 4)])
def test_more_successes_than_units_are_refused(successes: int, n: int) -> None:
    with pytest.raises(UsageError, match="successes"):
        intervals.wilson(successes, n)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5])
def test_a_level_is_between_0_and_1(confidence: float) -> None:
    for call in (
        lambda: intervals.wilson(5, 10, confidence=confidence),
        lambda: intervals.poisson_rate(5, 10, method="byar", confidence=confidence),
    ):
        with pytest.raises(UsageError, match="between 0 and 1"):
            call()


@pytest.mark.parametrize(
    ("method", "count", "exposure", "confidence", "low", "high"),
    [
        ("exact", 1, 100, 0.95, 0.025318, 5.571643),
        ("exact", 5, 100, 0.95, 1.623486, 11.668332),
        ("exact", 1, 100, 0.998, 0.001001, 9.233413),
        ("byar", 20, 100, 0.95, 12.211429, 30.889880),
        ("byar", 222, 3215, 0.95, 6.026575, 7.875729),
        ("byar", 65, 100, 0.998, 42.880261, 94.000291),
    ],
)
def test_rates_as_published(  # noqa: PLR0917 - a row of a table
    method: intervals.PoissonMethod, count: int, exposure: float, confidence: float, low: float, high: float
) -> None:
    # UKHSA PHEindicatormethods, test tables, per 100.
    pytest.importorskip("scipy")
    found = intervals.poisson_rate(count, exposure, method=method, multiplier=100, confidence=confidence)
    assert found is not None
    assert (found.value, found.low, found.high) == (close(100 * count / exposure), close(low), close(high))
    assert (found.n, found.confidence, found.method) == (count, confidence, method)


def test_no_events_have_a_rate_of_0_and_an_upper_limit() -> None:
    pytest.importorskip("scipy")
    exact = intervals.poisson_rate(0, 2, method="exact")
    byar = intervals.poisson_rate(0, 2, method="byar")
    assert exact is not None
    assert byar is not None
    # No event is seen with a chance of exp(-limit) = 0.025; Byar for x = 0 is (1 - 1/9 + z/3)³. Both per 2 years.
    assert (exact.value, exact.low, exact.high) == (0, 0, pytest.approx(-log(0.025) / 2))
    assert (byar.value, byar.low, byar.high) == (0, 0, pytest.approx((8 / 9 + Z_95 / 3) ** 3 / 2))


def test_a_rate_is_never_below_0() -> None:
    # Byar for one event at 99.8 %: 1 - 1/9 - 3.09/3 is below 0.
    assert 8 / 9 - Z_998 / 3 < 0
    found = intervals.poisson_rate(1, 10, method="byar", confidence=0.998)
    assert found is not None
    assert found.low == 0


def test_a_rate_is_per_unit_of_exposure_unless_told_otherwise() -> None:
    found = intervals.poisson_rate(4, 0.5, method="byar")
    assert found is not None
    # The second unit of exposure is not observed: 4 in half a year are 8 a year, and so are both ends.
    assert found.value == 8
    assert found.low == pytest.approx(8 * (1 - 1 / 36 - Z_95 / 6) ** 3)
    assert found.high == pytest.approx(10 * (1 - 1 / 45 + Z_95 / (3 * sqrt(5))) ** 3)


def test_no_rate_where_nobody_looked() -> None:
    assert intervals.poisson_rate(0, 0, method="byar") is None
    assert intervals.poisson_rate(3, None, method="byar") is None
    assert intervals.poisson_rate(None, 3, method="byar") is None


@pytest.mark.parametrize("count", [-1, 1.5])
def test_events_are_whole_numbers(count: float) -> None:
    with pytest.raises(UsageError, match="is not a count"):
        intervals.poisson_rate(count, 10, method="byar")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="is not a count"):
        intervals.rate_ratio(count, 1, 1, 1)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="is not a count"):
        intervals.rate_ratio(1, 1, count, 1)  # type: ignore[arg-type]


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(UsageError, match="known method"):
        intervals.poisson_rate(1, 10, method="wald")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("count", "exposure", "other_count", "other_exposure", "value", "low", "high"),
    [
        # One of two falls to the first: 1 − (1 − p)² = 0.025 and 1 − p² = 0.025, so p = 1 − √0.975 and √0.975.
        (1, 10, 1, 10, 1, 0.012739367, 78.496835),
        # In half the time: twice the ratio.
        (1, 10, 1, 20, 2, 2 * 0.012739367, 2 * 78.496835),
        (1, 0.5, 1, 0.5, 1, 0.012739367, 78.496835),
        # The only one falls to the other: 1 − p = 0.025, and 0.975 / 0.025 = 39.
        (0, 1, 1, 1, 0, 0, 39),
    ],
)
def test_ratios_by_hand(  # noqa: PLR0917 - a row of a table
    count: int, exposure: float, other_count: int, other_exposure: float, value: float, low: float, high: float
) -> None:
    pytest.importorskip("scipy")
    found = intervals.rate_ratio(count, exposure, other_count, other_exposure)
    assert found is not None
    assert (found.value, found.low, found.high) == (value, close(low), pytest.approx(high, abs=5e-6))
    assert (found.n, found.confidence, found.method) == (count + other_count, 0.95, "exact")


def test_a_ratio_divides_the_two_rates() -> None:
    pytest.importorskip("scipy")
    found = intervals.rate_ratio(4, 2.0, 2, 3.0)  # 2 a year against 2/3 a year
    assert found is not None
    assert found.value == pytest.approx(3)
    assert found.high is not None
    assert found.low < 1 < found.value < found.high


@pytest.mark.parametrize(
    "inputs",
    [
        (None, 1, 1, 1),
        (1, None, 1, 1),
        (1, 1, None, 1),
        (1, 1, 1, None),
        (1, 0, 1, 1),
        (1, 1, 1, 0),
        (1, 1, 0, 1),
    ],
)
def test_no_ratio_where_something_is_missing(inputs: tuple[int | None, float | None, int | None, float | None]) -> None:
    assert intervals.rate_ratio(*inputs) is None
