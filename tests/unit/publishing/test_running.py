"""A notebook run by a build gives what an ordinary kernel gives, from a fresh state, as the same bytes each time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from small_study import notebook

from socdialog.publishing.executor import Task
from socdialog.publishing.local import LocalExecutor
from socdialog.publishing.normalise import normalised

CELLS = (
    "print('one'); print('two')\nimport sys; print('three', file=sys.stderr)",
    """from IPython.display import display, HTML, Markdown
display(HTML('<b>b</b>'), Markdown('*m*'))
print('after')
HTML('<i>last</i>')""",
    "handle = display('first', display_id='one'); handle.update('second')",
    "import asyncio\nawait asyncio.sleep(0)\n{'b': 1, 'a': [country, since]}",
    "class Thing:\n    def _repr_html_(self): return '<p>thing</p>'\n    def __repr__(self): return 'thing'\nThing()",
    "5;",
    "object()",
)
PARAMETERS = 'country: str = "KAZ"\nsince: int | None = 2010'


@pytest.fixture(scope="module")
def executor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalExecutor]:
    made = LocalExecutor(tmp_path_factory.mktemp("run") / "work", jobs=1)
    yield made
    made.close()


def task(*cells: str, name: str = "page", **parameters: str | int | bool | None) -> Task:
    return Task(name, notebook(PARAMETERS, *cells).encode(), parameters, Path("/nowhere"))


def test_outputs_are_those_of_an_ordinary_kernel(executor: LocalExecutor, tmp_path: Path) -> None:
    (tmp_path / "in.ipynb").write_text(notebook(PARAMETERS, *CELLS))
    by_hand = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-p", "country", "AZE"]
    subprocess.run(by_hand, cwd=tmp_path, check=True, capture_output=True)
    kernel = normalised(json.loads((tmp_path / "out.ipynb").read_bytes()))
    (ours,) = executor.run([task(*CELLS, country="AZE")], timeout=60)
    assert ours.failure is None
    assert ours.notebook is not None
    assert json.loads(ours.notebook) == json.loads(kernel)
    nbformat.validate(nbformat.reads(ours.notebook.decode(), as_version=4))


def test_frozen_columns_work_in_every_fork(executor: LocalExecutor) -> None:
    work = "import polars as pl\npl.DataFrame({'a': list(range(9999))}).group_by(pl.col('a') % 7).len()['len'].sum()"
    outcomes = list(executor.run([task(work, name=f"n{number}") for number in range(40)], timeout=60))
    assert [outcome.failure for outcome in outcomes] == [None] * 40
    assert all(b'"9999"' in (outcome.notebook or b"") for outcome in outcomes)


def test_a_value_is_data_and_never_code(executor: LocalExecutor) -> None:
    evil = 'KAZ"\nraise SystemExit("ran")\n#{country}\\'
    (outcome,) = executor.run([task("country", country=evil)], timeout=60)
    assert outcome.failure is None
    assert outcome.notebook is not None
    shown = json.loads(outcome.notebook)["cells"][-1]["outputs"][0]["data"]["text/plain"]
    assert "".join(shown) == repr(evil)


def test_a_tuple_comes_as_the_list_that_json_makes_of_it(executor: LocalExecutor) -> None:
    (outcome,) = executor.run([task("country", country=("KAZ", "UZB"))], timeout=60)
    shown = json.loads(outcome.notebook or b"")["cells"][-1]["outputs"][0]["data"]["text/plain"]
    assert "".join(shown) == "['KAZ', 'UZB']"


@pytest.mark.parametrize(
    ("cell", "kind", "reason"),
    [
        ("1/0", "cell", "cell 3 ended with ZeroDivisionError"),
        ("import os; os._exit(7)", "killed", "its process ended early (exit code 7)"),
        ("import os; os.kill(os.getpid(), 9)", "killed", "its process ended early (SIGKILL)"),
        ("while True: pass", "timeout", "it timed out after 2 seconds"),
        ("input()", "cell", "cell 3 ended with EOFError"),
    ],
)
def test_failures_have_a_reason_and_the_partial_notebook(
    executor: LocalExecutor, cell: str, kind: str, reason: str
) -> None:
    (outcome,) = executor.run([task(cell, country="AZE")], timeout=2)
    assert outcome.failure is not None
    assert (outcome.failure.kind, outcome.failure.reason) == (kind, reason)
    assert outcome.notebook is not None
    assert b"AZE" in outcome.notebook


def test_processes_a_notebook_started_end_with_it(executor: LocalExecutor) -> None:
    (outcome,) = executor.run(
        [task("import subprocess\nprint('pid', subprocess.Popen(['sleep', '300']).pid)")], timeout=30
    )
    assert outcome.notebook is not None
    pid = int(outcome.notebook.decode().split("pid ")[1].split("\\n")[0])
    # The signal was sent before the outcome came; when it strikes is the system's matter.
    until = time.monotonic() + 20
    while lives(pid):
        assert time.monotonic() < until, "it lives on"


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_written_holds_no_clock_path_or_random_name() -> None:
    cell = {
        "cell_type": "code",
        "id": "b1946ac9",
        "metadata": {"tags": ["injected-parameters"], "papermill": {"start_time": "2026-01-01"}},
        "execution_count": 1,
        "source": "country = 'KAZ'",
        "outputs": [
            {
                "output_type": "execute_result",
                "execution_count": 1,
                "metadata": {},
                "data": {
                    "text/plain": "<Thing at 0x7f0011223344>",
                    "text/html": f"<div id='altair-viz-{'ab' * 16}'></div>",
                },
            }
        ],
    }
    banner = {"cell_type": "markdown", "id": "x", "metadata": {"tags": ["papermill-error-cell-tag"]}, "source": "!"}
    whole = {
        "cells": [banner, cell],
        "metadata": {"papermill": {"output_path": str(Path.cwd())}, "language_info": {"version": "3.11.7"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = normalised(whole).decode()
    assert not any(word in text for word in ("2026-01-01", str(Path.cwd()), "3.11.7", "0x7f", "abab", "b1946ac9", "!"))
    assert normalised(json.loads(text)) == text.encode()


def test_the_warm_process_may_fork_with_everything_imported(executor: LocalExecutor) -> None:
    (outcome,) = executor.run([task("'socdialog.profiles' in __import__('sys').modules")], timeout=60)
    assert b'"True"' in (outcome.notebook or b""), "another thread was found at the fork; see fork_server._HARMLESS"
