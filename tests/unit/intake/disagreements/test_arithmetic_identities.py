"""Each form of arithmetic on a few figures: what breaks it, what keeps it, and which figures it leaves alone."""

from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from socdialog.display.disagreement_words import explained
from socdialog.intake.disagreements import arithmetic
from socdialog.intake.disagreements.figure_bounds import allowed
from socdialog.intake.disagreements.rules import rules
from socdialog.intake.disagreements.statements import Statement

IDENTITIES = {identity.id: identity for identity in rules().identities}
NUMBER = count(1)


def figure(
    indicator, value, unit="count", *, years=(None, None), scope=(), body=(), high=None, qualifier="exact", **more
):
    """Return a reported figure about Kazakhstan of which only what matters is told."""
    start, end = years
    cells = {
        "figure": next(NUMBER),
        "organisation": "",
        "country": "KAZ",
        "currency": "",
        "scope_text": ": ".join(scope),
    }
    return Statement(
        **dict.fromkeys(("row_id", "event_id", "claimed_by"), ""),
        **(cells | more),
        report_id="r#1",
        indicator=indicator,
        unit=unit,
        value=value,
        high=high,
        qualifier=qualifier,
        bounds=allowed(value, high=high, qualifier=qualifier, rounded=unit in {"percent", "times"}),
        body=frozenset(body),
        phonetic_body=frozenset(body),
        start=start and date(start, 1, 1),
        end=end and date(end, 12, 31),
        year_start=start,
        year_end=end,
        end_is_day=False,
        scope=tuple(scope),
    )


def found(identity, *figures):
    rule = IDENTITIES[identity]
    return list(arithmetic.FORMS[rule.form](figures, rule))


def said(identity, *figures):
    (finding,) = found(identity, *figures)
    return finding.difference, explained(finding.check, finding.details)


def pct(indicator, value, **more):
    return figure(indicator, value, "percent", **more)


def year(value, when, **more):
    return figure("labour_conflicts", value, years=(when, when), **more)


def share(result, part, whole, details=({}, {}, {})):
    return (
        pct("labour_conflicts_resolved_pct", result, **details[0]),
        figure("labour_conflicts_resolved", part, **details[1]),
        figure("labour_conflicts", whole, **details[2]),
    )


# Shares


def test_a_share_that_is_wrong_and_how():
    # 100 * 49 / 68 = 72.0588...; the other 19 are 27.9 %.
    assert said("resolved_share", *share(28, 49, 68)) == (
        -44.0588,
        "49 of 68 is 72.1%, not 28%. 28% is the share of the other 19.",
    )
    assert said("resolved_share", *share(20, 49, 68))[1] == "49 of 68 is 72.1%, not 20%."
    assert said("resolved_share", *share(50, 49, 68))[1] == "49 of 68 is 72.1%, not 50%."
    assert said("resolved_share", *share(0, 68, 68))[1] == "68 of 68 is 100%, not 0%. 0% is the share of the other 0."


def test_a_share_that_is_right_or_has_no_whole():
    assert not found("resolved_share", *share(72, 49, 68))
    assert not found("resolved_share", *share(72.1, 49, 68))
    assert found("resolved_share", *share(72.2, 49, 68))
    assert found("resolved_share", *share(72.6, 49, 68))
    assert not found("resolved_share", *share(28, 49, 0))


Y23, Y24 = {"years": (2023, 2023)}, {"years": (2024, 2024)}


@pytest.mark.parametrize(
    "details",
    [
        ({}, Y23, Y24),
        (Y23, {}, Y24),
        (Y23, Y24, {}),
        (Y23, Y24, Y24),
        (Y24, {"years": (2023, None)}, Y24),
        ({"years": (2023, None)}, Y24, Y24),
        (Y24, Y24, {"years": (2023, None)}),
        ({}, {"country": "UZB"}, {}),
        ({}, {}, {"country": "UZB"}),
        ({}, {"scope": ["north"]}, {}),
        ({}, {"body": ["miners"]}, {"body": ["weavers"]}),
    ],
)
def test_a_share_is_of_one_country_body_scope_and_period(details):
    assert not found("resolved_share", *share(28, 49, 68, details))


@pytest.mark.parametrize(
    "details", [(Y23, Y23, Y23), (Y23, {}, Y23), ({}, {"body": ["miners"]}, {}), ({}, {"years": (2023, None)}, {})]
)
def test_what_is_not_told_may_be_the_same(details):
    assert found("resolved_share", *share(28, 49, 68, details))


def fits(other, base, *, result=24.0):
    return "would be the share" in said("resolved_share", *share(result, 49, 68), other, base)[1]


def test_another_pair_of_figures_may_give_the_share():
    pair = figure("seminars_held", 6.0), figure("meetings_held", 25.0)  # 24 %
    told = said("resolved_share", *share(24, 49, 68), *pair)[1]
    assert told.endswith(" 24% would be the share of 6 (seminars and trainings) in 25 (meetings).")
    assert not fits(figure("a", 7.0), figure("b", 25.0))  # 28 %
    assert not fits(figure("a", 6.0, "persons"), figure("b", 25.0))  # two units
    assert not fits(figure("a", 6.0, "percent"), figure("b", 25.0, "percent"))  # of percentages nothing is a share
    assert not fits(figure("a", 6.0, qualifier="about"), figure("b", 25.0))
    assert not fits(figure("a", 6.0), figure("b", 25.0, qualifier="about"))
    assert not fits(figure("a", 6.0, scope=["north"]), figure("b", 25.0))
    assert fits(figure("a", 6.0, scope=["north"]), figure("b", 25.0, scope=["north"]))
    assert fits(figure("a", 1.0), figure("b", 25.0), result=4.0)
    assert not fits(figure("a", 0.0), figure("b", 25.0), result=0.0)  # nothing is no share
    assert not fits(figure("a", 25.0), figure("b", 25.0), result=100.0)


def test_a_share_of_a_scope_is_explained_by_figures_of_that_scope():
    north = {"scope": ["north"]}
    told = share(24, 49, 68, (north, north, north))
    others = [
        (figure("a", 6.0, **north), figure("b", 25.0, **north), True),
        (figure("a", 6.0), figure("b", 25.0), False),
        (figure("a", 6.0, **north), figure("b", 25.0), False),
    ]
    for other, base, expected in others:
        assert ("would be the share" in said("resolved_share", *told, other, base)[1]) is expected


# Changes


def change(value, years=(2024, 2024), **more):
    return pct("labour_conflicts_change_pct", value, years=years, **more)


@pytest.mark.parametrize(
    ("before", "now", "printed", "expected"),
    [
        (84, 68, -19.0, None),  # -19.05
        (84, 68, -18.0, (1.0476, "From 84 to 68 the change is -19%, not -18%.")),
        (80, 95, 19.0, None),  # 18.75
        (80, 95, 17.0, (-1.75, "From 80 to 95 the change is +18.8%, not +17%.")),
        (80, 95, 20.0, (1.25, "From 80 to 95 the change is +18.8%, not +20%.")),
        (80, 80, 5.0, (5.0, "From 80 to 80 the change is 0%, not +5%.")),
        (100, 350, 250.0, None),
        (100, 350, 350.0, (100.0, "From 100 to 350 the change is +250%, not +350%.")),
        (0, 68, 5.0, None),  # nothing has no change in per cent
    ],
)
def test_changes_from_year_to_year(before, now, printed, expected):
    broken = found("conflicts_change", change(printed), year(before, 2023), year(now, 2024))
    told = [(one.difference, explained(one.check, one.details).replace("−", "-")) for one in broken]
    assert told == ([] if expected is None else [expected])


@pytest.mark.parametrize(("printed", "cut"), [(18.0, True), (17.0, False), (19.5, False), (-18.0, False)])
def test_digits_cut_off_instead_of_rounded(printed, cut):
    # 100 * (95 / 80 - 1) = 18.75: cut to 18, rounded to 19.
    (one,) = found("conflicts_change", change(printed), year(80, 2023), year(95, 2024))
    assert (one.check, one.status) == (("change_cut", "rounding") if cut else ("change", "open"))


@pytest.mark.parametrize(("before", "now", "printed"), [(80, 100, 24.0), (100, 119, 18.0)])
def test_whole_digits_lose_nothing_when_they_are_cut(before, now, printed):
    # +25 % and +19 % are whole: no cutting makes them 24 and 18, also where 119 / 100 - 1 is a little less than 0.19.
    told = said("conflicts_change", change(printed), year(before, 2023), year(now, 2024))[1]
    assert "Cutting" not in told


BROKEN = [
    pytest.param((change(50), year(80, 2023), year(95, 2024)), True, id="the year before"),
    pytest.param((change(50, (None, None)), year(80, 2023), year(95, 2024)), True, id="the only two years in a row"),
    pytest.param((change(50, (2024, None)), year(80, 2023), year(95, 2024)), True, id="only its begin is told"),
    pytest.param((change(50, (None, None)), year(80, 2022), year(95, 2024)), False, id="not in a row"),
    pytest.param(
        (change(50, (None, None)), year(80, 2022), year(80, 2023), year(95, 2024)), False, id="two pairs in a row"
    ),
    pytest.param((change(50, (2022, 2024)), year(80, 2022), year(70, 2023), year(95, 2024)), True, id="over its years"),
    pytest.param((change(50, (2022, 2024)), year(80, 2023), year(95, 2024)), False, id="its first year is not told"),
    pytest.param((change(50), year(80, 2023), year(81, 2023), year(95, 2024)), False, id="two values of one year"),
    pytest.param((change(50), year(80, 2023, country="UZB"), year(95, 2024)), False, id="another country"),
    pytest.param((change(50, body=["a"]), year(80, 2023, body=["b"]), year(95, 2024, body=["b"])), False, id="body"),
    pytest.param((change(50), year(80, 2023, body=["a"]), year(95, 2024, body=["b"])), False, id="two bodies"),
    pytest.param((change(50), year(80, 2023, currency="KZT"), year(95, 2024, currency="USD")), False, id="currencies"),
    pytest.param((change(50), year(80, 2023, scope=["north"]), year(95, 2024)), False, id="a narrower scope"),
    pytest.param(
        (change(50, scope=["north"]), year(80, 2023, scope=["north"]), year(95, 2024)), True, id="a wider one"
    ),
]


@pytest.mark.parametrize(("figures", "broken"), BROKEN)
def test_which_two_amounts_a_change_is_about(figures, broken):
    assert bool(found("conflicts_change", *figures)) is broken


def test_a_change_from_before_to_after():
    def wage(value, scope):
        return figure("monthly_wage", value, scope=[scope])

    rise = pct("wage_increase_pct", 50.0)
    assert found("wage_before_after", rise, wage(100, "before"), wage(120, "after"))
    assert not found("wage_before_after", rise, wage(100, "before"), wage(150, "after"))
    assert not found("wage_before_after", rise, wage(100, "before"), wage(120, "later"))


# Factors


def money(value, when, **more):
    cells = {"scope": ["budget revenue"], "currency": "TJS"} | more
    return figure("other", value, "currency", years=(when, when), **cells)


def times(value, scope="growth of the budget", **more):
    return figure("other", value, "times", scope=[scope], **more)


def test_a_factor_of_growth():
    # 33.8 / 6 = 5.633...
    assert said("factor", times(4), money(6.0, 2009), money(33.8, 2019)) == (
        -1.6333,
        "From 6 to 33.8 is 5.6 times, not 4 times.",
    )
    assert said("factor", times(4), money(33.8, 2019), money(6.0, 2009))[0] == -1.6333
    assert not found("factor", times(6), money(6.0, 2009), money(33.8, 2019))


@pytest.mark.parametrize(
    "figures",
    [
        (times(4), money(6.0, 2009)),
        (times(4), money(6.0, 2009), money(9.0, 2014), money(33.8, 2019)),
        (times(4), money(6.0, 2019), money(33.8, 2019)),
        (times(4), money(0.0, 2009), money(33.8, 2019)),
        (times(4), money(6.0, None), money(33.8, 2019)),
        (times(4, "growth of the fund"), money(6.0, 2009), money(33.8, 2019)),
        (times(4, "out of it: the"), money(6.0, 2009, scope=["the a"]), money(33.8, 2019, scope=["the a"])),
        (times(4, country="UZB"), money(6.0, 2009), money(33.8, 2019)),
        (times(4), money(6.0, 2009, currency="USD"), money(33.8, 2019)),
        (times(4, body=["a"]), money(6.0, 2009, body=["b"]), money(33.8, 2019, body=["b"])),
        (pct("other", 4, scope=["growth of the budget"]), money(6.0, 2009), money(33.8, 2019)),
        (times(4), times(6.0, "budget", years=(2009, 2009)), times(33.8, "budget", years=(2019, 2019))),
    ],
)
def test_what_a_factor_is_not_about(figures):
    assert not found("factor", *figures)


def test_a_word_of_four_letters_joins_a_factor_and_its_amounts():
    amounts = money(6.0, 2009, scope=["fund"]), money(33.8, 2019, scope=["fund"])
    assert found("factor", times(4, "growth,fund:x"), *amounts)


# Rises of two half-years


def rises(annual, first=98.0, second=30.0, whole="annual", **more):
    return (
        pct("wage_increase_pct", annual, scope=[whole], **more),
        pct("wage_increase_pct", first, scope=["first 6 months"]),
        pct("wage_increase_pct", second, scope=["second 6 months"]),
    )


def test_two_rises_compound():
    # 1.98 * 1.30 = 2.574; rounded, from 1.975 * 1.295 = 2.558 to 1.985 * 1.305 = 2.590.
    assert not found("wage_compound", *rises(157))
    assert not found("wage_compound", *rises(156))
    assert said("wage_compound", *rises(128)) == (
        -29.4,
        "98% and then 30% give 157.4% over the year, not 128%.",
    )
    # A fall to nothing stays nothing, whatever comes then: -100 and 30 make -100.
    assert not found("wage_compound", *rises(-100, -100, 30))
    assert found("wage_compound", *rises(-90, -100, 30))
    assert not found("wage_compound", *rises(5, 2.5, 2.4))  # 1.025 * 1.024 = 1.0496
    assert found("wage_compound", *rises(4, 2.5, 2.4))


def test_which_rises_compound():
    assert not found("wage_compound", *rises(128, whole="next year"))
    assert not found("wage_compound", *rises(128, body=["a"])[:2])
    whole = pct("wage_increase_pct", 128, scope=["annual", "north"])
    assert not found("wage_compound", whole, *rises(128)[1:])
    first, second = (
        pct("wage_increase_pct", 98, scope=[f"{half} 6 months"], body=["b"]) for half in ("first", "second")
    )
    assert not found("wage_compound", pct("wage_increase_pct", 128, scope=["annual"], body=["a"]), first, second)


# Differences, products, orders, balances


def members(value, when, body="union"):
    return figure("union_members", value, years=(when, when), body=[body])


def gain(value, body="union"):
    return figure("union_members_change", value, years=(2021, 2021), body=[body])


def test_a_difference():
    told = gain(837), members(100, 2020), members(938, 2021)
    assert said("members_change", *told) == (-1, "From 100 to 938 the change is 838, not 837.")
    assert not found("members_change", gain(838), *told[1:])
    assert not found("members_change", gain(837, "league"), *told[1:])
    unnamed = figure("union_members_change", 837, years=(2021, 2021))
    assert not found("members_change", unnamed, *told[1:])


def fine(value, each, workers, currency="USD", **more):
    return (
        figure("fine_amount", value, "currency", currency="USD"),
        figure("fine_per_worker", each, "currency", currency=currency),
        figure("workers_fined", workers, "persons", **more),
    )


def test_a_product():
    assert not found("fine", *fine(600, 40, 15))
    assert said("fine", *fine(600, 40, 16)) == (-40, "40 times 16 is 640, not 600.")
    assert not found("fine", *fine(600, 40, 16, "KZT"))
    assert not found("fine", *fine(600, 40, 16, country="UZB"))


def test_a_part_is_no_more_than_its_whole():
    def told(strikers, employees, **more):
        return figure("workers_on_strike", strikers, **more), figure("employees", employees)

    assert not found("strikers_order", *told(300, 300))
    assert said("strikers_order", *told(301, 300)) == (
        1,
        "301 is more than the 300 of which it should be a part.",
    )
    assert not found("strikers_order", *told(301, 300, organisation="kaz-mine"))
    assert not found("strikers_order", *told(301, 300, scope=["north"]))


def owed(value, **more):
    return figure("wage_arrears_amount", value, "currency", **({"currency": "USD"} | more))


def paid(value, **more):
    return figure("wage_arrears_paid", value, "currency", **({"currency": "USD"} | more))


def test_a_balance():
    assert not found("arrears", owed(300), paid(100), paid(50), owed(150))
    assert said("arrears", owed(300), paid(100), paid(50), owed(160)) == (
        10,
        "300 less the payments reported (100, 50) leaves 150, not 160.",
    )
    # Payments told before or after the two amounts count where there are only these two.
    assert found("arrears", paid(100), owed(300), owed(160))
    assert not found("arrears", paid(100), owed(300), owed(200))
    # Of three amounts each has its own payments, told between.
    assert not found("arrears", owed(300), paid(100), owed(200), paid(50), owed(150))
    assert found("arrears", owed(300), paid(100), owed(200), paid(40), owed(150))
    assert not found("arrears", owed(300), owed(200), owed(150), paid(50))


@pytest.mark.parametrize(
    "figures",
    [
        (owed(300), owed(160)),
        (owed(300), paid(100, currency="KZT"), owed(160)),
        (owed(300), paid(100), owed(160, currency="KZT")),
        (owed(300, body=["a"]), paid(100, body=["b"]), owed(160, body=["a"])),
        (owed(300, body=["a"]), paid(100), owed(160, body=["b"])),
    ],
)
def test_what_a_balance_is_not_about(figures):
    assert not found("arrears", *figures)
