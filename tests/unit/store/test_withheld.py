"""Withheld names are kept as hashes in a private file, for good."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from socdialog.errors import DataError
from socdialog.store.withheld import WITHHELD_VARIABLE, Withheld, read_withheld, withheld_file, write_withheld

DOE = ("doe", "jane")


def test_a_pair_is_found_in_either_order_and_no_other() -> None:
    kept = Withheld().with_pairs([DOE])
    assert kept.has_pair(DOE)
    assert kept.has_pair(("jane", "doe"))
    assert not kept.has_pair(("doe", "john"))
    assert kept.has_word("jane")
    assert kept.has_word("doe")
    assert not kept.without_pairs([DOE]).has_pair(DOE)


def test_without_names_nothing_is_found() -> None:
    assert not Withheld().has_word("jane")
    assert not Withheld().has_pair(DOE)


def test_the_key_is_new_for_each_study_and_stays() -> None:
    one, other = Withheld().with_pairs([DOE]), Withheld().with_pairs([DOE])
    assert one.pairs != other.pairs
    more = one.with_pairs([("a", "b")])
    assert more.salt == one.salt
    assert more.pairs > one.pairs


def test_the_file_is_private_and_holds_no_name(tmp_path: Path) -> None:
    previous = os.umask(0)
    try:
        path = write_withheld(tmp_path, Withheld().with_pairs([DOE]))
    finally:
        os.umask(previous)
    assert path == tmp_path / ".withheld.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "jane" not in path.read_text(encoding="utf-8")
    assert read_withheld(tmp_path).has_pair(DOE)


def test_the_file_may_lie_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WITHHELD_VARIABLE, str(tmp_path / "vault" / "names.json"))
    write_withheld(tmp_path, Withheld().with_pairs([DOE]))
    assert withheld_file(tmp_path) == tmp_path / "vault" / "names.json"
    assert read_withheld(tmp_path).has_pair(DOE)
    assert not (tmp_path / ".withheld.json").exists()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"schema": "other"}', '{"schema": "socdialog.withheld/1"}', "\x00"]
)
def test_a_damaged_file_stops_and_says_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / ".withheld.json").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="withheld names cannot be read") as problem:
        read_withheld(tmp_path)
    assert "review withhold" in problem.value.hint


def test_no_file_withholds_nobody(tmp_path: Path) -> None:
    assert read_withheld(tmp_path) == Withheld()


def test_a_short_hash_says_little_of_a_word(tmp_path: Path) -> None:
    write_withheld(tmp_path, Withheld().with_pairs([DOE]))
    kept = json.loads((tmp_path / ".withheld.json").read_text(encoding="utf-8"))
    assert {len(word) for word in kept["words"]} == {4}, "two bytes: one of 65,536"
    assert {len(pair) for pair in kept["pairs"]} == {32}
