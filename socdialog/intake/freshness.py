"""How old a study is: the newest day that any of its texts was published, or anything was retrieved."""

from __future__ import annotations

from datetime import date

from socdialog import codebook, dates
from socdialog.codebook import cldr
from socdialog.intake.notes import read_notes
from socdialog.intake.reading import read_file
from socdialog.store.study import Study
from socdialog.store.walk import walk


def newest(study: Study, *, today: date) -> date | None:
    """Return the newest day that the study knows of, never later than `today`; None where it names none.

    A date of reduced precision counts as its last day: a study is not called old too early.
    """
    files = walk(study.raw).files
    dates_found = [one.day for one in read_notes(files, study.raw).retrievals]
    file = str(codebook.tables()["sources"].file)
    read = read_file("sources", files[file], shown=file).frame if file in files else None
    if read is not None and "published" in read.columns:
        dates_found += read.get_column("published").drop_nulls().to_list()
    found = []
    for text in dates_found:
        try:
            found.append(dates.bounds(text))
        except ValueError:
            continue  # `check` names what is not a date
    return max((min(one.last, today) for one in found if one.first <= today), default=None)


def is_stale(study: Study, *, days: int, today: date) -> str:
    """Say in one line that a study is older than `days`; empty when it is not."""
    last = newest(study, today=today)
    if last is None:
        return f"{study.data.name}/raw has no publication or retrieval date; add `accessed` to an origin.yaml"
    age = (today - last).days
    if age <= days:
        return ""
    when = cldr.date(last.isoformat())
    return f"{study.data.name}/raw has no data newer than {when} ({age} days ago); the limit is {days} days"
