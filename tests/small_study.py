"""Small studies with tiny notebooks, the command that builds them, and what must be true of their sites."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
import time
from copy import copy
from pathlib import Path

import pytest

from socdialog.loaders.fresh import clean_study
from socdialog.site.previous_site import previous_site
from tests import shapes
from tests.smaller_study import smaller_study

ROOT = Path(__file__).parents[1]
#: The countries of the shipped study, and those whose rows a varied study has; the others it only lists.
LISTED = ("ARM", "AZE", "GEO", "KAZ", "KGZ", "TJK", "TKM", "TUR", "UZB")
FULL = frozenset({"KGZ", "TJK", "UZB"})
SHOWN = """\
from socdialog.display.display_block import DisplayBlock
from socdialog.display.notebook_parts import Shown
from socdialog.display.parts import Section, sentence
DisplayBlock("", "", Shown((Section("a", "Seen", (sentence(str(subject)),)),)))"""


def notebook(parameters: str, *cells: str) -> str:
    """A notebook with a cell tagged parameters and further cells."""
    sources = [parameters, *cells]
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell-{number}",
                    "metadata": {"tags": ["parameters"]} if number == 0 else {},
                    "execution_count": None,
                    "outputs": [],
                    "source": source,
                }
                for number, source in enumerate(sources)
            ],
            "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def copied_package(folder: Path) -> Path:
    """Copy what is imported and run into `folder`, where it stays the same though somebody works on it meanwhile.

    It is compiled there, once for all the processes of a test. The manifest holds the hash of the package: a file saved
    between two builds makes their manifests differ.
    """
    for name in ("socdialog", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder / "socdialog", quiet=1)
    return folder


class SmallStudy:
    """A study in a folder of its own, built by the package that lies in another."""

    def __init__(self, folder: Path, cleaned: Path, package: Path = ROOT) -> None:
        self.folder, self.package = folder, package
        #: Seconds that the build of its site took.
        self.took = 0.0
        self.data, self.out = folder / "data", folder / "site"
        shutil.copytree(cleaned, self.data)
        (folder / "notebooks").mkdir()
        self.write("pass")

    def copied(self, folder: Path) -> SmallStudy:
        """A copy of this study, its site, its cache and its state in another folder."""
        made = copy(self)
        made.folder = shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        made.data, made.out = folder / "data", folder / "site"
        return made

    def write(self, *cells: str, shown: str = SHOWN) -> None:
        """Write both notebooks: `cells` run before the one that shows something."""
        country = notebook('country: str = "KAZ"\nsince: int = 2010', *cells, f"subject = country\n{shown}")
        comparison = notebook("countries: list[str] = []", f"subject = str(countries)\n{shown}")
        (self.folder / "notebooks" / "country_profile.ipynb").write_text(country)
        (self.folder / "notebooks" / "regional_comparison.ipynb").write_text(comparison)

    def shipped_notebooks(self) -> None:
        """Use the notebooks of the project instead of tiny ones."""
        shutil.rmtree(self.folder / "notebooks")

    def command(self, *arguments: str, command: str = "build") -> list[str]:
        """The command `socdialog build`, or another one, for this study."""
        where = ["--data", str(self.data), "--out", str(self.out)]
        return [sys.executable, "-m", "socdialog.cli", command, *where, *arguments]

    def start(self, *arguments: str, command: str = "build", **environment: str) -> subprocess.Popen[str]:
        """Start a build."""
        return self._started(self.command(*arguments, command=command), environment)

    def run(self, command: list[str], **environment: str) -> tuple[int, str]:
        """Run any command and return its exit code and what it said."""
        with self._started(command, environment) as process:
            said = "".join(process.communicate(timeout=240))
        assert "Traceback" not in said, said
        return process.returncode, said

    def _started(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command,
            # What writes byte code where a test lets writing fail would leave half of it behind.
            env={**os.environ, "PYTHONPATH": str(self.package), "PYTHONDONTWRITEBYTECODE": "1", **environment},
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def build(self, *arguments: str, command: str = "build", **environment: str) -> tuple[int, str]:
        """Build, or run another command, and return the exit code and what was said."""
        return self.run(self.command(*arguments, command=command), **environment)

    def page(self, name: str) -> str:
        """The text of a page."""
        return (self.out / name).read_text(encoding="utf-8")

    def assert_whole(self) -> None:
        """The site that stands is one that was published, to the last byte."""
        site = previous_site(self.out)
        assert site.content
        assert site.damage() == []

    def processes(self) -> list[int]:
        """Processes that still work for this study."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                environment = (folder / "environ").read_bytes()
                state = (folder / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if f"IPYTHONDIR={self.folder}".encode() in environment and state != "Z":
                found.append(int(folder.name))
        return found

    def published(self) -> dict[str, bytes]:
        """Every published file."""
        files = sorted(path for path in self.out.rglob("*") if path.is_file())
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the shipped countries with a text each, one of them about two countries, clean already."""
    found = (shapes.listed(code, **({"countries": "KAZ;UZB"} if code == "KAZ" else {})) for code in LISTED)
    study = shapes.Shape(lambda: shapes.joined(*found), "Nine countries", 2010)
    return _clean(shapes.write(tmp_path_factory.mktemp("few"), study.tables(), study.study))


@pytest.fixture(scope="session")
def cleaned(tmp_path_factory: pytest.TempPathFactory, raw_folder: Path) -> Path:
    """A study of every shipped country, and of what the shipped one says of some of them, clean already."""
    data = tmp_path_factory.mktemp("cleaned") / "data"
    smaller_study(raw_folder, data, about=FULL, every_country=True)
    return _clean(data)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory, raw_folder: Path) -> Path:
    """The shipped study, clean already."""
    data = tmp_path_factory.mktemp("shipped") / "data"
    shutil.copytree(raw_folder, data / "raw")
    return _clean(data)


def _clean(data: Path) -> Path:
    clean_study(data)
    return data


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that nobody works on."""
    return copied_package(tmp_path_factory.mktemp("package"))


@pytest.fixture
def study(tmp_path: Path, few: Path, package: Path) -> SmallStudy:
    """A small study that a test may change."""
    return SmallStudy(tmp_path, few, package)


@pytest.fixture
def varied_study(tmp_path: Path, cleaned: Path, package: Path) -> SmallStudy:
    """A study with rows in every table, of people too, that a test may change."""
    return SmallStudy(tmp_path, cleaned, package)


@pytest.fixture(scope="session")
def one_built(tmp_path_factory: pytest.TempPathFactory, few: Path, package: Path) -> SmallStudy:
    return _with_site(SmallStudy(tmp_path_factory.mktemp("built"), few, package), "KAZ")


@pytest.fixture(scope="session")
def all_built(tmp_path_factory: pytest.TempPathFactory, one_built: SmallStudy) -> SmallStudy:
    return _with_site(one_built.copied(tmp_path_factory.mktemp("built_whole")))


def _with_site(study: SmallStudy, *countries: str) -> SmallStudy:
    began = time.monotonic()
    code, said = study.build(*countries)
    study.took = time.monotonic() - began
    assert code == 0, said
    study.assert_whole()
    return study


@pytest.fixture
def built_study(tmp_path: Path, one_built: SmallStudy) -> SmallStudy:
    """A small study that a test may change, of which Kazakhstan's page is built."""
    return one_built.copied(tmp_path)


@pytest.fixture
def whole_study(tmp_path: Path, all_built: SmallStudy) -> SmallStudy:
    """A small study that a test may change, of which every page is built."""
    return all_built.copied(tmp_path)
