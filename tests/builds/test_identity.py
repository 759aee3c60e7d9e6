"""The same bytes, whoever builds, wherever, however many at once; and a changed byte is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_study import SmallStudy


@pytest.mark.parametrize("data", ["cleaned", pytest.param("shipped", marks=pytest.mark.long)])
def test_the_same_bytes_in_another_folder_zone_locale_and_home(
    request: pytest.FixtureRequest, data: str, package: Path, tmp_path: Path
) -> None:
    data_folder = request.getfixturevalue(data)
    (tmp_path / "first").mkdir()
    study = SmallStudy(tmp_path / "first", data_folder, package)
    study.shipped_notebooks()
    assert study.build("KAZ", "TKM", "--jobs", "1")[0] == 0
    published = study.published()
    home = tmp_path / "another home"
    home.mkdir()
    other = SmallStudy(tmp_path / "with a blank", data_folder, package)
    other.shipped_notebooks()
    # From raw data, without a cache.
    shutil.rmtree(other.data / "clean")
    code, said = other.build(
        *("KAZ", "TKM", "--jobs", "4"),
        TZ="Asia/Almaty",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="7",
        HOME=str(home),
        USER="somebody",
        POLARS_MAX_THREADS="1",
        COLUMNS="40",
    )
    assert code == 0, said
    assert [name for name, content in other.published().items() if content != published.get(name)] == []
    assert set(other.published()) == set(published)
    # With a warm cache and no site.
    shutil.rmtree(study.out)
    assert "Unchanged: KAZ TKM" in study.build("KAZ", "TKM")[1]
    assert study.published() == published


def test_verify_makes_the_site_again_and_shows_the_first_difference(built_study: SmallStudy) -> None:
    study = built_study
    code, said = study.build(command="verify")
    assert code == 0, said
    assert "byte for byte" in said
    study.write("import os\nos.urandom(8).hex()")
    assert study.build("KAZ")[0] == 0
    code, said = study.build(command="verify")
    assert code == 1
    assert "notebooks/KAZ.ipynb" in said
    assert ", now " in said


def test_verify_finds_a_changed_byte(built_study: SmallStudy) -> None:
    study = built_study
    page = study.out / "countries" / "KAZ.html"
    content = bytearray(page.read_bytes())
    content[len(content) // 2] ^= 1
    page.write_bytes(bytes(content))
    code, said = study.build(command="verify")
    assert code == 1
    assert "countries/KAZ.html" in said
