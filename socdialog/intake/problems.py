"""One problem of the raw data: where it is, what is wrong, why, and how to fix it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from socdialog.store.walk import readable

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem of one place in the raw data.

    Parameters
    ----------
    file
        The file, below the folder that holds ``raw/``, as a person would open it.
    line
        Line of the file as an editor counts it; 0 = the file as a whole.
    column
        Name of the column; empty = the line as a whole.
    message
        The value, the rule, the nearest right value and how to fix it.
    level
        ``error`` stops a build, ``warning`` does not.
    rule
        Name of the rule that found it.
    """

    file: str
    line: int
    column: str
    message: str
    level: Level
    rule: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        head = f"{place}: {self.column}: " if self.column else f"{place}: "
        mark = "" if self.level == "error" else "warning: "
        return f"{head}{mark}{self.message}"


def shown_path(folder: Path, file: str) -> str:
    """Return the path of a raw file as problems show it, such as ``data/raw/activity/reports.csv``."""
    full = Path(os.path.abspath(folder))  # noqa: PTH100 - a link keeps the name under which a person opens it
    return readable(f"{full.parent.name}/{full.name}/{file}")
