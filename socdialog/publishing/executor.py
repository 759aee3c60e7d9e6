"""The seam between a build and whatever runs its notebooks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal as Choice
from typing import Protocol

from socdialog.parameters import Literal


@dataclass(frozen=True, slots=True)
class Task:
    """One notebook to run.

    Parameters
    ----------
    name
        Name of the page: a country's code, or ``comparison``.
    notebook
        The notebook, as bytes: the file may change during a build.
    parameters
        What is injected.
    data
        Folder of the slice of data it may read.
    """

    name: str
    notebook: bytes
    parameters: Mapping[str, Literal]
    data: Path


@dataclass(frozen=True, slots=True)
class Order:
    """What one process is to run.

    Parameters
    ----------
    tasks
        In the order in which they begin.
    folder
        Where their processes work.
    jobs
        How many run at once.
    timeout
        Seconds each may take.
    """

    tasks: tuple[Task, ...]
    folder: Path
    jobs: int
    timeout: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a notebook did not end well.

    Parameters
    ----------
    kind
        A failing cell, a dead process, or a time limit.
    reason
        In one line, fit to be published: no path, no host.
    detail
        Everything that is known, for the person who fixes it.
    """

    kind: Choice["cell", "killed", "timeout", "page"]
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one task ended.

    Parameters
    ----------
    name
        Name of the page.
    notebook
        The executed notebook in its stable form; what ran of it when it failed; None when nothing did.
    failure
        Why it failed; None when it did not.
    seconds
        What it took.
    """

    name: str
    notebook: bytes | None
    failure: Failure | None = None
    seconds: float = 0.0


@dataclass(slots=True)
class Made:
    """What came of the pages of a build so far, each by its name.

    Parameters
    ----------
    notebooks
        Executed notebooks, of this build or an earlier one, as they are published.
    figures
        Files of the figures of each, by their paths below the site.
    rendered
        Pages rendered again from the earlier output of their notebook.
    unfit
        Why a notebook that ran gives no page.
    inputs
        Hashes of what each page is made from.
    failures
        Why pages could not be made.
    seconds
        What the notebooks that ran in this build took.
    """

    notebooks: dict[str, bytes] = field(default_factory=dict)
    figures: dict[str, Mapping[str, bytes]] = field(default_factory=dict)
    inputs: dict[str, dict[str, str]] = field(default_factory=dict)
    rendered: set[str] = field(default_factory=set)
    unfit: dict[str, Failure] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


def unfit(problem: Exception) -> Failure:
    """Return the failure of a page whose notebook ran, and shows what a page cannot hold."""
    return Failure("page", "its page failed the publication checks", str(problem))


class Executor(Protocol):
    """Runs each task in a fresh process, as many at once as it likes, and yields outcomes as they come."""

    def run(self, tasks: Iterable[Task], *, timeout: float, started: Callable[[str], None] = ...) -> Iterator[Outcome]:
        """Run `tasks`, each for at most `timeout` seconds; tell `started` when one begins."""

    def close(self) -> None:
        """End every process that was started."""
