"""Builds of a small study."""

from __future__ import annotations

from small_study import (
    all_built,
    built_study,
    cleaned,
    few,
    one_built,
    package,
    shipped,
    study,
    varied_study,
    whole_study,
)

__all__ = [
    "all_built",
    "built_study",
    "cleaned",
    "few",
    "one_built",
    "package",
    "shipped",
    "study",
    "varied_study",
    "whole_study",
]
