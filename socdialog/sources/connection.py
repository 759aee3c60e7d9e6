"""Connections that are cut when their time is up, and why a connection gave no answer."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Timer
from typing import TYPE_CHECKING

from socdialog.sources.source_error import BY_HAND, SourceError

if TYPE_CHECKING:
    import urllib3


@contextmanager
def watched(total: float) -> Iterator[tuple[urllib3.PoolManager, Event]]:
    """Yield a pool whose connections are cut after `total` seconds, and whether they were.

    A read limit counts from byte to byte, so that one byte every second never exceeds it.
    """
    import urllib3

    opened: list[socket.socket] = []

    class Plain(urllib3.connection.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    class Secure(urllib3.connection.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            opened.append(self.sock)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    expired = Event()

    def cut() -> None:
        expired.set()
        for one in opened:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    pool = urllib3.PoolManager(num_pools=1)
    pool.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    timer = Timer(total, cut)
    timer.daemon = True
    timer.start()
    try:
        yield pool, expired
    finally:
        timer.cancel()
        for one in opened:
            with contextlib.suppress(OSError):
                one.close()
        pool.clear()


def broken(problem: BaseException, *, begun: bool) -> SourceError:
    """Return why no answer came, or why one that had begun did not end."""
    import urllib3.exceptions as of_http

    kinds: Sequence[tuple[type[BaseException], str, str, bool]] = (
        (
            of_http.NameResolutionError,
            "no_network",
            "the address of the service is not found; is there a network?",
            False,
        ),
        (of_http.SSLError, "certificate", "the service has no valid certificate", False),
        (of_http.ConnectTimeoutError, "no_connection", "the service does not take the connection", True),
        (of_http.NewConnectionError, "no_connection", "the service does not take the connection", True),
        (of_http.ReadTimeoutError, "silent", "the service stopped answering", True),
    )
    for kind, cause, message, again in kinds:
        if isinstance(problem, kind):
            hint = "" if again else f"what was fetched can be read without a network; or {BY_HAND}"
            return SourceError(cause, message, hint=hint, again=again)
    if begun:
        return SourceError("cut_body", f"the answer was cut: {problem}", again=True)
    return SourceError("broken", f"the connection broke: {problem}", again=True)
