"""The evidence of every state of a data set: what was asked and when, and what the file must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from socdialog import dates
from socdialog.errors import UsageError
from socdialog.sources.reader import Layout
from socdialog.sources.source_error import SourceError

LOCK = "origin.lock.yaml"
#: Where the states of all publishers are, below ``raw``.
ROOT = "indicators"
ILOSTAT = "ilostat"
#: Retired ids, each with the one that replaced it, of a study; in the folder of a publisher.
ALIASES = "aliases.yaml"
#: Bytes of a lock; more is a mistake, or meant to do harm.
_LARGEST = 1_000_000
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class State(_Model):
    """One state of a data set.

    Parameters
    ----------
    file, vintage
        The file, and the release that it holds: a date of reduced precision, with the time where two fall on one day.
    layout
        How the file is written.
    last_update
        When the publisher changed it last, as printed; of an imported file the vintage.
    confirmed
        The last change after which the content was still the same, as printed.
    address, parameters
        What was asked; of an imported file its name.
    retrieved
        The day.
    rows, sha256, content_sha256
        Of the file, and of its content in canonical order: packing may differ where nothing changed.
    label
        Name of the data set in the contents.
    """

    file: str
    vintage: str
    layout: Layout = "ilostat"
    last_update: str
    confirmed: str | None = None
    address: str
    parameters: dict[str, str] = {}
    retrieved: str
    rows: int
    sha256: str
    content_sha256: str
    label: str = ""


class Lock(_Model):
    """The states of one data set, the earliest first."""

    data_set: str
    publisher: str
    snapshots: list[State]


def moment(last_update: str) -> datetime:
    """Return the moment of a last change, as the contents print it: ``dd/mm/yyyy HH:MM:SS`` or ISO 8601, no zone.

    A date of reduced precision, as a person gives it with a file, is its first moment.

    Raises
    ------
    SourceError
        When it is printed in another form.

    Examples
    --------
    >>> moment("26/02/2026 10:15:00")
    datetime.datetime(2026, 2, 26, 10, 15)
    """
    text = last_update.strip()
    found = _DAY.fullmatch(text)
    if found is not None:
        day, month, year, clock = found.groups()
        text = f"{year}-{month}-{day}T{clock or '00:00:00'}"
    try:
        if len(text) < len("2026-02-26"):
            return datetime.combine(dates.bounds(text).first, time())
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        problem = f"{last_update!r} is not a date of last update"
        raise SourceError("last_update", problem, hint="dates are dd/mm/yyyy HH:MM:SS or ISO 8601") from None


def data_set_folder(raw: Path, data_set: str, *, publisher: str = ILOSTAT) -> Path:
    """Return the folder of a data set; its id becomes the name of a folder, so that it is refused where it is none."""
    if not _ID.fullmatch(data_set) or not _ID.fullmatch(publisher):
        raise UsageError(f"{data_set!r} is not the ID of a data set", hint="ids are such as ILR_TUMT_NOC_RT_A")
    return raw / ROOT / publisher / data_set


def read_lock(folder: Path) -> Lock | None:
    """Return the states of a data set; None where nothing was fetched.

    Raises
    ------
    SourceError
        When the lock cannot be read.
    """
    path = folder / LOCK
    if not path.is_file():
        return None
    try:
        text = path.read_bytes()[: _LARGEST + 1].decode("utf-8")
        if len(text) > _LARGEST or any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise SourceError("lock", f"{LOCK} is not as it was written; restore it")
        return Lock.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - texts only
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as problem:
        first = str(problem).splitlines()[0]
        raise SourceError("lock", f"{LOCK} is not as it was written ({first}); restore it") from None


def states(raw: Path, publisher: str = ILOSTAT) -> Iterator[Lock]:
    """Yield the states of every data set of a publisher, by name."""
    root = raw / ROOT / publisher
    for folder in sorted(root.iterdir()) if root.is_dir() else ():
        lock = read_lock(folder) if not folder.name.startswith(".") else None
        if lock is not None:
            yield lock
