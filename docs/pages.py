"""Write the pages of the documentation that are made from the code: reference, metrics, data dictionary.

What is documented is what a user may use: the names in ``__all__`` of the public modules, and the classes in
`RETURNED`, which their functions return. The metrics are described by their docstrings and worked examples,
the tables by the codebook.
"""

from __future__ import annotations

import inspect
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import socdialog as sd
from docs.methods import PARTS, Method, Subject, subjects
from docs.specifications import Case, Grid
from socdialog import codebook
from socdialog.store.datapackage import columns

ROOT = Path(__file__).parents[1]
#: The classes whose objects public functions return.
RETURNED = (
    "socdialog.results.Result",
    "socdialog.profiles.profile.Profile",
    "socdialog.profiles.profile.Section",
    "socdialog.intake.check_report.CheckReport",
)
_CODE = re.compile(r"(`+[^`]+`+)")


def public_modules() -> dict[str, ModuleType]:
    """Return the public modules by the name under which a user reaches them."""
    found: dict[str, ModuleType] = {}
    queue = [("socdialog", sd)]
    while queue:
        name, module = queue.pop(0)
        found[name] = module
        queue += [
            (f"{name}.{one}", member)
            for one in sorted(module.__all__)
            if isinstance(member := getattr(module, one), ModuleType)
        ]
    return found


def public_names() -> dict[str, object]:
    """Return every public function, class and constant by its full name."""
    return {
        f"{name}.{one}": member
        for name, module in public_modules().items()
        for one in sorted(module.__all__)
        if not isinstance(member := getattr(module, one), ModuleType)
    }


def write_pages(folder: Path) -> None:
    """Write all generated pages into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    pages = {**dict(_reference()), **dict(_metrics()), "data_dictionary": _joined(_dictionary())}
    for name, text in pages.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    # The tour is shown as it is in the repository, and run while the documentation is built.
    shutil.copyfile(ROOT / "notebooks" / "tour.ipynb", folder / "tour.ipynb")


def _reference() -> Iterator[tuple[str, str]]:
    modules = public_modules()
    yield (
        "reference/index",
        _joined(_index("Functions and classes", "Everything a user may call, by module.", modules, returned=True)),
    )
    for name, module in modules.items():
        lines = [f"# {name}", "", "```{eval-rst}", f".. py:module:: {name}", "", inspect.getdoc(module) or "", ""]
        for one in sorted(module.__all__):
            member = getattr(module, one)
            if not isinstance(member, ModuleType):
                lines += [f".. {_directive(member)}:: {name}.{one}", *_options(member), ""]
        yield f"reference/{name}", _joined([*lines, "```"])
    lines = ["# Returned objects", "", "Functions of the library return these objects.", "", "```{eval-rst}"]
    for name in RETURNED:
        lines += [f".. autoclass:: {name}", "   :members:", "   :inherited-members:", ""]
    yield "reference/returned", _joined([*lines, "```"])


def _directive(member: object) -> str:
    if inspect.isclass(member):
        return "autoexception" if issubclass(member, BaseException) else "autoclass"
    return "autofunction" if callable(member) and inspect.isroutine(inspect.unwrap(member)) else "autodata"


def _options(member: object) -> list[str]:
    return ["   :members:"] if inspect.isclass(member) else []


def _metrics() -> Iterator[tuple[str, str]]:
    found = subjects()
    lead = "Each metric with its formula, unit, missing-data rule, limits, reference and tested worked examples."
    yield "metrics/index", _joined(_index("Metrics", lead, [subject.name for subject in found]))
    for subject in found:
        yield f"metrics/{subject.name}", _joined(_subject(subject))


def _index(title: str, lead: str, names: Iterable[str], *, returned: bool = False) -> list[str]:
    listed = [*names, *(["returned"] if returned else [])]
    return [f"# {title}", "", lead, "", "```{toctree}", ":maxdepth: 1", "", *listed, "```"]


def _subject(subject: Subject) -> Iterator[str]:
    yield from (f"# {_text(subject.title.rstrip('.'))}", "")
    for paragraph in subject.text:
        yield from (_text(paragraph), "")
    for method in subject.methods:
        yield from _method(method)
    if subject.steps:
        yield from ("## Steps", "")
        for step in subject.steps:
            yield from (f"- `{step.name}`, a step of {_text(step.step_of)} {_text(step.measures)}", "")


def _method(method: Method) -> Iterator[str]:
    yield from (f"## {method.name}", "", f"`sd.metrics.{method.subject}.{method.name}({method.arguments})`", "")
    yield from (_text(method.measures), "")
    for label, heading in PARTS.items():
        yield from (heading, f": {_text(method.parts.get(label, ''))}", "")
    yield from (("Returns", f": {_text(method.returns)}", "") if method.returns else ())
    for case in method.cases:
        yield from _case(case)


def _case(case: Case) -> Iterator[str]:
    yield from (f"### {_text(case.title)}", "", _text(case.text), "")
    for grid in case.given:
        yield from (f"Given{f' `{grid.name}`' if grid.name else ''}:", "", *_table(grid), "")
    yield from (f"`{case.when}`", "")
    if case.then is not None:
        yield from ("Result:", "", *_table(case.then), "")


def _table(grid: Grid) -> Iterator[str]:
    yield _row(f"`{column.name}`" for column in grid.columns)
    yield _row("---" for _ in grid.columns)
    for row in grid.rows:
        yield _row(_text(cell or "") for cell in row)


def _dictionary() -> Iterator[str]:
    yield from ("# Data dictionary", "")
    yield from (
        "Every table, column and code. An empty cell never means zero. Dates are texts of reduced precision",
        "",
    )
    yield from ("(`1992`, `1992-07`, `1992-07-13`) with their first and last possible day in further columns.", "")
    yield from ("## Tables", "")
    for name, table in sorted(codebook.tables().items()):
        key = ", ".join(f"`{one}`" for one in table.key)
        yield from (f"### {table.title}", "", f"`sd.load_{name}()`. One row: {_text(table.row)} Key: {key}.", "")
        yield from (_row(("Column", "Type", "Unit", "Meaning")), _row(["---"] * 4))
        for column in columns(name).values():
            kind = f"{column.type} of {column.of}" if column.of else column.type
            yield _row((f"`{column.name}`", kind, column.unit or "", _text(column.doc)))
        yield ""
    yield from ("## Codes", "")
    for name in codebook.vocabularies():
        yield from (f"### {name.replace('_', ' ').capitalize()}", "")
        yield from (_row(("Code", "Label", "Definition")), _row(["---"] * 3))
        for code, term in codebook.vocabulary(name).items():
            yield _row((f"`{code}`", _text(term.label), _text(term.definition)))
        yield ""


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '&#124;') for cell in cells)} |"


def _text(text: str) -> str:
    """Return the text of a docstring or of an example as Markdown: only code and emphasis mean something."""
    parts = _CODE.split(text)
    return "".join(part if at % 2 else re.sub(r"([\\<>_\[\]{}$#])", r"\\\1", part) for at, part in enumerate(parts))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
