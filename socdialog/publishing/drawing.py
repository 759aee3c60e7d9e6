"""Draw charts for the processes of a build.

The renderer takes most of a second to start, and cannot be forked once it has. So the build starts it
once, and each notebook's process sends its charts over a socket of its own.
"""

from __future__ import annotations

import json
import socket
import struct
import sys
from threading import Thread
from types import ModuleType

_SIZE = struct.Struct("!cI")


def serve(channel: socket.socket) -> None:
    """Draw what comes over `channel` until its other end closes."""

    def work() -> None:
        with channel:  # closed at any error, so that nobody waits for an answer
            from socdialog.display.svg import drawn

            while (asked := _receive(channel)) is not None:
                try:
                    _send(channel, b"+", drawn(asked[1].decode()).encode())
                except OSError:
                    return
                except Exception as problem:  # noqa: BLE001 - whatever the renderer says belongs to the notebook
                    _send(channel, b"-", str(problem).encode())

    Thread(target=work, name="draw", daemon=True).start()


def warm_up() -> None:
    """Start the renderer in the background."""

    def work() -> None:
        import vl_convert

        vl_convert.vegalite_to_svg({"mark": "bar", "data": {"values": [{"a": 1}]}}, show_warnings=False)

    Thread(target=work, name="warm-up", daemon=True).start()


def draw_through(channel: socket.socket) -> None:
    """Make this process draw its charts over `channel`."""
    module = ModuleType("vl_convert")

    def vegalite_to_svg(spec: object, **options: object) -> str:
        del options
        _send(channel, b"?", json.dumps(spec).encode())
        answer = _receive(channel)
        if answer is None:
            raise RuntimeError("the build that draws the charts has ended")
        if answer[0] == b"-":
            raise ValueError(answer[1].decode())
        return answer[1].decode()

    module.vegalite_to_svg = vegalite_to_svg  # type: ignore[attr-defined]
    sys.modules["vl_convert"] = module


def _send(channel: socket.socket, kind: bytes, content: bytes) -> None:
    channel.sendall(_SIZE.pack(kind, len(content)) + content)


def _receive(channel: socket.socket) -> tuple[bytes, bytes] | None:
    head = _exactly(channel, _SIZE.size)
    if head is None:
        return None
    kind, size = _SIZE.unpack(head)
    content = _exactly(channel, size)
    return None if content is None else (kind, content)


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = channel.recv(size - len(parts))
        except OSError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)
