"""No error in a check means that cleaning and building end well, whatever the study holds and wherever it lies."""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socdialog.loaders.fresh import check_study
from socdialog.loaders.load_tables import load_events
from tests.fuzz.contract import TODAY, hold
from tests.fuzz.mutations import Mutation
from tests.smaller_study import smaller_study


@pytest.fixture(scope="module")
def smaller(raw_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder ``data`` of a study of two countries."""
    data = tmp_path_factory.mktemp("smaller") / "data"
    return smaller_study(raw_folder, data, about=frozenset({"KGZ", "TJK"})).parent


@given(seed=st.integers(0, 2**32), times=st.integers(1, 3))
@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_a_mutated_study_keeps_the_contract(smaller: Path, tmp_path_factory, seed: int, times: int) -> None:
    data = tmp_path_factory.mktemp("mutated") / "data"
    shutil.copytree(smaller, data)
    mutation = Mutation(data / "raw", random.Random(seed))  # noqa: S311 - no secret
    done = [mutation.apply() for _ in range(times)]
    try:
        assert hold(data).violation == "", done
    finally:
        shutil.rmtree(data, ignore_errors=True)


#: Names that would choose other folders, or none, were they read as a pattern.
PATTERNS = ("survey [2026]", "a{b,c}", "*", "a 'b' \"c\"", "two\nlines", "Ғылым")


@pytest.mark.parametrize("name", ["".join(PATTERNS), *(pytest.param(one, marks=pytest.mark.long) for one in PATTERNS)])
def test_the_name_of_a_folder_is_no_pattern(smaller: Path, tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    shutil.copytree(smaller, data)
    assert hold(data).violation == ""
    assert load_events(data=data).height > 0


def _linked(raw: Path) -> None:
    (raw / "activity").rename(raw.parent / "elsewhere")
    (raw / "activity").symlink_to(raw.parent / "elsewhere")


#: Files of which a study has no use, and what stands in its cells that is odd and no error.
STRAY: dict[str, Callable[[Path], object]] = {
    "a name that is no text": lambda raw: Path(os.fsdecode(os.fsencode(raw) + b"/\xee\xf2.csv")).write_bytes(b"x"),
    "a pipe": lambda raw: os.mkfifo(raw / "law" / "pipe"),
    "a linked folder": _linked,
    "a loop": lambda raw: (raw / "loop").symlink_to(raw),
    "a broken link": lambda raw: (raw / "law" / "gone.csv").symlink_to("nowhere"),
}
ODD: dict[str, Callable[[Path], object]] = {
    "a date far ahead": lambda raw: _replace(raw / "registry" / "affiliations.csv", since="1000", until="2999-12-31"),
    "the word NO": lambda raw: _state(raw / "study.yaml", title="NO", region="no"),
}


def _state(path: Path, **entries: str) -> None:
    text = path.read_text(encoding="utf-8")
    for name, value in entries.items():
        text, replaced = re.subn(rf"(?m)^{name}: .*$", f"{name}: {value}", text)
        assert replaced == 1
    path.write_text(text, encoding="utf-8")


def _replace(path: Path, **cells: str) -> None:
    head, first, *rest = path.read_text(encoding="utf-8").split("\n")
    names, values = head.split(","), first.split(",")
    for name, value in cells.items():
        values[names.index(name)] = value
    path.write_text("\n".join([head, ",".join(values), *rest]), encoding="utf-8")


@pytest.mark.parametrize(
    "names",
    [
        pytest.param((*STRAY, *ODD), id="all at once"),
        *(pytest.param((one,), marks=pytest.mark.long, id=one) for one in (*STRAY, *ODD)),
    ],
)
def test_what_is_odd_and_no_error_is_cleaned_and_shown(smaller: Path, tmp_path: Path, names: tuple[str, ...]) -> None:
    data = tmp_path / "data"
    shutil.copytree(smaller, data)
    for name in names:
        (STRAY | ODD)[name](data / "raw")
    assert check_study(data, today=TODAY).errors == ()
    outcome = hold(data, pages=1)
    assert (outcome.reached, outcome.violation) == ("pages", "")
