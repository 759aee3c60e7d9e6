"""What stands behind a value: rows of the raw data, the sources of each, and what each source gave."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.net.meaning import Phrases, digest, facts, readable, tokens

RAW = Path(__file__).parents[2] / "data" / "raw"
#: Columns of the raw data whose words are the data itself; what else stands there are codes, ids, dates and numbers.
_FREE = frozenset(
    {
        *("label", "name", "native_name", "own_name", "acronym", "title", "publisher", "organisation", "place"),
        *("provision", "law", "article", "legal_basis", "summary", "scope", "note", "date_reason", "case"),
    }
)
#: Files that name the subjects of the study: organisations, places, countries, conventions, publishers.
_NAMES = (
    ("registry/organisations.csv", ("name", "native_name", "acronym")),
    ("registry/places.csv", ("name",)),
    ("registry/countries.csv", ("name", "own_name", "country")),
    ("standards/conventions.csv", ("title",)),
    ("activity/sources.csv", ("publisher",)),
    ("indicators/country_years.csv", ("source",)),
)


class Given(NamedTuple):
    """What one source gave for one row."""

    row: str
    source: str
    gave: str


@dataclass
class Ledger:
    """Every set of evidence met, and what its sources gave, so that the pages need name a set only."""

    given: dict[str, Given] = field(default_factory=dict)
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def enter(self, given: Iterable[Given]) -> str:
        """Return the name of a set of evidence: the same for the same rows and sources, whatever their order."""
        members = {digest(one.row, one.source): one for one in given}
        twice = [one.row for key, one in members.items() if self.given.get(key, one) != one]
        if twice:
            raise ValueError(f"two rows have the key {twice[0]}, or one source gave two things for it")
        self.given |= members
        if not members:
            return ""
        name = digest(*sorted(members))
        self.sets[name] = tuple(sorted(members))
        return name


def raw_texts(file: str, line: int | None) -> tuple[str, ...]:
    """The free texts of one line of the raw data; none where the line is not known."""
    return () if line is None else _read(file.rpartition("raw/")[2]).get(line, ())


def reduced(text: str, own: Sequence[str], labels: Mapping[str, str]) -> str:
    """What a text says without its wording: facts, texts of the data in it, and the code that it is the label of.

    `own` are texts of the raw rows behind it.
    """
    if (code := labels.get(text)) and text not in own:
        # Before any name: the side ILO is called like the organisation, and may be called otherwise.
        return f"={code}"
    words = tokens(text)
    near = [one for one in own if len(one) <= len(text) + 8 and any(letter.isalpha() for letter in one)]
    said = {*Phrases(near).within(words), *named().within(words)}
    if words in named().whole:
        said = {words}
    inner = {one for one in said if any(one != other and _inside(one, other) for other in said)}
    texts = sorted(f"«{readable(' '.join(one))}»" for one in said - inner)
    return "; ".join([*facts(text), *texts])


@cache
def named() -> Phrases:
    """The names of the study's subjects; those of one word are too often a word of a sentence to be looked for."""
    names: set[str] = set()
    for file, columns in _NAMES:
        with (RAW / file).open(encoding="utf-8", newline="") as lines:
            names.update(row[column] for row in csv.DictReader(lines) for column in columns)
    return Phrases(names, words=2)


@cache
def every_text() -> frozenset[tuple[str, ...]]:
    """Every free text of the raw data, and every name."""
    files = (path.relative_to(RAW).as_posix() for path in sorted(RAW.rglob("*.csv")))
    texts = (text for file in files for line in _read(file).values() for text in line)
    return frozenset({tokens(text) for text in texts} | named().whole)


@cache
def _read(file: str) -> Mapping[int, tuple[str, ...]]:
    """The free texts of a raw file, line by line."""
    with (RAW / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        head = next(rows)
        free = [place for place, name in enumerate(head) if name in _FREE]
        found, line = {}, rows.line_num + 1
        for row in rows:
            found[line] = tuple(row[place] for place in free if row[place])
            line = rows.line_num + 1
    return found


def _inside(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(other[place : place + len(one)] == one for place in range(len(other) - len(one) + 1))
