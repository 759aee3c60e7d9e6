"""Every metric over the shipped data: n and known hold together, evidence leads back, known facts come out."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise, permutations

import polars as pl
import pytest

from socdialog.intake.clean import clean
from socdialog.metrics import (
    activity,
    agreement,
    co_participation,
    comparisons,
    disputes,
    membership,
    official,
    standards,
)
from socdialog.results import COLUMNS, Result

SPAN = {"since": date(2010, 1, 1), "until": date(2025, 12, 31)}
AS_OF = date(2026, 11, 1)


@pytest.fixture(scope="module")
def tables(raw) -> dict[str, pl.DataFrame]:
    return clean(raw)


@pytest.fixture(scope="module")
def row_ids(tables) -> set[str]:
    return {row_id for frame in tables.values() if "row_id" in frame.columns for row_id in frame["row_id"].to_list()}


@pytest.fixture(scope="module")
def results(tables) -> dict[str, Result]:
    t = tables
    events, actors, figures, institutions = t["events"], t["actors"], t["figures"], t["institutions"]
    pairs = co_participation.participations(events, actors)
    one = t["countries"]["country"].sort()[0]
    ratified = t["ratifications"], t["conventions"]
    found = {field: activity.events_by(events, field) for field in activity.FIELDS}
    return found | {
        "years": activity.events_by_year(events),
        "sides": activity.events_by_side(events, actors, t["organisations"]),
        "tripartite": activity.tripartite_share(events, actors, organisations=t["organisations"]),
        "active": activity.most_active_organisations(events, actors, t["organisations"]),
        "known": activity.completeness(events, ["topics", "outcomes", "mode", "start_date"]),
        "single": activity.single_source_share(events),
        "own voice": activity.self_reported_share(events, t["reports"], t["sources"], actors),
        "sources": activity.sources_per_event(events),
        "outlets": activity.publishers(t["sources"], t["reports"]),
        "mix": activity.source_mix(t["sources"], "language"),
        "reach": activity.reach_per_activity(figures),
        "spread": activity.claim_range(figures),
        "months": activity.months_covered_by_agreement(institutions, **SPAN),
        "gaps": activity.agreement_gaps(institutions, **SPAN),
        "meetings": activity.days_since_last_recorded_meeting(institutions, events, actors, as_of=AS_OF),
        "disputes": disputes.disputes_found(events, figures),
        "resolved": disputes.resolved_without_strike(figures),
        "bans": disputes.bans_among_strikes(events),
        "claimed": membership.claims_with_employees(
            t["memberships"], t["organisations"], t["country_years"], country=one, indicator="EMPLOYEES_TH"
        ),
        "in force": standards.conventions_in_force(*ratified, country=one, group="fundamental", as_of=AS_OF),
        "matrix": standards.ratification_matrix(*ratified, t["countries"]["country"].to_list(), as_of=AS_OF),
        "agreement": agreement.coder_agreement(t["reports"]),
        "two modes": co_participation.two_mode(pairs),
        "shared": co_participation.shared_events(pairs),
        "weights": co_participation.newman_weights(pairs),
        "degree": co_participation.degree(pairs),
        "sizes": co_participation.event_sizes(pairs),
        "official": official.latest_official(
            t["country_years"], t["not_published"], country=one, indicator="SDG_0882_NOC_RT"
        ),
    }


def test_known_is_part_of_n_and_bounds_hold_the_value(results) -> None:
    for name, result in results.items():
        frame = result.frame
        assert frame.columns[-len(COLUMNS) :] == list(COLUMNS), name
        assert frame.filter(pl.col("known") > pl.col("n")).is_empty(), name
        assert frame.filter((pl.col("low") > pl.col("high")) | pl.col("value").is_nan()).is_empty(), name
        assert frame.get_column("n").null_count() == 0, name
        assert result.definition, name
        assert result.not_measured, name


def test_every_value_leads_back_to_rows(results, row_ids) -> None:
    for name, result in results.items():
        shown = result.frame.filter(pl.col("value") > 0)
        assert shown.filter(pl.col("evidence").list.len() == 0).is_empty(), name
        ids = result.frame.get_column("evidence").explode().drop_nulls().unique()
        assert set(ids.to_list()) <= row_ids, name


def test_parts_add_up_to_the_whole(results, tables) -> None:
    n = tables["events"].height
    for name in ("years", "kind", "status"):
        assert results[name].frame.get_column("value").sum() == n, name
    assert results["sizes"].frame.get_column("value").sum() == results["sizes"].frame.get_column("known")[0]
    assert results["outlets"].frame.get_column("share").sum() == pytest.approx(1)


def test_conflicts_resolved_in_kazakhstan(results) -> None:
    """Federation of Trade Unions of Kazakhstan: 49 of 68 conflicts of 2024 settled without strikes."""
    found = results["resolved"].frame.filter((pl.col("country") == "KAZ") & (pl.col("conflicts") == 68))
    assert found.get_column("value").to_list() == [49 / 68]


def test_double_codings_are_too_few(results) -> None:
    frame = results["agreement"].frame
    assert frame.get_column("value").null_count() == frame.height
    assert frame.get_column("answer").str.starts_with("not estimable: ").all()


def test_the_protocol_of_2014_is_no_convention(results, tables) -> None:
    matrix = results["matrix"].frame
    apart = matrix.filter("apart").get_column("convention").unique().to_list()
    assert apart == ["P029"]
    for day, number in ((date(2022, 6, 10), 8), (date(2022, 6, 11), 10)):
        found = standards.conventions_in_force(
            tables["ratifications"], tables["conventions"], country="KAZ", group="fundamental", as_of=day
        )
        assert found.frame.get_column("n").to_list() == [number]
    governance = standards.conventions_in_force(
        tables["ratifications"], tables["conventions"], country="KAZ", group="governance", as_of=AS_OF
    )
    assert governance.frame.get_column("n").to_list() == [4]


def test_in_force_never_falls_over_time_but_for_denunciations(tables) -> None:
    """What is surely in force on a day is not surely out of force on a later one."""
    denounced = tables["ratifications"].filter(pl.col("status") == "denounced").height
    countries = tables["countries"]["country"].to_list()
    days = [date(year, 7, 1) for year in range(1995, 2027)]
    frames = [
        standards.ratification_matrix(tables["ratifications"], tables["conventions"], countries, as_of=day).frame
        for day in days
    ]
    fallen = 0
    for before, after in pairwise(frames):
        both = before.join(after, on=["country", "convention"], suffix="_after")
        fallen += both.filter((pl.col("value") == 1) & (pl.col("value_after") == 0)).height
    assert fallen <= denounced


def test_published_rates_of_the_shipped_series(tables) -> None:
    """ICTWSS 6.1, Türkiye: union density follows from its own inputs in every year that has them."""
    wide = (
        tables["country_years"]
        .filter((pl.col("source") == "ICTWSS") & (pl.col("vintage") == "6.1"))
        .pivot("indicator", index=["country", "year"], values="value")
        .with_columns(again=membership.net_density_pct(pl.col("ICTWSS_NUM"), pl.col("ICTWSS_WSEE")))
        .drop_nulls(["again", "ICTWSS_UD"])
    )
    assert wide.height >= 5
    assert wide.filter((pl.col("again") - pl.col("ICTWSS_UD")).abs() > 0.06).is_empty()


def test_sentences_over_all_series_say_what_the_numbers_say(tables) -> None:
    """Every pair of newest values of every official series: the word follows from the two numbers printed."""
    pattern = re.compile(r"a \((-?[\d,.]+)\) is (?:[\d,.]+ (above|below)|level with) b \((-?[\d,.]+)\)\.")
    newest = (
        tables["country_years"]
        .drop_nulls("value")
        .sort("year", "row_id")
        .group_by("country", "indicator", "classification", "source", "vintage", maintain_order=True)
        .last()
    )
    sentences = 0
    for (_indicator, *_), series in newest.group_by("indicator", "classification", "source", "vintage"):
        for mine, theirs in permutations(series.get_column("value").to_list(), 2):
            sentence = comparisons.compare_words("a", mine, "b", theirs, unit="")
            found = pattern.fullmatch(sentence)
            assert found is not None, sentence
            left, right = (float(found[place].replace(",", "")) for place in (1, 3))
            assert found[2] == ("above" if left > right else "below" if left < right else None), sentence
            sentences += 1
    assert sentences > 500
