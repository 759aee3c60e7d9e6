"""Paths as people give them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.paths import expanded, user_path
from socdialog.store.study import DATA_VARIABLE, find_study


def test_a_tilde_is_a_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert user_path("~") == tmp_path
    assert user_path("~/site") == user_path(Path("~/site")) == tmp_path / "site"
    assert user_path("a/~/b") == Path("a/~/b")
    assert user_path("./~") == Path("~")
    assert expanded("host:~/www") == "host:~/www"
    (tmp_path / "study" / "raw").mkdir(parents=True)
    assert find_study("~/study").data == tmp_path / "study"


def test_any_other_path_stays_as_it_is(tmp_path: Path) -> None:
    for text in ("data", "../data", "/", " ", "with space/é", str(tmp_path / "absent" / "below")):
        assert user_path(text) == Path(text)
    (tmp_path / "file").touch()
    assert user_path(tmp_path / "file" / "below") == tmp_path / "file" / "below", "whoever opens it says what it is"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "the path is empty"),
        ("~nouser-of-this-name/x", "no home folder is known for ~nouser-of-this-name"),
        ("~nouser-of-this-name", "no home folder is known for ~nouser-of-this-name"),
        ("x" * 300, "File name too long"),
        ("x/" * 2500, "(5,000 characters) cannot be used: File name too long"),
        ("a\0b", "embedded null"),
    ],
)
def test_what_no_system_can_open_is_refused(given: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError) as refused:
        user_path(given)
    assert said in refused.value.title
    assert len(refused.value.title) < 200
    assert refused.value.hint
    if given and "\0" not in given:
        monkeypatch.setenv(DATA_VARIABLE, given)
        with pytest.raises(UsageError, match=r"no home folder|too long"):
            find_study()


def test_the_longest_text_quoted_whole_has_60_characters() -> None:
    for length, whole in ((60, True), (61, False)):
        text = "~" + "x" * (length - 1)
        with pytest.raises(UsageError) as refused:
            expanded(text)
        assert refused.value.title.startswith(f"{text}: ") == whole


def test_an_empty_home_is_not_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "")
    with pytest.raises(UsageError, match="no home folder is known for ~"):
        user_path("~/site")
    monkeypatch.delenv("HOME")
    assert user_path("~").is_absolute(), "the system knows the home of its user"


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(UsageError, match="cannot be used"):
        user_path(tmp_path / "one")
    (tmp_path / "dangling").symlink_to("nowhere")
    assert user_path(tmp_path / "dangling") == tmp_path / "dangling"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter every folder")
def test_a_folder_that_may_not_be_entered_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    with pytest.raises(UsageError, match="Permission denied"):
        user_path(tmp_path / "closed" / "x")
