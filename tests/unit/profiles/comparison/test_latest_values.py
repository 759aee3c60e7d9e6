"""Series of several countries by year: values whose unit the chart names are plain numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_page import small_page

from socdialog.display.parts import plain
from socdialog.profiles.comparison.latest_values import by_year


@pytest.mark.parametrize(("unit", "written"), [("score_0_10", "2.5"), ("percent", "2.5%")])
def test_the_unit_of_a_chart_is_not_repeated_with_each_value(unit: str, written: str) -> None:
    about = {"indicator": "SCORE", "unit": unit, "source": "ILO", "vintage": "2024-02"}
    page = small_page(
        indicators=[{"indicator": "SCORE", "label": "Score", "unit": unit, "section": "standards"}],
        country_years=[
            about | {"country": country, "year": year, "value": 2.5}
            for country in ("CHL", "PER")
            for year in (2020, 2021)
        ],
        countries=[{"country": code, "name": code} for code in ("CHL", "PER")],
    )
    figure = by_year(replace(page, countries=("CHL", "PER")), "SCORE")
    assert figure is not None
    assert figure.alt == f"Score by year, 2020–2021. Latest values: Chile {written} (2021); Peru {written} (2021)."
    assert figure.table is not None
    assert [plain((cell,)) for cell in figure.table.rows[0][:3]] == ["2021", written, written]
