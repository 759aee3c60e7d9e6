"""The executor of a Dask cluster: each notebook goes to a worker with its slice, and comes back as bytes.

Which worker runs what is decided here, one task to a free thread at a time, so that a worker that is
lost costs its own tasks only and one that is another version gets no second one. Workers see the data and are
trusted with the values; what they send back is data. Whoever may reach a scheduler may run code on its workers:
keep it in a network of your own, or behind certificates (``tls://``).
"""

from __future__ import annotations

import logging
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from socdialog.errors import DataError, UsageError
from socdialog.publishing.executor import Failure, Outcome, Task
from socdialog.publishing.remote_task import (
    close_idle,
    pack_task,
    run_task,
    unpacked_outcome,
)

if TYPE_CHECKING:
    from distributed import Client, Future

_ADDRESS = re.compile(r"(?P<scheme>dask|tls)://(?P<place>(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5}))")
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
        When `text` is neither ``dask://host:port`` nor ``tls://host:port``.

    Examples
    --------
    >>> scheduler_address("dask://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found["port"]) <= _LAST_PORT:
        raise UsageError(
            f"--executor: {text!r} is not an executor",
            hint="write local, dask://host:port or, with certificates, tls://host:port",
        )
    return f"{'tls' if found['scheme'] == 'tls' else 'tcp'}://{found['place']}"


@contextmanager
def connected(address: str) -> Iterator[Callable[[Path], ClusterExecutor]]:
    """Connect with the scheduler at `address` and yield what makes its executor.

    The certificates of ``tls://`` are those of Dask's own configuration.

    Raises
    ------
    UsageError
        When the address is wrong, a certificate is missing, nothing answers there, or Dask is not installed.
    """
    place = scheduler_address(address)
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise UsageError(
            "--executor on a cluster needs Dask, which is not installed",
            hint='python -m pip install "socdialog[cluster]"',
        ) from None
    _quiet()
    security = Security()
    if place.startswith("tls:"):
        _refuse_without_certificates(security.get_tls_config_for_role("client"))
    try:
        client = Client(place, timeout=_CONNECT, set_as_default=False, deserializers=_PLAIN, security=security)
    except (OSError, TimeoutError, ValueError) as problem:
        raise UsageError(
            f"--executor: no scheduler answers at {address}",
            details=[str(problem)],
            hint="check that it is running, reachable and uses the same certificates",
        ) from None
    try:
        yield lambda _: ClusterExecutor(client)
    finally:
        client.close()


def _refuse_without_certificates(config: Mapping[str, str | None]) -> None:
    settings = {"ca_file": "ca-file", "cert": "client.cert", "key": "client.key"}
    missing = [f"distributed.comm.tls.{name}" for part, name in settings.items() if not config.get(part)]
    if missing:
        raise UsageError(
            "--executor tls://… needs certificates, and Dask's configuration names none",
            details=[f"{name} is not set" for name in missing],
            hint="set them in ~/.config/dask/distributed.yaml, or as DASK_DISTRIBUTED__COMM__TLS__CA_FILE and so on",
        )


def _quiet() -> None:
    """Keep Dask's own words about lost connections out of what a build says."""
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "distributed.scheduler"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
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
        self._sent: dict[str, _Sent] = {}
        #: Why a worker gets no more work, by its address.
        self._refused: dict[str, str] = {}
        #: How often the worker of a task was lost, by its name.
        self._lost = Counter[str]()

    def run(
        self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = lambda _: None
    ) -> Iterator[Outcome]:
        """Run `tasks`, each for at most `timeout` seconds, and yield outcomes as they come."""
        waiting = list(tasks)[::-1]
        heard = time.monotonic()
        while waiting or self._sent:
            threads = self._threads()
            for one in list(self._sent.values()):
                outcome = self._ended(one, there=one.worker in threads)
                if outcome is None:
                    continue
                self._client.cancel([self._sent.pop(one.task.name).future], force=True)
                if isinstance(outcome, Outcome):
                    yield outcome
                else:
                    waiting.append(outcome)
            while waiting and (worker := self._free(threads)) is not None:
                self._send(waiting.pop(), worker, timeout=timeout)
                started(next(reversed(self._sent)))
            if threads.keys() - self._refused.keys():
                heard = time.monotonic()
            elif waiting and not self._sent and (threads or time.monotonic() - heard > _PATIENCE):
                yield from (Outcome(task.name, None, self._nobody()) for task in waiting)
                return
            time.sleep(_PAUSE)

    def close(self) -> None:
        """Take back what is still out, and end the warm processes of the workers."""
        futures = [one.future for one in self._sent.values()]
        if futures:
            self._client.cancel(futures, force=True)
        with suppress(Exception):  # whatever a dying worker says: its processes end with it
            self._client.run(close_idle, workers=[*self._threads().keys() - self._refused.keys()], on_error="ignore")

    def _threads(self) -> dict[str, int]:
        """Return how many tasks each worker that is there runs at once, by its address."""
        try:
            workers = self._client.scheduler_info(n_workers=-1)["workers"]
        except OSError:
            return {}  # the scheduler does not answer: no one is there until it does
        return {address: int(one["nthreads"]) for address, one in workers.items()}

    def _free(self, threads: Mapping[str, int]) -> str | None:
        """Return the worker with the most room; None when all have their hands full."""
        busy = Counter(one.worker for one in self._sent.values())
        room = {address: many - busy[address] for address, many in threads.items() if address not in self._refused}
        return max((address for address in room if room[address] > 0), key=room.__getitem__, default=None)

    def _send(self, task: Task, worker: str, *, timeout: float) -> None:
        with warnings.catch_warnings():
            # A slice is as large as it is, and goes to one worker only.
            warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
            archive = pack_task(task, timeout=timeout)
            future = self._client.submit(
                run_task, archive, workers=[worker], allow_other_workers=False, pure=False, retries=0
            )
        self._sent[task.name] = _Sent(task, worker, future, time.monotonic() + timeout + _GRACE)

    def _ended(self, one: _Sent, *, there: bool) -> Outcome | Task | None:
        """Return how a task ended; the task itself when another worker has to do it; None while it runs."""
        if not one.future.done():
            if not there:
                return self._again(one)
            if one.deadline >= time.monotonic():
                return None
            self._refused[one.worker] = "it does not apply time limits"
            return Outcome(one.task.name, None, Failure("timeout", "its worker timed out"))
        try:
            return unpacked_outcome(bytes(one.future.result(timeout=_ANSWER)), name=one.task.name)
        except DataError as problem:
            self._refused[one.worker] = problem.title
            return one.task
        except Exception:  # noqa: BLE001 - a worker may be lost at any moment, and one of another make say anything
            if there:
                self._refused[one.worker] = "it has another version of socdialog or does not answer"
            return self._again(one)

    def _again(self, one: _Sent) -> Outcome | Task:
        """Let another worker try, or give up; what is published of it names no host."""
        self._lost[one.task.name] += 1
        if self._lost[one.task.name] < _TRIES:
            return one.task
        detail = f"the last one was {one.worker}"
        return Outcome(one.task.name, None, Failure("killed", f"the worker disconnected {_TRIES} times", detail))

    def _nobody(self) -> Failure:
        why = "; ".join(sorted(set(self._refused.values())))
        reason = f"no worker of the cluster can run it ({why})" if why else "the cluster has no worker"
        return Failure(
            "killed", reason, "\n".join(f"{place}: {refusal}" for place, refusal in sorted(self._refused.items()))
        )
