"""An error says what is wrong and how to mend it, and names the nearest right value."""

from __future__ import annotations

import pytest

from socdialog.errors import BusyError, DataError, SocdialogError, UsageError, nearest, unknown


def test_an_error_reads_title_details_hint() -> None:
    error = DataError("two lines are wrong", details=["a:1", "a:2"], hint="mend them")
    assert str(error) == "two lines are wrong\na:1\na:2\nmend them"
    assert error._render_traceback_() == ["DataError: two lines are wrong\na:1\na:2\nmend them"]
    assert str(UsageError("wrong")) == "wrong"
    assert [kind.exit_code for kind in (SocdialogError, DataError, UsageError, BusyError)] == [1, 1, 2, 3]


@pytest.mark.parametrize(
    ("value", "expected"), [("kaz", "KAZ"), (" KAZ ", "KAZ"), ("KAX", "KAZ"), ("strike", None), ("", None)]
)
def test_nearest(value: str, expected: str | None) -> None:
    assert nearest(value, ["KAZ", "TUR"]) == expected


@pytest.mark.parametrize(("value", "expected"), [("KZA", "KAZ"), ("kzg", "KGZ"), ("TRU", "TUR"), ("KAZZ", "KAZ")])
def test_of_values_as_close_one_of_the_same_letters_is_nearest(value: str, expected: str) -> None:
    assert nearest(value, ["KAZ", "KGZ", "TUR", "TJK", "TKM"]) == expected


def test_unknown_names_the_nearest_or_a_short_list_or_neither() -> None:
    assert unknown("country", "KAX", ["KAZ", "TUR"]) == "'KAX' is not a known country; did you mean 'KAZ'?"
    assert unknown("country", "strike", ["TUR", "KAZ"]) == "'strike' is not a known country; known: KAZ, TUR"
    assert unknown("code", "zzz", [f"a{number}" for number in range(13)]) == "'zzz' is not a known code"
