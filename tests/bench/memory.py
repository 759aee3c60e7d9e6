"""How much memory this process and all it started hold together, looked at again and again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Self

_PROCESSES = Path("/proc")
#: Seconds between two looks: often enough to find the peak, seldom enough not to slow what is measured.
_EVERY = 0.5


class MemoryWatch:
    """Looks, while it is entered, at the memory of this process and of everything it started.

    What is added up is the proportional set size: a page that several processes share, as forks do, counts
    once. It is what the machine would have free without them, the cache of files and the kernel's own left
    aside. The peak is the highest of the looks, so one that lasts less than half a second may be
    missed; so is a process that outlived the one that started it. Workers of a cluster are not on this machine
    and do not count. Only Linux tells such numbers; elsewhere the peak stays 0.
    """

    def __init__(self, *, every: float = _EVERY) -> None:
        self._every = every
        self._ended = Event()
        self._thread = Thread(target=self._watch, name="memory", daemon=True)
        self.peak_mib = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self.look()

    def look(self) -> None:
        """Look now."""
        self.peak_mib = max(self.peak_mib, held_mib(os.getpid()))

    def _watch(self) -> None:
        while not self._ended.wait(self._every):
            self.look()


def held_mib(pid: int) -> float:
    """Return the mebibytes that a process and its descendants hold now; 0 where the system does not tell."""
    return sum(_proportional_kib(one) for one in _family(pid)) / 1024


def _family(pid: int) -> Iterator[int]:
    yield pid
    for thread in _listed(_PROCESSES / str(pid) / "task"):
        for child in _text(thread / "children").split():
            yield from _family(int(child))


def _proportional_kib(pid: int) -> int:
    for line in _text(_PROCESSES / str(pid) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []  # it has just ended


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
