"""Faults of the same kinds that nobody listed, several writers, and a process that is killed while it writes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from socdialog.sources import ilostat
from socdialog.sources.client import Client, Limits, Service
from socdialog.sources.lock import data_set_folder, read_lock
from socdialog.store.fingerprint import sha256_file
from tests.official import DENSITY, csv, kept, packed, study
from tests.sources.ilostat_server import DATA_SET, Answer, Fault, IlostatServer, instead, status


class Raw(Answer):
    """Bytes that are sent as they are, with no head of their own."""

    def sent(self) -> Iterator[bytes]:
        yield self.body


class Endless(Answer):
    """A head, and then the same bytes for ever."""

    def sent(self) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        while True:
            yield self.body


HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
WHOLE = packed(csv())
UNLISTED: dict[str, Fault] = {
    "no HTTP": lambda _, __: Raw(b"SSH-2.0-OpenSSH_9.6\r\n"),
    "no status": lambda _, __: Raw(b"HTTP/1.1 \r\n\r\n"),
    "an endless head": lambda _, __: Raw(HEAD + b"X: y\r\n" * 5000),
    "a long line of the head": lambda _, __: Raw(HEAD + b"X: " + b"y" * 200_000),
    "two lengths": lambda _, __: Raw(HEAD + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\n" + WHOLE),
    "a length that is none": lambda _, __: Raw(HEAD + b"Content-Length: many\r\n\r\n" + WHOLE[:50]),
    "a chunk that is none": lambda _, __: Raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
    "an endless body": lambda _, __: Endless(b"x" * 65_536),
    "another packing": lambda _, __: Answer(WHOLE, 200, {"Content-Encoding": "br"}),
    "gzip that is none": lambda _, __: Answer(csv(), 200, {"Content-Encoding": "gzip"}),
    "a bomb": lambda _, __: Answer(packed(b"0" * 5_000_000), 200, {"Content-Encoding": "gzip"}),
    "part of a body": status(206, WHOLE[:100]),
    "no content": status(204),
    "not modified": status(304),
    "unauthorised": status(401),
    "a time-out of the service": status(408),
    "refused for legal reasons": status(451),
    "a proxy that is down": status(521, b"<html>Web server is down</html>"),
    "a redirect to nowhere": status(302),
    "a redirect to a file": status(302, Location="file:///etc/passwd"),
    "a redirect to another scheme": status(302, Location="gopher://rplumber.ilo.org/"),
    "a redirect with a user": status(302, Location="https://rplumber.ilo.org@elsewhere.example/"),
    "an empty list": instead(b"[]"),
    "an empty list with a line": instead(b"[]\n"),
    "null": instead(b"null\n"),
    "XML": instead(b'<?xml version="1.0"?><mes:Error/>\n'),
    "a traceback": instead(b"Error in plumber: object 'x' not found\n"),
    "an archive": instead(b"PK\x03\x04" + b"\x00" * 100),
    "Parquet of another table": instead(b"PAR1" + b"\x00" * 40 + b"PAR1"),
}


@pytest.fixture
def server() -> Iterator[IlostatServer]:
    made = IlostatServer()
    yield made
    made.close()


def client_of(server: IlostatServer) -> Client:
    limits = Limits(connect=2.0, read=2.0, total=4.0, most_bytes=1_000_000)
    return Client(Service(server.address, 0.0), limits, sleep=lambda _: None)


def hashes(data: Path) -> dict[str, str]:
    return {str(path): sha256_file(path) for path in sorted((data / "raw").rglob("*")) if path.is_file()}


@pytest.mark.parametrize("fault", UNLISTED.values(), ids=UNLISTED)
def test_an_unlisted_fault_has_a_cause_and_changes_nothing(server: IlostatServer, tmp_path: Path, fault: Fault) -> None:
    data = study(tmp_path)
    kept(data, csv([csv().decode("utf-8-sig").splitlines()[1]]), "01/10/2025")
    before, began = hashes(data), time.monotonic()
    server.fault = fault
    (found,) = ilostat.fetch(DATA_SET, data=data, client=client_of(server))
    assert (found.outcome, bool(found.cause), bool(found.message)) == ("failed", True, True)
    assert hashes(data) == before
    assert len(server.of_data()) <= 3
    assert time.monotonic() - began < 15


def write(data: Path, day: int) -> None:
    """Keep one state, as a process of its own."""
    from socdialog.store.locks import locked
    from socdialog.store.study import Study

    with locked(Study(data).lock, wait=60):
        kept(data, csv([f"KAZ,FX:1,{DENSITY},2012,{day},"]), f"{day:02}/03/2026")


def test_several_writers_lose_nothing(tmp_path: Path) -> None:
    data = study(tmp_path)
    workers = [multiprocessing.get_context("spawn").Process(target=write, args=(data, day)) for day in (1, 2, 3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
    lock = read_lock(data_set_folder(data / "raw", DATA_SET))
    assert lock is not None
    folder = data_set_folder(data / "raw", DATA_SET)
    # Locks of processes are taken in any order: each state is there with its own file.
    assert len(lock.snapshots) == 3
    assert all(sha256_file(folder / state.file) == state.sha256 for state in lock.snapshots)


def keep_writing(data: Path) -> None:
    for day in range(1, 29):
        kept(data, csv([f"KAZ,FX:1,{DENSITY},2012,{day},"]), f"{day:02}/03/2026")


@pytest.mark.parametrize("after", [0.0, 0.005, 0.05])
def test_a_writer_that_is_killed_leaves_whole_states(tmp_path: Path, after: float) -> None:
    data = study(tmp_path)
    folder = data_set_folder(data / "raw", DATA_SET)
    worker = multiprocessing.get_context("spawn").Process(target=keep_writing, args=(data,))
    worker.start()
    until = time.monotonic() + 60
    while not folder.is_dir() and time.monotonic() < until:
        time.sleep(0.001)
    time.sleep(after)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(30)
    lock = read_lock(folder) if folder.is_dir() else None
    states = lock.snapshots if lock is not None else []
    assert all(sha256_file(folder / state.file) == state.sha256 for state in states)
    assert {path.name for path in folder.glob("*.csv")} == {state.file for state in states}
    # The next run goes on, whatever the killed one left behind.
    assert kept(data, csv(), "01/05/2026").is_new
