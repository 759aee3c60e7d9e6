"""Key figures in words: value, year, status and age, and which absence it is."""

from __future__ import annotations

from datetime import date

import pytest

from socdialog.display.key_figure_words import detail, is_absent, label, short, value
from socdialog.results import KeyFigure

AS_OF = date(2026, 11, 30)


def rate(year: str, **more: object) -> KeyFigure:
    about = {"value": 46.923, "unit": "percent", "whom": "employees", "publisher": "ILOSTAT", "date": year}
    return KeyFigure("union_density", **{**about, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("figure", "shown", "below"),
    [
        (rate("2017"), "46.9% of employees", "2017 · official · 9 years old"),
        (rate("2021"), "46.9% of employees", "2021 · official"),
        (rate("2020", modelled=True, whom=""), "46.9%", "2020 · modelled · 6 years old"),
        (KeyFigure("strikes", value=0.0, unit="count", date="2024"), "0", "2024 · official"),
        (
            KeyFigure("labour_rights", value=2.774, unit="score_0_10", direction="lower_better", date="2024"),
            "2.77 (0 best, 10 worst)",
            "2024 · official · not for ranking",
        ),
        (
            KeyFigure("conventions", value=8.0, total=10.0, missing=2.0, group="fundamental", date="2026-11"),
            "8 of 10 in force",
            "November 2026 · legal · no data found on 2",
        ),
        (
            KeyFigure("conventions", value=7.0, total=10.0, missing=1.0, outdated=2.0, group="f", date="2026"),
            "7 of 10 in force",
            "2026 · legal · no data found on 1 · status of 2 out of date",
        ),
        (
            KeyFigure("agreement", start="2024", end="2026", date="2024-03"),
            "2024–2026",
            "signed March 2024",
        ),
        (KeyFigure("agreement", start="2020", end="2022"), "2020–2022", "signing date not stated · ended 2022"),
        (KeyFigure("agreement", start="2009", date="2009-04"), "since 2009", "signed April 2009 · end not stated"),
        (KeyFigure("agreement", end="2027-05"), "until 2027", "signing date not stated"),
        (
            KeyFigure("minimum_wage", value=85000.0, unit="month", currency="KZT", start="2024-01-01"),
            "KZT 85,000 a month",
            "since 1 January 2024 · legal",
        ),
        (
            KeyFigure("minimum_wage", value=7.0, unit="hour", currency="GEL", counted="net", start="2023"),
            "GEL 7 an hour (net)",
            "since 2023 · legal",
        ),
        (
            KeyFigure("members", value=2e6, qualifier="about", body="FTURK", date="2021-11"),
            "about 2,000,000",
            "FTURK · November 2021 · claimed",
        ),
        (
            KeyFigure("members", value=10.0, qualifier="exact", body="A"),
            "10",
            "A · undated · claimed",
        ),
    ],
)
def test_a_value_has_its_year_its_status_and_where_it_is_old_its_age(figure: KeyFigure, shown: str, below: str) -> None:
    assert value(figure) == shown
    assert detail(figure, as_of=AS_OF) == below
    assert not is_absent(figure)


def test_an_absence_is_said_in_words_with_the_release_that_was_checked() -> None:
    checked = KeyFigure("strikes", availability="not_published", publisher="ILOSTAT", release="2026-02")
    assert (value(checked), detail(checked, as_of=AS_OF)) == ("Not published", "February 2026 release")
    nothing = KeyFigure("agreement", availability="no_data")
    assert (value(nothing), detail(nothing, as_of=AS_OF)) == ("No data found", "")
    assert is_absent(checked)
    assert short(checked, as_of=AS_OF) == ("", "")


def test_a_table_of_countries_shows_values_without_their_scale() -> None:
    assert short(rate("2017"), as_of=AS_OF) == ("46.9%", "2017")
    in_force = KeyFigure("conventions", value=8.0, total=10.0, missing=2.0, group="fundamental", date="2026-11")
    assert short(in_force, as_of=AS_OF) == ("8 of 10", "no data found on 2")
    old = KeyFigure("conventions", value=8.0, total=10.0, missing=0.0, outdated=2.0, group="fundamental")
    assert short(old, as_of=AS_OF) == ("8 of 10", "status of 2 out of date")
    agreed = KeyFigure("agreement", start="2024", end="2026", date="2024-03")
    assert short(agreed, as_of=AS_OF) == ("2024–2026", "signed March 2024")


def test_a_group_of_conventions_is_named() -> None:
    assert label(KeyFigure("conventions", group="fundamental")) == "Fundamental conventions"
    assert label(KeyFigure("strikes")) == "Strikes and lockouts"
