"""Printing never stops a command: no letter, no closed stream, no reader that left; only a full disk does, once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LETTERS = "Türkiye Қазақстан 😀"
#: A command of the usual form that prints much to both streams, and ends with 1.
COMMAND = f"""
import os, sys
from socdialog import console, machine

def command():
    print({LETTERS!r})
    for number in range(LINES):
        print("line", number)
    print("on error:", {LETTERS!r}, file=sys.stderr, flush=True)
    return 1

console.prepare()
opened = os.open(os.devnull, os.O_RDONLY)
print("first free:", opened, file=sys.stderr)
sys.exit(console.finish(machine.run(command)))
"""


def shell(line: str, *, lines: int = 3, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which $COMMAND is the command above."""
    command = COMMAND.replace("LINES", str(lines))
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "utf-8",
            **environment,
            "PYTHON": sys.executable,
            "SCRIPT": command,
        },
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


RUN = '"$PYTHON" -c "$SCRIPT"'


def test_as_a_rule_everything_is_printed() -> None:
    ended = shell(RUN)
    assert ended.returncode == 1
    assert ended.stdout == f"{LETTERS}\nline 0\nline 1\nline 2\n"
    assert ended.stderr.endswith(f"on error: {LETTERS}\n")


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "ascii:strict", "cp1251"])
def test_a_letter_that_the_console_lacks_is_written_as_its_number(encoding: str) -> None:
    ended = shell(RUN, PYTHONIOENCODING=encoding)
    assert ended.returncode == 1
    assert "\\U0001f600" in ended.stdout
    assert "\\U0001f600" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("lines", [3, 100_000])
def test_a_closed_stream_is_no_error_and_no_file_takes_its_place(closed: str, lines: int) -> None:
    ended = shell(f"{RUN} {closed}", lines=lines)
    assert ended.returncode == 1
    assert ended.stdout.count("line") == (0 if ">&-" in closed.replace("2>&-", "") else lines)
    assert "on error" not in ended.stdout
    if "2>&-" not in closed:
        assert int(ended.stderr.split("first free: ")[1].split()[0]) > 2


@pytest.mark.parametrize("lines", [3, 100_000])
@pytest.mark.parametrize("reader", ["head -1", "true"])
def test_a_reader_that_leaves_changes_nothing_of_the_exit_code(lines: int, reader: str) -> None:
    ended = shell(f"{RUN} | {reader}", lines=lines)
    assert ended.returncode == 1
    assert "on error" in ended.stderr, "the command went on to its end"
    assert "Exception" not in ended.stderr
    assert "Broken" not in ended.stderr
    ended = shell(f"{{ {RUN} 2>&1 >/dev/null; }} | true", lines=lines)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("lines", [3, 100_000])
def test_output_that_cannot_be_written_is_told_once(lines: int) -> None:
    done = COMMAND.replace("return 1", "return 0").replace("LINES", str(lines))
    ended = shell('"$PYTHON" -c "$DONE" >/dev/full', DONE=done)
    assert ended.returncode == 1
    assert ended.stderr.count("No space left on device") == 1
    assert "standard output" in ended.stderr
    assert "Exception" not in ended.stderr
    ended = shell(f"{RUN} 2>/dev/full", lines=lines)
    assert (ended.returncode, ended.stdout.count("line")) == (1, lines)


@pytest.mark.parametrize("line", ["--help", "bild"])
@pytest.mark.parametrize("streams", [">/dev/full", ">&- 2>&-", "| true"])
def test_help_and_wrong_use_keep_their_code(line: str, streams: str) -> None:
    ended = shell(f'"$PYTHON" -m socdialog.cli {line} {streams}')
    full = line == "--help" and streams == ">/dev/full"
    assert ended.returncode == (1 if full else 2 if line == "bild" else 0)
    assert "Exception" not in ended.stderr


def test_json_stays_json_where_letters_are_lacking() -> None:
    script = (
        "import json, sys\nfrom socdialog import console\nconsole.prepare()\n"
        f"print(json.dumps([{LETTERS!r}], ensure_ascii=console.is_narrow(sys.stdout)))\nconsole.finish(0)"
    )
    for encoding, shown in (("utf-8", LETTERS), ("utf8", LETTERS), ("ascii", "\\ud83d"), ("latin-1", "\\u00fc")):
        said = shell('"$PYTHON" -c "$ONE"', ONE=script, PYTHONIOENCODING=encoding).stdout
        assert json.loads(said) == [LETTERS]
        assert shown in said
