"""What went wrong in the program itself, as a problem like every other: the rest of a check goes on."""

from __future__ import annotations

import traceback
from pathlib import Path

import polars as pl

from socdialog.intake.problems import Problem

#: What a step of the program may raise that is a fault of its own; polars' panics are no `Exception`.
FAULTS: tuple[type[BaseException], ...] = (Exception, pl.exceptions.PanicException)
#: Name of the rule that reports such a fault.
RULE = "program_fault"
_LONGEST = 200


def program_fault(shown: str, what: str, error: BaseException) -> Problem:
    """Return the problem that says that `what` failed at the place `shown`.

    Raises
    ------
    MemoryError
        When that was the reason: the machine is at fault, not the program.
    """
    if isinstance(error, MemoryError):
        raise error
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "socdialog" in Path(frame.filename).parts] or list(frames)
    place = f" at {Path(own[-1].filename).name}:{own[-1].lineno}" if own else ""
    text = " ".join(str(error).split())
    quoted = f": {text[:_LONGEST]}" if text else ""
    message = (
        f"{what} failed with {type(error).__name__}{place}{quoted}. "
        "This is a defect of socdialog; please report it with this line and the data that led to it"
    )
    return Problem(shown, 0, "", message, "error", RULE)
