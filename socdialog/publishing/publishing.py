"""Copy a site to where readers find it; whatever else lies there stays.

What is there is listed first, and the same rule decides as for a site on this machine: only files that a
manifest of ours lists are ever replaced or deleted. So that a copy that was cut off can be repeated, a
manifest that lists the old files and the new ones goes first, and the new one last.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from socdialog.codebook import cldr
from socdialog.errors import UsageError
from socdialog.publishing.build_directory import BuildDirectory, build_directory
from socdialog.publishing.rsync import Place
from socdialog.site.previous_site import MANIFEST, PreviousSite, no_site, previous_site
from socdialog.store.files import sibling
from socdialog.store.ownership import (
    SITE,
    Holdings,
    claim,
    few,
    in_short,
    parents,
    refuse_collisions,
    refuse_strangers,
)
from socdialog.store.walk import readable

_HINT = (
    "name another folder, empty this one, or give --into-existing: "
    "the site is then copied into it, and no existing file is deleted or replaced"
)


@dataclass(frozen=True, slots=True)
class Published:
    """What was copied.

    Parameters
    ----------
    files
        Number of files of the site.
    deleted
        Files of an earlier site that are no longer published.
    foreign
        What lies at the target and is not ours; a folder of such files is one entry.
    left
        Folders next to the site with foreign files that a killed build left and that could not be moved back.
    """

    files: int
    deleted: int = 0
    foreign: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return what was done, for people."""
        found = [f"Published {cldr.counted(self.files, 'file')}"]
        if self.deleted:
            found.append(f"Deleted {cldr.counted(self.deleted, 'file')} no longer published")
        if self.foreign:
            found.append(f"Left unchanged, not part of the site: {few(self.foreign)}")
        return [*found, *(f"Could not be kept in the site; moved to: {readable(path)}" for path in self.left)]


def publish(out: Path, target: str, *, wait: float, into_existing: bool = False) -> Published:
    """Copy the site at `out` to `target` with rsync.

    No build of the site goes on meanwhile, so that what is copied is one site and not two halves.

    Parameters
    ----------
    out
        The site.
    target
        A folder, ``host:folder`` or ``rsync://host/module/folder``: absent, empty, or with a site of ours.
    wait
        Seconds to wait for a build of the site.
    into_existing
        Whether the target may hold other files and no site; they all stay.

    Raises
    ------
    UsageError
        Before anything is copied: there is no site, no rsync, or the target is not ours or holds
        something where a file of the site must go.
    DataError
        When the site is damaged, or the copy failed.
    BusyError
        When a build of the site did not end within `wait` seconds.
    """
    real = out.resolve()
    if not any(os.path.lexists(path) for path in (real, sibling(real, "replaced"), sibling(real, "swap"))):
        raise no_site(out)
    build_dir = build_directory(out)
    with build_dir.in_use(wait=wait) as left:
        site = previous_site(build_dir.out)
        site.refuse_damage(out)
        place = Place(target)
        _refuse_own_folders(place, build_dir)
        return replace(_copy(site, place, into_existing=into_existing), left=left)


def _refuse_own_folders(place: Place, build_dir: BuildDirectory) -> None:
    if place.local is not None and any(
        place.local.resolve().is_relative_to(folder) for folder in (build_dir.out, build_dir.folder.resolve())
    ):
        raise UsageError(f"{place.text} is the site or is inside it", hint="name another folder")


def _copy(site: PreviousSite, place: Place, *, into_existing: bool) -> Published:
    names = frozenset(site.files())
    entries = place.entries()
    there = Holdings(entries, SITE.listed(place.content(MANIFEST)) if entries.get(MANIFEST) == "file" else None)
    if not into_existing:
        refuse_strangers(there, place.text, SITE, hint=_HINT)
    refuse_collisions(there, {*names, MANIFEST}, place.text)
    listed = (there.listed or frozenset()) - {MANIFEST}
    if there.listed is None or not names <= listed:
        place.put_content(MANIFEST, claim(names | listed))
    place.put(site.folder, names)
    obsolete = [name for name in there.ours if name not in names and name != MANIFEST]
    place.delete(obsolete)
    for level in _emptied(there, obsolete, names):
        place.delete(level)
    place.put(site.folder, [MANIFEST])
    return Published(len(names) + 1, len(obsolete), tuple(in_short(there.foreign, names)))


def _emptied(there: Holdings, deleted: Iterable[str], names: Iterable[str]) -> list[list[str]]:
    """Return the folders of earlier files that hold nothing once `deleted` is gone, the deepest first, by level."""
    gone = set(deleted)
    files = (name for name, kind in there.entries.items() if kind != "folder" and name not in gone)
    kept = parents([*names, *files, *there.foreign]).union(there.foreign)
    empty = (parents(there.listed or ()) & {*there.entries}) - kept
    depths = sorted({name.count("/") for name in empty}, reverse=True)
    return [[name for name in empty if name.count("/") == depth] for depth in depths]
