"""The executor of a Dask cluster: each notebook goes to a worker with its slice, and comes back as bytes.

Which worker runs what is decided here, one task to a free thread at a time, so that a worker that is
lost costs its own tasks only and one that is another version gets none. Whoever may reach a scheduler
may run code on its workers: keep it in a network of your own.
"""

from __future__ import annotations

import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from socdialog.errors import DataError, UsageError
from socdialog.publishing.executor import Failure, Outcome, Task
from socdialog.publishing.remote_task import (
    differences,
    identity,
    pack_task,
    packed_identity,
    run_task,
    unpacked_outcome,
    wait_idle,
)
from socdialog.publishing.task_archive import unpack

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS = re.compile(r"dask://(?P<place>(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5}))")
_LAST_PORT = 65535
#: Seconds to reach the scheduler, to hear from a worker, and to wait for a worker when there is none.
_CONNECT, _ANSWER, _PATIENCE = 10.0, 30.0, 30.0
#: Seconds a worker may be late with what its own time limit should have ended.
_GRACE = 60.0
#: How often a task is given to another worker after its own was lost.
_TRIES = 3
_PAUSE = 0.2
#: What may come in over the wire: bytes and plain values, never a pickle.
_PLAIN = ["dask", "msgpack"]


def scheduler_address(text: str) -> str:
    """Return the address of a scheduler as Dask writes it.

    Raises
    ------
    UsageError
        When `text` is not ``dask://host:port``.

    Examples
    --------
    >>> scheduler_address("dask://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"]) <= _LAST_PORT:
        raise UsageError(f"--executor: {text!r} is no executor", hint="write local, or dask://host:port")
    return f"tcp://{found['place']}"


@contextmanager
def connected(address: str) -> Iterator[Callable[[Path], ClusterExecutor]]:
    """Connect with the scheduler at `address` (``dask://host:port``) and yield what makes its executor.

    Raises
    ------
    UsageError
        When the address is wrong, nothing answers there, or Dask is not installed.
    """
    place = scheduler_address(address)
    try:
        from distributed import Client
    except ImportError:
        raise UsageError(
            "--executor dask://… needs Dask, which is not installed", hint='python -m pip install "socdialog[cluster]"'
        ) from None
    _quiet()
    try:
        client = Client(place, timeout=_CONNECT, set_as_default=False, deserializers=_PLAIN)
    except (OSError, TimeoutError, ValueError) as problem:
        raise UsageError(
            f"--executor: no scheduler answers at {address}",
            details=[str(problem)],
            hint="is it running, and reachable?",
        ) from None
    try:
        yield lambda _: ClusterExecutor(client)
    finally:
        client.close()


def _quiet() -> None:
    """Keep Dask's own words about lost connections out of what a build says."""
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@dataclass(slots=True)
class _Sent:
    """A task that a worker has."""

    task: Task
    worker: str
    future: Future
    deadline: float


class ClusterExecutor:
    """Runs tasks on the workers of a Dask cluster.

    Parameters
    ----------
    client
        Connected with the scheduler; stays the caller's to close.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._ours = identity()
        #: How many tasks each worker runs at once, by its address; and why others get none.
        self._workers: dict[str, int] = {}
        self._refused: dict[str, str] = {}
        self._sent: dict[str, _Sent] = {}
        self._lost: dict[str, int] = {}

    def run(
        self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        """Run `tasks`, each for at most `timeout` seconds, and yield outcomes as they come."""
        waiting = list(tasks)[::-1]
        parcels: dict[str, bytes] = {}
        alone_since: float | None = None
        while waiting or self._sent:
            self._look_around()
            yield from self._give_up_or_again(waiting)
            while waiting and (worker := self._free()) is not None:
                task = waiting.pop()
                parcel = parcels.setdefault(task.name, pack_task(task, timeout=timeout))
                self._send(task, parcel, worker, timeout=timeout)
                started(task.name)
            if not self._workers and waiting:
                alone_since = alone_since or time.monotonic()
                if self._refused or time.monotonic() - alone_since > _PATIENCE:
                    yield from (Outcome(task.name, None, self._nobody()) for task in waiting)
                    waiting.clear()
            else:
                alone_since = None
            ended = [one for one in self._sent.values() if one.future.done()]
            for one in ended:
                outcome = self._came_back(one, waiting)
                if outcome is not None:
                    parcels.pop(outcome.name, None)
                    yield outcome
            if not ended:
                time.sleep(_PAUSE)

    def close(self) -> None:
        """Take back what is still out, and end the warm processes of the workers."""
        futures = [one.future for one in self._sent.values()]
        if futures:
            self._client.cancel(futures, force=True)
        with suppress(Exception):  # whatever a dying worker says: its processes end with it
            self._client.run(wait_idle, workers=list(self._workers), on_error="ignore")

    def _look_around(self) -> None:
        """See who is there, ask newcomers who they are, and forget who has gone."""
        try:
            there = dict(self._client.scheduler_info(n_workers=-1)["workers"])
        except OSError:
            there = {}  # the scheduler does not answer: nobody is there until it does
        self._workers = {address: one for address, one in self._workers.items() if address in there}
        self._refused = {address: why for address, why in self._refused.items() if address in there}
        for address, said in there.items():
            if address not in self._workers and address not in self._refused:
                why = self._ask(address)
                if why:
                    self._refused[address] = why
                else:
                    self._workers[address] = int(said["nthreads"])

    def _ask(self, address: str) -> str:
        """Return why a worker is not fit for this build; empty when it is."""
        try:
            answer = self._client.run(packed_identity, workers=[address], on_error="return")[address]
            theirs, _ = unpack(answer)
        except Exception:  # noqa: BLE001 - a worker without this package may answer with anything
            return "it does not have this version of socdialog, or does not answer"
        return differences(theirs, self._ours)

    def _refuse(self, worker: str, why: str) -> None:
        if self._workers.pop(worker, None) is not None:
            self._refused[worker] = why

    def _free(self) -> str | None:
        """Return the worker with the most room; None when all have their hands full."""
        busy = Counter(one.worker for one in self._sent.values())
        room = {address: threads - busy[address] for address, threads in self._workers.items()}
        return max((address for address in room if room[address] > 0), key=room.__getitem__, default=None)

    def _send(self, task: Task, parcel: bytes, worker: str, *, timeout: float) -> None:
        with warnings.catch_warnings():
            # A slice is as large as it is, and goes to one worker only.
            warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
            future = self._client.submit(
                run_task, parcel, workers=[worker], allow_other_workers=False, pure=False, retries=0
            )
        self._sent[task.name] = _Sent(task, worker, future, time.monotonic() + timeout + _GRACE)

    def _take_back(self, one: _Sent) -> None:
        del self._sent[one.task.name]
        self._client.cancel([one.future], force=True)

    def _give_up_or_again(self, waiting: list[Task]) -> Iterator[Outcome]:
        """Deal with tasks whose worker is lost, or never ends."""
        for one in list(self._sent.values()):
            if one.future.done():
                continue
            if one.worker not in self._workers:
                self._take_back(one)
                if (given_up := self._again(one.task, waiting, f"{one.worker} is gone")) is not None:
                    yield given_up
            elif one.deadline < time.monotonic():
                self._take_back(one)
                # It does not keep its own time limit: no more work for it.
                self._refuse(one.worker, "it does not keep time limits")
                yield Outcome(one.task.name, None, Failure("timeout", "its worker did not end it in time"))

    def _again(self, task: Task, waiting: list[Task], detail: str) -> Outcome | None:
        """Let another worker try, or give up; what is published of it names no host."""
        self._lost[task.name] = self._lost.get(task.name, 0) + 1
        if self._lost[task.name] < _TRIES:
            waiting.append(task)
            return None
        return Outcome(task.name, None, Failure("killed", f"its worker was lost, {_TRIES} times", detail))

    def _came_back(self, one: _Sent, waiting: list[Task]) -> Outcome | None:
        """Return the outcome of a task that is done; None when another worker has to do it."""
        status, detail = one.future.status, ""
        try:
            parcel = one.future.result(timeout=_ANSWER) if status == "finished" else None
            outcome = None if parcel is None else unpacked_outcome(bytes(parcel), name=one.task.name)
        except DataError as problem:
            outcome, detail = None, problem.title
            self._refuse(one.worker, detail)
        except Exception as problem:  # noqa: BLE001 - a worker may be lost at any moment
            outcome, detail = None, f"{type(problem).__name__}: {problem}"
        self._take_back(one)
        if outcome is not None:
            return outcome
        return self._again(one.task, waiting, detail or f"{one.worker} says {status}")

    def _nobody(self) -> Failure:
        told = "\n".join(f"{address}: {why}" for address, why in sorted(self._refused.items()))
        why = "; ".join(sorted(set(self._refused.values())))
        reason = f"no worker of the cluster is fit for it ({why})" if why else "the cluster has no worker"
        return Failure("killed", reason, told)
