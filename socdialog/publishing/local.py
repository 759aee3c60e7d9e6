"""The executor of this machine: forks of one warm process, each with a time limit."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import socdialog
from socdialog.display.svg import warm_up
from socdialog.publishing.executor import Failure, Outcome, Task
from socdialog.publishing.normalise import normalised

#: How often in a row a warm process that died before it began anything is started anew.
_RESTARTS = 2
#: Seconds in which a warm process has to begin what it is sent, however busy the machine.
_BEGIN = 120.0
#: More at once would pass the promised gibibyte of memory.
_MOST = 6
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
    "POLARS_ENGINE_AFFINITY": "in-memory",
    # The same number of threads everywhere, and none of the allocator's own, which a fork would lose.
    "POLARS_MAX_THREADS": "2",
    "_RJEM_MALLOC_CONF": "background_thread:false",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_DROPPED = ("SOCDIALOG_DATA", "SOCDIALOG_SNAPSHOT", "PYTHONWARNINGS", "PYTHONSTARTUP", "COLUMNS", "LINES")


def default_jobs() -> int:
    """Return how many notebooks run at once when nobody says."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


@dataclass(slots=True)
class _Running:
    task: Task
    folder: Path
    pid: int | None = None
    deadline: float = float("inf")
    late: bool = False


class LocalExecutor:
    """Runs tasks on this machine.

    Parameters
    ----------
    folder
        Where the processes work; emptied before use.
    jobs
        How many run at once.
    """

    def __init__(self, folder: Path, *, jobs: int) -> None:
        self._folder, self._jobs = folder, jobs
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self._start()

    def _start(self) -> None:
        self._control, theirs = Pipe()
        package = str(Path(socdialog.__file__).parent.parent)
        kept = {
            name: value for name, value in os.environ.items() if name not in _DROPPED and not name.startswith("LC_")
        }
        search = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        home = str(self._folder / "ipython")
        self._process: subprocess.Popen[bytes] | None = None
        with theirs, (self._folder / "warm.log").open("ab") as log:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-P", "-m", "socdialog.publishing.worker_pool", str(theirs.fileno())],
                    env={**kept, **_ENVIRONMENT, "PYTHONPATH": search, "IPYTHONDIR": home, "MPLCONFIGDIR": home},
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError as problem:
                # ReportedFigure like any other death of it: where its messages are read.
                log.write(f"{problem}\n".encode())

    def run(
        self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        """Run `tasks`, each for at most `timeout` seconds, and yield outcomes as they come."""
        warm_up()
        if self._control.closed:
            self._start()  # the last run gave up
        waiting, running, barren = list(tasks)[::-1], dict[str, _Running](), 0
        while waiting or running:
            while waiting and len(running) < self._jobs:
                task = waiting.pop()
                running[task.name] = self._send(task)
            message = self._message(min(one.deadline for one in running.values()))
            if message is None:
                barren += 1
                yield from self._died(running, waiting, again=barren <= _RESTARTS)
                continue
            if "pid" in message:
                one = running[message["name"]]
                one.pid, one.deadline, barren = message["pid"], time.monotonic() + timeout, 0
                started(one.task.name)
            elif message:
                yield self._outcome(running.pop(message["name"]), message, timeout=timeout)
            for one in running.values():
                if one.deadline < time.monotonic():
                    self._end_late(one)

    def _died(self, running: dict[str, _Running], waiting: list[Task], *, again: bool) -> Iterator[Outcome]:
        """Deal with the death of the warm process: what had begun failed, the rest is for the next one, if any."""
        self._end()
        for one in running.values():
            if one.pid is None:
                waiting.append(one.task)
            else:
                yield self._outcome(one, {"code": -signal.SIGKILL})
        running.clear()
        if again:
            self._start()
        else:
            # No process for notebooks could be had at all; why, it says itself.
            said = _text(self._folder / "warm.log").strip()
            failure = Failure("killed", "the process that runs notebooks could not start", said)
            yield from (Outcome(task.name, None, failure) for task in waiting)
            waiting.clear()

    def _end_late(self, one: _Running) -> None:
        """End what takes too long: a notebook, or a warm process that does not begin it."""
        one.deadline = float("inf")
        if one.pid is None:
            assert self._process is not None
            self._process.kill()
            return
        one.late = True
        with contextlib.suppress(OSError):
            os.killpg(one.pid, signal.SIGKILL)

    def close(self) -> None:
        """End every process that was started; they end with this one anyway."""
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self) -> None:
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _send(self, task: Task) -> _Running:
        folder = self._folder / f"job-{task.name}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "notebook.ipynb").write_bytes(task.notebook)
        job = {"name": task.name, "folder": str(folder), "data": str(task.data), "parameters": dict(task.parameters)}
        with contextlib.suppress(OSError):
            # A warm process that has died is noticed where its messages are read.
            self._control.send_bytes(json.dumps(job).encode())
        return _Running(task, folder, deadline=time.monotonic() + _BEGIN)

    def _message(self, until: float) -> dict[str, Any] | None:
        """Return what the warm process says next; nothing when it says nothing before `until`; None when it is dead."""
        wait = None if until == float("inf") else max(0.0, until - time.monotonic())
        try:
            return json.loads(self._control.recv_bytes()) if self._control.poll(wait) else {}
        except (EOFError, OSError):
            return None

    def _outcome(self, one: _Running, message: dict[str, Any], *, timeout: float = 0.0) -> Outcome:
        code = message["code"]
        notebook = _executed(one.folder / "executed.ipynb")
        failure = None
        if code != 0 or notebook is None or not (one.folder / "done").exists():
            failure = _failure(one, code, timeout)
        shutil.rmtree(one.folder, ignore_errors=True)
        return Outcome(one.task.name, notebook, failure, message.get("seconds", 0.0), message.get("peak", 0.0))


def _executed(path: Path) -> bytes | None:
    """Return the executed notebook in its stable form; None when nothing, or half a file, is there."""
    try:
        return normalised(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError):
        return None


def _failure(one: _Running, code: int, timeout: float) -> Failure:
    log = _text(one.folder / "log")
    if one.late:
        return Failure("timeout", f"it did not end within {timeout:g} seconds", log)
    try:
        told = json.loads((one.folder / "failure.json").read_text())
        return Failure("cell", told["reason"], f"{told['detail']}\n{log}")
    except (OSError, ValueError, KeyError):
        name = signal.Signals(-code).name if -code in signal.Signals._value2member_map_ else f"exit code {code}"
        return Failure("killed", f"its process ended early ({name})", log)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-10_000:]
    except OSError:
        return ""
