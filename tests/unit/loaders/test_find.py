"""Words find what there is, in every script, and say what to call next; what they say to call works."""

from __future__ import annotations

from pathlib import Path

import pytest

import socdialog as sd
from socdialog.errors import UsageError


@pytest.mark.parametrize(
    ("words", "kind", "code"),
    [
        ("density", "indicator", "ILR_TUMT_NOC_RT"),
        ("TRADE union densi", "indicator", "ILR_TUMT_NOC_RT"),
        ("ФПРК", "organisation", "kaz-ftrk"),
        ("kaz-ftrk", "organisation", "kaz-ftrk"),
        ("87", "convention", "C087"),
        ("freedom association convention", "convention", "C087"),
        ("Wages", "topic", "wages"),
        ("strike", "type of event", "strike"),
        ("Қазақстан", "country", "KAZ"),
        ("qazaqstan", "country", "KAZ"),
        ("Almaty", "place", "kaz-almaty"),
        ("minimum wages", "table", "minimum_wages"),
    ],
)
def test_words_find_what_there_is(cleaned: Path, words: str, kind: str, code: str) -> None:
    found = sd.find(words, data=cleaned)
    assert (kind, code) in set(found.select("type", "code").iter_rows())
    assert found["matched"].null_count() == 0


def test_exact_names_come_first_and_nothing_is_no_row(cleaned: Path) -> None:
    assert sd.find("Wages", data=cleaned)["code"][0] == "wages"
    assert sd.find("zzz", data=cleaned).is_empty()
    assert sd.find("strike", limit=2, data=cleaned).height == 2


@pytest.mark.parametrize("words", ["density", "ФПРК", "87", "Wages", "strike", "minimum wages", "strike workers"])
def test_what_it_says_to_call_works(cleaned: Path, words: str) -> None:
    for use in sd.find(words, data=cleaned)["use"]:
        call = use[:-1] + ("" if use.endswith("()") else ", ") + "data=data)"
        eval(call, {"sd": sd, "data": cleaned})  # noqa: S307 - these are calls that the library itself writes


def test_what_is_no_text_is_refused(cleaned: Path) -> None:
    for wrong in ("", " ", 5, None):
        with pytest.raises(UsageError, match="is not a text"):
            sd.find(wrong, data=cleaned)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="limit"):
        sd.find("strike", limit=0, data=cleaned)
