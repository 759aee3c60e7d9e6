"""Claims about one body, ratifications, minimum wages and releases of official series."""

import pytest

from socdialog.display.disagreement_words import explanation
from socdialog.intake.disagreements import find_disagreements


def rows(frame):
    return frame.rows(named=True)


def claims(study, *told):
    return rows(find_disagreements(study(memberships=[{"org_id": "o-1"} | row for row in told])))


def test_two_numbers_for_one_year(study):
    (found,) = claims(study, {"value": "1078802", "as_of": "2024"}, {"value": "1078822", "as_of": "2024"})
    assert (found["kind"], found["status"], found["difference"]) == ("between_sources", "open", 20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"value": "100", "as_of": "2023"}, {"value": "200", "as_of": "2024"}),  # another year
        ({"value": "100", "as_of": "2024"}, {"value": "100", "as_of": "2024"}),
        ({"value": "100", "as_of": "2024"}, {"value": "103", "qualifier": "about", "as_of": "2024"}),
        ({"value": "1000000", "qualifier": "more_than"}, {"value": "1600000", "qualifier": "about"}),
        ({"value": "100", "as_of": "2024"}, {"value": "20", "as_of": "2024", "population": "sectoral_unions"}),
        ({"value": "100", "as_of": "2024"}, {"value": "200", "as_of": "2024", "org_id": "o-2"}),
    ],
)
def test_claims_that_do_not_contradict(study, one, other):
    assert claims(study, one, other) == []


def test_undated_claims_and_other_populations_are_not_comparable(study):
    (found,) = claims(study, {"value": "147000"}, {"value": "220000"})
    assert found["status"] == "not_comparable"
    assert "not all state their date" in explanation(found)
    (found,) = claims(study, {"value": "50", "as_of": "2017"}, {"value": "75", "population": "members_claimed"})
    assert "count different populations" in explanation(found)


def test_one_speaker_within_a_week(study):
    union = {"indicator": "union_members", "attributed_to": "the chair"}
    told = [
        union
        | {
            "report_id": "a#1",
            "value": "619738",
            "organisation": "Branch trade union of education and science workers",
        },
        union
        | {
            "report_id": "b#1",
            "value": "567817",
            "organisation": "Trade Union of Education, Science and Higher Education Workers",
        },
    ]
    week = [{"source_id": "a", "published": "2023-06-26"}, {"source_id": "b", "published": "2023-07-01"}]
    (found,) = rows(find_disagreements(study(told, sources=week)))
    assert found["difference"] == 51921
    assert "within 5 days" in explanation(found)
    later = [week[0], week[1] | {"published": "2024-07-01"}]
    assert find_disagreements(study(told, sources=later)).is_empty()
    change = {"report_id": "b#1", "indicator": "union_members_change", "value": "51921", "attributed_to": "the chair"}
    assert find_disagreements(study([*told, change], sources=week)).is_empty()


def test_one_year_in_two_events(study):
    def disagreements(report, value, year):
        return {
            "report_id": report,
            "indicator": "labour_conflicts",
            "unit": "count",
            "value": value,
            "organisation": "Office",
            "period_start": year,
            "period_end": year,
        }

    assert (
        find_disagreements(study([disagreements("a#1", "84", "2023"), disagreements("b#1", "85", "2023")])).height == 1
    )
    assert find_disagreements(
        study([disagreements("a#1", "85", "2022"), disagreements("b#1", "84", "2023")])
    ).is_empty()


def test_a_fact_that_does_not_change(study):
    def since(report, value):
        return {"report_id": report, "indicator": "ilo_member_since", "unit": "year", "value": value}

    country = {
        "country": "KAZ",
        "iso2": "KZ",
        "m49": "398",
        "name": "Kazakhstan",
        "own_name": "-",
        "ilo_member_since": "1993-09-24",
        "source": "-",
    }
    assert find_disagreements(study([since("a#1", "1993")], countries=[country])).is_empty()
    (found,) = rows(find_disagreements(study([since("a#1", "1993"), since("b#1", "1994")], countries=[country])))
    assert "24 September 1993" in explanation(found)
    assert len(found["row_ids"]) == 3


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"ratified_on": "1992-07-13", "law_on": "1997-08-30"}, "open"),
        ({"ratified_on": "2000", "law_on": "1999-12-30"}, None),
        ({"ratified_on": "1992", "law_on": "1992-05-19"}, None),  # 1992 is not before a day of 1992
        ({"ratified_on": "2012", "law_on": "1996"}, "not_comparable"),
        ({"ratified_on": "2025-12", "status_as_of": "2026-02", "status": "not_in_force"}, None),
        ({"ratified_on": "2024-12", "status_as_of": "2026-02", "status": "not_in_force"}, "open"),
        ({"ratified_on": "2025-06-01", "status_as_of": "2026-02"}, "open"),
        ({"ratified_on": "1947"}, "open"),  # before the convention
    ],
)
def test_dates_of_one_ratification(study, cells, status):
    conventions = [
        {"convention": "C087", "title": "-", "adopted": "1948", "group": "fundamental", "topic": "-", "source": "-"}
    ]
    row = {"country": "KAZ", "convention": "C087"} | cells
    found = rows(find_disagreements(study(ratifications=[row], conventions=conventions)))
    assert [entry["status"] for entry in found] == ([status] if status else [])
    assert all(entry["kind"] == "ratification" for entry in found)


def counted(study, *told, known=()):
    counts = [
        {"country": "KAZ", "source_kind": "news", "source": f"s{number}"} | row for number, row in enumerate(told)
    ]
    ratified = [{"country": "KAZ", "convention": name, "ratified_on": "2000"} for name in known]
    return [
        row["status"] for row in rows(find_disagreements(study(ratification_counts=counts, ratifications=ratified)))
    ]


def test_totals_of_ratifications(study):
    assert counted(study, {"count": "24", "as_of": "2019-03-12"}, {"count": "25", "as_of": "2024-09-05"}) == []
    assert counted(study, {"count": "24", "as_of": "2019-03-12"}, {"count": "25", "as_of": "2019-03-12"}) == ["open"]
    assert counted(study, {"count": "25", "as_of": "2019"}, {"count": "24", "as_of": "2021"}) == ["open"]
    assert counted(study, {"count": "56"}, {"count": "59"}) == ["not_comparable"]
    assert counted(study, {"count": "1", "as_of": "2019"}, known=["C087", "C098"]) == ["open"]
    assert counted(study, {"count": "2", "as_of": "2019"}, known=["C087", "C098"]) == []


def series(study, *told):
    return rows(find_disagreements(study(country_years=[{"country": "TUR", "year": "2015"} | row for row in told])))


def test_releases_of_one_series(study):
    score = {"unit": "score_0_10"}
    one, other = score | {"value": "10", "vintage": "2020-10"}, score | {"value": "1.43", "vintage": "2026-02"}
    (found,) = series(study, one, other, one | {"year": "2016"}, other | {"year": "2016"})
    assert found["kind"] == "vintage"
    assert "2 of the 2 values" in explanation(found)
    assert len(found["row_ids"]) == 4
    assert series(study, one | {"value": "1.4"}, other) == []  # rounded
    assert series(study, one, other | {"year": "2016"}) == []


def test_classes_and_their_total(study):
    def by_sex(total):
        return [
            {"classification": name, "value": value, "unit": "persons"}
            for name, value in (("SEX_F", "7"), ("SEX_M", "38"), ("SEX_T", total))
        ]

    assert series(study, *by_sex("45")) == []
    (found,) = series(study, *by_sex("46"))
    assert (found["kind"], found["difference"]) == ("total", 1)
    sections = [{"classification": "ECO_ISIC4_B", "value": "3"}, {"classification": "ECO_ISIC4_C", "value": "4"}]
    assert (
        series(study, *sections, {"classification": "ECO_AGGREGATE_TOTAL", "value": "9"}) == []
    )  # sections are missing
    assert len(series(study, *sections, {"classification": "ECO_AGGREGATE_TOTAL", "value": "6"})) == 1


def test_two_rates_of_one_minimum_wage(study):
    rate = {
        "country": "UZB",
        "from": "2019-09-01",
        "currency": "UZS",
        "per": "month",
        "scope": "national",
        "source": "-",
    }
    found = rows(find_disagreements(study(minimum_wages=[rate | {"value": "634880"}, rate | {"value": "577170"}])))
    assert [row["difference"] for row in found] == [57710]
    assert find_disagreements(
        study(minimum_wages=[rate | {"value": "634880"}, rate | {"value": "577170", "scope": "net"}])
    ).is_empty()


def test_nothing_contradicts_in_an_empty_study(study):
    assert find_disagreements(study()).is_empty()
