"""One build, from the raw data to the site that stands."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socdialog.build.executor import Executor, Failure, Task
from socdialog.build.memory import MemoryWatch
from socdialog.build.old import MANIFEST, OldSite, old_site
from socdialog.build.plan import PagePlan, Request, changed, environment_hash, key, package_hash, plan
from socdialog.build.report import Progress, Summary
from socdialog.build.workshop import Workshop, workshop
from socdialog.errors import DataError
from socdialog.store.files import exchange
from socdialog.store.fingerprint import fingerprint, sha256_bytes, sha256_file
from socdialog.store.locks import locked
from socdialog.store.study import Study

if TYPE_CHECKING:
    from socdialog.loaders.fresh import Frozen

#: Makes the executor of a build in a folder, once there is something to run.
MakeExecutor = Callable[[Path], Executor]
_COPIES = 5


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
    """

    jobs: int = 0
    timeout: float = 600.0
    wait: float = 600.0
    force: bool = False


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
        The folder of the site, replaced in whole.
    request
        What to build.
    options
        How to.
    progress
        Told how it goes on.
    make_executor
        Makes what runs the notebooks; default: this machine's.

    Raises
    ------
    UsageError
        Before any work: wrong parameters, or a place where no site can stand.
    DataError
        With every error of the raw data.
    BusyError
        When another build of the same site did not end in time.
    """
    how = options or Options()
    tell = progress or Progress()
    pages = plan(study, request)
    shop = workshop(out)
    with locked(shop.lock, wait=how.wait):
        shop.tidy()
        asked = _asked(study, pages)
        old = old_site(shop.out)
        found = None if how.force else _nothing_to_do(shop, old, asked, pages)
        if found is None:
            try:
                steps = _Build(
                    study,
                    shop,
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
                shutil.rmtree(shop.work, ignore_errors=True)
            shop.log({"pages": [page.name for page in pages], **found.record()})
        tell.finished(found)
        return found


def why(study: Study, out: Path, request: Request) -> list[str]:
    """Say, for each page that is asked for, what makes it stale; nothing is built."""
    pages = plan(study, request)
    shop = workshop(out)
    with locked(shop.lock, wait=0.0):
        shop.tidy()
        old = old_site(shop.out)
        frozen = _freeze(study, shop, request)
        lines = []
        for page in pages:
            entry = old.pages().get(page.path)
            if entry is None:
                lines.append(f"{page.name}: was never built")
                continue
            differs = changed(entry["inputs"], page.inputs(_cut(frozen, shop, page)))
            lines.append(f"{page.name}: {'changed: ' + ', '.join(differs) if differs else 'up to date'}")
        shutil.rmtree(shop.work, ignore_errors=True)
    return lines


def _local(jobs: int) -> MakeExecutor:
    def make(folder: Path) -> Executor:
        from socdialog.build.local import LocalExecutor, default_jobs

        return LocalExecutor(folder, jobs=jobs or default_jobs())

    return make


def _asked(study: Study, pages: tuple[PagePlan, ...]) -> dict[str, str]:
    """Return what decides over a whole build, for the quick look whether anything changed."""
    return {
        "raw": fingerprint(study.raw),
        "package": package_hash(),
        "environment": environment_hash(),
        **{f"page {page.name}": sha256_bytes(repr(page.inputs("")).encode()) for page in pages},
    }


def _nothing_to_do(
    shop: Workshop, old: OldSite, asked: Mapping[str, str], pages: tuple[PagePlan, ...]
) -> Summary | None:
    """Return the summary of a build that finds nothing changed; None when there is something to do."""
    began = time.monotonic()
    state = shop.read_state()
    if not old.content or state.get("asked") != dict(asked):
        return None
    if state.get(MANIFEST) != sha256_file(shop.out / MANIFEST) or old.damage():
        return None
    shutil.rmtree(shop.work, ignore_errors=True)
    return Summary(unchanged=tuple(page.name for page in pages), phases={"looking": time.monotonic() - began})


class _Build:
    """The steps of one build, each timed."""

    def __init__(
        self,
        study: Study,
        shop: Workshop,
        *,
        old: OldSite,
        pages: tuple[PagePlan, ...],
        request: Request,
        how: Options,
        tell: Progress,
        make_executor: MakeExecutor,
    ) -> None:
        self._study, self._shop, self._old, self._pages, self._request = study, shop, old, pages, request
        self._how, self._tell, self._make_executor = how, tell, make_executor
        self._made = _Made()
        self._phases: dict[str, float] = {}

    def run(self, asked: Mapping[str, str]) -> Summary:
        """Run all steps."""
        state = self._shop.read_state()
        self._tell.expected.update(state.get("seconds", {}))
        executor: Executor | None = None
        if self._how.force or state.get("asked", {}).get("package") != asked["package"] or not self._old.content:
            # Everything will run: let the warm process start while the data is made ready.
            executor = self._make_executor(self._shop.work / "run")
        try:
            with self._timed("data"):
                frozen = _freeze(self._study, self._shop, self._request)
                waiting = self._look_up(frozen)
            if waiting:
                executor = executor or self._make_executor(self._shop.work / "run")
                with self._timed("notebooks"):
                    self._execute(executor, waiting)
        finally:
            if executor is not None:
                executor.close()
        with self._timed("pages"):
            from socdialog.build.assembly import assemble

            assembled = assemble(
                self._shop.staging,
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
            aside = exchange(self._shop.staging, self._shop.out)
            if aside is not None:
                shutil.rmtree(aside, ignore_errors=True)
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
        )
        if summary.good:
            seconds = {**state.get("seconds", {}), **made.seconds}
            manifest = sha256_file(self._shop.out / MANIFEST)
            self._shop.write_state({"asked": dict(asked), MANIFEST: manifest, "seconds": seconds})
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
            inputs = self._made.inputs[page.name] = page.inputs(_cut(frozen, self._shop, page))
            kept = None if self._how.force else self._shop.cached(key(inputs))
            if kept is not None:
                self._made.notebooks[page.name] = kept
                self._made.unchanged.append(page.name)
                self._shop.forget_failure(page.name)
            else:
                task = Task(page.name, page.notebook, page.injected(), _slice(self._shop, page))
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
                self._shop.tell_failure(outcome, outcome.failure)
            elif outcome.notebook is not None:
                made.notebooks[outcome.name] = outcome.notebook
                made.built.append(outcome.name)
                self._shop.keep(key(made.inputs[outcome.name]), outcome.notebook)
                self._shop.forget_failure(outcome.name)

    def _current(self, frozen: Frozen, entry: Mapping[str, Any]) -> str:
        """Return the hash of the slice that an old page would be given today."""
        from socdialog.loaders.fresh import cut

        country = entry.get("country")
        name = country or "comparison"
        if name in self._made.inputs:
            return self._made.inputs[name]["data"]
        folder = self._shop.work / "slices" / name
        try:
            return cut(frozen, folder, None if country is None else (country,))
        except DataError:
            return ""


def _freeze(study: Study, shop: Workshop, request: Request) -> Frozen:
    """Make clean tables of the data as they are at one moment, so that nothing that happens to them later matters."""
    from socdialog.loaders.fresh import freeze

    for _ in range(_COPIES):
        before = fingerprint(study.raw)
        frozen = freeze(study.data, shop.work / "frozen", with_people=request.with_people)
        if fingerprint(study.raw) == before:
            return frozen
    raise DataError("the raw data did not stand still long enough to be copied", hint="build again when it does")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def _slice(shop: Workshop, page: PagePlan) -> Path:
    return shop.work / "slices" / page.name


def _cut(frozen: Frozen, shop: Workshop, page: PagePlan) -> str:
    from socdialog.loaders.fresh import cut

    return cut(frozen, _slice(shop, page), None if page.country is None else (page.country,))
