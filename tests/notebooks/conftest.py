"""Builds of a small study."""

from __future__ import annotations

from small_study import cleaned, few, package, shipped, study

__all__ = ["cleaned", "few", "package", "shipped", "study"]
