"""Series next to each other: the same years, each on its own scale; a year without a value breaks the line."""

from __future__ import annotations

import polars as pl

from socdialog.display.panels import panels
from socdialog.display.svg import NARROW, WIDE, fitted, page_drawings


def series(**values: float | None) -> pl.DataFrame:
    return pl.DataFrame({"year": [int(year[1:]) for year in values], "value": list(values.values())})


def test_panels_share_their_years_and_have_scales_of_their_own() -> None:
    two = {"Strikes": series(y2001=4, y2003=9), "Days": series(y2002=70_000)}
    made = panels(two, title="T", subtitle="S").to_dict()
    strikes, days = made["hconcat"]
    for panel in (strikes, days):
        encoded = panel["layer"][0]["encoding"]
        assert encoded["x"]["scale"]["domain"] == [2001, 2003]
        assert encoded["y"]["scale"]["domain"][0] == 0
    assert strikes["layer"][0]["encoding"]["y"]["axis"]["format"] == ",~f"
    assert days["layer"][0]["encoding"]["y"]["axis"]["format"] == "~s"


def test_a_year_without_a_value_is_a_gap_in_the_line_and_no_zero() -> None:
    made = panels({"Strikes": series(y2001=4, y2002=None, y2003=9)}, title="T", subtitle="S").to_dict()
    (data,) = made["datasets"].values() if "datasets" in made else [made["hconcat"][0]["data"]["values"]]
    assert data == [{"year": 2001, "value": 4.0}, {"year": 2002, "value": None}, {"year": 2003, "value": 9.0}]


def test_panels_are_next_to_each_other_on_a_page_and_below_each_other_on_a_phone() -> None:
    chart = panels({"A": series(y2001=4, y2003=9), "B": series(y2002=7)}, title="T", subtitle="S").to_dict()
    assert len(fitted(chart, WIDE)["hconcat"]) == 2
    assert len(fitted(chart, NARROW)["vconcat"]) == 2
    assert ">A</text>" in page_drawings(chart, key="k", alt="a")["wide"]
