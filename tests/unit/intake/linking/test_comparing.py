"""The points of two reports, feature by feature: each row of each table of weights, at its edge and behind it."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.intake.linking.comparing import FEATURES, points_of

DAY = {"start_date": "2024-05-06"}
CONGRESS, MEETING = DAY | {"kind": "congress"}, DAY | {"kind": "meeting"}


def test_points_of_kinds(check):
    cases = [
        ("congress", "congress", 4),
        ("strike", "strike", 2),
        ("strike", "protest", -2),
        ("strike", "strike_notice", -8),
        ("congress", "founding", -8),
        ("congress", "other", -2),
    ]
    check("kind", [(DAY | {"kind": a}, DAY | {"kind": b}, points) for a, b, points in cases])


def test_points_of_countries(check):
    cases = [
        ("KAZ;UZB", "UZB;KAZ", 3),
        ("KAZ", "KAZ", 1),
        ("KAZ", "KAZ;UZB", 0),
        ("KAZ;TJK", "KAZ;UZB", 0),
        ("KAZ", "UZB", -2),
    ]
    check("country", [(DAY | {"countries": a}, DAY | {"countries": b}, points) for a, b, points in cases])


def test_points_of_places(check):
    cases = [
        (("Astana", None), ("ASTANA", None), 2),
        (("Astana", None), ("Almaty", None), -1),
        (("Astana", None), ("Almaty, Kazakhstan", None), -1),
        (("Rudny, Kostanay", None), ("Lisakovsk, Kostanay", None), -4),
        (("Rudny, Kostanay", None), ("Kostanay", None), 1),
        (("Astana", "kaz-astana"), ("Nur-Sultan", "kaz-astana"), 2),
        (("Astana", "kaz-astana"), ("Almaty", "kaz-almaty"), -1),
        (("Astana", "kaz-astana"), ("the capital", None), -1),  # registering a place must never cost a link
        (("Astana", None), (None, None), 0),
    ]
    ids = [("reports", "place_id", [place[1] for case in cases for place in case[:2]])]
    check("place", [(DAY | {"place": a[0]}, DAY | {"place": b[0]}, points) for a, b, points in cases], columns=ids)


def test_a_name_says_more_the_fewer_months_it_is_in():
    months = pl.DataFrame({"months": [1, 2, 3, 8, 9, 24, 25]})
    assert months.select(points_of(pl.col("months"))).to_series().to_list() == [4, 4, 3, 3, 2, 2, 1]


BODIES, PEOPLE, FIGURE = (
    {"who": ["Union A", "Union B"]},
    {"people": ["P Q", "R S"]},
    {"figures": ["workers_on_strike=317"]},
)


@pytest.mark.parametrize(
    ("months", "cases"),
    [
        (2, [({"who": ["Union A"]}, 4), ({"people": ["P Q"]}, 4)]),
        (2, [(BODIES, 6), (PEOPLE, 6)]),  # 4 + 4, at most 6
        (8, [({"who": ["Union A"]}, 3), (BODIES | PEOPLE, 10)]),  # 6 + 6, at most 10
        (25, [({"who": ["Union A"], "people": ["P Q"]}, 2)]),  # 1 + 1
        (2, [({"who": ["ILO@ilo"]}, 1)]),  # a body of a side that acts everywhere
        (2, [(FIGURE, 0), ({}, 0)]),  # a figure is no name
    ],
)
def test_points_of_shared_names(check, months, cases):
    check("names", [(DAY | shared, DAY | shared, points) for shared, points in cases], months=months)


@pytest.mark.parametrize(
    ("a", "b", "months", "expected"),
    [
        ("Miners of Karaganda", "Miners Solidarity", 2, 3),  # one word: a point less than a name
        ("Miners of Karaganda", "Miners Solidarity", 8, 2),
        ("Coal Miners of Karaganda", "Coal Miners Solidarity", 2, 4),  # 3 + 3, at most 4
        ("Miners of Karaganda", "Weavers of Osh", 2, 0),  # "of" is too short a word
    ],
)
def test_words_of_names_that_nobody_registered(check, a, b, months, expected):
    unknown = [("actors", "org_id", [None, None])]
    check("names", [(DAY | {"who": [a]}, DAY | {"who": [b]}, expected)], months=months, columns=unknown)


def test_rare_names_are_counted(check):
    all_of_them = DAY | BODIES | PEOPLE
    check("rare", [(all_of_them, all_of_them, 4)], months=2)
    check("rare", [(all_of_them, all_of_them, 0)], months=3)
    common = [{"who": ["ILO@ilo"]}, FIGURE, {}]
    check("rare", [(DAY | shared, DAY | shared, 0) for shared in common], months=1)


def test_points_of_shared_figures(check):
    cases = [
        (["workers_on_strike=317"], 4),
        (["workers_on_strike=317", "employees=900"], 6),
        (["other=317"], 0),
        (["workers_on_strike=400"], 2),  # many strikes are told so
        (["workers_on_strike=7"], 2),
        ([], 0),
    ]
    check("figures", [(DAY | {"figures": told}, DAY | {"figures": told}, points) for told, points in cases], months=2)


def who(*names, **more):
    return {"who": list(names)} | more


def test_what_parts_two_reports(check):
    cases = [
        # Employers: both name some, and none in common.
        (DAY | who("Coal@employers"), DAY | who("Steel@employers"), -10),
        (DAY | who("Coal@employers", "U"), DAY | who("Steel@employers", "U"), -10),
        (DAY | who("Coal@employers", "U"), DAY | who("U"), 0),
        (DAY | who("Coal@employers", "Gas@employers"), DAY | who("Coal@employers"), 0),
        # Locals of one union have their numbers.
        (DAY | who("Bakers 12", "U"), DAY | who("Bakers 14", "U"), -8),
        (DAY | who("Bakers 12", "U"), DAY | who("U"), 0),
        (DAY | who("Bakers 12@government", "U"), DAY | who("Bakers 14@government", "U"), 0),
        # Nothing in common at all; a shared person is something.
        (DAY | who("U"), DAY | who("V"), -2),
        (DAY | who("U"), DAY, 0),
        (DAY | who("Board@tripartite"), DAY | who("U"), 0),  # a joint body has seats for others
        (DAY | who("Board@tripartite", "V"), DAY | who("U"), -2),
        (DAY | who("U") | {"people": ["P Q"]}, DAY | who("V") | {"people": ["P Q"]}, 0),
        # Who calls a gathering; in a dispute nobody calls.
        (CONGRESS | who("A@government/organiser", "Z"), CONGRESS | who("B@government/organiser", "Z"), -8),
        (CONGRESS | who("A@workers/organiser", "Z@ilo"), CONGRESS | who("B@workers/host", "Z@ilo"), -8),
        (CONGRESS | who("A@government/organiser", "Z"), CONGRESS | who("Z"), 0),
        (DAY | who("A@government/organiser", "Z"), DAY | who("B@government/organiser", "Z"), 0),
        (CONGRESS | who("A@government/organiser", "Z"), DAY | who("B@government/organiser", "Z"), 0),
        (
            CONGRESS | who("A@workers/organiser", "Z@ilo/organiser"),
            CONGRESS | who("B@workers/organiser", "Z@ilo/organiser"),
            -8,  # a body that acts everywhere calls many a gathering
        ),
        # Workers' bodies of a gathering.
        (CONGRESS | who("A", "G@government"), CONGRESS | who("B", "G@government"), -3),
        (CONGRESS | who("A", "G@government"), CONGRESS | who("A", "B", "G@government"), 0),
        (DAY | who("A", "G@government"), DAY | who("B", "G@government"), 0),
        # One guest and two hosts: two talks.
        (MEETING | {"people": ["Guest", "Host"]}, MEETING | {"people": ["Guest", "Other"]}, -8),
        (MEETING | {"people": ["Guest", "Host"]}, MEETING | {"people": ["Guest", "Host"]}, 0),
        (MEETING | {"people": ["Guest", "Host"]}, MEETING | {"people": ["Guest"]}, 0),
        (MEETING | {"people": ["Guest", "Host"]}, MEETING | {"people": ["Other", "Third"]}, 0),
        (CONGRESS | {"people": ["Guest", "Host"]}, CONGRESS | {"people": ["Guest", "Other"]}, 0),
        (
            MEETING | {"people": ["Guest", "Host"]},
            MEETING | {"kind": "visit", "people": ["Guest", "Other"]},
            0,
        ),
    ]
    check("parted", cases)


def test_what_is_never_one_event(check):
    cases = [
        (DAY, DAY, False),
        (DAY, DAY | {"venue_country": "UZB"}, True),
        (DAY, DAY | {"venue_country": None}, False),
        (DAY, DAY | {"kind": "protest"}, False),
        (DAY, DAY | {"kind": "agreement"}, True),
    ]
    check("never", cases)


def test_two_reports_of_one_source_are_two_events(points):
    (row,) = points([(DAY | {"source_id": "a"}, DAY | {"source_id": "a"})])
    assert row["never"]


def test_two_places_in_one_page_are_two_events_and_two_pages_need_not_be(points):
    def both(*addresses):
        (row,) = points([(DAY, DAY)], columns=[("sources", "url", list(addresses))])
        return row["never"]

    assert both("https://x.org/list#L1", "https://x.org/list#L2")
    assert not both("https://x.org/#/news/1", "https://x.org/#/news/2")
    assert not both("https://x.org/1", "https://x.org/2")


def test_rows_of_a_register_are_cases_of_their_own(points):
    def both(one, other, **names):
        columns = [("sources", "register", [one, other])]
        (row,) = points([(DAY | who(*names["a"]), DAY | who(*names["b"]))], columns=columns)
        return row["never"], row["parted"]

    shared = {"a": ["U"], "b": ["U"]}
    assert both("R", "R", **shared)[0]
    assert both("R", "S", **shared) == (False, -2)
    assert both("R", None, **shared) == (False, -2)
    assert both(None, None, **shared) == (False, 0)
    assert both("R", None, a=["U"], b=[]) == (False, -8)


def test_two_case_numbers_of_one_publisher_are_two_cases(points):
    def never(one, other):
        (row,) = points([(DAY | one, DAY | other)])
        return row["never"]

    first = {"case_number": "17", "publisher": "Office"}
    assert never(first, {"case_number": "18", "publisher": "Office"})
    assert not never(first, {"case_number": "17", "publisher": "Office"})
    assert not never(first, {"case_number": "18", "publisher": "Court"})
    assert not never(first, {"publisher": "Office"})


def test_the_score_is_the_sum_of_the_features(points):
    strike = DAY | {"place": "Astana", "who": ["Union A"], "figures": ["workers_on_strike=317"]}
    (found,) = points([(strike, strike)])
    # 6 for the day, 2 for the kind, 1 for the country, 2 for the place, 4 for the body, 4 for the figure.
    assert [found[feature] for feature in FEATURES] == [6, 2, 1, 2, 4, 4, 0]
    assert found["score"] == 19
