"""Limits of the machine, met in the middle of a command: one clear line, the right exit code, nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from small_study import SmallStudy

#: What every Python reads at its start when it is found.
NO_LOCKS = """
import errno, fcntl, os
def flock(*_):
    raise OSError(errno.{name}, os.strerror(errno.{name}))
fcntl.flock = flock
"""
#: Other errors that say the same; the unit test of locks looks at each.
MORE_NO_LOCKS = ("EOPNOTSUPP", "ENOSYS")


def bash(study: SmallStudy, limit: str, command: list[str]) -> tuple[int, str]:
    return study.run(["bash", "-c", f'{limit}; exec "$@"', "bash", *command])


def clean(study: SmallStudy) -> list[str]:
    return [*study.command(command="clean")[:4], "--data", str(study.data)]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def touched(study: SmallStudy) -> None:
    """Change the raw data a little, so that the clean tables are written again."""
    path = study.data / "raw" / "study.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")


@pytest.mark.parametrize("kibibytes", [1, 20, *(pytest.param(one, marks=pytest.mark.long) for one in (8, 40))])
def test_a_largest_size_of_a_file_stops_clean_and_leaves_the_old_tables(
    varied_study: SmallStudy, kibibytes: int
) -> None:
    study = varied_study
    before, names = content(study.data / "clean"), sorted(path.name for path in study.data.iterdir())
    touched(study)
    code, said = bash(study, f"ulimit -f {kibibytes}", clean(study))
    assert code == 1
    assert said.startswith("socdialog: File too large: ")
    assert ".parquet" in said
    assert "ulimit -f" in said
    assert content(study.data / "clean") == before
    assert sorted(path.name for path in study.data.iterdir()) == names, "nothing is left behind"


@pytest.mark.parametrize(("kibibytes", "place"), [(8, "/site.work/.frozen-"), (300, "/site.work/site/")])
def test_a_largest_size_of_a_file_stops_a_build_and_leaves_the_old_site(
    built_study: SmallStudy, kibibytes: int, place: str
) -> None:
    study = built_study
    before = study.published()
    study.write("changed = True")
    code, said = bash(study, f"ulimit -f {kibibytes}", study.command("KAZ"))
    assert code == 1
    assert "socdialog: File too large: " in said
    assert place in said, "in the middle of the tables, and of the pages"
    assert study.published() == before
    assert not (study.folder / ".socdialog" / "site.work").exists()
    assert not list(study.folder.rglob("*.part"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system to fill")
@pytest.mark.parametrize("left", [100_000, *(pytest.param(one, marks=pytest.mark.long) for one in (8_192, 200_000))])
def test_a_full_disk_in_the_middle_of_a_table_leaves_the_old_tables(varied_study: SmallStudy, left: int) -> None:
    study = varied_study
    mount, disk = shutil.which("mount"), study.folder / "disk"
    disk.mkdir()
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk], check=False).returncode:
        pytest.skip("this system does not let us mount a file system to fill")
    try:
        study.data = Path(shutil.copytree(study.data, disk / "data"))
        before, names = content(study.data / "clean"), sorted(path.name for path in study.data.iterdir())
        touched(study)
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(b"\0" * (free - left))
        code, said = study.run(clean(study))
        (disk / "filler").unlink()
        assert code == 1
        assert said.startswith("socdialog: No space left on device: ")
        assert said.count("\n") == 1
        assert content(study.data / "clean") == before
        assert sorted(path.name for path in study.data.iterdir()) == names
        assert study.run(clean(study))[0] == 0
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize(
    ("command", "mebibytes", "takes"), [("check", 400, "2,048"), ("clean", 1000, "2,048"), ("build", 3000, "73,728")]
)
def test_too_little_memory_for_the_libraries_is_refused(
    study: SmallStudy, command: str, mebibytes: int, takes: str
) -> None:
    line = [*study.command(command=command)[:4], "--data", str(study.data)]
    code, said = bash(study, f"ulimit -v {mebibytes * 1024}", line)
    assert code == 2
    assert f"the limit on memory (ulimit -v) is {mebibytes:,} MiB; this command reserves {takes} MiB" in said
    assert not (study.folder / ".socdialog").exists()


def test_memory_that_ends_in_the_middle_is_told(varied_study: SmallStudy) -> None:
    study = varied_study
    before = content(study.data / "clean")
    touched(study)
    code, said = bash(study, "ulimit -d 200000", clean(study))
    assert code == 1
    assert said.splitlines()[-1].startswith("socdialog: ")
    assert said.splitlines()[-1].endswith("the previous output is unchanged")
    assert content(study.data / "clean") == before


@pytest.mark.parametrize("name", ["ENOLCK", *(pytest.param(one, marks=pytest.mark.long) for one in MORE_NO_LOCKS)])
def test_without_locks_nothing_is_written(study: SmallStudy, name: str) -> None:
    hook = study.folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(NO_LOCKS.format(name=name))
    before = content(study.data / "clean")
    touched(study)
    for command in (study.command("KAZ", "--wait", "1"), clean(study)):
        code, said = study.run(command, PYTHONPATH=f"{study.package}:{hook}")
        assert code == 2
        assert "cannot be locked: " in said
        assert "local disk" in said
    assert not study.out.exists()
    assert content(study.data / "clean") == before
    assert study.build("KAZ")[0] == 0, "what was left is no lock that nobody frees"


def test_a_build_goes_on_where_hanging_up_is_ignored(study: SmallStudy) -> None:
    study.write("import time\ntime.sleep(1)")
    with subprocess.Popen(
        ["bash", "-c", 'trap "" HUP; exec "$@"', "bash", *study.command("KAZ")],
        env={**os.environ, "PYTHONPATH": str(study.package)},
        cwd=study.folder,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        until = time.monotonic() + 30
        while len(study.processes()) < 2:
            assert time.monotonic() < until, "did not begin in time"
            time.sleep(0.02)
        process.send_signal(signal.SIGHUP)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    study.assert_whole()
