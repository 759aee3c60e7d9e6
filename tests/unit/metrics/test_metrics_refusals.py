"""What the metrics refuse, and that they say how to mend it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from inspect import isfunction

import polars as pl
import pytest

from socdialog import codebook, metrics
from socdialog.codebook.attributes import codes_with
from socdialog.errors import DataError, UsageError
from socdialog.metrics import (
    activity,
    agreement,
    bargaining,
    comparisons,
    disputes,
    intervals,
    membership,
    official,
    participation,
    releases,
    standards,
)

PERIOD = {"since": date(2020, 1, 1), "until": date(2020, 12, 31)}
NAMED = {"denominator_concept": "employees", "denominator_source": "ILOSTAT"}


def test_subjects_load_when_first_used() -> None:
    code = (
        "import sys, socdialog.metrics as m; assert 'polars' not in sys.modules; m.disputes.actions; "
        "assert 'scipy' not in sys.modules; print(sorted(dir(m)) == sorted(m.__all__))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr


def test_every_subject_is_a_module_whose_names_have_docstrings() -> None:
    for subject in metrics.__all__:
        module = getattr(metrics, subject)
        public = [getattr(module, name) for name in module.__all__] if hasattr(module, "__all__") else []
        assert all(thing.__doc__ for thing in public if isfunction(thing)), subject
    with pytest.raises(AttributeError, match="did you mean 'activity'"):
        metrics.activities  # noqa: B018


def test_a_metric_names_formula_and_reference() -> None:
    """Each public metric says how it is worked, what missing means, and where it comes from."""
    lacking = []
    for subject in metrics.__all__:
        module = getattr(metrics, subject)
        for name in getattr(module, "__all__", []):
            thing = getattr(module, name)
            if not isfunction(thing) or name in NO_METRICS:
                continue
            text = thing.__doc__ or ""
            if not any(word in text for word in ("Formula", "see `", "See `", "expression over")):
                lacking.append(f"{subject}.{name}")
    assert not lacking


#: Public names that prepare data or write sentences and measure nothing.
NO_METRICS = {
    "compare_words",
    "group_rules",
    "groups_as_of",
    "official_series",
    "participations",
    "ratification_matrix",
    "refuse_above_100",
    "status_as_of",
    "two_mode",
    "without_missing_codes",
    "latest_official",
    "agreement_periods",
    "national_agreements",
    "effective_classes",
    "effective_number_of_confederations",
}


def test_codes_named_in_metrics_stand_in_the_vocabularies() -> None:
    """Where a metric's definition names a code, the vocabulary has it."""
    assert codes_with("event_kinds", "strike", value=True) == ["strike", "strike_notice"]
    assert codes_with("event_statuses", "banned", value=True) == ["banned"]
    assert codes_with("outcomes", "banned", value=True) == ["strike_banned"]
    assert codes_with("institution_kinds", "meets", value=True) == ["body"]
    assert codes_with("institution_kinds", "covers_months", value=True) == ["agreement"]
    assert codes_with("sides", "tripartite", value=True) == ["workers", "employers", "government"]
    assert {"not_ratified", "in_force", "not_in_force", "denounced", "unknown"} <= set(
        codebook.vocabulary("ratification_statuses")
    )
    assert {"strike_workers", "strike_days", "conflicts", "conflicts_resolved", "reach", "employees"} <= set(
        codebook.vocabulary("shown_with")
    )


def test_unknown_fields_answer_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'topics'"):
        activity.events_by(pl.DataFrame(), "topic")
    with pytest.raises(UsageError, match="did you mean 'language'"):
        activity.source_mix(pl.DataFrame(), "languages")
    with pytest.raises(UsageError, match="lacks columns"):
        activity.events_by_year(pl.DataFrame({"begun": [1]}))


def test_a_rate_without_its_denominator_is_refused() -> None:
    with pytest.raises(UsageError, match="denominator_concept is empty"):
        disputes.days_not_worked_per_1000(
            1.0, 2.0, employees_unit="persons", denominator_concept=" ", denominator_source="x"
        )
    with pytest.raises(UsageError, match="denominator_source is empty"):
        disputes.workers_involved_per_1000(
            1.0, 2.0, workers_unit="persons", employees_unit="persons", denominator_concept="x", denominator_source=""
        )
    with pytest.raises(TypeError, match="denominator_concept"):
        disputes.days_not_worked_per_1000(1.0, 2.0, employees_unit="persons")  # type: ignore[call-arg]


def test_units_of_persons_are_named() -> None:
    with pytest.raises(UsageError, match="did you mean 'thousand_persons'"):
        disputes.days_per_worker(1.0, 2.0, workers_unit="thousand_person")
    with pytest.raises(UsageError, match="not a known unit of persons"):
        disputes.days_not_worked_per_1000(1.0, 2.0, employees_unit="days", **NAMED)


def test_the_two_bases_are_never_mixed() -> None:
    with pytest.raises(UsageError, match="in_effect"):
        disputes.actions(pl.DataFrame({"start_first": [], "start_last": []}), **PERIOD, basis="both")


def test_the_unit_of_the_excluded_has_no_default() -> None:
    with pytest.raises(TypeError, match="excluded_unit"):
        bargaining.adjusted_coverage_pct(1.0, 2.0, 0.5)  # type: ignore[call-arg]
    with pytest.raises(UsageError, match="unit of the excluded"):
        bargaining.adjusted_coverage_pct(1.0, 2.0, 0.5, excluded_unit="percent")


def test_releases_are_never_spliced() -> None:
    frame = pl.DataFrame(
        {"country": ["AAA", "AAA"], "members": [1.0, 2.0], "employees": [10.0, 10.0], "vintage": ["6.1", "2021"]}
    )
    with pytest.raises(UsageError, match="never spliced"):
        membership.density_by(frame, by=["country"], members_are_net=True)
    apart = membership.density_by(frame, by=["country", "vintage"], members_are_net=True)
    assert apart.frame.get_column("value").to_list() == [20.0, 10.0]
    values = pl.DataFrame({"country": ["A", "B"], "year": [2020, 2020], "value": [1.0, 2.0], "source": ["x", "y"]})
    with pytest.raises(UsageError, match="never spliced"):
        comparisons.difference_from_median(values, country="A", unit="percent")


def test_missing_codes_are_null() -> None:
    frame = pl.DataFrame({"UD": [10.0, -88.0, -99.0, None], "year": [1, 2, 3, 4]})
    assert releases.without_missing_codes(frame, ["UD"]).get_column("UD").to_list() == [10.0, None, None, None]
    whole = pl.DataFrame({"Art": [-88, 2, -99]})
    assert releases.without_missing_codes(whole, ["Art"]).get_column("Art").to_list() == [None, 2, None]


def test_percentages_above_100_are_refused_with_their_inputs() -> None:
    frame = pl.DataFrame({"members": [120.0, 5.0], "employees": [100.0, 100.0]}).with_columns(
        membership.net_density_pct(pl.col("members"), pl.col("employees")).alias("density_pct")
    )
    with pytest.raises(DataError) as refused:
        membership.refuse_above_100(frame, value="density_pct", inputs=["members", "employees"])
    assert "members 120.0, employees 100.0" in str(refused.value)
    fine = frame.tail(1)
    assert membership.refuse_above_100(fine, value="density_pct", inputs=["members"]) is fine


def test_conventions_of_a_group_that_is_not_held_completely_have_no_total() -> None:
    frames = pl.DataFrame(), pl.DataFrame()
    with pytest.raises(UsageError, match="complete group"):
        standards.conventions_in_force(*frames, country="AAA", group="technical", as_of=date(2020, 1, 1))


def test_parts_never_stand_for_a_total() -> None:
    cells = {"country": "AAA", "indicator": "X", "year": 2020, "obs_status": None, "unit": "count", "source": "S"}
    rows = [cells | {"classification": sex, "value": 1.0, "vintage": "1", "note": None} for sex in ("SEX_F", "SEX_M")]
    frame = pl.DataFrame(rows, schema_overrides={"obs_status": pl.String, "note": pl.String}).with_columns(
        row_id=pl.lit("r")
    )
    absent = frame.clear().select("country", "indicator", "classification", "source", "vintage", "note", "row_id")
    with pytest.raises(UsageError, match="has no total"):
        official.official_series(frame, absent, country="AAA", indicator="X")
    one = official.official_series(frame, absent, country="AAA", indicator="X", classification="SEX_F")
    assert one.frame.height == 1
    mixed = frame.with_columns(classification=pl.lit(None, dtype=pl.String), vintage=pl.Series(["2020-10", "6.1"]))
    with pytest.raises(UsageError, match="different forms"):
        official.latest_official(mixed, absent, country="AAA", indicator="X")


def test_impossible_inputs_of_intervals() -> None:
    for wrong in (
        lambda: intervals.wilson(5, 4),
        lambda: intervals.wilson(5, 10, confidence=95),
        lambda: intervals.poisson_rate(-1, 10, method="byar"),
        lambda: intervals.poisson_rate(1.5, 10, method="byar"),
        lambda: intervals.poisson_rate(1, 10, method="wald"),
        lambda: intervals.shannon([1, -1], estimator="ml"),
        lambda: intervals.shannon([1], estimator="mle"),
        lambda: intervals.chapman(-1, 2, 3),
    ):
        with pytest.raises(UsageError):
            wrong()


def test_missing_inputs_of_intervals_give_none() -> None:
    assert intervals.wilson(None, 5) is None
    assert intervals.wilson(0, 0) is None
    assert intervals.poisson_rate(3, None, method="byar") is None
    assert intervals.rate_ratio(1, 1, 0, 1) is None
    assert intervals.lincoln_petersen(0, 3, 4) is None
    assert intervals.chapman(0, 3, 4).value == 19
    assert intervals.shannon([0, 0], estimator="ml") is None
    assert intervals.herfindahl([1], unbiased=True) is None
    assert intervals.effective_classes([]) is None
    assert intervals.effective_classes([5, 5]) == 2


def test_rate_ratio_against_scipy() -> None:
    """The conditional test of scipy holds at the ends of the interval: p = α/2 on either side."""
    from scipy.stats import binomtest

    found = intervals.rate_ratio(10, 2.0, 5, 3.0)
    share = binomtest(10, 15).proportion_ci(0.95, method="exact")
    assert found.value == pytest.approx(3.0)
    assert found.low == pytest.approx(share.low / (1 - share.low) * 1.5)
    assert found.high == pytest.approx(share.high / (1 - share.high) * 1.5)


def test_scipy_is_asked_for_kindly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(UsageError, match="needs scipy") as missing:
        intervals.poisson_rate(1, 10, method="exact")
    assert "socdialog[stats]" in missing.value.hint
    assert intervals.poisson_rate(1, 10, method="byar") is not None, "Byar needs nothing"
    assert intervals.wilson(1, 10) is not None


def test_coders_with_different_units_are_refused() -> None:
    with pytest.raises(UsageError, match="3 codes against 2"):
        agreement.cohen_kappa(["a", "b", "c"], ["a", "b"])
    with pytest.raises(UsageError, match="different numbers"):
        agreement.krippendorff_alpha([[1, 2], [1]], level="nominal")
    with pytest.raises(UsageError, match="did you mean 'ordinal'"):
        agreement.krippendorff_alpha([[1], [1]], level="ordinals")
    with pytest.raises(UsageError, match="same number of codes"):
        agreement.fleiss_kappa([["a", "b"], ["a", "b", "c"]])
    assert agreement.fleiss_kappa([["a", "a"], ["a", "a"]]) is None
    assert agreement.fleiss_kappa([]) is None
    assert agreement.fleiss_kappa([["a"], ["b"]]) is None
    assert agreement.krippendorff_alpha([["a", "a"], ["a", "a"]], level="nominal") is None


def test_nothing_found_is_an_empty_table_and_not_a_zero() -> None:
    empty = pl.DataFrame(
        schema={
            "event_id": pl.String,
            "start_first": pl.Date,
            "start_last": pl.Date,
            "topics": pl.List(pl.String),
            "n_sources": pl.Int64,
            "row_id": pl.String,
        }
    )
    assert activity.events_by_year(empty).frame.is_empty()
    assert activity.events_by(empty, "topics").frame.is_empty()
    assert activity.single_source_share(empty).value() is None
    assert disputes.actions(empty, **PERIOD, basis="beginning").frame.is_empty()
    assert activity.completeness(empty, []).frame.is_empty()


def test_a_body_in_which_the_three_sides_have_seats_counts_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    events = pl.DataFrame({"event_id": ["e1", "e2"], "row_id": ["events:e1", "events:e2"]})
    actors = pl.DataFrame(
        {
            "event_id": ["e1", "e2"],
            "org_id": pl.Series([None, None], dtype=pl.String),
            "side": ["tripartite", "workers"],
            "role": ["organiser", "organiser"],
        }
    )
    seats = {"tripartite": ["workers", "employers", "government"], "workers": None}
    monkeypatch.setattr(participation, "attributes", lambda *_: seats)
    assert activity.tripartite_share(events, actors).value() == 0.5
    monkeypatch.setattr(participation, "attributes", lambda *_: {"tripartite": None})
    assert activity.tripartite_share(events, actors).value() == 0.0
