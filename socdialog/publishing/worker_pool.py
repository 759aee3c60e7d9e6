"""A warm process that forks a fresh one for each notebook.

Run as ``python -m socdialog.publishing.worker_pool FD``; it is told what to run over the connection FD, one message
of JSON and one connection for charts per job, and says when each began and how it ended. What it imports is paid
once. It runs no notebook itself, so each starts from the same untouched state.

Forking is safe only while no other thread holds anything. Importing polars starts one thread that
sleeps until data is spilled to disk, and the allocator's threads, which are turned off; should any
other thread be found, the process starts anew without importing polars before it forks.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
import warnings
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from socdialog.machine import die_with_parent

#: Imported before the first fork; the second group starts threads of its own.
_LIGHT = ("papermill", "IPython.core.interactiveshell", "nbformat", "jinja2", "altair", "socdialog.publishing.running")
_HEAVY = ("polars", "pandera.polars", "socdialog.profiles", "socdialog.display.charts", "socdialog.display.html")
#: Threads that sleep, hold nothing, and that a forked process can do without.
_HARMLESS = frozenset({"polars-ooc-clea"})


def main(descriptor: int, *, light: bool) -> None:
    """Serve jobs over the connection `descriptor` until its other end closes."""
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
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    names: dict[int, tuple[str, float]] = {}
    while True:
        ready = wait([control, wake_read])
        if wake_read in ready:
            os.read(wake_read, 4096)
            _report_ended(control, names)
        if control not in ready:
            continue
        try:
            job = json.loads(control.recv_bytes())
        except (EOFError, OSError):
            break
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            control.close()
            _run(job)
        names[pid] = (job["name"], time.monotonic())
        _send(control, {"name": job["name"], "pid": pid})
    for pid in names:
        _kill(pid)


def _import(*, light: bool) -> None:
    # One of jsonschema's format checks costs a second to import and is of no use here.
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
    for name in _LIGHT if light else (*_LIGHT, *_HEAVY):
        importlib.import_module(name)
    del sys.modules["rfc3987_syntax"]


def _preload(*, light: bool) -> None:
    """Do once what every notebook would do first: read the codebook, compile templates and validators."""
    from nbformat.validator import get_validator

    get_validator(4, 5)  # type: ignore[no-untyped-call]
    if not light:
        # No frame is touched: polars would start its threads.
        import altair as alt

        from socdialog import codebook
        from socdialog.display.html import compile_templates

        codebook.tables(), codebook.section_indicators()
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


def _run(job: dict[str, Any]) -> None:
    """Run one job in this fresh process, and end it."""
    code = 1
    folder = Path(job["folder"])
    try:
        os.setpgid(0, 0)
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for source, target in ((nothing, 0), (log, 1), (log, 2)):
            os.dup2(source, target)
        code = _run_notebook(job, folder)
    except BaseException:  # noqa: BLE001 - the process ends here, whatever it was
        _write_failure(folder, "the page could not be made", traceback.format_exc())
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _run_notebook(job: dict[str, Any], folder: Path) -> int:
    from papermill.exceptions import PapermillExecutionError

    from socdialog.publishing.running import run_notebook

    os.environ["SOCDIALOG_SNAPSHOT"] = job["data"]
    # As `socdialog.display.display_block` has it, which is not imported here: it would bring polars and its threads.
    os.environ["SOCDIALOG_PARTS_ONLY"] = "1"
    work = folder / "work"
    work.mkdir()
    try:
        notebook, executed = folder / "notebook.ipynb", folder / "executed.ipynb"
        run_notebook(notebook, executed, parameters=job["parameters"], folder=work)
    except PapermillExecutionError as problem:
        reason = f"cell {problem.exec_count} ended with {problem.ename}"
        _write_failure(folder, reason, str(problem))
        return 1
    (folder / "done").touch()
    return 0


def _write_failure(folder: Path, reason: str, detail: str) -> None:
    (folder / "failure.json").write_text(json.dumps({"reason": reason, "detail": detail}))


def _report_ended(control: Connection, names: dict[int, tuple[str, float]]) -> None:
    while names:
        pid, status, usage = os.wait4(-1, os.WNOHANG)
        if pid == 0:
            return
        name, began = names.pop(pid)
        # Whatever the notebook started itself ends with it, before anybody clears its folder away.
        _kill(pid)
        code, peak, seconds = os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, time.monotonic() - began
        _send(control, {"name": name, "code": code, "peak": peak, "seconds": seconds})


def _kill(group: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(group, signal.SIGKILL)


def _send(control: Connection, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):
        control.send_bytes(json.dumps(message).encode())


if __name__ == "__main__":
    main(int(sys.argv[1]), light="--light" in sys.argv)
