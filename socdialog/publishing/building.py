"""One build, from the raw data to the site that stands."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socdialog.errors import DataError, UsageError
from socdialog.publishing.build_directory import INTO_EXISTING, BuildDirectory, build_directory, holdings
from socdialog.publishing.executor import Executor, Failure, Task
from socdialog.publishing.memory_watch import MemoryWatch
from socdialog.publishing.plan import PagePlan, Request, changed, environment_hash, key, package_hash, plan
from socdialog.publishing.previous_site import MANIFEST, PreviousSite, previous_site
from socdialog.publishing.progress import Progress, Summary
from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file
from socdialog.store.locks import locked
from socdialog.store.ownership import SITE, claim, in_short, refuse_collisions
from socdialog.store.replacing import replace_folder
from socdialog.store.study import Study
from socdialog.store.withheld import withheld_file

if TYPE_CHECKING:
    from socdialog.loaders.fresh import Frozen

#: Makes the executor of a build in a folder, once there is something to run.
MakeExecutor = Callable[[Path], Executor]


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Parameters
    ----------
    jobs
        Notebooks at once; 0 = as many as there are cores.
    timeout
        Seconds each notebook may take.
    wait
        Seconds to wait for another build of the same site.
    force
        Whether to make every page anew.
    into_existing
        Whether the site may go into a folder that holds other files and no site; they all stay.
    """

    jobs: int = 0
    timeout: float = 600.0
    wait: float = 600.0
    force: bool = False
    into_existing: bool = False


@dataclass(slots=True)
class _Made:
    """What came of the pages so far."""

    notebooks: dict[str, bytes] = field(default_factory=dict)
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    built: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    notebook_mib: float = 0.0


def build(
    study: Study,
    out: Path,
    request: Request,
    *,
    options: Options | None = None,
    progress: Progress | None = None,
    make_executor: MakeExecutor | None = None,
) -> Summary:
    """Make the pages that are asked for, and swap the new site in at `out`.

    Parameters
    ----------
    study
        The data; only read.
    out
        The folder of the site: absent, empty or a site of ours. Whatever else lies in it stays.
    request
        What to build.
    options
        How to.
    progress
        ReportedFigure how it goes on.
    make_executor
        Makes what runs the notebooks; default: this machine's.

    Raises
    ------
    UsageError
        Before any work: wrong parameters, or a place where no site can stand. Before anything is
        replaced: a foreign file where one of the site must go.
    DataError
        With every error of the raw data.
    BusyError
        When another build of the same site did not end in time.
    """
    how = options or Options()
    tell = progress or Progress()
    pages = plan(study, request)
    _refuse_data(study, out)
    build_dir = build_directory(out, into_existing=how.into_existing)
    with locked(build_dir.lock, wait=how.wait):
        left = build_dir.tidy()
        refuse_collisions(holdings(build_dir.out), _certain(pages), str(out))
        asked = _asked(study, pages)
        old = previous_site(build_dir.out)
        found = None if how.force else _nothing_to_do(build_dir, old, asked, pages)
        if found is None:
            try:
                steps = _Build(
                    study,
                    build_dir,
                    old=old,
                    pages=pages,
                    request=request,
                    how=how,
                    tell=tell,
                    make_executor=make_executor or _local(how.jobs),
                )
                with MemoryWatch() as memory:
                    found = steps.run(asked)
                found = replace(found, peak_mib=memory.peak_mib)
            finally:
                shutil.rmtree(build_dir.work, ignore_errors=True)
            build_dir.log({"pages": [page.name for page in pages], **found.record()})
        found = replace(found, left=(*left, *found.left))
        tell.finished(found)
        return found


def why(study: Study, out: Path, request: Request) -> list[str]:
    """Say, for each page that is asked for, what makes it stale; nothing is built."""
    pages = plan(study, request)
    _refuse_data(study, out)
    build_dir = build_directory(out)
    with locked(build_dir.lock, wait=0.0):
        build_dir.tidy()
        old = previous_site(build_dir.out)
        frozen = _freeze(study, build_dir, request)
        lines = []
        for page in pages:
            entry = old.pages().get(page.path)
            if entry is None:
                lines.append(f"{page.name}: was never built")
                continue
            differs = changed(entry["inputs"], page.inputs(_cut(frozen, build_dir, page)))
            lines.append(f"{page.name}: {'changed: ' + ', '.join(differs) if differs else 'up to date'}")
        shutil.rmtree(build_dir.work, ignore_errors=True)
    return lines


def _refuse_data(study: Study, out: Path) -> None:
    """Refuse a site around the data, or among the tables."""
    site, data = out.resolve(), study.data.resolve()
    if data.is_relative_to(site) or any(site.is_relative_to(data / name) for name in ("raw", "clean")):
        raise UsageError(
            f"{out} holds the data of the study, or lies among its tables", hint="name another folder with --out"
        )


def _certain(pages: tuple[PagePlan, ...]) -> list[str]:
    """Return files that the site will have whatever comes: a collision with them is told before any work."""
    return [MANIFEST, "index.html", *(page.path for page in pages)]


def _local(jobs: int) -> MakeExecutor:
    def make(folder: Path) -> Executor:
        from socdialog.publishing.local import LocalExecutor, default_jobs

        return LocalExecutor(folder, jobs=jobs or default_jobs())

    return make


def _asked(study: Study, pages: tuple[PagePlan, ...]) -> dict[str, str]:
    """Return what decides over a whole build, for the quick look whether anything changed."""
    return {
        "raw": fingerprint(study.raw),
        "withheld": _withheld(study),
        "package": package_hash(),
        "environment": environment_hash(),
        **{f"page {page.name}": sha256_bytes(repr(page.inputs("")).encode()) for page in pages},
    }


def _withheld(study: Study) -> str:
    path = withheld_file(study.data)
    return sha256_file(path) if path.is_file() else ""


def _nothing_to_do(
    build_dir: BuildDirectory, old: PreviousSite, asked: Mapping[str, str], pages: tuple[PagePlan, ...]
) -> Summary | None:
    """Return the summary of a build that finds nothing changed; None when there is something to do."""
    began = time.monotonic()
    state = build_dir.read_state()
    if not old.content or state.get("asked") != dict(asked):
        return None
    if state.get(MANIFEST) != sha256_file(build_dir.out / MANIFEST) or old.damage():
        return None
    shutil.rmtree(build_dir.work, ignore_errors=True)
    return Summary(unchanged=tuple(page.name for page in pages), phases={"looking": time.monotonic() - began})


class _Build:
    """The steps of one build, each timed."""

    def __init__(
        self,
        study: Study,
        build_dir: BuildDirectory,
        *,
        old: PreviousSite,
        pages: tuple[PagePlan, ...],
        request: Request,
        how: Options,
        tell: Progress,
        make_executor: MakeExecutor,
    ) -> None:
        self._study, self._build_dir, self._old, self._pages, self._request = study, build_dir, old, pages, request
        self._how, self._tell, self._make_executor = how, tell, make_executor
        self._made = _Made()
        self._phases: dict[str, float] = {}

    def run(self, asked: Mapping[str, str]) -> Summary:
        """Run all steps."""
        state = self._build_dir.read_state()
        self._tell.expected.update(state.get("seconds", {}))
        executor: Executor | None = None
        if self._how.force or state.get("asked", {}).get("package") != asked["package"] or not self._old.content:
            # Everything will run: let the warm process start while the data is made ready.
            executor = self._make_executor(self._build_dir.work / "run")
        try:
            with self._timed("data"):
                frozen = _freeze(self._study, self._build_dir, self._request)
                waiting = self._look_up(frozen)
            if waiting:
                executor = executor or self._make_executor(self._build_dir.work / "run")
                with self._timed("notebooks"):
                    self._execute(executor, waiting)
        finally:
            if executor is not None:
                executor.close()
        with self._timed("pages"):
            from socdialog.publishing.assembly import assemble

            assembled = assemble(
                self._build_dir.staging,
                self._pages,
                self._made.notebooks,
                self._made.inputs,
                self._made.failures,
                old=self._old,
                frozen=frozen,
                with_people=self._request.with_people,
                edition=str(self._request.edition or frozen.snapshot.notes.edition),
                others={path: self._current(frozen, entry) for path, entry in self._old.pages().items()},
            )
        for name, failure in assembled.refused.items():
            self._made.failures[name] = failure
        with self._timed("swap"):
            replaced = replace_folder(
                self._build_dir.staging,
                self._build_dir.out,
                SITE,
                claim=claim(()) if self._how.into_existing else None,
                hint=INTO_EXISTING,
            )
        if not self._request.with_people:
            from socdialog.loaders.withholding import remember_withheld

            remember_withheld(self._study, frozen.people)
        made = self._made
        summary = Summary(
            built=tuple(page.name for page in self._pages if page.name in set(made.built) - set(made.failures)),
            unchanged=tuple(name for name in made.unchanged if name not in made.failures),
            stale=assembled.stale,
            kept={name: made.failures[name].reason for name in assembled.kept},
            failed={name: one.reason for name, one in made.failures.items() if name not in assembled.kept},
            seconds=made.seconds,
            phases=self._phases,
            notebook_mib=made.notebook_mib,
            foreign=tuple(in_short(replaced.foreign, previous_site(self._build_dir.out).files())),
            foreign_count=len(replaced.foreign),
            left=tuple(str(path) for path in replaced.left),
        )
        if summary.good:
            seconds = {**state.get("seconds", {}), **made.seconds}
            manifest = sha256_file(self._build_dir.out / MANIFEST)
            # This build may have added to the names withheld.
            done = {**asked, "withheld": _withheld(self._study)}
            self._build_dir.write_state({"asked": done, MANIFEST: manifest, "seconds": seconds})
        return summary

    @contextmanager
    def _timed(self, phase: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self._phases[phase] = time.monotonic() - began

    def _look_up(self, frozen: Frozen) -> list[tuple[PagePlan, Task]]:
        """Cut the slice of each page, and return what has to run."""
        waiting: list[tuple[PagePlan, Task]] = []
        for page in self._pages:
            inputs = self._made.inputs[page.name] = page.inputs(_cut(frozen, self._build_dir, page))
            kept = None if self._how.force else self._build_dir.cached(key(inputs))
            if kept is not None:
                self._made.notebooks[page.name] = kept
                self._made.unchanged.append(page.name)
                self._build_dir.forget_failure(page.name)
            else:
                task = Task(page.name, page.notebook, page.injected(), _slice(self._build_dir, page))
                waiting.append((page, task))
        # The longest first, so that none runs alone at the end; one that never ran is as long as its data.
        expected = self._tell.expected
        return sorted(waiting, key=lambda one: (-expected.get(one[0].name, float("inf")), -_size(one[1].data)))

    def _execute(self, executor: Executor, waiting: list[tuple[PagePlan, Task]]) -> None:
        made, tell = self._made, self._tell
        tell.planned(len(waiting))
        tasks = [task for _, task in waiting]
        for outcome in executor.run(tasks, timeout=self._how.timeout, started=tell.started):
            made.seconds[outcome.name] = outcome.seconds
            made.notebook_mib = max(made.notebook_mib, outcome.peak_mib)
            problem = outcome.failure.reason if outcome.failure else None
            tell.ended(outcome.name, seconds=outcome.seconds, problem=problem)
            if outcome.failure is not None:
                made.failures[outcome.name] = outcome.failure
                self._build_dir.record_failure(outcome, outcome.failure)
            elif outcome.notebook is not None:
                made.notebooks[outcome.name] = outcome.notebook
                made.built.append(outcome.name)
                self._build_dir.keep(key(made.inputs[outcome.name]), outcome.notebook)
                self._build_dir.forget_failure(outcome.name)

    def _current(self, frozen: Frozen, entry: Mapping[str, Any]) -> str:
        """Return the hash of the slice that an old page would be given today."""
        from socdialog.loaders.fresh import cut

        country = entry.get("country")
        name = country or "comparison"
        if name in self._made.inputs:
            return self._made.inputs[name]["data"]
        folder = self._build_dir.work / "slices" / name
        try:
            return cut(frozen, folder, None if country is None else (country,))
        except DataError:
            return ""


def _freeze(study: Study, build_dir: BuildDirectory, request: Request) -> Frozen:
    """Read the data once, so that nothing that happens to it later matters."""
    from socdialog.loaders.fresh import freeze

    return freeze(study.data, build_dir.work / "frozen", with_people=request.with_people)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _slice(build_dir: BuildDirectory, page: PagePlan) -> Path:
    return build_dir.work / "slices" / page.name


def _cut(frozen: Frozen, build_dir: BuildDirectory, page: PagePlan) -> str:
    from socdialog.loaders.fresh import cut

    return cut(frozen, _slice(build_dir, page), None if page.country is None else (page.country,))
