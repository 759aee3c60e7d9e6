"""Run the tests of a module once for each of its mutants, each in a process of its own that forks from a warm one.

The warm process has imported libraries and the codebook, never the module that is changed or one that imports it, and
has run no query of polars: it has no threads that hold anything. The mutant is put in the place of the module as it is
imported; no file is changed.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import importlib
import importlib.util
import os
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutation.operators import Mutant

ROOT = Path(__file__).parents[2]
_LIBRARIES = ("numpy", "polars", "scipy.stats", "yaml", "rapidfuzz", "anyascii", "socdialog.codebook")


def warm_up() -> None:
    """Import what every test needs, and let the codebook be read once."""
    # Tables of a few rows are faster without threads, and several mutants are tested at one time.
    os.environ["POLARS_MAX_THREADS"] = "1"
    for name in _LIBRARIES:
        importlib.import_module(name)
    from socdialog import codebook

    codebook.tables()
    codebook.vocabularies()
    settings.register_profile(
        "mutation",
        database=None,
        derandomize=True,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutation")
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.pycache_prefix, sys.dont_write_bytecode = str(ROOT / ".mutation" / "pycache"), False
    gc.freeze()
    warnings.filterwarnings("ignore", message=".*multi-threaded.*fork", category=DeprecationWarning)


def path_of(module: str) -> Path:
    """Return the file of a module, without importing it."""
    return ROOT / f"{module.replace('.', '/')}.py"


class _Loader(SourceFileLoader):
    def __init__(self, module: str, tree: ast.Module) -> None:
        super().__init__(module, str(path_of(module)))
        self.tree = tree

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        return compile(self.tree, self.get_filename(fullname), "exec", dont_inherit=True)


class _Finder:
    """Finds one module, changed."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self.module, self.tree = module, tree

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        if name != self.module:
            return None
        loader = _Loader(name, self.tree)
        return importlib.util.spec_from_file_location(name, path_of(name), loader=loader)


def _child(module: str, tree: ast.Module | None, tests: tuple[str, ...]) -> int:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if tree is not None:
        sys.meta_path.insert(0, _Finder(module, tree))  # type: ignore[arg-type]
    # Nobody reads why a test failed, so that plain asserts and no plugins but the project's own fixtures will do.
    return int(pytest.main(["-x", "-q", "--no-header", "--assert=plain", *tests]))


def _start(module: str, tree: ast.Module | None, tests: tuple[str, ...]) -> int:
    if module in sys.modules:
        raise RuntimeError(f"{module} is imported already; no mutant of it can take its place")
    process = os.fork()
    if process == 0:
        code = 99
        with contextlib.suppress(BaseException):
            code = _child(module, tree, tests)
        os._exit(code)
    return process


def baseline(module: str, tests: tuple[str, ...]) -> float:
    """Return how many seconds the tests take on the module as it is; they must pass."""
    began = time.monotonic()
    _, status = os.waitpid(_start(module, None, tests), 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"the tests of {module} fail without any change: {' '.join(tests)}")
    return time.monotonic() - began


def outcomes(
    module: str, chosen: Iterator[Mutant], tests: tuple[str, ...], *, jobs: int, limit: float
) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with ``killed``, ``survived`` or ``timeout``, as the processes end."""
    running: dict[int, tuple[Mutant, float]] = {}
    for mutant in chosen:
        while len(running) >= jobs:
            yield from _ended(running)
        running[_start(module, mutant.tree, tests)] = (mutant, time.monotonic() + limit)
    while running:
        yield from _ended(running)


def _ended(running: dict[int, tuple[Mutant, float]]) -> Iterator[tuple[Mutant, str]]:
    time.sleep(0.02)
    for process, (mutant, deadline) in list(running.items()):
        ended, status = os.waitpid(process, os.WNOHANG)
        late = not ended and time.monotonic() > deadline
        if late:
            os.kill(process, signal.SIGKILL)
            _, status = os.waitpid(process, 0)
        if not ended and not late:
            continue
        del running[process]
        code = None if late else os.waitstatus_to_exitcode(status)
        # The same command ran without a change: that it cannot even begin now is the mutant's doing.
        if code == pytest.ExitCode.NO_TESTS_COLLECTED:
            raise RuntimeError(f"pytest could not run the tests (exit code {code})")
        yield mutant, "timeout" if late else "survived" if code == 0 else "killed"
