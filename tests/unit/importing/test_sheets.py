"""A file is read exactly or refused, with the place and how to save it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socdialog.errors import DataError, UsageError
from socdialog.importing.map_file import Reading
from socdialog.importing.sheets import ROW, read_sheet
from tests.registers import write_workbook


def told(refused: pytest.ExceptionInfo[Exception]) -> str:
    return str(refused.value)


def test_rows_keep_their_number_and_empty_ones_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\xef\xbb\xbfA,"B, C"\n1,"two\nlines"\n,\n3,\n')
    found = read_sheet(path, Reading())
    assert found.columns == ["A", "B, C"]
    assert found.frame.rows() == [("1", "two\nlines", 2), ("3", None, 4)]
    assert found.empty_rows == 1


@pytest.mark.parametrize(
    ("content", "how", "said"),
    [
        (b"", {}, "a.csv is empty"),
        (b"\n,,\n", {}, "a.csv is empty"),
        (b"A,B\n1\n1,2,3\n", {}, "a.csv: row 3: has 3 cells, and the header 2; is a quotation mark missing?"),
        (b"A,A\n1,2\n", {}, "a.csv: row 1: 'A' heads two columns; rename one"),
        (b"A,\n1,2\n", {}, "a.csv: row 1: column 2 has cells and no name"),
        (b'A,B\n"1,2\n', {}, "a.csv cannot be read as CSV"),
        (b"A,B\n1,=SUM(A1)\n", {}, "a.csv: row 2: B: '=SUM(A1)' is a formula; replace it with its value"),
        (b"A\nna\xefve\n", {}, "a.csv: line 2: byte 0xEF is not utf-8; if it is windows-1252, write 'read: {encoding"),
        ("A\nа\n".encode("utf-16"), {}, "if it is utf-16, write"),
        (b"PK\x03\x04", {}, "a.csv is a compressed file, not CSV"),
        (b"A\n1\n", {"header": 5}, "a.csv: row 5 holds no header"),
    ],
)
def test_what_cannot_be_read_exactly_is_refused(tmp_path: Path, content: bytes, how: dict, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        read_sheet(path, Reading(**how))
    assert said in told(refused)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"encoding": "windows-1253x"}, "'windows-1253x' is not a known encoding"),
        ({"delimiter": "||"}, "delimiter: '||' is not one sign"),
    ],
)
def test_a_wrong_way_of_reading_is_wrong_use(tmp_path: Path, how: dict, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(b"A\n1\n")
    with pytest.raises(UsageError) as refused:
        read_sheet(tmp_path / "a.csv", Reading(**how))
    assert said in told(refused)


def test_other_encodings_and_signs_are_declared(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("x\nName;Ort\nMüller;Köln\n".encode("windows-1252"))
    found = read_sheet(path, Reading(encoding="windows-1252", delimiter=";", header=2))
    assert found.frame.rows() == [("Müller", "Köln", 3)]


def test_a_workbook_gives_its_cells_as_texts_at_their_rows(tmp_path: Path) -> None:
    pytest.importorskip("fastexcel")
    rows = [
        (),
        (),
        ("Name", "Workers", "Start"),
        ("A", 200, date(2012, 4, 1)),
        (None, None, None),
        ("B & C", 1.5, 41001),
    ]
    found = read_sheet(write_workbook(tmp_path / "a.xlsx", rows), Reading(header=3))
    assert found.frame.rows(named=True) == [
        {"Name": "A", "Workers": "200", "Start": "2012-04-01 00:00:00", ROW: 4},
        {"Name": "B & C", "Workers": "1.5", "Start": "41001", ROW: 6},
    ]


def test_formulas_and_errors_of_a_spreadsheet_are_refused_by_cell(tmp_path: Path) -> None:
    pytest.importorskip("fastexcel")
    rows = [("Name", "Workers"), ("A", "<c><f>SUM(1,1)</f><v>2</v></c>"), ("B", '<c t="e"><v>#REF!</v></c>')]
    with pytest.raises(DataError) as refused:
        read_sheet(write_workbook(tmp_path / "a.xlsx", rows), Reading())
    assert "a.xlsx: cell B2 is a formula; replace it with its value" in told(refused)
    assert "a.xlsx: cell B3 is a spreadsheet error (#REF!); correct or empty it" in told(refused)


def test_a_sheet_is_named_where_there_are_several(tmp_path: Path) -> None:
    pytest.importorskip("fastexcel")
    path = write_workbook(tmp_path / "a.xlsx", [("A",), ("1",)], sheets=("Stoppages", "Notes"))
    for how, said in ((Reading(), "has several sheets; it has: Stoppages, Notes"),
                      (Reading(sheet="Stopages"), "has no sheet 'Stopages'; did you mean 'Stoppages'?")):  # fmt: skip
        with pytest.raises(UsageError) as refused:
            read_sheet(path, how)
        assert said in told(refused)
    assert read_sheet(path, Reading(sheet="Stoppages")).frame.height == 1
    with pytest.raises(DataError, match="is empty"):
        read_sheet(path, Reading(sheet="Notes"))


def test_a_file_that_only_calls_itself_a_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"A,B\n1,2\n")
    with pytest.raises(DataError, match="is not a readable workbook"):
        read_sheet(tmp_path / "a.xlsx", Reading())
    with pytest.raises(UsageError, match="there is no file"):
        read_sheet(tmp_path / "b.xlsx", Reading())
