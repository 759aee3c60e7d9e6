"""A warm process that forks a fresh one for each notebook.

Run as ``python -m socdialog.publishing.fork_server FD``: over the connection FD it gets `Order`, and gives the name of
each notebook that begins and its `Outcome` when it ends. What it imports is paid once. It runs no notebook itself,
so each starts from the same untouched state. It is a process of its own, and not `multiprocessing`'s fork server,
since that one imports the main module of whoever builds, and takes over his environment.

Forking is safe only while no other thread holds anything. Importing polars starts one thread that
sleeps until data is spilled to disk, and the allocator's threads, which are turned off; should any
other thread be found, the process starts again without importing polars before it forks.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import shutil
import signal
import sys
import time
import traceback
import warnings
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from socdialog.machine import die_with_parent
from socdialog.publishing.executor import Failure, Order, Outcome, Task
from socdialog.publishing.normalise import normalised
from socdialog.unused_packages import hidden

#: Imported before the first fork; the second group starts threads of its own.
_LIGHT = ("papermill", "IPython.core.interactiveshell", "nbformat", "jinja2", "altair", "socdialog.publishing.running")
_HEAVY = ("polars", "socdialog.profiles", "socdialog.display.charts", "socdialog.display.html")
#: What these would import and not use: a format check of jsonschema, a second alone, and papermill's files of a
#: cluster. A notebook may import both.
_UNUSED = ("rfc3987_syntax", "pyarrow")
#: Threads that sleep, hold nothing, and that a forked process can do without.
_HARMLESS = frozenset({"polars-ooc-clea"})
_fork = get_context("fork")


def main(descriptor: int, *, light: bool) -> None:
    """Serve orders over the connection `descriptor` until its other end closes."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The terminal's process group is the build's; threads at a fork are looked at in `_alone`.
    warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)
    _import(light=light)
    _preload(light=light)
    if not light and not _alone():
        os.set_inheritable(descriptor, True)  # noqa: FBT003 - the name of the argument is the function
        os.execv(sys.executable, [sys.executable, "-P", "-m", __spec__.name, str(descriptor), "--light"])  # noqa: S606 - ourselves again
    control = Connection(descriptor)
    with contextlib.suppress(EOFError, OSError):
        while True:
            _serve(control, control.recv())


def _import(*, light: bool) -> None:
    with hidden(*_UNUSED):
        for name in _LIGHT if light else (*_LIGHT, *_HEAVY):
            importlib.import_module(name)


def _preload(*, light: bool) -> None:
    """Do once what every notebook would do first: read the codebook, compile templates and validators."""
    from nbformat.validator import get_validator

    get_validator(4, 5)  # type: ignore[no-untyped-call]
    if not light:
        # No frame is touched: polars would start its threads.
        import altair as alt

        from socdialog import codebook
        from socdialog.display.html import compile_templates

        codebook.tables(), codebook.section_codes()
        for name in codebook.vocabularies():
            codebook.vocabulary(name)
        compile_templates()
        alt.Chart(alt.InlineData(values=[])).mark_bar().encode(x="a:Q", y="b:N").to_dict()
    # What stands here stays; collecting garbage in a fork would copy it.
    gc.collect()
    gc.freeze()


def _alone() -> bool:
    """Say whether every other thread of this process is known to hold nothing."""
    try:
        names = [(path / "comm").read_text().strip() for path in Path("/proc/self/task").iterdir()]
    except OSError:
        return False
    names.remove(Path("/proc/self/comm").read_text().strip())
    return set(names) <= _HARMLESS


@dataclass(frozen=True, slots=True)
class _Running:
    task: Task
    folder: Path
    process: BaseProcess
    began: float


def _serve(control: Connection, order: Order) -> None:
    """Run the notebooks of an order, each in a process of its own that ends in time with all it started."""
    waiting, running = list(order.tasks)[::-1], dict[int, _Running]()
    try:
        while waiting or running:
            while waiting and len(running) < order.jobs:
                one = _begin(waiting.pop(), order.folder, control)
                running[one.process.sentinel] = one
                control.send(one.task.name)
            until = min(one.began for one in running.values()) + order.timeout
            ready = wait([control, *running], timeout=max(0.0, until - time.monotonic()))
            if control in ready:
                raise EOFError  # no one listens any more
            now = time.monotonic()
            for sentinel, one in list(running.items()):
                late = sentinel not in ready and one.began + order.timeout <= now
                if sentinel in ready or late:
                    _end(one)
                    del running[sentinel]
                    control.send(_outcome(one, late=late, timeout=order.timeout))
    finally:
        for one in running.values():
            _end(one)


def _begin(task: Task, parent: Path, control: Connection) -> _Running:
    folder = parent / f"job-{task.name}"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "work").mkdir(parents=True)
    (folder / "notebook.ipynb").write_bytes(task.notebook)
    process = _fork.Process(target=_run, args=(task, folder, control))
    process.start()
    return _Running(task, folder, process, time.monotonic())


def _end(one: _Running) -> None:
    """End a process and whatever it started itself, before anybody clears its folder away."""
    assert one.process.pid is not None
    # Its group has its number as soon as it has made one; until then there is nothing but itself.
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(OSError):
            kill(one.process.pid, signal.SIGKILL)
    one.process.join()


def _run(task: Task, folder: Path, control: Connection) -> None:
    """Run one notebook in this fresh process, and end it."""
    code = 1
    try:
        os.setpgid(0, 0)
        die_with_parent()
        control.close()
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        code = _run_notebook(task, folder)
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        _write_failure(folder, "the page could not be built", traceback.format_exc())
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _run_notebook(task: Task, folder: Path) -> int:
    from papermill.exceptions import PapermillExecutionError

    from socdialog.publishing.running import run_notebook

    os.environ["SOCDIALOG_SNAPSHOT"] = str(task.data)
    # As `socdialog.display.display_block` has it, which is not imported here: it would bring polars and its threads.
    os.environ["SOCDIALOG_PARTS_ONLY"] = "1"
    notebook, executed = folder / "notebook.ipynb", folder / "executed.ipynb"
    try:
        run_notebook(notebook, executed, parameters=task.parameters, folder=folder / "work")
    except PapermillExecutionError as problem:
        _write_failure(folder, f"cell {problem.exec_count} ended with {problem.ename}", str(problem))
        return 1
    (folder / "done").touch()
    return 0


def _write_failure(folder: Path, reason: str, detail: str) -> None:
    (folder / "failure.json").write_text(json.dumps({"reason": reason, "detail": detail}))


def _outcome(one: _Running, *, late: bool, timeout: float) -> Outcome:
    """Return what a process that has ended left in its folder, and clear that away."""
    seconds = time.monotonic() - one.began
    code = one.process.exitcode or 0
    notebook = _executed(one.folder / "executed.ipynb")
    failure = None
    if late:
        failure = Failure("timeout", f"it timed out after {timeout:g} seconds", log_text(one.folder / "log"))
    elif code != 0 or notebook is None or not (one.folder / "done").exists():
        failure = _failure(one.folder, code)
    shutil.rmtree(one.folder, ignore_errors=True)
    return Outcome(one.task.name, notebook, failure, seconds)


def _executed(path: Path) -> bytes | None:
    """Return the executed notebook in its stable form; None when nothing, or half a file, is there."""
    try:
        return normalised(json.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError):
        return None


def _failure(folder: Path, code: int) -> Failure:
    log = log_text(folder / "log")
    try:
        payload = json.loads((folder / "failure.json").read_text())
        return Failure("cell", payload["reason"], f"{payload['detail']}\n{log}")
    except (OSError, ValueError, KeyError):
        return ended_early(code, log)


def ended_early(code: int, log: str = "") -> Failure:
    """Return the failure of a notebook whose process ended without a word of its own."""
    name = signal.Signals(-code).name if -code in signal.Signals._value2member_map_ else f"exit code {code}"
    return Failure("killed", f"its process ended early ({name})", log)


def log_text(path: Path) -> str:
    """Return the end of what a process printed; empty when there is nothing to read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-10_000:]
    except OSError:
        return ""


if __name__ == "__main__":
    main(int(sys.argv[1]), light="--light" in sys.argv)
