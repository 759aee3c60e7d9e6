"""The few exceptions a user meets: the title says what, the hint says how to mend."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches


class SocdialogError(Exception):
    """Something the user can mend.

    Parameters
    ----------
    title
        What is wrong, in one line.
    hint
        How to mend it; may be empty.
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
    """Wrong use: an unknown name, a wrong type, an impossible combination."""

    exit_code = 2


class BusyError(SocdialogError):
    """Another process holds the lock and did not end in time."""

    exit_code = 3


#: A list of allowed values up to this length is printed whole.
_LISTED = 12


def nearest(value: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed value closest to `value`, or None when none is close.

    Case and surrounding blanks are ignored first, so that ``kaz`` finds ``KAZ``. Of values as close, one of
    the same letters is meant: ``KZA`` is ``KAZ`` in a hurry, not ``KGZ``.
    """
    options = sorted(set(allowed))
    folded = {option.casefold(): option for option in reversed(options)}
    same = folded.get(value.strip().casefold())
    if same is not None:
        return same
    meant = value.strip().casefold()
    close = get_close_matches(meant, folded, n=max(1, len(folded)), cutoff=0.6)
    if not close:
        return None
    best = SequenceMatcher(None, close[0], meant).ratio()
    ties = [option for option in close if SequenceMatcher(None, option, meant).ratio() == best]
    return folded[next((option for option in ties if sorted(option) == sorted(meant)), ties[0])]


def unknown(what: str, value: str, allowed: Iterable[str]) -> str:
    """Say that `value` is no known `what`, with the nearest right one or the whole short list."""
    options = sorted(set(allowed))
    guess = nearest(value, options)
    if guess is not None:
        return f"{value!r} is not a known {what}; did you mean {guess!r}?"
    if len(options) <= _LISTED:
        return f"{value!r} is not a known {what}; known: {', '.join(options)}"
    return f"{value!r} is not a known {what}"
