"""Packages that a library imports wherever they are installed, and that nothing here uses: out of its sight."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


@contextmanager
def hidden(*packages: str) -> Iterator[None]:
    """Let `packages` seem not installed to what is imported meanwhile, unless they are imported already.

    Examples
    --------
    >>> with hidden("turtledemo"):
    ...     import turtledemo
    Traceback (most recent call last):
    ModuleNotFoundError: No module named 'turtledemo'
    """
    finder = _Hiding(frozenset(packages))
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class _Hiding(MetaPathFinder):
    """Finds nothing, and lets no other finder find the packages it hides."""

    def __init__(self, packages: frozenset[str]) -> None:
        self._packages = packages

    def find_spec(self, fullname: str, *_: object) -> None:
        """Refuse what is hidden; of anything else another finder knows."""
        if fullname in self._packages:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
