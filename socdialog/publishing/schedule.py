"""Schedules that check, build and publish: for cron, systemd and GitHub.

Without a country, one entry runs the three steps, each even if an earlier one fails: outdated data is reported and
the site is unchanged, and a site with one page kept from an earlier edition is still published. With countries, the
check is one entry and each country is another, at its own time: a failure is reported for that country and stops no
other. An entry fails when any of its steps fails, and a failure is sent to a person. All entries wait for each other
at the lock of the site, and share its cache.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal as Choice

from socdialog.codebook import cldr
from socdialog.errors import UsageError
from socdialog.store.files import write_atomic
from socdialog.store.fingerprint import sha256_bytes

Kind = Choice["cron", "systemd", "github"]
NAME = "socdialog"
#: Stands in every file of a schedule, so that the next one may replace it.
_MARK = "# Written by socdialog schedule"
_HOUR, _SLOTS = 4, 30
#: Seconds a scheduled build waits for another one.
_WAIT = 3600
#: Stands where systemd will put the name of an instance; no path and no option can hold it.
_INSTANCE = "\0"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done again and again.

    Parameters
    ----------
    python
        The interpreter that has socdialog.
    data, out
        The study's folder, and the site.
    countries
        Codes of the countries that get an entry each; empty = one entry for every page.
    max_age
        Days after which the data is called old.
    publish
        Where rsync copies the site; empty when `out` itself is what a web server shows.
    mail
        Address notified on failure; empty = the owner of the schedule.
    """

    python: str
    data: str
    out: str
    countries: tuple[str, ...] = ()
    max_age: int = 90
    publish: str = ""
    mail: str = ""

    def __post_init__(self) -> None:
        wrong = [
            f"{name}: {value!r} holds a line break or another control character"
            for name in ("python", "data", "out", "publish", "mail")
            if not (value := getattr(self, name)).isprintable()
        ]
        if wrong:
            raise UsageError("a schedule cannot contain such a name", details=wrong)

    @property
    def build_dir(self) -> str:
        """The folder next to the site that holds the cache of a build."""
        return str(PurePosixPath(self.out).parent / ".socdialog")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a schedule.

    Parameters
    ----------
    name
        Name, as a unit of systemd has it.
    hour, minute
        Time of day; the minute is an odd one, so that not everybody's machine wakes at the same one.
    country
        What it builds; empty = every page, or nothing where it only checks.
    """

    name: str
    hour: int
    minute: int
    country: str = ""


def entries(job: Job) -> tuple[Entry, ...]:
    """Return the entries of a schedule, no two of them at the same time."""
    names = {f"{NAME}-check": "", **{f"{NAME}@{code}": code for code in job.countries}} if job.countries else {NAME: ""}
    first = int(sha256_bytes(job.data.encode())[:8], 16) % _SLOTS
    times = [divmod(first + place, _SLOTS) for place in range(len(names))]
    return tuple(
        Entry(name, (_HOUR + hours) % 24, 2 * slot + 1, country)
        for (name, country), (hours, slot) in zip(names.items(), times, strict=True)
    )


def schedule(kind: Kind, job: Job) -> dict[str, str]:
    """Return the files of a schedule by name.

    Raises
    ------
    UsageError
        When a workflow is asked for and the data or the site is outside the repository.
    """
    planned = entries(job)
    if kind == "cron":
        return {f"{NAME}.cron": _render("cron.j2", job=job, entries=planned)}
    if kind == "systemd":
        # One service does for all countries, each of which has a timer.
        services = dict.fromkeys(re.sub("@.*", "@", one.name) for one in planned)
        units = {f"{unit}.service": _render("service.j2", job=job, unit=unit) for unit in services}
        units |= {f"{one.name}.timer": _render("timer.j2", entry=one) for one in planned}
        return units | {f"{NAME}-failed@.service": _render("failed.j2", job=job)}
    for name, value in (("--data", job.data), ("--out", job.out)):
        if PurePosixPath(value).is_absolute() or ".." in PurePosixPath(value).parts:
            raise UsageError(f"{name}: {value} is outside the repository", hint="give a path below its top folder")
    if job.publish or job.mail:
        raise UsageError(
            "a workflow publishes on GitHub Pages, and GitHub mails a failure", hint="leave out --publish and --mail"
        )
    return {f".github/workflows/{NAME}.yaml": _render("github.yaml.j2", job=job, entry=planned[0])}


def write(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the files of a schedule below `folder`, and return their paths.

    Raises
    ------
    UsageError
        Before anything is written: a file of that name is there that no schedule wrote.
    """
    strangers = [folder / name for name in files if not _may_write(folder / name)]
    if strangers:
        raise UsageError(
            f"{cldr.counted(len(strangers), 'file')} not written by socdialog schedule would be replaced",
            details=[str(path) for path in strangers],
            hint="move them away, or name another folder with --into",
        )
    for name, text in files.items():
        write_atomic(folder / name, text)
    return [folder / name for name in files]


def _may_write(path: Path) -> bool:
    """Say whether nothing is there, or a file that a schedule wrote."""
    if not os.path.lexists(path):
        return True
    return path.is_file() and not path.is_symlink() and _MARK.encode() in path.read_bytes()


def for_cron(command: str) -> str:
    """Escape what cron would take for the end of a line."""
    return command.replace("%", r"\%")


def for_systemd(text: str) -> str:
    """Return `text` as one argument of a command in a unit, in quotes."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), (_INSTANCE, "%i")):
        text = text.replace(sign, written)
    return f'"{text}"'


def for_yaml(text: str) -> str:
    """Return `text` as a string in YAML that a workflow takes as it is."""
    return json.dumps(text.replace("${{", "${{ '${{' }}"), ensure_ascii=False)


def _render(template: str, **values: object) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - no HTML: each template quotes for its own reader
        loader=PackageLoader(__package__ or ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"sh": shlex.quote, "cron": for_cron, "systemd": for_systemd, "yaml": for_yaml}
    return environment.get_template(template).render(mark=_MARK, name=NAME, wait=_WAIT, instance=_INSTANCE, **values)
