"""The contract of the commands: no error in a check means that cleaning and building end well."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from socdialog import country_profile, regional_comparison
from socdialog.errors import DataError, SocdialogError
from socdialog.intake.check_report import CheckReport
from socdialog.intake.faults import FAULTS
from socdialog.loaders.fresh import check_study, clean_study
from socdialog.parameters import study_countries
from socdialog.publishing.building import Options, build
from socdialog.publishing.plan import Request
from socdialog.store.study import Study

#: Seconds after which a step hangs.
PATIENCE = 120
TODAY = date(2026, 11, 29)


@dataclass(frozen=True)
class Outcome:
    """How far a study came, and what broke the contract on the way (empty = nothing)."""

    reached: str
    violation: str = ""


def hold(data: Path, *, clean: bool = True, pages: int = 0, sites: bool = False) -> Outcome:
    """Check the study at `data`, clean it if it has no error, and make pages if it is clean.

    Parameters
    ----------
    data
        The folder that holds ``raw/``.
    clean
        Whether the tables are written too; the check cleans them in memory in any case.
    pages
        How many countries' pages are made in this process; the comparison is made too if there are any.
    sites
        Whether a whole site is built with the shipped notebooks.
    """
    report, broken = _tried("check", lambda: check_study(data, today=TODAY))
    if broken:
        return Outcome("nothing", broken)
    assert isinstance(report, CheckReport)
    str(report).encode("utf-8")
    faults = [str(problem) for problem in report.errors if problem.rule == "program_fault"]
    if faults:
        return Outcome("check", f"check: {faults[0]}")
    if report.errors:
        return Outcome("errors")
    reached = "check"
    for place, step in _steps(data, clean=clean, pages=pages, sites=sites):
        _, broken = _tried(place, step)
        if broken:
            return Outcome(reached, broken)
        reached = place
    return Outcome(reached)


def _steps(data: Path, *, clean: bool, pages: int, sites: bool) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what must end well for data without errors, in order."""
    if clean:
        yield "clean", lambda: clean_study(data, today=TODAY)
    if pages:
        for code in list(study_countries(data / "raw"))[:pages]:
            yield "pages", lambda code=code: country_profile(code, data=data)._repr_mimebundle_()
        yield "pages", lambda: regional_comparison(data=data)._repr_mimebundle_()
    if sites:
        yield "site", lambda: _built(data)


def _built(data: Path) -> None:
    """Build the site with the shipped notebooks; a page that fails breaks the contract."""
    summary = build(Study(data), data.parent / "site", Request(), options=Options(jobs=1))
    if summary.failed:
        raise DataError(f"pages failed: {dict(summary.failed)}")


class _HangError(Exception):
    """A step did not end."""


def _tried(step: str, act: Callable[[], object]) -> tuple[object, str]:
    """Run a step and say how it broke the contract."""
    try:
        with _patience():
            return act(), ""
    except SocdialogError as problem:
        return None, f"{step}: {type(problem).__name__}: {str(problem)[:600]}"
    except FAULTS as problem:
        place = traceback.extract_tb(problem.__traceback__)
        own = [one for one in place if "/socdialog/" in one.filename] or list(place)
        where = f"{Path(own[-1].filename).name}:{own[-1].lineno}"
        return None, f"{step}: {type(problem).__name__} at {where}: {str(problem)[:300]}"


@contextmanager
def _patience() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _HangError(f"hangs for {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
