"""People in what is published next to the tables: what a study says of itself, derived tables, and its notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl

from socdialog import codebook
from socdialog.intake.names.mentions import PersonalNames
from socdialog.intake.notes import LARGEST
from socdialog.intake.problems import Problem
from socdialog.store.privacy import scanned_columns, without_people

_RULE = "person_named"


def people_in_texts(files: Iterable[tuple[str, Path]], people: PersonalNames) -> Iterator[Problem]:
    """Report where a document (``study.yaml``, ``origin.yaml``) names a person.

    Parameters
    ----------
    files
        The path as problems show it, and the file.
    people
        The names that nothing published may hold.
    """
    for shown, path in files:
        try:
            with path.open("rb") as file:
                text = file.read(LARGEST).decode("utf-8", errors="replace")
        except OSError:
            continue  # who reads it says so
        for one in people.mentions(text):
            yield _problem(shown, text.count("\n", 0, one.start) + 1, "", one.words)


def people_in_notebooks(files: Iterable[tuple[str, Path]], people: PersonalNames) -> Iterator[Problem]:
    """Report where a notebook, whose source is published with what it shows, names a person."""
    for shown, path in files:
        try:
            cells = json.loads(path.read_bytes())["cells"]
            sources = ["".join(cell["source"]) for cell in cells]
        except (OSError, ValueError, KeyError, TypeError):
            continue  # a build says what is wrong with it
        for number, source in enumerate(sources, start=1):
            for one in people.mentions(source):
                yield _problem(shown, 0, f"cell {number}", one.words)


def people_in_derived(tables: Mapping[str, pl.DataFrame], people: PersonalNames) -> Iterator[Problem]:
    """Report where a table that is made from the others names a person; the raw ones have rules of their own."""
    derived = {name: frame for name, frame in tables.items() if codebook.tables()[name].file is None}
    for name, frame in without_people(derived).items():
        for column in scanned_columns(name):
            cells = frame.get_column(column)
            texts = cells.explode(empty_as_null=True) if cells.dtype == pl.List(pl.String) else cells
            for text in texts.drop_nulls().unique().sort():
                for one in people.mentions(text):
                    yield _problem(f"{name} (derived)", 0, column, one.words)


def _problem(shown: str, line: int, column: str, words: str) -> Problem:
    message = f"names a person ({words!r}), and this is published; write the office or the organisation"
    return Problem(shown, line, column, message, "error", _RULE)
