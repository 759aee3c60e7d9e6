"""The commands fetch and import --as: what they print, and their exit codes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from socdialog.cli import main
from socdialog.sources.fetching import ADDRESS_VARIABLE
from tests.official import csv, study
from tests.sources.ilostat_server import COVERAGE, DATA_SET, IlostatServer, status


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[IlostatServer]:
    made = IlostatServer()
    monkeypatch.setenv(ADDRESS_VARIABLE, made.address)
    monkeypatch.setattr("time.sleep", lambda _: None)
    yield made
    made.close()


def run(data: Path, *arguments: str) -> int:
    return main([*arguments, "--data", str(data)])


def test_fetch_keeps_tells_and_ends_with_0(
    server: IlostatServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = study(tmp_path)
    assert run(data, "fetch", "ilostat", DATA_SET, "--countries", "KAZ,UZB", "--since", "2012") == 0
    assert capsys.readouterr().out == (
        f"{DATA_SET}: release 2026-02-26, 2 rows; no value for UZB (checked and absent)\n"
    )
    assert run(data, "fetch", "ilostat", "--check") == 0
    assert capsys.readouterr().out == f"{DATA_SET}: release 2026-02-26 is there and has not changed\n"
    server.last_update = "01/05/2026 00:00:00"
    assert run(data, "fetch", "ilostat", "--check") == 0
    assert "changed on 2026-05-01; not fetched" in capsys.readouterr().out
    assert len(server.of_data()) == 1


def test_a_failure_ends_with_1_and_wrong_use_with_2(
    server: IlostatServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = study(tmp_path)
    assert run(data, "fetch", "ilostat", DATA_SET, COVERAGE) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith(f"{DATA_SET}: release 2026-02-26, 4 rows")
    assert f"{COVERAGE}: failed, nothing was written: the service refuses the question" in captured.err
    assert "2 data sets, 1 failed" in captured.err
    assert run(data, "fetch", "ilostat", "ILR_TUMT_NOC_RT") == 2
    assert "did you mean" in capsys.readouterr().err
    server.of_contents = status(403, b"Forbidden")
    assert run(data, "fetch", "ilostat", DATA_SET) == 1
    assert "socdialog import FILE --as ilostat" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        run(data, "fetch", "eurostat", DATA_SET)
    assert ended.value.code == 2


def test_import_as(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, file = study(tmp_path), tmp_path / "download.csv"
    file.write_bytes(csv())
    assert run(data, "import", str(file), "--as", "ilostat") == 2
    assert "add --vintage DATE" in capsys.readouterr().err
    assert run(data, "import", str(file), "--as", "ilostat", "--vintage", "2026-02-26", "--apply") == 0
    assert capsys.readouterr().out.endswith("release 2026-02-26: kept\n")
    file.write_bytes(csv()[:-4])
    assert run(data, "import", str(file), "--as", "ilostat", "--vintage", "2026-03-01") == 1
    assert "the last line of the answer is not complete" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(data, "import", str(file), "--as", "ilostat", "--map", "m.yaml")
