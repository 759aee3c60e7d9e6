"""A frame of any library is the same frame, and whatever a library writes for a missing value is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from socdialog.errors import UsageError
from socdialog.inputs import as_polars, is_missing, listed, number, numbers
from socdialog.metrics import agreement, bargaining, intervals, membership
from socdialog.results import Result, tidy

WANTED = {"country": ["KAZ", None], "workers": [500.0, None], "day": [date(2020, 1, 1), None]}
FRAMES: dict[str, Callable[[], Any]] = {
    "polars": lambda: pl.DataFrame(WANTED),
    "polars with NaN": lambda: pl.DataFrame(WANTED).with_columns(pl.col("workers").fill_null(float("nan"))),
    "lazy": lambda: pl.DataFrame(WANTED).lazy(),
    "pandas": lambda: pd.DataFrame({**WANTED, "day": [pd.Timestamp("2020-01-01"), pd.NaT]}),
    "pandas nullable": lambda: pd.DataFrame(
        {"country": ["KAZ", pd.NA], "workers": pd.array([500, pd.NA], dtype="Int64"), "day": WANTED["day"]}
    ),
    "pandas objects": lambda: pd.DataFrame({**WANTED, "workers": [500, pd.NA]}, dtype=object),
    "pandas categories": lambda: pd.DataFrame({**WANTED, "country": pd.Categorical(["KAZ", None])}),
    "arrow": lambda: pa.table(WANTED),
}


@pytest.mark.parametrize("library", FRAMES)
def test_a_frame_of_any_library_is_read_alike(library: str) -> None:
    found = as_polars(FRAMES[library]()).with_columns(pl.col("workers").cast(pl.Float64), pl.col("day").cast(pl.Date))
    assert found.to_dict(as_series=False) == WANTED


def test_what_is_no_frame_is_refused() -> None:
    for wrong in ("events", 5, None, [1, 2]):
        with pytest.raises(UsageError, match="is not a table"):
            as_polars(wrong)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="cannot be read"):
        as_polars(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_a_result_is_its_frame() -> None:
    frame = tidy(pl.DataFrame({"value": [1.0]}), unit="events")
    assert as_polars(Result("x", frame, "d")) is frame


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_every_form_of_missing_is_missing(missing: Any) -> None:
    assert is_missing(missing)
    assert listed([1, missing], name="codes") == [1, None]
    assert number(missing, name="days") is None
    first, second = [1, 1, 2, 2, missing, 1], [1, 2, 2, 2, 2, missing]
    assert agreement.cohen_kappa(first, second) == agreement.cohen_kappa([1, 1, 2, 2], [1, 2, 2, 2]) == 0.5
    assert agreement.krippendorff_alpha([first, second], level="interval") == agreement.krippendorff_alpha(
        [[1, 1, 2, 2], [1, 2, 2, 2]], level="interval"
    )
    assert membership.net_density_pct(missing, 100.0) is None
    assert intervals.wilson(missing, 10) is None
    assert intervals.herfindahl([1, missing]) is None
    assert bargaining.concentration([0.5, missing]) is None


def test_columns_of_any_library_are_lists() -> None:
    for column in (
        pl.Series([1.0, None]),
        pd.Series([1.0, None]),
        pa.array([1.0, None]),
        pl.Series([1.0, None]).to_numpy(),
    ):
        assert numbers(column, name="days") == [1.0, None]
    with pytest.raises(UsageError, match="'AB' is not a list"):
        agreement.cohen_kappa("AB", "AB")
    with pytest.raises(UsageError, match="days: 'x' is not a number"):
        numbers([1, "x"], name="days")


def test_a_formula_takes_columns() -> None:
    members, employees = pd.Series([50, None]), pl.Series([100, 100])
    found = membership.net_density_pct(members, employees)  # type: ignore[type-var]
    assert found.to_list() == [50.0, None]
    assert membership.net_density_pct(members, 100.0).to_list() == [50.0, None]
    with pytest.raises(UsageError, match="do not belong together"):
        membership.net_density_pct(pl.Series([1.0]), employees)
    with pytest.raises(UsageError, match="'50' is not a list"):
        membership.net_density_pct("50", 100.0)
