"""Each chart × each type of frame × each wrong argument: the same chart, or one clear error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import UsageError
from tests.drawn_rows import rows_of

OWN = pl.DataFrame(
    {
        "country": ["KAZ", "TUR", "UZB"],
        "convention": ["C087", "C087", "C098"],
        "status": ["in_force", None, "denounced"],
        "org_a": ["a", "a", "b"],
        "org_b": ["b", "c", "c"],
        "year": [2018, 2019, 2021],
        "value": [1.0, None, 3.0],
        "release": ["x", "x", "x"],
        "label": ["A", "B", "C"],
        "start": [2018, 2019, 2020],
        "end": [2018, 2020, 2021],
        "certain": [True, False, True],
        "start_date": ["2018", None, "2020-05-03"],
    }
)
RIGHT: Mapping[str, Mapping[str, Any]] = {
    "bars": {"label": "country"},
    "by_year": {},
    "dots": {"label": "country"},
    "lines": {},
    "matrix": {},
    "network": {},
    "series": {},
    "spans": {},
    "timeline": {"label": "country"},
}
#: Names of columns that no frame here has, and what is no name.
COLUMNS = (
    "by",
    "claim",
    "columns",
    "end",
    "group",
    "high",
    "label",
    "low",
    "rows",
    "source",
    "start",
    "target",
    "value",
)
TYPES: Mapping[str, Callable[[pl.DataFrame], Any]] = {
    "lazy": pl.DataFrame.lazy,
    "pandas": pl.DataFrame.to_pandas,
    "arrow": pl.DataFrame.to_arrow,
    "NaN": lambda frame: frame.with_columns(pl.col("value").fill_null(float("nan"))),
}


def draw(name: str, frame: Any, **options: Any) -> Any:
    return getattr(sd.charts, name)(frame, title="T", subtitle="S", **(dict(RIGHT[name]) | options))


def test_every_chart_is_here() -> None:
    assert sorted(RIGHT) == sorted(sd.charts.__all__)


@pytest.mark.parametrize("name", RIGHT)
def test_frames_of_every_type_draw_the_same(name: str) -> None:
    wanted = draw(name, OWN)
    assert rows_of(wanted)
    for converted in TYPES.values():
        assert draw(name, converted(OWN)).to_dict() == wanted.to_dict()


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_no_frame_or_lacks_its_columns_is_refused(name: str) -> None:
    for wrong in ("events", 5, None):
        with pytest.raises(UsageError, match="is not a table"):
            draw(name, wrong)
    with pytest.raises(UsageError, match=r"not a known column|lacks columns"):
        draw(name, pl.DataFrame({"nothing": [1]}))


@pytest.mark.parametrize("name", RIGHT)
def test_a_column_that_is_not_there_is_refused(name: str) -> None:
    for option in (one for one in COLUMNS if one in signature(getattr(sd.charts, name)).parameters):
        with pytest.raises(UsageError, match=r"not a known column|lacks columns|no table has|is not a mapping"):
            draw(name, OWN, **{option: "nothing"})
