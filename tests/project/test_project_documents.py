"""What the documents of the project name is there: files, links and rooms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)\s]+)\)")
#: Paths from the root of the project; a name with a place to fill in is none.
_PATH = re.compile(r"`((?:socdialog|tests|notebooks|data|docs)/[\w./-]+)`")

#: Made by a run, so absent from a fresh copy. Links between pages of the documentation are checked when it is built.
_UNTRACKED = ("data/clean", "data/.", "docs/_build", "docs/generated/")


def missing(text: str, folder: Path) -> Iterator[str]:
    """What a document links to below its folder, or names as a path of the project, and is not there."""
    for link in _LINK.findall(text):
        if "://" not in link and not link.startswith("#") and _lost(folder / link.partition("#")[0]):
            yield link
    yield from (path for path in _PATH.findall(text) if _lost(ROOT / path))


def _lost(path: Path) -> bool:
    return not path.exists() and not path.resolve().relative_to(ROOT).as_posix().startswith(_UNTRACKED)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(path: Path) -> None:
    assert list(missing(path.read_text(encoding="utf-8"), path.parent)) == []


def test_a_broken_link_and_a_lost_file_are_found() -> None:
    text = "[a](docs/none.md) [b](https://example.org) [c](#here) [d](README.md#x) `socdialog/none.py` `data/clean`"
    assert list(missing(text, ROOT)) == ["docs/none.md", "socdialog/none.py"]
    made = "[a](generated/tour.md) [b](docs/generated/tour.md)"
    assert list(missing(made, ROOT)) == ["generated/tour.md"]
    assert list(missing(made, ROOT / "docs")) == ["docs/generated/tour.md"]


def rooms(text: str) -> tuple[set[str], set[str]]:
    """The rooms in the drawing and in the table of the architecture."""
    _, drawing, table = text.partition("## Rooms")[2].partition("## Rules")[0].split("```")
    layers = {
        word for line in drawing.splitlines() for word in re.split(r" {2,}", line) if re.fullmatch(r"[a-z_]+", word)
    }
    return layers, set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


def test_the_architecture_names_the_rooms_that_exist() -> None:
    drawn, described = rooms((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    package = ROOT / "socdialog"
    there = {path.parent.name for path in package.glob("*/__init__.py")} | {path.stem for path in package.glob("*.py")}
    assert drawn == described == there - {"__init__"}


def test_the_readme_leads_to_both() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(CONTRIBUTING.md)" in text
    assert "(docs/architecture.md)" in text
