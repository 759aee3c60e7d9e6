"""Whoever replaces a folder loses nothing that is not ours, wherever it is stopped."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_site import make_site, put, random_foreign, tree

from socdialog.errors import UsageError
from socdialog.store import files
from socdialog.store.ownership import SITE, claim, survey
from socdialog.store.replacing import Replaced, repair, replace_folder

OLD = {"index.html": "old", "countries/K.html": "k", "gone/page.html": "g"}
NEW = {"index.html": "new", "countries/U.html": "u", "data/a.csv": "a"}
CHANGES = ("link", "rename", "replace", "unlink", "rmdir", "mkdir", "chmod")


class Died(BaseException):
    """The process was killed."""


@pytest.fixture(params=["one step", "two renames", "no hard links"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Systems differ in what they can do."""
    if request.param != "one step":
        monkeypatch.setattr(files, "_exchange_names", lambda _one, _other: False)
    if request.param == "no hard links":
        monkeypatch.setattr(os, "link", cannot(errno.EPERM))
    return str(request.param)


def cannot(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def replace(folder: Path, **options: bytes) -> Replaced:
    shutil.rmtree(folder / "staged", ignore_errors=True)
    return replace_folder(make_site(folder / "staged", NEW), folder / "site", SITE, **options)


def foreign(site: Path) -> dict[str, str | bytes]:
    kept = {*survey(site, SITE).foreign}
    return {name: content for name, content in tree(site).items() if name in kept}


def sibling(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in {"site", "staged"})


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("seed", range(12))
def test_random_files_of_others_stay_as_they_are_and_nothing_else_changes(tmp_path: Path, seed: int) -> None:
    site = make_site(tmp_path / "site", OLD)
    random_foreign(site, seed)
    before = foreign(site)
    rights = {name: (site / name).lstat().st_mode for name in before}
    replaced = replace(tmp_path)
    assert sorted(replaced.foreign) == sorted(before)
    assert replaced.left == ()
    assert foreign(site) == before
    assert {name: (site / name).lstat().st_mode for name in before} == rights
    assert set(survey(site, SITE).ours) == {*NEW, "manifest.json"}
    assert sibling(tmp_path) == []


@pytest.mark.usefixtures("system")
def test_a_folder_of_others_is_replaced_only_when_claimed(tmp_path: Path) -> None:
    put(tmp_path / "site", {"thesis.tex": "t", ".git/HEAD": "h", "countries/mine": "m"})
    before = tree(tmp_path / "site")
    with pytest.raises(UsageError, match="does not contain a socdialog site"):
        replace(tmp_path)
    assert tree(tmp_path / "site") == before
    replace(tmp_path, claim=claim(()))
    assert foreign(tmp_path / "site") == {name: text for name, text in before.items() if text != "folder"}
    assert (tmp_path / "site" / "index.html").read_text() == "new"
    assert replace(tmp_path).foreign == (".git/HEAD", "countries/mine", "thesis.tex"), "it is ours from now on"


@pytest.mark.parametrize("mine", ["index.html", "countries", "data/a.csv/x", "manifest.json"])
def test_a_collision_is_told_before_anything_changes(tmp_path: Path, mine: str) -> None:
    put(tmp_path / "site", {mine: "mine"})
    before = tree(tmp_path / "site")
    with pytest.raises(UsageError, match="other files use"):
        replace(tmp_path, claim=claim(()))
    assert tree(tmp_path / "site") == before
    assert sibling(tmp_path) == []


def killed_after(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process change the disk `steps` times, and then never again."""
    left = iter(range(steps))

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(left, None) is None:
                raise Died
            return real(*arguments, **options)

        return call

    for name in CHANGES:
        monkeypatch.setattr(os, name, counted(getattr(os, name)))
    monkeypatch.setattr(files, "_exchange_names", counted(files._exchange_names))


def deaths(folder: Path, monkeypatch: pytest.MonkeyPatch, **options: bytes) -> Iterator[int]:
    """Kill a replacement after each number of steps until one ends."""
    first = folder / "first"
    for steps in range(200):
        for path in folder.iterdir():
            if path != first:
                shutil.rmtree(path)
        shutil.copytree(first, folder / "site", symlinks=True)
        make_site(folder / "staged", NEW)
        with monkeypatch.context() as patched:
            killed_after(steps, patched)
            try:
                replace_folder(folder / "staged", folder / "site", SITE, **options)
            except Died:
                pass
            else:
                return
        yield steps
    raise AssertionError("never ended")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("ours", [True, False], ids=["a site", "a folder of others"])
def test_a_kill_at_any_step_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours: bool) -> None:
    first = make_site(tmp_path / "first", OLD) if ours else tmp_path / "first"
    put(first, {"CNAME": "c", "countries/note": "n", ".git/refs/main": "m"})
    (first / "link").symlink_to("/etc")
    (first / "empty").mkdir()
    before = foreign(first)
    options = {} if ours else {"claim": claim(())}
    seen = set()
    for _ in deaths(tmp_path, monkeypatch, **options):
        assert repair(tmp_path / "site", SITE) == ()
        site = tmp_path / "site"
        index = (site / "index.html").read_text() if (site / "index.html").exists() else ""
        seen.add(index)
        assert set(survey(site, SITE).ours) >= ({"old": {*OLD}, "new": {*NEW}, "": set()}[index])
        assert {name: text for name, text in foreign(site).items() if name in before} == before
        assert [name for name in sibling(tmp_path) if name != "first"] == []
        shutil.rmtree(tmp_path / "staged", ignore_errors=True)
        make_site(tmp_path / "staged", NEW)
        replace_folder(tmp_path / "staged", site, SITE, **options)
        assert foreign(site) == before
        assert set(survey(site, SITE).ours) == {*NEW, "manifest.json"}
    assert seen == ({"old", "new"} if ours else {"", "new"})


def test_what_appears_or_changes_while_folders_are_exchanged_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(tmp_path / "site", OLD)
    put(site, {"CNAME": "c", "HEAD": "h"})

    def late(one: Path, other: Path) -> Path | None:
        put(site, {"late/comer": "l", "HEAD.lock": "newer"})
        (site / "HEAD.lock").rename(site / "HEAD")
        return files.exchange(one, other)

    monkeypatch.setattr("socdialog.store.replacing.exchange", late)
    assert replace(tmp_path).left == ()
    assert foreign(site) == {"CNAME": b"c", "HEAD": b"newer", "late/comer": b"l"}
    assert sibling(tmp_path) == []


def test_what_cannot_be_moved_stays_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", OLD)

    def late(one: Path, other: Path) -> Path | None:
        put(site, {"data": "a file where the new site has a folder"})
        return files.exchange(one, other)

    monkeypatch.setattr("socdialog.store.replacing.exchange", late)
    put(tmp_path / "site.left", {"x": "of somebody"})
    assert replace(tmp_path).left == (tmp_path / "site.left-2",)
    assert tree(tmp_path / "site.left-2") == {"data": b"a file where the new site has a folder"}
    assert tree(tmp_path / "site.left") == {"x": b"of somebody"}
    assert repair(site, SITE) == ()


@pytest.mark.parametrize("name", [".site.replaced", ".site.swap"])
def test_a_folder_of_somebody_with_a_name_of_ours_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(files, "_exchange_names", lambda _one, _other: False)
    site = make_site(tmp_path / "site", OLD)
    put(tmp_path / name, {"thesis.tex": "t"})
    assert repair(site, SITE) == ()
    before = tree(site)
    with pytest.raises(UsageError, match="in the way and was not written by socdialog"):
        replace(tmp_path)
    assert tree(site) == before
    shutil.rmtree(site)
    repair(site, SITE)
    assert not site.exists()
    assert sibling(tmp_path) == [name]
    assert tree(tmp_path / name) == {"thesis.tex": b"t"}


@pytest.mark.parametrize("name", [".site.replaced", ".site.swap"])
def test_repair_writes_over_nothing_and_follows_no_link(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path / "site", OLD)
    put(site, {"note": "in the site"})
    elsewhere = make_site(tmp_path / "elsewhere", OLD)
    (tmp_path / name).symlink_to(elsewhere)
    before = tree(elsewhere)
    assert repair(site, SITE) == ()
    assert (tree(elsewhere), (tmp_path / name).is_symlink()) == (before, True)
    (tmp_path / name).unlink()
    put(elsewhere.rename(tmp_path / name), {"note": "of a killed build", "other": "o"})
    assert repair(site, SITE) == (tmp_path / "site.left",)
    assert tree(tmp_path / "site.left") == {"note": b"of a killed build"}
    assert foreign(site) == {"note": b"in the site", "other": b"o"}


def test_a_linked_site_stays_a_link_and_keeps_the_rights_of_its_folder(tmp_path: Path) -> None:
    real = make_site(tmp_path / "real", OLD)
    real.chmod(0o2750)
    put(real, {"CNAME": "c"})
    (tmp_path / "site").symlink_to(real)
    replace(tmp_path)
    assert (tmp_path / "site").is_symlink()
    assert (real / "index.html").read_text() == "new"
    assert (real / "CNAME").read_text() == "c"
    assert real.stat().st_mode & 0o7777 == 0o2750


def test_another_file_system_inside_is_refused_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "site", {"media/film": "f"})
    before = tree(tmp_path / "site")
    monkeypatch.setattr(os, "link", cannot(errno.EXDEV))
    with pytest.raises(UsageError, match="mount point"):
        replace(tmp_path, claim=claim(()))
    assert tree(tmp_path / "site") == before
    assert sibling(tmp_path) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")
def test_a_mounted_folder_inside_is_refused(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", OLD)
    (site / "media").mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "tmpfs", site / "media"], check=False).returncode:
        pytest.skip("this system does not let us mount a file system")
    try:
        put(site, {"media/film": "f"})
        with pytest.raises(UsageError, match="mount point"):
            replace(tmp_path)
        assert (site / "media" / "film").read_text() == "f"
        assert (site / "index.html").read_text() == "old"
    finally:
        subprocess.run(["umount", site / "media"], check=True)
