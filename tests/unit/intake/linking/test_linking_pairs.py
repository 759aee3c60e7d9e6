"""Each rule of two reports, seen to join and seen to keep apart."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking import link

ONE = {"who": ["Union of Miners", "Coal Ltd@employers"], "start_date": "2024-05-06"}


def together(events, a, b):
    return len(events({"report_id": "a#1"} | a, {"report_id": "b#1"} | b)) == 1


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        pytest.param({}, {}, True, id="same day, bodies and country"),
        pytest.param({}, {"start_date": "2024-05-07"}, True, id="a day apart"),
        pytest.param({}, {"start_date": "2024-05"}, True, id="a day within the month"),
        pytest.param({}, {"start_date": "2024-06-10"}, False, id="same bodies a month later"),
        pytest.param({}, {"start_date": "2023-05-06"}, False, id="same bodies a year earlier"),
        pytest.param({}, {"kind": "protest"}, True, id="kinds that go together"),
        pytest.param({}, {"kind": "strike_notice"}, False, id="a notice is not the strike"),
        pytest.param({}, {"kind": "agreement"}, False, id="a settlement is not the strike"),
        pytest.param({}, {"countries": "UZB"}, False, id="another country"),
        pytest.param({}, {"who": ["Steel Ltd@employers"]}, False, id="another employer the same day"),
        pytest.param({}, {"start_date": None, "published": "2024-05-08"}, True, id="undated, published two days later"),
        pytest.param({}, {"start_date": None, "published": "2024-05-01"}, False, id="published before it was held"),
        pytest.param({}, {"start_date": None, "published": "2025-05-01"}, False, id="published a year later"),
    ],
)
def test_dates_kinds_and_parties(events, a, b, one):
    assert together(events, ONE | a, ONE | b) is one


def test_an_announcement_may_come_before_the_day(events):
    ahead = {"start_date": None, "published": "2024-05-04", "status": "announced"}
    assert together(events, ONE, ONE | ahead)


def test_days_told_to_their_end_that_do_not_meet_are_two_events(events):
    first = {
        "kind": "training",
        "start_date": "2024-05-05",
        "end_date": "2024-05-06",
        "who": ["ABC"],
        "people": ["P Q"],
    }
    assert together(events, first, first)
    assert not together(events, first, first | {"start_date": "2024-05-07", "end_date": "2024-05-09"})


def test_one_source_tells_its_events_apart_unless_it_is_a_second_coding(events):
    first = ONE | {"report_id": "a#1", "source_id": "a"}
    second = ONE | {"report_id": "a#2", "source_id": "a"}
    assert len(events(first, second)) == 2
    assert len(events(first, second | {"recodes": "a#1", "start_date": None})) == 1


def test_a_copy_is_one_event_with_its_original_even_with_other_words(events):
    copy = {"report_id": "b#1", "copy_of": "a", "start_date": "2024-05"}
    assert len(events(ONE | {"report_id": "a#1"}, copy)) == 1
    assert len(events(ONE | {"report_id": "a#1"}, copy | {"copy_of": None, "countries": "UZB"})) == 2


def test_one_guest_with_two_hosts_holds_two_meetings(events):
    talk = {"kind": "meeting", "start_date": "2024-05-06", "who": ["ILO@ilo"], "people": ["Guest G", "Host H"]}
    assert together(events, talk, talk)
    assert not together(events, talk, talk | {"people": ["Guest G", "Other O"]})


def test_gatherings_called_by_others_are_two(events):
    held = {"kind": "congress", "start_date": "2024-05", "who": ["A@workers/organiser", "Z"]}
    assert together(events, held, held)
    assert not together(events, held, held | {"who": ["B@workers/organiser", "Z"]})


def test_an_undated_report_joins_where_it_fits_one_event_only(events):
    vague = {"report_id": "u#1", "start_date": None, "who": ["Union of Miners"], "people": ["P Q"]}
    dated = {"who": ["Union of Miners"], "people": ["P Q"]}
    first = dated | {"report_id": "a#1", "start_date": "2021-05-06"}
    second = dated | {"report_id": "b#1", "start_date": "2024-05-06"}
    assert events(first, vague) == {frozenset({"a#1", "u#1"})}
    assert events(first, second, vague) == {frozenset({"a#1"}), frozenset({"b#1"}), frozenset({"u#1"})}


def test_an_undated_report_does_not_hold_two_dates_together(events):
    shared = {"who": ["Union of Miners"], "people": ["P Q"], "figures": ["workers_on_strike=317"]}
    vague = shared | {"report_id": "u#1", "start_date": None}
    found = events(
        shared | {"report_id": "a#1", "start_date": "2024-05-06"},
        shared | {"report_id": "b#1", "start_date": "2024-06-20", "figures": []},
        vague,
    )
    assert frozenset({"a#1", "u#1"}) in found
    assert frozenset({"b#1"}) in found


def test_a_study_that_is_a_register_links_no_rows_of_one_publisher(little):
    row = ONE | {"publisher": "Office of Labour"}
    news = little(
        row | {"report_id": "a#1"},
        row | {"report_id": "b#1"},
        row | {"report_id": "c#1", "publisher": "Courier"},
    )
    offices = {**news, "sources": news["sources"].with_columns(kind=pl.lit("government"))}

    def of(tables, **more):
        linked = link(**tables, **more).events_of
        return {frozenset(ids) for ids in linked.group_by("event_id").agg("report_id").get_column("report_id")}

    assert of(offices) == of(news, register=True) == {frozenset({"a#1", "b#1", "c#1"})}
    apart = of(offices, register=True)
    assert len(apart) == 2
    assert not any({"a#1", "b#1"} <= event for event in apart)
