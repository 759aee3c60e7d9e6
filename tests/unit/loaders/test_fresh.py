"""Clean tables are made anew when the raw data changed, and only then; a frozen run is never refreshed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import grimp
import polars as pl
import pytest

import socdialog as sd
from socdialog.errors import DataError, UsageError
from socdialog.intake.reading import RawData, read_raw
from socdialog.loaders import fresh
from socdialog.loaders.fresh import SNAPSHOT_VARIABLE, check_study, clean_study, cut, freeze, snapshot
from socdialog.site.published_text import texts_of
from socdialog.store.fingerprint import fingerprint

Change = Callable[[str, str, str], None]


@pytest.fixture
def study(cleaned_part: Path, tmp_path: Path) -> Path:
    """A part of the shipped study, cleaned, that a test may change."""
    return Path(shutil.copytree(cleaned_part, tmp_path / "data"))


def forbidden(*_: object, **__: object) -> None:
    raise AssertionError("cleaned although nothing changed")


def test_unchanged_data_is_not_cleaned_again(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "clean", forbidden)
    monkeypatch.setattr(fresh, "read_raw", forbidden)
    assert sd.load_reports(data=study).height > 100
    with pytest.raises(AssertionError, match="although nothing changed"):
        clean_study(study)


def test_touching_a_file_changes_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(study / "raw" / "activity" / "reports.csv", (1, 1))
    monkeypatch.setattr(fresh, "clean", forbidden)
    assert snapshot(study).has("events")


def test_changed_data_is_cleaned_again(study: Path, change: Change) -> None:
    before = snapshot(study).fingerprint
    change("activity/reports.csv", "DİSK congress in Istanbul", "DİSK congress at the Bosporus")
    assert "DİSK congress at the Bosporus" in sd.load_reports(data=study).get_column("label").to_list()
    assert snapshot(study).fingerprint != before


def test_a_change_of_the_cleaning_code_cleans_again(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fresh, "_code", lambda: "another version")
    monkeypatch.setattr(fresh, "clean", forbidden)
    with pytest.raises(DataError, match="although nothing changed"):
        snapshot(study)


def test_a_torn_package_is_not_trusted_and_its_folder_left_alone(study: Path) -> None:
    package = study / "clean" / "datapackage.json"
    whole = package.read_text(encoding="utf-8")
    package.write_text("{", encoding="utf-8")
    before = fingerprint(study / "clean")
    with pytest.raises(UsageError, match="does not contain clean tables"):
        snapshot(study)
    assert fingerprint(study / "clean") == before
    package.write_text(whole.replace('"fingerprint": "sha256:', '"fingerprint": "sha256:0'), encoding="utf-8")
    assert snapshot(study).fingerprint in whole, "made anew"


def test_data_that_changes_while_it_is_read_is_read_again(
    study: Path, change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []

    def read_and_change(raw: Path) -> RawData:
        found = read_raw(raw)
        reads.append(raw)
        if len(reads) == 1:
            change("activity/reports.csv", "DİSK congress in Istanbul", "DİSK congress at the Bosporus")
        return found

    monkeypatch.setattr(fresh, "read_raw", read_and_change)
    frozen = freeze(study, tmp_path / "frozen")
    assert len(reads) == 2
    assert "DİSK congress at the Bosporus" in frozen.tables["reports"].get_column("label").to_list()


def test_half_a_change_is_no_error_and_a_change_without_end_is_told(
    study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = study / "raw" / "activity" / "reports.csv"
    whole = reports.read_bytes()
    reports.write_bytes(whole[: len(whole) // 2])

    def mend(raw: Path) -> RawData:
        found = read_raw(raw)
        reports.write_bytes(whole)
        return found

    monkeypatch.setattr(fresh, "read_raw", mend)
    assert freeze(study, tmp_path / "frozen").tables["reports"].height > 100

    def grow(raw: Path) -> RawData:
        with reports.open("ab") as file:
            file.write(b"#")
        return read_raw(raw)

    monkeypatch.setattr(fresh, "read_raw", grow)
    with pytest.raises(DataError, match="changed while it was being copied"):
        freeze(study, tmp_path / "frozen")


def test_errors_are_raised_all_at_once_and_the_old_tables_stay(study: Path, change: Change) -> None:
    before = fingerprint(study / "clean")
    change("activity/reports.csv", ",congress,held,", ",kongress,held,")
    change("activity/sources.csv", "2024-11-22,en", "2024-13-22,en")
    with pytest.raises(DataError) as raised:
        sd.load_events(data=study)
    lines = "\n".join(raised.value.details)
    assert "data/raw/activity/reports.csv:2: kind" in lines
    assert "data/raw/activity/sources.csv:4: published" in lines
    assert "'congress'" in lines, "the nearest right code is named"
    assert len(raised.value.details) == len(check_study(study).errors)
    assert fingerprint(study / "clean") == before


def test_a_frozen_snapshot_is_read_and_never_refreshed(
    study: Path, change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = freeze(study, tmp_path / "frozen").snapshot
    change("activity/reports.csv", "DİSK congress in Istanbul", "DİSK congress at the Bosporus")
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(frozen.folder))
    monkeypatch.chdir(tmp_path)
    labels = sd.load_reports().get_column("label").to_list()
    assert "DİSK congress in Istanbul" in labels
    assert "DİSK congress at the Bosporus" in sd.load_reports(data=study).get_column("label").to_list()


def test_a_frozen_snapshot_names_nobody_unless_asked(
    cleaned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = freeze(cleaned, tmp_path / "frozen").snapshot
    assert not any(frozen.has(name) for name in ("people", "persons", "person_names", "person_distinct"))
    assert freeze(cleaned, tmp_path / "named", with_people=True).snapshot.has("people")
    monkeypatch.setenv(SNAPSHOT_VARIABLE, str(frozen.folder))
    with pytest.raises(sd.UsageError, match="has no table people"):
        sd.load_people()


def test_tables_of_one_state_are_cleaned_once_and_what_is_kept_names_nobody(
    study: Path, change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, dict[str, bytes]] = {}

    def remembered(state: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        return kept[state] if state in kept else kept.setdefault(state, dict(make()))

    first = freeze(study, tmp_path / "first", remembered=remembered)
    (files,) = kept.values()
    assert not {"people.parquet", "persons.parquet"} & files.keys()
    texts = (text for name, content in files.items() for text in texts_of(name, content))
    assert [text for text in texts if first.people.mentions(text)] == []
    with monkeypatch.context() as patch:
        patch.setattr(fresh, "clean", forbidden)
        again = freeze(study, tmp_path / "again", remembered=remembered)
    assert fingerprint(again.snapshot.folder) == fingerprint(first.snapshot.folder)
    assert again.people == first.people
    assert len(again.people.names) > 100, "the raw tables say whom nothing may name"
    assert again.problems == first.problems
    freeze(study, tmp_path / "named", with_people=True, remembered=remembered)
    assert len(kept) == 1, "tables that name people are never kept"
    change("activity/reports.csv", "DİSK congress in Istanbul", "DİSK congress at the Bosporus")
    labels = freeze(study, tmp_path / "third", remembered=remembered).tables["reports"].get_column("label")
    assert "DİSK congress at the Bosporus" in labels.to_list()
    assert len(kept) == 2


def test_data_that_may_only_be_read_can_be_frozen(
    cleaned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = fingerprint(freeze(cleaned, tmp_path / "one").snapshot.folder)
    raw_only = tmp_path / "mounted"
    raw_only.mkdir()
    (raw_only / "raw").symlink_to(cleaned / "raw")
    raw_only.chmod(0o555)
    monkeypatch.setattr(fresh, "locked", forbidden)
    try:
        frozen = freeze(raw_only, tmp_path / "two").snapshot
    finally:
        raw_only.chmod(0o755)
    assert sorted(path.name for path in raw_only.iterdir()) == ["raw"], "nothing was written into the data"
    assert fingerprint(frozen.folder) == expected, "the same whether the clean tables stood already or not"


def test_a_slice_holds_one_country_and_its_hash_is_that_of_its_content(cleaned: Path, tmp_path: Path) -> None:
    frozen = freeze(cleaned, tmp_path / "frozen")
    one, again = (cut(frozen, tmp_path / name, ("KAZ",)) for name in ("one", "again"))
    whole = cut(frozen, tmp_path / "whole", None)
    assert one == again != whole
    ratified = pl.read_parquet(tmp_path / "one" / "ratifications.parquet")
    assert ratified.get_column("country").unique().to_list() == ["KAZ"]
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "again")


def test_clean_tables_are_stale_when_code_they_depend_on_changes() -> None:
    imports = grimp.build_graph("socdialog", exclude_type_checking_imports=True)
    made_by = {"socdialog.intake.clean", "socdialog.store.snapshot"}
    every = made_by.union(*map(imports.find_upstream_modules, made_by))
    rooms = {module.split(".")[1] for module in every if "." in module}
    # What these hold is said when something is wrong, and then there are no tables.
    only_said = {"advice", "errors", "paths"}
    assert rooms - only_said == {*fresh.CLEANING_ROOMS, *fresh.CLEANING_MODULES}
