"""A snapshot is whole or not there, says what it was made of, and is the same bytes each time."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import polars as pl
import pytest

from socdialog import schemas
from socdialog.errors import DataError, UsageError
from socdialog.store import snapshot as room
from socdialog.store.fingerprint import fingerprint
from socdialog.store.snapshot import Snapshot, content_key, slice_hash, write_slice, write_snapshot
from socdialog.store.study import Notes

NOTES = Notes(title="Tables", edition="2026-11")


def countries(*codes: str) -> dict[str, pl.DataFrame]:
    empty = pl.DataFrame(schema=schemas.clean_dtypes("countries"))
    rows = pl.DataFrame(
        {"row_id": [f"countries:{code}" for code in codes], "country": codes, "raw_line": [2] * len(codes)}
    )
    return {"countries": pl.concat([empty, rows], how="diagonal")}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    tables = countries("KAZ", "UZB")
    found = write_snapshot(tmp_path / "clean", tables, fingerprint="abc", notes=NOTES)
    assert found.fingerprint == "abc"
    assert found.notes == NOTES
    assert found.has("countries")
    assert not found.has("events")
    assert found.table("countries").equals(tables["countries"])
    assert found.tables().keys() == {"countries"}
    with pytest.raises(DataError, match="events is missing"):
        found.table("events")


def test_a_snapshot_replaces_the_old_one_in_whole_and_keeps_what_is_not_ours(tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    old = {**countries("KAZ"), "events": pl.DataFrame(schema=schemas.clean_dtypes("events"))}
    write_snapshot(folder, old, fingerprint="a", notes=NOTES)
    (folder / ".raw.json").write_text("{}")
    (folder / "mine.parquet").write_bytes(b"of somebody")
    write_snapshot(folder, countries("UZB"), fingerprint="b", notes=NOTES)
    assert Snapshot(folder).fingerprint == "b"
    assert Snapshot(folder).tables().keys() == {"countries"}, "what is not ours is no table"
    names = ["countries.parquet", "datapackage.json", "mine.parquet", "study.json"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / "mine.parquet").read_bytes() == b"of somebody"
    assert [path.name for path in tmp_path.iterdir()] == ["clean"], "nothing is left beside it"


def test_a_folder_that_holds_no_clean_tables_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    folder.mkdir()
    (folder / "thesis.tex").write_text("years of work")
    (folder / room.PACKAGE).write_text('{"name": "my-data", "resources": [{"path": "thesis.tex"}]}')
    with pytest.raises(UsageError, match="does not contain clean tables"):
        write_snapshot(folder, countries("KAZ"), fingerprint="a", notes=NOTES)
    assert (folder / "thesis.tex").read_text() == "years of work"
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_a_foreign_file_with_the_name_of_a_table_is_a_collision(tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    write_snapshot(folder, countries("KAZ"), fingerprint="a", notes=NOTES)
    (folder / "events.parquet").write_bytes(b"of somebody")
    more = {**countries("KAZ"), "events": pl.DataFrame(schema=schemas.clean_dtypes("events"))}
    with pytest.raises(UsageError, match="other files use"):
        write_snapshot(folder, more, fingerprint="b", notes=NOTES)
    assert (folder / "events.parquet").read_bytes() == b"of somebody"
    assert Snapshot(folder).fingerprint == "a"


def test_new_tables_have_the_rights_that_every_new_folder_has(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        folder = write_snapshot(tmp_path / "clean", countries("KAZ"), fingerprint="a", notes=NOTES).folder
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o750


def test_a_failed_write_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "clean"
    write_snapshot(folder, countries("KAZ"), fingerprint="a", notes=NOTES)
    before = fingerprint(folder)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(room, "describe", full)
    with pytest.raises(OSError, match="No space"):
        write_snapshot(folder, countries("UZB"), fingerprint="b", notes=NOTES)
    assert fingerprint(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["clean"]


def test_a_full_disk_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, _: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_snapshot(tmp_path / "clean", countries("KAZ"), fingerprint="a", notes=NOTES)
    assert not list(tmp_path.iterdir())


def test_the_same_content_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        write_snapshot(tmp_path / name, countries("KAZ"), fingerprint="a", notes=NOTES).folder for name in ("a", "b")
    )
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    "torn", ["", "{", "[]", "{}", '{"fingerprint": 5, "schemaVersion": 1}', '{"fingerprint": "sha256:a"}']
)
def test_a_package_that_does_not_say_is_not_fresh(tmp_path: Path, torn: str) -> None:
    found = write_snapshot(tmp_path / "clean", countries("KAZ"), fingerprint="a", notes=NOTES)
    (found.folder / room.PACKAGE).write_text(torn, encoding="utf-8")
    assert found.fingerprint is None


def test_tables_of_another_schema_are_not_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = write_snapshot(tmp_path / "clean", countries("KAZ"), fingerprint="a", notes=NOTES)
    monkeypatch.setattr(schemas, "SCHEMA_VERSION", schemas.SCHEMA_VERSION + 1)
    assert found.fingerprint is None


def test_a_missing_snapshot_has_no_fingerprint(tmp_path: Path) -> None:
    assert Snapshot(tmp_path / "clean").fingerprint is None


def test_a_slice_is_hashed_by_content_without_the_place_in_the_raw_file(tmp_path: Path) -> None:
    tables = countries("KAZ")
    moved = {"countries": tables["countries"].with_columns(raw_line=pl.lit(9, dtype=pl.Int64))}
    found = write_slice(tmp_path / "slice", tables, notes=NOTES)
    assert found == slice_hash(tables, notes=NOTES) == slice_hash(moved, notes=NOTES)
    assert found != slice_hash(countries("UZB"), notes=NOTES)
    assert content_key(tables) == content_key(moved) != content_key(countries("UZB"))
    assert found != slice_hash(tables, notes=Notes(title="Other tables", edition="2026-11"))
    assert sorted(path.name for path in (tmp_path / "slice").iterdir()) == ["countries.parquet", "study.json"]
