"""Paths as people give them: ``~`` is a home folder, and what no system can open is refused at once."""

from __future__ import annotations

import os
from pathlib import Path

from socdialog.errors import UsageError

#: Characters of a path that an error message quotes.
_QUOTED = 60


def user_path(given: str | os.PathLike[str]) -> Path:
    """Return the path that a person gave, with ``~`` at its start as a home folder.

    Parameters
    ----------
    given
        As typed. Nothing has to exist there.

    Raises
    ------
    UsageError
        When it is no path, is empty, names the home of an unknown user, or cannot be looked up: a name that is too
        long, a loop of symbolic links, a folder that may not be entered.

    Examples
    --------
    >>> user_path("data/raw").as_posix()
    'data/raw'
    """
    if not isinstance(given, str | os.PathLike):
        raise UsageError(f"{given!r} is not a path", hint="name a folder in quotes")
    text = os.fspath(given)
    if not text:
        raise UsageError("the path is empty", hint="name a folder, or leave the option out")
    path = Path(expanded(text))
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as problem:
        why = (problem.strerror if isinstance(problem, OSError) else None) or str(problem)
        raise UsageError(f"{_short(text)} cannot be used: {why}", hint="name another path") from None
    return path


def expanded(text: str) -> str:
    """Return `text` with ``~`` or ``~user`` at its start replaced by that home folder.

    Raises
    ------
    UsageError
        When there is no such home folder.
    """
    if not text.startswith("~"):
        return text
    who = text.split("/", 1)[0]
    # With an empty HOME, `~/site` would be `/site`.
    found = text if who == "~" and os.environ.get("HOME") == "" else os.path.expanduser(text)  # noqa: PTH111 - a text
    if found.startswith("~"):
        raise UsageError(f"{_short(text)}: no home folder is known for {_short(who)}", hint="write the whole path")
    return found


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}… ({len(text):,} characters)"
