"""Keep ``data/clean`` in step with ``data/raw``: check, clean, refresh, freeze."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

import socdialog
from socdialog import codebook, dates
from socdialog.codebook import cldr
from socdialog.errors import DataError
from socdialog.intake.check_report import CheckReport
from socdialog.intake.checks import check, check_context, has_no_errors
from socdialog.intake.checks.documents import people_in_derived, people_in_notebooks, people_in_texts
from socdialog.intake.checks.notebooks import notebook_problems
from socdialog.intake.checks.people_rules import published_problems
from socdialog.intake.clean import clean
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.names.mentions import PersonalNames, personal_names
from socdialog.intake.notes import is_notes
from socdialog.intake.plain import is_long
from socdialog.intake.problems import Problem, shown_path
from socdialog.intake.reading import RawData, read_raw
from socdialog.intake.typed import in_key_order, typed
from socdialog.loaders.edition import newest_day
from socdialog.loaders.selection import for_pages
from socdialog.store import fingerprint_memory
from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file
from socdialog.store.locks import locked
from socdialog.store.privacy import without_people
from socdialog.store.remembering import Remembered, made_anew
from socdialog.store.snapshot import Snapshot, place_snapshot, snapshot_files, write_slice, write_snapshot
from socdialog.store.study import Notes, Study, find_study
from socdialog.store.walk import walk
from socdialog.store.withheld import read_withheld

#: Names the snapshot a run must read, and nothing else; set by a build for its notebooks.
SNAPSHOT_VARIABLE = "SOCDIALOG_SNAPSHOT"
#: Seconds to wait for another process that is refreshing the same study.
REFRESH_WAIT = 600.0
#: Beside the clean tables: what the raw data was when somebody last looked.
_MEMORY = ".raw.json"
#: How often a build reads data that changes meanwhile before it gives up.
_READS = 5
#: Rooms, and modules of no room, whose code decides what the clean tables hold.
CLEANING_ROOMS = ("codebook", "intake", "schemas", "sources", "store")
CLEANING_MODULES = ("dates", "folding", "independent_sources")

Data = str | os.PathLike[str] | None


@dataclass(frozen=True, slots=True)
class CheckedRaw:
    """The raw tables of a study without errors, where `Snapshot` would be its clean ones.

    Only tables that nothing is derived for can be asked of it. Their types, codes, ranges and keys are
    those that the rules have just checked, so that no schema looks at them a second time.

    Parameters
    ----------
    raw
        The tables as read.
    made
        Tables in their clean form that are there already.
    """

    raw: RawData
    made: Mapping[str, pl.DataFrame]

    def table(self, name: str) -> pl.DataFrame:
        """Return one table in its clean form, sorted by its key."""
        return self.made[name] if name in self.made else typed(name, self.raw.tables[name])

    def rows(self, name: str, wanted: pl.Expr) -> pl.DataFrame:
        """Return the rows of a table that are `wanted`, sorted by its key."""
        return self.table(name).filter(wanted)

    def has(self, name: str) -> bool:
        """Return whether the study has the table `name`."""
        return name in self.raw.tables


def check_study(data: Data = None, *, today: date | None = None) -> CheckReport:
    """Check every raw file of a study and report every problem at once.

    Data without an error are also cleaned, in memory, unless clean tables of these data are there already: what
    would stop the cleaning is also an error, and so is a person whom the documents of the study, its notebooks or a
    derived table would name in public.

    Parameters
    ----------
    data
        The folder that contains ``raw/``; see `find_study`.
    today
        The day that no publication, founding or held event may lie behind; default: this day.

    Returns
    -------
    CheckReport
        Every problem with file, line, column and how to fix it; displays itself in a notebook.

    Raises
    ------
    UsageError
        When there is no study, or `today` is no date.

    Examples
    --------
    >>> sd.check()     # doctest: +SKIP
    """
    study = find_study(data)
    before = _current(study)
    raw = read_raw(study.raw)
    people = personal_names(raw.tables, withheld=read_withheld(study.data))
    named = (*people_in_texts(_documents(raw), people), *people_in_notebooks(_notebooks(study), people))
    unfit = notebook_problems(study, raw.notes.notes)
    report = CheckReport(tuple(sorted({*check(raw, today=_day(today)), *named, *unfit})))
    if report.errors:
        return report
    try:
        found = None if before is None else _clean_tables(study, str(before.fingerprint))
        tables = found or clean(raw)
    except FAULTS as error:
        return CheckReport((*report.problems, _cleaning_fault(raw, error)))
    return CheckReport((*report.problems, *people_in_derived(tables, people)))


def _documents(raw: RawData) -> list[tuple[str, Path]]:
    """Return the files in which the study says something of itself that pages repeat."""
    files = walk(raw.folder).files
    return [(shown_path(raw.folder, name), path) for name, path in files.items() if is_notes(name)]


def _notebooks(study: Study) -> list[tuple[str, Path]]:
    """Return the notebooks of the study itself."""
    folder = study.notebooks
    return [(f"{folder.name}/{path.name}", path) for path in sorted(folder.glob("*.ipynb")) if path.is_file()]


def clean_study(data: Data = None, *, today: date | None = None) -> Snapshot:
    """Rebuild the clean tables of a study and return them.

    Parameters
    ----------
    data
        The folder that contains ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.
    today
        The day that no publication, founding or held event may lie behind; default: this day.

    Returns
    -------
    Snapshot
        The clean tables, as they lie in ``data/clean``.

    Raises
    ------
    DataError
        With every error of the raw data.

    Examples
    --------
    >>> sd.clean()     # doctest: +SKIP
    """
    study = find_study(data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        return _write(study, today=today)


def snapshot(data: Data = None) -> Snapshot:
    """Return the clean tables of a study, refreshed when its raw data changed.

    Inside a build the snapshot it froze is returned, and never refreshed.

    Raises
    ------
    DataError
        With every error of the raw data.
    """
    study = None if _frozen(data) else find_study(data)
    found = _frozen(data) if study is None else _current(study)
    if found is None:
        assert study is not None
        with locked(study_lock(study), wait=REFRESH_WAIT):
            found = _current(study) or _write(study, today=None)
    found.notes.use()
    return found


def open_tables(table: str, data: Data = None) -> Snapshot | CheckedRaw:
    """Return what holds one table, fresh: the clean tables as `snapshot` gives them, or the raw file itself.

    A long file whose rows depend only on their country (official series of a million rows) is read
    itself while ``data/clean`` is behind: it is checked with all the rest, and nothing is written.

    Raises
    ------
    DataError
        With every error of the raw data.
    """
    spec = codebook.tables()[table]
    if _frozen(data) is None and spec.by_country and spec.file is not None and not spec.adds:
        study = find_study(data)
        if is_long(study.raw / spec.file) and _current(study) is None:
            raw = read_raw(study.raw)
            if table not in raw.official.tables:
                return _checked(raw, table, today=_day(None))
    return snapshot(data)


def _frozen(data: Data) -> Snapshot | None:
    frozen = os.environ.get(SNAPSHOT_VARIABLE)
    return Snapshot(Path(frozen)) if data is None and frozen else None


def _current(study: Study) -> Snapshot | None:
    """Return the clean tables that are there, if they are those of the raw data as it is now."""
    found = Snapshot(study.clean)
    known = found.fingerprint
    if known is None:
        return None
    return found if known == _state(fingerprint_memory.remembered(study.raw, study.clean / _MEMORY)) else None


@dataclass(frozen=True, slots=True)
class Frozen:
    """The data of one build.

    Parameters
    ----------
    snapshot
        The clean tables as they lie on disk.
    tables
        The same, read once for all pages.
    problems
        What the checks found in the raw data and a published page may show; no errors.
    people
        People who must not be named in anything published.
    """

    snapshot: Snapshot
    tables: Mapping[str, pl.DataFrame]
    problems: tuple[Problem, ...]
    people: PersonalNames


def freeze(
    data: Data,
    folder: Path,
    *,
    with_people: bool = False,
    today: date | None = None,
    remembered: Remembered = made_anew,
) -> Frozen:
    """Write the clean tables of a study to `folder`, for a build; ``data/`` itself is only read.

    The data is read into memory in one state: no copy of it is made that could lie where others read.

    Parameters
    ----------
    data
        The study.
    folder
        Absent, empty, or frozen tables of an earlier build.
    with_people
        Whether the frozen tables may name people; otherwise those tables and the columns that may name a person
        are left out, and only people whose rows were deleted are looked for in what is published.
    today
        As in `check_study`.
    remembered
        Returns the files of tables of the same state that name nobody, else makes them.

    Raises
    ------
    DataError
        With every error of the raw data, or when it changed again and again while it was read.
    """
    study = find_study(data)
    read = _at_rest(study, today=_day(today))

    def made() -> dict[str, bytes]:
        tables = _clean_tables(study, read.state) or _cleaned(read.raw)
        shown = tables if with_people else without_people(tables)
        return snapshot_files(shown, fingerprint=read.state, notes=_notes(read.raw, tables))

    # Tables that name people are kept nowhere.
    snapshot = place_snapshot(folder, made() if with_people else remembered(read.state, made))
    # Read back: a slice must have the same bytes whether the tables were made just now or stood already.
    tables = snapshot.tables()
    # Names are those of the raw tables: the frozen ones may have none.
    people = personal_names({**tables, **read.raw.tables}, withheld=read_withheld(study.data))
    if with_people:
        # Those in the tables are named on purpose; those whose rows were deleted never are.
        return Frozen(snapshot, tables, read.problems, people.erased())
    return Frozen(snapshot, tables, published_problems(read.problems, people), people)


@dataclass(frozen=True, slots=True)
class _Read:
    """The data of a study in one state, without errors."""

    state: str
    raw: RawData
    problems: tuple[Problem, ...]


def _at_rest(study: Study, *, today: date) -> _Read:
    """Read the data of one moment: as long as it changes while it is read, it is read again."""
    for _ in range(_READS):
        before = fingerprint(study.raw)
        try:
            found = _read_once(study, _state(before), today=today)
        except (DataError, OSError):
            # Half a change may look like an error.
            if fingerprint(study.raw) == before:
                raise
            continue
        if fingerprint(study.raw) == before:
            return found
    raise DataError("data/raw changed while it was being copied", hint="try again when no one is writing to it")


def _read_once(study: Study, state: str, *, today: date) -> _Read:
    raw = read_raw(study.raw)
    return _Read(state, raw, refuse_errors(raw, today=today).problems)


def _clean_tables(study: Study, state: str) -> dict[str, pl.DataFrame] | None:
    """Return the clean tables that are there, if they are those of `state` and were not replaced since."""
    fresh = Snapshot(study.clean)
    if fresh.fingerprint != state:
        return None
    try:
        tables = fresh.tables()
    except (OSError, pl.exceptions.PolarsError):
        return None
    return tables if fresh.fingerprint == state else None


def cut(frozen: Frozen, folder: Path, countries: tuple[str, ...] | None) -> str:
    """Write the slice of frozen data that a page about `countries` may depend on; return its hash.

    `countries` None is all of them.
    """
    return write_slice(folder, for_pages(frozen.tables, countries), notes=frozen.snapshot.notes)


def _checked(raw: RawData, table: str, *, today: date) -> CheckedRaw:
    """Check the raw tables, and give `table` its clean form in the same time: most often nothing is wrong."""
    context = check_context(raw, today=today)
    with ThreadPoolExecutor(max_workers=1) as pool:
        made = pool.submit(typed, table, raw.tables[table], in_order=True) if table in raw.tables else None
        if not has_no_errors(raw, context):
            refuse_errors(raw, today=today)
    if made is None:
        return CheckedRaw(raw, {})
    frame = made.result()
    return CheckedRaw(raw, {table: frame if context.ascends(table) else in_key_order(table, frame)})


def refuse_errors(raw: RawData, *, today: date) -> CheckReport:
    """Raise with every error of the raw data; otherwise return its report.

    Raises
    ------
    DataError
        With one line for each error.
    """
    report = CheckReport(check(raw, today=today))
    if report.errors:
        raise DataError(
            f"the data in {raw.folder.parent.name}/raw has {cldr.counted(len(report.errors), 'error')}",
            details=[str(problem) for problem in report.errors],
            hint="correct the lines above, then try again; `socdialog check` lists them again",
        )
    return report


def _write(study: Study, *, today: date | None) -> Snapshot:
    state = _state(fingerprint(study.raw))
    raw = read_raw(study.raw)
    refuse_errors(raw, today=_day(today))
    tables = _cleaned(raw)
    return write_snapshot(study.clean, tables, fingerprint=state, notes=_notes(raw, tables))


def _cleaned(raw: RawData) -> dict[str, pl.DataFrame]:
    """Return the clean tables of data without errors.

    Raises
    ------
    DataError
        When the cleaning itself fails.
    """
    try:
        return clean(raw)
    except FAULTS as error:
        raise DataError(str(_cleaning_fault(raw, error))) from error


def _cleaning_fault(raw: RawData, error: BaseException) -> Problem:
    return program_fault(shown_path(raw.folder, ""), "the cleaning of these data", error)


def _notes(raw: RawData, tables: Mapping[str, pl.DataFrame]) -> Notes:
    return raw.notes.of_edition(newest_day(tables))


def _state(raw: str) -> str:
    """Return what the clean tables depend on: the raw data, by its fingerprint, and the code that cleans it."""
    return sha256_bytes(f"{raw} {_code()}".encode())


@cache
def _code() -> str:
    package = Path(socdialog.__file__).parent
    rooms = (fingerprint(package / room) for room in CLEANING_ROOMS)
    modules = (sha256_file(package / f"{module}.py") for module in CLEANING_MODULES)
    return sha256_bytes(" ".join((*rooms, *modules)).encode())


def study_lock(study: Study) -> Path:
    """Return the lock that whoever writes into the data of a study holds."""
    return study.lock


def _day(today: date | None) -> date:
    """Return the day of a check as given, else the day of the person who checks, where they are."""
    return date.today() if today is None else dates.day(today, name="today")  # noqa: DTZ011
