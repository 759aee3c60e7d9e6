"""One writer at a time: a lock that the system frees when its holder dies."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from socdialog.errors import BusyError, UsageError

#: What a file system answers that has no locks.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS})


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock file `path`, waiting at most `wait` seconds for another holder to end.

    Raises
    ------
    BusyError
        When another process still holds it after that time.
    UsageError
        When the file system has no locks. Nothing is written without one.
    """
    from filelock import FileLock, Timeout

    path.parent.mkdir(parents=True, exist_ok=True)
    # filelock's own substitute is a file that stays behind when its holder is killed.
    lock = FileLock(path, timeout=wait, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"another process is using {path} and timed out after {wait:g} seconds",
            hint="wait for it, or raise --wait SECONDS",
        ) from None
    except OSError as problem:
        if problem.errno not in _NO_LOCKS:
            raise
        raise UsageError(
            f"{path} cannot be locked: {problem.strerror}",
            hint="use a file system with locks, such as a local disk; on NFS, start its lock service",
        ) from None
    try:
        yield
    finally:
        lock.release()
