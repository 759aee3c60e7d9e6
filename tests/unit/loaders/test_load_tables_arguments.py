"""Each loader and chart × each wrong argument: one clear error, never an empty table."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import socdialog as sd
from socdialog.errors import UsageError

WRONG: dict[str, tuple[Any, ...]] = {
    "countries": ("Atlantis", ["KAZ", "Atlantis"], [], 5, [None], float("nan")),
    "since": ("soon", "2018-13", True, 2018.5, float("nan"), pd.NaT, ""),
    "until": ("soon", "2018-13", True, 2018.5, float("nan"), pd.NaT, ""),
    "kind": ("strikes", ["strike", "walkouts"], [], 5),
    "topic": ("wage", [], 5),
    "organisation": ("Atlantis Union", 5),
    "text": ("", " ", 5),
    "indicator": ("no such indicator", [], 5),
    "source": ("no such source", [], 5),
    "convention": ("C999", [], 5),
    "labels": ("xx", 5, None),
    "vintage": ("1066-01",),
}
LOADERS: dict[str, Callable[..., Any]] = {name: getattr(sd, name) for name in sd.__all__ if name.startswith("load_")}
PAIRS = [(name, option) for name in LOADERS for option in signature(LOADERS[name]).parameters if option in WRONG]


@pytest.mark.parametrize(("name", "option"), PAIRS)
def test_a_wrong_option_is_one_clear_error(name: str, option: str, cleaned: Path) -> None:
    for wrong in WRONG[option]:
        with pytest.raises(UsageError) as refused:
            LOADERS[name](data=cleaned, **{option: wrong})
        assert str(refused.value).strip(), wrong


@pytest.mark.parametrize("name", [name for name, load in LOADERS.items() if "since" in signature(load).parameters])
def test_reversed_dates_are_an_error(name: str, cleaned: Path) -> None:
    with pytest.raises(UsageError, match="is later than until"):
        LOADERS[name](data=cleaned, since=2020, until="2019-05")


def test_every_option_is_tested_here() -> None:
    assert {option for load in LOADERS.values() for option in signature(load).parameters} <= {*WRONG, "data"}


def test_every_function_is_documented_in_full() -> None:
    for load in LOADERS.values():
        words = str(load.__doc__)
        for heading in ("Parameters", "Returns", "Raises", "Columns", "Examples"):
            assert f"    {heading}\n    {'-' * len(heading)}\n" in words, load.__name__
        for option in signature(load).parameters:
            assert f"    {option}\n" in words, (load.__name__, option)
