"""The memory that is told of a build is that of all its processes together, and what they share counts once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from small_study import ROOT, SmallStudy, notebook

from socdialog.publishing.executor import Task
from socdialog.publishing.local import LocalExecutor
from socdialog.publishing.memory_watch import MemoryWatch, held_mib
from socdialog.publishing.progress import Summary

pytestmark = [
    pytest.mark.xdist_group("running"),
    pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell memory"),
]

HOLD = 150
#: A notebook that holds memory until the file is there; it has a time limit.
HOLDING = "import pathlib\nheld = b'1' * ({hold} << 20)\nwhile not pathlib.Path({go!r}).exists(): pass"
FORKS = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from socdialog.publishing.memory_watch import held_mib
held = b"1" * ({HOLD} << 20)
ready, told = os.pipe()
children = []
for _ in range(3):
    child = os.fork()
    if child == 0:
        os.write(told, b".")
        signal.pause()
    children.append(child)
for _ in children:
    os.read(ready, 1)
print(held_mib(os.getpid()))
for child in children:
    os.kill(child, signal.SIGKILL)
"""


def test_what_forks_share_counts_once() -> None:
    ended = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, check=True)
    assert HOLD < float(ended.stdout) < HOLD * 1.5


def test_processes_of_processes_count_and_one_that_is_gone_holds_nothing() -> None:
    before = held_mib(os.getpid())
    inner = f"held = b'1' * ({HOLD} << 20); print(flush=True); input()"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen([sys.executable, "-c", outer], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        assert held_mib(os.getpid()) > before + HOLD
        process.stdin.write(b"\n")
    assert held_mib(process.pid) == 0


def test_notebooks_at_once_are_added_up_and_the_peak_stays(tmp_path: Path) -> None:
    go = tmp_path / "go"
    cell = HOLDING.format(hold=HOLD, go=str(go))
    page = notebook("country: str = 'KAZ'", cell).encode()
    executor = LocalExecutor(tmp_path / "run", jobs=2)
    with MemoryWatch(every=0.02) as memory:
        before = held_mib(os.getpid())

        def release() -> None:
            while memory.peak_mib < before + 2 * HOLD and not ended:
                pass
            go.touch()

        ended: list[object] = []
        watcher = Thread(target=release)
        watcher.start()
        try:
            ended += executor.run([Task(name, page, {}, tmp_path) for name in ("one", "two")], timeout=60)
        finally:
            ended.append(None)
            watcher.join()
            executor.close()
    assert [getattr(one, "failure", None) for one in ended] == [None] * 3
    assert memory.peak_mib > before + 2 * HOLD


def test_a_build_tells_and_records_it(study: SmallStudy) -> None:
    code, said = study.build("KAZ")
    assert code == 0
    run = json.loads((study.folder / ".socdialog" / "runs.jsonl").read_text().splitlines()[-1])
    assert f"most memory: {run['peak_mib']:.0f} MiB, all processes together" in said
    assert run["peak_mib"] > 0
    assert run["notebook_mib"] > 0
    assert not any("memory" in line for line in Summary().lines()), "nothing is told where nothing is known"
