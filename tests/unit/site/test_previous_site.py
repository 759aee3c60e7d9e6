"""A site that stands is used only where it is there, and is what was built."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_site import make_site

from socdialog.errors import DataError, UsageError
from socdialog.site.previous_site import previous_site

FILES = {"index.html": "x", "a/b.html": "y", "c.html": "z"}


def test_a_whole_site_is_not_refused(tmp_path: Path) -> None:
    previous_site(make_site(tmp_path / "site", FILES)).refuse_damage(Path("site"))


def test_a_site_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with pytest.raises(UsageError, match=r"^my/site holds no site") as raised:
        previous_site(tmp_path / "site").refuse_damage(Path("my/site"))
    assert "socdialog build" in raised.value.hint


def test_every_file_that_is_missing_or_changed_is_named(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", FILES)
    (folder / "a" / "b.html").unlink()
    (folder / "index.html").write_text("changed")
    (folder / "foreign.txt").write_text("of somebody else")
    with pytest.raises(DataError, match=r"^2 file\(s\) of my/site are not what was built") as raised:
        previous_site(folder).refuse_damage(Path("my/site"))
    assert raised.value.details == ("a/b.html", "index.html")
