"""A result has every column of a result, and shows what it does not measure."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.results import COLUMNS, Result, tidy


def test_tidy_completes_columns_and_keeps_rows() -> None:
    frame = tidy(pl.DataFrame({"country": ["UZB", "KAZ"], "value": [0, None]}), unit="count")
    assert frame.columns == ["country", *COLUMNS]
    assert frame.get_column("value").to_list() == [0.0, None], "zero is zero and null is null"
    assert frame.get_column("unit").to_list() == ["count", "count"]
    assert frame.get_column("evidence").to_list() == [[], []]
    assert frame.get_column("country").to_list() == ["UZB", "KAZ"]


def test_a_result_lacks_nothing() -> None:
    with pytest.raises(ValueError, match="strikes: the result lacks unit, n"):
        Result("strikes", pl.DataFrame({"value": [1.0]}), "definition")


def test_one_value_and_its_display() -> None:
    one = Result("a<b", tidy(pl.DataFrame({"value": [2]}), unit="count"), "x & y", "z < z")
    assert one.value() == 2.0
    assert one.keys == []
    shown = one._repr_html_()
    assert "a&lt;b" in shown
    assert "x &amp; y" in shown
    assert "Limitations: z &lt; z" in shown
    with pytest.raises(UsageError, match="has 2 values"):
        Result("a", tidy(pl.DataFrame({"value": [1, 2]}), unit="count"), "").value()
