"""What is published replaces only what was published, in a folder here and over rsync."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_site import make_site, put, random_foreign, tree

from socdialog.errors import DataError, UsageError
from socdialog.publishing import rsync
from socdialog.publishing.publishing import Published, publish
from socdialog.publishing.rsync import Place
from socdialog.store.ownership import SITE, claim, survey

pytestmark = pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")

FIRST = {"index.html": "first", "countries/K.html": "k", "old/deep/page.html": "o", "-rf": "dash", "a b": "blank"}
SECOND = {"index.html": "second", "countries/K.html": "k", "countries/U.html": "u", "new\nline": "n", "ü": "u"}
DAEMON = """
use chroot = no
pid file = {folder}/pid
lock file = {folder}/lock
log file = {folder}/log
munge symlinks = no
[web]
path = {folder}/module
read only = no
{user}
"""


@dataclass(frozen=True)
class Target:
    """Where is published to: as rsync names it, and the folder behind that."""

    name: str
    folder: Path


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A daemon of rsync on this machine."""
    folder = tmp_path_factory.mktemp("daemon")
    (folder / "module").mkdir()
    user = f"uid = {os.geteuid()}\ngid = {os.getegid()}" if os.geteuid() == 0 else ""
    (folder / "conf").write_text(DAEMON.format(folder=folder, user=user))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["rsync", "--daemon", "--no-detach", "--address=127.0.0.1", f"--port={port}", f"--config={folder}/conf"]
    process = subprocess.Popen(command)
    try:
        wait_for(process, port)
        yield f"rsync://127.0.0.1:{port}/web", folder / "module"
    finally:
        process.terminate()
        process.wait()


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    pytest.skip("no daemon of rsync can be started here")


@pytest.fixture(params=["a folder", "a daemon"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Target:
    if request.param == "a folder":
        return Target(str(tmp_path / "shown to all"), tmp_path / "shown to all")
    name, folder = request.getfixturevalue("daemon")
    return Target(f"{name}/{tmp_path.name} é", folder / f"{tmp_path.name} é")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", FIRST)


def second(site: Path) -> None:
    shutil.rmtree(site)
    make_site(site, SECOND)


def send(site: Path, target: Target, *, into_existing: bool = False) -> Published:
    return publish(site, target.name, wait=1, into_existing=into_existing)


def test_an_absent_and_an_empty_target_get_the_site(site: Path, target: Target) -> None:
    assert send(site, target) == Published(len(FIRST) + 1)
    assert tree(target.folder) == tree(site)
    shutil.rmtree(target.folder)
    target.folder.mkdir()
    assert send(site, target).lines() == [f"Published {len(FIRST) + 1} files"]
    assert tree(target.folder) == tree(site)


def test_what_is_no_longer_published_goes_and_what_is_not_ours_stays(site: Path, target: Target) -> None:
    send(site, target)
    put(target.folder, {"CNAME": "example.org", ".git/HEAD": "h", ".git/refs/x": "x", "countries/note": "n"})
    put(site, {"not published": "mine"})
    send(site, target)
    second(site)
    put(site, {"old/deep/page.html": "now of somebody else"})
    found = send(site, target)
    assert found == Published(len(SECOND) + 1, 3, (".git/", "CNAME", "countries/note"))
    assert found.lines()[1:] == [
        "Deleted 3 files no longer published",
        "Left unchanged, not part of the site: .git/, CNAME, countries/note",
    ]
    shutil.rmtree(site / "old")
    put(site, {"CNAME": "example.org", ".git/HEAD": "h", ".git/refs/x": "x", "countries/note": "n"})
    assert tree(target.folder) == tree(site)


ODD = [
    "[a]b.html",
    "a*",
    "b?",
    "c\\d",
    "e\\*f",
    " blank ",
    "new\nline",
    "# remark",
    "merge x",
    "- all",
    "ü/[x]/deep",
    "**",
]
#: What a rule with these names would take along, were its signs not taken as they are.
NEAR = [
    "ab.html",
    "ax",
    "a",
    "bx",
    "cd",
    "e\\xf",
    "blank",
    "new",
    "line",
    "remark",
    "x",
    "all",
    "ü/x/deep",
    "ü/[x]/deeper",
]


def test_exactly_the_named_files_are_deleted_whatever_they_are_called(target: Target) -> None:
    put(target.folder, dict.fromkeys([*ODD, *NEAR], "here"))
    Place(target.name).delete(ODD)
    left = tree(target.folder)
    assert set(left) == {*NEAR, "ü", "ü/x", "ü/[x]"}
    Place(target.name).delete(["ü"])
    assert tree(target.folder) == left, "a folder that still holds something stays"
    Place(target.name).delete(["not/there/x"])
    assert not (target.folder / "not").exists(), "and nothing is made"


def test_a_folder_of_others_is_left_alone_unless_told_otherwise(site: Path, target: Target) -> None:
    mine = {"thesis.tex": "years", ".git/HEAD": "h", "countries/mine.html": "m"}
    put(target.folder, mine)
    before = tree(target.folder)
    with pytest.raises(UsageError, match=r"\.git/, countries/, thesis\.tex") as raised:
        send(site, target)
    assert raised.value.exit_code == 2
    assert "--into-existing" in raised.value.hint
    assert tree(target.folder) == before
    assert send(site, target, into_existing=True).foreign == (".git/", "countries/mine.html", "thesis.tex")
    put(site, mine)
    assert tree(target.folder) == tree(site)


@pytest.mark.parametrize("mine", ["manifest.json", "index.html", "countries", "a b/x"])
def test_a_collision_is_told_before_anything_is_copied(site: Path, target: Target, mine: str) -> None:
    put(target.folder, {mine: '{"name": "an app"}'})
    before = tree(target.folder)
    with pytest.raises(UsageError, match=r"does not contain|other files use"):
        send(site, target)
    with pytest.raises(UsageError, match="other files use"):
        send(site, target, into_existing=True)
    assert tree(target.folder) == before


@pytest.mark.parametrize("name", ["index.html", "countries"])
def test_a_link_where_one_of_ours_must_go_is_a_collision(site: Path, target: Target, tmp_path: Path, name: str) -> None:
    send(site, target)
    elsewhere = tmp_path / "elsewhere"
    (target.folder / name).rename(elsewhere)
    (target.folder / name).symlink_to(elsewhere)
    before = tree(target.folder), tree(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="other files use") as raised:
        send(site, target)
    assert raised.value.details == (name,)
    assert (tree(target.folder), tree(tmp_path / "elsewhere")) == before


def test_a_link_where_a_folder_that_goes_was_stays(site: Path, target: Target, tmp_path: Path) -> None:
    send(site, target)
    (target.folder / "old").rename(tmp_path / "elsewhere")
    (target.folder / "old").symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path / "elsewhere")
    second(site)
    assert send(site, target).foreign == ("old",)
    assert (target.folder / "old").is_symlink()
    assert tree(tmp_path / "elsewhere") == before


def test_what_rsync_left_underway_is_nobodys_file(site: Path, target: Target) -> None:
    send(site, target)
    put(target.folder, {"countries/.~tmp~/U.html": "half", "~tmp~": "mine"})
    second(site)
    assert send(site, target).foreign == ("~tmp~",)
    assert (target.folder / "countries" / "U.html").read_text() == "u"


@pytest.mark.parametrize("step", range(5))
def test_a_copy_that_was_cut_off_is_completed_the_next_time(
    site: Path, target: Target, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    send(site, target)
    put(target.folder, {"CNAME": "example.org"})
    second(site)
    real, changes = rsync._rsync, []

    def cut_off(*arguments: str, names: tuple[str, ...] = ()) -> subprocess.CompletedProcess[bytes]:
        if "--from0" in arguments:
            changes.append(arguments)
            if len(changes) > step:
                # Half of the files arrive.
                real(*arguments, names=sorted(names)[::2])
                return subprocess.CompletedProcess(arguments, 20, b"", b"killed")
        return real(*arguments, names=names)

    with monkeypatch.context() as patched:
        patched.setattr(rsync, "_rsync", cut_off)
        with pytest.raises(DataError, match="exit code 20 of rsync"):
            send(site, target)
    assert (target.folder / "CNAME").read_text() == "example.org"
    assert send(site, target).foreign == ("CNAME",)
    put(site, {"CNAME": "example.org"})
    assert tree(target.folder) == tree(site)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 6))])
def test_random_files_of_others_stay_as_they_are_and_nothing_else_changes(
    site: Path, target: Target, seed: int
) -> None:
    send(site, target)
    random_foreign(target.folder, seed)
    kept = {*survey(target.folder, SITE).foreign}
    before = {name: text for name, text in tree(target.folder).items() if name in kept}
    second(site)
    send(site, target)
    found = survey(target.folder, SITE)
    assert {name: text for name, text in tree(target.folder).items() if name in found.foreign} == before
    assert set(found.ours) == {*SECOND, "manifest.json"}
    assert all((target.folder / name).read_bytes() == (site / name).read_bytes() for name in found.ours)


def test_the_folder_of_work_and_the_site_itself_are_no_targets(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    before = tree(site)
    for name in (".", str(site), str(site / "inside"), "../.socdialog/x"):
        with pytest.raises(UsageError, match="is the site or is inside it"):
            publish(site, name, wait=1)
    monkeypatch.chdir(tmp_path)
    put(tmp_path, {"thesis.tex": "t"})
    with pytest.raises(UsageError, match="does not contain a socdialog site"):
        publish(site, ".", wait=1)
    assert tree(site) == before
    assert (tmp_path / "thesis.tex").read_text() == "t"


def test_a_site_that_was_only_begun_is_no_site_and_takes_nothing_away(site: Path, tmp_path: Path) -> None:
    shown = Target(str(tmp_path / "shown"), tmp_path / "shown")
    send(site, shown)
    before = tree(shown.folder)
    shutil.rmtree(site)
    put(site, {"manifest.json": claim(()).decode(), "thesis.tex": "t"})
    with pytest.raises(UsageError, match="holds no site"):
        send(site, shown)
    assert tree(shown.folder) == before


def test_what_a_killed_build_left_is_named(site: Path, tmp_path: Path) -> None:
    shown = Target(str(tmp_path / "shown"), tmp_path / "shown")
    left = make_site(tmp_path / ".site.swap", {"old.html": "o"})
    put(left, {"index.html": "not ours, and cannot go back"})
    assert send(site, shown).lines()[1:] == [f"Could not be kept in the site; moved to: {tmp_path / 'site.left'}"]
    assert tree(tmp_path / "site.left") == {"index.html": b"not ours, and cannot go back"}


def test_a_hostile_manifest_at_the_target_makes_nothing_there_ours(site: Path, tmp_path: Path) -> None:
    shown = make_site(tmp_path / "shown", {"index.html": "i"})
    put(tmp_path, {"victim": "v"})
    (shown / "manifest.json").write_text('{"schema": "socdialog.site/1", "files": {"../victim": {}, "index.html": {}}}')
    before = tree(shown)
    with pytest.raises(UsageError, match="does not contain a socdialog site"):
        publish(site, str(shown), wait=1)
    assert tree(shown) == before
    assert (tmp_path / "victim").read_text() == "v"


def test_a_file_and_an_unknown_module_are_refused(site: Path, tmp_path: Path, daemon: tuple[str, Path]) -> None:
    put(tmp_path, {"file": "f"})
    with pytest.raises(UsageError, match="is a file"):
        publish(site, str(tmp_path / "file"), wait=1)
    with pytest.raises(DataError, match="could not be listed"):
        publish(site, daemon[0].replace("/web", "/nothing"), wait=1)
    with pytest.raises(UsageError, match="names no module"):
        publish(site, daemon[0].removesuffix("/web"), wait=1)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("shown", "shown/"),
        ("shown/", "shown/"),
        ("/srv/a:b", "/srv/a:b/"),
        ("host:", "host:./"),
        ("me@host:/srv/web", "me@host:/srv/web/"),
        ("host::module", "host::module/"),
        ("rsync://host:873/module/x", "rsync://host:873/module/x/"),
    ],
)
def test_an_address_never_means_another_folder(text: str, address: str) -> None:
    assert rsync.Place(text).address() == address


@pytest.mark.parametrize("text", ["rsync://host", "rsync://host/", "host::"])
def test_a_daemon_without_a_module_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names no module"):
        rsync.Place(text).address()
