"""Builds of a small study."""

from __future__ import annotations

from small_study import cleaned, package, shipped, study

__all__ = ["cleaned", "package", "shipped", "study"]
