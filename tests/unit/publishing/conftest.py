"""Builds of a small study."""

from __future__ import annotations

from small_study import few, package, study

__all__ = ["few", "package", "study"]
