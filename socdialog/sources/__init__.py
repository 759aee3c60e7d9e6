"""Official series of statistical services: asked for, checked, kept by release, read back without a network.

``sd.sources.ilostat`` is ILOSTAT, of the International Labour Organization.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socdialog.sources import ilostat

__all__ = ["ilostat"]
__dir__ = __all__.copy


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'socdialog.sources' has no attribute {name!r}")
    return import_module(f"socdialog.sources.{name}")
