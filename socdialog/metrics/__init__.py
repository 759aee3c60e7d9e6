"""Metrics a researcher can defend: clean tables in, tidy results out; no files, no plotting.

Each metric is a small pure function. Formulas over numbers (``membership.net_density_pct``) take plain numbers or
polars expressions; metrics over tables return a `socdialog.results.Result` with value, unit, n, known
of n, bounds and evidence. Subjects are modules, ``metrics.activity`` or ``metrics.disputes``; each is loaded when first
used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from socdialog.advice import advice

if TYPE_CHECKING:
    from types import ModuleType

    from socdialog.metrics import (
        activity,
        agreement,
        bargaining,
        co_participation,
        comparisons,
        disputes,
        institutions,
        intervals,
        membership,
        official,
        standards,
    )

#: The subjects, each a module.
__all__ = [
    "activity",
    "agreement",
    "bargaining",
    "co_participation",
    "comparisons",
    "disputes",
    "institutions",
    "intervals",
    "membership",
    "official",
    "standards",
]
__dir__ = __all__.copy


def __getattr__(name: str) -> ModuleType:
    """Load a subject when it is first used."""
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; {_where(name)}")


def _where(name: str) -> str:
    """Say where a metric is, or which name was meant; else which subjects there are."""
    of_subjects = {f"{one}.{metric}" for one in __all__ for metric in import_module(f"{__name__}.{one}").__all__}
    here = sorted(one for one in of_subjects if one.partition(".")[2] == name)
    if here:
        return f"write {' or '.join(f'metrics.{one}' for one in here)}"
    return advice(name, __all__) or f"subjects: {', '.join(__all__)}"
