"""What is kept beside a site is private, is not trusted blindly, and is mended under the lock only."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import make_site, put, tree

from socdialog.errors import BusyError, UsageError
from socdialog.publishing.build_directory import BuildDirectory, build_directory
from socdialog.publishing.executor import Failure, Outcome
from socdialog.site.previous_site import previous_site
from socdialog.store.fingerprint import sha256_bytes

KEY, NOTEBOOK = "ab" * 32, b'{"cells": []}'
FILES = {"notebook": NOTEBOOK, "figures/KAZ-density.svg": b"<svg/>"}


@pytest.fixture
def build_dir(tmp_path: Path) -> BuildDirectory:
    return build_directory(tmp_path / "site")


def kept(build_dir: BuildDirectory) -> Path:
    (path,) = (build_dir.folder / "cache").iterdir()
    return path


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in (folder, *folder.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def fill(build_dir: BuildDirectory) -> None:
    build_dir.tidy()
    build_dir.lock.touch()
    build_dir.keep(KEY, FILES)
    build_dir.record_failure(Outcome("KAZ", NOTEBOOK), Failure("cell", "it ended", "at once"))
    build_dir.write_state({"pages": {}})


def test_nothing_beside_a_site_is_readable_by_others_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        build_dir = build_directory(tmp_path / "site")
        assert open_to_others(build_dir.folder) == []
        fill(build_dir)
        assert [
            path for path in open_to_others(build_dir.folder) if Path(path).is_file() and path != str(build_dir.lock)
        ] == []
        assert stat.S_IMODE(build_dir.folder.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_what_was_open_to_others_is_closed(tmp_path: Path) -> None:
    build_dir = build_directory(tmp_path / "site")
    fill(build_dir)
    put(build_dir.folder / "other.work" / "site", {"index.html": "of a build that runs"})
    for path in (build_dir.folder, *build_dir.folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    (build_dir.folder / "link").symlink_to(tmp_path)
    tmp_path.chmod(0o755)
    before = tmp_path.stat().st_mode
    build_directory(tmp_path / "site")
    assert stat.S_IMODE(build_dir.folder.stat().st_mode) == 0o700, "before any lock is waited for"
    build_dir.tidy()
    others = [name for name in open_to_others(build_dir.folder) if not name.endswith("link")]
    inside = build_dir.folder / "other.work" / "site"
    assert others == [str(inside), str(inside / "index.html")], "what another build publishes keeps its rights"
    assert tmp_path.stat().st_mode == before


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda kept: kept[:-1], lambda kept: kept + b" ", lambda _: NOTEBOOK]
)
def test_what_was_kept_and_then_cut_or_edited_is_thrown_away(
    build_dir: BuildDirectory, damage: Callable[[bytes], bytes]
) -> None:
    build_dir.keep(KEY, FILES)
    assert build_dir.kept(KEY) == FILES
    path = kept(build_dir)
    path.write_bytes(damage(path.read_bytes()))
    assert build_dir.kept(KEY) is None
    assert not list((build_dir.folder / "cache").iterdir())
    build_dir.keep(KEY, FILES)
    assert build_dir.kept(KEY) == FILES


def test_what_was_kept_under_the_key_of_another_is_not_used(build_dir: BuildDirectory) -> None:
    build_dir.keep(KEY, FILES)
    path = kept(build_dir)
    path.rename(path.with_name(path.name.replace(KEY, "cd" * 32)))
    assert build_dir.kept(KEY) is None
    assert build_dir.kept("cd" * 32) is None


def test_the_last_that_was_kept_under_a_key_counts(build_dir: BuildDirectory) -> None:
    build_dir.keep(KEY, FILES)
    build_dir.keep(KEY, {})
    assert build_dir.kept(KEY) == {}
    kept(build_dir)


def test_of_what_has_a_place_of_its_own_the_last_is_kept(build_dir: BuildDirectory) -> None:
    other = "cd" * 32
    build_dir.keep(KEY, FILES, place="tables")
    assert build_dir.kept(KEY, place="tables") == FILES
    assert build_dir.kept(KEY) is None, "a place is no key"
    build_dir.keep(other, {}, place="tables")
    assert [path.name for path in (build_dir.folder / "cache").iterdir()] == ["tables.kept"]
    assert build_dir.kept(other, place="tables") == {}
    assert build_dir.kept(KEY, place="tables") is None


def test_an_entry_of_the_cache_that_is_a_folder_does_no_harm(build_dir: BuildDirectory) -> None:
    (build_dir.folder / "cache" / f"{KEY}.kept").mkdir(parents=True)
    assert build_dir.kept(KEY) is None


def test_what_was_not_asked_for_the_longest_is_forgotten(
    build_dir: BuildDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socdialog.publishing.build_directory._MOST_KEPT", 2)
    keys = [one * 64 for one in "abc"]
    for age, one in enumerate(keys):
        build_dir.keep(one, FILES)
        os.utime(build_dir.folder / "cache" / f"{one}.kept", (age, age))
    assert build_dir.kept(keys[0]) == FILES
    build_dir.forget_oldest()
    assert [build_dir.kept(one) for one in keys] == [FILES, None, FILES]


@pytest.mark.parametrize(
    "state",
    [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"null", b'{"pages": [], "seconds": [1]}', b'{"seconds": null}'],
)
def test_a_damaged_state_is_no_state(build_dir: BuildDirectory, state: bytes) -> None:
    build_dir.state.write_bytes(state)
    found = build_dir.read_state()
    assert found == {"data": {}, "how": {}, "looked_at": {}, "pages": {}, "seconds": {}, "manifest.json": None}


def test_odd_times_in_a_state_are_left_out(build_dir: BuildDirectory) -> None:
    build_dir.state.write_text('{"data": {"raw": "r"}, "seconds": {"A": 1.5, "B": "2", "C": NaN, "D": -1, "E": 1e999}}')
    found = build_dir.read_state()
    assert (found["data"], found["seconds"]) == ({"raw": "r"}, {"A": 1.5})


def test_what_a_kill_left_is_mended_only_under_the_lock(tmp_path: Path) -> None:
    # Another build, on a system without an exchange of names, is between its two renames.
    make_site(tmp_path / ".site.replaced", {"index.html": "old"})
    before = tree(tmp_path)
    build_dir = build_directory(tmp_path / "site")
    assert {name: text for name, text in tree(tmp_path).items() if ".socdialog" not in name} == before
    build_dir.tidy()
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_a_folder_with_the_manifest_of_an_app_is_refused_unless_told_otherwise(tmp_path: Path) -> None:
    put(tmp_path / "web", {"manifest.json": '{"name": "app"}', "app.js": "run()"})
    with pytest.raises(UsageError, match="does not contain a socdialog site") as raised:
        build_directory(tmp_path / "web")
    assert "app.js, manifest.json" in str(raised.value)
    assert "--into-existing" in str(raised.value)
    assert not (tmp_path / ".socdialog").exists()
    build_directory(tmp_path / "web", into_existing=True)


def test_foreign_files_are_no_damage_and_changed_missing_or_linked_ones_are(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"index.html": "i", "a/b.html": "b", "c.html": "c", "d.html": "d"})
    put(site, {"CNAME": "c", "a/note": "n"})
    assert previous_site(site).damage() == []
    (site / "c.html").unlink()
    (site / "d.html").write_text("D")
    (site / "index.html").rename(site / "moved")
    (site / "index.html").symlink_to("moved")
    assert previous_site(site).damage() == ["c.html", "d.html", "index.html"]
    (site / "a").rename(tmp_path / "elsewhere")
    (site / "a").symlink_to(tmp_path / "elsewhere")
    assert "a/b.html" in previous_site(site).damage()


PAGE = {
    "title": "T",
    "kind": "country",
    "edition": "2026",
    "status": "current",
    "country": "KAZ",
    "inputs": {},
    "parameters": {},
    "notebook": "notebooks/KAZ.ipynb",
}


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("../KAZ.html", {}),
        ("/KAZ.html", {}),
        ("a.html", {"kind": "other"}),
        ("a.html", {"country": None}),
        ("a.html", {"title": 5}),
        ("a.html", {"inputs": []}),
        ("a.html", {"notebook": ["x"]}),
    ],
)
def test_pages_of_an_edited_manifest_that_we_would_not_have_written_are_left_out(
    tmp_path: Path, path: str, change: dict[str, object]
) -> None:
    def pages(entries: object) -> dict[str, object]:
        site = make_site(tmp_path / "site", {"index.html": "i"})
        content = json.loads((site / "manifest.json").read_text())
        (site / "manifest.json").write_text(json.dumps({**content, "pages": entries}))
        return dict(previous_site(site).pages())

    assert pages({"countries/KAZ.html": PAGE}) == {"countries/KAZ.html": PAGE}
    assert pages({path: {**PAGE, **change}}) == {}
    assert pages({path: "page"}) == pages([path]) == {}


def test_a_notebook_of_an_edited_manifest_is_read_from_the_site_only(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {"notebooks/KAZ.ipynb": "{}"})
    put(tmp_path, {"secret": "s"})
    content = json.loads((site / "manifest.json").read_text())
    for name, expected in (("notebooks/KAZ.ipynb", b"{}"), ("../secret", None), ("absent", None)):
        pages = {"KAZ.html": {**PAGE, "notebook": name}}
        (site / "manifest.json").write_text(json.dumps({**content, "pages": pages}))
        assert previous_site(site).notebook("KAZ.html") == expected


def test_files_of_figures_are_those_of_the_page_and_all_of_them_are_whole(tmp_path: Path) -> None:
    of_page = {"figures/KAZ-a.csv": "a", "figures/KAZ-a.svg": "<svg/>"}
    site = make_site(tmp_path / "site", {**of_page, "figures/UZB-a.csv": "b", "index.html": "i"})
    put(tmp_path, {"secret": "s"})
    content = json.loads((site / "manifest.json").read_text()) | {"pages": {"countries/KAZ.html": PAGE}}
    (site / "manifest.json").write_text(json.dumps(content))
    whole = {name: text.encode() for name, text in of_page.items()}
    assert previous_site(site).figures("countries/KAZ.html") == whole
    outside = {"figures/KAZ-/../../../secret": {"sha256": sha256_bytes(b"s")}}
    (site / "manifest.json").write_text(json.dumps({**content, "files": {**content["files"], **outside}}))
    assert not previous_site(site).figures("countries/KAZ.html")
    (site / "manifest.json").write_text(json.dumps(content))
    (site / "figures" / "KAZ-a.csv").write_text("another")
    assert previous_site(site).figures("countries/KAZ.html") is None


def test_no_work_is_left_whatever_happens(build_dir: BuildDirectory) -> None:
    def fail() -> None:
        with build_dir.in_use(wait=0):
            (build_dir.work / "half").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not build_dir.work.exists()
    with build_dir.in_use(wait=0) as left:
        assert left == ()
        assert list(build_dir.work.iterdir()) == []


def test_who_is_refused_clears_away_nothing(build_dir: BuildDirectory) -> None:
    other = build_directory(build_dir.out)
    with build_dir.in_use(wait=0):
        (build_dir.work / "half").write_text("x")
        with pytest.raises(BusyError), other.in_use(wait=0):
            pass
        assert (build_dir.work / "half").exists()
