"""Files that nobody touched are not read again; whatever was touched is, though size and time look the same."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from socdialog.store import fingerprint_memory as room
from socdialog.store.fingerprint import fingerprint
from socdialog.store.fingerprint_memory import remembered

LATER = 3_000_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "one.csv").write_text("x\n1\n")
    (tmp_path / "raw" / "two.csv").write_text("y\n2\n")
    return tmp_path / "raw"


def later() -> int:
    """A moment at which files written just now have been at rest."""
    return time.time_ns() + LATER


def forbidden(_: Path) -> str:
    raise AssertionError("the files were read")


def test_untouched_files_are_not_read_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    memory = tmp_path / "memory.json"
    expected = fingerprint(folder)
    assert remembered(folder, memory, now=later()) == expected
    monkeypatch.setattr(room, "fingerprint", forbidden)
    assert remembered(folder, memory, now=later()) == expected


def same_size_and_time(folder: Path) -> None:
    path = folder / "two.csv"
    stat = path.stat()
    path.write_text("y\n3\n")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (stat.st_size, stat.st_mtime_ns)


def replaced(folder: Path) -> None:
    path = folder / "two.csv"
    stat = path.stat()
    (folder / "new").write_text("y\n3\n")
    os.utime(folder / "new", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (folder / "new").replace(path)


@pytest.mark.parametrize(
    "touch",
    [
        same_size_and_time,
        replaced,
        lambda folder: (folder / "two.csv").unlink(),
        lambda folder: (folder / "three.csv").write_text("z\n"),
        lambda folder: (folder / "two.csv").rename(folder / "2.csv"),
    ],
)
def test_whatever_was_touched_is_seen(folder: Path, tmp_path: Path, touch: Callable[[Path], object]) -> None:
    memory = tmp_path / "memory.json"
    before = remembered(folder, memory, now=later())
    assert memory.is_file()
    time.sleep(0.02)  # longer than the step of the clock that files are stamped with
    touch(folder)
    assert remembered(folder, memory, now=later()) == fingerprint(folder) != before


def test_files_changed_a_moment_ago_are_not_remembered(folder: Path, tmp_path: Path) -> None:
    memory = tmp_path / "memory.json"
    assert remembered(folder, memory) == fingerprint(folder)
    assert not memory.exists()


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"files": {}}'])
def test_a_damaged_memory_is_made_anew(folder: Path, tmp_path: Path, content: str) -> None:
    memory = tmp_path / "memory.json"
    memory.write_text(content)
    assert remembered(folder, memory, now=later()) == fingerprint(folder)
    assert json.loads(memory.read_text())["fingerprint"] == fingerprint(folder)


def test_where_nothing_can_be_written_the_files_are_read(folder: Path) -> None:
    assert remembered(folder, folder / "two.csv" / "memory.json", now=later()) == fingerprint(folder)
