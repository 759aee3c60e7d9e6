"""Whole files and whole folders: the old one or the new one, never a part."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.store import files


def folder(at: Path, word: str) -> Path:
    at.mkdir()
    (at / "page.html").write_text(word)
    return at


def read(at: Path) -> str:
    return (at / "page.html").read_text()


def test_write_atomic_replaces_content_and_keeps_mode_and_link(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    files.write_atomic(link, "naïve\n")
    assert link.is_symlink()
    assert real.read_bytes() == "naïve\n".encode()
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.csv", "real.csv"]


def test_write_atomic_leaves_the_old_file_when_the_new_one_fails(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        files.write_atomic(target, "\ud800")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("one_step", [True, False])
def test_exchange_puts_the_new_folder_in_and_hands_the_old_one_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_step: bool
) -> None:
    if not one_step:
        monkeypatch.setattr(files, "_exchange_names", lambda _one, _other: False)
    site, staged = folder(tmp_path / "site", "old"), folder(tmp_path / "staged", "new")
    old = files.exchange(staged, site)
    assert old is not None
    assert (read(site), read(old)) == ("new", "old")


def test_exchange_with_nothing_there_moves_the_folder(tmp_path: Path) -> None:
    assert files.exchange(folder(tmp_path / "staged", "new"), tmp_path / "site") is None
    assert read(tmp_path / "site") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_exchange_keeps_a_link_a_link(tmp_path: Path) -> None:
    real = folder(tmp_path / "real", "old")
    link = tmp_path / "site"
    link.symlink_to(real)
    files.exchange(folder(tmp_path / "staged", "new"), link)
    assert link.is_symlink()
    assert read(real) == "new"


def test_a_mount_point_and_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="mount point"):
        files.settled(Path("/proc"))
    (tmp_path / "site").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        files.exchange(folder(tmp_path / "staged", "new"), tmp_path / "site")
