"""States of data sets that were fetched, as rows of the clean tables of official series.

A state is part of the data of a study when its indicator is in the catalogue, with the publisher among its sources.
Rows of the countries of the study become rows of ``country_years``; groups of countries never do. A country that was
asked for and has no row becomes a row of ``not_published``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from socdialog import codebook, schemas
from socdialog.codebook.attributes import attributes
from socdialog.intake.faults import FAULTS, program_fault
from socdialog.intake.problems import Level, Problem, shown_path
from socdialog.intake.typed import row_id, with_ids_apart, with_short_ids
from socdialog.schemas.repeated_texts import as_text, joined, packed
from socdialog.sources.lock import ALIASES, LOCK, ROOT, Lock, State, read_lock
from socdialog.sources.reader import read_in_parts
from socdialog.sources.source_error import SourceError
from socdialog.store.fingerprint import sha256_bytes

#: Parameters of a question that leave whole series of a country, or years of them, in the answer.
_OF_WHOLE = {"ref_area", "timefrom", "timeto", "best_source"}
_CLASSES = ("sex", "classif1", "classif2")
#: Folders next to the data sets with what describes them.
DESCRIPTIONS = ("contents", "dictionaries")


@dataclass(frozen=True)
class OfficialRows:
    """Rows of clean tables that snapshots of data sets give, by table, and what is wrong with the states.

    Those of official series are packed (`schemas.repeated_texts`): there may be millions.
    """

    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def added_to(self, table: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Return a clean table with these rows; what the study itself states of one key is kept."""
        more = self.tables.get(table)
        if more is None or more.is_empty():
            return frame
        key = list(codebook.tables()[table].key)
        columns = frame.columns
        both = joined([more.select(columns), frame])
        more, own = both.head(more.height), both.tail(frame.height)
        # A row that the study has too is seldom; without one, the millions are not copied.
        if more.join(own.select(key), on=key, how="semi", nulls_equal=True).height:
            more = more.join(own.select(key), on=key, how="anti", nulls_equal=True, maintain_order="left")
        return with_ids_apart(table, pl.concat([own, more]))


def best_sources(country_years: pl.DataFrame) -> pl.DataFrame:
    """Return official values without those of sources that the publisher itself does not prefer for the period."""
    return country_years.filter(pl.col("best_source").ne_missing("no"))


def annual(country_years: pl.DataFrame) -> pl.DataFrame:
    """Return the one value that each release prefers for each year: what pages show and comparisons compare."""
    return best_sources(country_years).filter(pl.col("freq").fill_null("A") == "A")


def is_snapshot_file(file: str) -> bool:
    """Say whether a file, by its path below ``raw``, is a file of a data set, or lists retired ids."""
    publisher, data_set = 2, 3
    depth = file.count("/") if file.startswith(f"{ROOT}/") else 0
    return depth == data_set or (depth == publisher and file.endswith(f"/{ALIASES}"))


def read_official(folder: Path, files: Mapping[str, Path], tables: Mapping[str, pl.DataFrame]) -> OfficialRows:
    """Return the rows of every state of every data set.

    Parameters
    ----------
    folder
        The folder of the raw tables.
    files
        The files of the study by their path below it.
    tables
        The raw tables: the catalogue of indicators and the countries.
    """
    sets = sorted({file.rsplit("/", 1)[0] for file in files if is_snapshot_file(file) and not file.endswith(ALIASES)})
    sets = [one for one in sets if one.split("/")[2] not in DESCRIPTIONS]
    catalogue, countries = tables.get("indicators"), tables.get("countries")
    if not sets or catalogue is None or countries is None:
        return OfficialRows()
    reading = _Reading(folder, catalogue.drop_nulls("indicator"), countries["country"].drop_nulls().to_list())
    for one in sets:
        reading.read(one, files)
    return reading.found()


@dataclass
class _Taken:
    """What the parts of one state gave so far: its codes, its areas, and its rows, packed."""

    file: str
    lock: Lock
    state: State
    codes: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    rows: list[pl.DataFrame] = field(default_factory=list)


class _Reading:
    """The states of all data sets, one after the other."""

    def __init__(self, folder: Path, catalogue: pl.DataFrame, countries: list[str]) -> None:
        self.folder, self.countries = folder, countries
        self.units = dict(catalogue.select("indicator", "unit").iter_rows())
        self.sources = {
            code: (sources or "").split(";") for code, sources in catalogue.select("indicator", "source").iter_rows()
        }
        #: Parts of the rows, packed.
        self.rows: list[pl.DataFrame] = []
        self.absent: list[pl.DataFrame] = []
        self.problems: list[Problem] = []

    def found(self) -> OfficialRows:
        """Return what all states give together."""
        tables = {}
        if self.rows:
            rows = joined(self.rows)
            key = list(codebook.tables()["country_years"].key)
            # Where each row has a key of its own, as is sooner known by their hashes, no two states say of one.
            if rows.select(key).hash_rows().n_unique() < rows.height:
                rows = rows.unique([*key, "value", "obs_status"], keep="first", maintain_order=True)
                twice = rows.filter(rows.select(key).is_duplicated())
                for file, line in twice.select("raw_file", "raw_line").head(1).rows():
                    message = (
                        f"row {line} has another value than another file of the same release; delete one of the files"
                    )
                    self._say(file.removeprefix("raw/"), message, "error", "states_differ")
            tables["country_years"] = rows
        if self.absent:
            absent = pl.concat(self.absent)
            if self.rows:
                given = ["country", "indicator", "source", "vintage"]
                absent = absent.join(as_text(tables["country_years"].select(given).unique()), on=given, how="anti")
            tables["not_published"] = absent.unique(
                codebook.tables()["not_published"].key, keep="first", maintain_order=True
            )
        return OfficialRows(tables, tuple(self.problems))

    def read(self, data_set: str, files: Mapping[str, Path]) -> None:
        """Read every state of one data set, a path below ``raw``."""
        held = {file.rsplit("/", 1)[1] for file in files if file.rsplit("/", 1)[0] == data_set}
        try:
            lock = read_lock(self.folder / data_set)
        except SourceError as problem:
            self._say(f"{data_set}/{LOCK}", problem.title, "error", "lock")
            return
        known = set() if lock is None else {state.file for state in lock.snapshots}
        for name in sorted(held - known - {LOCK}):
            message = (
                f"{LOCK} does not list this file; it is not read. Import it with socdialog import FILE --as ilostat"
            )
            self._say(f"{data_set}/{name}", message, "warning", "unlisted_file")
        for state in lock.snapshots if lock is not None else ():
            assert lock is not None
            self._read_state(data_set, lock, state, files)

    def _read_state(self, data_set: str, lock: Lock, state: State, files: Mapping[str, Path]) -> None:
        file = f"{data_set}/{state.file}"
        if file not in files:
            self._say(file, f"the file is missing; restore it, or delete its entry in {LOCK}", "error", "missing_file")
            return
        taken = _Taken(file, lock, state)
        try:
            for part in read_in_parts(_unchanged(files[file], state), state.layout):
                self._take(part, taken)
        except (SourceError, OSError) as problem:
            self._say(file, str(problem), "error", "official_file")
        except FAULTS as error:
            self.problems.append(program_fault(shown_path(self.folder, file), "the reading of this file", error))
        else:
            self._taken(taken)

    def _take(self, part: pl.DataFrame, taken: _Taken) -> None:
        """Take the rows of the countries of the study and of indicators in the catalogue."""
        codes = set(part["indicator"].unique())
        taken.codes |= codes
        taken.areas |= set(part["area"].unique())
        known = sorted(code for code in codes if taken.lock.publisher in self.sources.get(code, ()))
        kept = part.filter(pl.col("indicator").is_in(known), pl.col("area").is_in(self.countries))
        rows = country_years(kept, units=self.units, lock=taken.lock, state=taken.state, file=f"raw/{taken.file}")
        taken.rows.append(packed(rows, but=["row_id"]))

    def _taken(self, taken: _Taken) -> None:
        """Keep what was taken of a state that could be read to its end."""
        lock, state = taken.lock, taken.state
        self.rows += taken.rows
        unknown = sorted(code for code in taken.codes if lock.publisher not in self.sources.get(code, ()))
        if unknown:
            message = (
                f"{unknown[0]!r} of {lock.publisher} is not in the catalogue; to show it, add it to "
                f"indicators/catalogue.csv with its unit and the source {lock.publisher}"
            )
            self._say(taken.file, message, "warning", "not_in_catalogue")
        # An empty answer has no code of its own; the data set of one indicator is named after it.
        named = taken.codes or {lock.data_set.rsplit("_", 1)[0]}
        is_told = set(state.parameters) <= _OF_WHOLE and state.parameters.get("best_source") != "no"
        if is_told and len(named) == 1 and next(iter(named)) in self.units and not unknown:
            self.absent.append(self._absent(taken, next(iter(named))))

    def _absent(self, taken: _Taken, indicator: str) -> pl.DataFrame:
        """Return a row for each country of the study that was asked for and has no row."""
        lock, state = taken.lock, taken.state
        asked = state.parameters.get("ref_area", "").split("+") if "ref_area" in state.parameters else self.countries
        years = [state.parameters.get(name) for name in ("timefrom", "timeto")]
        when = f" from {years[0] or 'the beginning'} to {years[1] or 'the end'}" if any(years) else ""
        absent = sorted(set(asked) & set(self.countries) - taken.areas)
        rows = pl.DataFrame({"country": absent}, schema={"country": pl.String}).with_columns(
            indicator=pl.lit(indicator),
            classification=pl.lit(None, pl.String),
            source=pl.lit(lock.publisher),
            vintage=pl.lit(state.vintage),
            note=pl.lit(f"Checked in the release: no value{when}."),
        )
        return _finished("not_published", rows, file=f"raw/{taken.file}", line=pl.lit(1))

    def _say(self, file: str, message: str, level: Level, rule: str) -> None:
        self.problems.append(Problem(shown_path(self.folder, file), 0, "", message, level, rule))


def _unchanged(path: Path, state: State) -> bytes:
    content = path.read_bytes()
    if sha256_bytes(content) == state.sha256:
        return content
    raise SourceError(
        "sha256", f"the file is not the one that was kept; restore it, or delete it and its entry in {LOCK}"
    )


def country_years(
    frame: pl.DataFrame, *, units: Mapping[str, str], lock: Lock, state: State, file: str
) -> pl.DataFrame:
    """Return rows of a series table as rows of the clean table of official series.

    Values are those of the publisher in the unit of the catalogue; a power of ten that the file states is applied.
    """
    unit = pl.col("indicator").replace_strict(units, default=None, return_dtype=pl.String)
    scales = {
        code: float(scale) for code, scale in attributes("units", "scale", 1).items() if isinstance(scale, int | float)
    }
    factor = pl.lit(10.0).pow("unit_mult") / unit.replace_strict(scales, default=1.0, return_dtype=pl.Float64)
    rows = _classified(frame).with_columns(
        pl.when(pl.col("unit_mult").is_not_null()).then(pl.col("value") * factor).otherwise("value").alias("value"),
        pl.col("area").alias("country"),
        unit.alias("unit"),
        pl.lit(lock.publisher).alias("source"),
        pl.lit(state.vintage).alias("vintage"),
        pl.lit(None, pl.String).alias("note"),
    )
    return _finished("country_years", rows, file=file, line=pl.col("line"))


def _classified(frame: pl.DataFrame) -> pl.DataFrame:
    """Add the codes of all classifications as one text, totals first: it ends as a total only where all are."""
    given = pl.concat_list(_CLASSES).list.drop_nulls()
    is_total = pl.element().str.contains(codebook.TOTALS)
    ordered = given.list.eval(pl.element().sort_by(is_total.not_(), maintain_order=True))
    text = pl.when(given.list.len() > 0).then(ordered.list.join(" "))
    # Millions of rows share some thousand classifications.
    each = frame.select(_CLASSES).unique().with_columns(classification=text)
    return frame.join(each, on=_CLASSES, how="left", nulls_equal=True, maintain_order="left")


def _finished(table: str, rows: pl.DataFrame, *, file: str, line: pl.Expr) -> pl.DataFrame:
    dtypes = schemas.clean_dtypes(table)
    rows = rows.with_columns(raw_file=pl.lit(file), raw_line=line.cast(pl.Int64)).with_columns(row_id(table))
    return with_short_ids(table, rows.select(pl.col(name).cast(dtype) for name, dtype in dtypes.items()))
