"""Metrics a researcher can defend: clean tables in, tidy results out; no files, no plotting.

Each metric is a small pure function. Formulas over numbers (``membership.net_density_pct``) take plain numbers or
polars expressions; metrics over tables return a `socdialog.results.Result` with value, unit, n, known
of n, bounds and evidence. Subjects are modules, ``metrics.activity`` or ``metrics.disputes``; each is loaded when first
used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

#: The subjects, each a module.
SUBJECTS = (
    "activity",
    "agreement",
    "bargaining",
    "co_participation",
    "comparisons",
    "disputes",
    "intervals",
    "membership",
    "official",
    "standards",
)


def __getattr__(name: str) -> ModuleType:
    """Load a subject when it is first used."""
    if name in SUBJECTS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; subjects: {', '.join(SUBJECTS)}")


def __dir__() -> list[str]:
    """Return the subjects."""
    return sorted(SUBJECTS)
