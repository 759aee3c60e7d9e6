"""One build, from the raw data to the site that stands."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socdialog.errors import DataError, UsageError
from socdialog.publishing.build_directory import INTO_EXISTING, BuildDirectory, build_directory
from socdialog.publishing.executor import Executor, Made, Outcome, Task, unfit
from socdialog.publishing.plan import (
    Asked,
    PagePlan,
    Request,
    asked_for,
    changed,
    key,
    package_hash,
    parts_key,
    plan,
    withheld_hash,
)
from socdialog.publishing.progress import Progress, Summary
from socdialog.site.previous_site import MANIFEST, PreviousSite, previous_site
from socdialog.store.fingerprint import sha256_file
from socdialog.store.ownership import SITE, claim, in_short, refuse_collisions, survey
from socdialog.store.remembering import Remembered, made_anew
from socdialog.store.replacing import Replaced, replace_folder
from socdialog.store.study import Study
from socdialog.store.withheld import read_withheld

if TYPE_CHECKING:
    from socdialog.loaders.fresh import Frozen
    from socdialog.publishing.assembly import Assembled
    from socdialog.site.editions import PastEdition

#: Under which name the notebook of a page is kept together with the files of its figures.
_NOTEBOOK = "notebook"
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
        Whether to rebuild every page.
    into_existing
        Whether the site may go into a folder that holds other files and no site; they all stay.
    past_of
        The site whose past editions are kept; None = the one that is replaced.
    make_executor
        Makes what runs the notebooks; None = this machine's.
    progress
        Tells how it goes on.
    """

    jobs: int = 0
    timeout: float = 600.0
    wait: float = 600.0
    force: bool = False
    into_existing: bool = False
    past_of: PreviousSite | None = None
    make_executor: MakeExecutor | None = None
    progress: Progress = field(default_factory=Progress)


def build(study: Study, out: Path, request: Request, options: Options | None = None) -> Summary:
    """Make the pages that are asked for, and swap the new site in at `out`.

    Parameters
    ----------
    study
        The data; only read.
    out
        The folder of the site: absent, empty or a site of ours. Whatever else is in it stays.
    request
        What to build.
    options
        How to.

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
    pages = plan(study, request)
    _refuse_data(study, out)
    build_dir = build_directory(out, into_existing=how.into_existing)
    with build_dir.in_use(wait=how.wait) as left:
        refuse_collisions(survey(build_dir.out, SITE), _certain(pages), str(out))
        asked = asked_for(study, request, pages)
        old = previous_site(build_dir.out)
        found = None if how.force else _nothing_to_do(build_dir, old, asked, pages)
        if found is None:
            found = _Build(study, build_dir, old, pages, request, how).run(asked)
        found = replace(found, left=(*left, *found.left))
    how.progress.finished(found)
    return found


def why(study: Study, out: Path, request: Request) -> list[str]:
    """Say, for each page that is asked for, what makes it stale; nothing is built."""
    pages = plan(study, request)
    _refuse_data(study, out)
    build_dir = build_directory(out)
    with build_dir.in_use(wait=0.0):
        old = previous_site(build_dir.out)
        frozen = _freeze(study, build_dir, request)
        lines = []
        for page in pages:
            entry = old.pages().get(page.path)
            if entry is None:
                lines.append(f"{page.name}: not yet built")
                continue
            differs = changed(entry["inputs"], page.inputs(_cut(frozen, build_dir, page.country)))
            lines.append(f"{page.name}: {'changed: ' + ', '.join(differs) if differs else 'up to date'}")
    return lines


def _refuse_data(study: Study, out: Path) -> None:
    """Refuse a site around the data, or among the tables."""
    site, data = out.resolve(), study.data.resolve()
    if data.is_relative_to(site) or any(site.is_relative_to(data / name) for name in ("raw", "clean")):
        raise UsageError(f"{out} contains the data of the study or is inside it", hint="name another folder with --out")


def _certain(pages: tuple[PagePlan, ...]) -> list[str]:
    """Return files that the site will have whatever comes: a collision with them is reported before any work."""
    return [MANIFEST, "index.html", *(page.path for page in pages)]


def _nothing_to_do(
    build_dir: BuildDirectory, old: PreviousSite, asked: Asked, pages: tuple[PagePlan, ...]
) -> Summary | None:
    """Return the summary of a build that finds nothing changed; None when there is something to do."""
    began = time.monotonic()
    state = build_dir.read_state()
    if not old.content or not asked.up_to_date(state):
        return None
    if state.get(MANIFEST) != sha256_file(build_dir.out / MANIFEST) or old.damage():
        return None
    return Summary(unchanged=tuple(page.name for page in pages), phases={"looking": time.monotonic() - began})


@dataclass(slots=True)
class _Build:
    """The steps of one build, each timed."""

    study: Study
    build_dir: BuildDirectory
    old: PreviousSite
    pages: tuple[PagePlan, ...]
    request: Request
    how: Options
    made: Made = field(default_factory=Made)
    phases: dict[str, float] = field(default_factory=dict)
    slices: dict[str | None, str] = field(default_factory=dict)

    def run(self, asked: Asked) -> Summary:
        """Run all steps."""
        state = self.build_dir.read_state()
        self.how.progress.expected.update(state["seconds"])
        executor: Executor | None = None
        if self.how.force or not self.old.content or not asked.needs_no_notebook(state):
            # Notebooks will run: let the warm process start while the data is made ready.
            executor = self._executor()
        try:
            with self._timed("data"):
                frozen = _freeze(self.study, self.build_dir, self.request, remembered=self._tables)
                looked_at = self._looked_at(frozen, state, asked)
                past = self._past(frozen, looked_at)
                waiting = self._look_up(frozen)
            if waiting:
                executor = executor or self._executor()
                with self._timed("notebooks"):
                    self._execute(executor, waiting)
        finally:
            if executor is not None:
                executor.close()
        with self._timed("pages"):
            assembled = self._assemble(frozen, looked_at, past)
        with self._timed("swap"):
            claimed = claim(()) if self.how.into_existing else None
            replaced = replace_folder(
                self.build_dir.staging, self.build_dir.out, SITE, claim=claimed, hint=INTO_EXISTING
            )
        if not self.request.with_people:
            from socdialog.loaders.withholding import remember_withheld

            remember_withheld(self.study, frozen.people)
        # That may have added to the names withheld.
        people = replace(frozen.people, withheld=read_withheld(self.study.data))
        summary = self._summary(assembled, replaced)
        if summary.good:
            self.build_dir.write_state(
                {
                    "data": {**asked.data, "withheld": withheld_hash(self.study)},
                    "how": dict(asked.how),
                    "looked_at": {"people": people.fingerprint},
                    "pages": {**asked.other_pages(state, assembled.carried), **asked.pages},
                    MANIFEST: sha256_file(self.build_dir.out / MANIFEST),
                    "seconds": {**state["seconds"], **self.made.seconds},
                }
            )
        return summary

    def _executor(self) -> Executor:
        folder = self.build_dir.work / "run"
        if self.how.make_executor is not None:
            return self.how.make_executor(folder)
        from socdialog.publishing.local import LocalExecutor, default_jobs

        return LocalExecutor(folder, jobs=self.how.jobs or default_jobs())

    def _looked_at(self, frozen: Frozen, state: Mapping[str, Any], asked: Asked) -> frozenset[str]:
        """Return the hashes of the files of the old site in which the same names were looked for in the same way."""
        manifest = self.build_dir.out / MANIFEST
        standing = manifest.is_file() and state[MANIFEST] == sha256_file(manifest)
        same = state["how"] == asked.how and state["looked_at"].get("people") == frozen.people.fingerprint
        return frozenset(self.old.files().values()) if standing and same else frozenset()

    def _past(self, frozen: Frozen, looked_at: frozenset[str]) -> tuple[PastEdition, ...]:
        from socdialog.site.editions import past_editions

        return past_editions(self.how.past_of or self.old, self._edition(frozen), frozen.people, looked_at=looked_at)

    def _edition(self, frozen: Frozen) -> str:
        return str(self.request.edition or frozen.snapshot.notes.edition)

    def _assemble(self, frozen: Frozen, looked_at: frozenset[str], past: tuple[PastEdition, ...]) -> Assembled:
        from socdialog.publishing.assembly import assemble
        from socdialog.site.page_shell import SiteInfo

        notes = frozen.snapshot.notes
        return assemble(
            self.build_dir.staging,
            self.pages,
            self.made,
            old=self.old,
            frozen=frozen,
            site=SiteInfo(
                notes,
                edition=self._edition(frozen),
                fingerprint=frozen.snapshot.fingerprint or "",
                with_people=self.request.with_people,
            ),
            others={path: self._current(frozen, entry["country"]) for path, entry in self.old.pages().items()},
            looked_at=looked_at,
            past=past,
            remembered=self._pages,
        )

    def _pages(self, made_from: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """Return pages that this code made from the same before, else make them and keep them."""
        return self._remembered({"pages": made_from, "package": package_hash()}, make)

    def _tables(self, state: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
        """Return the tables of a state of the data, which tells what cleaned them, else make them and keep them.

        They may be large, and an earlier state seldom comes back: only those of the last are kept.
        """
        return self._remembered({"tables": state}, make, place="tables")

    def _remembered(
        self, made_from: Mapping[str, str], make: Callable[[], Mapping[str, bytes]], *, place: str = ""
    ) -> Mapping[str, bytes]:
        name = key(made_from)
        found = self._kept(name, place=place)
        if found is None:
            found = dict(make())
            self.build_dir.keep(name, found, place=place)
        return found

    def _kept(self, name: str, *, place: str = "") -> dict[str, bytes] | None:
        """Return the files kept under `name`; None when there are none, or everything is to be made anew."""
        return None if self.how.force else self.build_dir.kept(name, place=place)

    def _summary(self, assembled: Assembled, replaced: Replaced) -> Summary:
        failures = {**self.made.failures, **assembled.refused}
        good = [page.name for page in self.pages if page.name not in failures]
        new = self.made.seconds.keys() | self.made.rendered
        return Summary(
            built=tuple(name for name in good if name in new),
            unchanged=tuple(name for name in good if name not in new),
            stale=assembled.stale,
            kept={name: failures[name].reason for name in assembled.kept},
            failed={name: one.reason for name, one in failures.items() if name not in assembled.kept},
            seconds=self.made.seconds,
            phases=self.phases,
            over_caps=assembled.over_caps,
            foreign=tuple(in_short(replaced.foreign, previous_site(self.build_dir.out).files())),
            foreign_count=len(replaced.foreign),
            left=tuple(str(path) for path in replaced.left),
        )

    @contextmanager
    def _timed(self, phase: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.phases[phase] = time.monotonic() - began

    def _look_up(self, frozen: Frozen) -> list[Task]:
        """Cut the slice of each page, render what only has to be rendered, and return what has to run."""
        waiting: list[Task] = []
        for page in self.pages:
            inputs = self.made.inputs[page.name] = page.inputs(self._cut_once(frozen, page.country))
            task = Task(page.name, page.notebook, page.parameters, _slice(self.build_dir, page.country))
            if (published := self._kept(key(inputs))) is not None:
                self.made.notebooks[page.name] = published.pop(_NOTEBOOK)
                self.made.figures[page.name] = published
                self.build_dir.forget_failure(page.name)
            elif (executed := self._kept(parts_key(inputs))) is not None:
                self._publish(task, Outcome(page.name, executed[_NOTEBOOK]))
                self.made.rendered.add(page.name)
            else:
                waiting.append(task)
        # The longest first, so that none runs alone at the end; one that never ran is as long as its data.
        expected = self.how.progress.expected
        return sorted(waiting, key=lambda one: (-expected.get(one.name, float("inf")), -_size(one.data)))

    def _execute(self, executor: Executor, waiting: list[Task]) -> None:
        from socdialog.display.svg import warm_up

        made, progress = self.made, self.how.progress
        sent = {task.name: task for task in waiting}
        if any(self._kept(_drawings(task)) is None for task in waiting):
            # Of pages that were drawn before most charts stay.
            warm_up()
        progress.planned(len(waiting))
        # A page is rendered, and its charts are drawn, while further notebooks run.
        with ThreadPoolExecutor(max_workers=1) as pool:
            for outcome in executor.run(waiting, timeout=self.how.timeout, started=progress.started):
                made.seconds[outcome.name] = outcome.seconds
                problem = outcome.failure.reason if outcome.failure else None
                progress.ended(outcome.name, seconds=outcome.seconds, problem=problem)
                if outcome.failure is not None:
                    made.failures[outcome.name] = outcome.failure
                    self.build_dir.record_failure(outcome, outcome.failure)
                elif outcome.notebook is not None:
                    pool.submit(self._publish, sent[outcome.name], outcome)

    def _publish(self, task: Task, outcome: Outcome) -> None:
        """Make of an executed notebook the one that is published; what it holds is data until then."""
        from socdialog.display.svg import remembering
        from socdialog.publishing.normalise import normalised
        from socdialog.publishing.returned import refuse_other_cells
        from socdialog.site.figure_files import files_of_figures
        from socdialog.site.page_body import page_body

        try:
            returned = json.loads(outcome.notebook or b"")
            refuse_other_cells(task, returned)
            page = next(page for page in self.pages if page.name == task.name)
            with remembering(self._kept(_drawings(task)) or {}) as drawn:
                notebook = normalised(page_body(returned, page.path, page.country).notebook)
                figures = dict(files_of_figures(json.loads(notebook), page.path))
        except Exception as problem:  # noqa: BLE001 - whatever a notebook holds costs its own page only
            failure = self.made.unfit[task.name] = unfit(problem)
            self.build_dir.record_failure(outcome, failure)
        else:
            self.build_dir.forget_failure(task.name)
            self.made.notebooks[task.name] = notebook
            self.made.figures[task.name] = figures
            inputs = self.made.inputs[task.name]
            self.build_dir.keep(_drawings(task), drawn)
            self.build_dir.keep(parts_key(inputs), {_NOTEBOOK: outcome.notebook or b""})
            self.build_dir.keep(key(inputs), {**figures, _NOTEBOOK: notebook})

    def _current(self, frozen: Frozen, country: str | None) -> str:
        """Return the hash of the slice that an old page would be given today."""
        try:
            return self._cut_once(frozen, country)
        except DataError:
            return ""

    def _cut_once(self, frozen: Frozen, country: str | None) -> str:
        """Return the hash of the slice of data about a country (None = about all), which its pages share."""
        if country not in self.slices:
            self.slices[country] = _cut(frozen, self.build_dir, country)
        return self.slices[country]


def _freeze(study: Study, build_dir: BuildDirectory, request: Request, *, remembered: Remembered = made_anew) -> Frozen:
    """Read the data once, so that nothing that happens to it later matters."""
    from socdialog.loaders.fresh import freeze

    return freeze(study.data, build_dir.work / "frozen", with_people=request.with_people, remembered=remembered)


def _cut(frozen: Frozen, build_dir: BuildDirectory, country: str | None) -> str:
    from socdialog.loaders.fresh import cut

    return cut(frozen, _slice(build_dir, country), None if country is None else (country,))


def _drawings(task: Task) -> str:
    """Return the key under which the drawings of a page are kept."""
    return key({"drawings": task.name})


def _slice(build_dir: BuildDirectory, country: str | None) -> Path:
    return build_dir.slice(country or "all")


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())
