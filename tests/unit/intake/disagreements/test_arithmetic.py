"""Identities within one report: each with numbers that break it and numbers that keep it, worked by hand."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socdialog.display.disagreement_words import explanation
from tests.small_claims import contradictions

PCT = {"unit": "percent"}
COUNT = {"unit": "count"}


def rows(frame):
    return frame.rows(named=True)


def share(result, part, whole, **cells):
    return [
        COUNT | cells | {"indicator": "labour_conflicts", "value": whole},
        COUNT | cells | {"indicator": "labour_conflicts_resolved", "value": part},
        PCT | cells | {"indicator": "labour_conflicts_resolved_pct", "value": result},
    ]


def test_49_of_68_is_not_28_per_cent_but_the_other_19_are(study):
    (found,) = rows(contradictions(study(share("28", "49", "68"))))
    assert found["kind"] == "arithmetic"
    assert found["status"] == "open"
    assert found["figures"] == ["r#1:1", "r#1:2", "r#1:3"]
    assert found["difference"] == pytest.approx(28 - 100 * 49 / 68, abs=1e-3)
    assert explanation(found) == "49 of 68 is 72.1%, not 28%. 28% is the share of the other 19."


@pytest.mark.parametrize("printed", ["72", "72.1", "72.06"])
def test_a_share_rounded_to_any_digit_is_right(study, printed):
    assert contradictions(study(share(printed, "49", "68"))).is_empty()


@pytest.mark.parametrize(
    ("printed", "broken"), [("72.7", False), ("72.8", True), ("72.6", True), ("73", False), ("72", True)]
)
def test_rounding_edges_of_48_of_66(study, printed, broken):
    # 48 / 66 = 72.7272... %
    assert contradictions(study(share(printed, "48", "66"))).height == broken


def test_figures_of_different_periods_or_scopes_are_not_put_together(study):
    told = share("28", "49", "68")
    told[0] |= {"period_start": "2023", "period_end": "2023"}
    told[1] |= {"period_start": "2024", "period_end": "2024"}
    assert contradictions(study(told)).is_empty()
    told = share("28", "49", "68")
    told[0] |= {"scope": "one region"}
    assert contradictions(study(told)).is_empty()


def test_qualifiers_widen_a_share(study):
    told = share("28", "49", "68")
    told[0] |= {"qualifier": "at_least"}  # 49 of 175 or more is 28% or less
    assert contradictions(study(told)).is_empty()
    told[2] |= {"qualifier": "more_than", "value": "73"}  # but of 68 or more it is never above 72.1 %
    assert contradictions(study(told)).height == 1


def test_another_pair_of_the_report_explains_a_share(study):
    scope = "Enterprises: the region"
    cells = {"scope": "the region"}
    told = [
        {"indicator": "union_members", "value": "132592"} | cells,
        {"indicator": "wage_earners", "value": "239600"} | cells,
        PCT | {"indicator": "union_coverage_pct", "value": "24"} | cells,
        COUNT | {"indicator": "primary_organisations", "value": "1656"} | cells,
        COUNT | {"indicator": "other", "value": "6939", "scope": scope},
    ]
    (found,) = rows(contradictions(study(told)))
    told = explanation(found)
    assert "55.3%, not 24%" in told
    assert told.endswith(f"24% would be the share of 1,656 (workplace union organisations) in 6,939 ({scope}).")


def year(value, when, **cells):
    return COUNT | {"indicator": "labour_conflicts", "value": value, "period_start": when, "period_end": when} | cells


def change(value, when):
    return PCT | {"indicator": "labour_conflicts_change_pct", "value": value, "period_start": when, "period_end": when}


@pytest.mark.parametrize(
    ("printed", "broken"),
    [("-19", False), ("-19.0", False), ("-19.05", False), ("-20", True), ("19", True), ("-18", True)],
)
def test_68_after_84_is_minus_19_per_cent(study, printed, broken):
    # 100 * (68 / 84 - 1) = -19.0476... %
    told = [year("84", "2023"), year("68", "2024"), change(printed, "2024")]
    assert contradictions(study(told)).height == broken


def test_a_change_needs_the_year_before(study):
    told = [year("84", "2022"), year("68", "2024"), change("-50", "2024")]
    assert contradictions(study(told)).is_empty()


def wage(value, when):
    return {
        "indicator": "average_wage",
        "value": value,
        "unit": "currency_per_month",
        "currency": "KZT",
        "period_start": when,
        "period_end": when,
    }


def test_an_offer_against_the_wages_of_two_years(study):
    offer = PCT | {"indicator": "wage_offer_pct", "value": "8.5"}
    (found,) = rows(contradictions(study([offer, wage("730431", "2024"), wage("822000", "2025")])))
    assert "+12.5%, not +8.5%" in explanation(found)
    right = PCT | {"indicator": "wage_offer_pct", "value": "12.5"}
    assert contradictions(study([right, wage("730431", "2024"), wage("822000", "2025")])).is_empty()


def test_a_rise_over_several_years_uses_its_own_first_and_last_year(study):
    rise = PCT | {"indicator": "wage_increase_pct", "value": "100", "period_start": "2020", "period_end": "2025"}
    wages = [wage("300", "2020"), wage("500", "2024"), wage("600", "2025")]
    assert contradictions(study([rise, *wages])).is_empty()
    (found,) = rows(contradictions(study([rise | {"value": "99"}, *wages])))
    assert found["figures"] == ["r#1:1", "r#1:2", "r#1:4"]


@pytest.mark.parametrize(("printed", "broken"), [("4", True), ("5.6", False), ("6", False), ("5", True)])
def test_a_factor_of_growth(study, printed, broken):
    # 33.8 / 6.0 = 5.633...
    money = {"indicator": "other", "unit": "currency", "currency": "TJS", "scope": "budget revenue"}
    told = [
        money | {"value": "6000000000", "period_start": "2009", "period_end": "2009"},
        money | {"value": "33800000000", "period_start": "2019", "period_end": "2019"},
        {"indicator": "other", "value": printed, "unit": "times", "scope": "growth of the budget"},
    ]
    assert contradictions(study(told)).height == broken


@pytest.mark.parametrize(
    ("annual", "broken"), [("157.4", False), ("156", False), ("159", False), ("155", True), ("160", True)]
)
def test_two_half_years_compound(study, annual, broken):
    # 1.98 * 1.30 = 2.574; 98 and 30 are rounded, so from 1.975 * 1.295 = 2.558 to 1.985 * 1.305 = 2.590
    rise = PCT | {"indicator": "wage_increase_pct"}
    told = [
        rise | {"value": "98", "scope": "first 6 months"},
        rise | {"value": "30", "scope": "second 6 months"},
        rise | {"value": annual, "scope": "annual"},
    ]
    assert contradictions(study(told)).height == broken


def test_arrears_less_payments(study):
    owed = {"indicator": "wage_arrears_amount", "unit": "currency", "currency": "USD"}
    paid = {"indicator": "wage_arrears_paid", "unit": "currency", "currency": "USD"}
    told = [
        owed | {"value": "332000", "scope": "before"},
        *(paid | {"value": value, "scope": value} for value in ("25000", "30000", "20000", "10000")),
        owed | {"value": "248000", "scope": "as of today"},
    ]
    (found,) = rows(contradictions(study(told)))
    assert found["difference"] == 1000
    told[-1] |= {"value": "247000"}
    assert contradictions(study(told)).is_empty()


def test_members_and_their_change(study):
    def members(value, when):
        return {
            "indicator": "union_members",
            "value": value,
            "organisation": "Union A",
            "period_start": when,
            "period_end": when,
        }

    gain = {
        "indicator": "union_members_change",
        "value": "837",
        "organisation": "Union A",
        "period_start": "2021",
        "period_end": "2021",
    }
    assert contradictions(study([members("1000", "2020"), members("1837", "2021"), gain])).is_empty()
    assert contradictions(study([members("1000", "2020"), members("1838", "2021"), gain])).height == 1


def test_a_fine_is_fine_per_worker_times_workers(study):
    told = [
        {"indicator": "fine_amount", "value": "3000", "unit": "currency", "currency": "USD"},
        {"indicator": "fine_per_worker", "value": "200", "unit": "currency", "currency": "USD"},
        {"indicator": "workers_fined", "value": "15"},
    ]
    assert contradictions(study(told)).is_empty()
    told[2] |= {"value": "16"}
    assert contradictions(study(told)).height == 1


def test_no_more_strikers_than_employees(study):
    told = [
        {"indicator": "workers_on_strike", "value": "1400", "organisation": "Mine"},
        {"indicator": "employees", "value": "1300", "organisation": "Mine"},
    ]
    assert contradictions(study(told)).height == 1
    about = [told[0] | {"qualifier": "about"}, told[1] | {"qualifier": "about"}]  # 1333 or more of 1368 or fewer
    assert contradictions(study(about)).is_empty()
    other = [told[0], told[1] | {"organisation": "Railway"}]
    assert contradictions(study(other)).is_empty()


def votes(cast, options, spoilt=None):
    told = [{"indicator": "votes_cast", "value": cast, "unit": "votes", "scope": "round 2"}]
    told += [
        {"indicator": "votes_for", "value": value, "unit": "votes", "scope": f"round 2: option {number}"}
        for number, value in enumerate(options)
    ]
    return told + (
        [{"indicator": "votes_invalid", "value": spoilt, "unit": "votes", "scope": "round 2"}] if spoilt else []
    )


@pytest.mark.parametrize(
    ("cast", "options", "spoilt", "broken"),
    [
        ("354", ["161", "181"], "11", True),  # 353
        ("354", ["161", "181"], "12", False),
        ("152", ["135", "35"], None, True),  # 170
        ("152", ["135"], None, False),  # other options may be untold
        ("398", ["396"], "2", False),
    ],
)
def test_votes_make_up_the_ballot(study, cast, options, spoilt, broken):
    assert contradictions(study(votes(cast, options, spoilt))).height == broken


def test_another_ballot_is_another_ballot(study):
    told = [
        *votes("354", ["161", "181"], "12"),
        {"indicator": "votes_for", "value": "300", "unit": "votes", "scope": "round 1: x"},
    ]
    assert contradictions(study(told)).is_empty()


def parts(total, *members):
    base = COUNT | {"indicator": "labour_conflicts"}
    return [base | {"value": total}, *(base | {"value": value, "scope": scope} for value, scope in members)]


@pytest.mark.parametrize(
    ("told", "broken"),
    [
        (parts("66", ("21", "with unions"), ("24", "remaining, without unions")), True),
        (parts("45", ("21", "with unions"), ("24", "remaining, without unions")), False),
        (parts("66", ("21", "one region"), ("24", "another region")), False),  # further regions are not told
        (parts("159", ("133", "online"), ("26", "offline")), False),
        (parts("160", ("133", "online"), ("26", "offline")), True),
    ],
)
def test_parts_and_their_total(study, told, broken):
    assert contradictions(study(told)).height == broken


@pytest.mark.parametrize(("west", "broken"), [("1", False), ("2", True), ("0", True)])
def test_parts_that_continue_the_scope_of_the_total(study, west, broken):
    base = COUNT | {"indicator": "strike_workplaces"}
    told = [
        base | {"value": "21", "scope": "companies"},
        base | {"value": "18", "scope": "companies: north"},
        base | {"value": "2", "scope": "companies: east"},
        base | {"value": west, "scope": "companies: west"},
    ]
    assert contradictions(study(told)).height == broken


def pay(value, currency, scope=None, high=None):
    return {
        "indicator": "average_wage",
        "value": value,
        "value_high": high,
        "currency": currency,
        "unit": "currency_per_month",
        "scope": scope,
    }


def test_two_conversions_share_one_rate(study):
    # 822 / 1.5 = 548, 1303 / 2.5 = 521; 1370 / 2.5 = 548
    told = [
        pay("822000", "KZT"),
        pay("1500", "USD"),
        pay("1303000", "KZT", "underground"),
        pay("2500", "USD", "underground"),
    ]
    assert contradictions(study(told)).height == 1
    told[2] |= {"value": "1370000"}
    assert contradictions(study(told)).is_empty()


def test_the_ends_of_a_range_share_one_rate(study):
    told = [pay("2000", "TJS", high="4000"), pay("215", "USD", high="430")]
    assert contradictions(study(told)).is_empty()
    told[1] |= {"value_high": "500"}
    assert contradictions(study(told)).height == 1
    # An end of nothing gives no rate, and breaks no rule.
    told[1] |= {"value_high": "0"}
    assert contradictions(study(told)).is_empty()


@given(st.integers(0, 5000), st.integers(1, 5000), st.integers(0, 2))
@settings(deadline=None, max_examples=60)
def test_a_consistent_share_is_silent(study, part, whole, digits):
    part = min(part, whole)
    printed = f"{100 * part / whole:.{digits}f}"
    found = contradictions(study(share(printed, str(part), str(whole))))
    # A trailing zero is lost on the way to a number, so "10.0" stands for 9.5 to 10.5: wider, never narrower.
    assert found.is_empty()


INDICATORS = [
    "labour_conflicts", "labour_conflicts_resolved", "labour_conflicts_resolved_pct", "labour_conflicts_change_pct",
    "average_wage", "wage_increase_pct", "fine_amount", "fine_per_worker", "workers_fined", "votes_cast", "votes_for",
    "votes_invalid", "wage_arrears_amount", "wage_arrears_paid", "event_days", "days_on_strike", "other",
]  # fmt: skip
FIGURES = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(INDICATORS),
        "value": st.sampled_from(["0", "0.5", "-7", "1", "68", "84", "1000000", "1e15"]),
        "value_high": st.sampled_from([None, "0", "100"]),
        "qualifier": st.sampled_from(["exact", "about", "more_than", "at_least", "less_than", "at_most", "range"]),
        "unit": st.sampled_from(["count", "percent", "times", "days", "currency"]),
        "currency": st.sampled_from([None, "KZT", "USD"]),
        "period_start": st.sampled_from([None, "2023"]),
        "period_end": st.sampled_from([None, "2023", "2024-02-29"]),
        "scope": st.sampled_from([None, "x", "x: y", "rest", "before", "growth of x, factor"]),
    }
)


@given(st.lists(FIGURES, max_size=8))
@settings(deadline=None, max_examples=80)
def test_no_figures_break_the_rules_and_their_order_does_not_matter(study, figures):
    tables = study(figures)
    found = contradictions(tables)
    assert contradictions(tables | {"figures": tables["figures"].reverse()}).equals(found)
    assert not any(re.search(r"\b(nan|inf|NaN|Infinity)\b", explanation(row)) for row in found.iter_rows(named=True))
