"""Runs every worked example of tests/spec/examples: what the documentation shows is what is tested."""

from __future__ import annotations

import math
from datetime import date

import polars as pl
import pytest
from spec_tables import expected, frame, given, tolerance

from docs.specifications import Case, read_grid, specifications
from socdialog import metrics
from socdialog.results import Result

ALL = [case for specification in specifications() for case in specification.cases]
SUBJECTS = {name: getattr(metrics, name) for name in metrics.__all__}


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.title}")
def test_spec(case: Case) -> None:
    assert case.when, "the case has no 'when'"
    tables = given(case)
    if list(tables) == [""]:
        check_rows(case)
    else:
        found = evaluated(case, tables)
        assert isinstance(found, Result)
        check_table(case, found.frame)


def check_rows(case: Case) -> None:
    """Call with the cells of each row, and, where it is a formula, once more with whole columns."""
    table = given(case)[""]
    assert table.height == expected(case).height, "given and then have different numbers of rows"
    one_by_one = [as_value(evaluated(case, row)) for row in table.rows(named=True)]
    check_table(case, pl.DataFrame(one_by_one, infer_schema_length=None))
    if "as columns" in (case.text + case.title).lower():
        columns = evaluated(case, {name: pl.col(name) for name in table.columns})
        assert isinstance(columns, pl.Expr)
        check_table(case, table.select(columns.alias("value")))


def evaluated(case: Case, names: object) -> object:
    assert isinstance(names, dict)
    return eval(case.when, {**SUBJECTS, "date": date}, names)  # noqa: S307 - the specifications are ours


def as_value(found: object) -> dict[str, object]:
    """Return the fields of what a call gave: a number or a text is its value."""
    if found is None or isinstance(found, int | float | str):
        return {"value": found}
    return {name: getattr(found, name) for name in type(found).__dataclass_fields__}  # type: ignore[attr-defined]


def check_table(case: Case, found: pl.DataFrame) -> None:
    wanted_table = expected(case)
    assert found.height == wanted_table.height, f"{found.height} rows, expected {wanted_table.height}:\n{found}"
    near = tolerance(case)
    for name in wanted_table.columns:
        cells = found.get_column(name).to_list()
        for line, (got, wanted) in enumerate(zip(cells, wanted_table.get_column(name).to_list(), strict=True), start=1):
            assert alike(got, wanted, near), f"{name}, line {line}: {got!r}, expected {wanted!r}"


def alike(got: object, wanted: object, near: float) -> bool:
    if isinstance(wanted, list) or isinstance(got, list):
        return (got or None) == wanted
    if isinstance(wanted, float) and isinstance(got, int | float) and not isinstance(got, bool):
        return math.isclose(got, wanted, rel_tol=0, abs_tol=near)
    return got == wanted


def test_every_case_names_the_source_of_its_expected_values() -> None:
    assert ALL
    assert not [f"{case.file}: {case.title}" for case in ALL if "Source:" not in case.text]


def test_a_wrong_expectation_fails() -> None:
    table = read_grid(["| members | employees |", "|---|---|", "| 1 | 4 |"])
    wrong = read_grid(["| value |", "|---|", "| 26 |"])
    case = Case("", "", "", (table,), "membership.net_density_pct(members, employees)", wrong)
    with pytest.raises(AssertionError, match="expected 26"):
        check_rows(case)


def test_a_case_without_a_table_out_fails() -> None:
    with pytest.raises(AssertionError, match="no 'then'"):
        test_spec(Case("", "", "", (read_grid(["| a |", "|---|", "| 1 |"]),), "a", None))


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="has not 2 cells"):
        read_grid(["| a | b |", "|---|---|", "| 1 |"])


def test_an_expected_null_is_not_a_zero() -> None:
    assert not alike(0.0, None, 1e-9)
    assert not alike(None, 0.0, 1e-9)
    assert frame(read_grid(["| a |", "|---|", "|  |"])).get_column("a").to_list() == [None]
