"""The site that stands: what it says of itself, whether it is whole, and what of it may be carried over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socdialog.display.addresses import figure_files
from socdialog.errors import DataError, UsageError
from socdialog.site.pages import Kind
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.ownership import SITE, is_safe, read_regular

MANIFEST = SITE.manifest
#: What a manifest says of each page.
_TEXTS = ("title", "kind", "edition", "status")
_TEXTS_OR_NOTHING = ("country", "kept_from", "kept_reason", "notebook")
#: What a page of no single country may be, and a page about one.
_KINDS: tuple[set[Kind], set[Kind]] = ({"comparison", "further"}, {"country", "further"})


@dataclass(frozen=True, slots=True)
class PreviousSite:
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
        """Return what the manifest says of each page, by path; what we would not have written is left out."""
        pages = self.content.get("pages")
        if not isinstance(pages, dict):
            return {}
        return {path: entry for path, entry in pages.items() if is_safe(path) and _is_page(entry)}

    def files(self) -> dict[str, str]:
        """Return the SHA-256 of every published file, by path."""
        files = self.content.get("files", {})
        return {name: str(entry.get("sha256", "")) if isinstance(entry, dict) else "" for name, entry in files.items()}

    def notebook(self, path: str) -> bytes | None:
        """Return the executed notebook of a page, when it is there and is the one that was published."""
        return self.published(str(self.pages().get(path, {}).get("notebook")))

    def figures(self, path: str) -> dict[str, bytes] | None:
        """Return the files of the figures of a page, by their paths; None when one is not what was published."""
        begin = figure_files(path)
        found = {name: self.published(name) for name in self.files() if name.startswith(begin)}
        whole = {name: content for name, content in found.items() if content is not None}
        return whole if len(whole) == len(found) else None

    def damage(self) -> list[str]:
        """Return the published files that are missing or changed. What others put beside them is no damage."""
        return sorted(name for name, digest in self.files().items() if self._digest(name) != digest)

    def refuse_damage(self, out: Path) -> None:
        """Refuse a site that is not there, or is not what was built; the user calls it `out`.

        Raises
        ------
        UsageError
            When there is none.
        DataError
            With each file that is missing or changed.
        """
        if not self.content:
            raise no_site(out)
        damaged = self.damage()
        if damaged:
            title = f"{len(damaged)} file(s) of {out} are not what was built"
            raise DataError(title, details=damaged, hint="build it again; nothing was copied or compared")

    def published(self, name: str) -> bytes | None:
        """Return a published file, when it is there and is what was published."""
        digest = self.files().get(name)
        content = None if digest is None else read_regular(self.folder, name)
        return content if content is not None and sha256_bytes(content) == digest else None

    def _digest(self, name: str) -> str | None:
        content = read_regular(self.folder, name)
        return None if content is None else sha256_bytes(content)


def previous_site(folder: Path) -> PreviousSite:
    """Return the site at `folder`; one without content when there is none of ours, or only the claim of one."""
    content = read_regular(folder, MANIFEST)
    if content is None or SITE.listed(content) is None:
        return PreviousSite(folder, {})
    entries = json.loads(content)
    return PreviousSite(folder, {} if entries.get("unfinished") else entries)


def no_site(out: Path) -> UsageError:
    """Return the error of a place where a site was looked for."""
    return UsageError(f"{out} holds no site", hint="run `socdialog build` first, or name the site with --out")


def _is_page(entry: object) -> bool:
    if not isinstance(entry, Mapping):
        return False
    return (
        all(isinstance(entry.get(name), str) for name in _TEXTS)
        and all(isinstance(entry.get(name), str | None) for name in _TEXTS_OR_NOTHING)
        and all(isinstance(entry.get(name), Mapping) for name in ("inputs", "parameters"))
        and entry["kind"] in _KINDS[isinstance(entry.get("country"), str)]
    )
