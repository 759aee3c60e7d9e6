"""The site that stands: what it says of itself, whether it is whole, and what of it may be carried over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socdialog.store.fingerprint import sha256_bytes, sha256_file

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class OldSite:
    """A published site.

    Parameters
    ----------
    folder
        Where it lies.
    content
        Its manifest; empty when there is no site.
    """

    folder: Path
    content: dict[str, Any]

    @property
    def with_people(self) -> bool:
        """Whether it names people."""
        return bool(self.content.get("with_people"))

    def pages(self) -> dict[str, dict[str, Any]]:
        """Return what the manifest says of each page, by path."""
        pages = self.content.get("pages")
        return pages if isinstance(pages, dict) else {}

    def files(self) -> dict[str, str]:
        """Return the SHA-256 of every published file, by path."""
        return {name: entry["sha256"] for name, entry in self.content.get("files", {}).items()}

    def notebook(self, path: str) -> bytes | None:
        """Return the executed notebook of a page, when it is there and is the one that was published."""
        name = self.pages().get(path, {}).get("notebook")
        if name is None:
            return None
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        return content if sha256_bytes(content) == self.files().get(name) else None

    def damage(self) -> list[str]:
        """Return the files that are missing, changed, or were never published."""
        files = self.files()
        there = {path.relative_to(self.folder).as_posix(): path for path in self.folder.rglob("*") if path.is_file()}
        wrong = [name for name, digest in files.items() if name not in there or sha256_file(there[name]) != digest]
        return sorted([*wrong, *(name for name in there if name not in files and name != MANIFEST)])


def old_site(folder: Path) -> OldSite:
    """Return the site at `folder`; one without content when there is none."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = {}
    return OldSite(folder, content if isinstance(content, dict) else {})
