"""Each correction changes the cells it names and nothing else, and reports how many cells it changed."""

from __future__ import annotations

import polars as pl
import pytest

from socdialog.errors import UsageError
from socdialog.importing.cell_corrections import correct_cells
from socdialog.importing.map_file import Corrections


def corrected(how: Corrections, *cells: str | None, kind: str = "text") -> tuple[list[str | None], dict[str, int]]:
    frame = pl.DataFrame({"a": list(cells)}, schema={"a": pl.String})
    found, counts = correct_cells(frame, how, dates=["a"] * (kind == "date"), numbers=["a"] * (kind == "number"))
    return found["a"].to_list(), dict(counts)


@pytest.mark.parametrize(
    ("how", "kind", "before", "after"),
    [
        ({"blanks": True}, "text", ["  a  b ", "c", "  "], ["a b", "c", None]),
        ({"no_break_spaces": True}, "text", ["a\u00a0b", "1\u202f000", "c"], ["a b", "1 000", "c"]),
        ({"empty": ["N/A", "-"]}, "text", ["N/A", "-", "-5"], [None, None, "-5"]),
        # 41000 is 1 April 2012, and 36526 is 1 January 2000, in every spreadsheet that counts from 1900.
        ({"spreadsheet_dates": True}, "date", ["41000", "36526.0"], ["2012-04-01", "2000-01-01"]),
        ({"spreadsheet_dates": True}, "date", ["2012-04-01 00:00:00", "2012-04-01T00:00:00"], ["2012-04-01"] * 2),
        ({"spreadsheet_dates": True}, "date", ["2012", "2012-04", "41000.5"], ["2012", "2012-04", "41000.5"]),
        ({"spreadsheet_dates": True}, "number", ["41000"], ["41000"]),
        ({"date_form": "%m/%d/%Y"}, "date", ["4/1/2012", "13/1/2012", "2012"], ["2012-04-01", "13/1/2012", "2012"]),
        ({"thousands": ","}, "number", ["1,000", "12,345,678.5", "1,5", "7"], ["1000", "12345678.5", "1,5", "7"]),
        ({"thousands": "."}, "number", ["1.000", "1.5"], ["1000", "1.5"]),
        ({"decimal": ","}, "number", ["1,5", "1,000,5", "x,y"], ["1.5", "1,000,5", "x,y"]),
        ({"whole_numbers": True}, "number", ["360.0", "1.50", "-2.00"], ["360", "1.50", "-2"]),
    ],
)
def test_each_correction(how: dict, kind: str, before: list[str], after: list[str | None]) -> None:
    found, counts = corrected(Corrections(**how), *before, kind=kind)
    assert found == after
    changed = sum(one != other for one, other in zip(before, after, strict=True))
    assert counts == {next(iter(how)): changed}


def test_nothing_is_corrected_that_is_not_declared() -> None:
    cells = [" a ", "a\u00a0b", "41000", "1,000", "360.0", None]
    for kind in ("text", "date", "number"):
        assert corrected(Corrections(), *cells, kind=kind) == (cells, {})


def test_no_break_spaces_come_before_blanks_and_empty_ones() -> None:
    how = Corrections(blanks=True, no_break_spaces=True, empty=["n.a."])
    assert corrected(how, "\u00a0n.a.\u00a0", "a\u00a0")[0] == [None, "a"]


def test_a_form_that_names_no_day_is_refused() -> None:
    with pytest.raises(UsageError, match="does not name day, month and year"):
        corrected(Corrections(date_form="%m/%Y"), "4/2012", kind="date")
