"""What a page is made from: nothing that only renders pages has a part in what a notebook yields."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import FunctionType

import pytest

import socdialog
from socdialog.display import html, svg
from socdialog.display.display_block import PARTS_ONLY
from socdialog.display.notebook_parts import MIME
from socdialog.errors import UsageError
from socdialog.intake.checks.notebooks import notebook_problems
from socdialog.profiles.profile import Profile
from socdialog.publishing.plan import _RENDERING, Request, _notes, key, pages_of, parts_key, plan
from socdialog.store.study import Study
from tests.small_study import notebook


def test_what_renders_is_there_by_these_names() -> None:
    package = Path(socdialog.__file__).parent
    assert [name for name in _RENDERING if not (package / name).exists()] == []


def test_parts_are_made_without_what_renders_them(
    profiles: Mapping[str, Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a notebook renders")

    monkeypatch.setenv(PARTS_ONLY, "1")
    for module in (html, svg):
        for name, one in vars(module).items():
            if isinstance(one, FunctionType) and one.__module__ == module.__name__:
                monkeypatch.setattr(module, name, refuse)
    for profile in (profiles["KAZ"], profiles["comparison"]):
        keys = [section.key for section in profile.sections]
        for block in (profile, profile.sources, *(profile[one] for one in keys)):
            assert {MIME, "text/plain"} == set(block._repr_mimebundle_())


def test_only_how_pages_are_rendered_leaves_the_parts_as_they_are() -> None:
    inputs = {"data": "d", "parameters": "p", "notebook": "n", "code": "c", "package": "p", "versions": "v"}
    for name in inputs:
        other = {**inputs, name: "another"}
        assert key(other) != key(inputs)
        assert (parts_key(other) == parts_key(inputs)) is (name == "package")


@pytest.mark.parametrize(
    ("countries", "says", "pages"),
    [
        ("GHA,NGA", "title: Two\n", ["comparison", "GHA", "NGA"]),
        ("GHA,NGA", "comparison: false\n", ["GHA", "NGA"]),
        ("GHA", "comparison: true\n", ["GHA"]),
    ],
)
def test_countries_are_compared_where_there_are_two_and_the_study_does_not_object(
    tmp_path: Path, countries: str, says: str, pages: list[str]
) -> None:
    assert [page.name for page in plan(study_of(tmp_path, countries, says), Request())] == pages


def study_of(folder: Path, countries: str, says: str) -> Study:
    """A study that only lists its countries, and says something of itself."""
    registry = folder / "data" / "raw" / "registry"
    registry.mkdir(parents=True)
    rows = [f"{code},{name}" for code, name in (("GHA", "Ghana"), ("NGA", "Nigeria")) if code in countries]
    (registry / "countries.csv").write_text("\n".join(["country,name", *rows, ""]))
    (registry.parent / "study.yaml").write_text(says)
    return Study(folder / "data")


LISTED = """\
notebooks:
  - {file: wages.ipynb, run: for_each_country, title: Wages}
  - {file: about_data.ipynb, run: once, title: About the data}
"""


def with_notebooks(folder: Path, **parameters: str) -> Study:
    study = study_of(folder, "GHA,NGA", LISTED)
    study.notebooks.mkdir()
    for name, cell in parameters.items():
        (study.notebooks / f"{name}.ipynb").write_text(notebook(cell))
    return study


def test_notebooks_that_a_study_lists_make_pages_after_those_of_every_study(tmp_path: Path) -> None:
    study = with_notebooks(tmp_path, wages='country: str = "NGA"\nsince: int = 2010', about_data="since: int = 2000")
    pages = {page.path: page for page in plan(study, Request(since=2015))}
    assert list(pages)[-3:] == ["pages/wages-GHA.html", "pages/wages-NGA.html", "pages/about_data.html"]
    wages, about = pages["pages/wages-GHA.html"], pages["pages/about_data.html"]
    assert (wages.name, wages.kind, wages.country, wages.title) == ("wages-GHA", "further", "GHA", "Wages: Ghana")
    assert wages.parameters == {"country": "GHA", "since": 2015}
    assert (about.name, about.country, about.title) == ("about_data", None, "About the data")
    assert about.parameters == {"since": 2015}
    asked = [page.name for page in plan(study, Request(countries=("NGA",)))]
    assert asked == ["NGA", "wages-NGA"], "what is made once is about every country"
    assert pages_of(_notes(study), ["GHA", "NGA"]) == set(pages)


def test_all_that_is_wrong_with_notebooks_is_said_at_once_and_the_check_says_the_same(tmp_path: Path) -> None:
    study = with_notebooks(tmp_path, wages="since: int = 99999")
    with pytest.raises(UsageError) as refused:
        plan(study, Request())
    assert refused.value.details == (
        "wages.ipynb: 'country' is not a known parameter; known: since",
        "wages.ipynb: since: 99999 is not a date; give a year (2018), month ('2018-05') or day ('2018-05-12')",
        "'about_data.ipynb' is not a known notebook in notebooks/; known: wages.ipynb",
    )
    assert tuple(problem.message for problem in notebook_problems(study, _notes(study))) == refused.value.details


def test_the_check_looks_at_copies_of_the_notebooks_of_every_study(tmp_path: Path) -> None:
    """They are used where the study has both; otherwise those of the package are."""
    study = with_notebooks(tmp_path, country_profile="since: int = 2010", wages='country: str = "NGA"', about_data="")
    assert list(notebook_problems(study, _notes(study))) == []
    (study.notebooks / "regional_comparison.ipynb").write_text(notebook('countries: list[str] = ["GHA", "XXX"]'))
    assert {problem.file for problem in notebook_problems(study, _notes(study))} == {
        "notebooks/country_profile.ipynb",
        "notebooks/regional_comparison.ipynb",
    }
