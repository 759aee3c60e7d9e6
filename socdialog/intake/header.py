"""The header line of a raw file against the data dictionary: missing, surplus, doubled, misplaced columns."""

from __future__ import annotations

from dataclasses import dataclass

from socdialog import codebook
from socdialog.advice import meanings
from socdialog.intake.problems import Problem


@dataclass(frozen=True)
class Header:
    """The columns of a file.

    Parameters
    ----------
    names
        For each cell of a row the column it belongs to; None = a column that is not known.
    sound
        Whether nothing was missing or surplus, so that rows must have exactly as many cells.
    """

    names: tuple[str | None, ...]
    sound: bool


def read_header(table: str, line: str, *, shown: str) -> tuple[Header | None, tuple[Problem, ...]]:
    """Match the header line with the columns of `table`.

    A misspelt name is one problem (not a missing and a surplus column), and its cells are read as
    those of the column it means.
    """
    spec = codebook.tables()[table].columns
    given = [name.removeprefix('"').removesuffix('"') for name in line.split(",")]
    problems: list[Problem] = []

    def wrong(column: str, message: str, rule: str) -> None:
        problems.append(Problem(shown, 1, column, message, "error", rule))

    needed = tuple(name for name, column in spec.items() if not column.optional)
    right = ",".join(needed)
    # Where a file has all columns, or all that are needed, a strange name is known by its place too.
    places = next((names for names in (tuple(spec), needed) if len(names) == len(given)), ())
    if not set(given) & set(spec):
        wrong("", _no_header(line, right), "header")
        return None, tuple(problems)
    names: list[str | None] = [
        name if name in spec and name not in given[:at] else None for at, name in enumerate(given)
    ]
    missing = [name for name, column in spec.items() if name not in given and not column.optional]
    for at, name in enumerate(given):
        if names[at] is not None:
            continue
        meant = _meant(name, missing, due=places[at] if places else None)
        if name in given[:at]:
            here = f"; {meant!r} belongs here" if meant else "; delete one of them"
            wrong(name, f"the column is repeated{here}", "duplicate_column")
        elif meant:
            wrong(name, f"no such column; did you mean {meant!r}?", "unknown_column")
        else:
            wrong(
                name,
                "no such column; delete it, or move its content to 'note'"
                if "note" in spec
                else "no such column; delete it",
                "unknown_column",
            )
        if meant:
            names[at] = meant
            missing.remove(meant)
    for name in missing:
        before = tuple(spec)[tuple(spec).index(name) - 1] if next(iter(spec)) != name else None
        where = f"after {before!r}" if before else "as the first"
        wrong(name, f"the column is missing; add it {where}", "missing_column")
    order = [name for name in names if name is not None]
    due = [name for name in spec if name in order]
    if order != due:
        at = next(place for place, (one, other) in enumerate(zip(order, due, strict=True)) if one != other)
        wrong(
            _moved(order, due),
            f"columns are not in order; {due[at]!r} belongs in position {at + 1}: {','.join(due)}",
            "column_order",
        )
    return Header(tuple(names), sound=not missing and None not in names), tuple(problems)


def _no_header(line: str, right: str) -> str:
    if line.casefold().startswith("sep="):
        return f"{line!r} is a line for spreadsheets; delete it, so that the header is the first line"
    for mark, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if line.partition(mark)[0] == right.partition(",")[0] and mark in line:
            return f"cells are separated by {word}; save the file with commas"
    return f"the first line is not the header; it must be: {right}"


def _meant(name: str, missing: list[str], *, due: str | None) -> str | None:
    return next(iter(meanings(name, missing)), due if due in missing else None)


def _moved(order: list[str], due: list[str]) -> str:
    """Return the one column whose removal leaves the rest in order, else the first out of place."""
    for name in order:
        if [other for other in order if other != name] == [other for other in due if other != name]:
            return name
    return next(one for one, other in zip(order, due, strict=True) if one != other)
