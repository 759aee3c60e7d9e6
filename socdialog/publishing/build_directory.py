"""The folder ``.socdialog`` next to a site: lock, cache, staging, failed notebooks. Safe to delete.

Only its owner may look into it: it may lie where a web server shows everything, and what is in it was not
published.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socdialog.errors import DataError, UsageError
from socdialog.publishing.executor import Failure, Outcome
from socdialog.publishing.task_archive import pack, unpack
from socdialog.site.previous_site import MANIFEST
from socdialog.store.files import settled, write_atomic
from socdialog.store.locks import locked
from socdialog.store.ownership import SITE, refuse_strangers, survey
from socdialog.store.replacing import repair

#: How many results are kept: of each page what its notebook yields, what is published of it, the page of that, its
#: drawings, and the pages made from the same data, for two sites of all the world's countries.
_MOST_KEPT, _KEPT = 2000, ".kept"
#: What is remembered of a site besides its manifest, each by name.
_STATE = ("data", "how", "looked_at", "pages", "seconds")
_FOLDER, _FILE = 0o700, 0o600
_OTHERS = 0o077
INTO_EXISTING = (
    "name another folder with --out, empty this one, or give --into-existing: "
    "the site is then built into it, and no existing file is deleted or replaced"
)


@dataclass(frozen=True, slots=True)
class BuildDirectory:
    """Where a site is made.

    Parameters
    ----------
    out
        The site: the real folder, behind any link.
    """

    out: Path

    @property
    def folder(self) -> Path:
        """The folder that may be deleted at any time."""
        return self.out.parent / ".socdialog"

    @property
    def lock(self) -> Path:
        """Held by the build of this site."""
        return self.folder / f"{self.out.name}.lock"

    @property
    def work(self) -> Path:
        """What only a running build needs."""
        return self.folder / f"{self.out.name}.work"

    @property
    def staging(self) -> Path:
        """The new site in the making."""
        return self.work / "site"

    def slice(self, name: str) -> Path:
        """Return where the data about one country, or all of them, lies."""
        return self.work / "slices" / name

    @property
    def state(self) -> Path:
        """What the last whole build was made from."""
        return self.folder / f"{self.out.name}.json"

    @property
    def failed(self) -> Path:
        """Partial notebooks of pages that failed, and why."""
        return self.folder / "failed" / self.out.name

    @contextmanager
    def in_use(self, *, wait: float) -> Iterator[tuple[str, ...]]:
        """Hold the lock, waiting at most `wait` seconds for it, and yield what `tidy` does; leave no work behind."""
        with locked(self.lock, wait=wait):
            try:
                yield self.tidy()
            finally:
                self.forget_oldest()
                shutil.rmtree(self.work, ignore_errors=True)

    def tidy(self) -> tuple[str, ...]:
        """Finish or remove what a build left that was killed; only for the holder of the lock.

        Returns
        -------
        tuple of str
            Folders with foreign files that could not be moved back into the site.
        """
        left = repair(self.out, SITE)
        shutil.rmtree(self.work, ignore_errors=True)
        _make_private(self.folder)
        self.work.mkdir(parents=True, mode=_FOLDER)
        return tuple(str(path) for path in left)

    def kept(self, key: str, *, place: str = "") -> dict[str, bytes] | None:
        """Return the files kept under `key`; what is not as it was kept is thrown away.

        Of what has a `place` of its own only one is kept: the last.
        """
        path = self._cache / f"{place or key}{_KEPT}"
        try:
            made_from, found = unpack(path.read_bytes())
            if made_from == {"key": key}:
                path.touch()
                return found
        except FileNotFoundError:
            return None
        except (OSError, DataError):
            pass
        with contextlib.suppress(OSError):
            path.unlink()
        return None

    def keep(self, key: str, files: Mapping[str, bytes], *, place: str = "") -> None:
        """Keep `files` under `key`, whatever was kept under it, or at its `place`."""
        write_atomic(self._cache / f"{place or key}{_KEPT}", pack({"key": key}, files), mode=_FILE)

    def forget_oldest(self) -> None:
        """Forget what was not asked for the longest, beyond the bound."""
        by_age = sorted(self._cache.glob(f"*{_KEPT}"), key=lambda path: path.stat().st_mtime)
        for old in by_age[:-_MOST_KEPT]:
            old.unlink(missing_ok=True)

    @property
    def _cache(self) -> Path:
        return self.folder / "cache"

    def record_failure(self, outcome: Outcome, failure: Failure) -> None:
        """Keep what is known of a failure: the reason, and what ran of the notebook."""
        reason = f"{outcome.name}: {failure.reason}\nkind: {failure.kind}\n\n{failure.detail}\n"
        write_atomic(self.failed / f"{outcome.name}.txt", reason, mode=_FILE)
        if outcome.notebook is not None:
            write_atomic(self.failed / f"{outcome.name}.ipynb", outcome.notebook, mode=_FILE)

    def forget_failure(self, name: str) -> None:
        """Forget an earlier failure of a page that went well."""
        for ending in ("txt", "ipynb"):
            (self.failed / f"{name}.{ending}").unlink(missing_ok=True)

    def read_state(self) -> dict[str, Any]:
        """Return what the pages that stand were made from; what we would not have written is left out."""
        try:
            state = json.loads(self.state.read_bytes())
        except (OSError, ValueError, RecursionError):
            state = None
        known = state if isinstance(state, dict) else {}
        found = {name: one if isinstance(one := known.get(name), dict) else {} for name in _STATE}
        numbers = {name: value for name, value in found["seconds"].items() if isinstance(value, int | float)}
        found["seconds"] = {name: float(value) for name, value in numbers.items() if 0 <= value < math.inf}
        return {**found, MANIFEST: known.get(MANIFEST)}

    def write_state(self, state: Mapping[str, object]) -> None:
        """Remember what the site was made from."""
        write_atomic(self.state, json.dumps(state, indent=1, sort_keys=True) + "\n", mode=_FILE)


def _make_private(folder: Path) -> None:
    """Take from everybody else the rights to what is kept; what a running build needs is in private folders."""
    below = (path for pattern in ("*", "cache/*", "failed/*", "failed/*/*") for path in folder.glob(pattern))
    for path in (folder, *below):
        with contextlib.suppress(FileNotFoundError):
            mode = path.lstat().st_mode
            if mode & _OTHERS and not path.is_symlink():
                path.chmod(mode & 0o7777 & ~_OTHERS)


def build_directory(out: Path, *, into_existing: bool = False) -> BuildDirectory:
    """Return the build directory of the site at `out`, after refusing a place where none can be made.

    What a killed build left is fixed by `BuildDirectory.tidy`, once the lock is held.

    Raises
    ------
    UsageError
        When `out` cannot be replaced as one unit, holds something else than a site, or cannot be written.
    """
    real = settled(out)
    if not into_existing:
        refuse_strangers(survey(real, SITE), str(out), SITE, hint=INTO_EXISTING)
    found = BuildDirectory(real)
    try:
        found.folder.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
        found.folder.chmod(_FOLDER)
        # Rights alone do not tell: a file system may be mounted read-only.
        descriptor, name = tempfile.mkstemp(dir=found.folder)
        os.close(descriptor)
        Path(name).unlink()
    except OSError as problem:
        raise UsageError(
            f"{real.parent} cannot be written: {problem.strerror}", hint="name a folder that can, with --out"
        ) from None
    return found
