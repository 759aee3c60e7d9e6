"""Past editions are kept byte for byte, in order, verified, without people; the same edition adds none."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from small_site import clean_table

from socdialog.errors import DataError
from socdialog.intake.names.mentions import PersonalNames
from socdialog.site.editions import PastEdition, edition_before, past_editions
from socdialog.site.previous_site import PreviousSite, previous_site
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.ownership import SITE_SCHEMA

NOBODY = PersonalNames(frozenset())
EMPTY = {"events": clean_table("events")}
NAME = "Ayşe Demirtaş"
TABLES = {
    "reports": clean_table("reports", {"report_id": "a#1", "label": "A strike", "topics": ["wages"]}),
    "figures": clean_table(
        "figures", {"report_id": "a#1", "attributed_to": NAME, "claimed_by": "An official (name withheld)"}
    ),
    "people": clean_table("people", {"report_id": "a#1", "name": NAME}),
    "evidence": pl.DataFrame({"row_id": ["r", "p"], "table": ["reports", "people"], "subject": ["A strike", NAME]}),
}


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def site_of(
    folder: Path,
    edition: str,
    tables: Mapping[str, pl.DataFrame],
    past: tuple[PastEdition, ...] = (),
    *,
    with_people: bool = False,
) -> PreviousSite:
    """A site of an edition."""
    files = {f"data/{name}.parquet": parquet(frame) for name, frame in tables.items()}
    files |= {"index.html": b"x", "data/other.parquet": b"no table", **{one.path: one.content for one in past}}
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    manifest = {
        "schema": SITE_SCHEMA,
        "schema_version": 7,
        "edition": edition,
        "with_people": with_people,
        "files": {name: {"sha256": sha256_bytes(content)} for name, content in files.items()},
        "pages": {},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return previous_site(folder)


def named(past: tuple[PastEdition, ...]) -> list[str]:
    return [one.name for one in past]


def test_no_site_and_a_site_of_the_same_or_a_later_edition_add_none(tmp_path: Path) -> None:
    assert past_editions(previous_site(tmp_path), "2024-10", NOBODY) == ()
    for number, edition in enumerate(("2024-10", "2024-11", "2024", "", "spring")):
        site = site_of(tmp_path / str(number), edition, {"reports": TABLES["reports"]})
        assert past_editions(site, "2024-10", NOBODY) == (), edition
    assert past_editions(site_of(tmp_path / "undated", "2024", {}), "", NOBODY) == ()


def test_an_older_site_is_kept_as_published_and_the_same_again(tmp_path: Path) -> None:
    site = site_of(tmp_path, "2024-09", {"reports": TABLES["reports"]})
    (made,) = past_editions(site, "2024-10", NOBODY)
    assert made.path == "data/editions/2024-09.zip"
    assert made.members == {
        "manifest.json": (tmp_path / "manifest.json").read_bytes(),
        "reports.parquet": (tmp_path / "data" / "reports.parquet").read_bytes(),
    }
    assert made.tables["reports"].equals(TABLES["reports"])
    assert made.schema_version == 7
    assert past_editions(site, "2025", NOBODY)[0].content == made.content
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert [one.date_time for one in archive.infolist()] == [(1980, 1, 1, 0, 0, 0)] * 2


def test_archives_are_carried_over_byte_for_byte_the_earliest_first(tmp_path: Path) -> None:
    first = site_of(tmp_path / "1", "2023-12", {"reports": TABLES["reports"]})
    second = site_of(tmp_path / "2", "2024-09", EMPTY, past_editions(first, "2024-09", NOBODY))
    kept = past_editions(second, "2024-10", NOBODY)
    assert named(kept) == ["2023-12", "2024-09"]
    assert kept[0].content == (tmp_path / "2" / "data/editions/2023-12.zip").read_bytes()
    assert named(past_editions(second, "2024-09", NOBODY)) == ["2023-12"]
    assert named(past_editions(second, "2023-01", NOBODY)) == ["2023-12"], "a later one is not lost either"


def test_what_is_damaged_is_named_and_refused(tmp_path: Path) -> None:
    first = site_of(tmp_path / "1", "2023-12", {"reports": TABLES["reports"]})
    second = site_of(tmp_path / "2", "2024-09", TABLES, past_editions(first, "2024-09", NOBODY))
    (tmp_path / "2" / "data/editions/2023-12.zip").write_bytes(b"PK")
    (tmp_path / "2" / "data/reports.parquet").unlink()
    with pytest.raises(DataError, match=r"^2 files of past editions missing or changed") as problem:
        past_editions(second, "2024-10", NOBODY)
    assert sorted(problem.value.details) == ["data/editions/2023-12.zip", "data/reports.parquet"]
    assert "--out" in problem.value.hint
    with pytest.raises(DataError, match=r"^1 file of"):
        past_editions(second, "2024-09", NOBODY)


def test_the_edition_before_is_the_latest_that_is_older() -> None:
    kept = tuple(PastEdition(name, b"") for name in ("2023", "2024-09", "2024-11"))
    found = [edition_before(kept, name) for name in ("2022", "2024-09", "2024-10-05", "2025", "")]
    assert [one and one.name for one in found] == [None, "2023", "2024-09", "2024-11", None]


def test_people_are_left_out_of_an_archive(tmp_path: Path) -> None:
    (made,) = past_editions(site_of(tmp_path, "2024-09", TABLES, with_people=True), "2024-10", NOBODY)
    assert sorted(made.members) == ["evidence.parquet", "figures.parquet", "manifest.json", "reports.parquet"]
    assert made.tables["figures"].get_column("attributed_to").to_list() == ["An official (name withheld)"]
    assert made.tables["evidence"].get_column("subject").to_list() == ["A strike"]


@pytest.mark.parametrize("column", ["label", "topics"])
def test_a_row_that_names_a_person_is_left_out_of_archives_too(tmp_path: Path, column: str) -> None:
    text = f"{NAME} on strike"
    rows = ({"report_id": "a#1"}, {"report_id": "a#2", column: [text] if column == "topics" else text})
    first = site_of(tmp_path / "1", "2023-12", {"reports": clean_table("reports", *rows)})
    second = site_of(tmp_path / "2", "2024-09", EMPTY, past_editions(first, "2024-09", NOBODY))
    people = PersonalNames(frozenset({NAME}))
    kept, _ = past_editions(second, "2024-10", people)
    assert kept.tables["reports"].get_column("report_id").to_list() == ["a#1"]
    third = site_of(tmp_path / "3", "2024-10", {}, (kept,))
    assert past_editions(third, "2024-10", people) == (kept,)
