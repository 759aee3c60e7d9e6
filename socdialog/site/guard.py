"""The last look before a site is shown: no published file names a person."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path

from socdialog.errors import DataError
from socdialog.intake.names.mentions import PersonalNames
from socdialog.site.published_text import file_texts
from socdialog.store.fingerprint import sha256_file

#: So many places are listed; one is enough to stop.
_LISTED = 20


def refuse_people(folder: Path, people: PersonalNames, *, looked_at: Container[str] = ()) -> None:
    """Refuse a site that names a person in any of its files.

    Parameters
    ----------
    folder
        The site, complete and not yet shown.
    people
        The names that it may not hold.
    looked_at
        The SHA-256 of files that are known to hold none of them.

    Raises
    ------
    DataError
        With the file and the words of each mention.
    """
    found = list(_mentions(folder, people, looked_at))
    if found:
        more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
        raise DataError(
            "the site would name a person; nothing was published",
            details=[*found[:_LISTED], *more],
            hint="write the office or the organisation where the name comes from (`socdialog check` shows texts of the "
            "data and notebooks), list the name of a body called after somebody in registry/name_exceptions.csv, and "
            "build every page",
        )


def _mentions(folder: Path, people: PersonalNames, looked_at: Container[str]) -> Iterator[str]:
    clean: set[str] = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        words: dict[str, None] = {}
        for text in (name, *(() if sha256_file(path) in looked_at else file_texts(path))):
            if text in clean:
                continue
            found = people.mentions(text)
            if found:
                words.update(dict.fromkeys(one.words for one in found))
            else:
                # Tables, pages and notebooks repeat each other's texts.
                clean.add(text)
        yield from (f"{name}: {one!r}" for one in words)
