"""Know the content of a folder again without reading it, as long as no one touched its files."""

from __future__ import annotations

import contextlib
import json
import time
from pathlib import Path

from socdialog.store.files import write_atomic
from socdialog.store.fingerprint import fingerprint
from socdialog.store.walk import walk

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
    found = walk(folder)
    stamps = {name: _stamp(path) for name, path in found.files.items()}
    others = [[one.name, one.message] for one in found.obstacles]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        known = json.loads(memory.read_text(encoding="utf-8"))
        if known["files"] == stamps and known["others"] == others:
            return str(known["fingerprint"])
    state = fingerprint(folder)
    if all(stamp and max(stamp[2:]) < now - _REST for stamp in stamps.values()):
        content = {"fingerprint": state, "files": stamps, "others": others}
        with contextlib.suppress(OSError):
            write_atomic(memory, json.dumps(content, sort_keys=True))
    return state


def _stamp(path: Path) -> list[int]:
    """Return size, inode, and the times of the last change of content and of anything; nothing of a file that went."""
    try:
        stat = path.stat()
    except OSError:
        return []
    return [stat.st_size, stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns]
