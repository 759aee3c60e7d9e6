"""Read the worked examples of the metrics: Markdown that a researcher reads, the tests run and the documentation shows.

One file is a title, an introduction and cases. A case is a section (``## title``) of running text and three kinds of
block::

    given events                      (a name where there are several tables; else the columns are the arguments)
    | event_id | topics (list) |
    | --- | --- |
    | e1 | wages; osh |

    when `activity.events_by(events, "topics")`

    then
    | topics | value |
    | --- | --- |
    | osh | 1 |

An empty cell is null. A word behind the name of a column says how its cells are read; only the tests need it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

#: The worked examples, which `tests/spec` computes.
EXAMPLES = Path(__file__).parents[1] / "tests" / "spec" / "examples"
_HEADER = re.compile(r"(?P<name>[^()]+?)\s*(?:\((?P<kind>\w+)\))?")
_CALL = re.compile(r"\b([a-z_]+)\.([a-z]\w*)\(")


class Column(NamedTuple):
    """A column of a table: its name, and how its cells are read (None = as they look)."""

    name: str
    kind: str | None


class Grid(NamedTuple):
    """A table as it is written; a cell is None where it is empty."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example.

    Parameters
    ----------
    file, title
        Where it stands, and its heading.
    text
        What is said of it, with the source of the expected values.
    given
        The tables that go in.
    when
        The call.
    then
        The table that must come out.
    """

    file: str
    title: str
    text: str
    given: tuple[Grid, ...]
    when: str
    then: Grid | None

    @property
    def calls(self) -> tuple[str, str]:
        """The subject and the name of the metric it calls; empty texts where it calls none."""
        found = _CALL.search(self.when)
        return (found.group(1), found.group(2)) if found else ("", "")


@dataclass(frozen=True, slots=True)
class Specification:
    """One file: its name, title, introduction and cases."""

    file: str
    title: str
    text: str
    cases: tuple[Case, ...]


@cache
def specifications() -> tuple[Specification, ...]:
    """Return every specification of the metrics, by name of file."""
    return tuple(
        read_specification(path.read_text(encoding="utf-8"), file=path.stem) for path in sorted(EXAMPLES.glob("*.md"))
    )


def read_specification(text: str, *, file: str) -> Specification:
    """Read one specification.

    Raises
    ------
    ValueError
        When a table is not one.
    """
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    title, _, introduction = head.strip().partition("\n")
    cases = tuple(_case(section, file) for section in sections)
    return Specification(file, title.removeprefix("# ").strip(), _joined(introduction), cases)


def read_grid(lines: list[str], *, name: str = "") -> Grid:
    """Read one Markdown table.

    Raises
    ------
    ValueError
        When a heading cannot be read, or a row is of another length.
    """
    header, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    columns = []
    for heading in header:
        parts = _HEADER.fullmatch(heading)
        if parts is None:
            raise ValueError(f"{name}: {heading!r} is no name of a column")
        columns.append(Column(parts["name"].strip("` "), parts["kind"]))
    uneven = [row for row in rows if len(row) != len(columns)]
    if uneven:
        raise ValueError(f"{name}: {uneven[0]} has not {len(columns)} cells")
    return Grid(name, tuple(columns), tuple(tuple(cell or None for cell in row) for row in rows))


def _case(section: str, file: str) -> Case:
    title, *lines = section.splitlines()
    text: list[str] = []
    given: list[Grid] = []
    when, then = "", None
    word, name = "", ""
    table: list[str] = []
    for line in [*(line.strip() for line in lines), ""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            grid, table = read_grid(table, name=name), []
            if word == "then":
                then = grid
            else:
                given.append(grid)
        if line in {"then", "given"} or line.startswith("given "):
            word, _, name = line.partition(" ")
        elif line.startswith("when "):
            when = line.removeprefix("when ").strip("`")
        elif line:
            text.append(line)
    return Case(file, title.strip(), _joined("\n".join(text)), tuple(given), when, then)


def _joined(text: str) -> str:
    return " ".join(text.split())
