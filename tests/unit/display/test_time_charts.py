"""Lines break where a year is missing, and events are as wide as what their dates may mean."""

from __future__ import annotations

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from tests.drawn_rows import rows_of

DENSITY = pl.DataFrame(
    {"country": ["KAZ", "KAZ", "KAZ", "TUR"], "year": [2015, 2016, 2018, 2018], "value": [49.0, 48.0, 46.9, 8.6]}
)


def test_lines_are_told_apart_by_what_differs_and_break_at_gaps() -> None:
    rows = rows_of(sd.charts.lines(DENSITY.to_pandas(), title="x"), 0)
    assert {row["release"] for row in rows} == {"Kazakhstan", "Türkiye"}
    runs = {row["run"] for row in rows if row["release"] == "Kazakhstan"}
    assert len(runs) == 2
    several = DENSITY.with_columns(source=pl.lit("ILOSTAT"))
    assert {row["release"] for row in rows_of(sd.charts.lines(several), 0)} == {
        "Kazakhstan",
        "Türkiye",
    }
    with pytest.raises(UsageError, match="not a known column"):
        sd.charts.lines(DENSITY, by="land")


def test_events_are_as_wide_as_their_dates() -> None:
    events = pl.DataFrame({"kind": ["strike", "strike", "strike"], "start_date": ["2020-05", "2021-03-01", None]})
    spec = sd.charts.timeline(events, label="kind", title="Strikes").to_dict()
    rows = rows_of(spec, 0)
    assert [(row["first"], row["last"], row["until"]) for row in rows] == [
        ("2020-05-01", "2020-05-31", "2020-06-01"),
        ("2021-03-01", "2021-03-01", "2021-03-02"),
    ]
    assert spec["title"]["subtitle"] == ["1 without a date not shown"]
    own = events.rename({"start_date": "begun"})
    mapped = sd.charts.timeline(own, label="kind", columns={"start_date": "begun"}, title="Strikes").to_dict()
    assert rows_of(mapped) == rows


def test_events_may_last() -> None:
    events = pl.DataFrame({"kind": ["strike"], "start_date": ["2020-05-01"], "end_date": ["2020-06"]})
    rows = rows_of(sd.charts.timeline(events, label="kind", end="end_date"), 0)
    assert rows[0]["last"] == "2020-06-30"


def test_without_a_date_there_is_no_timeline() -> None:
    with pytest.raises(UsageError, match="no row has a date"):
        sd.charts.timeline(pl.DataFrame({"kind": ["a"], "start_date": [None]}), label="kind")
