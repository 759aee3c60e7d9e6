"""The points of two reports, feature by feature: each row of each table of weights, at its edge and behind it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from socdialog.intake.linking.comparing import FEATURES, compare, points_of
from socdialog.intake.linking.facts import gather

TABLES = ("reports", "sources", "actors", "people", "figures")
DAY = {"start_date": "2024-05-06"}
FROM_6_TO_12 = {"start_date": "2024-05-06", "end_date": "2024-05-12"}
CONGRESS, MEETING = DAY | {"kind": "congress"}, DAY | {"kind": "meeting"}


@pytest.fixture
def points(little):
    """Return the points of two reports told as dictionaries; further columns and facts may be replaced."""

    def of(a, b, *, months=None, columns=None):
        tables = little({"report_id": "a#1"} | a, {"report_id": "b#1"} | b)
        for table, column, values in columns or []:
            tables[table] = tables[table].with_columns(pl.Series(column, values, dtype=pl.String))
        facts = gather(**{name: tables[name] for name in TABLES})
        if months is not None:
            facts = replace(facts, tokens=facts.tokens.with_columns(months=pl.lit(months, dtype=pl.Int32)))
        pair = pl.DataFrame({"a": [0], "b": [1]}, schema={"a": pl.UInt32, "b": pl.UInt32})
        return compare(pair, facts).row(0, named=True)

    return of


def both_ways(points, a, b, feature):
    """Return a feature of two reports; which one is named first must not matter."""
    one, other = points(a, b)[feature], points(b, a)[feature]
    assert one == other
    return one


def undated(published, **more):
    return {"start_date": None, "published": published} | more


def day(date, **more):
    return {"start_date": date} | more


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param(DAY, day("2024-05-06"), 6, id="same day"),
        pytest.param(DAY, day("2024-05-07"), 4, id="1 day"),
        pytest.param(DAY, day("2024-05-08"), 2, id="2 days"),
        pytest.param(DAY, day("2024-05-09"), -3, id="3 days"),
        pytest.param(DAY, day("2024-05-13"), -3, id="7 days"),
        pytest.param(DAY, day("2024-05-14"), -6, id="8 days"),
        pytest.param(FROM_6_TO_12, day("2024-05-10"), 2, id="a day of a longer action"),
        pytest.param(FROM_6_TO_12, day("2024-05-12"), 2, id="its last day"),
        pytest.param(FROM_6_TO_12, day("2024-05-13"), -3, id="the day after its last"),
        pytest.param(FROM_6_TO_12, FROM_6_TO_12, 6, id="the same first day of a longer action"),
        pytest.param(DAY, day("2024-05"), 3, id="a day and its month"),
        pytest.param(day("2024-05"), day("2024-05"), 3, id="one month"),
        pytest.param(DAY, day("2024-06"), -4, id="a day and another month"),
        pytest.param(day("2024-05-30"), day("2024-06"), -4, id="the month after the next day"),
        pytest.param(day("2024-05-31"), day("2024-06"), -4, id="the month that begins on the next day"),
        pytest.param(DAY, day("2024"), 0, id="a day and its year"),
        pytest.param(DAY, day("2023"), -4, id="a day and another year"),
        pytest.param(DAY, day(None), 0, id="no date and no publication"),
        pytest.param(undated("2024-05-08"), day(None), 0, id="published, and no date at all"),
    ],
)
def test_points_of_dates(points, a, b, expected):
    assert both_ways(points, a, b, "date") == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2024-05-04", 4), ("2024-05-05", 2), ("2024-05-11", 2), ("2024-05-12", 0), ("2024-06-01", 0), ("2024-06-02", -6)],
)
def test_two_undated_texts_count_the_days_between_their_publication(points, published, expected):
    # From 1 May: 3 and 4, 10 and 11, 31 and 32 days.
    assert both_ways(points, undated("2024-05-01"), undated(published), "date") == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-05-06", 4),
        ("2024-05-13", 4),
        ("2024-05-14", 2),
        ("2024-06-06", 2),
        ("2024-06-07", -4),
        ("2024-05-04", -4),
    ],
)
def test_an_undated_text_tells_of_the_month_before_it(points, published, expected):
    # After 6 May: 0, 7, 8, 31 and 32 days; and two days too early.
    assert both_ways(points, DAY, undated(published), "date") == expected


@pytest.mark.parametrize(("published", "expected"), [("2024-05-04", 4), ("2024-04-29", 4), ("2024-04-28", 2)])
def test_an_announcement_counts_the_days_to_come(points, published, expected):
    # 2, 7 and 8 days before 6 May.
    assert both_ways(points, DAY, undated(published, status="announced"), "date") == expected


@pytest.mark.parametrize(
    ("a", "b", "gap"),
    [
        (DAY, DAY, 0),
        (DAY, day("2024-05-09"), 3),
        (day("2024-05"), day("2024-06-10"), 10),  # from 31 May
        (day("2024-05"), DAY, 0),
        (FROM_6_TO_12, day("2024-05-10"), 4),  # starts are compared, not the whole
        (day("2023"), day("2024-01-05"), 5),
    ],
)
def test_the_gap_is_the_days_between_the_nearest_possible_starts(points, a, b, gap):
    assert both_ways(points, a, b, "gap") == gap


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("congress", "congress", 4),
        ("strike", "strike", 2),
        ("strike", "protest", -2),
        ("strike", "strike_notice", -8),
        ("congress", "founding", -8),
        ("congress", "other", -2),
    ],
)
def test_points_of_kinds(points, a, b, expected):
    assert both_ways(points, DAY | {"kind": a}, DAY | {"kind": b}, "kind") == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("KAZ;UZB", "UZB;KAZ", 3),
        ("KAZ", "KAZ", 1),
        ("KAZ", "KAZ;UZB", 0),
        ("KAZ;TJK", "KAZ;UZB", 0),
        ("KAZ", "UZB", -2),
    ],
)
def test_points_of_countries(points, a, b, expected):
    assert both_ways(points, DAY | {"countries": a}, DAY | {"countries": b}, "country") == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("Astana", None), ("ASTANA", None), 2),
        (("Astana", None), ("Almaty", None), -3),
        (("Astana", "kaz-astana"), ("Nur-Sultan", "kaz-astana"), 2),
        (("Astana", "kaz-astana"), ("Almaty", "kaz-almaty"), -3),
        (("Astana", "kaz-astana"), ("the capital", None), 0),  # a name nobody registered may be the same place
        (("Astana", None), (None, None), 0),
    ],
)
def test_points_of_places(points, a, b, expected):
    ids = [("reports", "place_id", [a[1], b[1]])]
    assert points(DAY | {"place": a[0]}, DAY | {"place": b[0]}, columns=ids)["place"] == expected


def test_a_name_says_more_the_fewer_months_it_is_in():
    months = pl.DataFrame({"months": [1, 2, 3, 8, 9, 24, 25]})
    assert months.select(points_of(pl.col("months"))).to_series().to_list() == [4, 4, 3, 3, 2, 2, 1]


BODIES, PEOPLE = {"who": ["Union A", "Union B"]}, {"people": ["P Q", "R S"]}


@pytest.mark.parametrize(
    ("shared", "months", "expected"),
    [
        ({"who": ["Union A"]}, 2, 4),
        ({"who": ["Union A"]}, 3, 3),
        ({"people": ["P Q"]}, 2, 4),
        ({"who": ["Union A"], "people": ["P Q"]}, 25, 2),  # 1 + 1
        (BODIES, 2, 6),  # 4 + 4, at most 6
        (PEOPLE, 2, 6),
        (BODIES | PEOPLE, 8, 10),  # 6 + 6, at most 10
        ({"who": ["ILO@ilo"]}, 2, 1),  # a body of a side that acts everywhere
        ({"figures": ["workers_on_strike=317"]}, 2, 0),  # a figure is no name
    ],
)
def test_points_of_shared_names(points, shared, months, expected):
    assert points(DAY | shared, DAY | shared, months=months)["names"] == expected


@pytest.mark.parametrize(
    ("a", "b", "months", "expected"),
    [
        ("Miners of Karaganda", "Miners Solidarity", 2, 3),  # one word: a point less than a name
        ("Miners of Karaganda", "Miners Solidarity", 8, 2),
        ("Coal Miners of Karaganda", "Coal Miners Solidarity", 2, 4),  # 3 + 3, at most 4
        ("Miners of Karaganda", "Weavers of Osh", 2, 0),  # "of" is too short a word
    ],
)
def test_words_of_names_that_nobody_registered(points, a, b, months, expected):
    unknown = [("actors", "org_id", [None, None])]
    assert points(DAY | {"who": [a]}, DAY | {"who": [b]}, months=months, columns=unknown)["names"] == expected


@pytest.mark.parametrize(
    ("shared", "months", "expected"),
    [
        (BODIES | PEOPLE, 2, 4),
        (BODIES | PEOPLE, 3, 0),
        ({"who": ["ILO@ilo"]}, 1, 0),
        ({"figures": ["workers_on_strike=317"]}, 1, 0),
        ({}, 1, 0),
    ],
)
def test_rare_names_are_counted(points, shared, months, expected):
    assert points(DAY | shared, DAY | shared, months=months)["rare"] == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [(["workers_on_strike=317"], 4), (["workers_on_strike=317", "employees=900"], 6), (["other=317"], 0), ([], 0)],
)
def test_points_of_shared_figures(points, figures, expected):
    assert points(DAY | {"figures": figures}, DAY | {"figures": figures})["figures"] == expected


def who(*names, **more):
    return {"who": list(names)} | more


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # Employers: both name some, and none in common.
        (DAY | who("Coal@employers"), DAY | who("Steel@employers"), -6),
        (DAY | who("Coal@employers", "U"), DAY | who("Steel@employers", "U"), -6),
        (DAY | who("Coal@employers", "U"), DAY | who("U"), 0),
        (DAY | who("Coal@employers", "Gas@employers"), DAY | who("Coal@employers"), 0),
        # Nothing in common at all; a shared person is something.
        (DAY | who("U"), DAY | who("V"), -2),
        (DAY | who("U"), DAY, 0),
        (DAY | who("U") | {"people": ["P Q"]}, DAY | who("V") | {"people": ["P Q"]}, 0),
        # Who calls a gathering; in a dispute nobody calls.
        (CONGRESS | who("A@government/organiser", "Z"), CONGRESS | who("B@government/organiser", "Z"), -8),
        (CONGRESS | who("A@workers/organiser", "Z@ilo"), CONGRESS | who("B@workers/host", "Z@ilo"), -8),
        (CONGRESS | who("A@government/organiser", "Z"), CONGRESS | who("Z"), 0),
        (DAY | who("A@government/organiser", "Z"), DAY | who("B@government/organiser", "Z"), 0),
        (CONGRESS | who("A@government/organiser", "Z"), DAY | who("B@government/organiser", "Z"), 0),
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
    ],
)
def test_what_parts_two_reports(points, a, b, expected):
    assert both_ways(points, a, b, "parted") == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (DAY, DAY, False),
        (DAY, day("2024-05-20"), False),  # 14 days
        (DAY, day("2024-05-21"), True),  # 15 days
        (DAY, DAY | {"venue_country": "UZB"}, True),
        (DAY, DAY | {"venue_country": None}, False),
        (DAY, DAY | {"kind": "protest"}, False),
        (DAY, DAY | {"kind": "agreement"}, True),
        (DAY, undated("2024-05-05"), False),  # the day before: a press office may be early
        (DAY, undated("2024-05-04"), True),
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-06", end_date="2024-05-09"), False),
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-07", end_date="2024-05-09"), True),
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-07"), False),  # it may have gone on
    ],
)
def test_what_is_never_one_event(points, a, b, expected):
    assert both_ways(points, a, b, "never") is expected


def test_two_reports_of_one_source_are_two_events(points):
    assert points(DAY | {"report_id": "a#1"}, DAY | {"report_id": "a#2"})["never"]


def test_the_score_is_the_sum_of_the_features(points):
    strike = DAY | {"place": "Astana", "who": ["Union A"], "figures": ["workers_on_strike=317"]}
    found = points(strike, strike)
    # 6 for the day, 2 for the kind, 1 for the country, 2 for the place, 4 for the body, 4 for the figure.
    assert [found[feature] for feature in FEATURES] == [6, 2, 1, 2, 4, 4, 0]
    assert found["score"] == 19
