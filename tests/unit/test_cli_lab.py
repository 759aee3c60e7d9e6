"""``socdialog lab`` becomes JupyterLab, in the folder of the study and with its data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from socdialog import cli


def test_jupyterlab_takes_over_in_the_folder_of_the_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    begun: list[tuple[str, list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda *given: begun.append(given))
    cli.main(["lab", "--data", str(tmp_path / "data"), "--", "--no-browser"])
    ((program, command, environment),) = begun
    assert program == sys.executable
    assert command[1:] == ["-m", "jupyterlab", f"--ServerApp.root_dir={tmp_path}", "--no-browser"]
    assert environment["SOCDIALOG_DATA"] == str(tmp_path / "data")


def test_a_folder_that_is_no_study_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "execve", lambda *_: pytest.fail("JupyterLab began"))
    assert cli.main(["lab", "--data", str(tmp_path / "none")]) == 2
