"""Draw charts for the processes of a build.

The renderer takes most of a second to start, and cannot be forked once it has. So the build starts it
once, and each notebook's process sends its charts over a connection of its own: bytes of JSON, never a pickle.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Thread
from types import ModuleType


def serve(channel: Connection) -> None:
    """Draw what comes over `channel` until its other end closes."""

    def work() -> None:
        with channel, suppress(EOFError, OSError):  # closed at any error, so that nobody waits for an answer
            from socdialog.display.svg import drawn

            while True:
                asked = channel.recv_bytes()
                try:
                    answer = {"svg": drawn(asked.decode())}
                except Exception as problem:  # noqa: BLE001 - whatever the renderer says belongs to the notebook
                    answer = {"problem": str(problem)}
                channel.send_bytes(json.dumps(answer).encode())

    Thread(target=work, name="draw", daemon=True).start()


def warm_up() -> None:
    """Start the renderer in the background."""

    def work() -> None:
        import vl_convert

        vl_convert.vegalite_to_svg({"mark": "bar", "data": {"values": [{"a": 1}]}}, show_warnings=False)

    Thread(target=work, name="warm-up", daemon=True).start()


def draw_through(channel: Connection) -> None:
    """Make this process draw its charts over `channel`."""
    module = ModuleType("vl_convert")

    def vegalite_to_svg(spec: object, **_: object) -> str:
        try:
            channel.send_bytes(json.dumps(spec).encode())
            answer = json.loads(channel.recv_bytes())
        except (EOFError, OSError):
            raise RuntimeError("the build that draws the charts has ended") from None
        if "problem" in answer:
            raise ValueError(answer["problem"])
        return str(answer["svg"])

    module.vegalite_to_svg = vegalite_to_svg  # type: ignore[attr-defined]
    sys.modules["vl_convert"] = module
