"""Whatever the machine does to a command, it is one line and the right exit code; only our own faults show where."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from socdialog import machine
from socdialog.errors import DataError, UsageError

ROOT = Path(__file__).parents[2]
#: Ten minutes in short steps: Python looks for a signal between two of them, not between a look and a long sleep.
WORK = "[time.sleep(0.05) for _ in range(12_000)]"
resource = pytest.importorskip("resource", reason="this system has no limits for a process")


class PanicException(BaseException):
    """What a panic in Rust becomes."""


def raising(problem: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise problem

    return command


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "a"), "No space left on device: a; free some space"),
        (OSError(errno.EFBIG, "File too large", "a", None, "b"), "File too large: a -> b; raise the largest size"),
        (PermissionError(errno.EACCES, "Permission denied", b"a"), "Permission denied: b'a'; change the permissions"),
        (OSError(errno.ESTALE, "Stale file handle", "a"), "Stale file handle: a"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files; raise the number of open files"),
        (OSError(errno.ELOOP, "Too many levels of symbolic links", "a"), "Too many levels of symbolic links: a"),
        (OSError("in words only"), "in words only"),
        (TimeoutError(), "TimeoutError"),
        (MemoryError(), "Cannot allocate memory; free some memory"),
        (RuntimeError("can't start new thread"), "Cannot allocate memory"),
        (ImportError("x.so: failed to map segment from shared object"), "Cannot allocate memory"),
        (
            RuntimeError("parquet: underlying IO error: No space left on device (os error 28)"),
            "No space left on device",
        ),
        (PanicException('IOError(Os { code: 11, kind: WouldBlock, message: "x" })'), "Resource temporarily"),
        (ModuleNotFoundError("No module named 'polars'", name="polars"), "a package cannot be imported: No module"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_the_machine_refuses_is_one_line_and_exit_1(
    problem: BaseException, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert machine.run(raising(problem)) == 1
    told = capsys.readouterr().err
    assert told.startswith(f"socdialog: {said}")
    assert told.endswith("; the previous output is unchanged\n")
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "problem",
    [
        TypeError("no"),
        ValueError("os error 28"),
        PanicException("index out of bounds"),
        RecursionError("maximum recursion depth exceeded"),
        ModuleNotFoundError("No module named 'socdialog.nothing'", name="socdialog.nothing"),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_a_fault_of_ours_says_so_before_it_shows_where(
    problem: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert machine.run(raising(problem)) == 1
    first, second, third, *_ = capsys.readouterr().err.splitlines()
    assert first == f"socdialog: internal error: {type(problem).__name__}; the previous output is unchanged"
    assert "defect of socdialog" in second
    assert third == "Traceback (most recent call last):"


def test_what_a_person_can_mend_keeps_its_code_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert machine.run(raising(UsageError("wrong", hint="do this", details=["a", "b"]))) == 2
    assert capsys.readouterr().err == "socdialog: wrong\na\nb\ndo this\n"
    assert machine.run(raising(DataError("bad"))) == 1
    assert capsys.readouterr().err == "socdialog: bad\n"
    assert machine.run(raising(KeyboardInterrupt())) == 130
    assert [machine.run(lambda code=code: code) for code in (0, 1, 3)] == [0, 1, 3]
    with pytest.raises(SystemExit):
        machine.run(raising(SystemExit(7)))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_stop_of_the_system_is_one_of_the_keyboard_and_a_second_one_waits(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    # Not as whoever started the tests has it: under nohup a hang-up is ignored.
    earlier = signal.signal(number, signal.SIG_DFL)
    before = signal.getsignal(number)
    removed = []

    def command() -> int:
        try:
            os.kill(os.getpid(), number)
            signal.pause()
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            os.kill(os.getpid(), signal.SIGHUP)
            removed.append("everything")
        return 0

    try:
        assert machine.run(command) == 130
        assert removed == ["everything"]
        assert "stopped; the previous output is unchanged" in capsys.readouterr().err
        assert signal.getsignal(number) is before
    finally:
        signal.signal(number, earlier)


def test_a_stop_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert machine.run(lambda: os.kill(os.getpid(), signal.SIGHUP) or 4) == 4
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_a_folder_that_is_gone_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert machine.run(raising(AssertionError())) == 2
    assert "the current folder cannot be used: No such file" in capsys.readouterr().err


def limited(command: str, *, addresses: int, draws: bool = False, first: str = "") -> subprocess.Popen[str]:
    """Start a command of some lines in a process of its own that may have `addresses` mebibytes.

    What comes `first` is done before. Stops are heard, however the tests were started: under nohup a hang-up is not.
    """
    script = (
        "import os, resource, signal, sys, time\nfrom socdialog import console, machine\nconsole.prepare()\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({addresses} << 20, {addresses} << 20))\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        f"{first}\n"
        f"def command():\n    {command}\n"
        f"sys.exit(console.finish(machine.run(command, draws={draws})))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("addresses", "draws", "code"), [(2047, False, 2), (2048, False, 5), (73727, True, 2), (73728, True, 5)]
)
def test_too_little_memory_is_wrong_use_before_anything_is_imported(addresses: int, draws: bool, code: int) -> None:
    with limited("print('ran'); return 5", addresses=addresses, draws=draws) as process:
        out, said = process.communicate(timeout=60)
    assert process.returncode == code
    assert out == ("ran\n" if code == 5 else "")
    if code == 2:
        assert f"(ulimit -v) is {addresses:,} MiB; this command reserves {addresses + 1:,} MiB" in said


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("os.abort()", 1, "the process was ended by SIGABRT"),
        ("os.kill(os.getpid(), signal.SIGTRAP)", 1, "the process was ended by SIGTRAP"),
        ("os.kill(os.getpid(), signal.SIGKILL)", 1, "the process was ended by SIGKILL"),
        ("return len(bytearray(8 << 30))", 1, "Cannot allocate memory"),
        ("raise TypeError", 1, "internal error: TypeError"),
        ("sys.modules['traceback'] = None; raise TypeError", 1, "the process was ended by SIGKILL"),
        ("return 3", 3, ""),
        ("return 0", 0, ""),
    ],
)
def test_a_library_that_ends_the_process_for_lack_of_memory_is_told(command: str, code: int, said: str) -> None:
    with limited(command, addresses=4096) as process:
        told = process.communicate(timeout=60)[1]
    assert process.returncode == code
    assert said in told
    assert "ulimit -v" in told or "ended by" not in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("moment", ["fork", "waitpid"])
def test_a_stop_between_the_steps_of_the_parent_is_heard_at_once(number: signal.Signals, moment: str) -> None:
    # The command ends by itself only after a time that nobody waits for.
    first = (
        f"step = os.{moment}\n"
        "def stopped_before(*arguments):\n"
        f"    os.{moment} = step\n"
        f"    os.kill(os.getpid(), {int(number)})\n"
        "    return step(*arguments)\n"
        f"os.{moment} = stopped_before\n"
    )
    command = f"os.kill(os.getppid(), signal.SIGCHLD); {WORK}"
    with limited(command, addresses=4096, first=first) as process:
        _, said = process.communicate(timeout=120)
    assert (process.returncode, said.count("stopped")) == (130, 1), said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_stop_reaches_a_command_whose_memory_is_limited(number: signal.Signals) -> None:
    with limited(f"print(os.getpid(), flush=True); {WORK}", addresses=4096) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert child != process.pid
        assert os.getpgid(child) == child, "a stop by the keyboard would reach it twice"
        process.send_signal(number)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert said.count("stopped") == 1
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
