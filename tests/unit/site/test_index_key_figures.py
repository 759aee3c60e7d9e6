"""The key figures of a country on the front page: the latest value, or which absence it is."""

from __future__ import annotations

import polars as pl

from socdialog.site.country_slices import every_table
from socdialog.site.index import Cell, absent_figures, figures_of, key_cells
from tests.small_site import clean_table

_YEAR = {"indicator": "density", "source": "Office", "vintage": "2024-01", "unit": "percent"}


def tables() -> dict[str, pl.DataFrame]:
    return dict(
        every_table(
            {
                "indicators": clean_table(
                    "indicators",
                    {"indicator": "density", "label": "D", "section": "actors", "shown_with": "union_density"},
                ),
                "country_years": clean_table(
                    "country_years",
                    {**_YEAR, "row_id": "a", "country": "KAZ", "year": 2016, "value": 50.0},
                    {**_YEAR, "row_id": "b", "country": "KAZ", "year": 2017, "value": 46.94},
                ),
                "not_published": clean_table(
                    "not_published",
                    {"country": "UZB", "indicator": "density", "source": "Office", "vintage": "2024-01"},
                ),
                "conventions": clean_table(
                    "conventions",
                    {"convention": "C087", "group": "fundamental", "adopted": "1948", "title": "T"},
                    {"convention": "C098", "group": "fundamental", "adopted": "1949", "title": "T"},
                ),
                "ratifications": clean_table(
                    "ratifications",
                    {"country": "KAZ", "convention": "C087", "status": "in_force"}
                    | {"ratified_on": "2000-12-13", "status_as_of": "2024-01"},
                ),
            }
        )
    )


def cells(country: str, *, edition: str = "2024-11") -> tuple[Cell, ...]:
    return key_cells(figures_of(tables(), country, edition=edition), edition=edition)


def test_a_published_value_a_checked_absence_and_no_data_are_three_things() -> None:
    published, checked, nothing = (cells(one)[0] for one in ("KAZ", "UZB", "TKM"))
    assert published == Cell("46.9%", "2017")
    assert checked == Cell(published=False)
    assert nothing == Cell()


def test_conventions_without_data_are_said_and_not_counted_as_not_ratified() -> None:
    assert cells("KAZ")[2] == Cell("1 of 2", "no data found on 1")
    assert cells("UZB")[2] == Cell()


def test_an_edition_without_a_date_has_key_figures_too() -> None:
    assert cells("KAZ", edition="first")[0] == Cell("46.9%", "2017")


def test_the_figures_without_a_value_are_named_whichever_absence_it_is() -> None:
    others = ("bargaining coverage", "official strike statistics", "labour rights compliance", "general agreement")
    unknown = (*others, "minimum wage", "claimed membership")
    assert absent_figures(figures_of(tables(), "KAZ", edition="2024-11")) == unknown
    nothing = {"trade union density", "fundamental conventions", *unknown}
    assert {*absent_figures(figures_of(tables(), "UZB", edition="2024-11"))} == nothing
