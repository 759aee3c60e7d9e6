"""Where a study lives on disk: the folder that holds ``raw/`` and ``clean/``, and what it says of itself."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from socdialog.errors import UsageError
from socdialog.paths import user_path

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
class Notes:
    """What a study says of itself, in ``raw/study.yaml`` and in the ``origin.yaml`` beside its tables.

    Parameters
    ----------
    title, region, publisher, data_licence, about
        From ``study.yaml``; each has an honest default.
    edition
        Name of the edition, a date of reduced precision: the newest day anything was retrieved or published.
    origins
        How each folder of raw tables was collected, and what must not be concluded from it.
    """

    title: str = "Social dialogue"
    region: str = "the region"
    publisher: str = ""
    data_licence: str = "not stated"
    about: str = ""
    edition: str = ""
    origins: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the notes as JSON, the same bytes each time."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True, default=str) + "\n"

    @staticmethod
    def from_json(text: str) -> Notes:
        """Return the notes that `to_json` wrote."""
        return Notes(**json.loads(text))


def find_study(data: str | os.PathLike[str] | None = None) -> Study:
    """Return the study at `data`, at ``SOCDIALOG_DATA``, or at the nearest ``data/`` at or above here.

    Raises
    ------
    UsageError
        When there is none, or its path cannot be used.
    """
    named = data if data is not None else os.environ.get(DATA_VARIABLE) or None
    if named is not None:
        folder = user_path(named).absolute()
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
