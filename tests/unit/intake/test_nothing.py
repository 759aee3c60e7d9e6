"""Words that stand for an empty cell are told apart from words that say something."""

from __future__ import annotations

import pytest

from socdialog.intake.nothing import nothing_message


@pytest.mark.parametrize(
    "text", ["NULL", "null", "NA", "N/A", "NaN", "nan", "None", "-", "\u2014", "..", "\\N", " NA ", "-inf"]
)
def test_words_for_nothing(text: str) -> None:
    assert "is a placeholder for an empty cell; leave the cell empty" in (nothing_message(text) or "")
    assert "write the value" in (nothing_message(text, required=True) or "")


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", "########"])
def test_errors_of_spreadsheets(text: str) -> None:
    assert "is a spreadsheet error" in (nothing_message(text) or "")


@pytest.mark.parametrize(
    "text", ["", "0", "no", "nobody", "Nana", "None of them came", "NATO", "#8 of March", "unknown", "-5"]
)
def test_words_that_say_something(text: str) -> None:
    assert nothing_message(text) is None
