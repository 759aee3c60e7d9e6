"""Laws that hold for any data: row order, null rows, bounds, scale, and words that follow from numbers."""

from __future__ import annotations

import re
from datetime import date
from math import isnan

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from socdialog.metrics import (
    activity,
    agreement,
    bargaining,
    co_participation,
    comparisons,
    disputes,
    intervals,
    membership,
)

NAMED = {"employees_unit": "persons", "denominator_concept": "employees", "denominator_source": "made up"}
PERIOD = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
quantities = st.one_of(st.none(), st.integers(0, 10**6).map(float))
positive = st.integers(1, 10**6).map(float)

events = st.lists(
    st.fixed_dictionaries(
        {
            "start_first": st.one_of(st.none(), st.dates(date(2018, 1, 1), date(2022, 12, 31))),
            "kind": st.sampled_from(["strike", "meeting", "protest", None]),
            "topics": st.one_of(
                st.none(), st.lists(st.sampled_from(["wages", "osh", "gender"]), min_size=1, max_size=3)
            ),
            "n_sources": st.one_of(st.none(), st.integers(1, 4)),
            "workers": quantities,
            "days_not_worked": quantities,
            "employees": quantities,
            "members": quantities,
            "covered": quantities,
            "excluded": quantities,
            "country": st.sampled_from(["AAA", "BBB"]),
        }
    ),
    min_size=1,
    max_size=12,
)
SCHEMA = {
    "start_first": pl.Date,
    "kind": pl.String,
    "topics": pl.List(pl.String),
    "n_sources": pl.Int64,
    "workers": pl.Float64,
    "days_not_worked": pl.Float64,
    "employees": pl.Float64,
    "members": pl.Float64,
    "covered": pl.Float64,
    "excluded": pl.Float64,
    "country": pl.String,
}
METRICS = {
    "by year": activity.events_by_year,
    "by kind": lambda f: activity.events_by(f, "kind"),
    "by topic": lambda f: activity.events_by(f, "topics"),
    "topics share": activity.topics_share,
    "single source": activity.single_source_share,
    "sources per event": activity.sources_per_event,
    "known of n": lambda f: activity.completeness(f, ["kind", "topics"]),
    "actions": lambda f: disputes.actions(f, **PERIOD, basis="beginning", by=["country"]),
    "workers": lambda f: disputes.workers_involved(f, **PERIOD, basis="beginning", by=["country"]),
    "days": lambda f: disputes.days_not_worked(f, **PERIOD, basis="in_effect", by=["country"]),
    "rate": lambda f: disputes.days_not_worked_rate(f, by=["country"], **NAMED),
    "density": lambda f: membership.density_by(f, by=["country"], members_are_net=True),
    "coverage": lambda f: bargaining.coverage_by(f, by=["country"]),
    "adjusted": lambda f: bargaining.coverage_by(f, by=["country"], excluded_unit="as_employees"),
}


def table(rows: list[dict]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=SCHEMA).with_row_index("event_id")
    return frame.with_columns(
        pl.format("e{}", pl.col("event_id").cast(pl.String).str.zfill(3)).alias("event_id"),
        start_last="start_first",
        end_first="start_first",
        end_last="start_first",
    ).with_columns(row_id="events:" + pl.col("event_id"))


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@settings(max_examples=25, deadline=None)
@given(rows=events, data=st.data())
def test_row_order_never_matters(metric, rows: list[dict], data: st.DataObject) -> None:
    frame = table(rows)
    order = data.draw(st.permutations(range(frame.height)))
    assert_frame_equal(metric(frame).frame, metric(frame[order]).frame)


#: An event of unknown year is an event; an action of unknown date is not known to be in the period, and in no sum.
ADDS_A_ROW, ADDS_NOTHING = {"by year"}, {"workers", "days"}


@pytest.mark.parametrize("name", sorted(METRICS.keys() - ADDS_A_ROW))
@settings(max_examples=25, deadline=None)
@given(rows=events)
def test_a_null_row_changes_no_value_but_n(name: str, rows: list[dict]) -> None:
    """A row in which only its group is known adds to n (and may leave an upper bound open); all else stays."""
    before = METRICS[name](table(rows)).frame
    after = METRICS[name](table([*rows, dict.fromkeys(SCHEMA) | {"country": rows[0]["country"]}])).frame
    unmoved = [column for column in before.columns if column not in {"n", "high", "evidence"}]
    assert_frame_equal(before.select(unmoved), after.select(unmoved))
    more = after.get_column("n").sum() - before.get_column("n").sum()
    assert more == 0 if name in ADDS_NOTHING or before.is_empty() else more > 0


@settings(max_examples=100, deadline=None)
@given(covered=quantities, employees=quantities, excluded=quantities, percent=st.booleans(), assume=st.booleans())
def test_adjusted_coverage_is_never_below_unadjusted(covered, employees, excluded, percent, assume) -> None:
    plain = bargaining.unadjusted_coverage_pct(covered, employees)
    adjusted = bargaining.adjusted_coverage_pct(
        covered,
        employees,
        min(excluded, 100.0) if percent and excluded is not None else excluded,
        excluded_unit="percent_of_employees" if percent else "as_employees",
        none_excluded_where_missing=assume,
    )
    if adjusted is not None:
        assert plain is not None
        assert adjusted >= plain


FORMULAS = {
    "net density": membership.net_density_pct,
    "gross density": membership.gross_density_pct,
    "employer density": membership.employer_density_pct,
    "unadjusted": bargaining.unadjusted_coverage_pct,
    "days per 1,000": lambda x, y: disputes.days_not_worked_per_1000(x, y, **NAMED),
    "workers per 1,000": lambda x, y: disputes.workers_involved_per_1000(x, y, workers_unit="persons", **NAMED),
    "days per worker": lambda x, y: disputes.days_per_worker(x, y, workers_unit="persons"),
    "resolved": disputes.share_resolved_without_strike,
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
@settings(max_examples=40, deadline=None)
@given(above=positive, below=positive, scale=st.sampled_from([0.001, 2.0, 1000.0]))
def test_a_ratio_does_not_depend_on_the_scale_of_both(formula, above, below, scale) -> None:
    assert formula(above * scale, below * scale) == pytest.approx(formula(above, below), rel=1e-12)


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_null_in_null_out_and_nothing_is_divided_by_zero(formula) -> None:
    nan = float("nan")
    for above, below in [
        (None, 5.0),
        (5.0, None),
        (None, None),
        (5.0, 0.0),
        (5.0, -1.0),
        (0.0, 0.0),
        (nan, 5.0),
        (5.0, nan),
    ]:
        assert formula(above, below) is None, (above, below)
    assert formula(0.0, 5.0) == 0.0


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
@settings(max_examples=25, deadline=None)
@given(rows=st.lists(st.tuples(quantities, quantities), min_size=1, max_size=8))
def test_numbers_and_columns_agree(formula, rows) -> None:
    frame = pl.DataFrame(rows, schema={"x": pl.Float64, "y": pl.Float64}, orient="row")
    column = frame.select(formula(pl.col("x"), pl.col("y")).alias("value")).get_column("value").to_list()
    assert column == [formula(x, y) for x, y in rows]


@settings(max_examples=50, deadline=None)
@given(counts=st.lists(st.integers(0, 50), min_size=1, max_size=8), factor=st.integers(1, 5))
def test_shares_decide_entropy_and_concentration(counts, factor) -> None:
    more = [count * factor for count in counts]
    assert intervals.shannon(counts, estimator="ml") == pytest.approx(intervals.shannon(more, estimator="ml"))
    assert intervals.herfindahl(counts) == pytest.approx(intervals.herfindahl(more))
    assert intervals.shannon(counts, estimator="ml") == pytest.approx(intervals.shannon(counts[::-1], estimator="ml"))


@settings(max_examples=50, deadline=None)
@given(shares=st.lists(st.floats(0.001, 1), min_size=1, max_size=6))
def test_effective_number_is_between_one_and_the_number(shares) -> None:
    whole = sum(shares)
    number = bargaining.effective_number([share / whole for share in shares])
    assert 1 - 1e-9 <= number <= len(shares) + 1e-9


codes = st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(
    coders=st.lists(codes, min_size=2, max_size=4), level=st.sampled_from(["nominal", "ordinal", "interval", "ratio"])
)
def test_alpha_knows_neither_coders_nor_units(coders, level) -> None:
    found = agreement.krippendorff_alpha(coders, level=level)
    turned = agreement.krippendorff_alpha([coder[::-1] for coder in coders[::-1]], level=level)
    wider = agreement.krippendorff_alpha([[*coder, None] for coder in coders], level=level)
    assert found == pytest.approx(turned)
    assert found == wider
    assert found is None or found <= 1


@settings(max_examples=60, deadline=None)
@given(codings=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=20))
def test_kappa_does_not_ask_who_came_first(codings) -> None:
    first, second = [a for a, _ in codings], [b for _, b in codings]
    found = agreement.cohen_kappa(first, second)
    assert found == pytest.approx(agreement.cohen_kappa(second, first))
    assert found is None or -1 <= found <= 1


@settings(max_examples=40, deadline=None)
@given(
    pairs=st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("12345")), min_size=1, max_size=15),
    data=st.data(),
)
def test_newman_weights_of_one_organisation_add_up_to_its_shared_events(pairs, data) -> None:
    """Newman 2001: the weights at one node sum to the number of its events that it does not hold alone."""
    frame = pl.DataFrame(pairs, schema=["org_id", "event_id"], orient="row")
    order = data.draw(st.permutations(range(frame.height)))
    weights = co_participation.newman_weights(frame).frame
    assert_frame_equal(weights, co_participation.newman_weights(frame[order]).frame)
    events_of = {node: {event for other, event in pairs if other == node} for node, _ in pairs}
    for node, mine in events_of.items():
        shared = sum(any(event in theirs for other, theirs in events_of.items() if other != node) for event in mine)
        at_node = weights.filter((pl.col("org_a") == node) | (pl.col("org_b") == node)).get_column("value").sum()
        assert at_node == pytest.approx(shared)


SENTENCE = re.compile(
    r"X \((?P<mine>−?[\d,.]+) u\) is (?:(?P<gap>[\d,.]+) u (?P<word>above|below)|level with) "
    r"Y \((?P<theirs>−?[\d,.]+) u\)\."
)
numbers = st.one_of(st.none(), st.floats(-1e7, 1e7), st.just(float("nan")))


@settings(max_examples=300, deadline=None)
@given(mine=numbers, theirs=numbers, digits=st.integers(0, 3))
def test_every_word_of_a_comparison_follows_from_the_numbers_printed(mine, theirs, digits) -> None:
    sentence = comparisons.compare_words("X", mine, "Y", theirs, unit="u", digits=digits)
    if mine is None or theirs is None or isnan(mine) or isnan(theirs):
        assert "cannot be compared" in sentence
        assert not re.search(r"above|below|level", sentence)
        return
    found = SENTENCE.fullmatch(sentence)
    assert found is not None, sentence
    left, right = (float(found[name].replace(",", "").replace("−", "-")) for name in ("mine", "theirs"))
    word = "above" if left > right else "below" if left < right else None
    assert found["word"] == word, sentence
    if word:
        assert float(found["gap"].replace(",", "")) == pytest.approx(abs(left - right), abs=10**-digits / 100), sentence
    assert "−0 " not in sentence.replace("−0.", "?")
