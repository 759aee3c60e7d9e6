"""Walk a profile: every number it shows has evidence, or is a date, a code, or part of a name from the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import polars as pl

from socdialog import codebook
from socdialog.display.parts import Figure, ScalePlot, Section, Sentence, Table, Value, leaves, spans

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{_MONTH}) \d{{4}}\b|\b\d{{1,2}} (?:{_MONTH})\b|\b(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?\b"
)
#: Conventions, the SDG indicator, and ages of a population; these are names, not numbers.
_CODE = re.compile(
    r"\b[CP]\d{3}\b|\bNos?\. ?\d+|\barticle \d+|\bP\. \d+"
    r"|\b8\.8\.2\b|\b0 is best and 10 worst\b|score 0 to 10",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:[  .,]\d+)*")
#: The section that lists parameters and versions: what is set, not what is found.
MADE = "about"
#: The section that counts its own entries.
LISTED = "disagreements"


def names_of(tables: Iterable[pl.DataFrame]) -> re.Pattern[str]:
    """Every text of the tables and of the codebook that holds both letters and digits, the longest first."""
    found: set[str] = set()
    for table in tables:
        for column in table.select(pl.col(pl.String)).iter_columns():
            found.update(column.drop_nulls().unique())
        if {"source", "vintage"} <= set(table.columns):
            for source, vintage in table.select("source", "vintage").unique().iter_rows():
                found.update(f"{source}{between}{vintage}" for between in (" ", ", ", ", release "))
    for name in ("usage_warnings", "units", "source_kinds"):
        found.update(text for term in codebook.vocabulary(name).values() for text in (term.label, term.definition))
    named = [text for text in found if re.search(r"\d", text) and re.search(r"[^\W\d]", text)]
    return re.compile("|".join(re.escape(text) for text in sorted(named, key=lambda text: (-len(text), text))))


def left_over(text: str, names: re.Pattern[str]) -> list[str]:
    """The numbers of a text that are no date, no code, and no part of a name."""
    return _NUMBER.findall(_CODE.sub("", _DATE.sub("", names.sub("", text))))


def faults(section: Section, *, rows: frozenset[str], names: re.Pattern[str]) -> Iterator[str]:
    """What a section shows without evidence, in words."""
    if section.key == MADE:
        return
    for part in leaves(section.parts):
        # One marker covers its sentence, its row or its figure, and numbers in words with it. What is said of the
        # entries of the page itself, such as how many disagreements it lists, a reader counts there.
        covered = any(isinstance(span, Value) and (span.evidence or span.to) for span in spans(part))
        covered |= section.key == LISTED and isinstance(part, Sentence)
        for span in spans(part):
            yield from _span(section, span, rows=rows, names=names, covered=covered)
        for text in () if covered else _headings(part):
            if found := left_over(text, names):
                yield f"{section.key}: {found} in the heading {text!r}"


def _span(
    section: Section, span: object, *, rows: frozenset[str], names: re.Pattern[str], covered: bool
) -> Iterator[str]:
    if isinstance(span, str):
        if not covered and (found := left_over(span, names)):
            yield f"{section.key}: {found} in {span!r}"
        return
    assert isinstance(span, Value)
    if span.to:
        return  # A count leads to its rows: a test of the site follows every link.
    if not span.evidence and (not span.absent or left_over(span.text, names)):
        yield f"{section.key}: no evidence behind {span.text!r}"
    missing = set(span.evidence) - rows
    if missing:
        yield f"{section.key}: {span.text!r} rests on {min(missing)!r}, which is no row"


def _headings(part: object) -> Iterator[str]:
    table = part.table if isinstance(part, Figure) else part
    if isinstance(table, Table):
        yield table.caption
        yield from (column.heading for column in table.columns)
    if isinstance(part, Figure | ScalePlot):
        yield from (part.title, part.subtitle)
