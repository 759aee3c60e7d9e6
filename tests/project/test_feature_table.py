"""Each feature that the page on ILOSTAT claims names a test that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ilostat.md"
_ID = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def unheld(text: str, root: Path) -> Iterator[str]:
    """The features of the table whose row names no test, or one that is not there."""
    table = text.partition("## Features")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        found = _ID.fullmatch(cells[-1])
        if found is None or found[2] not in names_in(root / found[1]):
            yield cells[0]


def names_in(path: Path) -> set[str]:
    """The functions of a file of tests; none where there is no file."""
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_feature_is_held_by_a_test() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("\n| ") > 20
    assert list(unheld(text, ROOT)) == []


@pytest.mark.parametrize(
    "cell", ["", "yes", "`tests/project/test_feature_table.py`", "`tests/project/test_feature_table.py::test_gone`",
             "`tests/project/test_none.py::test_every_feature_is_held_by_a_test`"]
)  # fmt: skip
def test_a_feature_without_a_test_is_found(cell: str) -> None:
    held = "| whole | no | yes | `tests/project/test_feature_table.py::test_every_feature_is_held_by_a_test` |"
    head = "# X\n## Features\n| feature | a | b | test |\n|---|---|---|---|"
    text = f"{head}\n{held}\n| loose | no | yes | {cell} |\n## Y\n"
    assert list(unheld(text, ROOT)) == ["loose"]
