"""Know the content of a folder again without reading it, as long as nobody touched its files."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

from socdialog.store.files import write_atomic
from socdialog.store.fingerprint import content_files, fingerprint

#: Nanoseconds for which a file must have been at rest: within them a second change may leave the same times.
_REST = 2_000_000_000


def remembered(folder: Path, memory: Path, *, now: int | None = None) -> str:
    """Return the `fingerprint` of `folder`; its files are read only when one was touched since the last time.

    A file counts as untouched while its size, its inode and both its times (of content and of any change,
    which no copy and no command sets back) are what they were, as in the index of git.

    Parameters
    ----------
    folder
        The folder.
    memory
        The file that remembers; where it cannot be written, nothing is remembered.
    now
        Time in nanoseconds since 1970; default: this moment.
    """
    now = time.time_ns() if now is None else now
    stamps = {name: _stamp(path) for name, path in content_files(folder)}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(memory.read_text(encoding="utf-8"))
        if known["files"] == stamps:
            return str(known["fingerprint"])
    found = fingerprint(folder)
    if all(max(stamp[2:]) < now - _REST for stamp in stamps.values()):
        with contextlib.suppress(OSError):
            write_atomic(memory, json.dumps({"fingerprint": found, "files": stamps}, sort_keys=True))
    return found


def _stamp(path: Path) -> list[int]:
    """Return size, inode, and the times of the last change of content and of anything."""
    stat = path.stat()
    return [stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns]
