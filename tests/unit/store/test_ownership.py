"""A folder is ours only when our manifest lies in it, and of it only what that lists."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from small_site import make_site, put

from socdialog.errors import UsageError
from socdialog.store.ownership import (
    SITE,
    SITE_SCHEMA,
    TABLES,
    Holdings,
    claim,
    few,
    in_short,
    is_safe,
    refuse_collisions,
    refuse_strangers,
    survey,
)
from socdialog.store.walk import readable


def manifest(**files: object) -> bytes:
    return json.dumps({"schema": SITE_SCHEMA, "files": files}).encode()


@pytest.mark.parametrize(
    "name",
    ["", "/", "/etc/passwd", "..", "../a", "a/../b", "a/..", ".", "./a", "a//b", "a/", "a\\b", "a\0b", "manifest.json"],
)
def test_a_manifest_that_names_anything_but_plain_files_of_its_folder_is_not_ours(name: str) -> None:
    assert SITE.listed(manifest(**{"index.html": {}})) == {"index.html", "manifest.json"}
    assert SITE.listed(manifest(**{"index.html": {}, name: {}})) is None


@pytest.mark.parametrize("name", ["a", "a b", "-x", "..a", "a..", "...", "a/b/c", "ü", "new\nline"])
def test_plain_names_are_safe(name: str) -> None:
    assert is_safe(name)


def test_a_name_that_is_no_text_is_not_safe() -> None:
    assert not is_safe("\udcff")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"name": "My app", "short_name": "app", "icons": []}',
        b'{"files": {"index.html": {}}}',
        b'{"schema": "socdialog.site/2", "files": {}}',
        b'{"schema": "socdialog.site/1"}',
        b'{"schema": "socdialog.site/1", "files": ["index.html"]}',
    ],
)
def test_what_is_no_manifest_of_ours_makes_nothing_ours(content: bytes) -> None:
    assert SITE.listed(content) is None


PACKAGE = {"name": "socdialog", "fingerprint": "sha256:a", "schemaVersion": 1, "resources": [{"path": "a.parquet"}]}


def test_clean_tables_are_known_by_all_that_only_ours_have() -> None:
    assert TABLES.listed(json.dumps(PACKAGE).encode()) == {"a.parquet", "datapackage.json", "study.json", ".raw.json"}
    for name in PACKAGE:
        without = {key: value for key, value in PACKAGE.items() if key != name}
        assert TABLES.listed(json.dumps(without).encode()) is None
        assert TABLES.listed(json.dumps({**PACKAGE, name: [None]}).encode()) is None


def test_a_claim_is_a_manifest_of_ours() -> None:
    assert SITE.listed(claim(["b", "a"])) == {"a", "b", "manifest.json"}


def test_a_survey_tells_ours_from_foreign_and_follows_no_link(tmp_path: Path) -> None:
    elsewhere = make_site(tmp_path / "elsewhere", {"K.html": "k"})
    site = make_site(tmp_path / "site", {"index.html": "i", "countries/K.html": "k", "c/K.html": "k", "gone/x": "x"})
    put(site, {"CNAME": "c", "countries/note": "n", ".git/HEAD": "h"})
    (site / "c" / "K.html").unlink()
    (site / "c").rmdir()
    (site / "c").symlink_to(elsewhere)
    (site / "gone" / "x").unlink()
    (site / "nothing" / "inner").mkdir(parents=True)
    os.mkfifo(site / "pipe")
    found = survey(site, SITE)
    assert found.ours == ("countries/K.html", "index.html", "manifest.json")
    assert found.foreign == (".git/HEAD", "CNAME", "c", "countries/note", "nothing/inner", "pipe")
    assert found.collisions(["c/K.html", "pipe", "index.html", "nothing", "nothing/inner/a"]) == [
        "c",
        "nothing",
        "pipe",
    ]


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = make_site(tmp_path / "site", {"index.html": "i", "closed/x": "x"})
    real = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(UsageError, match="closed: cannot be read"):
        survey(site, SITE)


def test_a_link_with_a_name_of_ours_is_not_ours(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"index.html": "i", "a.html": "a"})
    (site / "a.html").unlink()
    (site / "a.html").symlink_to("/etc/hostname")
    found = survey(site, SITE)
    assert found.ours == ("index.html", "manifest.json")
    assert found.foreign == ("a.html",)


def test_a_linked_manifest_makes_nothing_ours(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"index.html": "i"})
    put(tmp_path / "other", {"index.html": "mine"})
    (tmp_path / "other" / "manifest.json").symlink_to(site / "manifest.json")
    assert survey(tmp_path / "other", SITE).listed is None


def test_a_folder_of_ours_may_become_a_file_and_one_with_foreign_files_not() -> None:
    ours = Holdings({"a": "folder", "a/b": "file", "manifest.json": "file"}, frozenset({"a/b", "manifest.json"}))
    assert ours.collisions(["a", "manifest.json"]) == []
    mixed = Holdings({**ours.entries, "a/c": "file"}, ours.listed)
    assert mixed.collisions(["a"]) == ["a"]
    assert mixed.collisions(["a/b/deeper"]) == [], "a file of ours may become a folder"
    assert mixed.collisions(["a/c/deeper", "a/c"]) == ["a/c"]


def test_strangers_and_collisions_are_named(tmp_path: Path) -> None:
    put(tmp_path, {"thesis.tex": "t", ".git/HEAD": "h", ".git/objects/1": "1", "index.html": "mine"})
    found = survey(tmp_path, SITE)
    with pytest.raises(UsageError, match=r"\.git/, index\.html, thesis\.tex"):
        refuse_strangers(found, "here", SITE, hint="")
    with pytest.raises(UsageError, match="index"):
        refuse_collisions(found, ["index.html", "a"], "here")
    refuse_collisions(found, ["a"], "here")
    refuse_strangers(survey(tmp_path / "absent", SITE), "there", SITE, hint="")
    (tmp_path / "empty").mkdir()
    refuse_strangers(survey(tmp_path / "empty", SITE), "there", SITE, hint="")


def test_names_are_printed_on_one_line_and_as_text() -> None:
    assert readable("a\nb\x1b[2J") == "a\\nb\\x1b[2J"
    assert readable(os.fsdecode(b"\xff")) == "\\xff"
    assert few(["1", "2", "3", "4", "5"]) == "1, 2, 3, 4, 5"
    assert few("123456") == "1, 2, 3, 4, 5 and 1 more"
    assert in_short(["a/b/c", "a/b/d", "x/y", "z"], ["x/ours"]) == ["a/", "x/y", "z"]
