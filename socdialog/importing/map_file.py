"""The map of an import: which column of a file becomes which column of which table, as a typed, strict model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from socdialog import codebook
from socdialog.advice import unknown
from socdialog.codebook import Column
from socdialog.codebook.other_writings import meant
from socdialog.errors import UsageError
from socdialog.intake.text import decode
from socdialog.intake.yaml_text import Document, Place, YamlError, parse

#: Where the maps of public registers lie that come with the package.
SHIPPED = Path(__file__).parent / "maps"
#: Bytes of a map; more is a mistake, or meant to do harm.
LARGEST = 200_000
#: Columns that the import fills by itself, by table: the ids that hold its rows together.
OWN = {"report_id": "the map's id", "source_id": "the map's source", "figure": "the place of the entry in the map"}
#: A name of a column within a text.
NAMED = re.compile(r"\{([^{}]*)\}")


def _text(value: object) -> object:
    """Return a number that stands without quotes as the text it is written with."""
    return str(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cell(_Model):
    """What a cell is made of: the cell of a column, or a text with the names of columns in braces.

    Parameters
    ----------
    column
        The column whose cell it is.
    text
        A text, in which ``{Name of a column}`` is replaced by the cell; empty where one of these cells is.
    slug
        A text as for `text`, made an id: small letters, digits and ``-``.
    codes
        The code for a value of the file; an empty one makes the cell empty. A value that is not named stays.
    split
        The sign between the members of a list.
    where
        A column; the cell is empty where this one is.
    gather
        Of a list: whether it holds the cells of all rows that make the same row of a table.
    """

    column: Text | None = None
    text: Text | None = None
    slug: Text | None = None
    codes: dict[str, Text | None] = Field(default_factory=dict)
    split: Text | None = None
    where: Text | None = None
    gather: bool = False

    @property
    def form(self) -> str:
        """The cell as a text with names of columns in braces."""
        return f"{{{self.column}}}" if self.column is not None else self.text or self.slug or ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the file that it is made of."""
        named = (self.column,) if self.column is not None else tuple(NAMED.findall(self.form))
        return named if self.where is None else (*named, self.where)


Entry = dict[str, Cell | Text | None]


class Reading(_Model):
    """How the file is read: its encoding, the sign between its cells, the sheet, the row of its header."""

    encoding: Text = "utf-8"
    delimiter: Text = ","
    sheet: Text | None = None
    header: Annotated[int, BeforeValidator(lambda value: int(value) if str(value).isdecimal() else value)] = 1


class Corrections(_Model):
    """Corrections of cells, each made only where the map declares it."""

    blanks: bool = False
    no_break_spaces: bool = False
    spreadsheet_dates: bool = False
    date_form: Text | None = None
    whole_numbers: bool = False
    thousands: Text | None = None
    decimal: Text | None = None
    empty: list[Text] = Field(default_factory=list)


class Hashed(_Model):
    """An id that is a hash of the cells of these columns, where they are long or not fit for an id."""

    hash: list[Text]


class MapFile(_Model):
    """The entries of a map."""

    about: Text | None = None
    source: dict[str, Text | None]
    id: list[Text] | Hashed
    read: Reading = Reading()
    corrections: Corrections = Corrections()
    tables: dict[str, Entry | list[Entry]]

    @property
    def id_columns(self) -> list[str]:
        """The columns that together tell the rows apart."""
        return self.id.hash if isinstance(self.id, Hashed) else self.id

    @property
    def entries(self) -> Iterator[tuple[str, int, Entry]]:
        """Yield each entry of each table with its place, the first being 1."""
        for table, given in self.tables.items():
            for number, entry in enumerate(given if isinstance(given, list) else [given], start=1):
                yield table, number, entry


@dataclass(frozen=True)
class Map:
    """A map that was read without error.

    Parameters
    ----------
    path
        The file.
    content
        Its entries.
    lines
        The line of each entry, by the keys and places that lead to it.
    """

    path: Path
    content: MapFile
    lines: Mapping[Place, int] = field(default_factory=dict)

    def line(self, *place: str | int) -> int:
        """Return the line of an entry, or of the nearest one around it."""
        return next(self.lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in self.lines)

    def line_of(self, table: str, number: int, column: str) -> int:
        """Return the line of a column of an entry of a table."""
        several = isinstance(self.content.tables[table], list)
        return self.line("tables", table, *((number - 1,) if several else ()), column)


def shipped_maps() -> dict[str, Path]:
    """Return the maps that come with the package, by name."""
    return {path.stem: path for path in sorted(SHIPPED.glob("*.yaml"))}


def read_map(given: Path) -> Map:
    """Read a map: a file, or the name of one that comes with the package.

    Raises
    ------
    UsageError
        With a line for each mistake in it.
    """
    path = given if given.exists() else shipped_maps().get(str(given), given)
    try:
        document = _document(path)
    except YamlError as problem:
        raise _refused([f"{path.name}:{problem.line}: {problem.message}"]) from None
    details = [f"{path.name}:{line}: {name}: the entry is repeated; delete one" for line, name in document.repeated]
    try:
        found = Map(path, MapFile.model_validate(document.content), document.lines)
    except ValidationError as wrong:
        faults = (_fault(one, document) for one in wrong.errors(include_url=False))
        raise _refused([*details, *(f"{path.name}:{line}: {text}" for line, text in dict.fromkeys(faults))]) from None
    details += [f"{path.name}:{line}: {text}" for line, text in _wrong_names(found)]
    if details:
        raise _refused(details)
    return found


def _refused(details: list[str]) -> UsageError:
    return UsageError("the map cannot be used", details=details, hint="correct the lines above; nothing was read")


def _document(path: Path) -> Document:
    if not path.is_file():
        raise UsageError(
            f"there is no map {path}", hint=f"name a file, or a map that is shipped: {', '.join(shipped_maps())}"
        )
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        raise YamlError(0, f"the file cannot be read: {problem.strerror or problem}") from None
    if len(data) > LARGEST:
        raise YamlError(0, f"has more than {LARGEST:,} bytes; is it the map?")
    text = decode(data if data.endswith(b"\n") else data + b"\n", shown=path.name)
    if text.problems:
        raise YamlError(text.problems[0].line, text.problems[0].message)
    document = parse("\n".join([*text.lines, ""]))
    if not isinstance(document.content, dict):
        raise YamlError(1, f"has no entries; write {', '.join(MapFile.model_fields)}")
    return document


def _fault(one: Mapping[str, Any], document: Document) -> tuple[int, str]:
    """Say where something is of a wrong kind, and what belongs there."""
    place: Place = tuple(part for part in one["loc"] if not str(part).startswith(_OF_TYPES))
    place = next((place[:end] for end in range(len(place), -1, -1) if place[:end] in document.lines), ())
    name = ".".join(map(str, place)) or str(one["loc"][-1])
    line = document.lines.get(place, 1)
    if one["type"] == "missing":
        return line, f"{one['loc'][-1]} is missing"
    if one["type"] == "extra_forbidden":
        models: dict[tuple[object, ...], type[_Model]] = {
            ("read",): Reading,
            ("corrections",): Corrections,
            (): MapFile,
        }
        known = models.get(tuple(one["loc"][:-1]), Cell).model_fields
        return line, unknown("entry of the map", str(one["loc"][-1]), known)
    return line, f"{name}: {_SHAPES.get(place[:1], 'write a text, or column:, text: or slug: below it')}"


#: How the parts of a place begin by which pydantic names one of several types.
_OF_TYPES = ("Cell", "Hashed", "list[", "dict[", "function-", "nullable", "[key]", "str")
_SHAPES: dict[Place, str] = {
    ("source",): "write the columns of sources.csv, each with a text",
    ("id",): "write a list of columns that together identify a row, such as [Case number], or hash: and a list",
    ("read",): "write encoding:, delimiter:, sheet: (texts) or header: (a number)",
    ("corrections",): "write true or false; date_form, thousands and decimal take a text, empty a list of texts",
    ("about",): "write a text",
}


def _wrong_names(found: Map) -> Iterator[tuple[int, str]]:
    """Report tables, columns and codes that the data dictionary does not know."""
    yield from _wrong_source(found)
    if not found.content.id_columns:
        yield found.line("id"), f"id: {_SHAPES[('id',)]}"
    if "reports" not in found.content.tables:
        yield found.line("tables"), "tables: reports is missing; each row of the file becomes one report"
    known = {name for name, spec in codebook.tables().items() if spec.file is not None and not spec.personal}
    for table, number, entry in found.content.entries:
        if table not in known or table == "sources":
            hint = "sources is written as 'source:'" if table == "sources" else unknown("table", table, known)
            yield found.line("tables", table), f"tables: {hint}"
            continue
        if table == "reports" and number > 1:
            yield found.line("tables", table), "tables: reports takes one entry: each row of the file is one report"
        for name, cell in entry.items():
            yield from _wrong_column(table, name, cell, found.line_of(table, number, name))


def _wrong_source(found: Map) -> Iterator[tuple[int, str]]:
    columns = codebook.tables()["sources"].columns
    for name, text in found.content.source.items():
        if name not in columns:
            yield found.line("source", name), f"source: {unknown('column', name, columns)}"
        elif text is not None:
            yield from _wrong_code("source", columns[name], [text], found.line("source", name))
    for name, column in columns.items():
        if column.required and not found.content.source.get(name):
            yield found.line("source"), f"source: {name} is missing: {column.doc}"


def _wrong_column(table: str, name: str, cell: Cell | str | None, line: int) -> Iterator[tuple[int, str]]:
    columns = codebook.tables()[table].columns
    if name in OWN and _owns(table, name):
        yield line, f"{table}: {name} comes from {OWN[name]}; delete it here"
    elif name not in columns:
        yield line, f"{table}: {unknown('column', name, columns)}"
    elif isinstance(cell, Cell):
        if sum(form is not None for form in (cell.column, cell.text, cell.slug)) != 1:
            yield line, f"{table}: {name}: write one of column:, text: and slug:"
        yield from _wrong_code(table, columns[name], [code for code in cell.codes.values() if code is not None], line)
    elif cell is not None:
        yield from _wrong_code(table, columns[name], [cell], line)


def _owns(table: str, name: str) -> bool:
    """Say whether the import fills a column of a table by itself."""
    return name == "report_id" or (name == "source_id" and table == "reports") or name == "figure"


def _wrong_code(table: str, column: Column, texts: list[str], line: int) -> Iterator[tuple[int, str]]:
    if column.type not in {"code", "codes"} or column.of is None:
        return
    vocabulary = codebook.vocabulary(column.of)
    for code in (code for text in texts for code in (text.split(";") if column.type == "codes" else [text])):
        if code not in vocabulary:
            yield line, f"{table}: {column.name}: {unknown('code', code, vocabulary, meant(column.of, code))}"
