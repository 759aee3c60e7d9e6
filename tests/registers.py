"""A study of one country without texts, and registers to import into it: small ones, and one of any length."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from tests.shapes import countries, write

#: The columns of the work stoppage file of the FMCS.
LAYOUT = (
    *("Employer", "Union", "Union Local", "Case Number", "BU", "NAICS", "Industry"),
    *("City, State", "# Idled", "Start Date", "End Date", "Duration"),
)
#: Employees of the country, in thousands, alike in every year: what a rate is worked out by hand with.
EMPLOYEES_TH, FIRST_YEAR, LAST_YEAR = 140_000, 1984, 2020


def empty_study(folder: Path, *, collection: str = "register") -> Path:
    """Write a study of one country without reports into `folder`; return its data folder."""
    series = {"indicator": "EMPLOYEES_TH", "unit": "thousand_persons", "source": "BLS"}
    catalogue = {"label": "Employees", "definition": "Employees on payrolls.", "shown_with": "employees"}
    years = [
        {"country": "USA", "year": year, "value": EMPLOYEES_TH, "vintage": "2021", **series}
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    ]
    tables = {"countries": countries("USA"), "indicators": [{**series, **catalogue}], "country_years": years}
    return write(folder, tables, f"title: Work stoppages\nregion: North America\ncollection: {collection}\n")


def write_csv(path: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = LAYOUT) -> Path:
    """Write a register as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return path


def generated(rows: int, *, seed: int = 13) -> list[tuple[object, ...]]:
    """A register of so many stoppages in the layout of the FMCS, the same ones for each seed."""
    chance = random.Random(seed)  # noqa: S311 - numbers that are the same each time
    first = date(FIRST_YEAR, 1, 1).toordinal()
    days = date(LAST_YEAR, 6, 30).toordinal() - first
    made: list[tuple[object, ...]] = []
    for number in range(rows):
        begin = date.fromordinal(first + chance.randrange(days))
        length = chance.choice((1, 1, 2, 5, 12, 40, 90))
        made.append(
            (
                f"Works {chance.randrange(rows // 2)} Inc",
                f"Union Local {chance.randrange(900)}",
                "",
                f"{begin.year}N{number:07d}",
                chance.choice(("", "40", "260.0")),
                chance.choice(("", "31", "62")),
                chance.choice(("Manufacturing", "Construction", "Not Provided")),
                f"Town {chance.randrange(400)}, {chance.choice(('OH', 'MI', 'NY'))}",
                chance.choice(("", "25", "120.0", "900")),
                begin.isoformat(),
                (begin + timedelta(days=length - 1)).isoformat(),
                chance.choice(("", str(length))),
            )
        )
    return made


def write_workbook(path: Path, rows: Sequence[Sequence[object]], *, sheets: Sequence[str] = ("Data",)) -> Path:
    """Write rows as the first sheet of a workbook; a cell that begins with ``<`` is markup of its own.

    Numbers are numbers, a `date` is a day as spreadsheets keep it, None is no cell.
    """

    def cell(row: int, column: int, value: object) -> str:
        place = f'r="{chr(65 + column)}{row}"'
        if isinstance(value, date):
            return f'<c {place} s="1"><v>{value.toordinal() - date(1899, 12, 30).toordinal()}</v></c>'
        if isinstance(value, int | float):
            return f"<c {place}><v>{value}</v></c>"
        if isinstance(value, str) and value.startswith("<"):
            return value.replace("<c", f"<c {place}", 1)
        text = escape(str(value))
        return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    lines = "".join(
        f'<row r="{at}">{"".join(cell(at, n, value) for n, value in enumerate(row) if value is not None)}</row>'
        for at, row in enumerate(rows, start=1)
    )
    empty = f'<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _rels({"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _rels(
            {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)}
            | {"rIdStyles": ("styles", "styles.xml")}
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": empty for n in range(2, len(sheets) + 1)},
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return path


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_SHEET}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET}.styles+xml"/></Types>'
)


def _rels(targets: dict[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
