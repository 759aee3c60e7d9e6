"""One task on another machine: what a worker of a cluster runs, and how it says who it is.

A worker needs this package and nothing else of the build: slice, notebook and parameters come as bytes,
the executed notebook goes back as bytes. It runs in a fresh process of a warm one, as on the machine
of the build.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import cast

import socdialog
from socdialog.errors import DataError
from socdialog.parameters import Literal
from socdialog.publishing.executor import Failure, Outcome, Task
from socdialog.publishing.local import LocalExecutor
from socdialog.publishing.plan import environment_hash, package_hash
from socdialog.publishing.task_archive import pack, unpack

_NOTEBOOK, _SLICE = "notebook", "slice/"
#: Warm executors of this worker that have nothing to do.
_idle: list[LocalExecutor] = []
_lock = Lock()


def identity() -> dict[str, str]:
    """Return what must be the same on two machines that work on one site."""
    return {"version": socdialog.__version__, "package": package_hash(), "environment": environment_hash()}


def packed_identity() -> bytes:
    """Return `identity` as bytes."""
    return pack(identity(), {})


def differences(theirs: dict[str, object], ours: dict[str, str]) -> str:
    """Say in words how a worker's identity differs; empty when it does not.

    Examples
    --------
    >>> differences({"version": "0.2.0", "package": "p"}, {"version": "0.1.0", "package": "p"})
    'it has version 0.2.0, this build has 0.1.0'
    """
    told = [
        f"it has {name} {str(theirs.get(name, 'none'))[:12]}, this build has {value[:12]}"
        for name, value in ours.items()
        if theirs.get(name) != value
    ]
    return "; ".join(told)


def pack_task(task: Task, *, timeout: float) -> bytes:
    """Return a task with everything it needs."""
    files = {f"{_SLICE}{path.name}": path.read_bytes() for path in sorted(task.data.iterdir())}
    parameters = {name: list(value) if isinstance(value, tuple) else value for name, value in task.parameters.items()}
    payload = {"name": task.name, "parameters": parameters, "timeout": timeout, "identity": identity()}
    return pack(payload, {_NOTEBOOK: task.notebook, **files})


def run_task(parcel: bytes) -> bytes:
    """Run a task on this machine and return its outcome, both packed; refuse work for another package."""
    payload, contents = unpack(parcel)
    refusal = differences({**identity()}, cast("dict[str, str]", payload["identity"]))
    if refusal:
        return pack({"refused": refusal}, {})
    folder = Path(tempfile.mkdtemp(prefix="socdialog-"))
    try:
        data = folder / "slice"
        data.mkdir()
        for name, content in contents.items():
            if name != _NOTEBOOK:
                (data / Path(name).name).write_bytes(content)
        parameters = cast("dict[str, Literal]", payload["parameters"])
        task = Task(str(payload["name"]), contents[_NOTEBOOK], parameters, data)
        return pack_outcome(_run(task, timeout=float(str(payload["timeout"]))))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(task: Task, *, timeout: float) -> Outcome:
    with _lock:
        executor = _idle.pop() if _idle else None
    if executor is None:
        executor = LocalExecutor(Path(tempfile.mkdtemp(prefix="socdialog-warm-")) / "run", jobs=1)
    try:
        (outcome,) = executor.run([task], timeout=timeout)
    except BaseException:
        executor.close()
        raise
    with _lock:
        _idle.append(executor)
    return outcome


def wait_idle() -> None:
    """End the warm processes of this worker that have nothing to do."""
    with _lock:
        resting = _idle[:]
        _idle.clear()
    for executor in resting:
        executor.close()


def pack_outcome(outcome: Outcome) -> bytes:
    """Return an outcome as bytes."""
    payload = {
        "name": outcome.name,
        "failure": None if outcome.failure is None else asdict(outcome.failure),
        "seconds": outcome.seconds,
        "peak_mib": outcome.peak_mib,
    }
    return pack(payload, {} if outcome.notebook is None else {_NOTEBOOK: outcome.notebook})


def unpacked_outcome(parcel: bytes, *, name: str) -> Outcome:
    """Return the outcome of the task `name` that a worker sent.

    Raises
    ------
    DataError
        When it was damaged, is another task's, or the worker refused the task.
    """
    payload, contents = unpack(parcel)
    if "refused" in payload:
        raise DataError(str(payload["refused"]))
    if payload["name"] != name:
        raise DataError(f"the outcome of {payload['name']} came back for {name}")
    failure = cast("dict[str, str] | None", payload["failure"])
    return Outcome(
        name,
        contents.get(_NOTEBOOK),
        None if failure is None else Failure(**failure),  # type: ignore[arg-type]
        seconds=float(str(payload["seconds"])),
        peak_mib=float(str(payload["peak_mib"])),
    )
