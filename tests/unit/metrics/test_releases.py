"""Releases sort by the numbers in them, where they are written in one form that sorts."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.metrics import official
from socdialog.metrics.releases import release_order

FORMS = [
    ["6.1", "6.2", "10.0", "10.1"],
    ["2026-9", "2026-10", "2027-1"],
    ["2021", "2026"],
    ["v2", "v9", "v10"],
    ["2020Q4", "2021Q1"],
    ["1.9.9", "1.10.0", "1.10.10"],
]


def newest(vintages: list[str]) -> list[str]:
    """Return the release whose value is called the newest."""
    cells = {"country": "AAA", "indicator": "X", "year": 2020, "unit": "count", "source": "S", "value": 1.0}
    frame = pl.DataFrame([cells | {"vintage": one, "row_id": one} for one in sorted(vintages, reverse=True)])
    frame = frame.with_columns(
        pl.lit(None, dtype=pl.String).alias(name) for name in ("classification", "obs_status", "note")
    )
    absent = frame.clear().select("country", "indicator", "classification", "source", "vintage", "note", "row_id")
    return official.latest_official(frame, absent, country="AAA", indicator="X").frame["vintage"].to_list()


@pytest.mark.parametrize("releases", FORMS, ids=str)
def test_numbers_in_releases_count_as_numbers(releases: list[str]) -> None:
    frame = pl.DataFrame({"vintage": sorted(releases, reverse=True)})
    assert frame.sort(release_order())["vintage"].to_list() == releases
    assert newest(releases) == releases[-1:]


@pytest.mark.parametrize("pair", [["2020-10", "6.1"], ["Feb 2026", "Oct 2025"], ["09/2025", "02/2026"], ["6", "6.1"]])
def test_what_has_no_order_has_no_newest(pair: list[str]) -> None:
    with pytest.raises(UsageError, match="different forms, or with the year last") as told:
        newest(pair)
    assert all(one in str(told.value) for one in pair)
    assert newest(pair[:1]) == pair[:1]
