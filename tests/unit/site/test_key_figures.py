"""Key figures of a country: the latest value, or which absence it is."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.site.country_slices import every_table
from socdialog.site.key_figures import Figure, headings, key_figures, key_series
from tests.small_site import clean_table

_YEAR = {"indicator": "density", "source": "Office", "vintage": "2024-01", "unit": "percent"}


def tables(**more: pl.DataFrame) -> dict[str, pl.DataFrame]:
    given = {
        "indicators": clean_table(
            "indicators",
            {"indicator": "unused", "label": "Unused", "section": "actors", "section_order": 1},
            {"indicator": "density", "label": "Union density", "section": "actors", "section_order": 2},
            {"indicator": "other", "label": "Other", "section": "wages", "section_order": 1},
        ),
        "country_years": clean_table(
            "country_years",
            {**_YEAR, "row_id": "a", "country": "KAZ", "year": 2016, "value": 50.0},
            {**_YEAR, "row_id": "b", "country": "KAZ", "year": 2017, "value": 46.94},
        ),
        "not_published": clean_table(
            "not_published", {"country": "UZB", "indicator": "density", "source": "Office", "vintage": "2024-01"}
        ),
        "conventions": clean_table(
            "conventions",
            {"convention": "C087", "group": "fundamental", "adopted": "1948", "title": "T"},
            {"convention": "C098", "group": "fundamental", "adopted": "1949", "title": "T"},
        ),
        "ratifications": clean_table(
            "ratifications",
            {
                "country": "KAZ",
                "convention": "C087",
                "status": "in_force",
                "ratified_on": "2000-12-13",
                "status_as_of": "2024-01",
            },
        ),
    }
    return every_table({**given, **more})


def agreements(*rows: dict[str, object]) -> dict[str, pl.DataFrame]:
    whole = [{"country": "KAZ", "kind": "agreement", "name": f"A{n}", **row} for n, row in enumerate(rows)]
    return {"institutions": clean_table("institutions", *whole)}


def test_the_series_of_a_section_is_the_first_of_which_anything_is_known() -> None:
    assert key_series(tables()) == {"actors": "density"}
    assert [one.text for one in headings(tables())] == [
        "Union density",
        "Fundamental conventions in force",
        "General agreement",
    ]


def test_a_published_value_a_checked_absence_and_no_data_are_three_things() -> None:
    published, checked, nothing = (key_figures(tables(), one, edition="2024-11")[0] for one in ("KAZ", "UZB", "TKM"))
    assert (published.text.replace(" ", ""), published.note) == ("46.9%", "2017")
    assert checked == Figure(published=False)
    assert nothing == Figure()


def test_conventions_without_data_are_said_and_not_counted_as_not_ratified() -> None:
    found = key_figures(tables(), "KAZ", edition="2024-11")[1]
    assert found == Figure("1 of 2", "no data found on 1")
    assert key_figures(tables(), "UZB", edition="2024-11")[1] == Figure()
    assert key_figures(tables(), "KAZ", edition="first")[1] == Figure()


@pytest.mark.parametrize(
    ("rows", "figure"),
    [
        ([], Figure()),
        ([{"date": "2018-01-31", "period_end": "2020"}], Figure("until 2020", "signed 31 January 2018")),
        ([{"period_end": "2022"}], Figure("until 2022", "signature not dated")),
        ([{"date": "2009-04"}], Figure("signed April 2009", "end not stated")),
        (
            [{"date": "2012", "period_end": "2013"}, {"date": "2024-03", "period_end": "2026"}],
            Figure("until 2026", "signed March 2024"),
        ),
    ],
)
def test_the_latest_general_agreement_is_shown(rows: list[dict[str, object]], figure: Figure) -> None:
    assert key_figures(tables(**agreements(*rows)), "KAZ", edition="2024-11")[-1] == figure
