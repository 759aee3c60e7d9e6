"""A new study is whole at once, says what it is, and is never written over anything."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import socdialog as sd
from socdialog import codebook
from socdialog.errors import UsageError
from socdialog.loaders.fresh import check_study
from socdialog.starting.new import new_study

TODAY = date(2026, 11, 29)


def made(tmp_path: Path, *countries: str, title: str = "") -> Path:
    new_study(tmp_path / "study", countries=countries, title=title, today=TODAY)
    return tmp_path / "study"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def problems(study: Path) -> list[str]:
    return [str(problem) for problem in check_study(study / "data", today=TODAY).problems]


@pytest.mark.parametrize("countries", [(), ("GHA",), ("GHA", "NGA")])
def test_a_new_study_has_no_problem(tmp_path: Path, countries: tuple[str, ...]) -> None:
    assert problems(made(tmp_path, *countries)) == []


def test_every_table_stands_there_with_its_header(tmp_path: Path) -> None:
    raw = made(tmp_path, "GHA") / "data" / "raw"
    for spec in codebook.tables().values():
        if spec.file is not None and not spec.optional:
            header = (raw / spec.file).read_text(encoding="utf-8").partition("\n")[0]
            assert header == ",".join(spec.columns)


def test_the_lists_that_a_study_starts_with_are_complete(tmp_path: Path) -> None:
    raw = made(tmp_path, "GHA") / "data" / "raw"
    groups: dict[str, set[str]] = {}
    for row in rows(raw / "standards" / "conventions.csv"):
        groups.setdefault(row["group"], set()).add(row["convention"])
    # ILO, NORMLEX: eleven fundamental instruments and four governance conventions.
    fundamental = {"C029", "P029", "C087", "C098", "C100", "C105", "C111", "C138", "C155", "C182", "C187"}
    assert groups == {"fundamental": fundamental, "governance": {"C081", "C122", "C129", "C144"}}
    catalogue = rows(raw / "indicators" / "catalogue.csv")
    assert {"ILR_TUMT_NOC_RT", "ILR_CBCT_NOC_RT", "STR_TSTR_ECO_NB", "SDG_0882_NOC_RT"} <= {
        row["indicator"] for row in catalogue
    }
    assert [row["indicator"] for row in catalogue if not row["section"]] == []


def test_the_example_can_be_appended_and_is_right(tmp_path: Path) -> None:
    study = made(tmp_path, "PER")
    for path in (study / "example" / "activity").glob("*.csv"):
        table = study / "data" / "raw" / "activity" / path.name
        header, _, told = path.read_text(encoding="utf-8").partition("\n")
        assert table.read_text(encoding="utf-8").partition("\n")[0] == header
        table.write_text(table.read_text(encoding="utf-8") + told, encoding="utf-8")
    assert problems(study) == []
    (report,) = rows(study / "data" / "raw" / "activity" / "reports.csv")
    assert (report["countries"], report["start_date"]) == ("PER", "2025-05-14")


def test_own_terms_and_declared_countries_are_loaded_and_printed(tmp_path: Path) -> None:
    study = made(tmp_path, "GHA")
    with (study / "data" / "raw" / "study.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "terms:\n  event_kinds:\n    walkout: {label: Walkout, definition: Workers leave work., like: strike}\n"
            "countries:\n  SUN: {name: Soviet Union, since: 1922, until: 1991}\n"
        )
    raw = study / "data" / "raw"
    with (raw / "registry" / "countries.csv").open("a", encoding="utf-8") as file:
        file.write("SUN,,,Soviet Union,Soviet Union,,,declared\n")
    for path in (study / "example" / "activity").glob("*.csv"):
        told = path.read_text(encoding="utf-8").partition("\n")[2].replace(",strike,held,", ",walkout,held,")
        with (raw / "activity" / path.name).open("a", encoding="utf-8") as file:
            file.write(told)
    assert problems(study) == []
    data = study / "data"
    assert sd.load_reports(data=data).get_column("kind").to_list() == ["walkout"]
    shown = sd.country_profile("GHA", data=data)["events"]._repr_mimebundle_()
    # The parts as data hold links too, whose addresses go by codes.
    page = str([content for kind, content in shown.items() if kind.startswith("text/")])
    assert "Walkout" in page
    assert "walkout" not in page
    disputes = str(sd.country_profile("GHA", data=data)["disputes"]._repr_mimebundle_())
    assert "300" in disputes
    declared = str(sd.country_profile("SUN", data=data)["events"]._repr_mimebundle_())
    assert "the collection holds no sources on the Soviet Union" in declared


def test_a_code_that_is_not_declared_is_told_where_it_would_be(tmp_path: Path) -> None:
    study = made(tmp_path, "GHA")
    path = study / "data" / "raw" / "registry" / "countries.csv"
    path.write_text(path.read_text(encoding="utf-8") + "QQQ,,,Ruritania,Ruritania,,,a novel\n", encoding="utf-8")
    (line,) = problems(study)
    assert line.endswith("'QQQ' is not a known country; declare a code of your own in study.yaml, countries")


def test_countries_have_their_codes_and_own_names(tmp_path: Path) -> None:
    (georgia,) = rows(made(tmp_path, "GEO") / "data" / "raw" / "registry" / "countries.csv")
    assert (georgia["iso2"], georgia["m49"], georgia["own_name"]) == ("GE", "268", "საქართველო")


def test_a_title_is_kept_as_written_and_one_is_made_where_none_is_given(tmp_path: Path) -> None:
    given = made(tmp_path / "a", "GHA", title='Strikes: "who" & why')
    assert (given / "README.md").read_text().startswith('# Strikes: "who" & why\n')
    assert problems(given) == []
    assert 'title: "Social dialogue in Ghana and Nigeria"' in (
        made(tmp_path / "b", "NGA", "GHA") / "data" / "raw" / "study.yaml"
    ).read_text(encoding="utf-8")


def test_notebooks_begin_with_a_country_of_the_study(tmp_path: Path) -> None:
    notebook = json.loads((made(tmp_path, "GHA") / "notebooks" / "country_profile.ipynb").read_text())
    assert 'country: str = "GHA"\n' in [line for cell in notebook["cells"] for line in cell["source"]]


def test_the_same_study_has_the_same_bytes(tmp_path: Path) -> None:
    one, other = made(tmp_path / "a", "GHA", "NGA"), made(tmp_path / "b", "NGA", "GHA")
    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*") if path.is_file()}
    assert files == {path.relative_to(other): path.read_bytes() for path in other.rglob("*") if path.is_file()}


@pytest.mark.parametrize("there", ["file", "folder", "link"])
def test_nothing_is_written_over(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "study"
    if there == "file":
        folder.write_text("mine")
    elif there == "link":
        folder.symlink_to(tmp_path / "nowhere")
    else:
        folder.mkdir()
        (folder / "thesis.tex").write_text("mine")
    with pytest.raises(UsageError, match=r"exists and is not|holds thesis\.tex"):
        made(tmp_path, "GHA")
    assert [path.name for path in tmp_path.rglob("*")] in (["study"], ["study", "thesis.tex"])


def test_an_empty_folder_is_filled_also_that_in_which_somebody_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "study").mkdir()
    monkeypatch.chdir(tmp_path / "study")
    new_study(Path(), countries=("GHA",), today=TODAY)
    assert Path("data", "raw", "study.yaml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


def test_every_wrong_country_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        made(tmp_path, "GH", "NGA", "NGA", "XQX")
    assert refused.value.details == (
        "'GH' is not a known country; did you mean 'GHA'?",
        "'XQX' is not a known country",
        "'NGA' is repeated",
    )
    assert list(tmp_path.iterdir()) == []
