"""Decisions, ids, relations and reasons of the whole of linking."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socdialog.display.link_words import reasons
from socdialog.intake.linking import event_id, link, new_event_ids

BODIES = {"who": ["Union of Miners", "Coal Ltd@employers"]}


def strike(name, day="2024-05-06", **more):
    return BODIES | {"report_id": name, "start_date": day} | more


def decided(a, b, decision):
    return {"report_a": a, "report_b": b, "decision": decision}


def of(linked):
    return dict(linked.events_of.iter_rows())


def test_different_always_separates_also_through_a_third(events):
    three = [strike("a#1"), strike("b#1"), strike("c#1")]
    assert len(events(*three)) == 1
    found = events(*three, decisions=[decided("a#1", "c#1", "different")])
    assert len(found) == 2
    assert all(not {"a#1", "c#1"} <= event for event in found)


def test_same_joins_whatever_speaks_against(events):
    far = [strike("a#1"), strike("b#1", "2019-01-01", countries="UZB")]
    assert len(events(*far)) == 2
    assert len(events(*far, decisions=[decided("a#1", "b#1", "same")])) == 1


def test_different_wins_over_a_second_coding(events):
    pair = [strike("a#1", source_id="a"), strike("a#2", source_id="a", recodes="a#1")]
    assert len(events(*pair)) == 1
    assert len(events(*pair, decisions=[decided("a#1", "a#2", "different")])) == 2


def test_the_reasons_can_be_checked(little):
    links = link(**little(strike("a#1"), strike("b#1"))).links
    assert links.select("report_a", "report_b", "judgement", "method").rows() == [("a#1", "b#1", "same", "rule")]
    why = reasons(json.loads(links.item(0, "features")))
    for part in (
        "same date, 6 May 2024",
        "same type, strike",
        "same country, Kazakhstan",
        "Coal Ltd",
        "Union of Miners",
    ):
        assert part in why


def test_what_is_doubtful_waits_with_its_reason(little):
    # 2 for the kind, 1 for the country, 4 for a rare body: on no date, and it fits both years alike.
    shared = {"who": ["Union of Miners"], "people": ["P Q"]}
    links = link(
        **little(
            shared | {"report_id": "a#1", "start_date": "2021-05-06"},
            shared | {"report_id": "b#1", "start_date": "2024-05-06"},
            shared | {"report_id": "u#1", "start_date": None},
        )
    ).links
    assert links.get_column("judgement").unique().to_list() == ["doubtful"]
    assert links.get_column("features").str.contains("fits_several", literal=True).all()


def test_a_seminar_within_a_congress_is_a_part_of_it(little):
    whole = {"report_id": "w#1", "kind": "congress", "start_date": "2024-05-06", "end_date": "2024-05-08"}
    part = {"report_id": "p#1", "kind": "seminar", "start_date": "2024-05-07"}
    same = {"place": "Astana", "who": ["Federation F"]}
    linked = link(**little(whole | same, part | same))
    told = dict(linked.relations.select("event_id", "part_of").iter_rows())
    assert told == {of(linked)["p#1"]: of(linked)["w#1"], of(linked)["w#1"]: None}
    assert linked.links.select("report_a", "report_b", "judgement").rows() == [("p#1", "w#1", "part_of")]
    for silent in ({"start_date": "2024-05-10"}, {"place": "Almaty"}, {"who": ["Another"]}):
        assert link(**little(whole | same, part | same | silent)).relations.get_column("part_of").null_count() == 2


def test_a_decision_makes_a_part(little):
    tables = little(strike("a#1"), strike("b#1", "2019-01-01"), decisions=[decided("b#1", "a#1", "part_of")])
    linked = link(**tables)
    assert dict(linked.relations.select("event_id", "part_of").iter_rows())[of(linked)["b#1"]] == of(linked)["a#1"]


def test_notice_strike_and_settlement_are_one_dispute_of_three_events(little):
    steps = [
        strike("n#1", "2024-04-20", kind="strike_notice"),
        strike("s#1", "2024-05-06"),
        strike("e#1", "2024-05-30", kind="agreement"),
    ]
    relations = link(**little(*steps)).relations
    assert relations.height == 3
    assert relations.get_column("dispute_id").n_unique() == 1
    assert relations.get_column("dispute_id").null_count() == 0
    later = strike("e#1", "2025-05-30", kind="agreement")
    assert link(**little(*steps[:2], later)).relations.get_column("dispute_id").null_count() == 1


# -- ids


def given_ids(*rows):
    return pl.DataFrame(
        rows, schema={"event_id": pl.String, "report_id": pl.String, "given_on": pl.String}, orient="row"
    )


def test_the_id_hangs_on_the_earliest_published_report(little):
    linked = link(**little(strike("a#1"), strike("b#1", published="2024-05-08"), strike("c#1", published="2024-05-07")))
    assert set(of(linked).values()) == {event_id("c#1")}


def test_a_given_id_stays_and_the_younger_is_superseded(little):
    ids = given_ids(("ev-00000002", "a#1", "2025-02-01"), ("ev-00000001", "b#1", "2025-03-01"))
    linked = link(**little(strike("a#1"), strike("b#1")), event_ids=ids)
    assert set(of(linked).values()) == {"ev-00000002"}
    assert linked.superseded.rows() == [("ev-00000001", "ev-00000002")]


def test_when_an_event_falls_apart_the_part_with_the_anchor_keeps_the_id(little):
    tables = little(strike("a#1"), strike("b#1"), decisions=[decided("a#1", "b#1", "different")])
    linked = link(**tables, event_ids=given_ids(("ev-00000009", "b#1", "2025-01-01")))
    assert of(linked) == {"a#1": event_id("a#1"), "b#1": "ev-00000009"}


def test_new_ids_are_given_once(little):
    tables = little(strike("a#1"), strike("b#1"), strike("c#1", "2019-01-01"))
    first = link(**tables)
    fresh = new_event_ids(first, given_on="2026-01-02")
    assert fresh.rows() == sorted((event_id(name), name, "2026-01-02") for name in ("a#1", "c#1"))
    again = link(**tables, event_ids=fresh)
    assert of(again) == of(first)
    assert new_event_ids(again, given_on="2026-02-02", event_ids=fresh).is_empty()


# -- properties

DAYS = st.sampled_from(["2024-05-06", "2024-05-07", "2024-05", "2024-07-01", None])
TOLD = st.fixed_dictionaries(
    {
        "start_date": DAYS,
        "published": st.sampled_from([None, "2024-05-08", "2024-07-02"]),
        "kind": st.sampled_from(["strike", "protest", "agreement"]),
        "who": st.lists(st.sampled_from(["Union U", "Coal Ltd@employers", "Union V"]), max_size=2, unique=True),
    }
)
COLLECTION = st.lists(TOLD, min_size=2, max_size=6)
quick = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def numbered(told):
    return [row | {"report_id": f"r{n}#1"} for n, row in enumerate(told)]


@quick
@given(told=COLLECTION, seed=st.integers(0, 99))
def test_the_order_of_rows_does_not_matter(little, told, seed):
    tables = little(*numbered(told))
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in tables.items()}
    first, second = link(**tables), link(**shuffled)
    assert first.events_of.equals(second.events_of)
    assert first.links.equals(second.links)
    assert first.relations.equals(second.relations)


@quick
@given(told=COLLECTION)
def test_an_unrelated_report_changes_no_id(little, told):
    rows = numbered(told)
    stranger = {"report_id": "z#1", "countries": "TUR", "start_date": "2011-01-01", "who": ["Nobody"], "kind": "forum"}
    before, after = link(**little(*rows)), link(**little(*rows, stranger))
    assert of(before) == {name: event for name, event in of(after).items() if name != "z#1"}


@quick
@given(told=COLLECTION)
def test_other_names_of_reports_give_the_same_events(events, told):
    # Linking is symmetric: which report of a pair comes first, by its id, does not matter.
    rows = numbered(told)[:2]
    back = [row | {"report_id": f"q{9 - n}#1"} for n, row in enumerate(rows)]
    assert len(events(*rows)) == len(events(*back))


@quick
@given(told=COLLECTION)
def test_different_always_separates(little, told):
    found = of(link(**little(*numbered(told), decisions=[decided("r0#1", "r1#1", "different")])))
    assert found["r0#1"] != found["r1#1"]


@quick
@given(told=COLLECTION, more=TOLD)
def test_given_ids_outlive_more_reports(little, told, more):
    rows = numbered(told)
    first = link(**little(*rows))
    ids = new_event_ids(first, given_on="2026-01-02")
    after = link(**little(*rows, more | {"report_id": "a#1"}), event_ids=ids)
    moved = dict(after.superseded.iter_rows())
    kept = set(of(after).values())
    assert all(event in kept or event in moved for event in of(first).values())


@pytest.mark.parametrize("empty", ["actors", "people", "figures", "decisions"])
def test_an_empty_table_is_no_error(little, empty):
    tables = little(strike("a#1"), strike("b#1"))
    tables[empty] = tables[empty].clear()
    assert link(**tables).events_of.height == 2


def test_no_report_is_no_event(little):
    linked = link(**{name: frame.clear() for name, frame in little(strike("a#1")).items()})
    assert linked.events_of.is_empty()
    assert linked.links.is_empty()
