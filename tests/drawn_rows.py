"""The rows that a layer of a chart draws, wherever its specification keeps them."""

from __future__ import annotations

from typing import Any


def rows_of(chart: Any, layer: int = 0) -> list[dict[str, Any]]:
    spec = chart if isinstance(chart, dict) else chart.to_dict()
    data = spec["layer"][layer].get("data", spec.get("data"))
    return list(data["values"] if "values" in data else spec["datasets"][data["name"]])
