"""Each unit test lies in the folder of the room that it tests, and bears the name of what it tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def misplaced(tests: Iterable[Path], package: Path) -> Iterator[str]:
    """The tests, by path below ``tests/unit``, that begin with the name of no module and no package at their place.

    A name may go on after an underscore: ``store/test_files_links.py`` tests ``store/files.py``. The name of the room
    itself counts too.
    """
    for test in tests:
        room = package / test.parent
        modules = {path.stem for path in room.glob("*.py")} | {path.parent.name for path in room.glob("*/*.py")}
        words = test.stem.removeprefix("test_").split("_")
        if not room.is_dir() or not {room.name, *modules} & {
            "_".join(words[:length]) for length in range(1, len(words) + 1)
        }:
            yield test.as_posix()


def test_unit_tests_mirror_the_package() -> None:
    found = [path.relative_to(ROOT / "tests" / "unit") for path in (ROOT / "tests" / "unit").rglob("test_*.py")]
    assert len(found) > 1
    assert list(misplaced(found, ROOT / "socdialog")) == []


@pytest.mark.parametrize(
    ("test", "right"),
    [
        ("test_dates.py", True),
        ("test_socdialog.py", True),
        ("store/test_files.py", True),
        ("store/test_files_links.py", True),
        ("store/test_store.py", True),
        ("intake/test_checks.py", True),
        ("store/test_dates.py", False),
        ("store/test_file.py", False),
        ("test_files.py", False),
        ("shop/test_shop.py", False),
    ],
)
def test_a_test_of_nothing_is_found(test: str, *, right: bool) -> None:
    assert list(misplaced([Path(test)], ROOT / "socdialog")) == ([] if right else [test])


def test_names_of_tests_are_unique() -> None:
    """Without packages, pytest imports each test by its bare name."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_the_mutated_modules_and_their_tests_exist() -> None:
    for module, tests in yaml.safe_load((ROOT / "tests" / "mutation" / "modules.yaml").read_text("utf-8")).items():
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file(), module
        assert all((ROOT / test).is_file() for test in tests), tests
