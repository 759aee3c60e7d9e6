"""A cluster of Dask on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]


@contextmanager
def scheduler(folder: Path, *options: str) -> Iterator[str]:
    """A scheduler with these options, by the address at which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    host, port = place.split(":")
    command = ["-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show"]
    with process([*command, *options], folder):
        ready(folder, "Scheduler at")
        yield place


@contextmanager
def process(command: list[str], folder: Path, *, package: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """A process in its own folder and session, ended with all it started."""
    log = folder / "log"
    environment = {**os.environ, "PYTHONPATH": str(package), "TMPDIR": str(folder), "PYTHONWARNINGS": ""}
    with log.open("wb") as file:
        started = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        started.terminate()
        try:
            started.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()


@contextmanager
def workers(
    address: str, *options: str, scheme: str = "tcp", **packages: Path
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers, each by the name of its folder and with a package of its own, all ready."""
    command = ["-m", "distributed.cli.dask_worker", f"{scheme}://{address}", "--nthreads", "1", "--no-nanny", *options]
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory(prefix=f"{name} "))) for name in packages]
        started = [
            stack.enter_context(
                process([*command, "--no-dashboard", "--local-directory", str(folder)], folder, package=package)
            )
            for folder, package in zip(folders, packages.values(), strict=True)
        ]
        for folder in folders:
            ready(folder, "Registered to")
        yield started
        assert not list(folders[-1].glob("socdialog-*/slice"))


def ready(folder: Path, said: str) -> None:
    """Wait until the process that works in `folder` says so."""
    log = folder / "log"
    wait_for(lambda: said in log.read_text())


def wait_for(condition: Callable[[], object], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(0.05)
