"""Ready schedules that check, build and publish: for cron, systemd and GitHub.

Without a country, one entry does the three steps, each whatever became of the one before it: old data is
told and its site still stands, and a site with one page kept from before is still published. With
countries, the check is an entry of its own and each country is another, at a time of its own: what is wrong
with one is told of that one, and stops no other. An entry fails when any of its steps does, and a failure is
told to a person. All wait for each other at the lock of the site, and share its cache.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from typing import Literal as Choice

from socdialog.errors import UsageError
from socdialog.store.files import write_atomic
from socdialog.store.fingerprint import sha256_bytes

if TYPE_CHECKING:
    from jinja2 import Environment

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
        Who is told of a failure; empty = the owner of the schedule.
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
            raise UsageError("no schedule can hold such a name", details=wrong)

    @property
    def workshop(self) -> str:
        """The folder beside the site that holds the cache of a build."""
        return str(PurePosixPath(self.out).parent / ".socdialog")

    def check(self) -> str:
        """Return the step that checks the data and its age."""
        return self._command("check", f"--data={self.data}", f"--max-age={self.max_age}")

    def build(self, *countries: str) -> str:
        """Return the step that builds; of no country: every page."""
        return self._command("build", *countries, f"--data={self.data}", f"--out={self.out}", f"--wait={_WAIT}")

    def send(self) -> tuple[str, ...]:
        """Return the step that publishes, if there is one."""
        if not self.publish:
            return ()
        return (self._command("publish", f"--out={self.out}", f"--wait={_WAIT}", "--", self.publish),)

    def _command(self, *words: str) -> str:
        return shlex.join([self.python, "-P", "-m", "socdialog.cli", *words])


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a schedule: what is run, and when.

    Parameters
    ----------
    name
        Name, as a unit of systemd has it.
    script
        One line for a POSIX shell; it fails when any step does.
    hour, minute
        Time of day.
    """

    name: str
    script: str
    hour: int
    minute: int


def entries(job: Job) -> tuple[Entry, ...]:
    """Return the entries of a schedule, no two of them at the same time."""
    if not job.countries:
        scripts = {NAME: _all_of(job.check(), job.build(), *job.send())}
    else:
        scripts = {f"{NAME}-check": job.check()}
        scripts |= {f"{NAME}@{code}": _all_of(job.build(code), *job.send()) for code in job.countries}
    return tuple(Entry(name, script, *_time(job, place)) for place, (name, script) in enumerate(scripts.items()))


def _time(job: Job, place: int) -> tuple[int, int]:
    """Return an hour and an odd minute, so that not everybody's machine wakes at the same one."""
    first = int(sha256_bytes(job.data.encode())[:8], 16) % _SLOTS
    hours, slot = divmod(first + place, _SLOTS)
    return (_HOUR + hours) % 24, 2 * slot + 1


def _all_of(*steps: str) -> str:
    """Return steps as one line, each done whatever became of the others, that fails when any does."""
    if len(steps) == 1:
        return steps[0]
    told = [f"code{number}" for number, _ in enumerate(steps, 1)]
    done = [f"{step}; {code}=$?" for step, code in zip(steps, told, strict=True)]
    return "; ".join([*done, f"exit $(({' | '.join(told)}))"])


def schedule(kind: Kind, job: Job) -> dict[str, str]:
    """Return the files of a schedule by name.

    Raises
    ------
    UsageError
        When a workflow is asked for and the data or the site lies outside the repository.
    """
    if kind == "cron":
        lines = [f"{one.minute} {one.hour} * * * {_for_cron(_quiet(one))}" for one in entries(job)]
        return {f"{NAME}.cron": _render("cron.j2", job=job, lines=lines)}
    if kind == "systemd":
        return _units(job)
    for name, value in (("--data", job.data), ("--out", job.out)):
        if PurePosixPath(value).is_absolute() or ".." in PurePosixPath(value).parts:
            raise UsageError(f"{name}: {value} lies outside the repository", hint="give a path below its top folder")
    if job.publish or job.mail:
        raise UsageError(
            "a workflow publishes on GitHub Pages, and GitHub mails a failure", hint="leave out --publish and --mail"
        )
    hour, minute = _time(job, 0)
    return {f".github/workflows/{NAME}.yaml": _render("github.yaml.j2", job=job, name=NAME, hour=hour, minute=minute)}


def _units(job: Job) -> dict[str, str]:
    """Return units: one service does for all countries, each of which has a timer."""
    planned = entries(job)
    scripts = {one.name: one.script for one in planned if "@" not in one.name}
    if job.countries:
        scripts[f"{NAME}@"] = _all_of(job.build(_INSTANCE), *job.send())
    units = {
        f"{name}.service": _render("service.j2", name=name.replace("@", " %i"), command=for_systemd(script))
        for name, script in scripts.items()
    }
    units |= {f"{one.name}.timer": _render("timer.j2", entry=one) for one in planned}
    units[f"{NAME}-failed@.service"] = _render("failed.j2", command=for_systemd(_alarm(job)))
    return {name: text.replace("\r", "") for name, text in units.items()}


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
            f"{len(strangers)} file(s) are there already and were not written by socdialog schedule",
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


def _quiet(entry: Entry) -> str:
    """Let an entry say nothing when all went well: cron mails whatever is said."""
    told = shlex.quote(f"{entry.name}: a scheduled run failed")
    return f'said=$( {{ {entry.script}; }} 2>&1 ) || {{ code=$?; printf "%s\\n" {told} "$said"; exit $code; }}'


def _for_cron(command: str) -> str:
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


def _alarm(job: Job) -> str:
    """Return what tells a person that the unit which is the instance has failed."""
    told = f"{_INSTANCE}: a scheduled run failed"
    if job.mail:
        head = shlex.join(["printf", "To: %s\nSubject: %s\n\n".replace("\n", "\\n"), job.mail, told])
        journal = ["journalctl", "--lines=200", "--no-pager", "--unit", _INSTANCE, "--user-unit", _INSTANCE]
        return f"{{ {head}; {shlex.join(journal)}; }} | sendmail -t"
    # Without an address: a message that the journal shows on every terminal.
    return f"echo {shlex.quote(f'{told}; see journalctl --unit {_INSTANCE}')} | systemd-cat -t {NAME} -p emerg"


def _render(template: str, **values: object) -> str:
    return _templates().get_template(template).render(**values)


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(  # noqa: S701 - no HTML: each template quotes for its own reader
        loader=PackageLoader(__package__ or ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = for_yaml
    environment.globals["wait"] = _WAIT
    environment.globals["mark"] = _MARK
    return environment
