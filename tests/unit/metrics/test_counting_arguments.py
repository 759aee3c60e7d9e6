"""Each formula over numbers × each form of missing × each wrong argument: null, or one clear error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import Parameter, isfunction, signature
from typing import Any

import pandas as pd
import polars as pl
import pytest

from socdialog import metrics
from socdialog.errors import UsageError
from socdialog.metrics import counting

#: Arguments that are no quantities, and what they may be.
OPTIONS: dict[str, Any] = {
    "confidence": 0.95,
    "denominator_concept": "employees",
    "denominator_source": "a register",
    "employees_unit": "persons",
    "excluded_unit": "as_employees",
    "method": "byar",
    "workers_unit": "persons",
}
#: Formulas that read a missing value in their own way, or take lists or words; they have tests of their own.
OTHERS = {"compare_words", "effective_number_of_confederations", "rate_ratio", "shares"}
MISSING = (None, float("nan"), pd.NA, pd.NaT)


def formulas() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function whose first argument is a number, by name."""
    for subject in metrics.__all__:
        module = import_module(f"socdialog.metrics.{subject}")
        for name in module.__all__:
            formula = getattr(module, name)
            first = next(iter(signature(formula).parameters.values()), None) if isfunction(formula) else None
            taken = None if first is None else str(first.annotation)
            if taken in {"Quantity", "float | None", "int | None"} and name not in OTHERS:
                yield name, formula


FORMULAS = dict(formulas())


def quantities(formula: Callable[..., Any]) -> list[str]:
    return [
        name
        for name, one in signature(formula).parameters.items()
        if name not in OPTIONS and one.default is Parameter.empty
    ]


def options(formula: Callable[..., Any]) -> dict[str, Any]:
    return {name: OPTIONS[name] for name in signature(formula).parameters if name in OPTIONS}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_missing_value_gives_none(name: str) -> None:
    formula = FORMULAS[name]
    names, given = quantities(formula), options(formula)
    assert formula(**dict.fromkeys(names, 1), **given) is not None or name == "adjusted_coverage_pct"
    for lacking in names:
        for missing in MISSING:
            assert formula(**(dict.fromkeys(names, 1) | {lacking: missing}), **given) is None


@pytest.mark.parametrize("name", FORMULAS)
def test_what_is_no_number_is_refused(name: str) -> None:
    formula = FORMULAS[name]
    names, given = quantities(formula), options(formula)
    for wrong in names:
        for value in ("5", True, object()):
            with pytest.raises(UsageError, match=r"is not a (number|list)"):
                formula(**(dict.fromkeys(names, 1) | {wrong: value}), **given)


@pytest.mark.parametrize("name", [name for name, one in FORMULAS.items() if "Quantity" in str(signature(one))])
def test_columns_give_what_numbers_give_one_by_one(name: str) -> None:
    formula = FORMULAS[name]
    names, given = quantities(formula), options(formula)
    columns = {one: [1.0 + at, None, 5.0] for at, one in enumerate(names)}
    wanted = [formula(**{one: columns[one][row] for one in names}, **given) for row in range(3)]
    for library in (pl.Series, pd.Series):
        found = formula(**{one: library(values) for one, values in columns.items()}, **given)
        assert found.to_list() == pytest.approx(wanted, nan_ok=True)
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Float64))
    found = frame.select(formula(**{one: pl.col(one) for one in names}, **given).alias("value"))["value"]
    assert found.to_list() == pytest.approx(wanted, nan_ok=True)


def test_all_formulas_are_found() -> None:
    assert {"net_density_pct", "days_per_worker", "wilson", "chapman"} <= set(FORMULAS)
    assert counting.worked(lambda one: one * 2, 2.0) == 4.0
