"""Packages out of sight: only while it is asked for, only what is asked for, and never what is there already."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from socdialog.unused_packages import hidden

ROOT = Path(__file__).parents[2]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "seldom_used").mkdir()
    (tmp_path / "seldom_used" / "__init__.py").write_text("HERE = True\n")
    (tmp_path / "seldom_used" / "part.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "seldom_used", raising=False)
    return "seldom_used"


def test_what_is_hidden_seems_not_installed_and_is_there_again(package: str) -> None:
    before = list(sys.meta_path)
    with hidden(package):
        with pytest.raises(ModuleNotFoundError, match=f"^No module named '{package}'$") as told:
            importlib.import_module(package)
        assert told.value.name == package
        with pytest.raises(ModuleNotFoundError):
            importlib.import_module(f"{package}.part")
        assert importlib.import_module("colorsys"), "another package is found"
    assert sys.meta_path == before
    assert importlib.import_module(package).HERE


def test_what_is_imported_already_stays(package: str) -> None:
    found = importlib.import_module(package)
    with hidden(package):
        assert importlib.import_module(package) is found


def test_it_is_there_again_after_an_error(package: str) -> None:
    with pytest.raises(KeyError), hidden(package):
        raise KeyError
    assert importlib.import_module(package).HERE


def test_a_command_imports_none_of_what_it_does_not_use() -> None:
    pytest.importorskip("pandas", reason="where pandas is not installed nothing imports it")
    script = (
        "import importlib, sys\nfrom socdialog import cli, machine\n"
        "machine.run = lambda command, draws: int(importlib.import_module('pandera.polars') is None)\n"
        "code = cli.main(['check'])\n"
        "print(sorted({'pandera', 'pandas', 'pyarrow', 'hypothesis'} & set(sys.modules)))\nsys.exit(code)\n"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "['pandera']\n"
