"""States of data sets on disk: nothing is replaced, the same content is no new state, a failure changes nothing."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

import pytest

from socdialog.errors import UsageError
from socdialog.sources import snapshots
from socdialog.sources.lock import data_set_folder, moment, read_lock, states
from socdialog.sources.reader import read_series
from socdialog.sources.snapshots import checked_vintage, content_hash, covering
from socdialog.sources.source_error import SourceError
from tests.official import DENSITY, ROWS, csv, kept, packed, parquet

DATA_SET = f"{DENSITY}_A"
OTHER = csv([ROWS[0].replace("49.1", "48.0"), *ROWS[1:]])


def tree(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file, hidden ones too."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_state_is_kept_as_served_with_its_evidence(tmp_path: Path) -> None:
    content = packed(csv())
    found = kept(tmp_path, content, "26/02/2026 10:15:00", ref_area="KAZ+TUR")
    assert found.path.read_bytes() == content
    assert (found.path.parent.name, found.path.suffixes[-2:]) == (DATA_SET, [".csv", ".gz"])
    lock = read_lock(found.path.parent)
    assert lock is not None
    assert (lock.data_set, lock.publisher, lock.snapshots) == (DATA_SET, "ILOSTAT", [found.state])
    assert (found.state.vintage, found.state.rows) == ("2026-02-26", 4)
    assert found.state.parameters == {"ref_area": "KAZ+TUR"}
    assert found.state.sha256 == hashlib.sha256(content).hexdigest()
    assert [one.data_set for one in states(tmp_path / "raw")] == [DATA_SET]


def test_other_packing_of_the_same_rows_is_no_new_state(tmp_path: Path) -> None:
    kept(tmp_path, csv(), "26/02/2026 10:15:00")
    for content in (packed(csv()), parquet(csv(reversed(ROWS)))):
        again = kept(tmp_path, content, "01/03/2026 08:00:00")
        assert not again.is_new
        assert again.state.confirmed == "01/03/2026 08:00:00"
    lock = read_lock(data_set_folder(tmp_path / "raw", DATA_SET))
    assert lock is not None
    assert len(lock.snapshots) == 1
    # The state is known to hold for the later change too, so that it is not asked for again.
    assert covering(lock, {}, "2026-03-01T08:00:00") is not None
    assert covering(lock, {}, "02/03/2026 08:00:00") is None


def test_every_state_stays_and_a_second_one_of_a_day_has_its_time(tmp_path: Path) -> None:
    first = kept(tmp_path, csv(), "26/02/2026 10:15:00")
    before = tree(tmp_path)
    second = kept(tmp_path, OTHER, "26/02/2026 16:00:00")
    third = kept(tmp_path, csv(), "2026-05-01T00:00:00")
    assert [one.state.vintage for one in (first, second, third)] == ["2026-02-26", "2026-02-26T16:00:00", "2026-05-01"]
    after = tree(tmp_path)
    assert {name: after[name] for name in before if "lock" not in name} == {
        name: text for name, text in before.items() if "lock" not in name
    }
    with pytest.raises(UsageError, match="a later state of 2026-02-26 is there already"):
        kept(tmp_path, csv(ROWS[:1]), "26/02/2026 08:00:00")


def test_two_questions_about_one_release_are_two_files(tmp_path: Path) -> None:
    one = kept(tmp_path, csv(ROWS[:2]), "26/02/2026", ref_area="KAZ")
    other = kept(tmp_path, csv(ROWS[2:3]), "26/02/2026", ref_area="TUR")
    assert one.state.vintage == other.state.vintage
    assert one.path != other.path
    lock = read_lock(one.path.parent)
    assert covering(lock, {"ref_area": "TUR"}, "26/02/2026 00:00:00") == other.state
    assert covering(lock, {"ref_area": "UZB"}, "26/02/2026") is None
    kept(tmp_path, csv(), "26/02/2026")
    assert covering(read_lock(one.path.parent), {"ref_area": "UZB"}, "26/02/2026") is not None, "the whole answers it"
    assert covering(read_lock(one.path.parent), {"ref_area": "UZB", "best_source": "all"}, "26/02/2026") is None


@pytest.mark.parametrize("step", ["exchange", "open", "_link"])
def test_a_failure_at_any_step_leaves_the_tree_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    kept(tmp_path, csv(), "26/02/2026 10:15:00")
    before = tree(tmp_path)

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "open":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(snapshots, step, fails)
    with pytest.raises(OSError, match="No space"):
        kept(tmp_path, OTHER, "01/03/2026")
    assert tree(tmp_path) == before
    monkeypatch.undo()
    kept(tmp_path, OTHER, "01/03/2026")
    assert len(tree(tmp_path)) == len(before) + 1


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("26/02/2026 10:15:00", datetime(2026, 2, 26, 10, 15)),
        ("26/02/2026", datetime(2026, 2, 26)),
        ("2026-02-26T10:15:00Z", datetime(2026, 2, 26, 10, 15)),
        ("2026-02-26", datetime(2026, 2, 26)),
    ],
)
def test_forms_of_a_last_change(text: str, when: datetime) -> None:
    assert moment(text) == when


@pytest.mark.parametrize("text", ["", "02-26-2026", "31/02/2026", "yesterday"])
def test_a_last_change_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="not a date of last update"):
        moment(text)


@pytest.mark.parametrize("text", ["2026", "2026-02", "2026-02-26", "2026-02-26T10:15:00"])
def test_vintages_given_by_hand(text: str) -> None:
    assert checked_vintage(text) == text


@pytest.mark.parametrize("text", ["", "26/02/2026", "2026-13", "2026-02-30", "2026-02-26T25:00:00", "../2026"])
def test_what_is_no_vintage(text: str) -> None:
    with pytest.raises(UsageError, match="is not a release"):
        checked_vintage(text)


@pytest.mark.parametrize("name", ["../X", "", ".X", "A/B", "A\nB"])
def test_an_id_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="not the ID of a data set"):
        data_set_folder(tmp_path, name)


@pytest.mark.parametrize("text", ["a: [", "data_set: X", "a: &a [1]\nb: *a\n", "snapshots: 3", "\x00"])
def test_a_lock_that_was_written_over_is_named(tmp_path: Path, text: str) -> None:
    folder = kept(tmp_path, csv(), "26/02/2026").path.parent
    (folder / "origin.lock.yaml").write_text(text)
    with pytest.raises(SourceError, match="is not as it was written"):
        read_lock(folder)


def test_the_hash_of_the_content_tells_every_cell() -> None:
    hashes = {content_hash(read_series(body)) for body in (csv(), OTHER, csv(ROWS[:3]), csv([ROWS[0]]))}
    assert len(hashes) == 4
    assert content_hash(read_series(csv())) == content_hash(read_series(csv(reversed(ROWS))))
