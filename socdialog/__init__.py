"""Validated data, defensible metrics and reproducible country profiles for the study of social dialogue.

>>> import socdialog as sd
>>> sd.load_events(countries=["KAZ"], since=2018)          # doctest: +SKIP
>>> sd.country_profile("KAZ")                              # doctest: +SKIP

Names are looked up when they are first used, so that ``import socdialog`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socdialog import metrics as metrics
    from socdialog.display import charts as charts
    from socdialog.display import tables as tables
    from socdialog.errors import BusyError as BusyError
    from socdialog.errors import DataError as DataError
    from socdialog.errors import SocdialogError as SocdialogError
    from socdialog.errors import UsageError as UsageError
    from socdialog.loaders.load_tables import *  # noqa: F403 - every load_* function
    from socdialog.parameters import check_parameters as check_parameters
    from socdialog.profiles import country_profile as country_profile
    from socdialog.profiles import regional_comparison as regional_comparison

__version__ = "0.1.0"

#: Where each public name lives.
_HOMES: dict[str, tuple[str, str | None]] = {
    "check": ("socdialog.loaders.fresh", "check_study"),
    "check_parameters": ("socdialog.parameters", "check_parameters"),
    "clean": ("socdialog.loaders.fresh", "clean_study"),
    "country_profile": ("socdialog.profiles", "country_profile"),
    "regional_comparison": ("socdialog.profiles", "regional_comparison"),
    "metrics": ("socdialog.metrics", None),
    "charts": ("socdialog.display.charts", None),
    "tables": ("socdialog.display.tables", None),
    **{name: ("socdialog.errors", name) for name in ("BusyError", "DataError", "SocdialogError", "UsageError")},
}
_LOADERS = "socdialog.loaders.load_tables"


def __getattr__(name: str) -> object:
    if name.startswith("load_"):
        module, attribute = _LOADERS, name
    elif name in _HOMES:
        module, attribute = _HOMES[name][0], _HOMES[name][1] or ""
    else:
        raise AttributeError(f"module 'socdialog' has no attribute {name!r}")
    found = import_module(module)
    if not attribute:
        return found
    try:
        return getattr(found, attribute)
    except AttributeError:
        raise AttributeError(f"module 'socdialog' has no attribute {name!r}") from None


def __dir__() -> list[str]:
    loaders = [name for name in dir(import_module(_LOADERS)) if name.startswith("load_")]
    return sorted([*globals(), *_HOMES, *loaders])
