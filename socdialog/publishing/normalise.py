"""An executed notebook as the same bytes each time: no clock, no path, no number that changes by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_BANNERS = frozenset({"papermill-error-cell-tag"})
_DIV = re.compile(r"altair-viz-([0-9a-f]{32})")
_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]{6,}>")


def normalised(notebook: Mapping[str, Any]) -> bytes:
    """Return an executed notebook as bytes that depend on nothing but what ran and what came out."""
    cells = [_cell(cell) for cell in notebook["cells"] if not _BANNERS & set(_tags(cell))]
    injected = 0
    for cell in cells:
        if "injected-parameters" in _tags(cell):
            cell["id"] = f"injected-{injected}"
            injected += 1
    content = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": notebook["nbformat"],
        "nbformat_minor": notebook["nbformat_minor"],
    }
    return (_stable(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)) + "\n").encode()


def _cell(cell: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: cell[name] for name in ("id", "cell_type", "source", "attachments") if name in cell}
    kept["metadata"] = {"tags": sorted(_tags(cell))} if _tags(cell) else {}
    if cell["cell_type"] == "code":
        kept["execution_count"] = cell.get("execution_count")
        kept["outputs"] = [dict(output) for output in cell.get("outputs", ())]
    return kept


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", ()))


def _stable(text: str) -> str:
    """Replace what is drawn at random, or lies at an address."""
    names: dict[str, str] = {}

    def rename(found: re.Match[str]) -> str:
        return names.setdefault(found[1], f"altair-viz-{len(names)}")

    return _ADDRESS.sub(">", _DIV.sub(rename, text))
