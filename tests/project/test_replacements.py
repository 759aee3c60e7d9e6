"""A map of codes may be empty in some study; polars then refuses to replace, or gives texts, unless told a default."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

PACKAGE = Path(__file__).parents[2] / "socdialog"


def unguarded(source: str) -> Iterator[int]:
    """The lines of a module on which codes are replaced without a default and a type."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in calls:
        named = {given.arg for given in call.keywords}
        if getattr(call.func, "attr", "") == "replace_strict" and not {"default", "return_dtype"} <= named:
            yield call.lineno


def test_every_replacement_has_a_default_and_a_type() -> None:
    found = [(path.name, line) for path in PACKAGE.rglob("*.py") for line in unguarded(path.read_text("utf-8"))]
    assert found == []


@pytest.mark.parametrize("left_out", ["default=None", "return_dtype=pl.Float64"])
def test_one_without_is_found(left_out: str) -> None:
    whole = "pl.col('unit').replace_strict(scale, default=None, return_dtype=pl.Float64)"
    assert list(unguarded(whole)) == []
    assert list(unguarded(whole.replace(f", {left_out}", ""))) == [1]


def test_an_empty_map_with_both_gives_what_is_missing_in_the_right_type() -> None:
    replaced = pl.col("unit").replace_strict({}, default=None, return_dtype=pl.Float64)
    frame = pl.DataFrame({"unit": ["persons"]})
    assert frame.select(replaced).rows() == [(None,)]
    assert (frame.clear().select(2.0 * replaced)).schema == {"literal": pl.Float64}
