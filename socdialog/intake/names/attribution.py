"""Who claims a figure, as it is published: an organisation, an office, or an official whose name is withheld.

What is published is what is recognised: names of bodies that the study knows, words of offices, and ordinary words. A
word that is none of these may be a person's name and does not leave the study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import polars as pl

from socdialog import codebook, dates
from socdialog.folding import fold
from socdialog.intake.distinct import by_text
from socdialog.intake.names.country_words import countries_of
from socdialog.intake.names.mentions import PersonalNames
from socdialog.intake.names.persons import offices
from socdialog.intake.names.words import Phrase, organisation_words, people_words, singular

#: What is published of a claim whose author is no one the data knows as a body or an office.
WITHHELD = "an official (name withheld)"
#: Signs that part the body from the official, and the official from the date.
_PARTS = re.compile(r"\s*[(),;:/|]\s*|\s+[-–—]\s+")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_MONTHS = frozenset(fold(month) for month in dates.MONTHS if month)
#: Names of bodies longer than this are recognised by their beginning.
_LONGEST = 12


@dataclass(frozen=True)
class Bodies:
    """The names of bodies and places of a study, as folded words."""

    phrases: frozenset[Phrase]

    @classmethod
    def of(cls, tables: Mapping[str, pl.DataFrame]) -> Bodies:
        """Return the names that the tables of a study give, raw or clean."""
        texts: set[str] = set()
        for table, column in codebook.columns_that("names_body"):
            if table in tables and column in tables[table].columns:
                texts.update(tables[table].get_column(column).drop_nulls().unique())
        return cls(frozenset(phrase for text in texts if (phrase := tuple(fold(text).split())[:_LONGEST])))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A recognised or unrecognised run of words of a text."""

    start: int
    end: int
    known: bool
    #: Whether it is a body or an office by itself, and not only ordinary words.
    distinctive: bool


def published_attribution(text: str, *, bodies: Bodies, people: PersonalNames) -> str:
    """Return what is published of the `text` that says who claims a figure.

    Parameters
    ----------
    text
        As reported: ``FTURK``, ``AHIK Chairman``, or a name.
    bodies
        Names that the study knows as those of bodies.
    people
        Names of people: what they mention is not recognised, whatever its words are.

    Examples
    --------
    >>> known = Bodies(frozenset({("fturk",)}))
    >>> [published_attribution(text, bodies=known, people=PersonalNames())
    ...  for text in ("FTURK (Jane Doe)", "President Doe", "a miner", "jane doe")]
    ['FTURK', 'President', 'a miner', 'an official (name withheld)']
    """
    pieces = _pieces(text, bodies, people)
    if pieces and all(piece.known for piece in pieces):
        return text
    parts = [pieces[begin:end] for begin, end in _segments(text, pieces)]
    whole = [part for part in parts if all(piece.known for piece in part) and any(piece.distinctive for piece in part)]
    if whole:
        return ", ".join(text[part[0].start : part[-1].end] for part in whole)
    # Before an unknown name only an office says enough: an unknown word may change which body is meant.
    held = [
        (piece.start, piece.end)
        for part in parts
        for piece in part
        if piece.known and _is_office(text[piece.start : piece.end])
    ]
    return text[held[0][0] : held[0][1]] if held else WITHHELD


def with_attributions(figures: pl.DataFrame, *, bodies: Bodies, people: PersonalNames) -> pl.DataFrame:
    """Add ``claimed_by`` to reported figures: who claims each one, as it is published."""
    published = partial(published_attribution, bodies=bodies, people=people)
    return figures.with_columns(claimed_by=by_text("attributed_to", published))


def _pieces(text: str, bodies: Bodies, people: PersonalNames) -> list[_Piece]:
    mentioned = people.mentions(text)
    words = list(_WORD.finditer(text))
    folded = [fold(word[0]).split() for word in words]
    found: list[_Piece] = []
    place = 0
    while place < len(words):
        start, end = words[place].span()
        if any(one.start < end and start < one.end for one in mentioned):
            length, distinctive = 0, False
        else:
            length, distinctive = _known(folded[place:], bodies)
        piece = _Piece(start, words[place + max(length, 1) - 1].end(), known=length > 0, distinctive=distinctive)
        found.append(piece)
        place += max(length, 1)
    return _runs(text, found)


def _runs(text: str, pieces: Iterable[_Piece]) -> list[_Piece]:
    """Join pieces of one kind that nothing but blanks part."""
    found: list[_Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.known == piece.known and not _PARTS.search(text[last.end : piece.start]):
            found[-1] = _Piece(last.start, piece.end, piece.known, last.distinctive or piece.distinctive)
        else:
            found.append(piece)
    return found


def _segments(text: str, pieces: list[_Piece]) -> Iterable[tuple[int, int]]:
    """Yield the pieces between signs that part, as places in the list."""
    begin = 0
    for place in range(1, len(pieces)):
        if _PARTS.search(text[pieces[place - 1].end : pieces[place].start]):
            yield begin, place
            begin = place
    if pieces:
        yield begin, len(pieces)


def _known(words: list[list[str]], bodies: Bodies) -> tuple[int, bool]:
    """Return how many words from the first on are recognised, and whether they are a body or an office."""
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if tuple(part for word in words[:length] for part in word) in bodies.phrases:
            return length, True
    word = " ".join(words[0])
    plain = singular(word)
    if offices(word) or offices(plain):
        return 1, True
    ordinary = people_words().claimants | organisation_words().common | organisation_words().stop_words | _MONTHS
    if plain in ordinary or word in ordinary or word.isdigit():
        return 1, plain in organisation_words().common
    respelt = organisation_words().spellings.get(plain) or organisation_words().spellings.get(word)
    if respelt and set(respelt) <= ordinary:
        return 1, True
    return (1, False) if countries_of(word) or word in _country_names() else (0, False)


def _is_office(text: str) -> bool:
    return bool(offices(text) or offices(" ".join(singular(word) for word in fold(text).split())))


def _country_names() -> frozenset[str]:
    return frozenset(fold(term.label) for term in codebook.vocabulary("iso_countries").values())
