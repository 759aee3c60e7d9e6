"""One task on another machine: what a worker of a cluster runs, and how it says who it is.

A worker needs this package and nothing else of the build: slice, notebook and parameters come as bytes,
the executed notebook goes back as bytes. It runs in a fresh process of a warm one, as on the machine
of the build.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, LifoQueue

import socdialog
from socdialog.errors import DataError
from socdialog.publishing.executor import Failure, Outcome, Task
from socdialog.publishing.local import LocalExecutor
from socdialog.publishing.plan import environment_hash, package_hash
from socdialog.publishing.task_archive import pack, unpack

_NOTEBOOK, _SLICE = "notebook", "slice/"
#: Warm executors of this worker that have nothing to do.
_idle: LifoQueue[LocalExecutor] = LifoQueue()


def identity() -> dict[str, str]:
    """Return what must be the same on two machines that work on one site."""
    return {"version": socdialog.__version__, "package": package_hash(), "environment": environment_hash()}


def differences(theirs: Mapping[str, object], ours: dict[str, str]) -> str:
    """Say in words how a worker's identity differs; empty when it does not.

    Examples
    --------
    >>> differences({"version": "0.2.0", "package": "p"}, {"version": "0.1.0", "package": "p"})
    'it has version 0.2.0, this build has 0.1.0'
    """
    found = [
        f"it has {name} {str(theirs.get(name, 'none'))[:12]}, this build has {value[:12]}"
        for name, value in ours.items()
        if theirs.get(name) != value
    ]
    return "; ".join(found)


def pack_task(task: Task, *, timeout: float) -> bytes:
    """Return a task with everything it needs."""
    files = {f"{_SLICE}{path.name}": path.read_bytes() for path in sorted(task.data.iterdir())}
    payload = {"name": task.name, "parameters": dict(task.parameters), "timeout": timeout, "identity": identity()}
    return pack(payload, {_NOTEBOOK: task.notebook, **files})


def run_task(archive: bytes) -> bytes:
    """Run a task on this machine and return its outcome, both packed; refuse work for another package."""
    payload, contents = unpack(archive)
    refusal = differences(identity(), payload["identity"])
    if refusal:
        return pack({"refused": refusal}, {})
    folder = Path(tempfile.mkdtemp(prefix="socdialog-"))
    try:
        data = folder / "slice"
        data.mkdir()
        for name, content in contents.items():
            if name != _NOTEBOOK:
                (data / Path(name).name).write_bytes(content)
        task = Task(payload["name"], contents[_NOTEBOOK], payload["parameters"], data)
        return pack_outcome(_run(task, timeout=payload["timeout"]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(task: Task, *, timeout: float) -> Outcome:
    try:
        executor = _idle.get_nowait()
    except Empty:
        executor = LocalExecutor(Path(tempfile.mkdtemp(prefix="socdialog-warm-")) / "run", jobs=1)
    try:
        (outcome,) = executor.run([task], timeout=timeout)
    except BaseException:
        executor.close()
        raise
    _idle.put(executor)
    return outcome


def close_idle() -> None:
    """End the warm processes of this worker that have nothing to do."""
    with suppress(Empty):
        while True:
            _idle.get_nowait().close()


def pack_outcome(outcome: Outcome) -> bytes:
    """Return an outcome as bytes."""
    payload = asdict(outcome)
    notebook = payload.pop("notebook")
    return pack(payload, {} if notebook is None else {_NOTEBOOK: notebook})


def unpacked_outcome(archive: bytes, *, name: str) -> Outcome:
    """Return the outcome of the task `name` that a worker sent.

    Raises
    ------
    DataError
        When it was damaged, is another task's, or the worker refused the task.
    """
    payload, contents = unpack(archive)
    if "refused" in payload:
        raise DataError(payload["refused"])
    if payload["name"] != name:
        raise DataError(f"the outcome of {payload['name']} came back for {name}")
    failure = payload["failure"] and Failure(**payload["failure"])
    return Outcome(name, contents.get(_NOTEBOOK), failure, payload["seconds"])
