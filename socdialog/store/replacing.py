"""Replace a folder in whole, and keep everything in it that is not ours.

What is not ours gets a second name (a hard link) in the new folder before the two folders are exchanged, so
that no reader misses it for a moment. The old folder is then taken apart: files that its manifest lists are
deleted, a second name is removed, and whatever appeared meanwhile is moved into the new folder. The same
steps fix what a killed process left: they may be repeated from any point. No file that is not ours is ever
copied, written over or deleted, and no folder is removed unless it is empty.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from socdialog.errors import UsageError
from socdialog.store.files import exchange, settled, sibling, write_atomic
from socdialog.store.ownership import Holdings, Marker, parents, refuse_collisions, refuse_strangers, survey

#: Why a file cannot have a second name that is no reason to stop: it is moved once the folders are exchanged.
_MOVED_LATER = frozenset({errno.EPERM, errno.EACCES, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP})
_OWNERS_RIGHTS = 0o700
#: Device and inode.
_Identity = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Replaced:
    """What became of a folder that was replaced.

    Parameters
    ----------
    foreign
        What is not ours and was carried over, by its path.
    left
        Folders with what could not be carried over; most often none.
    """

    foreign: tuple[str, ...] = ()
    left: tuple[Path, ...] = ()


def replace_folder(
    staged: Path, target: Path, marker: Marker, *, claim: bytes | None = None, hint: str = ""
) -> Replaced:
    """Put the folder `staged` at `target`; whatever is not ours there is carried over.

    Parameters
    ----------
    staged
        A whole new folder, with its manifest; on the file system of `target`.
    target
        Absent, empty or ours.
    marker
        What says so.
    claim
        An empty manifest, to make a folder ours that holds something and no manifest; None refuses it.
    hint
        What to do about such a folder.

    Raises
    ------
    UsageError
        Before anything is replaced: the folder is not ours, something in it is in our way, or it
        holds a mount point.
    """
    target = settled(target)
    found = survey(target, marker)
    if claim is None:
        refuse_strangers(found, str(target), marker, hint=hint)
    refuse_collisions(found, survey(staged, marker).entries_of("file"), str(target))
    swap = sibling(target, "swap")
    if os.path.lexists(swap):
        raise UsageError(f"{swap} is in the way and was not written by socdialog", hint="move it away, then try again")
    claimed = claim is not None and found.listed is None and bool(found.entries)
    if claim is not None and claimed:
        write_atomic(target / marker.manifest, claim)
    try:
        staged.rename(swap)
        carried = _carry(found, target, swap)
        old = exchange(swap, target)
    except BaseException:
        repair(target, marker)
        if claimed and (target / marker.manifest).read_bytes() == claim:
            (target / marker.manifest).unlink()
        raise
    left = None if old is None else _take_apart(old, target, marker, carried)
    return Replaced(found.foreign, () if left is None else (left,))


def repair(target: Path, marker: Marker) -> tuple[Path, ...]:
    """Finish what a `replace_folder` left behind that was killed; for whoever holds the lock of `target`.

    A target that is missing gets its old folder back. A folder of a like name without our manifest is
    another user's and stays.

    Returns
    -------
    tuple of Path
        Folders with what could not be moved back into the target.
    """
    target = settled(target)
    left = []
    for leftover in (sibling(target, "replaced"), sibling(target, "swap")):
        if leftover.is_symlink() or not leftover.is_dir():
            continue
        found = survey(leftover, marker)
        if found.listed is None and found.entries:
            continue
        if not os.path.lexists(target):
            leftover.rename(target)
        else:
            left.append(_take_apart(leftover, target, marker, {}))
    return tuple(path for path in left if path is not None)


def _carry(found: Holdings, target: Path, swap: Path) -> dict[str, _Identity]:
    """Give what is not ours a second name in the new folder; return which file each was."""
    carried: dict[str, _Identity] = {}
    needed = sorted({*parents(found.foreign), *(name for name in found.foreign if found.entries[name] == "folder")})
    made = [name for name in needed if not (swap / name).is_dir()]
    for name in made:
        (swap / name).mkdir(mode=_OWNERS_RIGHTS)
    for name in found.foreign:
        if found.entries[name] != "folder" and (identity := _linked(target / name, swap / name)) is not None:
            carried[name] = identity
    for name in reversed(made):
        _same_rights(target / name, swap / name)
    if target.is_dir():
        swap.chmod(target.stat().st_mode & 0o7777)
    return carried


def _linked(one: Path, other: Path) -> _Identity | None:
    """Give a file a second name; None when it went away, or is to be moved later."""
    try:
        os.link(one, other, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError as problem:
        if problem.errno == errno.EXDEV:
            raise UsageError(
                f"{one.parent} is a mount point, and the folder around it cannot be replaced as one unit",
                hint="unmount it, or name another folder",
            ) from None
        if problem.errno in _MOVED_LATER:
            return None
        raise
    return _identity(other)


def _identity(path: Path) -> _Identity:
    found = path.lstat()
    return found.st_dev, found.st_ino


def _same_rights(one: Path, other: Path) -> None:
    """Give a folder the owner, rights and times of another, as far as we may."""
    with contextlib.suppress(OSError):
        owner = one.stat()
        os.chown(other, owner.st_uid, owner.st_gid)
    with contextlib.suppress(OSError):
        shutil.copystat(one, other)


def _take_apart(old: Path, new: Path, marker: Marker, carried: Mapping[str, _Identity]) -> Path | None:
    """Delete what is ours in the folder `old`, and move the rest into `new`.

    Its manifest goes last, so that a second call knows what was ours. What cannot be moved stays in a
    folder with a name of its own, which is returned.
    """
    found = survey(old, marker)
    folders = sorted(found.entries_of("folder"), reverse=True)
    for folder in (old, *(old / name for name in folders)):
        with contextlib.suppress(OSError):
            folder.chmod(folder.stat().st_mode | _OWNERS_RIGHTS)
    for name in found.ours:
        if name != marker.manifest:
            with contextlib.suppress(OSError):
                (old / name).unlink()
    for name in found.foreign:
        if found.entries[name] != "folder":
            _move(old / name, new / name, carried.get(name))
    empty = set(found.foreign)
    for name in folders:
        with contextlib.suppress(OSError):
            if name in empty and not os.path.lexists(new / name):
                (new / name).mkdir(parents=True)
                _same_rights(old / name, new / name)
            (old / name).rmdir()
    left = _put_aside(old, new) if any(path.name != marker.manifest for path in old.iterdir()) else None
    ((left or old) / marker.manifest).unlink(missing_ok=True)
    if left is None:
        old.rmdir()
    return left


def _move(one: Path, other: Path, carried: _Identity | None) -> None:
    """Move a file to where it has its second name, or where nothing lies; else it stays."""
    with contextlib.suppress(OSError):
        other.parent.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(other):
            _rename_to_free(one, other)
        elif _identity(other) == _identity(one):
            one.unlink()
        elif _identity(other) == carried:
            # Another process replaced it after it had got its second name: the newer one counts.
            one.replace(other)


def _rename_to_free(one: Path, other: Path) -> None:
    """Move a file to a name that nothing has; unlike a rename, a link writes over nothing that just came."""
    try:
        os.link(one, other, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        one.rename(other)
    else:
        one.unlink()


def _put_aside(old: Path, new: Path) -> Path:
    number = 1
    while os.path.lexists(aside := new.with_name(f"{new.name}.left{'' if number == 1 else f'-{number}'}")):
        number += 1
    return old.rename(aside)
