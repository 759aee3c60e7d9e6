"""What is copied to readers is one whole site, or nothing; a schedule for this study runs as it is printed."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from small_study import SmallStudy

from socdialog.store.locks import locked

REAL = shutil.which("rsync")
#: The real one, unless it is to be broken.
RSYNC = f"""#!/bin/sh
[ -z "$BROKEN" ] || exit 23
exec {REAL} "$@"
"""


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    if REAL is None:
        pytest.skip("rsync is not installed")
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "rsync").write_text(RSYNC)
    (folder / "rsync").chmod(0o755)
    return folder


def publish(study: SmallStudy, tools: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    shown = str(study.folder / "shown to all")
    command = [sys.executable, "-m", "socdialog.cli", "publish", "--out", str(study.out), *arguments, shown]
    return study.run(command, PATH=f"{tools}:/usr/bin:/bin", **environment)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_site_is_copied_whole_or_not_at_all(built_study: SmallStudy, tools: Path) -> None:
    study = built_study
    shown, site = study.folder / "shown to all", study.out
    study.out = study.folder / "no site yet"
    assert publish(study, tools)[0] == 2
    study.out = site
    code, said = publish(study, tools)
    assert (code, said) == (0, f"Published {len(study.published())} files\n")
    assert files(shown) == study.published()
    before = files(shown)
    page = study.out / "countries" / "KAZ.html"
    page.write_bytes(page.read_bytes() + b" ")
    code, said = publish(study, tools)
    assert code == 1
    assert "countries/KAZ.html" in said
    assert "nothing was copied" in said
    assert files(shown) == before


def test_a_copy_that_fails_waits_in_vain_or_has_no_tool_is_told(built_study: SmallStudy, tools: Path) -> None:
    study = built_study
    code, said = publish(study, tools, BROKEN="1")
    assert code == 1
    assert "could not be listed (exit code 23 of rsync)" in said
    with locked(study.folder / ".socdialog" / "site.lock", wait=1):
        assert publish(study, tools, "--wait", "0.2")[0] == 3
    (tools / "rsync").unlink()
    shown = str(study.folder / "shown to all")
    command = [sys.executable, "-m", "socdialog.cli", "publish", "--out", str(study.out), shown]
    code, said = study.run(command, PATH=str(tools))
    assert code == 2
    assert "not installed" in said
    assert not (study.folder / "shown to all").exists()


@pytest.mark.long
def test_a_printed_schedule_runs_country_by_country(varied_study: SmallStudy, tools: Path) -> None:
    # The schedule asks how old the data are: only reports with dates tell.
    study = varied_study
    study.write("if country == 'AZE': 1 / 0")
    shown = study.folder / "shown to all"
    where = ["--data", str(study.data), "--out", str(study.out), "--publish", str(shown), "--max-age", "99999"]
    print_it = [sys.executable, "-m", "socdialog.cli", "schedule", "cron", *where, "KAZ", "AZE"]
    code, text = study.run(print_it)
    assert code == 0
    lines = [line.split("* * * ")[1].replace(r"\%", "%") for line in text.splitlines() if "* * * " in line]
    ended = [study.run(["/bin/sh", "-c", line], PATH=f"{tools}:{os.environ['PATH']}") for line in lines]
    assert [code for code, _ in ended] == [0, 1, 0]
    assert ended[0][1] == ended[2][1] == "", "what went well says nothing"
    assert "socdialog@AZE: a scheduled run failed" in ended[1][1]
    assert "ZeroDivisionError" in ended[1][1]
    assert files(shown) == study.published()
    assert (shown / "countries" / "KAZ.html").is_file()
    assert "ZeroDivisionError" in (shown / "index.html").read_text()
