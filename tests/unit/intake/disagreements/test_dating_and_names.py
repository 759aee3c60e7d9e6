"""Dates, lengths of time, and spellings of one person."""

import pytest

from socdialog.display.disagreement_words import explanation
from socdialog.intake.disagreements import find_disagreements


def rows(frame):
    return frame.rows(named=True)


def dated(study, *told, figures=(), sources=()):
    reports = [{"report_id": f"r{number}#1", "event": "ev", "kind": "seminar"} | row for number, row in enumerate(told)]
    return find_disagreements(study(figures, reports=reports, sources=sources))


@pytest.mark.parametrize(
    ("one", "other", "broken"),
    [
        ({"start_date": "2016-04-15"}, {"start_date": "2016-04-16"}, True),
        ({"start_date": "2016-04"}, {"start_date": "2016-04-16"}, False),
        ({"start_date": "2016-04"}, {"start_date": "2016-05-01"}, True),
        ({"start_date": "2016-04-15", "date_basis": "publication"}, {"start_date": "2016-04-16"}, False),
        ({"start_date": "2016-04-15", "end_date": "2016-04-17"}, {"start_date": "2016-04-16"}, False),
        ({"start_date": "2016-04-15", "end_date": "2016-04-17"}, {"start_date": "2016-04-18"}, True),
        ({"end_date": "2016-04-15"}, {"end_date": "2016-04-16"}, True),
    ],
)
def test_first_and_last_days(study, one, other, broken):
    found = dated(study, one, other)
    assert found.height == broken
    assert all(row["kind"] == "date" for row in rows(found))


def test_a_report_of_a_strike_gives_its_first_day(study):
    strike = {"kind": "strike"}
    told = strike | {"start_date": "2025-05-28", "end_date": "2025-06-04"}, strike | {"start_date": "2025-05-29"}
    assert dated(study, *told).height == 1
    of_the_day = [{"source_id": "r1", "published": "2025-05-29"}]  # tells what goes on, not when it began
    assert dated(study, *told, sources=of_the_day).is_empty()


def test_a_day_inside_the_length_that_the_other_report_tells(study):
    length = [{"report_id": "r0#1", "indicator": "event_days", "unit": "days", "value": "2"}]
    told = {"start_date": "2022-11-24"}, {"start_date": "2022-11-25"}
    assert dated(study, *told, figures=length).is_empty()
    assert dated(study, *told).height == 1


@pytest.mark.parametrize(("days", "broken"), [("3", False), ("2.5", False), ("2", True), ("4", True)])
def test_days_of_an_event(study, days, broken):
    length = [{"report_id": "r0#1", "indicator": "event_days", "unit": "days", "value": days}]
    assert dated(study, {"start_date": "2024-05-01", "end_date": "2024-05-03"}, figures=length).height == broken


@pytest.mark.parametrize(("days", "broken"), [("6", False), ("7", False), ("5", True), ("8", True)])
def test_days_on_strike_so_far(study, days, broken):
    # From 1 to 7 February: day 7, or 6 when the first day is not counted.
    so_far = [
        {"report_id": "r0#1", "indicator": "days_on_strike", "unit": "days", "value": days, "period_end": "2025-02-07"}
    ]
    assert dated(study, {"start_date": "2025-02-01"}, figures=so_far).height == broken


@pytest.mark.parametrize(("later", "broken"), [("10", False), ("11", True)])
def test_two_dated_counts_of_days(study, later, broken):
    count = {"indicator": "days_on_strike", "unit": "days"}
    told = [
        count | {"report_id": "r0#1", "value": "7", "period_end": "2025-02-07"},
        count | {"report_id": "r1#1", "value": later, "period_end": "2025-02-10"},
    ]
    assert dated(study, {}, {}, figures=told).height == broken


@pytest.mark.parametrize(
    ("start", "end", "years", "broken"),
    [
        ("2025", "2029", "5", False),
        ("2025", "2029", "4", False),  # from a day of 2025 to the same day of 2029
        ("2025", "2029", "3", True),
        ("2025-01-01", "2029-12-31", "4", True),
        ("2021", "2023", "3", False),
        ("2021-07-01", "2024-07-01", "3", False),
        ("2021-07-01", "2024-07-01", "5", True),
    ],
)
def test_years_of_an_agreement(study, start, end, years, broken):
    told = [
        {
            "indicator": "agreement_duration_years",
            "unit": "years",
            "value": years,
            "period_start": start,
            "period_end": end,
        }
    ]
    assert find_disagreements(study(told)).height == broken


def people(*names, title="Chair", organisation="Union"):
    return [{"name": name, "title": title, "organisation": organisation} for name in names]


@pytest.mark.parametrize(
    ("names", "persons", "broken"),
    [
        (("Gofurjon Khamidov", "Gofurjon Khamitov"), {}, True),
        (("Pevrul Kavlak", "Prevrul Kavlak"), {}, True),
        (("Ali Dogan", "Ali Yalchin"), {}, True),  # one office of one body, one given name
        (("Sattar Mehbaliyev", "Sattar Mohbaliyev"), {}, False),  # vowels vary with the romanisation
        (("Nurbek Kushakbaev", "Nurbek Qushaqbaev"), {}, False),
        (("Satybaldy Dauletalin", "Сатыбалды Даулеталинов"), {}, False),
        (("Bakytzhan Abdiraiym", "Baytan Bdream"), {"Bakytzhan Abdiraiym": "p-1", "Baytan Bdream": "p-1"}, True),
        (("Sahib Mammadov", "Sahib Mammatov"), {"Sahib Mammadov": "p-1", "Sahib Mammatov": "p-2"}, False),
    ],
)
def test_spellings_in_one_text(study, names, persons, broken):
    found = find_disagreements(study(people=people(*names), persons=persons))
    assert found.height == broken
    for row in rows(found):
        assert row["kind"] == "name"
        shown = explanation(row) + row["details"]
        assert not any(part in shown for name in names for part in name.split())


def test_spellings_between_reports_of_one_event(study):
    told = [{"report_id": "r0#1", "name": "Омор Арсланбеков"}, {"report_id": "r1#1", "name": "Омор Арстанбеков"}]
    one_event = [{"report_id": "r0#1", "event": "ev"}, {"report_id": "r1#1", "event": "ev"}]
    (found,) = rows(find_disagreements(study(people=told, reports=one_event)))
    assert found["report_ids"] == ["r0#1", "r1#1"]
    assert find_disagreements(study(people=told)).is_empty()
