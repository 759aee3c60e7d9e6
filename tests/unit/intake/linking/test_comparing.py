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
    """Return the points of each pair of reports, in both orders the same; facts and further columns may be replaced."""

    def of(cases, *, months=None, columns=None):
        told = [report for case in cases for report in case[:2]]
        tables = little(*({"report_id": f"r{n:03}#1"} | report for n, report in enumerate(told)))
        for table, column, values in columns or []:
            tables[table] = tables[table].with_columns(pl.Series(column, values, dtype=pl.String))
        facts = gather(**{name: tables[name] for name in TABLES})
        if months is not None:
            facts = replace(facts, tokens=facts.tokens.with_columns(months=pl.lit(months, dtype=pl.Int32)))
        first = range(0, len(told), 2)
        pairs = [(n, n + 1) for n in first] + [(n + 1, n) for n in first]
        found = compare(pl.DataFrame(pairs, schema={"a": pl.UInt32, "b": pl.UInt32}, orient="row"), facts)
        rows = {(row.pop("a"), row.pop("b")): row for row in found.rows(named=True)}
        for one, other in pairs:
            assert rows[one, other] == rows[other, one], "which report is named first must not matter"
        return [rows[n, n + 1] for n in first]

    return of


@pytest.fixture
def check(points):
    """Compare a feature of each pair of reports with what is expected of it."""

    def of(feature, cases, **more):
        found = [row[feature] for row in points(cases, **more)]
        assert [(*case, value) for case, value in zip(cases, found, strict=True) if case[2] != value] == []

    return of


def undated(published, **more):
    return {"start_date": None, "published": published} | more


def day(date, **more):
    return {"start_date": date} | more


def test_points_of_dates(check):
    cases = [
        (DAY, day("2024-05-06"), 6),  # same day
        (DAY, day("2024-05-07"), 4),  # 1 day
        (DAY, day("2024-05-08"), 2),  # 2 days
        (DAY, day("2024-05-09"), -3),  # 3 days
        (DAY, day("2024-05-13"), -3),  # 7 days
        (CONGRESS, day("2024-05-14", kind="congress"), -6),  # 8 days
        (DAY, day("2024-05-20"), -3),  # 14 days: perhaps a day of a strike whose end nobody told
        (DAY, day("2024-05-21"), -6),  # 15 days
        (FROM_6_TO_12, day("2024-05-14"), -6),  # its end was told
        (day("2024-05-14", end_date="2024-05-15"), DAY, -3),  # the end of the later one says nothing
        (DAY | {"figures": ["days_on_strike=2"]}, day("2024-05-14"), -6),  # so does its length
        (DAY, day("2024-05-14", kind="congress"), -6),
        (FROM_6_TO_12, day("2024-05-10"), 2),  # a day of a longer action
        (FROM_6_TO_12, day("2024-05-12"), 2),  # its last day
        (FROM_6_TO_12, day("2024-05-13"), -3),  # the day after its last
        (FROM_6_TO_12, FROM_6_TO_12, 6),  # the same first day of a longer action
        (DAY, day("2024-05"), 3),  # a day and its month
        (day("2024-05"), day("2024-05"), 3),  # one month
        (DAY, day("2024-06"), -4),  # a day and another month
        (day("2024-05-30"), day("2024-06"), -4),  # the month after the next day
        (day("2024-05-31"), day("2024-06"), -4),  # the month that begins on the next day
        (DAY, day("2024"), 0),  # a day and its year
        (DAY, day("2023"), -4),  # a day and another year
        (DAY, day(None), 0),  # no date and no publication
        (undated("2024-05-08"), day(None), 0),  # published, and no date at all
    ]
    check("date", cases)


def test_two_undated_texts_count_the_days_between_their_publication(check):
    # From 1 May: 3 and 4, 10 and 11, 31 and 32 days.
    days = {"05-04": 4, "05-05": 2, "05-11": 2, "05-12": 0, "06-01": 0, "06-02": -6}
    check("date", [(undated("2024-05-01"), undated(f"2024-{other}"), points) for other, points in days.items()])


def test_an_undated_text_tells_of_the_month_before_it(check):
    # After 6 May: 0, 7, 8, 31 and 32 days; and two days too early.
    days = {"05-06": 4, "05-13": 4, "05-14": 2, "06-06": 2, "06-07": -4, "05-04": -4}
    check("date", [(DAY, undated(f"2024-{published}"), points) for published, points in days.items()])


def test_an_announcement_counts_the_days_to_come(check):
    # 2, 7 and 8 days before 6 May.
    days = {"2024-05-04": 4, "2024-04-29": 4, "2024-04-28": 2}
    check("date", [(DAY, undated(ahead, status="announced"), points) for ahead, points in days.items()])


def test_the_gap_is_the_days_between_the_nearest_possible_starts(check):
    cases = [
        (DAY, DAY, 0),
        (DAY, day("2024-05-09"), 3),
        (day("2024-05"), day("2024-06-10"), 10),  # from 31 May
        (day("2024-05"), DAY, 0),
        (FROM_6_TO_12, day("2024-05-10"), 4),  # starts are compared, not the whole
        (day("2023"), day("2024-01-05"), 5),
    ]
    check("gap", cases)


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
        (("Astana", None), ("Almaty", None), -3),
        (("Astana", "kaz-astana"), ("Nur-Sultan", "kaz-astana"), 2),
        (("Astana", "kaz-astana"), ("Almaty", "kaz-almaty"), -3),
        (("Astana", "kaz-astana"), ("the capital", None), 0),  # a name nobody registered may be the same place
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
    ]
    check("parted", cases)


def test_what_is_never_one_event(check):
    cases = [
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


def test_the_score_is_the_sum_of_the_features(points):
    strike = DAY | {"place": "Astana", "who": ["Union A"], "figures": ["workers_on_strike=317"]}
    (found,) = points([(strike, strike)])
    # 6 for the day, 2 for the kind, 1 for the country, 2 for the place, 4 for the body, 4 for the figure.
    assert [found[feature] for feature in FEATURES] == [6, 2, 1, 2, 4, 4, 0]
    assert found["score"] == 19
