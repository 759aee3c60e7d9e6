"""Steps hold from their first day; several lines are named, one is not."""

from __future__ import annotations

from datetime import date

import polars as pl

from socdialog.display.step_chart import decimal_year, steps


def frame(*rows: tuple[date, float, str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["start", "value", "line"], orient="row")


def test_steps_are_held_until_the_next_and_years_have_decimals() -> None:
    chart = steps(
        frame((date(2020, 7, 2), 5.0, ""), (date(2019, 1, 1), 4.0, "")), title="Pay in 2020", subtitle="A month"
    ).to_dict(validate=False)
    line, points = chart["layer"]
    assert line["mark"]["interpolate"] == "step-after"
    (values,) = {id(one): one for one in chart.get("datasets", {}).values()}.values() or [line["data"]["values"]]
    assert [row["at"] for row in values] == [2019.0, 2020.5]
    assert line["encoding"]["x"]["scale"]["domain"] == [2019, 2021]
    assert "labelExpr" not in str(points["encoding"]["y"])


def test_several_lines_are_named_next_to_their_last_value() -> None:
    chart = steps(
        frame((date(2020, 1, 1), 5.0, "gross"), (date(2020, 1, 1), 4.0, "net")), title="Pay", subtitle="A month"
    ).to_dict(validate=False)
    assert "gross" in str(chart["layer"][1]["encoding"]["y"]["axis"]["labelExpr"])


def test_a_day_is_a_part_of_its_year() -> None:
    assert decimal_year(date(2024, 12, 31)) < 2025
    assert decimal_year(date(2024, 7, 2)) == 2024.5
