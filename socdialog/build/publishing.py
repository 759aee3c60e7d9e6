"""Copy a site to where readers find it, whole or not at all."""

from __future__ import annotations

import subprocess
from pathlib import Path

from socdialog.build.old import old_site
from socdialog.build.workshop import workshop
from socdialog.errors import DataError, UsageError
from socdialog.store.locks import locked

#: Files change their names at the end of the copy, all at once; what is no longer published goes.
_RSYNC = ("rsync", "--archive", "--delete-after", "--delay-updates")


def publish(out: Path, target: str, *, wait: float) -> int:
    """Copy the site at `out` to `target` with rsync; return the number of its files.

    No build of the site goes on meanwhile, so that what is copied is one site and not two halves.

    Raises
    ------
    UsageError
        When there is no site, or no rsync.
    DataError
        When the site is damaged, or the copy failed.
    BusyError
        When a build of the site did not end within `wait` seconds.
    """
    if not old_site(out).content:
        raise UsageError(f"{out} holds no site", hint="run `socdialog build` first, or name the site with --out")
    shop = workshop(out)
    with locked(shop.lock, wait=wait):
        site = old_site(shop.out)
        damaged = site.damage()
        if damaged:
            raise DataError(
                f"{len(damaged)} file(s) of {out} are not what was built; nothing was copied",
                details=damaged,
                hint="build it again",
            )
        try:
            ended = subprocess.run([*_RSYNC, "--", f"{shop.out}/", target], check=False)  # noqa: S603 - no shell
        except FileNotFoundError:
            raise UsageError("rsync, which copies the site, is not installed", hint="install rsync") from None
        if ended.returncode:
            raise DataError(
                f"rsync could not copy the site (exit code {ended.returncode})",
                hint="it is tried again the next time; what was shown may be older",
            )
        return len(site.files()) + 1
