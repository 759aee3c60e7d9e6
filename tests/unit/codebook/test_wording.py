"""Quantities and periods are written in one way."""

from __future__ import annotations

from socdialog.codebook.wording import figure_labels, figure_period, figure_words, label, period, quantity


def test_quantity() -> None:
    assert quantity(500, "persons", qualifier="more_than") == "more than 500"
    assert quantity(500, "persons", qualifier="less_than") == "fewer than 500"
    assert quantity(5, "percent", qualifier="less_than") == "less than 5%"
    assert quantity(1991, "year") == "1991", "a year is no quantity"
    assert quantity(3, None, high=5, qualifier="range") == "3–5"
    assert quantity(20, "days") == "20 days"
    assert quantity(1, "days") == "1 day"
    assert quantity(103, "months", high=119) == "103–119 months"


def test_a_percentage_is_closed_up_and_points_are_words() -> None:
    assert quantity(46.9, "percent") == "46.9%"
    assert quantity(3, "percent", high=5) == "3–5%"
    assert quantity(1.5, "percentage_points") == "1.5 percentage points"


def test_money_begins_with_its_currency() -> None:
    assert quantity(85000, "currency_per_month", currency="KZT") == "KZT 85,000 a month"
    assert quantity(1000, "currency", qualifier="about", currency="USD") == "about USD 1,000"


def test_years_have_no_separator() -> None:
    assert quantity(2009, "year", high=2012) == "2009–2012"


def test_period_and_label() -> None:
    assert period(None, None) == ""
    assert period(None, "2024") == "until 2024"
    assert period("2024", "2024") == "2024"
    assert period("2024-05-01", "2024-06") == "1 May 2024 – June 2024"
    assert label("event_kinds", None) == ""
    assert label("event_kinds", "strike") == "Strike"
    assert label("event_kinds", "unlisted") == "unlisted"


def test_since_is_said_of_an_open_period_and_never_of_a_moment() -> None:
    assert figure_period("2024-01-01", None) == "since 1 January 2024"
    assert figure_period("2024-01-01", "2024-01-01") == "1 January 2024"
    assert figure_period("2024", "2024") == "2024"
    assert figure_period(None, None) == ""


def test_a_period_writes_once_what_its_ends_share() -> None:
    assert period("2024-05-01", "2024-05-03") == "1–3 May 2024"
    assert period("2024-04-28", "2024-05-03") == "28 April – 3 May 2024"
    assert period("2023-12-30", "2024-01-02") == "30 December 2023 – 2 January 2024"
    assert period("2024-05", "2024-06") == "May – June 2024"
    assert period("2023-05-01", "2024-05-01") == "1 May 2023 – 1 May 2024"


def test_a_reported_figure_is_named_by_its_label_and_without_one_by_its_code() -> None:
    assert figure_words("participants_countries") == "countries taking part"
    assert figure_words("event_days") == "length of the event"
    assert figure_words("ilo_picket_lines_pct") == "ILO picket lines"


def test_labels_of_reported_figures_are_different_short_nouns_for_the_middle_of_a_sentence() -> None:
    labels = list(figure_labels().values())
    assert len(labels) > 50
    assert len(set(labels)) == len(labels)
    assert [one for one in labels if not one[:1].islower() or len(one.split()) > 5 or "_" in one] == []
