"""Exceptions for users: the title states the problem, the details where it is, the hint how to fix it."""

from __future__ import annotations

from collections.abc import Iterable


class SocdialogError(Exception):
    """A problem that the user can fix.

    Parameters
    ----------
    title
        Problem, in one line.
    hint
        How to fix it; may be empty.
    details
        Further lines, one problem each.
    """

    #: Exit code of the command line when this error ends it.
    exit_code = 1

    def __init__(self, title: str, *, hint: str = "", details: Iterable[str] = ()) -> None:
        self.title = title
        self.hint = hint
        self.details = tuple(details)
        super().__init__(title)

    def __str__(self) -> str:
        return "\n".join(line for line in (self.title, *self.details, self.hint) if line)

    def _render_traceback_(self) -> list[str]:
        """Show a user's mistake in a notebook as a message, without a traceback."""
        return [f"{type(self).__name__}: {self}"]


class DataError(SocdialogError):
    """The data has errors; each detail is one problem."""

    exit_code = 1


class UsageError(SocdialogError):
    """A usage error: an unknown name, a wrong type, an impossible combination."""

    exit_code = 2


class BusyError(SocdialogError):
    """Another process is using the study or the site and timed out."""

    exit_code = 3
