"""What is imported is declared, and the lock pins all of it by hash so that any pip can install it."""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[([a-z0-9,._-]+)\])?==([^ ]+)(?: ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def distribution(name: str) -> str:
    """The name of a distribution in the form in which two spellings of it are equal."""
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None, requirement
    return distribution(found[0])


def imported(source: str) -> set[str]:
    """The names of the packages that a module imports, as they are imported."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - {"socdialog", "_typeshed"}


def undeclared(modules: set[str], declared: set[str]) -> set[str]:
    """The imported packages that no declared distribution brings."""
    homes = metadata.packages_distributions()
    return {name for name in modules if not declared & {distribution(home) for home in homes.get(name, (name,))}}


def declared() -> set[str]:
    extras = PROJECT["project"]["optional-dependencies"].values()
    return {name_of(one) for one in [*PROJECT["project"]["dependencies"], *(one for extra in extras for one in extra)]}


def sources() -> list[str]:
    cells = [
        # A command of the terminal is no Python.
        "".join(line for line in cell["source"] if not line.startswith("!"))
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "socdialog").rglob("*.py"))] + cells


def pins(lock: str) -> dict[str, list[tuple[str, set[str], int]]]:
    """Each pinned distribution with its versions, their extras and the number of their hashes."""
    found: dict[str, list[tuple[str, set[str], int]]] = {}
    lines = [line for line in lock.splitlines() if line and not line.startswith("#")]
    for line in lines:
        pin = PIN.fullmatch(line)
        if pin is not None:
            extras = set(pin[2].split(",")) if pin[2] else set()
            found.setdefault(distribution(pin[1]), []).append((pin[3], extras, 0))
            last = found[distribution(pin[1])]
        else:
            assert HASH.fullmatch(line), f"neither a pin nor a hash: {line}"
            last[-1] = (*last[-1][:2], last[-1][2] + 1)
    return found


def test_all_that_is_imported_is_declared() -> None:
    modules = {name for source in sources() for name in imported(source)}
    assert {"polars", "IPython", "traitlets", "markupsafe"} <= modules, "the search finds what is there"
    assert undeclared(modules, declared()) == set()


@pytest.mark.parametrize("source", ["import IPython.core", "def f():\n    from traitlets.config import Config"])
def test_an_undeclared_import_is_found(source: str) -> None:
    assert undeclared(imported(source), declared() - {"ipython", "traitlets"}) == imported(source)


def test_the_lock_pins_everything_that_is_declared_by_hash_with_its_extras() -> None:
    locked = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert all(hashes > 0 for versions in locked.values() for _, _, hashes in versions)
    groups = {name: group for name, group in PROJECT["dependency-groups"].items() if name != "docs"}
    asked = [*PROJECT["project"]["dependencies"], *(one for group in groups.values() for one in group)]
    asked += [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra]
    texts = [one for one in asked if isinstance(one, str)]
    assert {name_of(one) for one in texts} <= set(locked)
    for text in texts:
        extra = re.search(r"\[(.+?)\]", text)
        for _, extras, _ in locked[name_of(text)]:
            # pip 23 refuses `coverage[toml]` where the lock says `coverage` only.
            assert not extra or set(extra[1].split(",")) <= extras, text


def test_the_lock_of_the_documentation_agrees_with_the_other_and_only_adds() -> None:
    text = (ROOT / "docs" / "requirements.lock").read_text(encoding="utf-8")
    locked, further = pins((ROOT / "requirements.lock").read_text(encoding="utf-8")), pins(text)
    assert {name_of(one) for one in PROJECT["dependency-groups"]["docs"]} <= set(further)
    for name in set(locked) & set(further):
        assert {version for version, _, _ in further[name]} <= {version for version, _, _ in locked[name]}, name
    assert not set(locked) & {"sphinx", "myst-nb"}
    assert "://" not in text
    assert "index" not in text


def test_the_lock_keeps_every_extra_that_one_of_its_packages_asks_of_another() -> None:
    locked = pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    asked: set[tuple[str, str]] = set()
    for name in locked:
        try:
            requirements = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # of another Python or system
        # What an extra of the package brings counts where the lock asks for that extra.
        wanted = [one for one in requirements if "extra ==" not in one]
        asked |= {
            (name_of(one), extra)
            for one in wanted
            if (found := re.search(r"\[(.+?)\]", one))
            for extra in found[1].split(",")
        }
    assert ("coverage", "toml") in asked
    missing = {(name, extra) for name, extra in asked if not all(extra in extras for _, extras, _ in locked[name])}
    assert missing == set()


def test_the_lock_names_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index" not in lock


@pytest.mark.parametrize(
    "line", ["polars==2.1.0", "polars>=2 \\", "--index-url https://example.org", "    --hash=md5:00", "-e ."]
)
def test_a_line_of_another_form_is_refused(line: str) -> None:
    with pytest.raises(AssertionError, match="neither a pin nor a hash"):
        pins(line)
