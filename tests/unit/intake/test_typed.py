"""Row ids: the key as it stands where it is short, else digits of its hash, of which no two rows have the same."""

from __future__ import annotations

import hashlib

import polars as pl
import pytest

from socdialog.intake import typed
from socdialog.intake.typed import with_short_ids

LONG = [f"country_years:{'x' * 80}{n}" for n in range(40)]


def digest(row_id: str) -> str:
    return hashlib.sha256(row_id.removeprefix("country_years:").encode()).hexdigest()


def test_a_short_key_stands_as_it_is_and_of_a_long_one_the_first_digits_of_its_hash() -> None:
    short = f"country_years:{'ж' * 80}"
    assert with_short_ids("country_years", pl.DataFrame({"row_id": [short]}))["row_id"].to_list() == [short]
    found = with_short_ids("country_years", pl.DataFrame({"row_id": [LONG[0], short, LONG[1]]}))
    hashed = [f"country_years:{digest(one)[:12]}" for one in LONG[:2]]
    assert found["row_id"].to_list() == [hashed[0], short, hashed[1]]


def test_keys_whose_hashes_begin_alike_have_all_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of forty hashes some begin with one digit, as of some millions two begin with the same twelve.
    monkeypatch.setattr(typed, "_DIGITS", 1)
    monkeypatch.setattr(typed, "_AT_ONCE", 7)
    alone = [one for one in LONG if sum(digest(other)[0] == digest(one)[0] for other in LONG) == 1]
    assert len(alone) < len(LONG)
    found = with_short_ids("country_years", pl.DataFrame({"row_id": LONG}))["row_id"]
    assert found.n_unique() == len(LONG)
    assert found.to_list() == [f"country_years:{digest(one)[: 1 if one in alone else 64]}" for one in LONG]
