"""The command import: what it prints, and its exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from socdialog.cli import main
from tests.registers import LAYOUT, empty_study, write_csv

ROW = ("Mill Inc", "Local 5", "", "N1", "", "", "", "Toledo, OH", "25", "2014-07-09", "2014-07-10", "")


def run(study: Path, *arguments: str) -> int:
    return main(["import", *arguments, "--data", str(study)])


def test_a_dry_run_then_the_import_then_nothing_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, file = empty_study(tmp_path), str(write_csv(tmp_path / "r.csv", [ROW]))
    for options, said in (((), "reports: 1 row to add"), (("--apply",), "reports: 1 row added"),
                          (("--apply",), "reports: 0 rows to add, 1 already present")):  # fmt: skip
        assert run(study, file, "--map", "fmcs_work_stoppages", *options) == 0
        assert said in capsys.readouterr().out.splitlines()


def test_a_wrong_cell_ends_with_1_and_a_wrong_map_or_file_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study = empty_study(tmp_path)
    wrong = list(ROW)
    wrong[LAYOUT.index("# Idled")] = "many"
    file = str(write_csv(tmp_path / "r.csv", [wrong]))
    for options in ((), ("--apply",)):
        assert run(study, file, "--map", "fmcs_work_stoppages", *options) == 1
        captured = capsys.readouterr()
        assert "r.csv:2: # Idled: 'many', as figures.value: 'many' is not a number" in captured.out + captured.err
    (tmp_path / "m.yaml").write_text("id: [A]\n", encoding="utf-8")
    assert run(study, file, "--map", str(tmp_path / "m.yaml")) == 2
    assert "m.yaml:1: source is missing" in capsys.readouterr().err
    assert run(study, str(tmp_path / "none.csv"), "--map", "fmcs_work_stoppages") == 2
    assert "there is no file" in capsys.readouterr().err
