"""Fingerprints tell content apart and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file


def study(at: Path) -> Path:
    (at / "b").mkdir(parents=True)
    (at / "b" / "two.csv").write_text("2\n")
    (at / "one.csv").write_text("1\n")
    return at


def test_published_digests(tmp_path: Path) -> None:
    # FIPS 180-2, appendix B.1
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    (tmp_path / "abc").write_bytes(b"abc")
    assert sha256_bytes(b"abc") == expected
    assert sha256_file(tmp_path / "abc") == expected


def test_times_place_and_hidden_files_do_not_enter(tmp_path: Path) -> None:
    one = study(tmp_path / "one")
    other = tmp_path / "with a blank" / "two"
    shutil.copytree(one, other)
    os.utime(other / "one.csv", (0, 0))
    (other / ".~lock.one.csv#").write_text("open in an editor")
    assert fingerprint(one) == fingerprint(other)


def test_content_and_names_enter(tmp_path: Path) -> None:
    first = fingerprint(study(tmp_path / "one"))
    (tmp_path / "one" / "one.csv").write_text("1\n\n")
    second = fingerprint(tmp_path / "one")
    (tmp_path / "one" / "one.csv").write_text("1\n")
    (tmp_path / "one" / "one.csv").rename(tmp_path / "one" / "uno.csv")
    third = fingerprint(tmp_path / "one")
    assert len({first, second, third}) == 3
