"""Keep the names of people withheld for good, also after their rows are deleted."""

from __future__ import annotations

import contextlib
from pathlib import Path

from socdialog.errors import BusyError, UsageError
from socdialog.intake.names.mentions import PersonalNames, name_pairs
from socdialog.loaders.fresh import REFRESH_WAIT, Data, study_lock
from socdialog.store.locks import locked
from socdialog.store.study import Study, find_study
from socdialog.store.withheld import read_withheld, write_withheld


def withhold_name(name: str, *, data: Data = None) -> Path:
    """Withhold the name of a person for good, and return the private file that keeps its hash.

    Parameters
    ----------
    name
        Two words or more of the name as printed; a form in another script is withheld by itself only where
        it does not sound the same.
    data
        The folder that contains ``raw/``.

    Raises
    ------
    UsageError
        For a name of one word, which would withhold an ordinary word too.
    DataError
        When the private file cannot be read.
    """
    pairs = name_pairs(name)
    if not pairs:
        raise UsageError(f"{name!r} is not a full name", hint="give the given name and the surname")
    study = find_study(data)
    with locked(study_lock(study), wait=REFRESH_WAIT):
        return write_withheld(study.data, read_withheld(study.data).with_pairs(pairs))


def remember_withheld(study: Study, people: PersonalNames) -> None:
    """Keep `people` withheld for good; a study that can only be read keeps nothing."""
    if people.withheld.has_pairs(people.pairs):
        return
    with contextlib.suppress(OSError, UsageError, BusyError), locked(study_lock(study), wait=REFRESH_WAIT):
        write_withheld(study.data, read_withheld(study.data).with_pairs(people.pairs))
