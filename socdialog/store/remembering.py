"""What was made from the same before need not be made again: how those who make files ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

#: Files by their path, from a key for all that they are made from and what makes them when none are kept under it.
Remembered = Callable[[str, Callable[[], Mapping[str, bytes]]], Mapping[str, bytes]]


def made_anew(_: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Remember nothing."""
    return make()
