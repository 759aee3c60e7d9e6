"""A snapshot of clean tables on disk: one Parquet file a table and a data package that describes them."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from socdialog import codebook, schemas
from socdialog.errors import DataError
from socdialog.schemas.repeated_texts import written
from socdialog.store.datapackage import describe
from socdialog.store.files import write_staged
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.ownership import TABLES
from socdialog.store.replacing import repair, replace_folder
from socdialog.store.study import Notes

#: Describes the tables next to it (Frictionless Data Package).
PACKAGE = TABLES.manifest
#: What the study says of itself.
NOTES = "study.json"
#: Rows that lie together in a file: who wants one country of a long table reads only the parts that hold it.
GROUP = 100_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Clean tables at one moment.

    Parameters
    ----------
    folder
        Where they lie.
    """

    folder: Path

    def table(self, name: str) -> pl.DataFrame:
        """Return one clean table, sorted by its key."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise DataError(f"the clean table {name} is missing", hint="run `socdialog clean`")
        return _read(path)

    def rows(self, name: str, wanted: pl.Expr) -> pl.DataFrame:
        """Return the rows of a clean table that are `wanted`, sorted by its key; the rest stays unread."""
        path = self.folder / f"{name}.parquet"
        if not path.is_file():
            raise DataError(f"the clean table {name} is missing", hint="run `socdialog clean`")
        return pl.scan_parquet(_source(path), glob=False).filter(wanted).collect(engine="in-memory")

    def has(self, name: str) -> bool:
        """Say whether the snapshot holds the table `name`."""
        return (self.folder / f"{name}.parquet").is_file()

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return every table the snapshot holds, by name."""
        known = sorted(name for name in codebook.tables() if self.has(name))
        return {name: _read(self.folder / f"{name}.parquet") for name in known}

    @property
    def notes(self) -> Notes:
        """What the study says of itself."""
        return Notes.from_json((self.folder / NOTES).read_text(encoding="utf-8"))

    @property
    def fingerprint(self) -> str | None:
        """Fingerprint of the raw data, and of the code that cleaned it; None where it cannot be read."""
        try:
            package = json.loads((self.folder / PACKAGE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(package, dict) or package.get("schemaVersion") != schemas.SCHEMA_VERSION:
            return None
        found = package.get("fingerprint")
        return found.removeprefix("sha256:") if isinstance(found, str) else None


def snapshot_files(tables: Mapping[str, pl.DataFrame], *, fingerprint: str, notes: Notes) -> dict[str, bytes]:
    """Return the files of a snapshot by name: of each table, of their description, and of what the study says.

    Parameters
    ----------
    tables
        The clean tables by name.
    fingerprint
        Of the raw data and the code they were made with.
    notes
        What the study says of itself.
    """
    files = {f"{name}.parquet": parquet_bytes(written(frame), row_group_size=GROUP) for name, frame in tables.items()}
    package = describe(
        tables,
        format="parquet",
        files={
            name: (file, len(files[file]), sha256_bytes(files[file]))
            for name, file in ((name, f"{name}.parquet") for name in tables)
        },
        fingerprint=fingerprint,
        title=notes.title,
        known_problems={name: notes.known_problems(codebook.tables()[name]) for name in tables},
    )
    described = json.dumps(package, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {**files, PACKAGE: described.encode(), NOTES: notes.to_json().encode()}


def write_snapshot(folder: Path, tables: Mapping[str, pl.DataFrame], *, fingerprint: str, notes: Notes) -> Snapshot:
    """Write clean tables to `folder` as `place_snapshot` does; see `snapshot_files`."""
    return place_snapshot(folder, snapshot_files(tables, fingerprint=fingerprint, notes=notes))


def place_snapshot(folder: Path, files: Mapping[str, bytes]) -> Snapshot:
    """Write the files of a snapshot to `folder`, in whole: a reader finds the old snapshot or the new one.

    Parameters
    ----------
    folder
        Absent, empty, or clean tables of ours; whatever else is in it stays.
    files
        As `snapshot_files` returns them.

    Raises
    ------
    UsageError
        When `folder` holds something and no clean tables, or something in it has the name of a table.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    repair(folder, TABLES)
    private = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        # The private folder is ours alone; the one in it has the rights that every new folder here has.
        staged = private / folder.name
        staged.mkdir()
        for name, content in files.items():
            write_staged(staged / name, content)
        hint = f"move it away, or delete {folder} if you do not need it; it is rebuilt"
        replace_folder(staged, folder, TABLES, hint=hint)
    finally:
        shutil.rmtree(private, ignore_errors=True)
    return Snapshot(folder)


def parquet_bytes(frame: pl.DataFrame | pl.LazyFrame, **options: Any) -> bytes:
    """Write `frame` as Parquet; the same frame gives the same bytes.

    Not written to its file by polars, which hides what the system answers to a failed write: "Invalid thrift".
    """
    buffer = io.BytesIO()
    frame.lazy().sink_parquet(buffer, maintain_order=True, **options)
    return buffer.getvalue()


def _read(path: Path) -> pl.DataFrame:
    """Return the table in a file."""
    return pl.read_parquet(_source(path), glob=False)


def _source(path: Path) -> Path | io.BytesIO:
    """Return what polars can read a file by: its path, which must be UTF-8, or else its content."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return io.BytesIO(path.read_bytes())
    return path


def write_slice(folder: Path, tables: Mapping[str, pl.DataFrame], *, notes: Notes) -> str:
    """Write the slice of data that one page may depend on, and return the hash of its content."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = _contents(tables, notes)
    for name, content in contents.items():
        write_staged(folder / name, content)
    return _hash(contents)


def slice_hash(tables: Mapping[str, pl.DataFrame], *, notes: Notes) -> str:
    """Return the hash that `write_slice` gives for the same content."""
    return _hash(_contents(tables, notes))


def content_key(tables: Mapping[str, pl.DataFrame]) -> str:
    """Return a hash of the content of tables, the place of rows in raw files left out, made sooner than `slice_hash`.

    Only for what is kept beside a build: another version of polars may write the same rows in other bytes.
    """
    digest = hashlib.sha256()
    for name in sorted(tables):
        written_as = io.BytesIO()
        tables[name].drop("raw_line", strict=False).write_ipc_stream(written_as)
        digest.update(f"{name} {written_as.getbuffer().nbytes}\n".encode())
        digest.update(written_as.getbuffer())
    return digest.hexdigest()


def _contents(tables: Mapping[str, pl.DataFrame], notes: Notes) -> dict[str, bytes]:
    """Return each file of a slice. The place of a row in its raw file is left out: moving it changes no page."""
    contents = {NOTES: notes.to_json().encode()}
    for name in sorted(tables):
        frame = tables[name]
        if "raw_line" in frame.columns:
            frame = frame.with_columns(raw_line=pl.lit(None, dtype=pl.Int64))
        contents[f"{name}.parquet"] = parquet_bytes(frame)
    return contents


def _hash(contents: Mapping[str, bytes]) -> str:
    return sha256_bytes("\n".join(f"{name} {sha256_bytes(content)}" for name, content in contents.items()).encode())
