"""A number that is written otherwise is told with the right form, which the same rule then passes."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest

from socdialog.intake.checks import CheckContext
from socdialog.intake.checks.numbers import bad_number

FIGURES = {"report_id": "a#1", "figure": "1"}


def found(column: str, text: str) -> list[str]:
    frame = pl.DataFrame({**FIGURES, column: text, "raw_line": 2})
    context = CheckContext({"figures": frame}, {"figures": frame}, {}, {}, date(2026, 11, 23))
    return [one.message for one in bad_number(context)]


MENDED = [
    ("value", "1.234,5", "1234.5"),
    ("value", "1,234.5", "1234.5"),
    ("value", "1.234.567,89", "1234567.89"),
    ("value", "1 500 000", "1500000"),
    ("value", "1\u00a0500", "1500"),
    ("value", "1\u2009500", "1500"),
    ("value", "1'500", "1500"),
    ("value", "01,500", "1500"),
    ("value", "1,00,000", "100000"),
    ("value", "12,5", "12.5"),
    ("value", "\uff11\uff12\uff13", "123"),
    ("value", "١٬٢٣٤", "1234"),
    ("value", "१२३", "123"),
    ("value", "+5", "5"),
    ("value", "\u22125", "-5"),
    ("value", " 1500 ", "1500"),
    ("value", "1\u200b500", "1500"),
    ("value", "007", "7"),
    ("value", "1E+05", "100000"),
    ("value", "12%", "12"),
    ("value", "₺500", "500"),
    ("value", ">500", "500"),
    ("figure", "1.0", "1"),
    ("figure", "1.500", "1500"),
    ("figure", "051", "51"),
]


@pytest.mark.parametrize(("column", "text", "right"), MENDED)
def test_the_right_form_is_told_and_passes(column: str, text: str, right: str) -> None:
    (message,) = found(column, text)
    assert f"write {right}" in message
    told = re.search(r"write (\S+?)(,|;| |$)", message)
    assert told is not None
    assert found(column, told[1]) == []


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("value", "many", "write digits only"),
        ("value", "5 million", "write digits only"),  # never 5
        ("value", "½", "write digits only"),
        ("figure", "2.5", "write digits only, such as 1500"),
        ("figure", "1.234,5", "write digits only"),
        ("value", "100-200", "is a range; write the low end, 100, here"),
        ("value", "1e400", "cannot be stored exactly"),
        ("value", "NA", "is a placeholder for an empty cell; write the value, or delete the line"),
        ("value_high", "NULL", "leave the cell empty where nothing is reported"),
        ("value", "#REF!", "is a spreadsheet error; restore the value"),
    ],
)
def test_where_no_number_can_be_told_none_is_offered(column: str, text: str, says: str) -> None:
    (message,) = found(column, text)
    assert says in message


@pytest.mark.parametrize("text", ["0", "-5", "12.50", "1.500", "999999999999999"])
def test_plain_numbers_pass(text: str) -> None:
    assert found("value", text) == []
