"""What a build says while it runs, and at its end: lines for people, JSON for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from socdialog.codebook import cldr
from socdialog.console import is_narrow
from socdialog.store.ownership import few
from socdialog.store.walk import readable

_SPENT_AT_LEAST = 0.05
#: Foreign files that are named for a machine.
_NAMED = 100


@dataclass(frozen=True, slots=True)
class Summary:
    """How a build ended.

    Parameters
    ----------
    built, unchanged, stale
        Names of pages.
    kept, failed
        Names of pages with the reason.
    over_caps
        What pages of countries have too much of, by name.
    seconds
        Seconds of each page that was built, by name.
    phases
        Where the time of the whole went, in seconds.
    foreign
        Files in the site that are not ours and were carried over; a folder of such files is one entry.
    foreign_count
        How many files they are.
    left
        Folders next to the site with foreign files that could not be carried over.
    """

    built: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    failed: Mapping[str, str] = field(default_factory=dict)
    over_caps: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    phases: Mapping[str, float] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    foreign_count: int = 0
    left: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether every page that was asked for is as it should be."""
        return not self.kept and not self.failed

    @property
    def total(self) -> float:
        """Seconds of the whole build."""
        return sum(self.phases.values())

    def record(self) -> dict[str, object]:
        """Return the summary for machines."""
        return {
            "built": list(self.built),
            "unchanged": list(self.unchanged),
            "stale": list(self.stale),
            "kept": dict(self.kept),
            "failed": dict(self.failed),
            "over_caps": {name: list(excess) for name, excess in self.over_caps.items()},
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
            "phases": {name: round(value, 3) for name, value in self.phases.items()},
            "total": round(self.total, 3),
            "foreign": {"count": self.foreign_count, "names": [readable(name) for name in self.foreign[:_NAMED]]},
            "left": [readable(path) for path in self.left],
        }

    def lines(self) -> list[str]:
        """Return the summary for people."""
        found = [
            f"{word}: {' '.join(names)}"
            for word, names in (("Built", self.built), ("Unchanged", self.unchanged), ("Out of date", self.stale))
            if names
        ]
        found += [f"Kept from an earlier edition: {name} ({reason})" for name, reason in self.kept.items()]
        found += [f"Failed: {name} ({reason})" for name, reason in self.failed.items()]
        found += [f"Warning: page of {name} is too long: {'; '.join(each)}" for name, each in self.over_caps.items()]
        if self.foreign:
            verb = cldr.plural(self.foreign_count, "is", "are")
            found.append(
                f"Kept {cldr.counted(self.foreign_count, 'file')} that {verb} not part of the site: {few(self.foreign)}"
            )
        found += [f"Could not be kept in the site; moved to: {readable(path)}" for path in self.left]
        if self.seconds:
            slowest = max(self.seconds, key=lambda name: self.seconds[name])
            found.append(f"Slowest: {slowest}, {self.seconds[slowest]:.1f} s")
        spent = ", ".join(f"{name} {value:.1f}" for name, value in self.phases.items() if value >= _SPENT_AT_LEAST)
        return [*found, f"Total: {self.total:.1f} s ({spent})" if spent else f"Total: {self.total:.1f} s"]


class Progress:
    """Reports the progress of a build.

    Parameters
    ----------
    machine
        Whether to write JSON lines.
    """

    def __init__(self, *, machine: bool = False) -> None:
        #: Seconds each page took the last time, by name.
        self.expected: dict[str, float] = {}
        self._machine, self._stream = machine, sys.stderr
        self._live = not machine and self._stream.isatty()
        self._began: dict[str, float] = {}
        self._total = self._done = 0

    def planned(self, total: int) -> None:
        """Say how many notebooks will run."""
        self._total = total

    def started(self, name: str) -> None:
        """Say that a notebook began."""
        self._began[name] = time.monotonic()
        if self._machine:
            self._write({"event": "started", "page": name})
        self._show()

    def ended(self, name: str, *, seconds: float, problem: str | None) -> None:
        """Say that a notebook ended."""
        self._began.pop(name, None)
        self._done += 1
        if self._machine:
            self._write({"event": "ended", "page": name, "seconds": round(seconds, 3), "problem": problem})
            return
        words = f"failed: {problem}" if problem else "done"
        self._line(f"[{self._done}/{self._total}] {name} {words} ({seconds:.1f} s)")
        self._show()

    def finished(self, summary: Summary) -> None:
        """Say how it all ended."""
        if self._machine:
            self._write({"event": "summary", **summary.record()})
            return
        for line in summary.lines():
            self._line(line)

    def _line(self, text: str) -> None:
        clear = "\r\x1b[K" if self._live else ""
        print(f"{clear}{text}", file=self._stream, flush=True)

    def _show(self) -> None:
        """Show what runs now, on one line that is written over."""
        if not self._live or not self._began:
            return
        now = time.monotonic()
        running = ", ".join(
            f"{name} {now - began:.0f} s" + (f" of about {self.expected[name]:.0f}" if name in self.expected else "")
            for name, began in self._began.items()
        )
        print(f"\r\x1b[K[{self._done}/{self._total}] {running}", end="", file=self._stream, flush=True)

    def _write(self, message: Mapping[str, object]) -> None:
        print(json.dumps(message, ensure_ascii=is_narrow(self._stream)), file=self._stream, flush=True)
