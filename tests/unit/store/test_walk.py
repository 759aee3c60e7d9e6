"""One walk names every regular file once, enters links, and opens nothing that is no file."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from socdialog.store.fingerprint import fingerprint
from socdialog.store.walk import DEEPEST, readable, walk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "raw" / "a").mkdir(parents=True)
    (tmp_path / "raw" / "a" / "one.csv").write_text("1\n")
    (tmp_path / "raw" / "two.csv").write_text("2\n")
    return tmp_path / "raw"


def messages(folder: Path) -> dict[str, str]:
    return {one.name: one.message for one in walk(folder).obstacles}


def test_files_are_named_by_their_place_and_hidden_ones_left_out(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / ".git" / "head").write_text("x")
    (folder / "a" / "__pycache__").mkdir()
    (folder / "a" / "__pycache__" / "x.pyc").write_text("x")
    assert walk(folder).files == {"a/one.csv": folder / "a" / "one.csv", "two.csv": folder / "two.csv"}
    assert walk(folder).obstacles == ()


def test_a_linked_folder_and_a_linked_file_are_followed(folder: Path, tmp_path: Path) -> None:
    (folder / "a").rename(tmp_path / "elsewhere")
    (folder / "a").symlink_to(tmp_path / "elsewhere")
    (folder / "two.csv").rename(tmp_path / "2.csv")
    (folder / "two.csv").symlink_to(tmp_path / "2.csv")
    assert list(walk(folder).files) == ["a/one.csv", "two.csv"]
    assert walk(folder).obstacles == ()


def test_a_folder_is_entered_once_and_by_its_own_name(folder: Path) -> None:
    (folder / "A link that sorts before").symlink_to("a")
    (folder / "a" / "up").symlink_to(folder)
    assert list(walk(folder).files) == ["a/one.csv", "two.csv"]
    assert {name: "already read" in said for name, said in messages(folder).items()} == {
        "A link that sorts before": True,
        "a/up": True,
    }


def test_links_between_folders_do_not_multiply_the_files(folder: Path) -> None:
    for number in range(20):
        (folder / f"d{number}").mkdir()
        for way in "xy":
            (folder / f"d{number}" / way).symlink_to(folder / f"d{(number + 1) % 20}")
    assert list(walk(folder).files) == ["a/one.csv", "two.csv"]
    assert len(messages(folder)) == 40


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (os.mkfifo, "is a named pipe"),
        (lambda path: path.symlink_to("nowhere"), "is a broken link (nowhere)"),
        (lambda path: path.symlink_to(path.name), "is a broken link"),
        (lambda path: path.symlink_to("/dev/null"), "is a device"),
    ],
    ids=["pipe", "broken link", "link to itself", "device"],
)
def test_what_is_no_file_is_named_and_not_opened(folder: Path, made, says: str) -> None:
    before = fingerprint(folder)
    made(folder / "a" / "odd.csv")
    assert list(walk(folder).files) == ["a/one.csv", "two.csv"]
    assert says in messages(folder)["a/odd.csv"]
    assert fingerprint(folder) != before, "it enters the fingerprint, by its name"
    assert fingerprint(folder) == fingerprint(folder)


def test_a_socket_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("s.csv")
        assert "is a socket" in messages(folder)["s.csv"]


def test_folders_deeper_than_the_limit_are_named(folder: Path) -> None:
    deepest = folder.joinpath(*["d"] * DEEPEST)
    deepest.mkdir(parents=True)
    (deepest / "last.csv").write_text("x")
    assert f"{'d/' * DEEPEST}last.csv" in walk(folder).files
    assert walk(folder).obstacles == ()
    (deepest / "e").mkdir()
    (deepest / "e" / "lost.csv").write_text("x")
    assert list(messages(folder)) == [f"{'d/' * DEEPEST}e"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_and_file_are_named(folder: Path) -> None:
    (folder / "a").chmod(0)
    (folder / "two.csv").chmod(0)
    try:
        assert walk(folder).files == {}
        assert {name: "change its permissions" in said for name, said in messages(folder).items()} == {
            "a": True,
            "two.csv": True,
        }
    finally:
        (folder / "a").chmod(0o755)


def test_a_name_that_is_no_text_is_hashed_and_shown(folder: Path) -> None:
    name = os.fsdecode(b"\xee\xf2\xf7.csv")
    before = fingerprint(folder)
    (folder / name).write_text("x")
    assert name in walk(folder).files
    assert fingerprint(folder) != before
    assert readable(name) == r"\xee\xf2\xf7.csv"
    assert readable("a\nb\u202e é") == r"a\nb\u202e é"
