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
from socdialog.profiles.profile import Profile
from socdialog.publishing.plan import _RENDERING, Request, key, parts_key, plan
from socdialog.store.study import Study


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
    registry = tmp_path / "raw" / "registry"
    registry.mkdir(parents=True)
    rows = [f"{code},{code}" for code in countries.split(",")]
    (registry / "countries.csv").write_text("\n".join(["country,name", *rows, ""]))
    (tmp_path / "raw" / "study.yaml").write_text(says)
    assert [page.name for page in plan(Study(tmp_path), Request())] == pages
