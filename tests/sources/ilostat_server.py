"""A data service on this machine that speaks as ILOSTAT's does, and misbehaves when it is told to.

Every byte of it is made up here. It listens on 127.0.0.1 and writes to its sockets itself, so that it can cut, drip
and reset an answer.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.utils import formatdate
from time import sleep, time
from urllib.parse import parse_qsl, unquote, urlsplit

import polars as pl

from tests.official import DENSITY, ROWS, csv, packed, parquet

DATA_SET = f"{DENSITY}_A"
COVERAGE = "ILR_CBCT_NOC_RT_A"
LAST_UPDATE = "26/02/2026 10:15:00"
CODES = {
    "ref_area": {"KAZ": "Kazakhstan", "TUR": "Türkiye", "UZB": "Uzbekistan", "X01": "World"},
    "source": {"FX:1": "ADM - Register", "BA:2": "LFS - Labour Force Survey", "XA:9": "ILO estimate"},
    "indicator": {DENSITY: "Trade union density rate (%)"},
    # The blank status has an entry without a code and a label.
    "obs_status": {"B": "Break in series", "U": "Unreliable", "M": "Modelled", None: None},
}
FRENCH = {"KAZ": "Kazakhstan", "TUR": "Turquie", "UZB": "Ouzbékistan", "X01": "Monde"}


def table(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


@dataclass
class Answer:
    """What is sent: status, body, headers, and how."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    framing: str = "length"
    cut: int | None = None
    drip: float = 0.0
    reset: bool = False

    def sent(self) -> Iterator[bytes]:
        headers = {"Content-Type": "application/octet-stream", "Connection": "close", **self.headers}
        if self.framing == "length":
            headers["Content-Length"] = str(len(self.body))
        elif self.framing == "chunked":
            headers["Transfer-Encoding"] = "chunked"
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        yield f"HTTP/1.1 {self.status} Told\r\n{lines}\r\n".encode()
        body = self.body if self.cut is None else self.body[: self.cut]
        if self.framing == "chunked":
            for at in range(0, len(body), 16):
                part = body[at : at + 16]
                yield f"{len(part):x}\r\n".encode() + part + b"\r\n"
            if self.cut is None:
                yield b"0\r\n\r\n"
        elif self.drip:
            yield from (body[at : at + 1] for at in range(len(body)))
        else:
            yield body


Fault = Callable[[Answer, int], Answer]


class IlostatServer:
    """The service, with the rows of one data set; `fault` changes answers about data, `of_contents` the others."""

    def __init__(self) -> None:
        self.rows: tuple[str, ...] = ROWS
        self.last_update: str | None = LAST_UPDATE
        self.records: int | None = None
        self.fault: Fault = lambda answer, _: answer
        self.of_contents: Fault = lambda answer, _: answer
        self.requests: list[tuple[str, str]] = []
        self.times: list[float] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes who waits for a connection
        self._socket.close()

    def asked(self, beginning: str = "") -> list[str]:
        """The paths that were asked for, with their parameters."""
        return [path for _, path in self.requests if path.startswith(beginning)]

    def of_data(self) -> list[str]:
        return [*self.asked("/data/"), *self.asked("/files/")]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(4096)
                if not part:
                    return
                head += part
            method, path, _ = head.split(b"\r\n")[0].decode().split(" ")
            self.requests.append((method, path))
            self.times.append(time())
            answer = Answer(b"", 405) if method != "GET" else self._of(path)
            if answer.reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            for part in answer.sent():
                connection.sendall(part)
                if answer.drip and len(part) == 1:
                    sleep(answer.drip)

    def _of(self, path: str) -> Answer:
        parts = urlsplit(path)
        # As the service does: what it does not know is ignored, a blank is no choice.
        given = {name: value for name, value in parse_qsl(parts.query.replace("+", "%2B")) if value}
        endpoint, _, file = parts.path.rpartition("/")
        if endpoint.startswith("/metadata/"):
            made = self._contents(endpoint, given) if "toc" in endpoint else self._dictionary(given)
            return self.of_contents(Answer(table(made)), len(self.asked("/metadata/")))
        made = self._file(endpoint, unquote(file)) if file else self._data(endpoint, given)
        if made is None:
            return Answer(b'{"error":"deprecated or invalid dataset id=' + file.encode() + b'"}', 400)
        return self.fault(Answer(made), len(self.of_data()))

    def _file(self, endpoint: str, file: str) -> bytes | None:
        area = file[:3]
        if endpoint == "/files/ref_area" and area in CODES["ref_area"]:
            return packed(csv([row for row in self.rows if row.startswith(area)]))
        return packed(csv(self.rows)) if file == f"{DATA_SET}.csv.gz" else None

    def _contents(self, endpoint: str, given: dict[str, str]) -> pl.DataFrame:
        names = {"en": "Trade union density rate (%)", "fr": "Taux de syndicalisation – année élevée (%)"}
        subject = "Industrial relations"
        told = [(DATA_SET, names[given["lang"]], len(self.rows) if self.records is None else self.records),
                (COVERAGE, "Collective bargaining coverage rate (%)", 7)]  # fmt: skip
        if endpoint.endswith("ref_area"):
            told = [("KAZ_A", "Kazakhstan", 2), ("TUR_A", "Türkiye", 1)]
        ids, labels, records = zip(*told, strict=True)
        return pl.DataFrame(
            {
                "id": ids,
                "ref_area" if endpoint.endswith("ref_area") else "indicator": [one[:-2] for one in ids],
                "indicator.label": labels,
                "freq": "A",
                "last.update": self.last_update,
                "n.records": records,
                "subject.label": subject,
            }
        )

    def _dictionary(self, given: dict[str, str]) -> pl.DataFrame:
        codes = CODES[given["var"]]
        labels = [FRENCH.get(str(code), label) if given["lang"] == "fr" else label for code, label in codes.items()]
        return pl.DataFrame({given["var"]: list(codes), f"{given['var']}.label": labels})

    def _data(self, endpoint: str, given: dict[str, str]) -> bytes | None:
        rows: Iterable[str] = self.rows
        if endpoint == "/data/indicator" and given["id"] != DATA_SET:
            return None
        areas = given.get("ref_area", "").split("+") if "ref_area" in given else None
        if endpoint == "/data/ref_area":
            areas = [given["id"][:-2]]
        rows = [row for row in rows if areas is None or row.split(",")[0] in areas]
        rows = [row for row in rows if int(given.get("timefrom", 0)) <= int(row.split(",")[3][:4])]
        rows = [row for row in rows if int(row.split(",")[3][:4]) <= int(given.get("timeto", 9999))]
        return parquet(csv(rows)) if given["format"] == ".parquet" else csv(rows)


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Answer with a status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _, __: Answer(body, code, named)


def instead(body: bytes) -> Fault:
    """Answer with another body."""
    return lambda _, __: Answer(body)


def once(fault: Fault) -> Fault:
    """Misbehave at the first request only."""
    return lambda answer, number: fault(answer, number) if number == 1 else answer


def sent(**how: object) -> Fault:
    """Send the right body wrongly."""
    return lambda answer, _: Answer(answer.body, **how)  # type: ignore[arg-type]


def encoded(cut: int) -> Fault:
    """Send the body packed for the way, without its last bytes and without a length."""
    return lambda answer, _: Answer(gzip.compress(answer.body)[:-cut], 200, {"Content-Encoding": "gzip"}, "none")


def in_seconds(seconds: float) -> str:
    return formatdate(time() + seconds, usegmt=True)
