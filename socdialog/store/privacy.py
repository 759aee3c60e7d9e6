"""What is published without people: their tables left out, their names masked in free text.

Officials appear in the data in an official capacity only; still no table of people and no personal name
from the tables is published unless it is asked for. Titles and addresses of sources stay as they
are, since changing them would break the citation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from socdialog import codebook, schemas

#: What stands in place of a name.
MASK = "[name]"
#: Columns that hold printed names of people, in the tables that are personal.
_NAME_COLUMN = "name"
#: Columns that hold names of bodies and places: a word used there is not masked on its own.
_BODIES = {
    "actors": ("name", "acronym"),
    "figures": ("organisation",),
    "organisations": ("name", "native_name"),
    "organisation_names": ("name",),
    "places": ("name", "variants"),
    "reports": ("place",),
    "countries": ("name", "own_name"),
    "citations": ("publisher",),
    "sources": ("publisher",),
}
_WORD = re.compile(r"[^\W\d_]+(?:[-'’‘ʻʼ][^\W\d_]+)*")
#: The same, with the parts of a hyphenated name apart.
_PART = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "['’‘ʻʼ`]"
#: Where a pattern allows more than one letter: between these, a name stands in a text as it is printed.
_LOOSE = re.compile(rf"{_APOSTROPHES}|\s+")
#: A single name shorter than this is too likely to be an ordinary word.
_SHORTEST = 5
#: Names in one pattern; more would exceed what a regular-expression engine compiles.
_BATCH = 1500


@dataclass(frozen=True, slots=True)
class NameMask:
    """Masks the printed names of people.

    Parameters
    ----------
    patterns
        Regular expressions, applied one after the other.
    clues
        A text that holds none of these holds no name. Finding them is far cheaper than the patterns.
    """

    patterns: tuple[str, ...]
    clues: tuple[str, ...]

    def text(self, text: str) -> str:
        """Return `text` with every name replaced."""
        for pattern in self.patterns:
            text = re.sub(pattern, MASK, text)
        return text

    def column(self, column: str, *, listed: bool = False) -> pl.Expr:
        """Return an expression that masks a column of texts, or of lists of texts."""
        one = pl.element() if listed else pl.col(column)
        for pattern in self.patterns:
            one = one.str.replace_all(pattern, MASK)
        return pl.col(column).list.eval(one) if listed else one

    def changes(self, columns: Iterable[pl.Series]) -> pl.DataFrame:
        """Return the texts of `columns` that hold a name, each once, as ``before`` and ``after``.

        Columns repeat their texts and most texts hold no name, so each different text that holds a clue is masked
        once, instead of every cell.
        """
        texts = pl.Series("before", [], dtype=pl.String)
        if self.clues:
            texts = pl.concat([texts, *(_single(column).unique() for column in columns)]).unique()
            texts = texts.filter(texts.str.contains_any(list(self.clues)))
        before = texts.sort()
        return (
            pl.DataFrame({"before": before})
            .with_columns(self.column("before").alias("after"))
            .filter(pl.col("before") != pl.col("after"))
        )


def name_mask(tables: Mapping[str, pl.DataFrame]) -> NameMask:
    """Return the mask for every printed form of a person's name in `tables`.

    Whole names come first, the longest before the shorter ones; then single names of at least five
    letters, with their initials. A single name that is also part of the name of a body or place
    (a foundation called after somebody) is masked with initials only.
    """
    printed = sorted(_printed(tables), key=lambda form: (-len(form), form))
    if not printed:
        return NameMask((), ())
    bodies = _body_words(tables)
    singles = sorted({word for form in printed for word in _WORD.findall(form) if _stands_alone(word)})
    whole = [_pattern(form) for form in printed]
    initialled = [rf"(?:\b\w\.[ \u00a0]?)+{_pattern(word, open_start=True)}" for word in singles]
    bare = [_pattern(word) for word in singles if word not in bodies]
    patterns = tuple("|".join(part) for group in (whole, initialled, bare) for part in _batches(group))
    return NameMask(patterns, tuple(sorted({_clue(form) for form in (*printed, *singles)})))


def without_people(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return `tables` without personal tables and without personal names in free text.

    Ids, codes, dates, addresses, and the titles and publishers of sources stay as they are. Row ids that
    contain a masked text change alike everywhere, so they still match.
    """
    personal = {name for name, spec in codebook.tables().items() if spec.personal}
    people = _ids(tables)
    kept = {
        name: _unlinked(name, frame, personal=personal, people=people)
        for name, frame in tables.items()
        if name not in personal
    }
    texts = [frame.get_column(column) for name, frame in kept.items() for column in _free(name, frame)]
    changes = name_mask(tables).changes(texts)
    return {name: _masked(name, frame, changes) for name, frame in kept.items()}


def _printed(tables: Mapping[str, pl.DataFrame]) -> set[str]:
    found: set[str] = set()
    for name, spec in codebook.tables().items():
        if spec.personal and name in tables and _NAME_COLUMN in tables[name].columns:
            found.update(tables[name].get_column(_NAME_COLUMN).drop_nulls().unique().to_list())
    forms = {form.strip() for form in found if form.strip()}
    return {unicodedata.normalize(kind, form) for form in forms for kind in ("NFC", "NFD")} | {
        form.upper() for form in forms
    }


def _body_words(tables: Mapping[str, pl.DataFrame]) -> set[str]:
    found: set[str] = set()
    for name, names in _BODIES.items():
        for column in names:
            if name in tables and column in tables[name].columns:
                values = tables[name].get_column(column)
                values = values.explode() if values.dtype == pl.List(pl.String) else values
                texts = values.drop_nulls().unique().to_list()
                found.update(*(_WORD.findall(text) + _PART.findall(text) for text in texts))
    return found


def _stands_alone(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper()


def _pattern(form: str, *, open_start: bool = False) -> str:
    """Return a pattern for one printed form that two engines (polars' and Python's) read alike."""
    parts = [re.escape(part).replace("/", r"\/") for part in form.split()]
    body = r"[ \u00a0\u202f]+".join(re.sub(r"\\?['’‘ʻʼ`]", _APOSTROPHES, part) for part in parts)
    start = r"\b" if form[0].isalnum() and not open_start else ""
    end = r"\b" if form[-1].isalnum() else ""
    return f"{start}{body}{end}"


def _clue(form: str) -> str:
    """Return the longest part of `form` that stands letter by letter in every text its pattern matches."""
    return max(_LOOSE.split(form), key=len)


def _batches(patterns: list[str]) -> list[list[str]]:
    return [patterns[start : start + _BATCH] for start in range(0, len(patterns), _BATCH)]


def _ids(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    persons = tables.get("persons")
    return [] if persons is None else persons.get_column("person_id").to_list()


def _unlinked(name: str, frame: pl.DataFrame, *, personal: set[str], people: list[str]) -> pl.DataFrame:
    """Drop rows and list members that stand for a person."""
    if name == "evidence" and "table" in frame.columns:
        frame = frame.filter(~pl.col("table").is_in(sorted(personal)))
    if name == "name_decisions" and "means" in frame.columns:
        frame = frame.filter(~pl.col("means").is_in(people))
    if "row_ids" in frame.columns:
        own = pl.element().str.split(":").list.first().is_in(sorted(personal))
        kept = pl.col("row_ids").list.eval(pl.element().filter(~own))
        # What rests on rows about people only (how somebody's name is spelt) goes with them.
        about_people = (kept.list.len() == 0) & (pl.col("row_ids").list.len() > 0)
        frame = frame.filter(~about_people.fill_null(value=False)).with_columns(kept)
    return frame


def _free(name: str, frame: pl.DataFrame) -> list[str]:
    """Return the columns of a table that hold free text."""
    spec = codebook.tables()[name]
    known = {**spec.columns, **spec.adds}
    cited = spec.key == ("source_id",)
    dtypes = schemas.clean_dtypes(name)
    found = []
    for column in frame.columns:
        kind = known[column].type if column in known else "text"
        if kind not in {"text", "texts"} or (cited and column in {"title", "publisher"}) or column == "raw_file":
            continue
        if dtypes.get(column) in {pl.String(), pl.List(pl.String())}:
            found.append(column)
    return found


def _single(column: pl.Series) -> pl.Series:
    """Return the texts of a column of texts, or of lists of texts."""
    texts = column.explode(empty_as_null=True) if column.dtype == pl.List else column
    return texts.cast(pl.String).drop_nulls().alias("before")


def _masked(name: str, frame: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    columns = [] if changes.is_empty() else _free(name, frame)
    texts = pl.selectors.by_name(columns) & pl.selectors.string()
    lists = pl.selectors.by_name(columns) & pl.selectors.list()
    old, new = changes["before"], changes["after"]
    return frame.with_columns(texts.replace(old, new), lists.list.eval(pl.element().replace(old, new)))
