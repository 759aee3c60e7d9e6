"""A study lists notebooks of its own: each is a page, once or for each country, like every other page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapes
from small_study import SHOWN, SmallStudy, notebook

LISTED = """
notebooks:
  - {file: wages.ipynb, run: for_each_country, title: Wages}
  - {file: notes_on_data.ipynb, run: once, title: Notes on the data}
"""
FRAME = "import socdialog as sd\nsd.load_reports(countries=country).select('label', 'venue_country').head(1)"
COUNTED = "import socdialog as sd\nsd.load_countries().select('country', 'name')"


@pytest.fixture
def three(tmp_path: Path, package: Path) -> SmallStudy:
    """A study of three countries with a text each."""
    tables = shapes.joined(*(shapes.listed(code) for code in ("ARM", "KGZ", "UZB")))
    data = shapes.write(tmp_path / "made", tables, shapes.Shape(lambda: tables, "Three countries", 2010).study)
    (tmp_path / "study").mkdir()
    return SmallStudy(tmp_path / "study", data, package)


def listed(study: SmallStudy, *, wages: tuple[str, ...] = (FRAME,)) -> SmallStudy:
    """A study of which `study.yaml` lists two notebooks."""
    folder = study.folder / "notebooks"
    (folder / "wages.ipynb").write_text(notebook('country: str = "KAZ"', *wages, f"subject = country\n{SHOWN}"))
    (folder / "notes_on_data.ipynb").write_text(notebook("since: int = 2010", COUNTED))
    file = study.data / "raw" / "study.yaml"
    file.write_text(file.read_text(encoding="utf-8").split("\nnotebooks:")[0] + LISTED, encoding="utf-8")
    return study


def test_further_pages_are_built_linked_kept_and_end_with_their_entry(three: SmallStudy) -> None:
    study = listed(three)
    code, said = study.build()
    assert code == 0, said
    study.assert_whole()
    for_each = [f"pages/wages-{code}.html" for code in ("ARM", "KGZ", "UZB")]
    page = study.page("pages/wages-KGZ.html")
    assert "<h1>Wages: Kyrgyzstan</h1>" in page
    assert ">Seen<" in page
    assert '<td>"KGZ"</td>' in page, "the frame that its own cell shows"
    assert 'href="../countries/KGZ.html"' in page.split("<main")[1]
    assert 'href="../pages/wages-KGZ.html">Wages: Kyrgyzstan</a>' in study.page("countries/KGZ.html")
    assert "wages-UZB" not in study.page("countries/KGZ.html")
    once = study.page("pages/notes_on_data.html")
    assert "Uzbekistan" in once
    index = study.page("index.html")
    assert all(f"href={path}" in index.replace('"', "") for path in (*for_each, "pages/notes_on_data.html"))
    manifest = json.loads(study.page("manifest.json"))
    assert {entry["kind"] for path, entry in manifest["pages"].items() if path.startswith("pages/")} == {"further"}
    assert manifest["pages"]["pages/wages-KGZ.html"]["parameters"] == {"country": "KGZ"}
    assert "notebooks/wages-KGZ.ipynb" in manifest["files"]

    # Nothing changed; then one notebook did, and one country is asked for.
    assert "wages-KGZ: up to date" in study.build("--why")[1]
    listed(study, wages=(FRAME, "2 + 2"))
    why = study.build("--why", "KGZ")[1]
    assert "KGZ: up to date" in why
    assert "wages-KGZ: changed: notebook" in why
    assert "notes_on_data" not in why, "what is made once is made with all pages"
    code, said = study.build("KGZ", "--json")
    ended = json.loads(said.splitlines()[-1])
    assert (code, ended["built"], ended["unchanged"]) == (0, ["wages-KGZ"], ["KGZ"])

    # A failing page keeps the old one.
    listed(study, wages=("1 / 0",))
    code, said = study.build("KGZ")
    assert code == 1
    assert "<h1>Wages: Kyrgyzstan</h1>" in study.page("pages/wages-KGZ.html")
    assert "could not be rebuilt" in study.page("pages/wages-KGZ.html")
    assert study.page("pages/wages-UZB.html")

    # What the study no longer lists is no page of it.
    file = study.data / "raw" / "study.yaml"
    file.write_text(file.read_text(encoding="utf-8").split("\nnotebooks:")[0] + "\n", encoding="utf-8")
    assert study.build("KGZ")[0] == 0
    assert not (study.out / "pages").exists()
    assert not list(Path(study.out, "notebooks").glob("wages-*"))
    assert "wages" not in study.page("index.html")


@pytest.mark.long
def test_further_pages_are_verified_as_all_others_are(study: SmallStudy) -> None:
    listed(study)
    assert study.build()[0] == 0
    assert study.build(command="verify")[0] == 0


def test_what_a_build_refuses_in_a_notebook_the_check_has_said(study: SmallStudy) -> None:
    listed(study)
    (study.folder / "notebooks" / "wages.ipynb").write_text(notebook("since: int = 2010", COUNTED))
    (study.folder / "notebooks" / "notes_on_data.ipynb").unlink()
    told = ("'country' is not a known parameter", "'notes_on_data.ipynb' is not a known notebook in notebooks/")
    check = [*study.command()[:3], "check", "--data", str(study.data)]
    for command, ends in ((check, 1), (study.command(), 2)):
        code, said = study.run(command)
        assert code == ends, said
        assert all(one in said for one in told), said
    assert not study.out.exists()
