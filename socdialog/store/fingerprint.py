"""Fingerprints of content: the same bytes give the same text, wherever and whenever they were written."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from socdialog.store.walk import walk


def sha256_bytes(content: bytes) -> str:
    """Return the SHA-256 of `content` in hexadecimal.

    Examples
    --------
    >>> sha256_bytes(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(content).hexdigest()


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of the file at `path` in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(folder: Path, *, without: tuple[str, ...] = ()) -> str:
    """Return one SHA-256 over the names and contents of all files below `folder`, `without` those of such beginnings.

    Times, order and place on disk do not enter. Hidden files and byte-code caches are left out; what is no
    file that can be read enters with its name and what it is.
    """
    found = walk(folder)
    digest = hashlib.sha256()
    for name, path in found.files.items():
        if without and name.startswith(without):
            continue
        digest.update(os.fsencode(name) + f"\0{_content(path)}\n".encode())
    for one in found.obstacles:
        digest.update(os.fsencode(one.name) + b"\0" + os.fsencode(one.message) + b"\n")
    return digest.hexdigest()


def _content(path: Path) -> str:
    """Return the hash of a file; one that cannot be read, or has gone meanwhile, has none."""
    try:
        return sha256_file(path)
    except OSError as problem:
        return f"unreadable {problem.errno}"
