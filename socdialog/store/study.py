"""Where a study lives on disk: the folder that holds ``raw/`` and ``clean/``, and what it says of itself."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from socdialog.errors import UsageError

#: Names the data folder when no argument does.
DATA_VARIABLE = "SOCDIALOG_DATA"


@dataclass(frozen=True, slots=True)
class Study:
    """The data folder of a study.

    Parameters
    ----------
    data
        The folder that holds ``raw/`` and, once cleaned, ``clean/``.
    """

    data: Path

    @property
    def raw(self) -> Path:
        """The folder of the raw tables."""
        return self.data / "raw"

    @property
    def clean(self) -> Path:
        """The folder of the clean tables."""
        return self.data / "clean"


@dataclass(frozen=True, slots=True)
class About:
    """What a study says of itself in ``raw/study.yaml``; every field has an honest default."""

    title: str = "Social dialogue"
    region: str = "the region"
    publisher: str = ""
    data_licence: str = "not stated"
    about: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """How one folder of raw tables was collected (its ``origin.yaml``)."""

    folder: str
    entries: dict[str, object] = field(default_factory=dict)


def find_study(data: str | os.PathLike[str] | None = None) -> Study:
    """Return the study at `data`, at ``SOCDIALOG_DATA``, or at the nearest ``data/`` at or above here.

    Raises
    ------
    UsageError
        When there is none.
    """
    named = data if data is not None else os.environ.get(DATA_VARIABLE) or None
    if named is not None:
        folder = Path(named).expanduser().absolute()
        if not (folder / "raw").is_dir():
            raise UsageError(f"{named} holds no folder raw", hint="name the folder that holds raw/, as in --data data")
        return Study(folder)
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / "data" / "raw").is_dir():
            return Study(above / "data")
    raise UsageError(
        "no data found: there is no folder data/raw here or above",
        hint=f"go into the study's folder, or name its data with --data or {DATA_VARIABLE}",
    )


def about(raw: Path) -> About:
    """Return what the study says of itself."""
    path = raw / "study.yaml"
    if not path.is_file():
        return About()
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    known = {name: str(entries[name]).strip() for name in About.__dataclass_fields__ if name in entries}
    return About(**known)


def origins(raw: Path) -> tuple[Origin, ...]:
    """Return the origin of each folder of raw tables that tells it, by name."""
    return tuple(
        Origin(path.parent.name, yaml.safe_load(path.read_text(encoding="utf-8")) or {})
        for path in sorted(raw.glob("*/origin.yaml"))
    )
