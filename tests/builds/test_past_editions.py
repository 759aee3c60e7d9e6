"""Two editions of a small study: the second says what changed since the first, keeps its tables, and loses nothing."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import shapes
from small_study import SmallStudy

ARCHIVE = "data/editions/2024-10.zip"
HOSTILE = "<script>alert(1)</script> walkout"


def of_edition(study: SmallStudy, name: str) -> None:
    """Name the edition of the data."""
    text = shapes.SHAPES["one_country"].study + f'edition: "{name}"\n'
    (study.data / "raw" / "study.yaml").write_text(text, encoding="utf-8")


def second() -> shapes.Tables:
    """The first study with a value corrected, a report removed, and a country that is new."""
    made = {name: list(rows) for name, rows in shapes.one_country().items()}
    made["figures"] = [{**row, "value": 350} if row["value"] == 300 else row for row in made["figures"]]
    made["reports"] = [row for row in made["reports"] if row["report_id"] != "gha-3#1"]
    made["sources"] = [row for row in made["sources"] if row["source_id"] != "gha-3"]
    return shapes.joined(made, {"countries": shapes.countries("TGO")}, shapes.texts("TGO", "2020-05", label=HOSTILE))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory, package: Path) -> tuple[SmallStudy, Mapping[str, bytes]]:
    """The study, whose site is of the second edition, and the site of the first."""
    folder = tmp_path_factory.mktemp("editions")
    first = shapes.make("one_country", folder / "first")
    made = SmallStudy(folder, first, package)
    of_edition(made, "2024-10")
    code, said = made.build()
    assert code == 0, said
    before = made.published()
    shutil.rmtree(made.data)
    shapes.write(folder, second(), shapes.SHAPES["one_country"].study)
    of_edition(made, "2024-11")
    code, said = made.build()
    assert code == 0, said
    return made, before


def test_the_first_edition_says_that_it_is_the_first(editions: tuple[SmallStudy, Mapping[str, bytes]]) -> None:
    _, before = editions
    page = before["changes.html"].decode()
    assert "This is the first edition on this site." in page
    assert 'id="GHA"' in page
    assert b'href="../changes.html#GHA">What changed</a>' in before["countries/GHA.html"]
    assert not [name for name in before if name.startswith("data/editions/")]
    assert before["data/changes.csv"].count(b"\n") == 1


def test_each_change_is_listed_once_and_on_no_other_page(editions: tuple[SmallStudy, Mapping[str, bytes]]) -> None:
    study, _ = editions
    page = study.page("changes.html")
    ghana, togo = page.partition('id="GHA"')[2].split('id="TGO"')[0], page.partition('id="TGO"')[2]
    assert "Compared with the October 2024 edition, 1 entry is corrected and 1 entry is removed." in ghana
    assert "<td>300</td><td>350</td>" in ghana
    assert "Strike number 3" in ghana
    assert "Togo" in togo
    assert "&lt;script&gt;alert(1)&lt;/script&gt; walkout" in togo
    assert "<script>alert" not in page
    lines = study.page("data/changes.csv").splitlines()
    assert "corrected,figures,GHA,figures:gha-1#1|1,figures:gha-1#1|1,value,300.0,350.0" in lines
    assert {line.split(",")[1] for line in lines[1:]} == {"countries", "figures", "reports"}
    for name, content in study.published().items():
        if name.endswith((".html", ".csv", ".js")) and name not in {"changes.html", "data/changes.csv"}:
            assert b"Strike number 3" not in content, name
            assert b"October 2024" not in content, name


def test_the_tables_of_the_first_edition_are_kept(editions: tuple[SmallStudy, Mapping[str, bytes]]) -> None:
    study, before = editions
    with zipfile.ZipFile(io.BytesIO(study.published()[ARCHIVE])) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    assert kept.pop("manifest.json") == before["manifest.json"]
    assert kept
    assert all(before[f"data/{name}"] == content for name, content in kept.items())
    assert {f"data/{name}" for name in kept} == {name for name in before if name.endswith(".parquet")}


def test_the_same_edition_has_the_same_bytes_again(editions: tuple[SmallStudy, Mapping[str, bytes]]) -> None:
    study, _ = editions
    after = study.published()
    assert study.build("--force")[0] == 0
    assert study.published() == after
    code, said = study.build(command="verify")
    assert code == 0, said


def test_a_damaged_archive_stops_a_build_and_nothing_is_lost(
    editions: tuple[SmallStudy, Mapping[str, bytes]],
) -> None:
    study, _ = editions
    archive = study.out / ARCHIVE
    whole = archive.read_bytes()
    archive.write_bytes(whole[:-1])
    before = study.published()
    of_edition(study, "2024-12")
    code, said = study.build()
    assert code == 1
    assert "1 file of past editions missing or changed; nothing was replaced" in said
    assert ARCHIVE in said
    assert study.published() == before
    archive.write_bytes(whole)
    assert study.build()[0] == 0
    after = study.published()
    assert after[ARCHIVE] == whole
    assert "data/editions/2024-11.zip" in after
    assert "No entry differs from the November 2024 edition." in study.page("changes.html")
