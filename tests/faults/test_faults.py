"""Faults that really happen to builds. Whatever they are, the site that stands is a whole one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from small_study import SmallStudy

from socdialog.store.locks import locked

BROKEN = """
import os, signal, time
print("so far")
if country == "AZE":
    raise ValueError("no such thing in " + "/home" + "/somebody")
if country == "GEO":
    os.kill(os.getpid(), signal.SIGKILL)
while country == "KGZ":
    pass
"""
KILLS, SEED = 3, 20261123


def wait_for(condition, seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.02)


def test_failing_pages_are_kept_from_before_and_the_others_finish(whole_study: SmallStudy) -> None:
    study = whole_study
    good = study.published()
    study.write(BROKEN)
    code, said = study.build("--timeout", "4")
    assert code == 1
    study.assert_whole()
    for country, reason in (("AZE", "ended with ValueError"), ("GEO", "SIGKILL"), ("KGZ", "timed out after 4 s")):
        assert reason in said
        page = study.page(f"countries/{country}.html")
        assert reason in page
        assert f"<p>{country}</p>" in page
        assert reason in (study.folder / ".socdialog" / "failed" / "site" / f"{country}.txt").read_text()
        assert reason in study.page("index.html")
    assert "so far" in (study.folder / ".socdialog" / "failed" / "site" / "AZE.ipynb").read_text()
    assert b"/home/somebody" not in b"".join(study.published().values())
    assert "so far" in study.page("notebooks/TUR.ipynb")
    assert not study.processes()
    study.write("pass")
    code, said = study.build()
    assert (code, "[1/" in said) == (0, False), "every notebook of the first build is still in the cache"
    assert study.published() == good


def test_a_page_that_fails_the_first_time_is_listed_as_failed(study: SmallStudy) -> None:
    study.write(BROKEN)
    assert study.build("AZE", "TUR")[0] == 1
    study.assert_whole()
    assert not (study.out / "countries" / "AZE.html").exists()
    assert "cell 3 ended with ValueError" in study.page("index.html")


def test_builds_killed_at_any_moment_leave_a_whole_site_and_no_process(whole_study: SmallStudy) -> None:
    study = whole_study
    moments = random.Random(SEED)  # noqa: S311 - moments, not secrets
    for number in range(KILLS):
        study.write(f"number = {number}")
        process = study.start()
        time.sleep(moments.uniform(0.1, study.took))
        process.kill()
        process.communicate()
        study.assert_whole()
        wait_for(lambda: not study.processes())
    assert study.build()[0] == 0
    study.assert_whole()
    assert f"number = {KILLS - 1}" in study.page("notebooks/KAZ.ipynb")
    left = {path.name for path in (study.folder / ".socdialog").iterdir()}
    assert left <= {"cache", "failed", "site.json", "site.lock"}


@pytest.mark.parametrize(
    "how",
    [signal.SIGINT, *(pytest.param(one, marks=pytest.mark.long) for one in (signal.SIGTERM, signal.SIGHUP))],
)
def test_a_stopped_build_leaves_what_stood(built_study: SmallStudy, how: signal.Signals) -> None:
    study = built_study
    before = study.published()
    study.write("while True: pass")
    with study.start("KAZ") as process:
        assert process.stderr is not None
        wait_for(lambda: len(study.processes()) > 1)
        process.send_signal(how)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopped; the previous output is unchanged" in said
    assert "Traceback" not in said
    wait_for(lambda: not study.processes())
    assert study.published() == before


def test_a_dead_warm_process_is_started_again(study: SmallStudy) -> None:
    study.write("import os, signal\nif country == 'AZE': os.kill(os.getppid(), signal.SIGKILL)")
    code, said = study.build("AZE", "KAZ", "TUR", "UZB", "--jobs", "1")
    assert code == 1
    study.assert_whole()
    assert "Built: KAZ TUR UZB" in said


def test_two_builds_at_once(study: SmallStudy) -> None:
    with locked(study.folder / ".socdialog" / "site.lock", wait=1):
        code, said = study.build("KAZ", "--wait", "0.2")
    assert code == 3
    assert "another process is using" in said
    assert study.build("KAZ")[0] == 0


def test_data_is_only_read_and_may_change_meanwhile(study: SmallStudy) -> None:
    def state() -> list[tuple[str, int]]:
        # The list of those withheld for good is the one file that a build keeps beside the data.
        there = (path for path in study.data.rglob("*") if path.name != ".withheld.json")
        return sorted((str(path), path.stat().st_mtime_ns) for path in there if path != study.data)

    before = state()
    raw = study.data / "raw" / "activity" / "reports.csv"
    study.write(f"if country == 'KAZ': open({str(raw)!r}, 'ab').write(b'torn')")
    assert study.build("KAZ", "TUR", "--jobs", "1")[0] == 0
    study.assert_whole()
    changed = [one for one, other in zip(before, state(), strict=True) if one != other]
    assert [name for name, _ in changed] == [str(raw)]


def test_an_output_that_cannot_be_written_or_is_no_site_is_refused_before_any_work(study: SmallStudy) -> None:
    for out in (Path("/proc/site"), study.data):
        study.out = out
        code, said = study.build("KAZ")
        assert code == 2, said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system to fill")
@pytest.mark.long
def test_a_full_disk_leaves_the_old_site(study: SmallStudy) -> None:
    disk = study.folder / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk], check=False).returncode:
        pytest.skip("this system does not let us mount a file system to fill")
    try:
        study.out = disk / "site"
        assert study.build("KAZ")[0] == 0
        before = study.published()
        study.write("changed = True")
        free = shutil.disk_usage(disk).free
        for left in (50_000, 2_000_000, 4_000_000):
            (disk / "filler").write_bytes(b"\0" * (free - left))
            code, said = study.build("KAZ")
            (disk / "filler").unlink()
            if code != 0:
                assert code == 1
                assert "No space left" in said
                assert study.published() == before
            study.assert_whole()
        assert study.build("KAZ")[0] == 0
        assert "changed = True" in study.page("notebooks/KAZ.ipynb")
    finally:
        subprocess.run(["umount", disk], check=True)
