"""Read ``data/raw`` exactly: every cell as it stands, every damage of the files named, nothing repaired.

A line that is damaged (a cell too many, a quote that does not close, bytes that are no text) is left
out of its table, reported, and kept as text in ``lost``, so that what refers to it is not reported too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import polars as pl

from socdialog import codebook
from socdialog.advice import advice, meanings
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.header import Header, read_header
from socdialog.intake.notes import ORIGIN_FILE, STUDY_FILE, NotesRead, is_origin, read_notes
from socdialog.intake.official_snapshots import OfficialRows, is_snapshot_file, read_official
from socdialog.intake.plain import is_long, read_plain
from socdialog.intake.problems import Level, Problem, shown_path
from socdialog.intake.rows import read_rows
from socdialog.intake.text import Text, decode
from socdialog.store.walk import Walk, walk

#: Documents that may be next to the tables.
_DOCUMENTS = frozenset({".md"})


@dataclass(frozen=True)
class RawData:
    """The raw tables of a study as they are in the files.

    Parameters
    ----------
    folder
        The folder ``raw``.
    tables
        By name of the table: all cells as text (null = empty), ``raw_file`` and ``raw_line``. A file
        that cannot be read as a table is absent, and has problems.
    problems
        Damage of the files themselves; see `socdialog.intake.checks` for everything else.
    lost
        By name of the table: text of the lines that could not be read as rows.
    notes
        What the study says of itself, as far as it could be read; its problems are among `problems`.
    official
        What fetched states of data sets add to the clean tables; its problems are among `problems`.
    """

    folder: Path
    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Problem, ...]
    lost: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    notes: NotesRead = field(default_factory=NotesRead)
    official: OfficialRows = field(default_factory=OfficialRows)

    def use(self) -> None:
        """Make this study the one at hand: its own terms are known, and names are read in its languages."""
        listed = self.tables.get("countries", pl.DataFrame())
        self.notes.notes.use(countries=listed["country"].drop_nulls() if "country" in listed.columns else ())


@dataclass(frozen=True)
class FileRead:
    """What one file gave: its table, where it could be read, and its damage."""

    frame: pl.DataFrame | None
    problems: tuple[Problem, ...]
    lost: tuple[str, ...] = ()


def read_raw(folder: Path) -> RawData:
    """Read every raw table below `folder` (the folder ``raw`` of a study) and collect all damage.

    Parameters
    ----------
    folder
        The folder that holds ``activity/``, ``registry/`` and so on.
    """
    found = walk(folder)
    specs = {name: str(spec.file) for name, spec in codebook.tables().items() if spec.file is not None}
    there = [name for name, file in specs.items() if file in found.files]
    # Two at a time: while a long file is cut into cells, the short ones next to it are read.
    with ThreadPoolExecutor(max_workers=2) as pool:
        reads = dict(zip(there, pool.map(lambda name: _read(folder, name, found), there), strict=True))
    notes = read_notes(found.files, folder)
    problems = [*notes.problems, *(problem for read in reads.values() for problem in read.problems)]
    problems += _obstacles(folder, found)
    problems += _absent(folder, found)
    tables = {name: read.frame for name, read in reads.items() if read.frame is not None}
    lost = {name: read.lost for name, read in reads.items()}
    official = read_official(folder, found.files, tables)
    problems += official.problems
    raw = RawData(folder, MappingProxyType(tables), tuple(sorted(problems)), MappingProxyType(lost), notes, official)
    raw.use()
    return raw


def _read(folder: Path, name: str, found: Walk) -> FileRead:
    file = str(codebook.tables()[name].file)
    shown = shown_path(folder, file)
    try:
        return read_file(name, found.files[file], shown=shown)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        return FileRead(None, (Problem(shown, 0, "", message, "error", "unreadable_file"),))
    except FAULTS as error:
        return FileRead(None, (program_fault(shown, "the reading of this file", error),))


def read_file(name: str, path: Path, *, shown: str) -> FileRead:
    """Read a raw file as the table `name`; `shown` is the path that problems name.

    Raises
    ------
    OSError
        When the file cannot be read.
    """
    plain = read_plain(name, path, shown=shown) if is_long(path) else None
    if plain is None:
        return read_table(name, path.read_bytes(), shown=shown)
    return FileRead(_placed(name, plain), ())


def read_table(name: str, data: bytes, *, shown: str) -> FileRead:
    """Read the bytes of one raw file as the table `name`; `shown` is the path that problems name."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        needed = (column.name for column in codebook.tables()[name].columns.values() if not column.optional)
        message = f"the file is empty; its first line must be: {','.join(needed)}"
        return FileRead(None, (Problem(shown, 1, "", message, "error", "empty_file"),))
    text = decode(data, shown=shown)
    if not text.lines:
        return FileRead(None, text.problems)
    header, problems = read_header(name, text.lines[0], shown=shown)
    if header is None:
        return FileRead(None, (*text.problems, *problems))
    text = _without_headers(text, shown=shown)
    rows = read_rows(text, header, shown=shown)
    frame = None if rows.columns is None else _frame(name, header, rows.columns, rows.numbers)
    return FileRead(frame, (*text.problems, *problems, *rows.problems), rows.lost)


def _without_headers(text: Text, *, shown: str) -> Text:
    """Report where the header is repeated, as in files that were put behind each other, and leave these lines out."""
    again = [number for number, line in enumerate(text.lines, start=1) if line == text.lines[0] and number > 1]
    if not again:
        return text
    more = f" (also in {len(again) - 1} other lines)" if len(again) > 1 else ""
    message = f"the header is repeated; delete the line{more}"
    problem = Problem(shown, again[0], "", message, "error", "repeated_header")
    return Text(text.lines, text.damaged | set(again), (*text.problems, problem))


def _frame(name: str, header: Header, columns: list[pl.Series], numbers: pl.Series) -> pl.DataFrame:
    """Put the columns under their names, in the order of the data dictionary; an empty cell is null."""
    found = {
        column: _emptied(columns[place]).alias(column)
        for place, column in enumerate(header.names)
        if column is not None
    }
    lines = numbers.cast(pl.Int64).alias("raw_line")
    return _placed(name, pl.DataFrame([*found.values(), lines]))


def raw_file(name: str) -> str:
    """Return how rows say in which raw file they were read: counted from ``raw/``, wherever the study lies."""
    return f"raw/{codebook.tables()[name].file}"


def _placed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Put the columns in the order of the data dictionary, and behind them where each row was read."""
    order = [column for column in codebook.tables()[name].columns if column in frame.columns]
    return frame.select(*order, pl.lit(raw_file(name)).alias("raw_file"), "raw_line")


def _emptied(cells: pl.Series) -> pl.Series:
    """Make empty cells null."""
    return cells.replace("", None) if (cells == "").any() else cells


def _obstacles(folder: Path, found: Walk) -> Iterator[Problem]:
    """Report what is not a file that can be read: an error where a file of the study is, or may be below it."""
    needed = [*_table_files(), STUDY_FILE]
    for one in found.obstacles:
        below = f"{one.name}/" if one.name else ""
        is_needed = one.name.endswith(f"/{ORIGIN_FILE}") or any(f"{file}/".startswith(below) for file in needed)
        level: Level = "error" if is_needed else "warning"
        yield Problem(shown_path(folder, one.name), 0, "", one.message, level, "no_file")


def _absent(folder: Path, found: Walk) -> Iterator[Problem]:
    """Report tables that are missing and files that are no tables; a misspelt name is one problem."""
    strangers = set(_strangers(found.files))
    hidden = tuple(f"{one.name}/" if one.name else "" for one in found.obstacles)
    for spec in codebook.tables().values():
        file = spec.file
        if file is None or spec.optional or file in found.files or f"{file}/".startswith(hidden):
            continue
        if (folder / file).is_dir():
            message = "is a folder, not a file; restore the file"
        else:
            stems = {_stem(name): name for name in sorted(strangers)}
            guess = next((stems[stem] for stem in meanings(_stem(file), stems)), None)
            strangers.discard(guess or "")
            message = f"the file is missing; {_found_as(folder, guess, spec.columns)}"
        yield Problem(shown_path(folder, file), 0, "", message, "error", "missing_file")
    for file in sorted(strangers):
        message = f"is not a table of the data dictionary and is not read{_meant(file)}"
        yield Problem(shown_path(folder, file), 0, "", message, "warning", "unexpected_file")


def _stem(file: str) -> str:
    """Return a path without its endings: a table may have been saved or packed as a file of another kind."""
    folder, _, name = file.rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _found_as(folder: Path, guess: str | None, columns: Iterable[str]) -> str:
    """Say how to fix a missing file: a file of that name and of another kind has to be saved, not renamed."""
    if guess is None:
        return f"restore it; its first line must be: {','.join(columns)}"
    shown = shown_path(folder, guess)
    return f"rename {shown}?" if guess.casefold().endswith(".csv") else f"save {shown} as CSV in UTF-8 under this name?"


def _strangers(files: Iterable[str]) -> Iterator[str]:
    """Name the files that are neither a table, nor read for what the study says of itself, nor a document."""
    known = {*_table_files(), STUDY_FILE}
    for file in files:
        if (
            file not in known
            and not is_origin(file)
            and not is_snapshot_file(file)
            and Path(file).suffix not in _DOCUMENTS
        ):
            yield file


def _meant(file: str) -> str:
    """Say which file with settings a misspelt one may be."""
    name = Path(file).name
    if name in {STUDY_FILE, ORIGIN_FILE} or Path(name).suffix not in {".yaml", ".yml"}:
        return ""
    question = advice(name, (STUDY_FILE, ORIGIN_FILE))
    return f"; {question}" if question else ""


def _table_files() -> set[str]:
    return {spec.file for spec in codebook.tables().values() if spec.file is not None}
