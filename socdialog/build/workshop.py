"""The folder ``.socdialog`` beside a site: lock, cache, staging, failed notebooks, a log. Safe to delete."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socdialog.build.executor import Failure, Outcome
from socdialog.errors import UsageError
from socdialog.store.files import repair, settled, write_atomic

#: Bounds of what is kept.
_CACHED, _RUNS = 200, 200


@dataclass(frozen=True, slots=True)
class Workshop:
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

    @property
    def state(self) -> Path:
        """What the last whole build was made from."""
        return self.folder / f"{self.out.name}.json"

    @property
    def failed(self) -> Path:
        """Partial notebooks of pages that failed, and why."""
        return self.folder / "failed" / self.out.name

    def tidy(self) -> None:
        """Finish or remove what a build left that was killed."""
        repair(self.out)
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def cached(self, key: str) -> bytes | None:
        """Return the executed notebook kept under `key`."""
        path = self.folder / "cache" / f"{key}.ipynb"
        if not path.is_file():
            return None
        path.touch()
        return path.read_bytes()

    def keep(self, key: str, notebook: bytes) -> None:
        """Keep an executed notebook under `key`, and forget the oldest beyond the bound."""
        folder = self.folder / "cache"
        write_atomic(folder / f"{key}.ipynb", notebook)
        for old in sorted(folder.glob("*.ipynb"), key=lambda path: path.stat().st_mtime)[:-_CACHED]:
            old.unlink(missing_ok=True)

    def tell_failure(self, outcome: Outcome, failure: Failure) -> None:
        """Keep what is known of a failure: the reason, and what ran of the notebook."""
        reason = f"{outcome.name}: {failure.reason}\nkind: {failure.kind}\n\n{failure.detail}\n"
        write_atomic(self.failed / f"{outcome.name}.txt", reason)
        if outcome.notebook is not None:
            write_atomic(self.failed / f"{outcome.name}.ipynb", outcome.notebook)

    def forget_failure(self, name: str) -> None:
        """Forget an earlier failure of a page that went well."""
        for ending in ("txt", "ipynb"):
            (self.failed / f"{name}.{ending}").unlink(missing_ok=True)

    def read_state(self) -> dict[str, Any]:
        """Return what the last whole build was made from; empty when that is not known."""
        try:
            state = json.loads(self.state.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return state if isinstance(state, dict) else {}

    def write_state(self, state: Mapping[str, object]) -> None:
        """Remember what the site was made from."""
        write_atomic(self.state, json.dumps(state, indent=1, sort_keys=True) + "\n")

    def log(self, run: Mapping[str, object]) -> None:
        """Add a run to the log, which keeps the newest."""
        path = self.folder / "runs.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
        write_atomic(path, "\n".join([*lines[-_RUNS + 1 :], json.dumps(run)]) + "\n")


def workshop(out: Path) -> Workshop:
    """Return the workshop of the site at `out`, after refusing a place where none can be made.

    Raises
    ------
    UsageError
        When `out` cannot be replaced in whole, holds something else than a site, or cannot be written.
    """
    repair(out)
    real = settled(out)
    if real.is_dir() and any(real.iterdir()) and not (real / "manifest.json").is_file():
        raise UsageError(
            f"{out} holds something else than a site, and would be replaced in whole",
            hint="name another folder with --out, or empty this one",
        )
    found = Workshop(real)
    try:
        found.folder.mkdir(parents=True, exist_ok=True)
        # Rights alone do not tell: a file system may be mounted read-only.
        descriptor, name = tempfile.mkstemp(dir=found.folder)
        os.close(descriptor)
        Path(name).unlink()
    except OSError as problem:
        raise UsageError(
            f"{real.parent} cannot be written: {problem.strerror}", hint="name a folder that can, with --out"
        ) from None
    return found
