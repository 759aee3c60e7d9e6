"""The file of an import as texts: CSV of any declared encoding, or a sheet of a workbook.

What cannot be read exactly is refused: other encodings, cells too many, formulas, errors of a spreadsheet.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

import polars as pl

from socdialog.advice import advice, unknown
from socdialog.errors import DataError, UsageError
from socdialog.importing.map_file import Reading
from socdialog.paths import expanded

#: Bytes that an import takes, packed or not: a register has some thousands of rows.
LARGEST = 500_000_000
#: The row of the file in which a row stands.
ROW = "_row"
#: Encodings that files of offices come in, in the order in which they are tried for a suggestion.
_ENCODINGS = ("utf-16", "utf-8", "windows-1252", "windows-1251")
#: So many problems of one file are listed.
_SHOWN = 20
#: Characters of a cell that problems show.
_LONG = 60
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Sheet:
    """What a file holds.

    Parameters
    ----------
    path
        The file.
    frame
        Its columns as texts (null = empty), without empty rows, and `ROW`: the row of the file, the first being 1.
    empty_rows
        How many rows below the header are empty.
    """

    path: Path
    frame: pl.DataFrame
    empty_rows: int

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return [name for name in self.frame.columns if name != ROW]


def read_sheet(path: Path, how: Reading) -> Sheet:
    """Read a file as `how` says.

    Raises
    ------
    UsageError
        When there is no such file or sheet, or it is of another kind.
    DataError
        When it cannot be read exactly: another encoding, cells too many, formulas.
    """
    path = Path(expanded(str(path)))
    if not path.is_file():
        raise UsageError(f"there is no file {path}", hint="name a CSV file or a workbook (.xlsx)")
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path.name} has more than {LARGEST:,} bytes", hint="split it into several files")
    rows = _workbook(path, how) if path.suffix.lower() in _WORKBOOKS else _csv(path, how)
    width, names = _header(path, rows, how)
    kept = [(number, row) for number, row in enumerate(rows, start=1) if number > how.header and any(row)]
    wrong = [
        f"{path.name}: row {number}: has {len(row)} cells, and the header {width}; is a quotation mark missing?"
        for number, row in kept
        if len(row) != width
    ]
    _refuse(path, wrong)
    wrong = [
        f"{path.name}: row {number}: {names[at]}: {cell[:_LONG]!r} is a formula; replace it with its value"
        for number, row in kept
        for at, cell in enumerate(row)
        if cell.startswith("=")
    ]
    _refuse(path, wrong)
    columns = {name: [row[at] or None for _, row in kept] for at, name in enumerate(names) if name}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    frame = frame.with_columns(pl.Series(ROW, [number for number, _ in kept], dtype=pl.Int64))
    return Sheet(path, frame, len(rows) - how.header - len(kept))


def _refuse(path: Path, wrong: list[str]) -> None:
    if wrong:
        more = [f"and {len(wrong) - _SHOWN:,} more"] if len(wrong) > _SHOWN else []
        raise DataError(
            f"{path.name} cannot be read exactly", details=[*wrong[:_SHOWN], *more], hint="nothing was imported"
        )


def _header(path: Path, rows: list[list[str]], how: Reading) -> tuple[int, list[str]]:
    """Return the number of cells of a row, and the names of the columns."""
    if not any(any(row) for row in rows):
        raise DataError(f"{path.name} is empty", hint="name another file, or another sheet with 'read: sheet:'")
    if not 1 <= how.header <= len(rows) or not any(rows[how.header - 1]):
        raise DataError(
            f"{path.name}: row {how.header} holds no header",
            hint="give the row of the header in the map: 'read: header: 3'",
        )
    names = rows[how.header - 1]
    again = sorted({name for name in names if name and names.count(name) > 1})
    _refuse(path, [f"{path.name}: row {how.header}: {name!r} heads two columns; rename one" for name in again])
    nameless = [
        at for at, name in enumerate(names) if not name and any(len(row) > at and row[at] for row in rows[how.header :])
    ]
    _refuse(path, [f"{path.name}: row {how.header}: column {at + 1} has cells and no name" for at in nameless])
    return len(names), names


def _csv(path: Path, how: Reading) -> list[list[str]]:
    try:
        codecs.lookup(how.encoding)
    except LookupError:
        raise UsageError(f"read: {unknown('encoding', how.encoding, _ENCODINGS)}") from None
    if len(how.delimiter) != 1:
        raise UsageError(f"read: delimiter: {how.delimiter!r} is not one sign", hint=r"for tabs write '\t' in quotes")
    data = path.read_bytes()
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF-")):
        raise DataError(f"{path.name} is a compressed file, not CSV", hint="save the table as CSV or .xlsx")
    try:
        text = data.decode(how.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        found = next((one for one in _ENCODINGS if one != how.encoding and _decodes(data, one)), "")
        hint = f"; if it is {found}, write 'read: {{encoding: {found}}}' in the map" if found else ""
        _refuse(path, [f"{path.name}: line {line}: byte 0x{data[wrong.start]:02X} is not {how.encoding}{hint}"])
        raise
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=how.delimiter, strict=True))
    except csv.Error as wrong:
        raise DataError(f"{path.name} cannot be read as CSV: {wrong}", hint="is a quotation mark missing?") from None


def _decodes(data: bytes, encoding: str) -> bool:
    if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _workbook(path: Path, how: Reading) -> list[list[str]]:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST:
                raise UsageError(
                    f"{path.name} unpacks to more than {LARGEST:,} bytes", hint="split it into several files"
                )
            sheets = _sheets(packed)
            name = _sheet(path, how, list(sheets))
            with packed.open(sheets[name]) as part:
                first, wrong = _looked_through(part)
        _refuse(path, [f"{path.name}: cell {cell}" for cell in wrong])
        frame = pl.read_excel(path, sheet_name=name, has_header=False, infer_schema_length=0, drop_empty_rows=False)
    except ModuleNotFoundError:
        raise UsageError(
            "workbooks are read with fastexcel, which is not installed",
            hint="install socdialog with the extra 'spreadsheet', or save the sheet as CSV",
        ) from None
    except (zipfile.BadZipFile, KeyError, ET.ParseError) as wrong_file:
        problem = f"{path.name} is not a readable workbook: {wrong_file}"
        raise DataError(problem, hint="save it again as .xlsx") from None
    except pl.exceptions.NoDataError:
        return []
    # The reader begins with the first row that has a cell.
    return [[]] * (first - 1) + [["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows()]


def _sheet(path: Path, how: Reading, sheets: list[str]) -> str:
    """Return the name of the sheet to read."""
    if how.sheet in sheets:
        return how.sheet
    if how.sheet is not None or len(sheets) != 1:
        asked = advice(how.sheet or "", sheets) or f"it has: {', '.join(sheets) or 'none'}"
        what = f"has no sheet {how.sheet!r}" if how.sheet is not None else "has several sheets"
        raise UsageError(f"{path.name} {what}; {asked}", hint="name one in the map: 'read: {sheet: NAME}'")
    return sheets[0]


def _sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the package that holds each sheet, by the name of the sheet."""
    relations = ET.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - expat refuses bombs
    targets = {one.attrib["Id"]: one.attrib["Target"].removeprefix("/xl/") for one in relations}
    book = ET.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314
    return {one.attrib["name"]: f"xl/{targets[one.attrib[_REFERS]]}" for one in book.iter(f"{_MAIN}sheet")}


def _looked_through(part: IO[bytes]) -> tuple[int, list[str]]:
    """Return the first row that holds something, and the cells with a formula or an error.

    Readers give the last result of a formula, and nothing for an error.
    """
    first, wrong = 0, []
    for _, cell in ET.iterparse(part):  # noqa: S314
        if cell.tag != f"{_MAIN}c":
            continue
        place = re.sub(r"[^A-Z0-9]", "", cell.attrib.get("r", ""))
        if not first and len(cell):
            first = int(re.sub(r"[^0-9]", "", place) or 1)
        if cell.attrib.get("t") == "e":
            wrong.append(f"{place} is a spreadsheet error ({cell.findtext(f'{_MAIN}v')}); correct or empty it")
        elif cell.find(f"{_MAIN}f") is not None:
            wrong.append(f"{place} is a formula; replace it with its value")
        cell.clear()
    return first or 1, wrong
