"""Two values for one thing: in one text, and between reports of one event."""

import polars as pl
import pytest

from socdialog.display.disagreement_words import explanation
from socdialog.display.statements import side_by_side
from socdialog.folding import fold
from socdialog.intake.disagreements import find_disagreements
from socdialog.intake.disagreements.rules import rules
from socdialog.intake.disagreements.statements import read_figures
from socdialog.intake.evidence import build_evidence


def rows(frame):
    return frame.rows(named=True)


def strikers(value, qualifier="exact", **cells):
    return {"indicator": "workers_on_strike", "value": value, "qualifier": qualifier} | cells


def pair(study, one, other):
    """Two reports of one event."""
    reports = [{"report_id": "a#1", "event": "ev"}, {"report_id": "b#1", "event": "ev"}]
    return find_disagreements(study([one | {"report_id": "a#1"}, other | {"report_id": "b#1"}], reports=reports))


def statuses(found):
    return found.get_column("status").to_list()


def test_two_claimants_in_one_text(study):
    tables = study([strikers("5000", "about"), strikers("800", attributed_to="company")])
    (found,) = rows(find_disagreements(tables))
    assert found["kind"] == "within_text"
    assert found["difference"] == 4200
    assert "according to company" in " ".join(side_by_side(build_evidence(tables), found["row_ids"], tables["sources"]))


@pytest.mark.parametrize(
    ("one", "other", "within", "between"),
    [
        (("500", "more_than"), ("520", "exact"), [], []),
        (("200", "more_than"), ("260", "more_than"), ["open"], []),  # one text bounds one thing twice
        (("700000", "more_than"), ("700000", "about"), ["rounding"], []),  # one number with two qualifiers
        (("200", "exact"), ("200", "more_than"), ["rounding"], []),
        (("282", "at_least"), ("284", "at_least"), ["open"], []),  # a rising toll, between reports
        (("343", "exact"), ("342", "exact"), ["open"], ["open"]),
        (("5700", "exact"), ("6000", "about"), ["open"], ["open"]),
        (("5900", "exact"), ("6000", "about"), [], []),
        (("500", "less_than"), ("900", "exact"), ["open"], ["open"]),
        (("300", "exact"), ("300", "exact"), [], []),
    ],
)
def test_qualifiers_within_and_between(study, one, other, within, between):
    assert statuses(find_disagreements(study([strikers(*one), strikers(*other)]))) == within
    assert statuses(pair(study, strikers(*one), strikers(*other))) == between


def test_rounded_percentages_between_reports(study):
    def owned(value):
        return {"indicator": "other", "value": value, "unit": "percent", "scope": "share owned by the state"}

    assert pair(study, owned("22"), owned("21.8")).is_empty()
    assert pair(study, owned("23"), owned("21.8")).height == 1


@pytest.mark.parametrize(
    ("cells", "dimension"),
    [
        ({"scope": "underground"}, "scope"),
        ({"scope": "average"}, "definition"),
        ({"scope": "in March"}, "moment"),
        ({"organisation": "Railway"}, "body"),
        ({"unit": "percent"}, "unit"),
        ({"period_start": "2024", "period_end": "2024"}, "moment"),
    ],
)
def test_what_differs_in_a_dimension_is_not_comparable_and_the_dimension_is_named(study, cells, dimension):
    whole = {"organisation": "Mine"} if "organisation" in cells else {}
    (found,) = rows(pair(study, strikers("10", **whole), strikers("20") | cells))
    assert (found["status"], found["dimension"]) == ("not_comparable", dimension)


@pytest.mark.parametrize("cells", [{"country": "UZB"}, {"indicator": "employees"}])
def test_other_countries_and_a_part_of_a_workforce_are_no_disagreement(study, cells):
    assert pair(study, strikers("10"), strikers("20") | cells).is_empty()


def test_a_scope_that_only_names_the_whole_is_no_scope(study):
    countries = [{"country": "KAZ", "iso2": "KZ", "m49": "398", "name": "Kazakhstan", "own_name": "-", "source": "-"}]
    seminars = {"indicator": "seminars_held", "unit": "count", "organisation": "Federation"}
    told = [
        seminars | {"value": "491", "scope": "Kazakhstan"},
        {"indicator": "training_participants", "value": "35000", "qualifier": "about", "scope": "the 491 seminars"},
        seminars | {"value": "590", "scope": "Kazakhstan, online and offline"},
        {"indicator": "training_participants", "value": "32495", "scope": "the 590 seminars, union members"},
    ]
    (found,) = rows(find_disagreements(study(told, countries=countries)))
    assert found["figures"] == ["r#1:1", "r#1:2", "r#1:3", "r#1:4"]
    assert found["indicator"] == "seminars_held"
    assert found["difference"] == 99


def test_spellings_and_fuller_names_of_one_employer(study):
    found = pair(
        study, strikers("5700", organisation="Şişecam"), strikers("6000", "about", organisation="Sisecam company")
    )
    assert found.height == 1
    found = pair(study, strikers("600", organisation="КЕЗБИ"), strikers("300", organisation="Kezbi LLP"))
    assert found.height == 1


def test_common_words_do_not_make_one_body(study):
    one = strikers("10", organisation="Trade Union Center of Kyzylorda region")
    other = strikers("20", organisation="Trade Union Center of Kostanay region")
    (found,) = rows(pair(study, one, other))
    assert (found["status"], found["dimension"]) == ("not_comparable", "body")


def test_a_value_told_elsewhere_as_a_part_is_that_part(study):
    reports = [{"report_id": f"{name}#1", "event": "ev"} for name in "abc"]
    demands = {"indicator": "demands", "unit": "count"}
    told = [
        demands | {"report_id": "a#1", "value": "22"},
        demands | {"report_id": "b#1", "value": "6"},
        demands | {"report_id": "c#1", "value": "22"},
        demands | {"report_id": "c#1", "value": "6", "scope": "key"},
    ]
    (found,) = rows(find_disagreements(study(told, reports=reports)))
    assert (found["status"], found["dimension"]) == ("not_comparable", "scope")
    assert statuses(find_disagreements(study(told[:2], reports=reports))) == ["open"]


def test_what_grows_is_compared_for_one_day_only(study):
    def dead(value, **cells):
        return {"indicator": "deaths", "value": value} | cells

    (found,) = rows(pair(study, dead("282"), dead("301")))
    assert found["status"] == "may_have_grown"
    assert "may have risen" in explanation(found)
    day = {"period_start": "2014-05-17", "period_end": "2014-05-17"}
    (found,) = rows(pair(study, dead("282", **day), dead("301", **day)))
    assert found["status"] == "open"
    later = {"period_start": "2014-05-18", "period_end": "2014-05-18"}
    assert statuses(pair(study, dead("282", **day), dead("301", **later))) == ["not_comparable"]
    assert pair(study, dead("282", qualifier="at_least"), dead("284", qualifier="at_least")).is_empty()


def test_all_texts_that_give_one_of_the_values_are_named(study):
    reports = [{"report_id": "a#1", "event": "ev"}, {"report_id": "b#1", "event": "ev"}]
    told = [
        strikers("5000", report_id="a#1"),
        strikers("800", report_id="a#1", attributed_to="company"),
        strikers("5000", report_id="b#1"),
    ]
    (found,) = rows(find_disagreements(study(told, reports=reports)))
    assert (found["kind"], found["report_ids"]) == ("between_sources", ["a#1", "b#1"])


def test_a_second_coding_is_no_second_source(study):
    reports = [{"report_id": "a#1", "event": "ev"}, {"report_id": "a#2", "event": "ev", "recodes": "a#1"}]
    told = [strikers("10", report_id="a#1"), strikers("20", report_id="a#2")]
    assert find_disagreements(study(told, reports=reports)).is_empty()


def test_one_telling_number_for_two_months(study):
    def dismissed(value, month):
        return {"indicator": "dismissed_workers", "value": value, "period_start": month, "period_end": month}

    (found,) = rows(pair(study, dismissed("305", "2012-05"), dismissed("305", "2012-06")))
    assert found["kind"] == "date"
    assert pair(study, dismissed("300", "2012-05"), dismissed("300", "2012-06")).is_empty()  # may be chance
    assert pair(study, dismissed("305", "2012"), dismissed("305", "2012-06")).is_empty()


def test_no_name_of_an_official_is_shown(study):
    people = [{"name": "Aigul Example", "title": "Chair", "organisation": "Union"}]
    told = [strikers("10", attributed_to="Aigul Example"), strikers("20", attributed_to="Union (Aigul Example)")]
    tables = study(told, people=people)
    (found,) = rows(find_disagreements(tables))
    shown = " ".join(
        [
            *side_by_side(build_evidence(tables), found["row_ids"], tables["sources"]),
            explanation(found),
            found["details"],
        ]
    )
    assert "Aigul" not in shown
    assert "Example" not in shown
    assert "according to Union" in shown


def test_row_order_and_ids(study):
    tables = study(
        [strikers("5000"), strikers("800"), strikers("10", report_id="s#1"), strikers("11", report_id="s#1")]
    )
    found = find_disagreements(tables)
    turned = tables | {name: tables[name].reverse() for name in ("figures", "reports", "people", "sources")}
    assert find_disagreements(turned).equals(found)
    assert found.get_column("disagreement_id").str.contains(r"^cf-[0-9a-f]{8}$").all()
    assert found.get_column("disagreement_id").is_sorted()
    assert found.schema["row_ids"] == pl.List(pl.String)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Қызылорда-қала", "Кызылорда кала"),
        ("Ғылым", "Гылым"),
        ("Østfold", "Ostfold"),
        ("full-time", "full time"),
        ("Total, full–time", "full‑time"),
    ],
)
def test_scopes_and_claimants_in_every_printing_are_one(study, one, other):
    """Expectations by hand: only the printing differs, so the two are claims of one person about one thing."""
    first, second = strikers("300", scope=one, attributed_to=one), strikers("400", scope=other, attributed_to=other)
    told = [first | {"report_id": "r#1"}, second | {"report_id": "r#2"}]
    figures = read_figures(study(told), rules=rules())
    assert figures[0].scope == figures[1].scope
    if "," not in one:
        assert figures[0].claimed_by == figures[1].claimed_by


def test_the_words_of_scopes_that_rules_name_are_folded():
    """A word that folding changes would never meet a scope."""
    declared = rules()
    words = {
        *declared.whole,
        *declared.claim,
        *declared.rest,
        *(word for group in declared.exhaustive for word in group),
    }
    for identity in declared.of_form("compound"):
        words |= {word for name in ("first", "second", "whole") for word in identity.fields[name]}
    assert {word: fold(word) for word in words} == {word: word for word in words}


@pytest.mark.parametrize(("value", "quoted"), [("1.5", "the 1.5 days"), ("491", "the 491, all in all")])
def test_a_scope_may_quote_a_number(study, value, quoted):
    one = {"indicator": "seminars_held", "unit": "count", "value": value}
    told = [one, one | {"value": "700"}, {"indicator": "training_participants", "value": "35000", "scope": quoted}]
    assert rows(find_disagreements(study(told)))[0]["figures"] == ["r#1:1", "r#1:2", "r#1:3"]
