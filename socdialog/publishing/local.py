"""The executor of this machine: notebooks run in forks of one warm process, each with a time limit."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from pathlib import Path

import socdialog
from socdialog.publishing.executor import Failure, Order, Outcome, Task
from socdialog.publishing.fork_server import ended_early, log_text

#: How often in a row a warm process that began nothing is started again.
_RESTARTS = 2
#: Seconds in which a warm process has to say something, however busy the machine.
_BEGIN = 120.0
#: More at once would pass the promised gibibyte of memory.
_MOST = 6
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "C",
    "POLARS_ENGINE_AFFINITY": "in-memory",
    # The same number of threads everywhere, and none of an allocator's own, which a fork would lose.
    "POLARS_MAX_THREADS": "2",
    "_RJEM_MALLOC_CONF": "background_thread:false",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
_DROPPED = ("SOCDIALOG_DATA", "SOCDIALOG_SNAPSHOT", "PYTHONWARNINGS", "PYTHONSTARTUP", "COLUMNS", "LINES")


def default_jobs() -> int:
    """Return how many notebooks run at once when no one says."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST)


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
                    [sys.executable, "-P", "-m", "socdialog.publishing.fork_server", str(theirs.fileno())],
                    env={**kept, **_ENVIRONMENT, "PYTHONPATH": search, "IPYTHONDIR": home, "MPLCONFIGDIR": home},
                    cwd=self._folder,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            except OSError as problem:
                # Noticed like any other death of it: where its messages are read.
                log.write(f"{problem}\n".encode())

    def run(
        self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        """Run `tasks`, each for at most `timeout` seconds, and yield outcomes as they come."""
        waiting = {task.name: task for task in tasks}
        barren = 0
        while waiting and barren <= _RESTARTS:
            if self._control.closed:
                self._start()
            begun = set[str]()
            for message in self._messages(Order(tuple(waiting.values()), self._folder, self._jobs, timeout)):
                if isinstance(message, str):
                    begun.add(message)
                    started(message)
                else:
                    del waiting[message.name]
                    yield message
            if waiting:
                # The warm process has died, and with it what had begun; the rest is for the next one.
                self._end()
                barren = 0 if begun else barren + 1
                for name in sorted(begun & waiting.keys()):
                    del waiting[name]
                    yield Outcome(name, None, ended_early(-signal.SIGKILL, log_text(self._folder / "warm.log")))
        # No process for notebooks could be had at all; why, it says itself.
        failure = Failure(
            "killed", "the process that runs notebooks could not start", log_text(self._folder / "warm.log").strip()
        )
        yield from (Outcome(name, None, failure) for name in waiting)

    def _messages(self, order: Order) -> Iterator[str | Outcome]:
        """Yield what the warm process says of an order: names that begin, and outcomes; less when it dies or hangs."""
        left, patience = len(order.tasks), _BEGIN
        try:
            self._control.send(order)
            while left and self._control.poll(patience):
                message = self._control.recv()
                left -= isinstance(message, Outcome)
                patience = order.timeout + _BEGIN
                yield message
        except (EOFError, OSError):
            return

    def close(self) -> None:
        """End every process that was started; they end with this one anyway."""
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _end(self) -> None:
        self._control.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
