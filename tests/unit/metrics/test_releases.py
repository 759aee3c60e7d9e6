"""Releases sort by the numbers in them, where they are written in one form that sorts."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.metrics.releases import one_form, release_order


@pytest.mark.parametrize(
    "releases",
    [
        ["6.1", "6.2", "10.0", "10.1"],
        ["2026-9", "2026-10", "2027-1"],
        ["2021", "2026"],
        ["v2", "v9", "v10"],
        ["2020Q4", "2021Q1"],
        ["1.9.9", "1.10.0", "1.10.10"],
    ],
)
def test_numbers_in_releases_count_as_numbers(releases: list[str]) -> None:
    frame = pl.DataFrame({"source": "S", "vintage": sorted(releases, reverse=True)})
    one_form(frame, "X")
    assert frame.sort(release_order())["vintage"].to_list() == releases
    assert frame.filter(release_order() == release_order().max())["vintage"].to_list() == releases[-1:]


def test_one_number_written_two_ways_is_one_place_in_the_order() -> None:
    frame = pl.DataFrame({"vintage": ["2026-09", "2026-9"]}).select(release_order())
    assert frame["vintage"].n_unique() == 1


@pytest.mark.parametrize("pair", [("2020-10", "6.1"), ("Feb 2026", "Oct 2025"), ("09/2025", "02/2026"), ("6", "6.1")])
def test_what_has_no_order_has_no_newest(pair: tuple[str, str]) -> None:
    with pytest.raises(UsageError, match="not written in one form") as told:
        one_form(pl.DataFrame({"source": "S", "vintage": pair}), "X")
    assert all(one in str(told.value) for one in pair)


def test_each_source_has_a_form_of_its_own() -> None:
    one_form(pl.DataFrame({"source": ["S", "T", "T"], "vintage": ["2020-10", "6.1", None]}), "X")
