"""What a study says of itself: ``study.yaml`` and the ``origin.yaml`` next to its tables, as typed, strict models."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from socdialog import codebook, dates
from socdialog.advice import unknown
from socdialog.intake.entries import Entries, PartialDate, Text, message
from socdialog.intake.problems import Problem, shown_path
from socdialog.intake.study_file import StudyFile, faults_of_names
from socdialog.intake.text import decode
from socdialog.intake.yaml_text import Document, Place, YamlError, parse
from socdialog.store.study import Notes

STUDY_FILE = "study.yaml"
ORIGIN_FILE = "origin.yaml"
#: Bytes of a file of notes; more is a mistake, or meant to do harm.
LARGEST = 200_000


class Compiled(Entries):
    """A publisher that a folder of tables was compiled from, and its licence."""

    publisher: Text = Field(description="who published what this folder was compiled from")
    licence: Text | None = None


class OriginFile(Entries):
    """The entries of an ``origin.yaml``: how the tables next to it were collected, and what they cannot tell."""

    name: Text | None = None
    accessed: PartialDate | None = None
    compiled_from: list[Compiled] | None = Field(
        default=None, description="a list, each item as '- publisher: …' and, below it, 'licence: …'"
    )
    licence: Text | None = None
    method: Text | None = None
    inclusion: Text | None = None
    coders: Text | None = None
    limits: Text | None = None
    do_not_conclude: Text | None = None
    people: Text | None = None
    note: Text | None = None
    known_problems: dict[str, Text] | None = Field(
        default=None, description="tables of this folder, each with what is known to be wrong with it"
    )


@dataclass(frozen=True, slots=True)
class Retrieval:
    """When the tables of a folder were collected, and where that is written."""

    file: str
    line: int
    day: str


@dataclass(frozen=True, slots=True)
class NotesRead:
    """What the files of notes hold.

    Parameters
    ----------
    notes
        What could be read, without an edition.
    retrievals
        The dates of retrieval.
    problems
        Everything that is wrong with the files.
    """

    notes: Notes = field(default_factory=Notes)
    retrievals: tuple[Retrieval, ...] = ()
    problems: tuple[Problem, ...] = ()

    def ahead(self, today: date) -> Iterator[Problem]:
        """Report dates of retrieval after `today`."""
        for one in self.retrievals:
            if dates.bounds(one.day).first > today:
                message = f"{one.day!r} is later than the date of this check, {today.isoformat()}; correct it"
                yield Problem(one.file, one.line, "accessed", message, "error", "date_ahead")

    def of_edition(self, newest: str) -> Notes:
        """Return the notes with their edition: as stated, or the newest month of `newest` and of the retrievals."""
        if self.notes.edition:
            return self.notes
        # An edition is a month: days differ between the folders of one collection.
        months = (text[:7] for text in (*(one.day for one in self.retrievals), newest) if text)
        return dataclasses.replace(self.notes, edition=max(months, default=""))


def is_origin(file: str) -> bool:
    """Say whether a file, by its path below the folder of raw tables, says how the tables next to it were collected."""
    return file.count("/") == 1 and file.endswith(f"/{ORIGIN_FILE}")


def is_notes(file: str) -> bool:
    """Say whether a file, by its path below the folder of raw tables, is one that describes the study."""
    return file == STUDY_FILE or is_origin(file)


def read_notes(files: Mapping[str, Path], folder: Path) -> NotesRead:
    """Return what a study says of itself, and everything that is wrong with how it says it.

    Parameters
    ----------
    files
        The files of the study by their path below the folder of raw tables.
    folder
        That folder, for the names of files in problems.
    """
    problems: list[Problem] = []
    retrievals: list[Retrieval] = []
    origins: dict[str, dict[str, object]] = {}
    study = StudyFile()
    for file in sorted(name for name in files if is_notes(name)):
        shown = shown_path(folder, file)
        found, document, wrong = _read(files[file], StudyFile if file == STUDY_FILE else OriginFile, shown=shown)
        problems += wrong
        if isinstance(found, StudyFile):
            study = found
        elif isinstance(found, OriginFile):
            origins[shown_path(folder, file).split("/")[-2]] = found.model_dump(exclude_none=True)
            if found.accessed is not None:
                retrievals.append(Retrieval(shown, document.lines["accessed",], found.accessed))
    return NotesRead(study.as_notes(origins), tuple(retrievals), tuple(problems))


def _read(path: Path, model: type[Entries], *, shown: str) -> tuple[Entries | None, Document, list[Problem]]:
    """Return the content of one file as its model, where it was each read, and its problems."""
    document, problems = _document(path, next(iter(model.model_fields)), shown=shown)
    if document is None:
        return None, Document(None), problems
    problems += [
        Problem(shown, line, name, "the entry is repeated; delete one of them", "error", "repeated_entry")
        for line, name in document.repeated
    ]
    found = None
    try:
        found = model.model_validate(document.content)
    except ValidationError as wrong:
        faults = [(tuple(one["loc"]), message(one, model)) for one in wrong.errors(include_url=False)]
        problems += [_problem(place, text, document, shown=shown) for place, text in faults]
    if isinstance(document.content, dict):
        faults = list(_faults_of_names(model, document.content, shown.split("/")[-2]))
        found = None if faults else found
        problems += [_problem(place, text, document, shown=shown) for place, text in faults]
    return found, document, problems


def _faults_of_names(model: type[Entries], content: Mapping[str, object], folder: str) -> Iterator[tuple[Place, str]]:
    """Yield each place where a name that an entry gives cannot be one, also where other entries are wrong."""
    if model is StudyFile:
        yield from faults_of_names(content)
    named = content.get("known_problems")
    if model is OriginFile and isinstance(named, dict):
        tables = [name for name, spec in codebook.tables().items() if (spec.file or "").startswith(f"{folder}/")]
        for name in named:
            if name not in tables:
                yield ("known_problems", name), unknown(f"table of {folder}", name, tables)


def _document(path: Path, entry: str, *, shown: str) -> tuple[Document | None, list[Problem]]:
    """Return the entries of a file, such as `entry`, or why it has none."""
    try:
        data = _bytes(path)
        text = decode(data if data.endswith(b"\n") else data + b"\n", shown=shown)
        if not text.lines or text.damaged:
            return None, list(text.problems)
        document = parse("\n".join([*text.lines, ""]))
    except YamlError as problem:
        return None, [Problem(shown, problem.line, "", problem.message, "error", "yaml")]
    if not isinstance(document.content, dict):
        return None, [Problem(shown, 1, "", _no_entries(document.content, entry), "error", "yaml")]
    return document, list(text.problems)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= LARGEST:
            return path.read_bytes()
    except OSError as problem:
        raise YamlError(0, f"the file cannot be read: {problem.strerror or problem}") from None
    raise YamlError(0, f"has {size:,} bytes; notes have at most {LARGEST:,}. Shorten it")


def _no_entries(content: object, entry: str) -> str:
    if content is None:
        return f"the file is empty; write entries such as '{entry}: …', or delete it"
    what = "a list" if isinstance(content, list) else "a single text"
    return f"holds {what} instead of entries such as '{entry}: …'"


def _problem(place: Place, text: str, document: Document, *, shown: str) -> Problem:
    """Say what is wrong with one entry, where it stands."""
    line = next(document.lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in document.lines)
    named = next((str(key) for key in reversed(place) if isinstance(key, str)), "")
    return Problem(shown, line, named, text, "error", "notes")
