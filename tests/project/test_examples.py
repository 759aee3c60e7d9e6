"""Every Python example of the README, the documentation and the docstrings runs on the shipped data."""

from __future__ import annotations

import doctest
import inspect
import re
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from small_study import shipped

import socdialog as sd
from docs.pages import public_names

__all__ = ["shipped"]

ROOT = Path(__file__).parents[2]
#: The examples of ilostat.md ask the service of the ILO; `tests/sources` asks a server of its own.
DOCUMENTS = [ROOT / "README.md", *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.stem != "ilostat")]
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SKIP = re.compile(r"\s*# doctest: \+SKIP")
BLOCKS = {
    f"{path.name} {number}": block
    for path in DOCUMENTS
    for number, block in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8")), start=1)
}
EXAMPLES = {
    name: member
    for name, member in public_names().items()
    if ">>>" in (inspect.getdoc(member) or "") and not name.startswith("socdialog.sources")
}


class AnyWhereNoneIsShown(doctest.OutputChecker):
    """An example that shows no output may have any."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return not want or super().check_output(want, got, optionflags)


@pytest.fixture
def at_hand(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped study as the nearest one, in a folder in which an example may write."""
    (tmp_path / "data").symlink_to(shipped)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 2
    assert len(EXAMPLES) >= 10


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.usefixtures("at_hand")
def test_an_example_of_a_document_runs(name: str) -> None:
    exec(compile(BLOCKS[name], name, "exec"), {})  # noqa: S102 - the documents are ours


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.usefixtures("at_hand")
def test_an_example_of_a_docstring_runs(name: str) -> None:
    member: Any = inspect.unwrap(EXAMPLES[name])  # type: ignore[arg-type]
    home = inspect.getmodule(member)
    names = {**vars(home), "sd": sd, "pl": pl, "date": date} if home else {}
    text = _SKIP.sub("", inspect.getdoc(member) or "")
    test = doctest.DocTestParser().get_doctest(text, names, name, None, 0)
    said: list[str] = []
    doctest.DocTestRunner(AnyWhereNoneIsShown(), optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert said == [], "".join(said)
