"""No check of wholeness or content is there in vain: without any single one, a known wrong file or answer passes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType

import pytest

from socdialog.sources import bodies, question, reader, sdmx_csv
from socdialog.sources.question import Question, check_answer
from socdialog.sources.reader import read_series
from socdialog.sources.source_error import SourceError
from tests.official import DENSITY, HEADER, ROWS, csv, packed
from tests.unit.sources.test_reader import SDMX_1, SDMX_2, WRONG, WRONG_SDMX

PROMISED = {"n.records": 4, "n.records.all": 5}
CLASSIFIED = csv(["KAZ,FX:1,STR_DAYS_ECO_NB,2017,,1"], header="ref_area,source,indicator,time,classif1,obs_value")
#: Wrong answers: what was asked, and what came.
ANSWERS: dict[str, tuple[Question, bytes]] = {
    "another area": (Question(f"{DENSITY}_A", areas=("KAZ",)), csv()),
    "another year": (Question(f"{DENSITY}_A", since=2013, areas=("KAZ",)), csv(ROWS[:2])),
    "another indicator": (Question("ILR_CBCT_NOC_RT_A", since=2000), csv()),
    "fewer rows": (Question(f"{DENSITY}_A"), csv(ROWS[:3])),
    "fewer rows of all sources": (Question(f"{DENSITY}_A", best_source="all"), csv()),
    "no classification": (Question("STR_DAYS_ECO_NB_A", since=2000), CLASSIFIED),
}
#: Right ones, which every check lets pass.
RIGHT = (csv(), packed(csv()), csv(header=HEADER.replace("obs_status", "note_source")))


def of_file(content: bytes, layout: str) -> str:
    try:
        read_series(content, layout)  # type: ignore[arg-type]
    except SourceError as refused:
        return refused.cause
    except Exception as broken:  # noqa: BLE001 - a later step may fail without the check
        return type(broken).__name__
    return "kept"


def of_answer(asked: Question, content: bytes) -> str:
    try:
        check_answer(asked, read_series(content), PROMISED)
    except SourceError as refused:
        return refused.cause
    return "kept"


def bomb() -> str:
    try:
        bodies.unpacked(packed(b"x\n" * 5000), largest=9_999)
    except SourceError as refused:
        return refused.cause
    return "kept"


def outcomes() -> dict[str, str]:
    """What becomes of every wrong file and answer."""
    return {
        **{name: of_file(content, "ilostat") for name, (content, _) in WRONG.items()},
        **{f"SDMX {place}": of_file(text.encode(), "sdmx-csv") for place, (text, _) in enumerate(WRONG_SDMX)},
        **{name: of_answer(*told) for name, told in ANSWERS.items()},
        "bomb": bomb(),
    }


def checks(module: ModuleType) -> Iterator[tuple[str, int]]:
    """Each function and line of a module that raises a refusal."""
    for function in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Raise) and "SourceError" in ast.dump(node):
                    yield function.name, node.lineno


def without(module: ModuleType, line: int) -> dict[str, CodeType]:
    """The functions of a module, in which the refusal in one line is left out."""
    tree = ast.parse(inspect.getsource(module))

    class Dropped(ast.NodeTransformer):
        def visit_Raise(self, node: ast.Raise) -> ast.stmt:
            return ast.copy_location(ast.Pass(), node) if node.lineno == line else node

    compiled = compile(ast.fix_missing_locations(Dropped().visit(tree)), str(module.__file__), "exec")
    return {one.co_name: one for one in compiled.co_consts if isinstance(one, CodeType)}


CHECKS = [(module, *told) for module in (bodies, reader, sdmx_csv, question) for told in checks(module)]


def test_every_check_is_found() -> None:
    assert len(CHECKS) > 25
    assert {function for _, function, _ in CHECKS} >= {
        "unpacked",
        "gunzipped",
        "_whole_text",
        "_whole_parquet",
        "_count",
    }


@pytest.mark.parametrize(
    ("module", "function", "line"),
    CHECKS,
    ids=[f"{module.__name__.split('.')[-1]}.{name}:{line}" for module, name, line in CHECKS],
)
def test_without_one_check_something_wrong_passes(module: ModuleType, function: str, line: int) -> None:
    before = outcomes()
    assert "kept" not in before.values()
    found: Callable[..., object] = getattr(module, function)
    assert isinstance(found, FunctionType)
    code = found.__code__
    found.__code__ = without(module, line)[function]
    try:
        assert outcomes() != before
    finally:
        found.__code__ = code
    assert outcomes() == before


@pytest.mark.parametrize("content", RIGHT)
def test_what_is_right_passes(content: bytes) -> None:
    assert of_file(content, "ilostat") == "kept"
    assert of_answer(Question(f"{DENSITY}_A"), content) == "kept"
    assert {of_file(text.encode(), "sdmx-csv") for text in (SDMX_1, SDMX_2)} == {"kept"}
