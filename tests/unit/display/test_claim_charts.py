"""Contradicting values are never added up or hidden: a bar refuses them, and dots show each."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

import socdialog as sd
from socdialog.display.svg import drawn
from socdialog.errors import UsageError
from socdialog.results import Result, tidy
from tests.drawn_rows import rows_of

CLAIMS = pl.DataFrame(
    {
        "strike": ["A", "A", "A", "A", "B"],
        "workers": [500, 500, 500, 500, 90],
        "source": ["w", "x", "y", "z", "w"],
    }
)


def test_four_sources_of_500_are_four_dots_and_no_bar_of_2000() -> None:
    chart = sd.charts.dots(CLAIMS, label="strike", value="workers", claim="source", title="Workers")
    rows = rows_of(chart)
    places = [(row["label"], row["place"]) for row in rows]
    assert len(places) == len(set(places)) == 5
    assert [row["value"] for row in rows] == [500, 500, 500, 500, 90]
    with pytest.raises(UsageError) as refused:
        sd.charts.bars(CLAIMS, label="strike", value="workers")
    assert "A: 500, 500, 500, 500" in refused.value.details
    assert "sd.charts.dots" in refused.value.hint


def test_dots_are_drawn() -> None:
    svg = drawn(sd.charts.dots(CLAIMS, label="strike", value="workers", claim="source").to_json())
    assert svg.count('aria-roledescription="point"') == 5 or svg.count("<path") > 5


def test_a_claim_without_a_value_has_its_range() -> None:
    claims = pl.DataFrame(
        {"strike": ["A", "A", "B"], "value": [None, 5, None], "low": [3, 5, None], "high": [9, 5, None]}
    )
    chart = sd.charts.dots(claims, label="strike", low="low", high="high")
    assert [row["label"] for row in rows_of(chart)] == ["A", "A"]


def test_bars_by_year_and_lines_refuse_several_values() -> None:
    years = pl.DataFrame({"year": [2020, 2020, 2021], "value": [1, 2, 3], "release": ["x", "x", "x"]})
    with pytest.raises(UsageError, match="one bar would show several"):
        sd.charts.by_year(years)
    with pytest.raises(UsageError, match="one point would show several"):
        sd.charts.series(years)
    with pytest.raises(UsageError, match="one point would show several"):
        sd.charts.lines(years)


def test_one_place_with_one_value_is_drawn() -> None:
    one = CLAIMS.unique("strike", maintain_order=True)
    for frame in (one, one.lazy(), one.to_pandas(), one.to_arrow()):
        chart = sd.charts.bars(frame, label="strike", value="workers", title="x", subtitle="y")
        assert [row["value"] for row in rows_of(chart)] == [500, 90]


def test_what_a_frame_lacks_is_named() -> None:
    for draw in (
        lambda: sd.charts.bars(CLAIMS, label="strik", value="workers"),
        lambda: sd.charts.dots(pd.DataFrame({"strike": ["A"]}), label="strike", value="worker"),
        lambda: sd.charts.lines(CLAIMS, value="workers"),
        lambda: sd.charts.matrix(CLAIMS),
        lambda: sd.charts.network(CLAIMS),
        lambda: sd.charts.timeline(CLAIMS, label="strike"),
    ):
        with pytest.raises(UsageError, match=r"not a known column|lacks columns"):
            draw()
    with pytest.raises(UsageError, match="is not a table"):
        sd.charts.bars("events", label="x")  # type: ignore[arg-type]


def test_a_chart_of_a_result_has_its_words() -> None:
    frame = tidy(pl.DataFrame({"country": ["KAZ", "TUR"], "value": [1.5, 2.0]}), unit="percent")
    chart = Result("x", frame, "Density. Visser 2019.").chart()
    assert chart.to_dict()["title"] == {"text": ["Density"], "subtitle": ["Unit: percent"]}
    assert [row["label"] for row in rows_of(chart)] == ["Kazakhstan", "Türkiye"]
