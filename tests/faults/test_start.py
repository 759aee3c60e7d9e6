"""The process that runs notebooks dies, hangs or is not to be had at its start: it is told, and the old site stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_study import ROOT, SmallStudy, notebook

from socdialog.publishing import local
from socdialog.publishing.executor import Outcome, Task
from socdialog.publishing.local import LocalExecutor

REASON = "the process that runs notebooks could not start"
#: What every Python reads at its start when it is found; here it strikes the warm process only.
STRIKE = """
import os, pathlib, sys, threading, time
if "socdialog.publishing.fork_server" in sys.orig_argv:
    with open({starts!r}, "a") as file:
        print("start", file=file)
    number = len(open({starts!r}).readlines())
    {what}
"""
DEATHS = {
    "killed": "os.kill(os.getpid(), 9)",
    "a broken module": "sys.modules['papermill'] = None",
    "an early exit": "os._exit(0)",
}


def strike(folder: Path, what: str, *, package: Path = ROOT) -> dict[str, str]:
    """Make `what` happen at each start of a warm process; return the environment that does it."""
    (folder / "strike").mkdir(exist_ok=True)
    text = STRIKE.format(starts=str(folder / "starts"), what=what)
    (folder / "strike" / "sitecustomize.py").write_text(text)
    return {"PYTHONPATH": f"{package}:{folder / 'strike'}"}


def starts(folder: Path) -> int:
    return len((folder / "starts").read_text().splitlines())


@pytest.mark.parametrize(
    "death", [pytest.param(one, marks=[pytest.mark.long] if one != "killed" else []) for one in DEATHS]
)
def test_every_page_is_kept_when_no_notebook_can_run(whole_study: SmallStudy, death: str) -> None:
    study = whole_study
    study.write("changed = True")
    code, said = study.build(
        "AZE", "KAZ", "TUR", "--jobs", "1", **strike(study.folder, DEATHS[death], package=study.package)
    )
    assert code == 1
    study.assert_whole()
    for country in ("AZE", "KAZ", "TUR"):
        assert f"Kept from an earlier edition: {country} ({REASON})" in said
        page = study.page(f"countries/{country}.html")
        assert f"<p>{country}</p>" in page
        assert REASON in page
        told = (study.folder / ".socdialog" / "failed" / "site" / f"{country}.txt").read_text()
        assert REASON in told
        assert ("papermill" in told) == (death == "a broken module"), "its own words are kept"
    assert starts(study.folder) == 3, "it is tried again, and not for every page"
    assert not study.processes()
    assert study.build("AZE", "KAZ", "TUR")[0] == 0


@pytest.mark.long
def test_without_an_interpreter_nothing_runs_and_nothing_is_lost(built_study: SmallStudy) -> None:
    study = built_study
    study.write("changed = True")
    (study.folder / "strike").mkdir()
    (study.folder / "strike" / "sitecustomize.py").write_text("import sys; sys.executable = '/nowhere/python'")
    code, said = study.build("KAZ", PYTHONPATH=f"{study.package}:{study.folder / 'strike'}")
    assert code == 1
    assert REASON in said
    study.assert_whole()
    assert "<p>KAZ</p>" in study.page("countries/KAZ.html")
    assert "/nowhere/python" in (study.folder / ".socdialog" / "failed" / "site" / "KAZ.txt").read_text()
    assert b"/nowhere" not in b"".join(study.published().values())


def test_a_first_start_that_fails_is_not_noticed(study: SmallStudy) -> None:
    code, said = study.build("KAZ", "TUR", **strike(study.folder, "number > 2 or os._exit(1)", package=study.package))
    assert code == 0
    assert "Built: " in said
    assert starts(study.folder) == 3


def run(folder: Path, *cells: str, times: int = 1) -> list[Outcome]:
    executor = LocalExecutor(folder / "run", jobs=2)
    page = notebook("country: str = 'KAZ'", *cells).encode()
    tasks = [Task(name, page, {}, folder) for name in ("one", "two")]
    try:
        return [outcome for _ in range(times) for outcome in executor.run(tasks, timeout=60)]
    finally:
        executor.close()


def test_a_process_that_hangs_at_its_start_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in strike(tmp_path, "time.sleep(600)").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(local, "_BEGIN", 1.0)
    outcomes = run(tmp_path, "1")
    assert sorted(outcome.name for outcome in outcomes) == ["one", "two"]
    assert {outcome.failure and outcome.failure.reason for outcome in outcomes} == {REASON}
    assert starts(tmp_path) == 3


def test_what_gave_up_once_tries_again_the_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in strike(tmp_path, "number > 3 or os._exit(1)").items():
        monkeypatch.setenv(name, value)
    outcomes = run(tmp_path, "1", times=2)
    assert [outcome.failure and outcome.failure.reason for outcome in outcomes] == [REASON, REASON, None, None]


def test_a_process_with_threads_of_others_starts_anew_with_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in strike(
        tmp_path, "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    ).items():
        monkeypatch.setenv(name, value)
    for outcome in run(
        tmp_path, "import sys\nprint('polars' in sys.modules)\nimport polars as pl\npl.Series([1]).sum()"
    ):
        assert outcome.failure is None
        assert b'"False\\n"' in (outcome.notebook or b"")
    assert starts(tmp_path) == 2


def test_a_process_that_hangs_later_on_is_ended_with_what_it_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executor = LocalExecutor(tmp_path / "run", jobs=1)
    simple = notebook("a: int = 1", "1").encode()
    stopping = notebook("country: str = 'KAZ'", "import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)")
    tasks = [
        Task("stops", stopping.encode(), {}, tmp_path),
        Task("runs", simple, {}, tmp_path),
    ]
    try:
        # A process that stands already answers at once: one that is silent is known to hang soon.
        assert [one.failure for one in executor.run([Task("first", simple, {}, tmp_path)], timeout=60)] == [None]
        outcomes = executor.run(tasks, timeout=1)
        with monkeypatch.context() as impatient:
            impatient.setattr(local, "_BEGIN", 3.0)
            stopped = next(outcomes)
        (ran,) = outcomes
    finally:
        executor.close()
    assert (stopped.name, stopped.failure and stopped.failure.kind) == ("stops", "killed")
    assert (ran.name, ran.failure) == ("runs", None)
