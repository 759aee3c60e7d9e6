"""Each metric over tables × each frame type × each form of missing × each wrong argument: right, or one clear error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from inspect import Parameter, isfunction, signature
from typing import Any

import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from socdialog import metrics
from socdialog.errors import UsageError
from socdialog.intake.disputes import build_disputes
from socdialog.loaders.fresh import Frozen
from socdialog.results import Result

Tables = Mapping[str, pl.DataFrame]
OWN = pl.DataFrame(
    {
        "country": ["KAZ", "KAZ", "TUR"],
        "year": [2019, 2020, 2020],
        "value": [1.0, None, 3.0],
        "members": [5.0, None, 7.0],
        "employees": [10.0, 20.0, 30.0],
        "covered": [4.0, 5.0, None],
        "excluded": [1.0, None, 2.0],
        "workers": [100.0, None, 300.0],
        "days_not_worked": [10.0, 20.0, None],
        "duration_days": [1.0, None, 3.0],
        "completed": [True, False, None],
        "start_date": ["2019-05", None, "2020"],
        "end_date": ["2019-06-01", "2020-07", None],
        "event_id": ["a", "a", "b"],
        "org_id": ["x", "y", None],
        "kind": ["strike", None, "meeting"],
        "topics": [["wages"], [], None],
    }
)
#: What each argument may be, by its name.
RIGHT: Mapping[str, Any] = {
    "as_of": "2024-06",
    "basis": "in_effect",
    "by": "country",
    "columns": None,
    "countries": ["KAZ", "Türkiye"],
    "country": "Kazakhstan",
    "denominator_concept": "employees",
    "denominator_source": "a register",
    "employees": "ICTWSS_WSEE",
    "employees_unit": "persons",
    "excluded_unit": "as_employees",
    "field": "kind",
    "fields": ["kind", "topics"],
    "group": "fundamental",
    "indicator": "EMPLOYED_TH",
    "inputs": ["members"],
    "members_are_net": True,
    "since": 2015,
    "unit": "percent",
    "until": date(2022, 12, 31),
    "value": "value",
    "workers_unit": "persons",
}
#: What an argument may be of one metric.
RIGHT_OF: Mapping[str, Mapping[str, Any]] = {
    "without_missing_codes": {"fields": "members"},
    "rates_by_year": {"source": "ICTWSS"},
}
#: What no argument of this name may be.
WRONG: Mapping[str, tuple[Any, ...]] = {
    "as_of": ("soon", "2024-13", None, 20240601, float("nan"), pd.NaT),
    "at_least": (0, -1, 1.5, "3", None),
    "basis": ("begining", None, 5),
    "by": ("contry", ["country", "contry"], 5),
    "classification": ("SEX_X", 5),
    "columns": ("workers", {"nothing": "country"}, {"country": "nothing"}),
    "countries": ("Atlantis", ["KAZ", "Atlantis"], [], 5, None),
    "country": ("Kazakhstn", "Atlantis", "", 5, None, ["KAZ"], float("nan")),
    "employees": ("EMPLOYED_T", 5, None),
    "employees_unit": ("person", None),
    "excluded_unit": ("percent", 5),
    "field": ("kinds", 5, None),
    "fields": ("kinds", ["kind", "kinds"], 5),
    "group": ("technical", "fundamentals", 5, None),
    "indicator": ("EMPLOYED_T", "", 5, None),
    "inputs": ("member", 5),
    "kinds": ("strikes", ["strike", "walkouts"], [], 5),
    "limit": (0, -1, 2.5, "ten", None),
    "of": ("worker", 5, None),
    "since": ("soon", "2018-13", True, 2018.5, float("nan"), pd.NaT),
    "source": ("ILOSTT", 5),
    "unit": ("", 5, None),
    "until": ("soon", "2018-13", True, 2014),
    "value": ("valu", 5, None),
    "within_years": (0, 1.5, "3", None),
    "workers_unit": ("person", None),
}
#: Switches that are read as true or false, and what is a table.
SWITCHES = {"members_are_net", "none_excluded_where_missing"}
OWN_TABLES = {"frame", "pairs", "values"}
TABLES = {
    *("events", "actors", "organisations", "sources", "reports", "figures", "institutions", "conventions"),
    *("ratifications", "country_years", "not_published", "memberships", "disputes", "indicators"),
}


def over_tables() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public metric that takes a table, by subject and name, each once."""
    seen = set()
    for subject in metrics.__all__:
        module = import_module(f"socdialog.metrics.{subject}")
        for name in module.__all__:
            metric = getattr(module, name)
            if isfunction(metric) and metric not in seen and tables_of(metric):
                seen.add(metric)
                yield f"{subject}.{name}", metric


def tables_of(metric: Callable[..., Any]) -> list[str]:
    return [name for name in signature(metric).parameters if name in TABLES | OWN_TABLES]


METRICS = dict(over_tables())
PAIRS = [
    (name, option) for name, metric in METRICS.items() for option in signature(metric).parameters if option in WRONG
]


@pytest.fixture(scope="module")
def given(shipped_data: Frozen) -> Tables:
    """Tables by the names of arguments."""
    stored = shipped_data.snapshot.tables()
    return {**stored, "disputes": build_disputes(stored), **dict.fromkeys(OWN_TABLES, OWN)}


def arguments(metric: Callable[..., Any], given: Tables) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, parameter in signature(metric).parameters.items():
        if name in TABLES | OWN_TABLES:
            found[name] = given[name]
        elif parameter.default is Parameter.empty or name in {"by", "since", "until"}:
            found[name] = RIGHT.get(name, parameter.default)
    return found | dict(RIGHT_OF.get(metric.__name__, {}))


def frame_of(found: Any) -> pl.DataFrame:
    return found.frame if isinstance(found, Result) else found


def in_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    return frame.to_pandas()


def with_na(frame: pl.DataFrame) -> pd.DataFrame:
    """The frame with pandas' NA wherever a value is missing."""
    found = frame.to_pandas().astype(object)
    missing = pl.DataFrame({name: frame.get_column(name).is_null() for name in frame.columns}).to_pandas()
    return found.mask(missing, pd.NA)


def with_nan(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Float64).fill_null(float("nan")))


TYPES: dict[str, Callable[[pl.DataFrame], Any]] = {
    "lazy": pl.DataFrame.lazy,
    "pandas": in_pandas,
    "pandas with NA": with_na,
    "arrow": pl.DataFrame.to_arrow,
    "NaN": with_nan,
}


@pytest.mark.parametrize("name", METRICS)
def test_frames_of_every_type_and_every_form_of_missing_give_the_same(
    name: str, given: Mapping[str, pl.DataFrame]
) -> None:
    metric = METRICS[name]
    right = arguments(metric, given)
    wanted = frame_of(metric(**right))
    for kind, converted in TYPES.items():
        same = {key: converted(value) if isinstance(value, pl.DataFrame) else value for key, value in right.items()}
        found = frame_of(metric(**same))
        # A table that is returned as it was given has the types of its library.
        assert_frame_equal(found, wanted, check_dtypes=isinstance(metric(**right), Result)), kind


@pytest.mark.parametrize(("name", "option"), PAIRS)
def test_a_wrong_argument_is_one_clear_error(name: str, option: str, given: Tables) -> None:
    metric = METRICS[name]
    right = arguments(metric, given)
    for wrong in WRONG[option]:
        if wrong is None and signature(metric).parameters[option].default is None:
            continue
        with pytest.raises(UsageError) as refused:
            metric(**(right | {option: wrong}))
        assert str(refused.value).strip()


@pytest.mark.parametrize("name", METRICS)
def test_a_table_that_lacks_a_column_is_right_or_says_what_it_lacks(
    name: str, given: Mapping[str, pl.DataFrame]
) -> None:
    metric = METRICS[name]
    right = arguments(metric, given)
    for table in tables_of(metric):
        if table not in right:
            continue
        for wrong in ("events", 5, [1, 2]):
            with pytest.raises(UsageError, match="is not a table"):
                metric(**(right | {table: wrong}))
        for column in right[table].columns:
            try:
                metric(**(right | {table: right[table].drop(column)}))
            except UsageError as refused:
                assert column.removesuffix("_first").removesuffix("_last") in str(refused)  # noqa: PT017


@pytest.mark.parametrize("name", METRICS)
def test_what_a_metric_needs_stands_in_its_documentation(name: str, given: Tables) -> None:
    """A column without which it refuses to work is named where its parameters are described."""
    metric = METRICS[name]
    right = arguments(metric, given)
    told = [one for one in METRICS.values() if one is metric or f"`{one.__name__}`" in str(metric.__doc__)]
    words = "".join(str(one.__doc__) for one in told)
    asked = str([value for value in right.values() if isinstance(value, str | list)]) + str(signature(metric))
    for table in (one for one in tables_of(metric) if one in right):
        for column in right[table].columns:
            try:
                metric(**(right | {table: right[table].drop(column)}))
            except UsageError:
                stem = column.removesuffix("_first").removesuffix("_last").removesuffix("_date")
                assert stem in words or column in asked, (table, column)


def test_every_switch_and_option_is_known_here() -> None:
    """An option that a metric gains is tested with wrong values, or is a switch."""
    known = {*WRONG, *SWITCHES, *TABLES, *OWN_TABLES, "denominator_concept", "denominator_source"}
    assert {name for metric in METRICS.values() for name in signature(metric).parameters} <= known
