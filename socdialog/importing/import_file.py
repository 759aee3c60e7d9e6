"""Bring a file into the raw tables of a study: look at it first, then write its rows and nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from socdialog import codebook
from socdialog.codebook import cldr
from socdialog.errors import DataError
from socdialog.importing.cell_corrections import correct_cells
from socdialog.importing.map_file import Map, read_map
from socdialog.importing.new_rows import NewRows, columns_named, made_of, new_rows, refuse_unknown_columns
from socdialog.importing.parted import Changed, Parted
from socdialog.importing.sheets import ROW, Sheet, read_sheet
from socdialog.intake.checks import check, so_too
from socdialog.intake.problems import Problem, shown_path
from socdialog.intake.reading import RawData, read_raw
from socdialog.loaders.fresh import REFRESH_WAIT, Data, refuse_errors, study_lock
from socdialog.loaders.raw_rows import WithRows, with_rows
from socdialog.store.files import write_atomic
from socdialog.store.locks import locked
from socdialog.store.study import Study, find_study

#: So many problems are shown cell by cell; of the others the number.
SHOWN = 20
#: Characters of a cell that problems show.
_LONG = 60
#: What the map can declare against a problem, by the rule that found it.
_DECLARED = {
    "surrounding_blank": "corrections: {blanks: true}",
    "hidden_character": "corrections: {no_break_spaces: true}",
    "bad_date": "corrections: {spreadsheet_dates: true} or corrections: {date_form: '%m/%d/%Y'}",
    "bad_number": "corrections: {thousands: ','}, {decimal: ','} or {empty: [n/a]}",
    "unknown_code": "codes: {VALUE: CODE} below the column",
    "bad_list": "split: ',' below the column",
}


@dataclass(frozen=True)
class Imported:
    """What an import found, and what it wrote.

    Parameters
    ----------
    file, rows, empty_rows, repeated_rows
        The file, and how many rows of it hold something, hold nothing, and hold the same as an earlier one.
    unused
        The columns that the map does not name.
    added, stood, extended
        By table how many rows are new, how many stood there already, and of how many of these a list grows.
    corrected
        Number of cells that each declared correction changed.
    problems
        Everything that is wrong, at its place in the file or in the map; errors first.
    written
        The raw files; none in a dry run.
    """

    file: str
    rows: int
    empty_rows: int
    repeated_rows: int = 0
    unused: tuple[str, ...] = ()
    added: Mapping[str, int] = field(default_factory=dict)
    stood: Mapping[str, int] = field(default_factory=dict)
    extended: Mapping[str, int] = field(default_factory=dict)
    corrected: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    written: tuple[Path, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the import."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    def lines(self) -> Iterator[str]:
        """Yield the report of the import, line by line."""
        left = f", {self.empty_rows:,} empty and left out" if self.empty_rows else ""
        left += f", {self.repeated_rows:,} identical to an earlier row" if self.repeated_rows else ""
        yield f"{self.file}: {cldr.counted(self.rows, 'row')}{left}"
        if self.unused:
            yield f"Columns not in the map: {', '.join(self.unused)}"
        for option, cells in self.corrected.items():
            yield f"corrections: {option}: {cldr.counted(cells, 'cell')}"
        for table, number in self.added.items():
            stood = f", {self.stood[table]:,} already present" if self.stood[table] else ""
            stood += f", {self.extended[table]:,} of them with further spellings" if self.extended[table] else ""
            yield f"{table}: {cldr.counted(number, 'row')} {'added' if self.written else 'to add'}{stood}"
        yield from shown_problems(self.problems)


def shown_problems(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield the first problems by cell, then the number of further ones for each rule."""
    yield from map(str, problems[:SHOWN])
    for rule, number in sorted(Counter(problem.rule for problem in problems[SHOWN:]).items()):
        yield f"and {number:,} more for the rule {rule}"


def import_file(
    file: Path, map_file: Path, *, data: Data = None, apply: bool = False, today: date | None = None
) -> Imported:
    """Bring the rows of a file into the raw tables of a study, as a map says.

    Rows are distinguished by their key: what is in the study already is neither added again nor changed, so that the
    same file twice adds nothing.

    Parameters
    ----------
    file
        CSV, or a workbook (.xlsx).
    map_file
        The map, or the name of one that comes with the package.
    data
        The folder that holds ``raw/``; see `find_study`.
    apply
        Whether to write; else only what would be written is reported.
    today
        As in `socdialog.loaders.fresh.check_study`.

    Raises
    ------
    UsageError
        When the file is not there, or the map is wrong.
    DataError
        When the file cannot be read exactly, the study has errors, or, with `apply`, the rows would have some.
    """
    day = today or date.today()  # noqa: DTZ011 - the day of the person who imports, where they are
    study = find_study(data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        raw = read_raw(study.raw)  # first of all: a study has codes of its own, which the map may use
        found = read_map(map_file)
        sheet = read_sheet(file, found.content.read)
        refuse_unknown_columns(sheet, found)
        dates, numbers = columns_named(found, "date"), columns_named(found, "number", "integer")
        frame, corrected = correct_cells(sheet.frame, found.content.corrections, dates=dates, numbers=numbers)
        made = tuple(new_rows(replace(sheet, frame=frame), found))
        looked = _examine(raw, sheet, found, made, today=day)
        imported = replace(looked.imported, corrected=corrected)
        if not apply:
            return imported
        if imported.errors:
            raise DataError(
                f"{sheet.path.name} would add {cldr.counted(len(imported.errors), 'error')}; nothing was written",
                details=shown_problems(imported.errors),
                hint="correct the file or the map; without --apply, import shows the result and writes nothing",
            )
        return replace(imported, written=tuple(_write(study, looked.tables)))


@dataclass(frozen=True)
class _Looked:
    """The tables as they would be, and what is to be said of them."""

    tables: Mapping[str, WithRows]
    imported: Imported


def _examine(raw: RawData, sheet: Sheet, found: Map, made: Sequence[NewRows], *, today: date) -> _Looked:
    refuse_errors(raw, today=today)
    before = {(one.file, one.column, one.message) for one in check(raw, today=today, gathered=False)}
    parts = {one.table: Parted.of(raw, one) for one in made}
    tables = {
        table: with_rows(raw, table, part.rows, instead_of=part.replaced) for table, part in parts.items() if part.rows
    }
    changed = replace(raw, tables={**raw.tables, **{name: table.frame for name, table in tables.items()}})
    origin = _Origin(sheet, found)
    problems = [origin.kept(one) for part in parts.values() for one in part.changed]
    for name, table in tables.items():
        file = shown_path(raw.folder, str(codebook.tables()[name].file))
        origin.lines[file] = (name, dict(zip(table.lines, parts[name].places, strict=True)))
    reported_files = (origin.of(problem) for problem in check(changed, today=today, gathered=False))
    problems += [problem for problem in reported_files if (problem.file, problem.column, problem.message) not in before]
    imported = Imported(
        sheet.path.name,
        rows=sheet.frame.height,
        empty_rows=sheet.empty_rows,
        repeated_rows=sheet.frame.height - sheet.frame.n_unique(sheet.columns),
        unused=tuple(name for name in sheet.columns if name not in columns_named(found)),
        added={table: len(part.rows) - len(part.replaced) for table, part in parts.items()},
        stood={table: part.stood for table, part in parts.items()},
        extended={table: len(part.replaced) for table, part in parts.items()},
        problems=tuple(sorted(_gathered(problems, sheet.path.name), key=lambda one: (one.level != "error", one))),
    )
    return _Looked(tables, imported)


def _gathered(problems: Iterable[Problem], file: str) -> Iterator[Problem]:
    """Make one problem of all that say the same of a column of the file, at the first row."""
    alike: dict[Problem, list[int]] = defaultdict(list)
    for one in problems:
        alike[replace(one, line=0) if one.file == file else one].append(one.line)
    for one, lines in alike.items():
        first, *others = sorted(set(lines))
        yield replace(one, line=first, message=one.message + so_too(others, "row"))


def _write(study: Study, tables: Mapping[str, WithRows]) -> Iterator[Path]:
    """Write each file in one step, those that others refer to first: whatever ends the program, it may be run again."""
    for name, table in tables.items():
        path = study.raw / str(codebook.tables()[name].file)
        write_atomic(path, table.content)
        yield path


def _shortened(cell: str | None) -> str:
    """Return a cell as problems show it; of a long one the beginning."""
    if cell is None:
        return "empty"
    return repr(cell) if len(cell) <= _LONG else f"{cell[:_LONG]!r}… ({len(cell):,} characters)"


@dataclass(frozen=True)
class _Origin:
    """Where the cells of new rows come from.

    Parameters
    ----------
    sheet, found
        The file and the map.
    lines
        By raw file its table, and by line the row of the file and the entry of the map that made it.
    cells
        The cells of each row of the file, filled when the first is asked for.
    """

    sheet: Sheet
    found: Map
    lines: dict[str, tuple[str, dict[int, tuple[int | None, int]]]] = field(default_factory=dict)
    cells: dict[int, dict[str, str | None]] = field(default_factory=dict)

    def of(self, problem: Problem) -> Problem:
        """Return a problem of a new row at the cell that it was made of; any other as it is."""
        table, lines = self.lines.get(problem.file, ("", {}))
        return self._placed(problem, table, *lines[problem.line]) if problem.line in lines else problem

    def kept(self, one: Changed) -> Problem:
        """Say that a row which already exists is not changed."""
        was = "empty" if one.stands is None else repr(one.stands)
        message = f"{one.new!r} is {was} in {one.where}, which is kept; to import it again, delete that row first"
        problem = Problem(one.where, 0, one.column, message, "warning", "stands_otherwise")
        return self._placed(problem, one.table, one.row, one.entry)

    def _placed(self, problem: Problem, table: str, row: int | None, entry: int) -> Problem:
        name = problem.column.split(", ")[-1]
        columns = made_of(self.found, table, entry, name)
        if row is None or not columns:
            line = self.found.line("source", name) if table == "sources" else self.found.line_of(table, entry, name)
            return replace(problem, file=self.found.path.name, line=line, column=f"{table}.{problem.column}")
        if not self.cells:
            self.cells.update((cells[ROW], cells) for cells in self.sheet.frame.iter_rows(named=True))
        cells = self.cells[row]
        values = " and ".join(_shortened(cells[name]) for name in columns)
        declared = f"; or add to the map {_DECLARED[problem.rule]}" if problem.rule in _DECLARED else ""
        message = f"{values}, as {table}.{problem.column}: {problem.message}{declared}"
        return replace(problem, file=self.sheet.path.name, line=row, column=", ".join(columns), message=message)
