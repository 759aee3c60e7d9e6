"""What the machine does to a command: no space, no memory, a limit, a stop. Each is one clear line and an exit code."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from socdialog import console
from socdialog.errors import SocdialogError, UsageError

INTERRUPTED = 130
_UNCHANGED = "the previous output is unchanged"
_PR_SET_PDEATHSIG = 1
#: What ends a command in order, where the system knows it.
_STOPS = tuple(number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None)
#: What can be done about an answer of the system.
_HINTS = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space, or ask for a larger quota",
    errno.EFBIG: "raise the largest size of a file (ulimit -f)",
    errno.EMFILE: "raise the number of open files (ulimit -n)",
    errno.ENFILE: "raise the number of open files of the system",
    errno.EAGAIN: "raise the number of processes (ulimit -u)",
    errno.ENOMEM: "free some memory, or raise the limit on it (ulimit -v)",
    errno.EACCES: "change the permissions, or choose another folder",
    errno.EPERM: "change the permissions, or choose another folder",
    errno.EROFS: "choose a folder that can be written to",
    errno.ENAMETOOLONG: "use shorter names",
}
#: How a library writes the number of the system's answer into its own message.
_NUMBER = re.compile(r"\(os error ([0-9]+)\)|\bOs \{ code: ([0-9]+)")
_NO_MEMORY = re.compile(r"failed to map segment|cannot allocate memory|can't start new thread", re.IGNORECASE)
_MIB = 1024 * 1024
#: Addresses that any command takes, and that the renderer of charts reserves; little of it becomes memory.
_ANY_COMMAND, _CHARTS = 2048 * _MIB, 72 * 1024 * _MIB


def run(command: Callable[[], int], *, draws: bool = False) -> int:
    """Run a command and return its exit code, whatever happens to it.

    Parameters
    ----------
    command
        Returns its own exit code.
    draws
        Whether it draws charts.
    """
    with _stopped_in_order():
        return _guarded(lambda: _limited(command, draws=draws))


def explain(problem: BaseException) -> str | None:
    """Return in one line what the machine refused; None when the fault is not the machine's.

    Examples
    --------
    >>> explain(OSError(errno.ENOSPC, "No space left on device", "data/clean"))
    'No space left on device: data/clean; free some space'
    """
    if isinstance(problem, OSError):
        where = " -> ".join(str(name) for name in (problem.filename, problem.filename2) if name is not None)
        return _answer(problem.errno, problem.strerror or str(problem) or type(problem).__name__, where)
    text = str(problem)
    number = _NUMBER.search(text)
    if number is not None:
        code = int(number[1] or number[2])
        return _answer(code, os.strerror(code))
    if isinstance(problem, MemoryError) or _NO_MEMORY.search(text):
        return _answer(errno.ENOMEM, os.strerror(errno.ENOMEM))
    if isinstance(problem, ImportError) and not (problem.name or "").startswith("socdialog"):
        return f"a package cannot be imported: {text}; install the requirements again"
    return None


def die_with_parent() -> None:
    """Ask the system to end this process when its parent ends, where it can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _guarded(command: Callable[[], int]) -> int:
    try:
        return command()
    except SocdialogError as problem:
        _print(f"socdialog: {problem.title}", *problem.details, problem.hint)
        return problem.exit_code
    except KeyboardInterrupt:
        _print(f"socdialog: stopped; {_UNCHANGED}")
        return INTERRUPTED
    except (SystemExit, GeneratorExit):
        raise
    except BaseException as problem:  # noqa: BLE001 - a panic of a library is no Exception
        _print_failure(problem)
        return 1


def _answer(code: int | None, text: str, where: str = "") -> str:
    hint = _HINTS.get(code or 0)
    return "".join((text, f": {where}" if where else "", f"; {hint}" if hint else ""))


def _print(*lines: str) -> None:
    print(*filter(None, lines), sep="\n", file=sys.stderr)  # noqa: T201 - an error of the command line


def _print_failure(problem: BaseException) -> None:
    explanation = explain(problem)
    if explanation is not None:
        _print(f"socdialog: {explanation}; {_UNCHANGED}")
        return
    import traceback

    _print(
        f"socdialog: internal error: {type(problem).__name__}; {_UNCHANGED}",
        "This is a defect of socdialog. Please report it with the lines below.",
        "".join(traceback.format_exception(problem)).rstrip(),
    )


@contextmanager
def _stopped_in_order() -> Iterator[None]:
    """Let the system's stop be as orderly as one by the keyboard: what was begun is removed.

    What is ignored already, as by ``nohup``, stays ignored. A second stop does not disturb the removal.
    """

    def stop(*_: object) -> NoReturn:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: found for number in _STOPS if (found := signal.getsignal(number)) is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, found in before.items():
            signal.signal(number, found)


def _refuse_lost_folder() -> None:
    """Refuse to work in a folder that is gone: no relative path means anything there.

    Raises
    ------
    UsageError
        When the current folder was removed, or may not be entered.
    """
    try:
        Path.cwd()
    except OSError as problem:
        raise UsageError(
            f"the current folder cannot be used: {problem.strerror}", hint="change to another folder"
        ) from None


def _limited(command: Callable[[], int], *, draws: bool) -> int:
    """Run a command under the limits on memory, if there are any.

    Raises
    ------
    UsageError
        When the limit on addresses is below what the libraries reserve: they would crash at their import; or in a
        folder that is gone.
    """
    _refuse_lost_folder()
    try:
        import resource
    except ImportError:
        return command()
    addresses, data = (resource.getrlimit(kind)[0] for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA))
    needed = _CHARTS if draws else _ANY_COMMAND
    if addresses != resource.RLIM_INFINITY and addresses < needed:
        has, takes = f"{addresses // _MIB:,} MiB", f"{needed // _MIB:,} MiB"
        raise UsageError(
            f"the limit on memory (ulimit -v) is {has}; this command reserves {takes}",
            hint="run `ulimit -v unlimited`; to limit what is really used, use a control group (systemd: MemoryMax=)",
        )
    if {addresses, data} == {resource.RLIM_INFINITY} or threading.active_count() > 1:
        return command()
    return _supervised(command)


def _supervised(command: Callable[[], int]) -> int:
    """Run a command in a child process: where memory is limited a library may end its process without a word.

    Stops and the end of the child are taken from one queue: a stop that came between a look and a wait would be
    heard only when the child has ended by itself.
    """
    stops = {number for number in (*_STOPS, signal.SIGINT) if signal.getsignal(number) is not signal.SIG_IGN}
    awaited = {*stops, signal.SIGCHLD}
    open_before = signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    # A signal that nobody handles may be dropped although it is blocked.
    at_end = signal.signal(signal.SIGCHLD, lambda *_: None) or signal.SIG_DFL
    try:
        child = os.fork()
        if child == 0:
            _run_as_child(command, open_before)
        ended, status = 0, 0
        while not ended:
            number = signal.sigwait(awaited)
            if number in stops:
                os.kill(child, number)
            else:
                ended, status = os.waitpid(child, os.WNOHANG)
    finally:
        signal.signal(signal.SIGCHLD, at_end)
        signal.pthread_sigmask(signal.SIG_SETMASK, open_before)
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return code
    name = signal.Signals(-code).name
    _print(f"socdialog: the process was ended by {name}; raise the limit on memory (ulimit -v, -d); {_UNCHANGED}")
    return 1


def _run_as_child(command: Callable[[], int], open_before: set[int]) -> NoReturn:
    def opened() -> int:
        # Here, not earlier: a stop that waits already is raised by this line.
        signal.pthread_sigmask(signal.SIG_SETMASK, open_before)
        return command()

    try:
        # A stop by the keyboard reaches this process once: through its parent.
        os.setpgid(0, 0)
        die_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os._exit(console.finish(_guarded(opened)))
    finally:
        # Memory ended while the reason was being written: the parent tells it.
        os.kill(os.getpid(), signal.SIGKILL)
