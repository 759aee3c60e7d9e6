"""One writer at a time: a lock that the system frees when its holder dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from socdialog.errors import BusyError


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock file `path`, waiting at most `wait` seconds for another holder to end.

    Raises
    ------
    BusyError
        When another process still holds it after that time.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=wait)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"another process holds {path} and did not end within {wait:g} seconds",
            hint="wait for it, or give it longer with --wait SECONDS",
        ) from None
    try:
        yield
    finally:
        lock.release()
