"""Standard input, output and error, made so that no letter, closed stream or departed reader stops a command."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_OUTPUT, _ERROR = 1, 2


class _Stream(io.FileIO):
    """A standard stream. A reader that left is not an error; nothing that befalls standard error is one."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self.name = "standard output" if descriptor == _OUTPUT else "standard error"

    def write(self, content: ReadableBuffer, /) -> int:
        try:
            return super().write(content) or 0
        except OSError as problem:
            # What follows, and what is still buffered, goes nowhere: one failure is reported, once.
            _open_nowhere(self.fileno())
            if isinstance(problem, BrokenPipeError | ConnectionResetError) or self.fileno() == _ERROR:
                return memoryview(content).nbytes
            problem.filename = self.name
            raise


def prepare() -> None:
    """Make the streams of this process safe to print to.

    A letter that the console cannot show is written as its number. A stream that was closed leads nowhere, so
    that no file opened later takes its place. Streams that others put in place stay as they are.
    """
    for descriptor in (0, _OUTPUT, _ERROR):
        try:
            os.fstat(descriptor)
        except OSError:
            _open_nowhere(descriptor)
    if sys.stdout is sys.__stdout__:
        sys.stdout = _text(_OUTPUT, sys.stdout)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _text(_ERROR, sys.stderr)


def finish(code: int) -> int:
    """Return the exit code of a command that ended with `code`, once its output is written: 1 when it cannot be."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as problem:
        print(f"socdialog: standard output cannot be written: {problem.strerror}", file=sys.stderr)  # noqa: T201
        code = code or 1
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.flush()
    return code


def is_narrow(stream: TextIO) -> bool:
    """Say whether some letters cannot be written to `stream` as they are."""
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "") not in {"utf8", "utf16", "utf32"}


def _text(descriptor: int, before: TextIO | None) -> TextIO:
    if before is not None:
        with contextlib.suppress(OSError):
            before.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Stream(descriptor)),
        encoding=before.encoding if before is not None else "utf-8",
        errors="backslashreplace",
        line_buffering=descriptor == _ERROR or bool(getattr(before, "line_buffering", False)),
    )


def _open_nowhere(descriptor: int) -> None:
    opened = os.open(os.devnull, os.O_RDWR)
    if opened != descriptor:
        os.dup2(opened, descriptor)
        os.close(opened)
    else:
        os.set_inheritable(descriptor, True)  # noqa: FBT003 - the name of the argument is the function
