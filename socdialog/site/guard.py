"""The last look before a site is shown: no published file names a person."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from pathlib import Path

from socdialog.errors import DataError
from socdialog.intake.names.mentions import PersonalNames
from socdialog.site.published_text import texts_of
from socdialog.store.fingerprint import sha256_bytes, sha256_file

#: So many places are listed; one is enough to stop.
_LISTED = 20


def refuse_people(
    folder: Path,
    people: PersonalNames,
    *,
    looked_at: Container[str] = (),
    before: Callable[[str], bytes | None] = lambda _: None,
) -> None:
    """Refuse a site that names a person in any of its files.

    Parameters
    ----------
    folder
        The site, complete and not yet shown.
    people
        The names that it may not hold.
    looked_at
        The SHA-256 of files that are known to hold none of them.
    before
        Returns what a file, by its path below the site, held the last time; None where there was none.

    Raises
    ------
    DataError
        With the file and the words of each mention.
    """
    found = list(_mentions(folder, people, looked_at, before))
    if found:
        more = [f"and {len(found) - _LISTED} more"] if len(found) > _LISTED else []
        raise DataError(
            "the site would name a person; nothing was published",
            details=[*found[:_LISTED], *more],
            hint="write the office or the organisation where the name comes from (`socdialog check` shows texts of the "
            "data and notebooks), list the name of a body called after somebody in registry/name_exceptions.csv, and "
            "build every page",
        )


def _mentions(
    folder: Path, people: PersonalNames, looked_at: Container[str], before: Callable[[str], bytes | None]
) -> Iterator[str]:
    clean: set[str] = set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        words: dict[str, None] = {}
        is_known = sha256_file(path) in looked_at
        # Of a file that changed most texts are those that were looked at before.
        standing = None if is_known else before(name)
        if standing is not None and sha256_bytes(standing) in looked_at:
            clean.update(texts_of(name, standing))
        for text in (name, *(() if is_known else texts_of(name, path.read_bytes()))):
            if text in clean:
                continue
            found = people.mentions(text)
            if found:
                words.update(dict.fromkeys(one.words for one in found))
            else:
                # Tables, pages and notebooks repeat each other's texts.
                clean.add(text)
        yield from (f"{name}: {one!r}" for one in words)
