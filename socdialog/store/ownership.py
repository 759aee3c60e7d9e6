"""What in a folder is ours: the files that our own manifest in it lists, and nothing else.

The rule is the same for a site, for clean tables and for a place that a site is published to, here or on
another machine. A folder without our manifest is another user's. So is one with a manifest that names
files outside its folder: whoever wrote it, we did not.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from socdialog.codebook import cldr
from socdialog.errors import UsageError
from socdialog.store.walk import readable

#: ``other`` is a symbolic link, a pipe, a socket or a device.
Kind = Literal["file", "folder", "other"]
#: Names that a message lists before it counts the rest.
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Marker:
    """How a kind of folder says that it is ours.

    Parameters
    ----------
    what
        What such a folder holds, in words.
    manifest
        Name of its manifest.
    names
        Takes the content of a manifest and returns the files it lists; None when it is not ours.
    beside
        Files of ours that no manifest lists.
    """

    what: str
    manifest: str
    names: Callable[[Mapping[str, object]], Iterable[object] | None]
    beside: frozenset[str] = frozenset()

    def listed(self, content: bytes) -> frozenset[str] | None:
        """Return the files that are ours where a manifest with this content lies; None when it is not ours."""
        try:
            entries = json.loads(content)
            names = self.names(entries) if isinstance(entries, dict) else None
        except (ValueError, RecursionError):
            return None
        if names is None:
            return None
        found = list(names)
        if not all(isinstance(name, str) and is_safe(name) and name != self.manifest for name in found):
            return None
        return frozenset(str(name) for name in found) | self.beside | {self.manifest}


def is_safe(name: str) -> bool:
    """Say whether `name` is the plain path of a file below a folder, with ``/`` and as Unicode.

    Examples
    --------
    >>> is_safe("countries/KAZ.html"), is_safe("../thesis.tex"), is_safe("/etc/passwd"), is_safe("a//b")
    (True, False, False, False)
    """
    if "\\" in name or "\0" in name or any("\ud800" <= letter <= "\udfff" for letter in name):
        return False
    return all(part not in {"", ".", ".."} for part in name.split("/"))


def _site_names(content: Mapping[str, object]) -> Iterable[object] | None:
    files = content.get("files")
    return files if content.get("schema") == SITE_SCHEMA and isinstance(files, dict) else None


def _table_names(content: Mapping[str, object]) -> Iterable[object] | None:
    """Return the files of a data package that has what only ours has together."""
    fingerprint, resources = content.get("fingerprint"), content.get("resources")
    if content.get("name") != "socdialog" or not isinstance(content.get("schemaVersion"), int):
        return None
    if not isinstance(fingerprint, str) or not fingerprint.startswith("sha256:") or not isinstance(resources, list):
        return None
    return [resource.get("path") if isinstance(resource, dict) else None for resource in resources]


#: The name of our form of manifest, which is in it.
SITE_SCHEMA = "socdialog.site/1"
SITE = Marker("a socdialog site", "manifest.json", _site_names)
TABLES = Marker("clean tables of socdialog", "datapackage.json", _table_names, frozenset({"study.json", ".raw.json"}))


def claim(names: Iterable[str]) -> bytes:
    """Return the manifest of a site in the making: it makes ours what we are about to write under `names`."""
    content = {"schema": SITE_SCHEMA, "unfinished": True, "files": {name: {} for name in sorted(names)}}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


@dataclass(frozen=True)
class Holdings:
    """What a folder holds, and what of it is ours.

    Parameters
    ----------
    entries
        Everything below it, folders too, by its path with ``/``.
    listed
        Files that are ours where they are there; None when the folder holds no manifest of ours.
    """

    entries: Mapping[str, Kind]
    listed: frozenset[str] | None

    def entries_of(self, kind: Kind) -> list[str]:
        """Return the paths of one kind."""
        return [name for name, found in self.entries.items() if found == kind]

    @cached_property
    def ours(self) -> tuple[str, ...]:
        """Files that are ours, sorted."""
        listed = self.listed or frozenset()
        return tuple(sorted(name for name, kind in self.entries.items() if kind == "file" and name in listed))

    @cached_property
    def foreign(self) -> tuple[str, ...]:
        """Everything else, sorted: files, links and the like, and folders that hold nothing."""
        ours, full = set(self.ours), parents(self.entries)
        emptied = parents(self.listed or ())
        return tuple(
            sorted(
                name
                for name, kind in self.entries.items()
                if (name not in full and name not in emptied if kind == "folder" else name not in ours)
            )
        )

    def collisions(self, wanted: Iterable[str]) -> list[str]:
        """Return what is not ours and lies where a file of ours, or a folder for one, must go."""
        names = set(wanted)
        above, foreign = parents(names), set(self.foreign)
        inner = parents(foreign)
        return sorted(
            {
                *(name for name in names if name in foreign or name in inner),
                *(name for name in above if name in foreign and self.entries[name] != "folder"),
            }
        )


def parents(names: Iterable[str]) -> set[str]:
    """Return every folder above the given paths.

    Examples
    --------
    >>> sorted(parents(["a/b/c", "d"]))
    ['a', 'a/b']
    """
    found: set[str] = set()
    for name in names:
        above = name.rpartition("/")[0]
        while above and above not in found:
            found.add(above)
            above = above.rpartition("/")[0]
    return found


def survey(folder: Path, marker: Marker) -> Holdings:
    """Look at a folder; one that is not there holds nothing.

    Raises
    ------
    UsageError
        When a folder in it may not be read, so that it is unknown what would be lost.
    """
    if not folder.is_dir():
        return Holdings({}, None)
    try:
        entries = _walk(folder)
    except PermissionError as problem:
        raise UsageError(
            f"{problem.filename}: cannot be read, so the files of socdialog in {folder} are unknown",
            hint="give this user read permission, or name another folder",
        ) from None
    content = read_regular(folder, marker.manifest)
    return Holdings(entries, None if content is None else marker.listed(content))


def read_regular(folder: Path, name: str) -> bytes | None:
    """Return the content of a plain file below `folder`; None when there is none, or a link on the way."""
    path = folder
    try:
        for part in name.split("/"):
            path = path / part
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                return None
        return path.read_bytes() if stat.S_ISREG(mode) else None
    except OSError:
        return None


def _walk(folder: Path) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(folder / above) as entries:
                for entry in entries:
                    name = above + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        found[name] = "folder"
                        waiting.append(f"{name}/")
                    else:
                        found[name] = "file" if entry.is_file(follow_symlinks=False) else "other"
        except FileNotFoundError:
            continue  # went away while we looked
    return found


def refuse_strangers(found: Holdings, where: str, marker: Marker, *, hint: str) -> None:
    """Refuse a place that holds something and no manifest of ours.

    Raises
    ------
    UsageError
        With what was found.
    """
    if found.listed is None and found.entries:
        raise UsageError(
            f"{where} is not empty and does not contain {marker.what} (its {marker.manifest})",
            details=[f"found: {few(in_short(found.entries, ()))}"],
            hint=hint,
        )


def refuse_collisions(found: Holdings, wanted: Iterable[str], where: str) -> None:
    """Refuse a place where something that is not ours is in the way.

    Raises
    ------
    UsageError
        With each path.
    """
    clashes = found.collisions(wanted)
    if clashes:
        raise UsageError(
            f"{where}: other files use {cldr.counted(len(clashes), 'path')} that socdialog needs",
            details=[readable(name) for name in clashes],
            hint="nothing was replaced; move these away or rename them, then try again",
        )


def in_short(names: Iterable[str], ours: Iterable[str]) -> list[str]:
    """Return `names` with each folder that holds nothing of ours as one entry.

    Examples
    --------
    >>> in_short([".git/HEAD", ".git/refs/heads/main", "countries/note.txt"], ["countries/KAZ.html"])
    ['.git/', 'countries/note.txt']
    """
    kept = parents(ours)
    found: dict[str, None] = {}
    for name in sorted(names):
        short = ""
        for part in name.split("/"):
            short = f"{short}/{part}" if short else part
            if short not in kept:
                break
        found[short if short == name else f"{short}/"] = None
    # A folder that is listed itself, and through what is in it, is one entry.
    return [name for name in found if f"{name}/" not in found]


def few(names: Iterable[str]) -> str:
    """Return a few names and how many more there are.

    Examples
    --------
    >>> few(["a", "b", "c", "d", "e", "f", "g"])
    'a, b, c, d, e and 2 more'
    """
    every = [readable(name) for name in names]
    more = len(every) - _LISTED
    return ", ".join(every[:_LISTED]) + (f" and {more} more" if more > 0 else "")
