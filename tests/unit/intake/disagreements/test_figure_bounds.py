"""What a told number allows: hand-worked ends."""

from math import inf

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socdialog.codebook import vocabulary
from socdialog.intake.disagreements.figure_bounds import Interval, allowed, step
from socdialog.metrics.reach import with_claimed_bounds


@pytest.mark.parametrize(
    ("value", "expected"),
    [(28.0, 1.0), (28.5, 0.1), (72.7, 0.1), (47.81, 0.01), (7000.0, 1.0), (0.0, 1.0), (-19.0, 1.0)],
)
def test_step_is_the_unit_of_the_last_printed_digit(value, expected):
    assert step(value) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        ({"value": 28.0, "rounded": True}, 27.5, 28.5),
        ({"value": 72.7, "rounded": True}, 72.65, 72.75),
        ({"value": -19.0, "rounded": True}, -19.5, -18.5),
        ({"value": 66.0}, 66.0, 66.0),
        ({"value": 500.0, "qualifier": "more_than"}, 500.0, inf),
        ({"value": 282.0, "qualifier": "at_least"}, 282.0, inf),
        ({"value": 6000.0, "qualifier": "less_than"}, 0.0, 6000.0),
        ({"value": 140.0, "qualifier": "at_most"}, 0.0, 140.0),
        ({"value": 5.0, "qualifier": "less_than", "rounded": True}, -inf, 5.0),
        ({"value": 6000.0, "qualifier": "about"}, 5700.0, 6300.0),
        ({"value": -20.0, "qualifier": "about", "rounded": True}, -21.0, -19.0),
        ({"value": 1.0, "qualifier": "about", "rounded": True}, 0.5, 1.5),
        ({"value": 30.0, "high": 35.0, "qualifier": "range", "rounded": True}, 30.0, 35.0),
        ({"value": 1100.0, "high": 1200.0, "qualifier": "range"}, 1100.0, 1200.0),
    ],
)
def test_ends(told, low, high):
    bounds = allowed(**told)
    assert (bounds.low, bounds.high) == (pytest.approx(low), pytest.approx(high))


def test_strict_bounds_leave_their_end_out():
    assert not allowed(500.0, qualifier="more_than").meets(allowed(500.0))
    assert allowed(500.0, qualifier="at_least").meets(allowed(500.0))
    assert allowed(500.0, qualifier="more_than").meets(allowed(520.0))
    assert not allowed(6000.0, qualifier="less_than").meets(allowed(6000.0))


def test_rounded_neighbours_do_not_meet_but_coarser_rounding_does():
    assert not allowed(97.0, rounded=True).meets(allowed(98.0, rounded=True))
    assert allowed(22.0, rounded=True).meets(allowed(21.8, rounded=True))
    assert not allowed(156.0, rounded=True).meets(allowed(157.4, rounded=True))


def test_about_is_less_than_five_per_cent_of_the_number_given():
    # Rounding to two significant figures is off by less; 1,050 printed as 1,000 would be the limit.
    about = allowed(6000.0, qualifier="about")
    assert not about.meets(allowed(5700.0))
    assert not about.meets(allowed(6300.0))
    assert about.meets(allowed(5701.0))
    assert about.meets(allowed(6299.0))
    assert allowed(0.0, qualifier="about").meets(allowed(0.0))


def test_what_is_published_of_a_claim_is_what_disagreements_compare():
    codes = list(vocabulary("qualifiers"))
    figures = pl.DataFrame(
        {"value": 6000.0, "value_high": None, "qualifier": codes}, schema_overrides={"value_high": pl.Float64}
    )
    for low, high, code in with_claimed_bounds(figures).select("low", "high", "qualifier").iter_rows():
        bounds = allowed(6000.0, qualifier=code)
        assert (bounds.low if low is None else low, inf if high is None else high) == (bounds.low, bounds.high), code


def test_an_interval_runs_upwards():
    with pytest.raises(ValueError, match="upwards"):
        Interval(2.0, 1.0)


def test_division_by_what_may_be_zero():
    assert Interval(1.0, 2.0).over(Interval(0.0, 0.0)) is None
    assert Interval(1.0, 2.0).over(Interval(0.0, 4.0)) == Interval(0.25, inf)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.booleans())
def test_meeting_is_symmetric(one, other, rounded):
    left, right = allowed(one, rounded=rounded), allowed(other, rounded=rounded)
    assert left.meets(right) == right.meets(left)
    if left.meets(right):
        assert left.adjoins(right)


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 3))
def test_a_share_rounded_rightly_always_fits(part, whole, digits):
    printed = round(100 * part / whole, digits)
    share = allowed(float(part)).over(allowed(float(whole)))
    assert share is not None
    assert (share * Interval(100.0, 100.0)).adjoins(allowed(printed, rounded=True)) or step(printed) > 10**-digits


def test_sums_differences_products_and_quotients_have_the_outermost_ends():
    one, other = Interval(2.0, 3.0), Interval(4.0, 8.0)
    assert one + other == Interval(6.0, 11.0)
    assert other - one == Interval(1.0, 6.0)  # 4 - 3 to 8 - 2
    assert one * other == Interval(8.0, 24.0)
    assert one.over(other) == Interval(0.25, 0.75)  # 2 / 8 to 3 / 4
    assert one * Interval(1.0, 1.0) == one
    assert one.over(Interval(1.0, 1.0)) == one


def test_arithmetic_without_an_upper_end():
    endless = Interval(2.0, inf)
    assert Interval(1.0, 3.0).over(endless) == Interval(0.0, 1.5)
    assert endless.over(Interval(4.0, 8.0)) == Interval(0.25, inf)
    assert endless * Interval(0.0, 2.0) == Interval(0.0, inf)  # nothing of ever so much is nothing


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Interval(1.0, 2.0), Interval(2.0, 3.0), True),
        (Interval(1.0, 2.0, high_open=True), Interval(2.0, 3.0), False),
        (Interval(1.0, 2.0), Interval(2.0, 3.0, low_open=True), False),
        (Interval(1.0, 2.0), Interval(1.5, 3.0), True),
        (Interval(1.0, 2.0), Interval(2.5, 3.0), False),
    ],
)
def test_intervals_meet_where_a_number_lies_in_both(one, other, expected):
    assert one.meets(other) is expected
    assert other.meets(one) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (0.1 + 0.2, 0.3, True),  # differ in the 17th digit
        (0.0, 1e-9, True),  # below one, a billionth
        (0.0, 1.5e-9, False),
        (1e12, 1e12 + 900.0, True),  # above, a billionth part
        (1e12, 1e12 + 1100.0, False),
        (28.0, 28.5, False),
    ],
)
def test_only_the_dust_of_binary_fractions_is_forgiven(one, other, expected):
    assert allowed(one).adjoins(allowed(other)) is expected
    assert allowed(other).adjoins(allowed(one)) is expected


def test_an_end_at_infinity_forgives_no_more():
    assert not allowed(100.0, qualifier="at_least").adjoins(allowed(99.0))


def test_at_least_keeps_the_rounding_below_and_more_than_does_not():
    # "At least 28 per cent" may be 27.5 rounded up; "more than 28" is above 28 itself.
    assert allowed(28.0, qualifier="at_least", rounded=True).low == 27.5
    assert allowed(28.0, qualifier="more_than", rounded=True).low == 28.0
    assert allowed(28.0, qualifier="at_most", rounded=True).high == 28.5
    assert allowed(28.0, qualifier="less_than", rounded=True).high == 28.0


def test_a_count_is_never_below_nothing():
    assert allowed(0.0, qualifier="at_most") == Interval(0.0, 0.0)
    assert allowed(0.5, qualifier="at_most") == Interval(0.0, 0.5)
    assert allowed(-3.0, qualifier="at_most") == Interval(-inf, -3.0)


def test_a_qualifier_nobody_knows_bounds_nothing():
    assert allowed(28.0, qualifier="roughly speaking") == Interval(0.0, inf)
