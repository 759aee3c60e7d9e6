"""The metrics give the figures others published: inputs and outputs that no one here wrote (tests/fixtures)."""

from __future__ import annotations

import re
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path

import polars as pl
import pytest

from socdialog.metrics import agreement, bargaining, co_participation, comparisons, disputes, intervals, membership

FIXTURES = Path(__file__).parents[2] / "fixtures"
YEAR_2022 = {"since": date(2022, 1, 1), "until": date(2022, 12, 31)}


def rows(name: str) -> list[dict]:
    return pl.read_csv(FIXTURES / f"{name}.csv", infer_schema_length=None).rows(named=True)


def parts(cell: str, kind: type) -> list:
    return [kind(part) for part in cell.split(";")]


def cases(name: str):
    return pytest.mark.parametrize("row", [pytest.param(row, id=f"{name}-{i}") for i, row in enumerate(rows(name))])


def near(row: dict, expected: str = "expected"):
    stated = float(re.match(r"[0-9.e-]+", str(row["tolerance"])).group())
    # The three kappas are printed to four decimals, so half of the last one is the tolerance.
    return pytest.approx(row[expected], abs=stated, rel=0)


@pytest.fixture(scope="module")
def stoppages() -> pl.DataFrame:
    """Major work stoppages of 2022 in the United States, by event (BLS USDL-23-0350)."""
    frame = pl.read_csv(
        FIXTURES / "s1_stoppages_events.csv", try_parse_dates=True, schema_overrides={"naics": pl.String}
    )
    return frame.with_columns(
        start_first="begin", start_last="begin", end_first="end", end_last="end", days_not_worked="days_idle_cumulative"
    )


@cases("s1_stoppages_totals")
def test_stoppages_of_the_united_states_2022(row: dict, stoppages: pl.DataFrame) -> None:
    """BLS USDL-23-0350: all nine published totals, and what follows from the events."""
    case, selection = row["case"], row["selection"]
    if case == "rows_where_workers_times_workdays_equals_days_idle":
        product = disputes.worker_days(pl.col("workers"), pl.col("workdays"))
        assert stoppages.filter(product == pl.col("days_not_worked")).height == row["expected"]
        return
    chosen = stoppages
    if "naics starts with" in selection:
        sectors = re.findall(r"\d+", selection.split("starts with")[1])
        chosen = chosen.filter(reduce(or_, (pl.col("naics").str.starts_with(sector) for sector in sectors)))
    if "ownership" in selection:
        chosen = chosen.filter(pl.col("ownership").str.to_lowercase().str.starts_with(selection.split()[-1]))
    basis = "beginning" if "begin in 2022" in selection else "in_effect"
    metric = disputes.workers_involved if case.endswith("workers") else disputes.actions
    result = metric(chosen, **YEAR_2022, basis=basis)
    assert result.value() == row["expected"]
    shown = result.frame.row(0, named=True)
    assert shown["low"] == shown["high"] == row["expected"], "every date is known, so nothing is left open"


def test_every_selection_of_the_totals_is_understood() -> None:
    known = r"(begin in 2022( and (naics starts with [\d; or]+|ownership (local|state)))?|all rows.*)"
    assert all(re.fullmatch(known, row["selection"]) for row in rows("s1_stoppages_totals"))


@cases("s2_days_idle_2023")
def test_monthly_counts_of_2023(row: dict) -> None:
    """BLS WSU001: days idle and actions beginning add up over months; actions in effect do not."""
    added = sum(float(value) for value in row["input_values"].split(";"))
    if row["rule"] == "sum":
        assert added == near(row)
    else:
        assert added == 63
        assert added != near(row)


def test_in_effect_does_not_add_up_over_months(stoppages: pl.DataFrame) -> None:
    months = [(date(2022, m, 1), date(2022, m + 1, 1) if m < 12 else date(2023, 1, 1)) for m in range(1, 13)]

    def added(basis: str) -> float:
        one = date.resolution
        return sum(
            disputes.actions(stoppages, since=first, until=after - one, basis=basis).value() for first, after in months
        )

    assert added("beginning") == 23 == disputes.actions(stoppages, **YEAR_2022, basis="beginning").value()
    assert added("in_effect") > 26 == disputes.actions(stoppages, **YEAR_2022, basis="in_effect").value()


@cases("s4_percent_change")
def test_change_in_per_cent(row: dict) -> None:
    """Hansard (UK), 21 November 1977."""
    found = comparisons.change_pct(row["previous"], row["current"])
    assert found == near(row, "expected_change_pct")


@cases("s5_turkey_rates")
def test_rates_of_turkiye(row: dict) -> None:
    """ILOSTAT, copy of 2022: workers and employees in thousands, days in units; rates computed, none published."""
    rate = disputes.days_not_worked_per_1000(
        row["days_not_worked"],
        row["employees_thousand"],
        employees_unit="thousand_persons",
        denominator_concept="employees",
        denominator_source="ILOSTAT, copy of August 2022",
    )
    assert rate == near(row, "expected_days_per_1000")
    each = disputes.days_per_worker(row["days_not_worked"], row["workers_thousand"], workers_unit="thousand_persons")
    assert each == near(row, "expected_days_per_worker")


def test_durations_of_strikes() -> None:
    """Kennan 1985 (statsmodels datasets.strikes): 62 completed strikes."""
    frame = pl.read_csv(FIXTURES / "s6_durations.csv").with_columns(completed=True)
    expected = {row["case"]: row for row in rows("s6_durations_expected")}
    mean, median = disputes.mean_duration_days(frame), disputes.median_duration_days(frame)
    assert mean.frame.row(0, named=True)["n"] == expected["n"]["expected"]
    assert mean.value() == near(expected["mean_days"])
    assert median.value() == near(expected["median_days"])


@cases("u1_turkey_ictwss61")
def test_density_and_coverage_of_turkiye(row: dict) -> None:
    """ICTWSS 6.1 (Visser 2019), the excluded in thousands."""
    assert membership.net_density_pct(row["NUM"], row["WSEE"]) == near(row, "expected_UD")
    plain = bargaining.unadjusted_coverage_pct(row["WCB"], row["WSEE"])
    adjusted = bargaining.adjusted_coverage_pct(
        row["WCB"], row["WSEE"], row["Wstat_thousand"], excluded_unit="as_employees"
    )
    if row["expected_UnadjCov"] is None:
        assert plain is None
        assert adjusted is None
        return
    assert plain == near(row, "expected_UnadjCov")
    if row["expected_AdjCov"] is not None:
        assert adjusted == near(row, "expected_AdjCov")


def test_the_published_value_that_does_not_follow_from_its_inputs() -> None:
    """ICTWSS 6.1, Türkiye 2016: AdjCov 7.021996 implies 2,862 thousand excluded, the file has 2,826."""
    row = next(row for row in rows("u1_turkey_ictwss61") if row["year"] == 2016)
    printed = 7.021996
    given = bargaining.adjusted_coverage_pct(row["WCB"], row["WSEE"], 2826.0, excluded_unit="as_employees")
    implied = bargaining.adjusted_coverage_pct(row["WCB"], row["WSEE"], 2862.0, excluded_unit="as_employees")
    assert given != pytest.approx(printed, abs=1e-3)
    assert implied == pytest.approx(printed, abs=1e-4), "the excluded are rounded to the thousand"


@cases("u4_concentration_ictwss61")
def test_concentration_of_confederations(row: dict) -> None:
    """ICTWSS 6.1 (Visser 2019): Belgium and Germany 2010."""
    shares = parts(row["shares"], float)
    assert bargaining.effective_number(shares) == near(row, "expected_ENUCfs")
    if row["expected_CONCconf"] is None:
        return
    dense = bargaining.concentration(shares)
    assert dense == near(row, "expected_CONCconf")
    upper = bargaining.centralisation_of_level(row["CFpower"], dense)
    lower = bargaining.centralisation_of_level(row["UNpower"], row["CONCunion"])
    assert upper == near(row, "expected_CENTconf")
    assert lower == near(row, "expected_CENTunion")
    assert bargaining.centralisation(upper, lower) == near(row, "expected_CENT")


@cases("k1_krippendorff_expected")
def test_krippendorff_alpha(row: dict) -> None:
    """Krippendorff's data C: four coders, twelve units, with gaps."""
    data = pl.read_csv(FIXTURES / "k1_krippendorff_data.csv").drop("coder")
    assert agreement.krippendorff_alpha(data.rows(), level=row["metric"]) == near(row)
    assert agreement.krippendorff_alpha(data.rows()[::-1], level=row["metric"]) == near(row)


@cases("k4_cohen_kappa")
def test_cohen_kappa(row: dict) -> None:
    cells = [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]
    counts = [row[f"n_{a}_{b}"] for a, b in cells]
    pairs = [pair for pair, count in zip(cells, counts, strict=True) for _ in range(count)]
    found = agreement.cohen_kappa([a for a, _ in pairs], [b for _, b in pairs])
    assert found == near(row, "expected_kappa")


@cases("n2_projection")
def test_shared_events_and_newman_weights(row: dict) -> None:
    """Opsahl's example and Newman 2001, figure 6, as asserted in networkx."""
    members = [part.split(":") for part in row["memberships"].split(" | ")]
    pairs = pl.DataFrame(
        [(node.strip(), event) for node, events in members for event in events.split(";")],
        schema=["org_id", "event_id"],
        orient="row",
    )
    wanted = (pl.col("org_a") == row["node_a"]) & (pl.col("org_b") == row["node_b"])
    if row["expected_shared"] is not None:
        assert co_participation.shared_events(pairs).frame.filter(wanted)["value"].item() == near(
            row, "expected_shared"
        )
    assert co_participation.newman_weights(pairs).frame.filter(wanted)["value"].item() == near(row, "expected_newman")


@pytest.mark.parametrize("case", sorted({row["case"] for row in rows("n2_projection")}))
def test_no_pair_beyond_the_published_ones(case: str) -> None:
    listed = [row for row in rows("n2_projection") if row["case"] == case]
    members = [part.split(":") for part in listed[0]["memberships"].split(" | ")]
    pairs = pl.DataFrame(
        [(node.strip(), event) for node, events in members for event in events.split(";")],
        schema=["org_id", "event_id"],
        orient="row",
    )
    assert co_participation.newman_weights(pairs).frame.height == len(listed)


@cases("p1_poisson_intervals")
def test_poisson_intervals(row: dict) -> None:
    """UKHSA PHEindicatormethods: exact and Byar."""
    found = intervals.poisson_rate(
        row["count"],
        row["exposure"],
        method=row["method"],
        multiplier=row["multiplier"],
        confidence=row["confidence"] / 100,
    )
    assert found.value == near(row, "expected_rate")
    assert found.low == near(row, "expected_low")
    assert found.high == near(row, "expected_high")


@cases("p4_wilson")
def test_wilson_intervals(row: dict) -> None:
    found = intervals.wilson(row["successes"], row["n"], confidence=row["confidence"] / 100)
    assert found.low == near(row, "expected_low")
    assert found.high == near(row, "expected_high")


@cases("h1_entropy")
def test_entropy(row: dict) -> None:
    """Help page of the R package entropy."""
    assert intervals.shannon(parts(row["counts"], int), estimator=row["estimator"]) == near(row)


@cases("c1_capture_recapture")
def test_capture_and_recapture(row: dict) -> None:
    """Seber 1982, p. 107."""
    seen = row["n11"], row["n10"], row["n01"]
    plain, chapman = intervals.lincoln_petersen(*seen), intervals.chapman(*seen)
    assert plain.value == pytest.approx(row["expected_lincoln_petersen"], abs=1e-5)
    assert plain.se == pytest.approx(row["expected_lp_se"], abs=1e-3)
    assert chapman.value == pytest.approx(row["expected_chapman"], abs=1e-5)
    assert chapman.se == pytest.approx(row["expected_chapman_se"], abs=1e-5)
