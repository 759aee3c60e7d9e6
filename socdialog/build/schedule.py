"""Ready schedules that check, build and publish: for cron, systemd and GitHub.

All do the same three steps, and each step is done whatever became of the one before it: old data is told
and its site still stands, and a site with one page kept from before is still published. Any step that
fails makes the run fail, and a run that fails is told to a person.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from typing import Literal as Choice

from socdialog.errors import UsageError
from socdialog.store.fingerprint import sha256_bytes

if TYPE_CHECKING:
    from jinja2 import Environment

Kind = Choice["cron", "systemd", "github"]
_HOUR = 4
#: Seconds a scheduled build waits for another one.
_WAIT = 3600


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
        Codes of the countries whose pages are made; empty = every page.
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
    def name(self) -> str:
        """Name of the schedule."""
        return "-".join(("socdialog", *self.countries))

    @property
    def minute(self) -> int:
        """An odd minute, so that not everybody's machine wakes at the same one; the same for the same job."""
        return 2 * (int(sha256_bytes(repr((self.data, self.countries)).encode())[:8], 16) % 30) + 1

    @property
    def workshop(self) -> str:
        """The folder beside the site that holds the cache of a build."""
        return str(PurePosixPath(self.out).parent / ".socdialog")

    def script(self) -> str:
        """Return the three steps as one line for a POSIX shell; it fails when any of them does."""
        tool = [self.python, "-P", "-m", "socdialog.cli"]
        data = f"--data={self.data}"
        check = shlex.join([*tool, "check", data, f"--max-age={self.max_age}"])
        build = shlex.join([*tool, "build", *self.countries, data, f"--out={self.out}", f"--wait={_WAIT}"])
        steps = [f"{check}; checked=$?", f"{build}; built=$?"]
        if self.publish:
            site = self.out.rstrip("/") + "/"
            send = shlex.join(["rsync", "--archive", "--delete", "--delay-updates", "--", site, self.publish])
            steps += [f"{send}; sent=$?"]
        return "; ".join([*steps, f"exit $((checked | built{' | sent' if self.publish else ''}))"])


def schedule(kind: Kind, job: Job) -> dict[str, str]:
    """Return the files of a schedule by name.

    Raises
    ------
    UsageError
        When a workflow is asked for and the data or the site lies outside the repository.
    """
    if kind == "cron":
        return {f"{job.name}.cron": _render("cron.j2", job=job, command=_for_cron(_quiet(job.script())))}
    if kind == "systemd":
        units = {
            f"{job.name}.service": _render("service.j2", job=job, command=for_systemd(job.script())),
            f"{job.name}.timer": _render("timer.j2", job=job),
            f"{job.name}-failed.service": _render("failed.j2", job=job, command=for_systemd(_alarm(job))),
        }
        return {name: text.replace("\r", "") for name, text in units.items()}
    for name, value in (("--data", job.data), ("--out", job.out)):
        if PurePosixPath(value).is_absolute() or ".." in PurePosixPath(value).parts:
            raise UsageError(f"{name}: {value} lies outside the repository", hint="give a path below its top folder")
    if job.publish or job.mail:
        raise UsageError(
            "a workflow publishes on GitHub Pages, and GitHub mails a failure", hint="leave out --publish and --mail"
        )
    return {f".github/workflows/{job.name}.yaml": _render("github.yaml.j2", job=job)}


def write(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write the files of a schedule below `folder`, and return their paths."""
    paths = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _quiet(script: str) -> str:
    """Let a script say nothing when all went well: cron mails whatever is said."""
    return f'said=$( {{ {script}; }} 2>&1 ) || {{ code=$?; printf "%s\\n" "$said"; exit $code; }}'


def _for_cron(command: str) -> str:
    """Escape what cron would take for the end of a line."""
    return command.replace("%", r"\%")


def for_systemd(text: str) -> str:
    """Return `text` as one argument of a command in a unit, in quotes."""
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$")):
        text = text.replace(sign, written)
    return f'"{text}"'


def for_yaml(text: str) -> str:
    """Return `text` as a string in YAML that a workflow takes as it is."""
    return json.dumps(text.replace("${{", "${{ '${{' }}"), ensure_ascii=False)


def _alarm(job: Job) -> str:
    told = f"{job.name}: a scheduled run failed"
    if job.mail:
        head = shlex.join(["printf", "To: %s\nSubject: %s\n\n".replace("\n", "\\n"), job.mail, told])
        return f"{{ {head}; {_journal(job)}; }} | sendmail -t"
    # Without an address: a message that the journal shows on every terminal.
    return f"echo {shlex.quote(f'{told}; see journalctl --unit {job.name}')} | systemd-cat -t socdialog -p emerg"


def _journal(job: Job) -> str:
    return shlex.join(["journalctl", "--lines=200", "--no-pager", "--unit", job.name, "--user-unit", job.name])


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
    environment.filters["systemd"] = for_systemd
    environment.globals["hour"] = _HOUR
    environment.globals["wait"] = _WAIT
    return environment
