"""Requests to a statistical service: paced, limited in time and size, tried again only where that can help.

A request names its endpoint, and only parameters of that endpoint: the service ignores a parameter that it does not
know and takes a blank one for all. A body is judged inside the attempt, so that a cut one is asked for again. Nothing
is resumed: without a mark of the state (ETag), two states would be joined.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, urljoin, urlsplit

import socdialog
from socdialog.advice import unknown
from socdialog.errors import UsageError
from socdialog.sources.bodies import gunzipped
from socdialog.sources.connection import broken, watched
from socdialog.sources.source_error import BY_HAND, SourceError

if TYPE_CHECKING:
    import urllib3

T = TypeVar("T")

_CODES = ("ref_area", "sex", "classif1", "classif2", "timefrom", "timeto", "best_source", "type", "format", "lang")
#: Parameters that each endpoint reads.
ENDPOINTS: Mapping[str, tuple[str, ...]] = {
    "/data/indicator/": ("id", *_CODES),
    "/data/ref_area/": ("id", "indicator", *(name for name in _CODES if name != "ref_area")),
    "/metadata/toc/indicator/": ("lang", "format"),
    "/metadata/toc/ref_area/": ("lang", "format"),
    "/metadata/dic/": ("var", "lang", "format"),
    "/files/indicator/": (),
    "/files/ref_area/": (),
}
#: Answers after which the same question may be answered.
_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS, _MOST_REDIRECTS = frozenset({301, 302, 303, 307, 308}), 3
_STATUS = {
    400: ("refused_question", "the service refuses the question"),
    403: ("forbidden", "the service refuses to answer; it does so when it is busy or asked too often"),
    404: ("no_data", "the service has no such data"),
    405: ("method", "the service does not take this kind of request"),
    413: ("too_much", "the answer would be too large; ask for fewer areas or years"),
    422: ("wrong_key", "the service cannot read the key of the question"),
    429: ("too_many_requests", "the service asks for fewer requests"),
}
#: What pages hold that ask whether a person is there.
_CHALLENGE = (b"challenge", b"captcha", b"just a moment", b"enable javascript")
#: Bytes of a message of the service that are read and shown.
_MESSAGE, _SHOWN = 20_000, 200


def _wait_for(seconds: float) -> None:
    time.sleep(seconds)


#: By address of a service, when this process asked it last.
_LAST_ASKED: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its address, the seconds between two requests, and the domain that it may redirect into."""

    address: str
    pace: float
    domain: str = "ilo.org"


#: The data service, and that of SDMX, which takes 20 requests a minute.
DATA = Service("https://rplumber.ilo.org", 1.0)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds to connect, between two parts and for a whole answer; bytes of an answer; how often, and how long."""

    connect: float = 10.0
    read: float = 60.0
    total: float = 900.0
    most_bytes: int = 2**30
    tries: int = 3
    longest_wait: float = 120.0


@dataclass
class Client:
    """Ask one service, one request after the other.

    Parameters
    ----------
    service, limits
        The service, and the limits of every request.
    sleep, clock, chance
        How to wait, what time it is in seconds, and a random number from 0 to 1.
    asked
        The addresses asked so far.
    """

    service: Service = DATA
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = _wait_for
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    asked: list[str] = field(default_factory=list)

    def ask(self, endpoint: str, parameters: Mapping[str, str], accept: Callable[[bytes], T], *, file: str = "") -> T:
        """Return what `accept` makes of the answer.

        Parameters
        ----------
        endpoint, parameters
            One of `ENDPOINTS`, with parameters that it reads.
        accept
            Takes the body; raises `SourceError` when it is not whole.
        file
            Name of a file below the endpoint.

        Raises
        ------
        SourceError
            With the cause, once asking again cannot help or was tried often enough.
        """
        address = self.service.address + address_of(endpoint, parameters, file=file)
        for attempt in range(1, self.limits.tries + 1):
            try:
                return accept(self._body(address))
            except SourceError as problem:
                if not problem.again or attempt == self.limits.tries:
                    tries = f" (tried {attempt} times)" if attempt > 1 else ""
                    raise SourceError(problem.cause, f"{problem.title}{tries}", hint=problem.hint) from None
                wait = problem.wait if problem.wait is not None else 2.0**attempt * (0.5 + self.chance())
                if wait > self.limits.longest_wait:
                    message = f"{problem.title}; it asks to wait {wait:,.0f} seconds"
                    raise SourceError(problem.cause, message, hint="ask again then") from None
                self.sleep(wait)
        raise AssertionError("at least one attempt is made")

    def _body(self, address: str) -> bytes:
        """Return the body of one answer, after the redirects that the service may make."""
        for _ in range(_MOST_REDIRECTS + 1):
            self._pace()
            self.asked.append(address)
            found = self._answer(address)
            if isinstance(found, bytes):
                return found
            address = self._redirected(address, found[0])
        raise SourceError("redirects", "the service redirects again and again")

    def _pace(self) -> None:
        """Wait until the service may be asked again, whichever client of this process asked it last."""
        before = _LAST_ASKED.get(self.service.address)
        if before is not None:
            wait = before + self.service.pace - self.clock()
            if wait > 0:
                self.sleep(wait)
        _LAST_ASKED[self.service.address] = self.clock()

    def _redirected(self, address: str, location: str) -> str:
        target = urljoin(address, location)
        there, here = urlsplit(target), urlsplit(address)
        host = there.hostname or ""
        is_ours = host in {here.hostname, self.service.domain} or host.endswith(f".{self.service.domain}")
        if not is_ours or there.scheme not in {here.scheme, "https"}:
            raise SourceError("redirect", f"the service redirects to {host or target!r}, which is not followed")
        return target

    def _answer(self, address: str) -> bytes | tuple[str]:
        """Return a body, or in a tuple where else to ask."""
        import urllib3

        with watched(self.limits.total) as (pool, expired):
            response = None
            try:
                response = pool.request(
                    "GET",
                    address,
                    headers={
                        "User-Agent": f"socdialog/{socdialog.__version__} (research on social dialogue)",
                        "Accept-Encoding": "identity",
                        "Accept-Language": "en",
                    },
                    timeout=urllib3.Timeout(connect=self.limits.connect, read=self.limits.read),
                    retries=False,
                    redirect=False,
                    preload_content=False,
                )
                body = self._received(response)
            except (urllib3.exceptions.HTTPError, OSError) as problem:
                raise self._too_slow() if expired.is_set() else broken(problem, begun=response is not None) from None
            if expired.is_set():
                raise self._too_slow()
        if response.status in _REDIRECTS and response.headers.get("Location"):
            return (response.headers["Location"],)
        if response.status != 200:  # noqa: PLR2004
            raise refused(response.status, response.headers, body)
        encoding = response.headers.get("Content-Encoding", "identity")
        if encoding not in {"identity", "gzip"}:
            raise SourceError("encoding", f"the answer is packed as {encoding!r}, which was not asked for")
        return gunzipped(body, largest=self.limits.most_bytes) if encoding == "gzip" else body

    def _too_slow(self) -> SourceError:
        message = f"the answer did not end within {self.limits.total:g} seconds"
        return SourceError("too_slow", message, hint="ask for fewer areas or years, or later")

    def _received(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """Return the bytes of an answer, as many as may be; of an answer that is no data, its message."""
        most = self.limits.most_bytes if response.status == 200 else _MESSAGE  # noqa: PLR2004
        parts: list[bytes] = []
        size = 0
        for part in response.stream(2**16, decode_content=False):
            parts.append(part)
            size += len(part)
            if size > most:
                if most == _MESSAGE:
                    break
                hint = "ask for fewer areas or years"
                raise SourceError("too_large", f"the answer has more than {most:,} bytes", hint=hint)
        return b"".join(parts)


def address_of(endpoint: str, parameters: Mapping[str, str], *, file: str = "") -> str:
    """Return the path of a request with its parameters; ids keep the sign ``+`` between them.

    Raises
    ------
    UsageError
        For a parameter that the endpoint does not read, or one without a value.
    """
    if endpoint not in ENDPOINTS:
        raise UsageError(unknown("endpoint", endpoint, ENDPOINTS))
    for name, value in parameters.items():
        if name not in ENDPOINTS[endpoint]:
            raise UsageError(f"{endpoint}: {unknown('parameter', name, ENDPOINTS[endpoint])}")
        if not value.strip() or not all(value.split("+")):
            raise UsageError(f"{endpoint}: {name} has no value; the service would take it for all")
    query = "&".join(f"{name}={quote(value, safe='+.:')}" for name, value in sorted(parameters.items()))
    return f"{endpoint}{quote(file)}{f'?{query}' if query else ''}"


def refused(status: int, headers: Mapping[str, Any], body: bytes) -> SourceError:
    """Return why an answer with a status of failure is not kept."""
    is_page = body.lstrip()[:1] == b"<"
    if is_page and (headers.get("cf-mitigated") or any(word in body.lower() for word in _CHALLENGE)):
        message = f"the service answers {status} with a page that asks whether a person is there"
        return SourceError("challenge", message, hint=BY_HAND)
    reply = "" if is_page else " ".join(body[:_SHOWN].decode("utf-8", "replace").split())
    if b"ORA-" in body[:_MESSAGE]:
        return SourceError("unknown_code", f"the service does not know a code of the question: {reply}")
    cause, message = _STATUS.get(status, (f"status_{status}", f"the service answers {status}"))
    hint = BY_HAND if cause == "forbidden" else ""
    found = SourceError(cause, f"{message}{f': {reply}' if reply else ''}", hint=hint, again=status in _AGAIN)
    found.wait = _wait(str(headers.get("Retry-After") or ""))
    return found


def _wait(text: str) -> float | None:
    """Return the seconds that an answer asks to wait: a number of them, or a date."""
    if text.strip().isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max((until - datetime.now(UTC)).total_seconds(), 0.0)
