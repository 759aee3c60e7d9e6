"""What a publication asks of rsync: list a place, fetch a file, copy named files, delete named files.

The same four questions serve a folder here, ``host:folder`` and ``rsync://host/module/folder``. None of them
lets rsync choose what to delete.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from socdialog.errors import DataError, UsageError
from socdialog.store.ownership import Kind, parents

#: rsync's own word for "some files were not transferred", which is also its answer about a folder that is not there.
_PARTIAL = 23
_ABSENT = re.compile(r"change_dir .* failed: No such file or directory \(2\)")
_NO_FOLDER = re.compile(r"change_dir .* failed: Not a directory \(20\)")
#: A name as rsync prints it: what is not plain ASCII comes as octal numbers.
_ESCAPED = re.compile(rb"\\#([0-7]{3})")
_KINDS: dict[str, Kind] = {"f": "file", "d": "folder"}
#: Where rsync keeps new files until all are there; it empties such folders itself.
_UNDERWAY = ".~tmp~"
#: Eleven letters that say what would be done, then the name.
_NAME_AT = 12
_REMOTE = re.compile(r"(?P<host>[^/]*:)(?P<rest>.*)", re.DOTALL)
_MODULE = re.compile(r"rsync://[^/]+/[^/]+|[^/]*::[^/]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as rsync names it.

    Parameters
    ----------
    text
        As the user wrote it.
    """

    text: str

    @property
    def local(self) -> Path | None:
        """The folder on this machine; None for another machine."""
        return None if _REMOTE.match(self.text) else Path(self.text)

    def address(self) -> str:
        """Return the folder with an end that says that it is one.

        Examples
        --------
        >>> Place("web@host:").address(), Place("shown").address()
        ('web@host:./', 'shown/')
        """
        found = _REMOTE.match(self.text)
        if found and (self.text.startswith("rsync://") or "::" in found["host"] or found["rest"].startswith(":")):
            if not _MODULE.match(self.text):
                raise UsageError(f"{self.text} names no module", hint="write rsync://host/module/folder")
        elif found and not found["rest"]:
            return f"{self.text}./"
        return self.text if self.text.endswith("/") else f"{self.text}/"

    def entries(self) -> dict[str, Kind]:
        """Return everything in the folder by its path; nothing when it is not there.

        Raises
        ------
        UsageError
            When it is a file.
        DataError
            When it cannot be listed in whole.
        """
        with tempfile.TemporaryDirectory() as nothing:
            ended = _rsync("--dry-run", "-rlD", "--out-format=%i %n", "--", self.address(), f"{nothing}/")
        stderr = ended.stderr.decode(errors="replace")
        if ended.returncode == _PARTIAL and _NO_FOLDER.search(stderr):
            raise UsageError(f"{self.text} is a file", hint="name a folder")
        if ended.returncode == _PARTIAL and _ABSENT.search(stderr) and not ended.stdout:
            return {}
        _refuse_failure(ended, f"{self.text} could not be listed")
        found: dict[str, Kind] = {}
        for line in ended.stdout.splitlines():
            name = os.fsdecode(_ESCAPED.sub(lambda octal: bytes([int(octal[1], 8)]), line[_NAME_AT:])).rstrip("/")
            if name != "." and _UNDERWAY not in name.split("/"):
                found[name] = _KINDS.get(chr(line[1]), "other")
        return found

    def content(self, name: str) -> bytes:
        """Return the content of a file there."""
        with tempfile.TemporaryDirectory() as folder:
            ended = _rsync("--", f"{self.address()}{name}", f"{folder}/")
            _refuse_failure(ended, f"{name} could not be fetched from {self.text}")
            return (Path(folder) / name).read_bytes()

    def put(self, folder: Path, names: Iterable[str]) -> None:
        """Copy files of `folder`; all get their names at the end, in one moment."""
        options = ("--times", "--perms", "--checksum", "--delay-updates", "--no-implied-dirs")
        ended = _rsync(*options, *_FROM_LIST, "--", f"{folder}/", self.address(), names=names)
        _refuse_failure(ended, "rsync could not copy the site")

    def put_content(self, name: str, content: bytes) -> None:
        """Write one file."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / name).write_bytes(content)
            (Path(folder) / name).chmod(0o644)
            self.put(Path(folder), [name])

    def delete(self, names: Iterable[str]) -> None:
        """Delete exactly these files, or empty folders."""
        wanted = sorted(names)
        if not wanted:
            return
        with tempfile.TemporaryDirectory() as nothing:
            for above in parents(wanted):
                (Path(nothing) / above).mkdir(parents=True, exist_ok=True)
            # Not --delete-missing-args: the security updates of May 2026 refuse what it sends (rsync issue 910).
            rules = [*(f"risk /{_literally(name)}" for name in wanted), "protect *"]
            options = ("-r", "--delete", "--existing", "--from0", "--filter=merge -")
            ended = _rsync(*options, "--", f"{nothing}/", self.address(), names=rules)
            _refuse_failure(ended, "rsync could not delete files that are no longer published")


_FROM_LIST = ("--from0", "--files-from=-")


def _literally(name: str) -> str:
    """Return a name as a rule of rsync takes it; a backslash is one of an escape only where there is a wildcard."""
    return re.sub(r"([\\\\*?\[])", r"\\\1", name) if re.search(r"[*?\[]", name) else name


def _rsync(*arguments: str, names: Iterable[str] = ()) -> subprocess.CompletedProcess[bytes]:
    command = ["rsync", "--secluded-args", *arguments]
    listed = b"".join(os.fsencode(name) + b"\0" for name in names)
    try:
        return subprocess.run(  # noqa: S603 - no shell
            command, input=listed, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except FileNotFoundError:
        raise UsageError("rsync, which copies the site, is not installed", hint="install rsync") from None


def _refuse_failure(ended: subprocess.CompletedProcess[bytes], title: str) -> None:
    if ended.returncode:
        raise DataError(
            f"{title} (exit code {ended.returncode} of rsync)",
            details=ended.stderr.decode(errors="replace").splitlines(),
            hint="fix this and publish again; an interrupted copy is then completed",
        )
