"""One holder at a time, and a dead holder holds nothing."""

from __future__ import annotations

import errno
import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from socdialog.errors import BusyError, UsageError
from socdialog.store.locks import locked

HOLD = """
import sys, time
from pathlib import Path
from socdialog.store.locks import locked
with locked(Path(sys.argv[1]), wait=5):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_holder_waits_then_gives_up_and_a_killed_holder_frees_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "build.lock"
    root = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, cwd=root) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyError, match=r"timed out after 0\.1 seconds") as refused, locked(path, wait=0.1):
            pass
        assert refused.value.exit_code == 3
        holder.kill()
        holder.wait()
    with locked(path, wait=5):
        pass


@pytest.mark.parametrize("name", ["ENOLCK", "EOPNOTSUPP", "ENOTSUP", "ENOSYS"])
def test_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def refused(*_: object) -> None:
        raise OSError(getattr(errno, name), "nobody locks here")

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(UsageError, match="cannot be locked: nobody locks here"), locked(tmp_path / "a.lock", wait=0.1):
        pass
