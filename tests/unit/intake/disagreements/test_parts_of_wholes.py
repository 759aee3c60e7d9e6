"""Totals of one report against the parts that another tells."""

import pytest

from socdialog.intake.disagreements import find_disagreements


def told(report, value, **cells):
    return {"report_id": report, "indicator": "dismissed_workers", "value": value} | cells


def found(study, *figures):
    reports = [{"report_id": f"{name}#1", "event": "ev"} for name in "abc"]
    return [row for row in find_disagreements(study(figures, reports=reports)).rows(named=True) if _of_parts(row)]


def _of_parts(row):
    return row["check"] == "parts_elsewhere"


@pytest.mark.parametrize(
    ("total", "difference"),
    [
        ("300", None),  # 100 + 200
        ("299", -1.0),
        ("250", -50.0),
        ("310", 10.0),  # short by 3.2 per cent
        ("315", 15.0),  # by 4.8
        ("316", None),  # by 5.1: some parts may be missing
        ("400", None),
    ],
)
def test_parts_exceed_a_total_or_fall_a_little_short(study, total, difference):
    rows = found(
        study, told("a#1", total), told("b#1", "100", scope="Menon plant"), told("b#1", "200", scope="Tarsus plant")
    )
    assert [row["difference"] for row in rows] == ([] if difference is None else [difference])


def test_groups_that_may_overlap_do_not_exceed(study):
    overlapping = told("b#1", "100", scope="smelter"), told("b#1", "200", scope="women")
    assert not found(study, told("a#1", "250"), *overlapping)
    assert found(study, told("a#1", "305"), *overlapping)  # nearly the sum: they are the parts


@pytest.mark.parametrize("scope", [("in May", "in June"), ("average", "highest"), ("plant", "plant, first shift")])
def test_moments_definitions_and_parts_of_parts_do_not_add_up(study, scope):
    assert not found(study, told("a#1", "250"), told("b#1", "100", scope=scope[0]), told("b#1", "200", scope=scope[1]))


def test_bodies_are_parts_of_what_is_told_of_none(study):
    parts = told("b#1", "900", organisation="Oil Field"), told("b#1", "500", organisation="Pipe Works")
    assert found(study, told("a#1", "1300"), *parts)[0]["details"].count("1400") == 1
    assert not found(study, told("a#1", "1400"), *parts)


def test_others_are_told_besides(study):
    rows = found(
        study, told("a#1", "120"), told("b#1", "45"), told("b#1", "200", scope="others", qualifier="more_than")
    )
    assert [row["figures"] for row in rows] == [["a#1:1", "b#1:1", "b#1:2"]]


def test_one_text_that_tells_all_is_no_matter_of_two(study):
    assert not found(
        study, told("a#1", "250"), told("a#1", "100", scope="Menon plant"), told("a#1", "200", scope="Tarsus plant")
    )
