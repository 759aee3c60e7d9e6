"""The tables of past editions: one archive for each edition, kept below a site and carried from site to site."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

import polars as pl

from socdialog import codebook, dates
from socdialog.codebook import cldr
from socdialog.errors import DataError
from socdialog.intake.names.mentions import PersonalNames
from socdialog.site.previous_site import MANIFEST, PreviousSite
from socdialog.site.published_text import frame_texts
from socdialog.store.fingerprint import sha256_bytes
from socdialog.store.ownership import read_regular
from socdialog.store.privacy import published_columns, without_people
from socdialog.store.snapshot import parquet_bytes

#: Where archives lie below a site.
FOLDER = "data/editions"
_TABLES = "data"
_READABLE = 0o644


@dataclass(frozen=True)
class PastEdition:
    """The published tables of one past edition.

    Parameters
    ----------
    name
        Name of the edition, a date of reduced precision.
    content
        The archive (zip): each table as Parquet, and the manifest of the site that published them.
    """

    name: str
    content: bytes

    @property
    def path(self) -> str:
        """Its path below the site."""
        return f"{FOLDER}/{self.name}.zip"

    @cached_property
    def members(self) -> dict[str, bytes]:
        """The files in the archive by name."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @property
    def tables(self) -> dict[str, pl.DataFrame]:
        """The tables that the data dictionary still knows, by name."""
        return _tables(self.members)

    @property
    def schema_version(self) -> object:
        """The form of its tables; see `socdialog.schemas.SCHEMA_VERSION`."""
        return json.loads(self.members[MANIFEST]).get("schema_version")


def past_editions(
    site: PreviousSite, edition: str, people: PersonalNames, *, looked_at: Container[str] = ()
) -> tuple[PastEdition, ...]:
    """Return the past editions that a new site holds, the earliest first.

    They are those that the site before it holds, byte for byte, and the tables of that site itself where its edition
    is older than the new one. A row that names a person is left out, in archives too: names are withheld for good.

    Parameters
    ----------
    site
        The site before it.
    edition
        The edition of the new site.
    people
        The people whom nothing published may name.
    looked_at
        The SHA-256 of files that are known to name none of them.

    Raises
    ------
    DataError
        With each file of a past edition that is missing or changed.
    """
    files = site.files()
    kept = [path for path in files if _edition_of(path) is not None]
    published = str(site.content.get("edition", ""))
    ended, begun = dates.last_day(published), dates.last_day(edition)
    own = [name for name in files if _is_table(name)] if ended and begun and ended < begun else []
    contents = {path: site.published(path) for path in (*kept, *own)}
    damaged = [path for path, content in contents.items() if content is None]
    if damaged:
        raise DataError(
            f"{cldr.counted(len(damaged), 'file')} of past editions missing or changed; nothing was replaced",
            details=damaged,
            hint="restore them from a copy of the site, or name another folder with --out, where the list of editions "
            "starts again",
        )
    read = {path: content for path, content in contents.items() if content is not None}
    found = [
        edition_ if sha256_bytes(edition_.content) in looked_at else _withheld(edition_, people)
        for edition_ in (PastEdition(str(_edition_of(path)), read[path]) for path in kept)
    ]
    if own:
        tables = _tables({PurePosixPath(path).name: read[path] for path in own})
        tables = _public(tables) if site.with_people else tables
        # The bytes of a table stay those that were published, unless something must be left out of it.
        members = {PurePosixPath(path).name: read[path] for path in own if PurePosixPath(path).stem in tables}
        if site.with_people:
            members = {f"{name}.parquet": _parquet(frame) for name, frame in tables.items()}
        members[MANIFEST] = read_regular(site.folder, MANIFEST) or b"{}"
        made = _withheld(PastEdition(published, _archive(members)), people)
        found = [one for one in found if one.name != made.name] + [made]
    return tuple(sorted(found, key=lambda one: (dates.last_day(one.name) or date.min, one.name)))


def edition_before(editions: tuple[PastEdition, ...], edition: str) -> PastEdition | None:
    """Return the latest of some editions that is older than `edition`; None where none is."""
    begun = dates.last_day(edition)
    older = [one for one in editions if begun and (ended := dates.last_day(one.name)) and ended < begun]
    return older[-1] if older else None


def _withheld(edition: PastEdition, people: PersonalNames) -> PastEdition:
    """Return an edition without the rows that name a person; the same archive where none does."""
    changed: dict[str, bytes] = {}
    for name, frame in edition.tables.items():
        named = [text for text in set(frame_texts(frame)) if people.mentions(text)]
        if named:
            changed[f"{name}.parquet"] = _parquet(frame.filter(~_holds(frame, named)))
    return PastEdition(edition.name, _archive({**edition.members, **changed})) if changed else edition


def _holds(frame: pl.DataFrame, texts: list[str]) -> pl.Expr:
    """Return whether a row holds one of these texts in any column."""
    return pl.any_horizontal(
        (
            pl.col(name).list.eval(pl.element().is_in(texts)).list.any()
            if dtype == pl.List(pl.String)
            else pl.col(name).is_in(texts)
        ).fill_null(value=False)
        for name, dtype in frame.schema.items()
        if dtype in {pl.String, pl.List(pl.String)}
    )


def _public(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return the tables of a site that names people as a site without them publishes them."""
    personal = [name for name, spec in codebook.tables().items() if spec.personal]
    kept = {name: published_columns(name, frame) for name, frame in without_people(tables).items()}
    if "evidence" in kept:
        kept["evidence"] = kept["evidence"].filter(~pl.col("table").is_in(personal))
    return kept


def _tables(members: Mapping[str, bytes]) -> dict[str, pl.DataFrame]:
    return {
        name: pl.read_parquet(io.BytesIO(members[file]))
        for name in codebook.tables()
        if (file := f"{name}.parquet") in members
    }


def _parquet(frame: pl.DataFrame) -> bytes:
    return parquet_bytes(frame, compression="zstd", statistics=False)


def _archive(members: Mapping[str, bytes]) -> bytes:
    """Return files as an archive; Parquet is compressed already, so they are stored as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(members.items()):
            # Without a date of its own, a member bears the earliest one: the same content gives the same bytes.
            member = zipfile.ZipInfo(name)
            member.create_system, member.external_attr = 3, _READABLE << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def _is_table(path: str) -> bool:
    name = PurePosixPath(path)
    return str(name.parent) == _TABLES and name.suffix == ".parquet" and name.stem in codebook.tables()


def _edition_of(path: str) -> str | None:
    """Return the edition whose archive lies at a path below a site; None where the path is that of another file."""
    name = PurePosixPath(path)
    return name.stem if str(name.parent) == FOLDER and name.suffix == ".zip" and dates.last_day(name.stem) else None
