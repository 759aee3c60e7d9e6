"""One walk over the files of a study: every regular file once, and everything else by name.

Whoever reads, counts, hashes or copies the files of a study asks here, so that all see the same. Links are
followed, a folder once; a pipe or a device is never opened. Hidden files (editors' locks, a finder's notes)
and byte-code caches are no content and are left out.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from dataclasses import dataclass
from pathlib import Path

#: Folders within folders; deeper ones are a mistake of a program.
DEEPEST = 20
_KINDS = (
    (stat.S_ISFIFO, "is a named pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is among the files of a study and is not a file that can be read.

    Parameters
    ----------
    name
        Its path below the folder of the walk, with forward slashes.
    message
        What it is, and how to fix it.
    """

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The files below a folder.

    Parameters
    ----------
    files
        Path of each regular file by its name below the folder, sorted by name.
    obstacles
        Everything else, sorted by name.
    """

    files: dict[str, Path]
    obstacles: tuple[Obstacle, ...]


def walk(folder: Path) -> Walk:
    """Return every regular file below `folder`, with links resolved, and everything that is none.

    A folder is entered once, by its own name before any link to it. Nothing is opened.
    """
    files: dict[str, Path] = {}
    obstacles: list[Obstacle] = []
    entered: set[tuple[int, int]] = set()
    # Links to folders wait until all real folders were entered.
    waiting, linked = deque([("", folder)]), deque[tuple[str, Path]]()
    while waiting or linked:
        name, path = waiting.popleft() if waiting else linked.popleft()
        try:
            state = path.stat()
            if (state.st_dev, state.st_ino) in entered:
                message = "is a link to a folder that is already read and is skipped. Delete the link"
                obstacles.append(Obstacle(name, message))
                continue
            entered.add((state.st_dev, state.st_ino))
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as problem:
            obstacles.append(Obstacle(name, f"the folder cannot be read: {problem.strerror}; change its permissions"))
            continue
        if name.count("/") >= DEEPEST:
            obstacles.append(Obstacle(name, f"is nested more than {DEEPEST} folders deep and is not read. Move it up"))
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            found = _judge(entry, below=f"{name}/{entry.name}" if name else entry.name)
            if isinstance(found, Obstacle):
                obstacles.append(found)
            elif entry.is_dir():
                (linked if entry.is_symlink() else waiting).append((found, path / entry.name))
            else:
                files[found] = path / entry.name
    by_name = dict(sorted(files.items()))
    return Walk(by_name, tuple(sorted(obstacles, key=lambda one: one.name)))


def _judge(entry: os.DirEntry[str], *, below: str) -> str | Obstacle:
    """Return the name of a file or folder, or what else it is."""
    try:
        mode = entry.stat().st_mode
    except OSError as problem:
        if not entry.is_symlink():
            return Obstacle(below, f"cannot be read: {problem.strerror}; change its permissions")
        return Obstacle(below, f"is a broken link ({_target(entry)}); delete it or restore its target")
    kind = next((words for is_kind, words in _KINDS if is_kind(mode)), None)
    if kind is not None:
        return Obstacle(below, f"{kind}; it is not opened. Replace it with the file itself")
    if not os.access(entry.path, os.R_OK | (os.X_OK if stat.S_ISDIR(mode) else 0)):
        what = "the folder" if stat.S_ISDIR(mode) else "the file"
        return Obstacle(below, f"{what} cannot be read: permission denied; change its permissions")
    return below


def _target(entry: os.DirEntry[str]) -> str:
    try:
        return readable(os.readlink(entry.path))  # noqa: PTH115 - shown as written, not as a path
    except OSError:
        return "its target cannot be read"


def readable(name: str) -> str:
    r"""Return a file name as one line of plain text: bytes that are no UTF-8, and controls, are escaped.

    Examples
    --------
    >>> readable("two\nlines")
    'two\\nlines'
    """
    text = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
