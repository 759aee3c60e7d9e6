"""An error says what is wrong and how to mend it."""

from __future__ import annotations

from socdialog.errors import BusyError, DataError, SocdialogError, UsageError


def test_an_error_reads_title_details_hint() -> None:
    error = DataError("two lines are wrong", details=["a:1", "a:2"], hint="mend them")
    assert str(error) == "two lines are wrong\na:1\na:2\nmend them"
    assert error._render_traceback_() == ["DataError: two lines are wrong\na:1\na:2\nmend them"]
    assert str(UsageError("wrong")) == "wrong"
    assert [kind.exit_code for kind in (SocdialogError, DataError, UsageError, BusyError)] == [1, 1, 2, 3]
