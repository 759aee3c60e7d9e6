"""Fingerprints of content: the same bytes give the same text, wherever and whenever they were written."""

from __future__ import annotations

import hashlib
from pathlib import Path


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


def content_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the files below `folder` whose content counts, by their names below it, sorted."""
    return sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if _counts(path.relative_to(folder)) and path.is_file()
    )


def fingerprint(folder: Path) -> str:
    """Return one SHA-256 over the names and contents of all files below `folder`.

    Times, order and place on disk do not enter. Hidden files (editors' locks, a finder's notes) and
    byte-code caches are no content and are left out.
    """
    digest = hashlib.sha256()
    for name, path in content_files(folder):
        digest.update(f"{name}\0{sha256_file(path)}\n".encode())
    return digest.hexdigest()


def _counts(name: Path) -> bool:
    return not any(part.startswith(".") or part == "__pycache__" for part in name.parts)
