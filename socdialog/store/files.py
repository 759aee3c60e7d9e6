"""Writes that are all or nothing: one file, or a complete folder.

Whoever reads the target sees the old content or the new one, whatever kills the writer and whenever.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from socdialog.errors import UsageError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
#: What a file system or kernel answers that cannot exchange two names.
_CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM})


def write_atomic(path: Path, content: bytes | str, *, mode: int | None = None) -> None:
    """Write `content` to `path` so that a reader finds the old file or the new one, never a part.

    The text is UTF-8 with line ends as given. A symbolic link is followed, so that it stays a link.
    Folders above `path` are made where they are missing. It keeps its rights where it is there already;
    `mode` gives it others.
    """
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666 if mode is None else mode)
        with naming(path), os.fdopen(descriptor, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            part.chmod(target.stat().st_mode & 0o7777 if mode is None else mode)
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write_staged(path: Path, content: bytes | str) -> None:
    """Write a file of a folder that no one reads yet; folders above it are made where they are missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Name `path` in an error of the system that names no file, as one in the middle of a write does."""
    try:
        yield
    except OSError as problem:
        if problem.filename is None:
            problem.filename = str(path)
        raise


def exchange(staged: Path, target: Path) -> Path | None:
    """Swap the folder `staged` in at `target`, in whole.

    Where the system can exchange two names in one step it does; elsewhere the old folder is moved
    aside first, and `socdialog.store.replacing.repair` brings it back should the process die between the two renames. A
    symbolic link at `target` stays a link: the folder it points to is exchanged.

    Returns
    -------
    Path or None
        Where the old folder lies now, for the caller to take apart; None when there was none.

    Raises
    ------
    UsageError
        When `target` is a mount point, a file, or on another file system than `staged`.
    """
    target = settled(target)
    if staged.stat().st_dev != target.parent.stat().st_dev:
        raise UsageError(f"{staged} and {target} are on different file systems", hint="stage next to the target")
    if not target.exists():
        staged.rename(target)
        return None
    if _exchange_names(staged, target):
        return staged
    aside = sibling(target, "replaced")
    if os.path.lexists(aside):
        raise UsageError(f"{aside} is in the way and was not written by socdialog", hint="move it away, then try again")
    target.rename(aside)
    staged.rename(target)
    return aside


def settled(target: Path) -> Path:
    """Return the real folder behind `target`, or refuse it when it cannot be exchanged in whole.

    Raises
    ------
    UsageError
        When `target` is a mount point or not a folder.
    """
    real = target.resolve()
    if real.exists() and not real.is_dir():
        raise UsageError(f"{target} is a file", hint="name a folder that may be replaced completely")
    if os.path.ismount(real):
        raise UsageError(
            f"{target} is a mount point and cannot be replaced as one unit",
            hint=f"name a folder inside it, such as {target / 'site'}",
        )
    return real


def sibling(target: Path, ending: str) -> Path:
    """Return the name next to `target` that only its replacement uses."""
    return target.with_name(f".{target.name}.{ending}")


def _exchange_names(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where this system cannot."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(one), None, str(other))
