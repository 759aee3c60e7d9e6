"""How old a study is: the newest day that any of its texts was published, or anything was retrieved."""

from __future__ import annotations

import csv
from datetime import date

from socdialog import codebook, dates
from socdialog.store.study import Study, read_notes


def newest(study: Study, *, today: date) -> date | None:
    """Return the newest day that the study knows of, never later than `today`; None where it names none.

    A date of reduced precision counts as its last day: a study is not called old too early.
    """
    told = [str(origin.get("accessed", "")) for origin in read_notes(study.raw).origins.values()]
    file = codebook.tables()["sources"].file
    assert file is not None
    path = study.raw / file
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace", newline="") as rows:
            told += [row.get("published") or "" for row in csv.DictReader(rows)]
    found = []
    for text in told:
        try:
            found.append(dates.bounds(text))
        except ValueError:
            continue  # `check` names what is no date
    return max((min(one.last, today) for one in found if one.first <= today), default=None)


def too_old(study: Study, *, days: int, today: date) -> str:
    """Say in one line that a study is older than `days`; empty when it is not."""
    last = newest(study, today=today)
    if last is None:
        return f"{study.data.name}/raw names no day of publication or retrieval, so nobody can tell its age"
    age = (today - last).days
    if age <= days:
        return ""
    when = dates.written(last.isoformat())
    return (
        f"{study.data.name}/raw is {age} days old, more than {days}: the newest publication or retrieval is of {when}"
    )
