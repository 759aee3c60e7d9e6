"""Tables held against each other: each rule is seen to find a clash, and to be silent without one."""

import pytest

from socdialog.display.disagreement_words import explanation
from socdialog.intake.disagreements import find_disagreements

PLACE = {"place_id": "kaz-almaty", "country": "KAZ", "name": "Almaty"}
ORG = {"org_id": "kaz-u", "country": "KAZ", "name": "Union"}


def checks(tables):
    found = find_disagreements(tables).rows(named=True)
    return sorted(row["check"] for row in found if row["kind"] == "tables")


def comment(body, year, *ratified):
    row = {"country": "KAZ", "body": body, "convention": "C081", "year": year, "topic": "-", "summary": "-"}
    return {"supervision": [row | {"source": "https://example.org"}], "ratifications": list(ratified)}


@pytest.mark.parametrize(
    ("body", "ratification", "expected"),
    [
        ("ceacr_observation", None, "no ratification in the data. The comment is later"),
        ("cas", None, "no ratification"),
        ("cfa", None, None),  # complaints need no ratification
        ("ceacr_observation", {"ratified_on": "2000"}, None),
        ("ceacr_observation", {"status": "not_ratified", "status_as_of": "2019"}, "as of 2019. The comment is later"),
        (
            "ceacr_observation",
            {"status": "not_ratified", "status_as_of": "2023"},
            "not reported as in force as of 2023.",
        ),
    ],
)
def test_a_comment_on_what_is_not_in_force(study, body, ratification, expected):
    ratified = [] if ratification is None else [{"country": "KAZ", "convention": "C081"} | ratification]
    found = find_disagreements(study(**comment(body, "2021", *ratified))).rows(named=True)
    assert [expected in explanation(row) for row in found] == ([] if expected is None else [True])
    if expected and "2023" in expected:
        assert "newer" not in explanation(found[0])


def agreement(label, **cells):
    return {"report_id": "a#1", "kind": "agreement", "label": label, "event": "ev"} | cells


def listed(name, **cells):
    return {"country": "KAZ", "kind": "agreement", "name": name, "source": "-"} | cells


@pytest.mark.parametrize(
    ("event", "institution", "expected"),
    [
        (agreement("General Agreement 2021-2023"), None, ["agreement_not_listed"]),
        (agreement("General Agreement 2021-2023"), listed("GA", period_end="2020"), ["agreement_not_listed"]),
        (agreement("General Agreement 2021-2023"), listed("GA", period_end="2023"), []),
        (
            agreement("General Agreement 2021-2023", start_date="2021-03-12"),
            listed("GA", period_end="2023"),
            ["agreement_undated"],
        ),
        (
            agreement("General Agreement 2021-2023", start_date="2021-03-12"),
            listed("GA", period_end="2023", date="2021-03"),
            [],
        ),
        (agreement("General Agreement signed", start_date="2021-03-12"), listed("GA", date="2021-03"), []),
        (
            agreement("General Agreement signed", start_date="2021-03-12"),
            listed("GA", date="2021-04"),
            ["agreement_not_listed"],
        ),
        (agreement("Almaty general agreement 2021-2023"), None, []),  # of a place
        (agreement("General Agreement 2021-2023", countries="KAZ;UZB"), None, []),
        (agreement("Metal agreement 2021-2023"), None, []),
        (agreement("General Agreement 2021-2023", kind="meeting"), None, []),
        (
            agreement("General Agreement 2021-2023"),
            listed("Almaty General Agreement", period_end="2023"),
            ["agreement_not_listed"],
        ),
    ],
)
def test_general_agreements_of_events_and_institutions(study, event, institution, expected):
    institutions = [] if institution is None else [institution]
    assert checks(study(reports=[event], institutions=institutions, places=[PLACE])) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"label": "Strike ruled illegal"}, ["forbidden_action"]),
        ({"label": "Strike ruled illegal", "kind": "meeting"}, []),
        ({"label": "Strike ruled illegal", "outcomes": "ruled_illegal"}, []),
        ({"label": "Strike ruled illegal", "status": "banned"}, []),
        ({"label": "Strike at the plant"}, []),
    ],
)
def test_a_ban_that_a_label_names_is_an_outcome(study, cells, expected):
    assert checks(study(reports=[{"report_id": "a#1", "event": "ev"} | cells])) == expected


def test_a_ban_that_a_title_names_may_be_an_outcome_of_another_report(study):
    strike = {"report_id": "a#1", "event": "ev"}
    title = [{"source_id": "a", "title": "Court bans strike"}]
    assert checks(study(reports=[strike], sources=title)) == ["forbidden_action"]
    other = {"report_id": "b#1", "event": "ev", "outcomes": "strike_banned"}
    assert checks(study(reports=[strike, other], sources=title)) == []


def strike_and_other(study, other=None, *, strike=None, unions=("Union", "Union"), employers=()):
    """A strike at Almaty on 10 March 2020, and another event that calls it banned."""
    reports = [
        {"report_id": "a#1", "event": "ev", "start_date": "2020-03-10", "place": "Almaty"} | (strike or {}),
        {"report_id": "b#1", "event": "ev-b", "kind": "other", "label": "Court bans strike"}
        | {"start_date": "2020-03-12", "place": "Almaty"}
        | (other or {}),
    ]
    actors = [
        {"report_id": report, "name": name, "side": side, "country": "KAZ", "org_type": "-"}
        for side, names in (("workers", unions), ("employers", employers))
        for report, name in zip(("a#1", "b#1"), names, strict=False)
    ]
    return study(reports=reports, actors=actors, orgs={"Union": "kaz-u", "Other": "kaz-o"})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["forbidden_elsewhere"]),
        ({"other": {"label": "Court ruling", "outcomes": "ruled_illegal"}}, ["forbidden_elsewhere"]),
        ({"other": {"label": "Court ruling", "lawfulness": "unlawful"}}, ["forbidden_elsewhere"]),
        ({"other": {"label": "Court bans party"}}, []),  # of something else
        ({"other": {"label": "Court ruling"}}, []),
        ({"other": {"kind": "strike", "outcomes": "strike_banned"}}, []),  # another strike, and its own ban
        ({"other": {"kind": "strike_notice", "outcomes": "strike_banned"}}, ["forbidden_elsewhere"]),
        ({"other": {"start_date": "2020-04-10"}}, ["forbidden_elsewhere"]),
        ({"other": {"start_date": "2020-04-11"}}, []),
        ({"other": {"start_date": "2020-02-08"}}, ["forbidden_elsewhere"]),
        ({"other": {"start_date": "2020-02-07"}}, []),
        ({"other": {"start_date": None}}, []),
        ({"other": {"start_date": "2020-05-10"}, "strike": {"end_date": "2020-05-01"}}, ["forbidden_elsewhere"]),
        ({"other": {"place": "Astana"}}, []),
        ({"other": {"place": "Astana"}, "employers": ("Works", "Works")}, ["forbidden_elsewhere"]),
        ({"other": {"place": "Astana"}, "employers": ("Works", "Mine")}, []),
        ({"unions": ("Union", "Other")}, []),
        ({"unions": ("Nobody", "Nobody")}, []),  # not registered
        ({"strike": {"outcomes": "strike_banned"}}, []),
        ({"strike": {"lawfulness": "unlawful"}}, []),
        ({"strike": {"kind": "protest"}}, []),
    ],
)
def test_a_ban_that_another_event_reports(study, given, expected):
    assert checks(strike_and_other(study, **given)) == expected


@pytest.mark.parametrize(
    ("cells", "newest", "expected"),
    [
        ({"status": "ongoing", "start_date": "2020-05"}, "2023-01-01", ["under_way"]),
        ({"status": "ongoing", "start_date": "2020-05"}, "2022-12-31", []),
        ({"status": "ongoing", "start_date": "2020-05", "end_date": "2020-06"}, "2023-01-01", []),
        ({"status": "held", "start_date": "2020-05"}, "2023-01-01", []),
        ({"status": "ongoing"}, "2023-01-01", []),
    ],
)
def test_an_action_that_every_report_calls_under_way(study, cells, newest, expected):
    reports = [{"report_id": "a#1", "event": "ev"} | cells, {"report_id": "z#1", "kind": "meeting"}]
    assert checks(study(reports=reports, sources=[{"source_id": "z", "published": newest}])) == expected


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Kasipodaq", "Kasipodaq.kz"), True),
        (("Labour News", "Labour News (Agency)"), False),
        (("Labour News", "Evening Post"), False),
        (("FT", "FTURK"), False),
        (("Labour News", "Labour News"), False),
    ],
)
def test_one_publisher_under_two_names(study, names, found):
    reports = [{"report_id": f"{name}#1"} for name in "ab"]
    sources = [
        {"source_id": source, "url": f"https://www.example.kz/{source}", "publisher": name}
        for source, name in zip("ab", names, strict=True)
    ]
    assert checks(study(reports=reports, sources=sources)) == (["publisher_names"] if found else [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"value": "6001000", "as_of": "2021"}, True),
        ({"value": "6000000", "as_of": "2021"}, False),
        ({"value": "6001000", "as_of": "2022"}, True),  # against the year before
        ({"value": "6001000", "as_of": "2020"}, False),  # no year is known by then
        ({"value": "6001000"}, True),
        ({"value": "7000000", "as_of": "2021", "population": "primary_organisations"}, False),
    ],
)
def test_members_above_employees(study, cells, found):
    series = {"country": "KAZ", "indicator": "EMPLOYEES_TH", "unit": "thousand_persons", "year": "2021"}
    tables = study(
        organisations=[ORG],
        memberships=[{"org_id": "kaz-u"} | cells],
        indicators=[{"indicator": "EMPLOYEES_TH", "unit": "thousand_persons", "shown_with": "employees"}],
        country_years=[series | {"value": "6000"}],
    )
    assert checks(tables) == (["members_above_employees"] if found else [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, True),
        ({"event": "one"}, False),
        ({"start_date": "2020-05-05"}, False),
        ({"kind": "protest"}, False),
        ({"place": "Astana"}, False),
        ({"countries": "UZB"}, False),
    ],
)
def test_an_event_told_twice(study, cells, found):
    first = {"report_id": "a#1", "event": "one", "start_date": "2020-05-04", "place": "Almaty", "label": "A"}
    second = first | {"report_id": "b#1", "event": "two", "label": "B"} | cells
    actors = [{"report_id": name, "name": "Union", "role": "party"} for name in ("a#1", "b#1")]
    tables = study(reports=[first, second], actors=actors, places=[PLACE], orgs={"Union": "kaz-u"})
    assert checks(tables) == (["reported_twice"] if found else [])
    assert "reported_twice" not in checks(study(reports=[first, second], places=[PLACE]))


@pytest.mark.parametrize(
    ("undated", "found"),
    [({}, True), ({"from": "2012"}, False), ({"value": "85000"}, False), ({"scope": "teachers"}, False)],
)
def test_an_undated_minimum_wage_beside_a_dated_one(study, undated, found):
    wage = {"country": "KAZ", "currency": "KZT", "per": "month", "scope": "national", "source": "-"}
    rates = [wage | {"value": "60000"} | undated, wage | {"value": "85000", "from": "2024-01-01"}]
    assert checks(study(minimum_wages=rates)) == (["undated_wage"] if found else [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, True),
        ({"label": "Заседание трёхсторонней комиссии"}, True),
        ({"label": "Meeting"}, False),
        ({"start_date": "2019-01-01"}, False),
        ({"status": "announced"}, False),
        ({"kind": "strike"}, False),
        ({"countries": "UZB"}, False),
        ({"event": "one"}, False),
    ],
)
def test_a_later_tripartite_meeting_without_the_body(study, cells, found):
    meeting = {"kind": "meeting", "start_date": "2020-05-04"}
    first = meeting | {"report_id": "a#1", "event": "one"}
    last = meeting | {"report_id": "b#1", "event": "two", "start_date": "2021-05-04", "label": "Tripartite council"}
    actors = [{"report_id": "a#1", "name": "Commission", "side": "tripartite", "role": "party", "country": "KAZ"}]
    assert checks(study(reports=[first, last | cells], actors=actors)) == (["unrecorded_meeting"] if found else [])
