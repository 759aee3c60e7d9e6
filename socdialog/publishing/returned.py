"""Whether an executed notebook is the one that was sent: what a worker returns is data, and may be anything."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from typing import Any

from socdialog.errors import DataError
from socdialog.publishing.executor import Task

_INJECTED = "injected-parameters"


def refuse_other_cells(task: Task, executed: Mapping[str, Any]) -> None:
    """Refuse an executed notebook whose cells or parameters are not those of `task`; its outputs may be any.

    Raises
    ------
    DataError
        When a cell is another one, is missing or added, or a parameter has another value.
    """
    try:
        own = _cells(executed)
        given = dict(_assigned("\n".join(_text(cell["source"]) for cell in executed["cells"] if _is_injected(cell))))
    except (KeyError, TypeError, AttributeError, ValueError, SyntaxError, RecursionError):
        raise DataError("the worker returned no executed notebook") from None
    if own != _cells(json.loads(task.notebook)):
        raise DataError("the worker returned a different notebook: its cells differ")
    if given != json.loads(json.dumps(dict(task.parameters))):
        raise DataError("the worker returned a different notebook: its parameters differ")


def _cells(notebook: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(cell["cell_type"], _text(cell["source"])) for cell in notebook["cells"] if not _is_injected(cell)]


def _is_injected(cell: Mapping[str, Any]) -> bool:
    return _INJECTED in cell.get("metadata", {}).get("tags", ())


def _text(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _assigned(source: str) -> Iterator[tuple[str, object]]:
    """Yield the names that a cell of parameters gives values to."""
    for line in ast.parse(source).body:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            raise TypeError("no parameter")
        yield line.targets[0].id, ast.literal_eval(line.value)
