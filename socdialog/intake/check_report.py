"""The problems of a check, as lines, as a frame, and as a table in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape

import polars as pl

from socdialog.codebook import cldr
from socdialog.intake.problems import Problem


@dataclass(frozen=True)
class CheckReport:
    """What a check of the raw data found.

    Parameters
    ----------
    problems
        Every problem, sorted by file, line and column.

    Examples
    --------
    >>> print(CheckReport(()))
    no problems found
    """

    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Problems that a person should look at; they stop nothing."""
        return tuple(problem for problem in self.problems if problem.level == "warning")

    def frame(self) -> pl.DataFrame:
        """Return one row a problem: file, line, column, message, level, rule."""
        names = [field.name for field in fields(Problem)]
        return pl.DataFrame(
            [[getattr(problem, name) for name in names] for problem in self.problems],
            schema={name: pl.Int64 if name == "line" else pl.String for name in names},
            orient="row",
        )

    @property
    def summary(self) -> str:
        """How many errors and warnings there are, in words."""
        if not self.problems:
            return "no problems found"
        return f"{cldr.counted(len(self.errors), 'error')}, {cldr.counted(len(self.warnings), 'warning')}"

    def __str__(self) -> str:
        return "\n".join((*map(str, self.problems), self.summary))

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{name}</th>' for name in ("File and line", "Column", "Problem", "Level"))
        body = "".join(
            "<tr>"
            f'<th scope="row">{escape(problem.file)}{f":{problem.line}" if problem.line else ""}</th>'
            f"<td>{escape(problem.column)}</td><td>{escape(problem.message)}</td><td>{problem.level}</td>"
            "</tr>"
            for problem in self.problems
        )
        if not self.problems:
            return f"<p>{escape(self.summary)}</p>"
        caption = f"<caption>{escape(self.summary)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
