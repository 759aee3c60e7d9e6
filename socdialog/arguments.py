"""What the command line takes: no abbreviations, and each value checked where it is read."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from socdialog.advice import advice, unknown
from socdialog.errors import UsageError
from socdialog.paths import expanded, user_path

T = TypeVar("T")
#: The longest wait, about a year, and the largest count: clocks and calendars end somewhere beyond.
_MOST_SECONDS, _MOST = 3e7, 1_000_000


class Parser(argparse.ArgumentParser):
    """A parser that takes options by their full names, and suggests the nearest one when it knows none.

    The parsers of its commands are of the same class.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **options})

    def parse_known_args(  # type: ignore[override]  # its overloads say no more
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> tuple[Any, list[str]]:
        """Parse what is known, and refuse an unknown option here, where the known ones are."""
        found, rest = super().parse_known_args(args, namespace)
        option = next((text.split("=", 1)[0] for text in rest if text.startswith("--") and text != "--"), None)
        if option is not None:
            self.error(unknown("option", option, (name for name in self._option_string_actions if name[:2] == "--")))
        return found, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is none of the choices, such as a command, with what was meant or all of them."""
        if action.choices is not None and value not in action.choices:
            what = (action.metavar if isinstance(action.metavar, str) else action.dest).lower()
            choices = [str(choice) for choice in action.choices]
            found = advice(str(value), choices) or f"known: {', '.join(choices)}"
            raise argparse.ArgumentError(None, f"{value!r} is not a known {what}; {found}")


def folder(text: str) -> Path:
    """Return a path as typed, with ``~`` as a home folder."""
    return _refused_as_argument(user_path, text)


def target(text: str) -> str:
    """Return a place to publish to, as typed; ``~`` at its start is a home folder of this machine."""
    if not text:
        raise argparse.ArgumentTypeError("the target is empty; name a folder, or host:folder")
    return _refused_as_argument(expanded, text)


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a list joined by commas."""
    parts = tuple(part.strip() for part in text.split(","))
    if not all(parts):
        raise argparse.ArgumentTypeError(f"{text!r} has an empty part; separate codes with commas, such as GHA,NGA")
    return parts


def count(text: str) -> int:
    """Return a whole number of 1 or more."""
    if not text.isdecimal() or len(text) > len(str(_MOST)) or not 1 <= int(text) <= _MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {_MOST:,}")
    return int(text)


def seconds(text: str) -> float:
    """Return a number of seconds of at most about a year."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= _MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds from 0 to {_MOST_SECONDS:,.0f}")
    return value


def _refused_as_argument(convert: Callable[[str], T], text: str) -> T:
    try:
        return convert(text)
    except UsageError as problem:
        raise argparse.ArgumentTypeError(f"{problem.title}; {problem.hint}") from None
