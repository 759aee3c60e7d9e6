"""Core vocabularies and the data dictionary, as reviewed YAML; this module only loads them, lazily.

Every code used in the data has a one-line definition here, every column a type, a unit where it has
one, and a description. The study's own countries, indicators, organisations and places are data and
are in ``data/raw/``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from socdialog.codebook.reviewed_files import reviewed
from socdialog.codebook.terms import Term, known_terms, vocabularies, vocabulary

__all__ = [
    "PEOPLE",
    "STATEMENT",
    "TOTALS",
    "Column",
    "Table",
    "Term",
    "columns_that",
    "known_terms",
    "section_codes",
    "tables",
    "vocabularies",
    "vocabulary",
]

#: What a column of texts may say of people. Each one has to declare it, so that nothing is published by oversight.
PEOPLE = {
    "never": "contains no name of a person: the check refuses one, and the column is published",
    "cited": "text of a source, published as a citation",
    "attributed": "published as an organisation, an office or an official whose name is withheld",
    "withheld": "may name a person and is not published",
    "named": "contains the name of a person and is not published",
    "excepted": "contains the name of an organisation or place that is named after a person",
}
_TEXTS = frozenset({"text", "texts"})
#: How the code of a classification ends that is a total.
TOTALS = r"(?:_TOTAL|_T)$"
#: The parts of a statement: of what, which value, for when, in which release, claimed by whom.
STATEMENT = (
    *("subject", "about", "value", "value_high", "unit", "currency", "qualifier", "status", "scope"),
    *("since", "law_on", "period", "period_end", "release", "claimed_by"),
    *("address", "accessed"),
)
#: What an entry of a table may hold that is not a plain value of `Table`.
_LISTS = ("key", "belongs_to", "sources")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the data dictionary.

    Parameters
    ----------
    name, type, doc
        Name, logical type (see ``TYPES``) and description.
    of
        The vocabulary of a code, or ``table.column`` of a reference.
    required, unique
        Whether an empty cell, or a repeated value, is an error.
    min, max
        Range allowed to a number.
    after
        The date column that this date may not precede.
    past
        Whether a date after the day of the check is an error.
    unit
        Unit of a number, where it is always the same.
    optional
        Whether the raw file may lack the column, which is then shown nowhere.
    needs
        The column that must be filled where this one is.
    people
        Of texts, whether they may name a person, and so what leaves the study; see ``PEOPLE``.
    published_as
        Of an attributed text, the column with what is published of it.
    names_body
        Whether it holds names of bodies or places, which are no names of people.
    printed_name
        Whether it holds a name as published, which a decision may assign to a person.
    words
        Whether it must hold words: a text without a letter is in the wrong column.
    """

    name: str
    type: str
    doc: str
    of: str | None = None
    required: bool = False
    unique: bool = False
    min: float | None = None
    max: float | None = None
    after: str | None = None
    past: bool = False
    unit: str | None = None
    optional: bool = False
    needs: str | None = None
    people: str | None = None
    published_as: str | None = None
    names_body: bool = False
    printed_name: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the data dictionary.

    Parameters
    ----------
    name, title, row
        Name, title, and what one row is.
    known_problems
        What is known to be wrong with it.
    file
        Raw file below ``data/raw``; None for a derived table.
    key
        Columns that identify a row.
    columns
        Columns of the raw file, in their order; empty for a derived table.
    adds
        Columns that the clean table has beyond the raw ones.
    personal
        Whether it names people, and so is published only when asked.
    optional
        Whether the raw file may be absent.
    belongs_to
        What a row belongs to: ``all`` = every country; else the columns that hold its country, or refer to a row whose
        country it shares. Empty = no country.
    when_named
        Whether a row goes with every row that refers to it, whatever it belongs to itself.
    goes_with
        The column that refers to a row which this one always goes with.
    on_pages
        Whether a page may depend on it.
    dated_by
        The column that ``since`` and ``until`` choose by: a date, or a year as a number.
    title_column
        The column that names a row for readers.
    own_title_column
        The column that names a row in its own language.
    sources
        The columns that name where a row was read: addresses, a publisher, or a row that names them.
    states
        What a source states in a row: the columns of each part of a statement; see ``STATEMENT``.
    stated_by
        By part, the column of sources that alone states it where it is filled; such a source states what the row is
        about, its status and that part, and nothing else of the row.
    describes
        How a row describes a source for readers: by column of ``citations``, the column of this table.
    stored
        Whether the clean tables hold it; else it is made of them when it is asked for.
    basis
        What a page is based on that shows its rows: ``official``, ``law`` or ``reports``; None = nothing that it names.
    """

    name: str
    title: str
    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]
    adds: Mapping[str, Column]
    file: str | None = None
    known_problems: str = ""
    personal: bool = False
    optional: bool = False
    belongs_to: tuple[str, ...] = ()
    when_named: bool = False
    goes_with: str | None = None
    on_pages: bool = True
    dated_by: str | None = None
    title_column: str | None = None
    own_title_column: str | None = None
    sources: tuple[str, ...] = ()
    states: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stated_by: Mapping[str, str] = field(default_factory=dict)
    describes: Mapping[str, str] = field(default_factory=dict)
    stored: bool = True
    basis: str | None = None

    @property
    def every_column(self) -> Mapping[str, Column]:
        """The columns of the raw file and those that the clean table adds, by name."""
        return {**self.columns, **self.adds}

    @property
    def spare_columns(self) -> tuple[str, ...]:
        """The columns that many studies lack: they are shown only where a row fills them."""
        return tuple(name for name, column in self.every_column.items() if column.optional)

    def key_of(self, columns: Collection[str]) -> tuple[str, ...]:
        """Return the columns of the key that a file with these columns has: it may lack optional ones."""
        return tuple(name for name in self.key if name in columns or not self.every_column[name].optional)

    @property
    def by_country(self) -> bool:
        """Whether the country that a row bears is all that it belongs to."""
        return self.belongs_to == ("country",) and not (self.when_named or self.goes_with)


def section_codes() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of vocabularies that sections of a page ask for by what they are, and own terms like them."""
    from socdialog.codebook.attributes import with_alike

    return {name: tuple(with_alike(of, codes)) for name, (of, codes) in _reviewed_section_codes().items()}


@cache
def _reviewed_section_codes() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    entries = reviewed("sections.yaml").items()
    return MappingProxyType({name: (of, tuple(codes)) for name, entry in entries for of, codes in entry.items()})


@cache
def tables() -> Mapping[str, Table]:
    """Return every raw and derived table of the data dictionary by name."""
    folder = files(__package__).joinpath("tables")
    found: dict[str, Table] = {}
    for file in sorted(item.name for item in folder.iterdir() if item.name.endswith(".yaml")):
        for name, entry in reviewed("tables", file).items():
            assert isinstance(entry, dict)
            found[name] = _table(name, entry)
    return MappingProxyType(found)


def columns_that(flag: Literal["names_body", "printed_name"]) -> tuple[tuple[str, str], ...]:
    """Return the columns of all tables of which an entry says `flag`, as table and column."""
    return tuple(
        (spec.name, column.name)
        for spec in tables().values()
        for column in spec.every_column.values()
        if getattr(column, flag)
    )


def _table(name: str, entry: Mapping[str, Any]) -> Table:
    made = {
        **entry,
        **{part: tuple(entry[part]) for part in _LISTS if part in entry},
        "columns": _columns(entry, "columns"),
        "adds": _columns(entry, "adds"),
        "states": {
            part: (given,) if isinstance(given, str) else tuple(given)
            for part, given in (entry.get("states") or {}).items()
        },
    }
    table = Table(name=name, **made)
    columns = {*table.columns, *table.adds}
    named = {
        *table.belongs_to,
        *table.sources,
        *table.key,
        *(column for given in table.states.values() for column in given),
        *table.stated_by.values(),
        *table.describes.values(),
    }
    named |= {column for column in (table.goes_with, table.dated_by, table.title_column) if column is not None}
    wrong = sorted((named - columns - {"all"}) | ({*table.states, *table.stated_by} - set(STATEMENT)))
    if wrong:
        raise TypeError(f"{table.title}: {', '.join(wrong)}: no such column or part of a statement")
    return table


def _columns(table: Mapping[str, Any], part: str) -> Mapping[str, Column]:
    entries = table.get(part) or {}
    unsaid = {"people": "withheld"} if table.get("personal") else {}
    columns = {name: Column(name=name, **{**unsaid, **entry}) for name, entry in entries.items()}
    for column in columns.values():
        if column.type in _TEXTS and column.people not in PEOPLE:
            raise TypeError(f"{table['title']}: {column.name} does not say whether it may name a person")
    return MappingProxyType(columns)
