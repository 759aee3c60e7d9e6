"""The points of two dates: each row of each table of weights, at its edge and behind it."""

from __future__ import annotations

DAY = {"start_date": "2024-05-06"}
CONGRESS = DAY | {"kind": "congress"}
FROM_6_TO_12 = {"start_date": "2024-05-06", "end_date": "2024-05-12"}


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
        (DAY, day("2024-05"), 4),  # a day and its month, and nothing else of the kind near
        (day("2024-05"), day("2024-05"), 4),  # one month
        (DAY, day("2024-06"), -4),  # a day and another month
        (day("2024-05-30"), day("2024-06"), -4),  # the month after the next day
        (day("2024-05-31"), day("2024-06"), -4),  # the month that begins on the next day
        (DAY, day("2024"), 3),  # a day and its year, and nothing else of the kind in it
        (DAY, day("2023"), -4),  # a day and another year
        (DAY, day(None), 0),  # no date and no publication
        (undated("2024-05-08"), day(None), 0),  # published, and no date at all
    ]
    for case in cases:
        check("date", [case])  # each by itself: of many days in one season each says less


def test_two_undated_texts_count_the_days_between_their_publication(check):
    # From 1 May: 3 and 4, 10 and 11, 31 and 32 days.
    days = {"05-04": 4, "05-05": 2, "05-11": 2, "05-12": 0, "06-01": 0, "06-02": -6}
    check("date", [(undated("2024-05-01"), undated(f"2024-{other}"), points) for other, points in days.items()])


def test_an_undated_text_tells_of_the_month_before_it(check):
    # After 6 May: 0, 7, 8, 31 and 32 days; and two days too early.
    days = {"05-06": 4, "05-13": 4, "05-14": 2, "06-06": 2, "06-07": -4, "06-20": -4, "06-21": -6, "05-04": -4}
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


def test_dates_that_cannot_be_one_event(check):
    cases = [
        (DAY, DAY, False),
        (DAY, day("2024-05-20"), False),  # 14 days
        (DAY, day("2024-05-21"), True),  # 15 days
        (DAY, undated("2024-05-05"), False),  # the day before: a press office may be early
        (DAY, undated("2024-05-04"), True),
        (DAY, undated("2026-05-04"), False),  # a text of two years later may recall it
        (DAY, day(None), False),
        (undated("2024-05-04"), undated("2025-05-04"), True),  # two undated texts recall nothing
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-06", end_date="2024-05-09"), False),
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-07", end_date="2024-05-09"), True),
        (day("2024-05-05", end_date="2024-05-06"), day("2024-05-07"), False),  # it may have gone on
    ]
    check("never", cases)


def test_the_same_day_of_another_year_is_a_misprint_where_the_text_came_out_just_after(check):
    def printed(date, published, **more):
        return {"start_date": date, "published": published} | more

    cases = [
        (DAY, printed("2023-05-06", "2024-05-08"), 3),
        (DAY, printed("2025-05-06", "2024-05-08"), 3),
        (DAY, printed("2023-05-06", "2024-06-06"), 3),  # 31 days
        (DAY, printed("2023-05-06", "2024-06-07"), -6),  # 32 days: a memory
        (DAY, printed("2023-05-06", "2023-05-08"), -6),  # news of the year before
        (DAY, printed("2023-05-06", "2024-05-05"), -6),  # before the day
        (DAY, printed("2023-05-06", "2024-05-08", status="announced"), -6),
        (DAY, printed("2023-05-07", "2024-05-08"), 1),  # a day apart as well
        (DAY, printed("2023-05-10", "2024-05-11"), -3),
        (DAY, printed("2023-05-08", "2024-05-10"), 1),  # two days apart
        (
            printed("2023-05-06", "2024-05-08"),
            printed("2024-05-07", "2025-05-10"),
            1,
        ),  # the year that brings them nearer
        (day("2024-12-30"), printed("2023-12-30", "2025-01-02"), 3),  # over the turn of the year
        (DAY, printed("2024-05-06", "2024-05-08"), 6),
    ]
    check("date", cases)
    check("never", [(*case[:2], case[2] == -6) for case in cases])


def test_the_day_of_an_inferred_year_is_the_text_s_own(check):
    def inferred(date, reason="year from context", basis="inferred"):
        return {"start_date": date, "date_basis": basis, "date_reason": reason}

    cases = [
        (DAY, inferred("2023-05-06"), 3),  # one day of the year, whichever year it was
        (DAY, inferred("2021-05-06"), 3),
        (DAY, inferred("2023-05-06", "day printed, year inferred"), 3),
        (inferred("2023-05-06"), inferred("2022-05-06"), 3),
        (DAY, inferred("2023-05-07"), -6),  # two printed days contradict each other, whichever year it was
        (DAY, inferred("2023-06-06"), -6),
        (DAY, inferred("2024-05-14"), -3),  # within one year too
        (DAY, inferred("2024-05-06"), 6),
        (DAY, inferred("2023-05-06", "day and year from context"), -6),
        (DAY, inferred("2023-05-06", "from context"), -6),
        (DAY, inferred("2023-05-06", basis="printed"), -6),
        (DAY, inferred("2023-05"), -4),
    ]
    check("date", cases)
    check("never", [(*case[:2], case[2] == -6 or case[1]["start_date"] == "2023-05") for case in cases])


def test_of_two_kinds_the_busier_season_counts(points):
    strikes = [(day(f"2024-06-{n:02}"), day(f"2024-06-{n:02}")) for n in range(1, 15)]
    assert points([(DAY, DAY | {"kind": "protest"}), *strikes])[0]["date"] == 3  # 6 less 3
    assert points([(DAY, DAY | {"kind": "protest"})])[0]["date"] == 6


def test_a_day_says_less_where_every_week_has_an_event_of_its_kind(points):
    def of(days, **more):
        others = [(day(f"2024-06-{n:02}", **more), day(f"2024-06-{n:02}", **more)) for n in range(1, days + 1)]
        return points([(DAY, DAY), (DAY, day("2024-05-07")), *others])

    assert [row["date"] for row in of(4)[:2]] == [6, 4]
    assert [row["date"] for row in of(5)[:2]] == [4, 2]
    assert [row["date"] for row in of(12)[:2]] == [4, 2]
    assert [row["date"] for row in of(13)[:2]] == [3, 1]
    assert [row["date"] for row in of(13, kind="congress")[:2]] == [6, 4]
    assert [row["date"] for row in of(13, venue_country="UZB")[:2]] == [6, 4]


def test_a_month_says_more_where_it_is_the_only_event_of_its_kind(points):
    def of(*others, **more):
        return points([(DAY, day("2024-05")), *((day(other, **more), day(other, **more)) for other in others)])[0][
            "date"
        ]

    assert of() == 4
    assert of("2024-05-20") == 3  # another day of that month
    assert of("2024-06-30") == 3  # a season later, as counted from the month
    assert of("2024-07-31") == 4
    assert of("2024-05-20", kind="congress") == 4
    assert of("2024-05-07") == 4  # perhaps the same event


def test_a_year_says_more_where_it_has_one_event_of_its_kind(points):
    def of(*others, **more):
        return points([(DAY, day("2024")), *((day(other, **more), day(other, **more)) for other in others)])[0]["date"]

    assert of() == 3
    assert of("2024-09-20") == 2  # another event of that year, not of the day's season
    assert of("2024-01-01") == 2
    assert of("2024-12-31") == 2
    assert of("2025-01-01") == 3
    assert of("2023-12-31") == 3
    assert of("2024-09-20", kind="congress") == 3
    assert of("2024-09-20", venue_country="UZB") == 3


def test_days_of_one_month_may_be_of_one_event_of_the_year(points):
    def of(first, other):
        return points([(day(first), day(first)), (day(other), day(other)), (day("2024"), day("2024"))])[2]["date"]

    assert of("2024-05-06", "2024-06-06") == 3  # 31 days
    assert of("2024-05-06", "2024-06-07") == 2


def test_an_undated_event_of_a_text_that_tells_of_several_may_be_long_past(check):
    several = {"source_id": "s", "published": "2026-05-04", "start_date": None}
    cases = [
        (DAY, undated("2026-05-04"), -6),
        (DAY, several, 0),
        (day("2020"), several, 0),
    ]
    check("date", cases)
