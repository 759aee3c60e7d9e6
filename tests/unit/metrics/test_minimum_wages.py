"""The minimum wage in force is the latest that has begun, for workers in general, never a future one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
import pytest
from small_page import rows

from socdialog.metrics import minimum_wages as metric

AS_OF = date(2024, 6, 30)


def wage(begin: str | None, value: float, scope: str = "national", **cells: object) -> Mapping[str, object]:
    padded = None if begin is None else date.fromisoformat(f"{begin}-01-01"[:10])
    about = {"country": "PER", "currency": "PEN", "per": "month", "scope": scope, "from": begin, "from_first": padded}
    return about | {"value": value} | cells


def in_force(*wages: Mapping[str, object]) -> list[tuple[object, ...]]:
    table = rows("minimum_wages", list(wages))
    found = metric.in_force_on(table, country="PER", as_of=AS_OF)
    return found.select("value", "counted", "since", "evidence").rows()


@pytest.mark.parametrize(
    ("wages", "found"),
    [
        ([], []),
        ([wage(None, 100)], []),
        ([wage("2025", 300)], []),
        ([wage("2020", 100), wage("2022", 200), wage("2025", 300)], [(200, "", "2022", ["minimum_wages:1"])]),
        (
            [wage("2019", 90), wage("2020", 100), wage("2022", 100), wage(None, 999)],
            [(100, "", "2020", ["minimum_wages:1", "minimum_wages:2"])],
        ),
        (
            [wage("2020", 100, "national, all sectors"), wage("2022", 900, "nurses")],
            [(100, "", "2020", ["minimum_wages:0"])],
        ),
        (
            [wage("2022", 120, "gross"), wage("2022", 100, "net; single worker"), wage("2021", 100, "gross")],
            [(120, "gross", "2022", ["minimum_wages:0"]), (100, "net", "2022", ["minimum_wages:1"])],
        ),
        (
            [wage("2022", 100), wage("2022", 110)],
            [(100, "", "2022", ["minimum_wages:0"]), (110, "", "2022", ["minimum_wages:1"])],
        ),
        ([wage("2022", 100, country="CHL")], []),
    ],
)
def test_the_latest_amount_that_has_begun_and_since_when_it_is_the_same(
    wages: list[Mapping[str, object]], found: list[tuple[object, ...]]
) -> None:
    assert in_force(*wages) == found


def test_one_amount_of_two_sources_is_one_step() -> None:
    steps = metric.general_steps(rows("minimum_wages", [wage("2022", 100), wage("2022", 100, "general")]))
    assert steps.select("value", "evidence").rows() == [(100, ["minimum_wages:0", "minimum_wages:1"])]


def test_the_order_of_rows_says_nothing() -> None:
    table = rows("minimum_wages", [wage("2020", 100), wage("2022", 120, "net"), wage("2022", 100, "gross")])
    expected = metric.in_force_on(table, country="PER", as_of=AS_OF)
    assert metric.in_force_on(table.reverse(), country="PER", as_of=AS_OF).equals(expected)
    assert isinstance(expected, pl.DataFrame)
