"""Official series stand where the study binds them; what it binds to no section is listed, never said to be missing."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from socdialog import schemas
from socdialog.display.parts import plain, spans
from socdialog.profiles.context import ProfileContext
from socdialog.profiles.country import official_series
from socdialog.profiles.country.series_figure import limits
from socdialog.store.study import Notes

CATALOGUE = [
    {"indicator": "OWN_DAYS", "label": "Days", "section": "disputes", "section_order": 2},
    {"indicator": "OWN_STRIKES", "label": "Strikes", "section": "disputes", "section_order": 1},
    {"indicator": "OWN_WORKERS", "label": "Workers", "section": "disputes"},
    {"indicator": "OWN_PAY", "label": "Pay", "section": "wages", "section_order": 1},
    {"indicator": "OWN_OTHER", "label": "Something else"},
]
#: What holds of a series in one country.
CAUTIONS = [
    {"country": "PER", "indicator": "OWN_DAYS", "caution": "Mines only."},
    {"country": "PER", "indicator": "OWN_PAY", "caution": "In Lima only."},
    {"country": "CHL", "indicator": "OWN_DAYS", "caution": "Of another country."},
]


def rows(table: str, given: list[Mapping[str, object]]) -> pl.DataFrame:
    """Rows of a clean table, of which only some cells are given."""
    dtypes = schemas.clean_dtypes(table)
    filled = [{"row_id": f"{table}:{at}"} | dict(row) for at, row in enumerate(given)]
    return pl.DataFrame([{name: row.get(name) for name in dtypes} for row in filled], schema=dtypes, orient="row")


def value(indicator: str, number: float | None = 5.0) -> Mapping[str, object]:
    about = {"country": "PER", "unit": "count", "source": "INEI", "vintage": "2024-01"}
    return about | {"indicator": indicator, "year": 2020, "value": number}


@pytest.fixture
def made() -> ProfileContext:
    return page([value(str(row["indicator"])) for row in CATALOGUE])


def page(values: list[Mapping[str, object]], absent: list[Mapping[str, object]] | None = None) -> ProfileContext:
    catalogue = [{"caveat": "None", "definition": "What it is"} | row for row in CATALOGUE]
    tables = {
        "indicators": rows("indicators", catalogue),
        "country_years": rows("country_years", values),
        "not_published": rows("not_published", absent or []),
        "indicator_cautions": rows("indicator_cautions", CAUTIONS),
        "countries": rows("countries", [{"country": "PER", "name": "Peru"}]),
    }
    return ProfileContext(("PER",), tables, Notes(), None, None, "2024", "")


def test_series_of_a_section_stand_in_the_order_of_the_study(made: ProfileContext) -> None:
    assert official_series.indicators_in(made, "disputes") == ["OWN_STRIKES", "OWN_DAYS", "OWN_WORKERS"]


def test_nothing_is_said_to_be_missing_that_may_be_bound_to_no_section() -> None:
    listed = official_series.none_in(page([value("OWN_OTHER")]), "scores")
    assert listed.text == "The official series of Peru are listed under Wages and working conditions."
    asked = {"country": "PER", "indicator": "OWN_OTHER", "source": "INEI", "vintage": "2024-01"}
    assert official_series.none_in(page([], [asked]), "scores") == listed
    assert official_series.none_in(page([value("OWN_PAY")]), "scores").text == "No data found on scores."
    assert official_series.none_in(page([]), "scores").text == "No data found on scores."


def test_a_caution_about_one_country_stands_with_its_series_on_its_page_only(made: ProfileContext) -> None:
    (folded,) = limits(made, ["OWN_DAYS", "OWN_PAY"], key="days")
    shown = plain(spans(folded))
    assert shown.count("Mines only.") == shown.count("In Lima only.") == 1
    assert "Of another country." not in shown
