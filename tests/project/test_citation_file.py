"""The citation file, the README, the licence of the package and the pages of the shipped study name the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")


def cited_in(readme: str) -> tuple[str, str]:
    """The author and the title in the citation of the README."""
    found = re.search(r"^> (.+?)\. \(.*?\)\. \*(.+?)\*", readme, re.MULTILINE)
    assert found is not None, "no citation"
    return found[1], found[2]


def test_the_readme_and_the_citation_file_name_the_same() -> None:
    authors = " & ".join(author["name"] for author in CITATION["authors"])
    assert cited_in(README) == (authors, CITATION["title"])
    assert "`CITATION.cff`" in README


@pytest.mark.parametrize("text", ["> A. (Year). *Other* (x).", "> Others. (Year). *socdialog* (x).", "None."])
def test_another_citation_is_found(text: str) -> None:
    with pytest.raises(AssertionError):
        assert cited_in(text) == (CITATION["authors"][0]["name"], CITATION["title"])


def test_the_licence_is_that_of_the_package() -> None:
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (CITATION["title"], CITATION["license"]) == (package["name"], package["license"])
    assert f"under the {CITATION['license']} licence" in README


def test_pages_of_the_shipped_study_cite_the_same_author() -> None:
    study = yaml.safe_load((ROOT / "data" / "raw" / "study.yaml").read_text("utf-8"))
    assert [author["name"] for author in CITATION["authors"]] == [study["publisher"]]


def test_no_version_or_date_can_go_out_of_date() -> None:
    assert not {"version", "date-released"} & CITATION.keys()
