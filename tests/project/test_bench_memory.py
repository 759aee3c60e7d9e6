"""The memory that a bench prints is that of all its processes together, and what they share counts once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.memory import MemoryWatch, held_mib

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="this system does not tell memory")

HOLD = 150
FORKS = f"""
import os, signal, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.bench.memory import held_mib
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


def test_the_peak_is_that_of_all_processes_at_once_and_stays() -> None:
    inner = f"held = b'1' * ({HOLD} << 20); print(flush=True); input()"
    with MemoryWatch(every=0.02) as memory:
        before = held_mib(os.getpid())
        both = [
            subprocess.Popen([sys.executable, "-c", inner], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for process in both:
            assert process.stdout is not None
            process.stdout.readline()
        memory.look()
        for process in both:
            process.communicate(b"\n")
    # A system may take back what a process does not touch; but more than one of them holds alone is never gone.
    assert memory.peak_mib > before + 1.5 * HOLD
    assert held_mib(os.getpid()) < before + HOLD
